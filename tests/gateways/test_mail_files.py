"""Mails in files: every way they lie on disks, and what is no mail at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gigdesk.domain.errors import NotFound
from gigdesk.gateways import mail_files
from gigdesk.gateways.mail_files import MailFiles

ONE = b"From: a@x.example\nSubject: one\nDate: Mon, 2 Nov 2026 10:00:00 +0100\n\nHello\n"
TWO = b"From: b@x.example\nSubject: two\n\nBye\n"
LINE = b"From a@x.example Mon Nov  2 10:00:00 2026\n"


def found(*paths: Path) -> list[bytes]:
    return [each.raw for each in MailFiles(paths).mails()]


def test_an_mbox_gives_its_mails(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_bytes(LINE + ONE + b"\n" + LINE + TWO + b"\n")
    mails = list(MailFiles([path]).mails())
    assert [each.raw for each in mails] == [ONE, TWO]
    assert [each.source for each in mails] == [f"{path}#1", f"{path}#2"]
    assert mails[0].at is not None


def test_from_in_a_body_is_no_mail_and_its_quoting_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "box"
    body = (
        b"Subject: s\nFrom: a@x.example\n\nFrom here on\n>From quoted\n>>From twice\n\nFrom now\n"
    )
    path.write_bytes(LINE + body + b"\n" + LINE + TWO)
    mails = found(path)
    assert len(mails) == 2
    assert b"\nFrom quoted\n>From twice\n" in mails[0]


@pytest.mark.parametrize(
    "content",
    [
        LINE + ONE.rstrip(b"\n"),  # torn in the last line
        (LINE + ONE).replace(b"\n", b"\r\n"),
        b"\n\n" + LINE + ONE,
        LINE.replace(b"a@x.example", b'"a b"@x.example') + ONE,
    ],
    ids=["torn", "crlf", "blank lines first", "odd sender"],
)
def test_an_mbox_may_be_torn_or_odd(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "box.mbox"
    path.write_bytes(content)
    (raw,) = found(path)
    assert b"Subject: one" in raw


def test_a_maildir_says_what_was_read_and_flagged(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "cur" / "1.a:2,S").write_bytes(ONE)
    (tmp_path / "cur" / "2.b:2,F").write_bytes(TWO)
    (tmp_path / "new" / "3.c").write_bytes(ONE)
    (tmp_path / "tmp" / "4.d").write_bytes(ONE)
    (tmp_path / ".uidvalidity").write_bytes(b"1")
    mails = list(MailFiles([tmp_path]).mails())
    assert [(each.unread, each.flagged) for each in mails] == [
        (False, False), (True, True), (True, False),
    ]  # fmt: skip


def test_a_name_that_is_no_utf8_is_a_name(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/mail-\xe4.eml"
    Path(os.fsdecode(name)).write_bytes(ONE)
    (mail,) = MailFiles([tmp_path]).mails()
    assert mail.raw == ONE


def test_what_is_no_mail_is_counted_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes(b"Buy milk\n")
    (tmp_path / "data.json").write_bytes(b"{}")
    (tmp_path / "mail.txt").write_bytes(ONE)
    files = MailFiles([tmp_path])
    assert [each.raw for each in files.mails()] == [ONE]
    assert files.skipped == 2


def test_a_named_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "letter.json"
    path.write_bytes(ONE)
    assert found(path) == [ONE]


def test_an_empty_file_is_a_mail_that_says_so_only_when_it_claims_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "empty.eml").touch()
    (tmp_path / "empty").touch()
    assert found(tmp_path) == [b""]


def test_links_do_not_lead_out_or_round_in_circles(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.eml").write_bytes(TWO)
    inside = tmp_path / "inside"
    (inside / "deep").mkdir(parents=True)
    (inside / "deep" / "one.eml").write_bytes(ONE)
    (inside / "deep" / "up").symlink_to(inside)
    (inside / "out").symlink_to(outside)
    (inside / "out.eml").symlink_to(outside / "secret.eml")
    assert found(inside) == [ONE]


def test_pipes_and_devices_are_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "one.eml").write_bytes(ONE)
    assert found(tmp_path) == [ONE]
    assert found(tmp_path / "pipe.eml") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    (tmp_path / "one.eml").write_bytes(ONE)
    mails = list(MailFiles([tmp_path]).mails())
    shut.chmod(0o700)
    assert sorted(each.trouble is not None for each in mails) == [False, True]


def test_a_file_that_goes_away_meanwhile_is_a_row_with_its_reason(tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(ONE)
    steps = MailFiles([tmp_path / "a.eml", tmp_path / "b.eml"]).mails()
    next(steps)
    (tmp_path / "b.eml").unlink()
    trouble = next(steps).trouble
    assert trouble is not None
    assert trouble.code == "file"


def test_a_mail_over_the_cap_is_cut_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_files, "LARGEST", 1000)
    (tmp_path / "big.eml").write_bytes(ONE + b"x" * 5000)
    (tmp_path / "box").write_bytes(LINE + ONE + b"y" * 3000 + b"\n\n" + LINE + TWO)
    mails = list(MailFiles([tmp_path]).mails())
    assert [each.trouble.code if each.trouble else "" for each in mails] == [
        "too large", "too large", "",
    ]  # fmt: skip
    assert all(len(each.raw) <= 1000 for each in mails)


def test_a_path_that_is_not_there_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        MailFiles([tmp_path / "gone"])
