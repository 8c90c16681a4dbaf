"""Sorting on a desk: labels corrected and learned from, accounts known, warnings lifted by the person alone."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.drafts.checking import findings_of
from gigdesk.domain.drafts.material import Known, material_of
from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.inbox.labels import why_words
from gigdesk.domain.inbox.mails import Label, Section
from gigdesk.domain.inbox.warnings import bank_sign
from tests.letters import business

if TYPE_CHECKING:
    from gigdesk.services.office import Office

USUAL = "DE89 3704 0044 0532 0130 00"
OTHER = "GB82 WEST 1234 5698 7654 32"
BILL = "Here is the bill for the print share. Our account: {}. Thank you."


def letter(number: int, day: int, text: str, sender: str = "", subject: str = "Hello",
           **headers: str) -> bytes:  # fmt: skip
    message = EmailMessage()
    message["From"] = sender or "Jonas Brückner <jonas@brueckner.example>"
    message["To"], message["Subject"] = "nino@beridze.example", subject
    message["Date"] = f"{day} Nov 2026 08:00:00 +0100"
    message["Message-ID"] = f"<{number}@brueckner.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def come(office: Office, *letters: bytes) -> list[int]:
    """These mails come in together, in this order; their rows."""
    before = {line.id for line in office.inbox.lines(limit=10_000)}
    with tempfile.TemporaryDirectory() as folder:
        for at, raw in enumerate(letters):
            (Path(folder) / f"{at:03}.eml").write_bytes(raw)
        list(office.inbox.import_paths([Path(folder)]))
    return sorted({line.id for line in office.inbox.lines(limit=10_000)} - before)


def label(office: Office, mail_id: int) -> str:
    return office.inbox.mail(mail_id).label.code


@pytest.fixture
def desk(office: Office) -> Office:
    business(office)
    return office


def test_another_account_than_the_usual_one_is_an_alert_that_names_both(desk: Office) -> None:
    (usual,) = come(desk, letter(1, 2, BILL.format(USUAL)))
    (changed,) = come(desk, letter(2, 20, BILL.format(OTHER)))
    assert label(desk, usual) == "invoice"
    mail = desk.inbox.mail(changed)
    assert mail.label.code == "suspicious"
    assert bank_sign(mail.label) is not None
    why = why_words(mail.label)
    assert "DE89 … 3000" in why
    assert "GB82 … 5432" in why
    assert OTHER not in why
    # The mail whose account is not known makes it known to nobody: the next one warns as well.
    (again,) = come(desk, letter(3, 21, BILL.format(OTHER)))
    assert label(desk, again) == "suspicious"
    (honest,) = come(desk, letter(4, 22, BILL.format(USUAL)))
    assert label(desk, honest) == "invoice"


def test_the_order_in_which_mails_come_does_not_matter(desk: Office) -> None:
    """A first sync brings the newest first: the fraud comes before what it differs from."""
    (changed,) = come(desk, letter(2, 20, BILL.format(OTHER)))
    assert label(desk, changed) == "invoice"
    come(desk, letter(1, 2, BILL.format(USUAL)))
    assert label(desk, changed) == "suspicious"


def test_ones_own_account_in_what_is_quoted_is_none(desk: Office) -> None:
    come(desk, letter(1, 2, BILL.format(USUAL)))
    own = "DE02 1203 0000 0000 2020 51"
    (mail,) = come(desk, letter(2, 3, f"Paid today.\n\n> Please pay to {own}.\n> Nino"))
    assert label(desk, mail) == "client"


def test_an_account_the_client_confirmed_is_theirs_until_that_is_taken_back(desk: Office) -> None:
    usual, changed = come(desk, letter(1, 2, BILL.format(USUAL)), letter(2, 20, BILL.format(OTHER)))
    done = desk.sorting.theirs(changed)
    assert done.value.label.code == "invoice"
    (later,) = come(desk, letter(3, 21, BILL.format(OTHER)))
    assert label(desk, later) == "invoice"
    assert label(desk, usual) == "invoice"
    assert done.undo is not None
    done.undo()
    assert label(desk, changed) == "suspicious"


def test_no_draft_repeats_the_account_of_a_mail_that_warns(desk: Office) -> None:
    _, changed = come(desk, letter(1, 2, BILL.format(USUAL)), letter(2, 20, BILL.format(OTHER)))
    mail = desk.inbox.mail(changed)
    material = material_of(mail, Known(desk.profile.get(), date(2026, 11, 23)))
    (found,) = findings_of(f"Paid to {OTHER} today.", material)
    assert (found.kind, found.text) == ("iban", OTHER)
    known = replace(material, mail=replace(mail, label=Label("invoice")))
    assert not findings_of(f"Paid to {OTHER} today.", known)


def test_a_correction_is_learned_from_at_once_and_can_be_undone(desk: Office) -> None:
    sender = "Ada <ada@studio.example>"
    first, second = come(
        desk,
        letter(1, 2, "The garden is full of snow.", sender, "Snow"),
        letter(2, 3, "The garden is full of rain.", sender, "Rain"),
    )
    assert (label(desk, first), label(desk, second)) == ("other", "other")
    done = desk.sorting.correct(first, "client")
    assert done.value.label.code == "client"
    assert why_words(done.value.label) == "because you said so"
    desk.sorting.correct(second, "client")
    (third,) = come(desk, letter(3, 4, "The garden is full of leaves.", sender, "Leaves"))
    mail = desk.inbox.mail(third)
    assert mail.label.code == "client"
    assert "you moved 2 mails from this sender to Client" in why_words(mail.label)
    assert done.undo is not None
    done.undo()
    assert label(desk, first) == "other"
    with pytest.raises(Stale):
        done.undo()


def test_words_of_corrected_mails_tell_others_like_them(desk: Office) -> None:
    def letters(start: int, words: str, count: int) -> list[int]:
        return come(desk, *(
            letter(at, 2, f"{words} number {at}", f"p{at}@many{at}.example", f"About {at}")
            for at in range(start, start + count)
        ))  # fmt: skip

    for each in letters(1, "The orchard wants its pruning before winter comes", 6):
        desk.sorting.correct(each, "lead")
    for each in letters(20, "The choir meets for singing carols", 6):
        desk.sorting.correct(each, "newsletter")
    (new,) = letters(50, "Another orchard and more pruning before winter", 1)
    mail = desk.inbox.mail(new)
    assert mail.label.code == "lead"
    assert "it reads like 6 mails you moved to Lead" in why_words(mail.label)


def test_lessons_never_lower_a_warning(desk: Office) -> None:
    come(desk, letter(1, 2, BILL.format(USUAL)))
    for number in range(10, 14):
        (mail,) = come(
            desk, letter(number, 3, f"Thanks for file {number}.", subject=f"File {number}")
        )
        desk.sorting.correct(mail, "client")
    (changed,) = come(desk, letter(30, 20, BILL.format(OTHER)))
    assert label(desk, changed) == "suspicious"


def test_warnings_of_a_sender_are_lifted_by_the_person_but_not_about_accounts(desk: Office) -> None:
    fraud = "Urgent: verify your account and your card number before midnight, bitcoin gift card."
    sender = "Brückner GmbH <office@brueckner-gmbh-secure.example>"
    (mail,) = come(desk, letter(1, 2, fraud, sender))
    assert label(desk, mail) == "suspicious"
    done = desk.sorting.trust(mail)
    assert done.value.label.code != "suspicious"
    assert done.undo is not None
    done.undo()
    assert label(desk, mail) == "suspicious"
    desk.sorting.trust(mail)
    (bank,) = come(desk, letter(2, 3, f"We have a new account: {OTHER}", sender))
    assert label(desk, bank) == "suspicious"


def test_a_warning_that_was_lowered_stays_so_when_all_is_sorted_again(desk: Office) -> None:
    _, changed = come(desk, letter(1, 2, BILL.format(USUAL)), letter(2, 20, BILL.format(OTHER)))
    desk.sorting.correct(changed, "invoice")
    assert list(desk.sorting.sort_again())
    assert label(desk, changed) == "invoice"


def test_the_thread_shows_its_warning_whatever_came_after(desk: Office) -> None:
    come(desk, letter(1, 2, BILL.format(USUAL), subject="Other"))
    _, last = come(
        desk,
        letter(2, 20, BILL.format(OTHER), subject="Share"),
        letter(3, 21, "Did you see it?", subject="Re: Share", In_Reply_To="<2@brueckner.example>"),
    )
    thread = desk.inbox.mail(last).thread
    assert desk.inbox.thread(thread)[0].label.code == "suspicious"
    assert desk.inbox.counts("suspicious").needs_you == 1
    assert [each.id for each in desk.inbox.threads(tuple(Section), 0, 9, "suspicious")] == [thread]
    assert desk.inbox.label_counts()["suspicious"] == 1


def test_what_cannot_be_labelled_is_refused(desk: Office) -> None:
    (own,) = come(desk, letter(1, 2, "Mine.", "nino@beridze.example"))
    with pytest.raises(Refused):
        desk.sorting.correct(own, "client")
    (mail,) = come(desk, letter(2, 2, "Hello."))
    with pytest.raises(Refused):
        desk.sorting.correct(mail, "automatic")
