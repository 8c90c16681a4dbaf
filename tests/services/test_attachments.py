"""Files of mails: saved over nothing, lent for a day, mails in mails in mails."""

from __future__ import annotations

import base64
import os
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.inbox.enclosed import Enclosed
from tests.conftest import NOW
from tests.letters import receive, receive_raw

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def mail(
    subject: str, *files: tuple[str, bytes], inner: EmailMessage | None = None
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ada <a@x.example>", "me@me.example", subject
    made["Date"] = "Mon, 23 Nov 2026 08:00:00 +0100"
    made.set_content(f"The words of {subject}")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if inner is not None:
        made.add_attachment(inner)
    return made


def test_files_are_saved_over_nothing_even_when_two_have_one_name(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("mine")
    number = receive_raw(
        office, mail("s", ("a.csv", b"1"), ("a.csv", b"2"), ("b.csv", b"3")).as_bytes()
    )
    files = [
        (Enclosed(number, (each.number,)), each.name)
        for each in office.inbox.mail(number).attachments
    ]
    saved = office.attachments.save_all(files, tmp_path)
    assert [path.name for path in saved] == ["a (2).csv", "a (3).csv", "b.csv"]
    assert [path.read_bytes() for path in saved] == [b"1", b"2", b"3"]
    assert (tmp_path / "a.csv").read_text() == "mine"


def test_the_whole_mail_is_saved_as_it_came(office: Office, tmp_path: Path) -> None:
    raw = mail("s").as_bytes()
    saved = office.attachments.save(Enclosed(receive_raw(office, raw)), tmp_path / "o.eml")
    assert saved.read_bytes() == raw


def test_a_copy_is_lent_and_cleared_away(office: Office) -> None:
    number = receive_raw(office, mail("s", ("a.csv", b"1,2")).as_bytes())
    lent = office.attachments.lend(Enclosed(number, (1,)), "a.csv")
    assert lent.is_relative_to(office.home)
    assert lent.read_bytes() == b"1,2"
    past = (NOW - timedelta(hours=25)).timestamp()
    old = office.attachments.lend(Enclosed(number, (1,)), "old.csv")
    os.utime(old.parent, (past, past))
    os.utime(lent.parent, (NOW.timestamp(),) * 2)
    office.beat()
    assert not old.exists()
    assert lent.exists()
    assert office.attachments.clear() == 1
    assert not lent.exists()


def test_mails_within_mails_are_read_and_their_files_taken_out(
    office: Office, tmp_path: Path
) -> None:
    deepest = mail("deepest", ("note.txt", b"found"))
    number = receive_raw(office, mail("outer", inner=mail("middle", inner=deepest)).as_bytes())
    middle = office.attachments.mail_in(Enclosed(number, (1,)))
    assert (middle.subject, middle.sender.email) == ("middle", "a@x.example")
    assert "The words of middle" in middle.text
    inside = Enclosed(number, (1, 1))
    assert office.attachments.mail_in(inside).subject == "deepest"
    saved = office.attachments.save(inside.inside(1), tmp_path / "note.txt")
    assert saved.read_bytes() == b"found"
    with pytest.raises(Unreadable):
        office.attachments.content(inside.inside(7))


def test_an_enclosed_mail_that_is_none_is_broken_and_says_so(office: Office) -> None:
    number = receive_raw(office, mail("s", ("x.eml", b"\x00\x01 no mail")).as_bytes())
    found = office.attachments.mail_in(Enclosed(number, (1,)))
    assert found.broken is not None


def test_an_enclosed_mail_in_base64_is_read(office: Office) -> None:
    inner = base64.encodebytes(mail("coded").as_bytes()).decode()
    raw = (
        "From: a@x.example\nSubject: s\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        'Content-Type: application/octet-stream; name="coded.eml"\n'
        f"Content-Transfer-Encoding: base64\n\n{inner}\n--b--\n"
    )
    number = receive_raw(office, raw.encode())
    assert office.attachments.mail_in(Enclosed(number, (1,))).subject == "coded"


def test_folds_are_told_by_the_child(office: Office) -> None:
    text = "Passt.\n\nVon: Nino\nGesendet: Montag\nAn: Jonas\nBetreff: Plan\n\nHallo Jonas\n"
    (fold,) = office.attachments.folds(text)
    assert text[: fold.start] == "Passt.\n\n"
    assert fold.end == len(text)


def test_quotes_of_received_mails_are_kept_whole(office: Office) -> None:
    number = receive(office, "yes\n\n> a\n> b\n> c\n")
    assert "> b" in office.inbox.mail(number).text
