"""winmail.dat: its files stand among the mail's, its words count where there are none; bombs do nothing."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest

from gigdesk.domain.inbox.mails import ParsedMail
from gigdesk.worker.mail_reader.bodies import file_of
from gigdesk.worker.mail_reader.parsing import message_of, parsed
from gigdesk.worker.mail_reader.tnef import LARGEST, unwrapped

_MESSAGE, _ATTACHMENT = 1, 2
_VERSION, _PAGE, _BODY, _BEGIN, _TITLE, _DATA = 0x9006, 0x9007, 0x800C, 0x9002, 0x8010, 0x800F


def thing(level: int, name: int, kind: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, name, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def winmail(files: dict[str, bytes], body: str = "") -> bytes:
    made = struct.pack("<IH", 0x223E9F78, 1)
    made += thing(_MESSAGE, _VERSION, 8, struct.pack("<I", 0x10000))
    made += thing(_MESSAGE, _PAGE, 6, struct.pack("<II", 1252, 0))
    if body:
        made += thing(_MESSAGE, _BODY, 2, body.encode("cp1252") + b"\0")
    for name, data in files.items():
        made += thing(_ATTACHMENT, _BEGIN, 6, b"\0" * 14)
        made += thing(_ATTACHMENT, _TITLE, 1, name.encode("cp1252") + b"\0")
        made += thing(_ATTACHMENT, _DATA, 6, data)
    return made


def wrapped_mail(data: bytes, text: str = "") -> bytes:
    words = f"--b\nContent-Type: text/plain\n\n{text}\n" if text else ""
    return (
        "From: a@x.example\nSubject: s\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/mixed; boundary="b"\n\n{words}--b\n'
        'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n'
        f"{base64.encodebytes(data).decode()}\n--b--\n"
    ).encode()


def names(mail: ParsedMail) -> list[str]:
    return [file.name for file in mail.attachments]


def test_its_files_stand_among_the_mails_and_can_be_taken_out() -> None:
    raw = wrapped_mail(winmail({"plan.txt": b"the plan", "../../evil.pdf.exe": b"MZ"}), "Hello")
    mail = parsed(raw)
    assert names(mail) == ["winmail.dat", "plan.txt", "evil.pdf.exe"]
    assert "attachment" in {note.code for note in mail.notes}
    assert mail.text.strip() == "Hello"
    message = message_of(raw)[0]
    assert file_of(message, 2) == ("plan.txt", "text/plain", b"the plan")
    assert file_of(message, 3) is not None
    for number in (0, 4, -1, 99):
        assert file_of(message, number) is None


def test_its_words_count_where_the_mail_has_none() -> None:
    assert parsed(wrapped_mail(winmail({}, "Grüße aus Köln"))).text.strip() == "Grüße aus Köln"
    assert parsed(wrapped_mail(winmail({}, "inner"), "outer")).text.strip() == "outer"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x78\x9f\x3e\x22", b"no tnef at all", winmail({"a": b"1"})[:40],
        struct.pack("<IH", 0x223E9F78, 1) + b"\x02" + b"\xff" * 200,
        struct.pack("<IH", 0x223E9F78, 1) + b"\x00" * 5000,
    ],
)  # fmt: skip
def test_what_is_broken_stays_a_file(data: bytes) -> None:
    assert unwrapped(data).files == ()
    mail = parsed(wrapped_mail(data, "Hello"))
    assert mail.broken is None
    assert names(mail) == ["winmail.dat"]


def test_bombs_are_not_opened() -> None:
    many = winmail({}) + thing(_MESSAGE, _BODY, 2, b"") * 400_000
    assert unwrapped(many).text == ""
    assert unwrapped(winmail({"a": b"x" * LARGEST})).files == ()


@pytest.mark.shared_data
def test_outsiders_winmails_are_opened(shared: Path) -> None:
    found = {path: unwrapped(path.read_bytes()) for path in (shared / "mail").rglob("*.tnef")}
    assert len(found) > 20
    opened = [each for each in found.values() if each.files or each.text or each.html]
    assert len(opened) >= 20
    assert any(name == "zappa_av1.jpg" for each in opened for name, _, _ in each.files)
