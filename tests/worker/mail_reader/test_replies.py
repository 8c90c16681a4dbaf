"""How mail programs of eight languages quote and sign; hostile texts; nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gigdesk.domain.inbox.folds import LARGEST
from gigdesk.worker.mail_reader.replies import folds_of

NINO = "Nino <n@b.example>"
INTRODUCED = {
    "en": f"On Mon, Nov 2, 2026 at 10:00 AM {NINO} wrote:",
    "de": f"Am 02.11.2026 um 10:00 schrieb {NINO}:",
    "fr": f"Le lun. 2 nov. 2026 à 10:00, {NINO} a écrit :",
    "es": f"El lun, 2 nov 2026 a las 10:00, {NINO} escribió:",
    "it": f"Il giorno lun 2 nov 2026 alle ore 10:00 {NINO} ha scritto:",
    "pt": f"Em seg., 2 de nov. de 2026 às 10:00, {NINO} escreveu:",
    "nl": f"Op ma 2 nov 2026 om 10:00 schreef {NINO}:",
    "pl": f"W dniu 2.11.2026 o 10:00, {NINO} pisze:",
}
HEADED = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De ", "Envoyé ", "À ", "Objet "),
    "es": ("De", "Enviado el", "Para", "Asunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "pt": ("De", "Enviada em", "Para", "Assunto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
}


def shown(text: str) -> str:
    parts, at = list[str](), 0
    for fold in folds_of(text):
        assert at <= fold.start < fold.end <= len(text)
        parts += [text[at : fold.start], f"[{fold.words}]\n"]
        at = fold.end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize("language", INTRODUCED)
def test_a_quote_is_folded_in_each_language(language: str) -> None:
    text = f"The answer.\n\n{INTRODUCED[language]}\n\n> one\n> two\n> three\n"
    seen = shown(text)
    assert seen.startswith("The answer.\n")
    assert "quoted lines]" in seen
    assert "> two" not in seen


@pytest.mark.parametrize("language", HEADED)
@pytest.mark.parametrize("rule", ["", "_" * 40 + "\n"])
def test_what_outlook_puts_under_an_answer_is_folded(language: str, rule: str) -> None:
    names = HEADED[language]
    block = "".join(f"{name}: something\n" for name in names)
    seen = shown(f"The answer.\n\nJonas\n\n{rule}{block}\nHello Jonas,\nthe old words\n")
    assert seen.startswith("The answer.\n\nJonas\n")
    assert "old words" not in seen
    assert "_" not in seen


def test_an_answer_below_or_between_quotes_stays() -> None:
    text = f"{INTRODUCED['en']}\n> one\n> two\n> three\n\nYes to three.\n\n> four\n> five\n> six\n\nNo.\n"
    seen = shown(text)
    assert "Yes to three." in seen
    assert "No." in seen
    assert "> two" not in seen


def test_a_mail_that_is_passed_on_stays() -> None:
    passed = "---------- Forwarded message ---------\nFrom: N\nDate: Mon\nSubject: x\nTo: J"
    text = f"See below\n\n{passed}\n\nthe text\n"
    assert shown(text) == text


def test_the_name_under_the_greeting_stays_what_follows_is_the_signature() -> None:
    seen = shown("Hello\n\nBest regards,\nAda\nAda GmbH\n+49 30 1\nwww.ada.example\n")
    assert seen == "Hello\n\nBest regards,\nAda\n[Signature]\n"
    assert shown("Hello\n\nSent from my iPhone\n") == "Hello\n\n[Signature]\n"


def test_thanks_and_lists_are_no_signature() -> None:
    text = "Points:\n- one\n- two\n\nThanks, I go on with it.\nMore words here.\n"
    assert shown(text) == text
    long = "Thanks,\n" + "A line that matters.\n" * 30
    assert shown(f"Hello\n\n{long}") == f"Hello\n\n{long}"


def test_a_long_text_is_only_looked_at_simply() -> None:
    text = "words\n" * (LARGEST // 5) + "> a\n> b\n> c\n"
    assert shown(text).endswith("[3 quoted lines]\n")


LINES = st.sampled_from(
    [*INTRODUCED.values(), "> a", "", "From: x", "Sent: y", "Subject: z", "-- ", "Best regards,", "Ada",
     "_" * 40, "-" * 35, " Sent from my iPhone", "words\r", "-----Original Message-----", "\u2028", "\x0b"]
)  # fmt: skip


@given(st.lists(LINES, max_size=30))
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_whatever_stands_there(lines: list[str]) -> None:
    text = "\n".join(lines)
    folds = folds_of(text)
    ends = [0, *(end for fold in folds for end in (fold.start, fold.end)), len(text)]
    assert ends == sorted(ends)
    if folds:
        assert "".join(shown(text)).strip()
