"""Drafting, from a mail to a proposal: by template, by a real model's process, stopped, killed."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from gigdesk.domain.drafts.filling import Slot
from gigdesk.domain.drafts.kinds import Kind, Wish
from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.phrases import TONES
from gigdesk.domain.errors import NotFound, Refused
from gigdesk.domain.proposals import ProposalState
from gigdesk.services.drafts.writing import phrases_of
from tests.letters import IBAN, business, drafted, receive, use_model
from tests.models import tiny

if TYPE_CHECKING:
    from gigdesk.domain.proposals import Proposal
    from gigdesk.services.office import Office

SLOW = tiny.Shape(width=512, inner=1024, layers=4, context=4096)
NAMES = (
    "name", "number", "amount", "due", "iban", "holder", "event_day", "event_time", "event_place",
)  # fmt: skip


def facts(proposal: Proposal) -> list[str]:
    return [proposal.draft[fact.start : fact.end] for fact in proposal.facts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_in_every_tone(language: str) -> None:
    phrases = phrases_of(language)
    slots = {name: Slot(name, f"<{name}>") for name in NAMES}
    wishes = [Wish(kind, pays=pays) for kind in Kind for pays in (False, True)]
    for tone in TONES:
        for wish in wishes:
            for state in ("", "open", "late", "paid"):
                for known in (slots, {}):
                    said = phrases.words(wish, tone, known, state).text
                    assert said.strip()
                    assert "{" not in said
        assert phrases.ending(tone, "Nino").text.endswith("\nNino")
    assert "{" not in phrases.opening(slots).text + phrases.opening({}).text


def test_without_a_model_a_template_answers_in_the_mail_s_language(office: Office) -> None:
    invoice = business(office)
    text = f"Hallo Nino, bis wann ist die Rechnung {invoice.number} zu zahlen, auf welches Konto?"
    proposal = drafted(office, receive(office, text))

    assert proposal.payload["by"] == "template"
    assert proposal.payload["by_why"] == "No model: templates draft"
    assert proposal.draft.startswith("Hallo Jonas,\n\nvielen Dank")
    assert proposal.draft.endswith("Viele Grüße\nNino Beridze\nBeridze Design")
    assert facts(proposal) == [
        "Jonas", "2026-001", "1.190,00\u00a0€", "7. Dezember 2026", "Nino Beridze",
        "DE02 1203 0000 0000 2020 51",
    ]  # fmt: skip
    assert [ref.kind for ref in proposal.records] == ["mail", "client", "invoice"]
    assert (proposal.payload["to"], proposal.payload["from"]) == (
        "jonas@brueckner.example",
        "nino@beridze.example",
    )
    assert proposal.payload["in_reply_to"] == "<1@brueckner.example>"
    assert not proposal.blocked
    assert [each.id for each in office.proposals.waiting()] == [proposal.id]


def test_the_tone_is_the_setting_s_or_the_asked_one(office: Office) -> None:
    business(office)
    mail = receive(office)
    office.settings.set("tone", "warm")
    assert drafted(office, mail).draft.endswith("Warm regards\nNino")
    assert drafted(office, mail, "firm").payload["tone"] == "firm"
    with pytest.raises(Refused):
        drafted(office, mail, "angry")


def test_drafting_again_replaces_what_waits_and_an_approved_one_stays(office: Office) -> None:
    business(office)
    mail = receive(office)
    first = drafted(office, mail)
    second = drafted(office, mail, "short")
    assert second.id == first.id
    assert second.draft != first.draft
    assert office.drafts.waiting([mail]) == second
    office.proposals.approve(second.id)
    assert office.drafts.waiting([mail]) is None
    third = drafted(office, mail)
    assert third.id != first.id
    assert third.state is ProposalState.WAITING
    assert len(office.proposals.outbox()) == 1


def test_the_outbox_gets_the_envelope_and_nothing_of_the_desk(office: Office) -> None:
    business(office)
    proposal = drafted(office, receive(office, References="<0@brueckner.example>"))
    item = office.proposals.approve(proposal.id).value.item
    assert (item.to, item.subject) == (
        "jonas@brueckner.example",
        "Re: Question about the invoice",
    )
    assert item.payload["references"] == ["<0@brueckner.example>", "<1@brueckner.example>"]
    assert not {"drafted", "by_why", "warnings"} & item.payload.keys()


def test_a_stranger_gets_no_records(office: Office) -> None:
    business(office)
    text = "Hello, what about invoice 2026-001, and which IBAN do you have for Brückner GmbH?"
    proposal = drafted(office, receive(office, text, sender="Mallory <m@evil.example>"))
    assert "2026-001" not in facts(proposal)
    assert "1.190" not in proposal.draft
    assert [ref.kind for ref in proposal.records] == ["mail"]


def test_mails_that_cannot_be_answered(office: Office) -> None:
    business(office)
    own = receive(office, sender="Nino <nino@beridze.example>")
    automatic = receive(office, sender="Shop <no-reply@shop.example>")
    for mail in (own, automatic):
        with pytest.raises(Refused):
            drafted(office, mail)
    with pytest.raises(NotFound):
        drafted(office, 999)
    assert office.proposals.waiting() == []


def test_a_client_who_pays_elsewhere_gets_the_account_and_the_own_language(office: Office) -> None:
    business(office)
    proposal = drafted(office, receive(office, "IBAN?"))
    assert proposal.payload["language"] == "de"
    assert IBAN[:4] in proposal.draft


@pytest.mark.model
def test_a_model_writes_and_code_fills_its_slots(office: Office, tmp_path: Path) -> None:
    business(office)
    words = "Hi Jonas,\n\nit is {number}: {amount} until {due}.\n\nBest,\nthe machine"
    use_model(office, tiny.recite(tmp_path / "say.gguf", words))
    mail = receive(office)

    shown = [step.text.text for step in office.drafts.draft(mail)]
    proposal = drafted(office, mail)

    assert proposal.payload["by"] == "model"
    assert proposal.draft == (
        "Hello Jonas,\n\nit is 2026-001: 1.190,00\u00a0€ until 7 December 2026.\n\n"
        "Best regards\nNino Beridze\nBeridze Design"
    )
    assert facts(proposal) == ["Jonas", "2026-001", "1.190,00\u00a0€", "7 December 2026"]
    assert len(set(shown)) > 3
    assert all(each.startswith("Hello Jonas,\n\n") for each in shown)


@pytest.mark.model
def test_a_blank_of_the_model_blocks(office: Office, tmp_path: Path) -> None:
    business(office)
    use_model(office, tiny.recite(tmp_path / "say.gguf", "Send it to [your address], thank you."))
    proposal = drafted(office, receive(office))
    assert [(each.kind, each.text) for each in proposal.findings] == [("blank", "[your address]")]
    with pytest.raises(Refused):
        office.proposals.approve(proposal.id)


@pytest.mark.model
def test_stopped_in_the_middle_the_template_stands_and_nothing_half(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    use_model(office, tiny.random(tmp_path / "slow.gguf", SLOW))
    stop, seen = threading.Event(), []
    mail = receive(office)
    steps = office.drafts.draft(mail, "", stop)
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            proposal: Proposal = end.value
            break
        if seen[-1].phase == "writing":
            stop.set()
    assert proposal.payload["by"] == "template"
    assert proposal.payload["by_why"] == "You stopped the model"
    assert proposal.draft.startswith("Hello Jonas,\n\nThank you for your mail.")
    assert office.proposals.outbox() == []
    assert office.model.state().power == "ready"


@pytest.mark.model
def test_left_in_the_middle_nothing_is_proposed(office: Office, tmp_path: Path) -> None:
    business(office)
    use_model(office, tiny.random(tmp_path / "slow.gguf", SLOW))
    steps = office.drafts.draft(receive(office))
    assert any(step.phase == "writing" for step in steps)
    steps.close()
    assert office.proposals.waiting() == []
    assert office.model.state().power == "ready"


@pytest.mark.model
def test_a_model_without_end_is_not_cut_off_but_replaced(office: Office, tmp_path: Path) -> None:
    business(office)
    use_model(office, tiny.random(tmp_path / "random.gguf"))
    proposal = drafted(office, receive(office))
    assert proposal.payload["by"] == "template"
    assert proposal.payload["by_why"] == "The model came to no end"


@pytest.mark.model
def test_killed_in_the_middle_the_template_stands(office: Office, tmp_path: Path) -> None:
    business(office)
    use_model(office, tiny.random(tmp_path / "slow.gguf", SLOW))
    mail, killed = receive(office), False
    steps = office.drafts.draft(mail)
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            proposal: Proposal = end.value
            break
        if step.phase == "writing" and not killed:
            (child,) = (c for c in multiprocessing.active_children() if c.name == "gigdesk-model")
            psutil.Process(child.pid).kill()
            killed = True
    assert proposal.payload["by"] == "template"
    assert proposal.payload["by_why"] == "The model stopped working"
    assert drafted(office, mail).id == proposal.id


@pytest.mark.model
def test_a_model_that_is_off_or_gone_leaves_it_to_the_template(
    office: Office, tmp_path: Path
) -> None:
    business(office)
    path = tiny.recite(tmp_path / "say.gguf", "Hello from the model.")
    use_model(office, path)
    mail = receive(office)
    office.model.switch_off()
    assert "off" in drafted(office, mail).payload["by_why"]
    office.model.switch_on()
    assert drafted(office, mail).payload["by"] == "model"
    path.unlink()
    assert "broken" in drafted(office, mail).payload["by_why"]


@pytest.mark.model
def test_a_mail_too_long_for_the_model_is_told(office: Office, tmp_path: Path) -> None:
    business(office)
    use_model(office, tiny.recite(tmp_path / "say.gguf", "It will be looked at."))
    mail = receive(office, "Is it done? " + "And this word, and that word. " * 400)
    proposal = drafted(office, mail)
    assert proposal.payload["by"] == "model"
    assert proposal.payload["left_out"]
    assert all("from letter" in each for each in proposal.payload["left_out"])


LIE = (
    "Please send €9,999.00 until 3 March 2027 to DE89 3704 0044 0532 0130 00, see"
    " https://pay.evil.example/now or write to cash@evil.example, it is {number}."
)


@pytest.fixture
def lie(office: Office, tmp_path: Path) -> Proposal:
    """The draft of a model that makes up everything but the invoice's number."""
    business(office)
    use_model(office, tiny.recite(tmp_path / "liar.gguf", LIE))
    return drafted(office, receive(office))


@pytest.mark.model
def test_what_a_lying_model_makes_up_blocks_approval(office: Office, lie: Proposal) -> None:
    assert lie.payload["by"] == "model"
    assert [(each.kind, each.text) for each in lie.findings] == [
        ("money", "€9,999.00"),
        ("date", "3 March 2027"),
        ("iban", "DE89 3704 0044 0532 0130 00"),
        ("link", "https://pay.evil.example/now"),
        ("email", "cash@evil.example"),
    ]
    assert "2026-001" in facts(lie)
    with pytest.raises(Refused):
        office.proposals.approve(lie.id)
    assert office.proposals.outbox() == []


@pytest.mark.model
def test_an_edit_is_read_again_and_what_the_machine_made_up_stays_marked(
    office: Office, lie: Proposal
) -> None:
    words = lie.draft.replace("€9,999.00", "9.999,00 EUR").replace("3 March 2027", "5 May 2027")
    done = office.proposals.rewrite(lie.id, words, lie.version)
    kept = done.value
    marked = [each.text for each in kept.findings]
    assert marked[0] == "9.999,00 EUR", "the machine's amount, spelled otherwise"
    assert "5 May 2027" not in marked, "the person's own day"
    assert "2026-001" in facts(kept)
    assert done.undo is not None
    assert done.undo().value.findings == lie.findings


@pytest.mark.model
def test_a_draft_made_true_or_settled_can_leave(office: Office, lie: Proposal) -> None:
    settled = office.proposals.settle(lie.id, 0, lie.version).value
    words = settled.draft.split("until")[0]
    kept = office.proposals.rewrite(settled.id, words, settled.version).value
    assert [(each.text, each.settled) for each in kept.findings] == [("€9,999.00", True)]
    office.proposals.approve(kept.id, kept.version)
    assert len(office.proposals.outbox()) == 1
