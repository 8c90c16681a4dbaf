"""Translating by a true model's process: a mail, an answer, stopped, blocked, put back."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.proposals import ProposalState
from tests.letters import business, drafted, receive, use_model
from tests.models import tiny

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from gigdesk.domain.drafts.translating import Translation
    from gigdesk.domain.proposals import Proposal
    from gigdesk.services.office import Office

SLOW = tiny.Shape(width=512, inner=1024, layers=4, context=4096)
MAIL = "Hallo Nino, die Rechnung über 1.190,00 € zahlen wir am 7. Dezember 2026. Danke und Gruß"


def ended(steps: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def reciting(office: Office, folder: Path, text: str) -> None:
    path = folder / "recites.gguf"
    tiny.recite(path, text)
    use_model(office, path)


def read(office: Office, mail: int, target: str = "en") -> Translation:
    translation: Translation = ended(office.translating.mail(mail, target))
    return translation


def answered(office: Office, proposal: Proposal, target: str) -> Proposal:
    return ended(office.translating.answer(proposal.id, target)).value  # type: ignore[no-any-return]


def test_without_a_model_nothing_is_translated_and_it_says_so(office: Office) -> None:
    business(office)
    mail = receive(office, MAIL)
    assert office.translating.why_not() == "No model: templates draft"
    with pytest.raises(Refused):
        read(office, mail)
    with pytest.raises(Refused):
        ended(office.translating.answer(drafted(office, mail).id, "en"))


def test_a_mail_is_read_in_the_person_s_language_with_its_facts_as_they_are(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    mail = receive(office, MAIL)
    reciting(office, tmp_path, "Hello Nino, we pay the invoice over {a1} on {a2}. Thanks.")
    assert office.translating.own_language() == "en"
    done = read(office, mail)
    assert done.text == "Hello Nino, we pay the invoice over €1,190.00 on 7 December 2026. Thanks."
    assert (done.source, done.target, done.whole, done.findings) == ("de", "en", True, ())
    assert done.original == MAIL
    assert office.inbox.mail(mail).text.strip() == MAIL
    assert len(done.facts) == 2


def test_what_a_mail_quotes_is_left_and_said(office: Office, tmp_path: Path) -> None:
    business(office)
    mail = receive(office, "Das passt mir gut.\n\n> Wann passt es?\n> Morgen um 10:30?\n")
    reciting(office, tmp_path, "That suits me.")
    done = read(office, mail)
    assert (done.text, done.left) == ("That suits me.", "What it quotes is not translated.")
    assert done.findings == ()


def test_a_model_that_changes_a_fact_is_marked(office: Office, tmp_path: Path) -> None:
    business(office)
    mail = receive(office, MAIL)
    reciting(office, tmp_path, "We pay 900,00 € on {a2}, see https://evil.example/pay.")
    found = read(office, mail).findings
    assert sorted((each.kind, each.text) for each in found) == [
        ("link", "https://evil.example/pay"),
        ("money", "1.190,00 €"),
        ("money", "900,00 €"),
    ]


def test_a_long_mail_goes_in_pieces_and_nothing_is_left_out(office: Office, tmp_path: Path) -> None:
    business(office)
    text = "\n\n".join(f"Der Absatz Nummer {at} ist hier und sagt etwas. " * 8 for at in range(6))
    mail = receive(office, text)
    reciting(office, tmp_path, "A piece.")
    steps = list(office.translating.mail(mail, "en"))
    assert {step.of for step in steps} == {6}
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    done = read(office, mail)
    assert done.text == "\n\n".join(["A piece."] * 6)
    assert {each.kind for each in done.findings} == {"number"}  # all six numbers are missed


def test_what_a_model_cannot_end_stays_in_its_own_words_and_is_marked(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    mail = receive(office, "Ein kurzer Satz.")
    path = tmp_path / "random.gguf"
    tiny.random(path)
    use_model(office, path)
    done = read(office, mail)
    assert done.text == "Ein kurzer Satz."
    assert [each.kind for each in done.findings] == ["untranslated"]


def test_stopped_it_says_how_far_it_came(office: Office, tmp_path: Path) -> None:
    business(office)
    mail = receive(office, "Ein Satz, der hier steht und nichts will. " * 40)
    path = tmp_path / "random.gguf"
    tiny.random(path, SLOW)
    use_model(office, path)
    stop = threading.Event()
    steps = office.translating.mail(mail, "en", stop)
    next(steps)
    stop.set()
    done = ended(steps)
    assert not done.whole


def test_an_answer_is_written_in_the_client_s_language_and_can_be_put_back(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    before = drafted(office, receive(office))  # an English mail of a German client
    assert office.translating.language_for(before.id) == ("en", "de")
    reciting(
        office, tmp_path, "Hallo {a1}, die Rechnung {a2} über {a3} ist am {a4} fällig. Gruß Nino"
    )
    steps = office.translating.answer(before.id)
    changed = ended(steps)
    done = changed.value
    assert "1.190,00\u00a0€" in done.draft
    assert "7. Dezember 2026" in done.draft
    assert [ref.kind for ref in dict.fromkeys(f.ref for f in done.facts if f.ref)] == [
        "client",
        "invoice",
    ]
    assert done.payload["translated"]["original"] == before.draft
    assert not done.blocked, done.findings

    back = office.translating.put_back(done.id)
    assert (back.value.draft, back.value.facts, back.value.findings) == (
        before.draft,
        before.facts,
        before.findings,
    )
    assert back.value.payload == before.payload
    assert back.undo is not None
    assert back.undo().value.draft == done.draft


def test_undo_takes_a_translation_away(office: Office, tmp_path: Path) -> None:
    business(office)
    before = drafted(office, receive(office))
    reciting(office, tmp_path, "Etwas anderes.")
    changed = ended(office.translating.answer(before.id, "de"))
    assert changed.undo().value.draft == before.draft


def test_a_difference_blocks_approval_until_the_person_settled_it(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    before = drafted(office, receive(office))
    reciting(office, tmp_path, "Hallo {a1}, die Rechnung {a2} über {a3} ist bald fällig. Nino")
    done = answered(office, before, "de")
    assert [(each.kind, each.text) for each in done.findings] == [("date", "7 December 2026")]
    with pytest.raises(Refused):
        office.proposals.approve(done.id)
    for at in range(len(done.findings)):
        done = office.proposals.settle(done.id, at, done.version).value
    item = office.proposals.approve(done.id).value.item
    assert item is not None
    assert item.body == done.draft
    assert "translated" not in item.payload


def test_the_person_mends_a_translation_and_it_is_compared_anew(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    before = drafted(office, receive(office))
    reciting(office, tmp_path, "Hallo {a1}, die Rechnung {a2} über 99,00 € ist am {a4} fällig.")
    done = answered(office, before, "de")
    assert {each.kind for each in done.findings} == {"money"}
    assert {each.text for each in done.findings} == {"99,00 €", "1.190,00\u00a0€"}
    words = done.draft.replace("99,00 €", "1.190,00 €")
    mended = office.proposals.rewrite(done.id, words, done.version).value
    assert not mended.blocked
    assert mended.payload["translated"]["original"] == before.draft


def test_translated_twice_the_first_words_are_the_original(office: Office, tmp_path: Path) -> None:
    business(office)
    before = drafted(office, receive(office))
    reciting(office, tmp_path, "Etwas.")
    once = answered(office, before, "de")
    twice = answered(office, once, "fr")
    assert twice.payload["language"] == "fr"
    assert office.translating.put_back(twice.id).value.draft == before.draft


def test_what_was_decided_is_not_translated_any_more(office: Office, tmp_path: Path) -> None:
    business(office)
    before = drafted(office, receive(office))
    office.proposals.approve(before.id)
    reciting(office, tmp_path, "Etwas.")
    with pytest.raises(Stale):
        ended(office.translating.answer(before.id, "de"))


def test_stopped_an_answer_is_as_it_was(office: Office, tmp_path: Path) -> None:
    business(office)
    before = drafted(office, receive(office))
    path = tmp_path / "random.gguf"
    tiny.random(path, SLOW)
    use_model(office, path)
    stop = threading.Event()
    stop.set()
    assert ended(office.translating.answer(before.id, "de", stop)) is None
    assert office.proposals.get(before.id) == before
    assert office.proposals.get(before.id).state is ProposalState.WAITING
