"""The inbox on a real desk: bringing in, threads, finding, putting away."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.inbox.labels import why_words
from gigdesk.domain.inbox.mails import ImportReport, Section
from gigdesk.domain.topics import Topic
from gigdesk.services import inbox
from gigdesk.store.migrations import own_threads

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def brought(office: Office, *paths: Path, stop: threading.Event | None = None) -> ImportReport:
    steps = office.inbox.import_paths(list(paths), stop)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ImportReport = end.value
            return report


def write(folder: Path, *mails: tuple[str, str]) -> Path:
    """Each mail from its headers and its body."""
    for at, (head, body) in enumerate(mails):
        folder.mkdir(exist_ok=True)
        (folder / f"{at}.eml").write_text(f"{head.strip()}\n\n{body}\n", "utf-8")
    return folder


def mail(
    key: str, sender: str = "ada@x.example", subject: str = "s", answers: str = "", more: str = ""
) -> str:
    lines = [
        f"Message-ID: <{key}@x.example>", f"From: {sender}", "To: me@me.example",
        f"Subject: {subject}", "Date: Mon, 2 Nov 2026 10:00:00 +0100",
    ]  # fmt: skip
    if answers:
        lines.append(f"References: <{answers}@x.example>")
    return "\n".join([*lines, *([more] if more else [])])


def subjects(found: Iterable[object]) -> set[str]:
    return {each.subject for each in found}  # type: ignore[attr-defined]


def test_the_same_mails_twice_are_counted_not_kept(office: Office, tmp_path: Path) -> None:
    folder = write(tmp_path / "m", (mail("a"), "hi"), (mail("b"), "ho"))
    assert brought(office, folder).imported == 2
    again = brought(office, folder)
    assert (again.imported, again.duplicates) == (0, 2)
    assert office.inbox.total() == 2


def test_threads_join_when_the_mail_between_them_comes(office: Office, tmp_path: Path) -> None:
    brought(office, write(tmp_path / "1", (mail("a"), "x"), (mail("c", answers="b"), "z")))
    lines = office.inbox.lines()
    assert len({each.thread for each in lines}) == 2
    brought(office, write(tmp_path / "2", (mail("b", answers="a"), "y")))
    assert len({each.thread for each in office.inbox.lines()}) == 1
    (thread,) = {each.thread for each in office.inbox.lines()}
    assert len(office.inbox.thread(thread)[1]) == 3


@pytest.mark.shared_data
def test_the_kernel_lists_threads_are_found(office: Office, shared: Path) -> None:
    (lkml,) = [path for path in (shared / "mail").rglob("lkml") if path.is_dir()]
    groups: dict[str, str] = {}

    def root(key: str) -> str:
        while groups.setdefault(key, key) != key:
            key = groups[key]
        return key

    own = set()
    for path in lkml.rglob("*"):
        if path.is_file():
            head = message_from_bytes(path.read_bytes())
            names = f"{head['Message-ID']} {head['References']} {head['In-Reply-To']}"
            keys = re.findall(r"<[^<>\s]+@[^<>\s]+>", names)
            own.add(keys[0])
            for key in keys:
                groups[root(key)] = root(keys[0])
    brought(office, lkml)
    lines = office.inbox.lines(limit=1000)
    assert len(lines) == len(own)
    assert len({each.thread for each in lines}) == len({root(key) for key in own})


def test_what_cannot_be_read_is_a_row_with_its_reason_and_its_bytes(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "bad.eml"
    path.write_bytes(b"no header at all, only \xff words\n")
    report = brought(office, path)
    (unreadable,) = report.unreadable
    assert unreadable.reason
    assert str(path) in unreadable.source
    (line,) = office.inbox.lines()
    shown = office.inbox.mail(line.id)
    assert shown.broken is not None
    assert office.inbox.raw(line.id) == path.read_bytes()


def test_what_cannot_be_read_is_told_again_when_it_comes_again(
    office: Office, tmp_path: Path
) -> None:
    folder = write(tmp_path / "m", (mail("a"), "hi"))
    (folder / "torn.eml").write_bytes(b"no header at all\n")
    first = brought(office, folder)
    again = brought(office, folder)
    assert len(first.unreadable) == 1
    assert again.unreadable == first.unreadable
    assert (again.imported, again.duplicates) == (0, 2)


def test_stopping_keeps_what_came(office: Office, tmp_path: Path) -> None:
    box = tmp_path / "box"
    line = "From a@x.example Mon Nov  2 10:00:00 2026\n"
    box.write_text("".join(f"{line}{mail(f'k{at}')}\n\nbody {at}\n\n" for at in range(1000)))
    stop = threading.Event()
    steps = office.inbox.import_paths([box], stop)
    next(steps)
    stop.set()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: ImportReport = end.value
            break
    assert report.stopped
    assert 0 < report.imported < 1000
    assert office.inbox.total() == report.imported


SEARCHED = (
    (mail("1", "Jörg Müller <joerg@brueck.example>", "Rechnung für März"), "Grüße aus Köln"),
    (mail("2", "ada@x.example", "Logo colours"), "the launch colour is teal, not petrol"),
    (mail("3", "ada@x.example", "Re: 会議の日程", more="X-Old: 1"), "来週の会議について"),
    (
        mail("4", "bot@list.example", "Digest").replace("2 Nov 2026", "5 Dec 2025"),
        "colour launch teal",
    ),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("teal", {"Logo colours", "Digest"}),
        ('"launch colour"', {"Logo colours"}),
        ("from:ada", {"Logo colours", "Re: 会議の日程"}),
        ("from:joerg@brueck.example", {"Rechnung für März"}),
        ("to:me@me.example subject:logo", {"Logo colours"}),
        ("gruße koln", {"Rechnung für März"}),
        ("marz", {"Rechnung für März"}),
        ("会議", {"Re: 会議の日程"}),
        ("日程", {"Re: 会議の日程"}),
        ("週の会", {"Re: 会議の日程"}),
        ("teal -petrol", {"Digest"}),
        ("before:2026-01-01", {"Digest"}),
        ("after:2026-01-01 teal", {"Logo colours"}),
        ("has:attachment", set()),
        ("nothing-like-this", set()),
        ("", set()),
    ],
)
def test_searching(office: Office, tmp_path: Path, query: str, expected: set[str]) -> None:
    brought(office, write(tmp_path / "m", *SEARCHED))
    assert subjects(office.inbox.search(query)) == expected


def test_a_word_still_being_typed_is_a_beginning(office: Office, tmp_path: Path) -> None:
    brought(office, write(tmp_path / "m", *SEARCHED))
    assert subjects(office.inbox.search("petr", typing=True)) == {"Logo colours"}
    assert subjects(office.inbox.search("petr")) == set()


@pytest.mark.parametrize(
    "typed",
    ["l", "lo", "log", "ru", "gr", "grü", "KÖ", "from:a", "from:jo", "to:me", "subject:re", "te",
     "会", "logo te", "logo -te", "zzz", "file.c", "x y", "straß"],
)  # fmt: skip
def test_a_beginning_finds_what_all_words_that_begin_so_find(
    office: Office, tmp_path: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (mail("more", subject="Login for the Straße"), "lorem log logistics file.csv grün team")
    brought(office, write(tmp_path / "m", *SEARCHED, more))
    starred = typed if "-" in typed else f"{typed}*"
    expected = [each.id for each in office.inbox.search(starred)]
    assert [each.id for each in office.inbox.search(typed, typing=True)] == expected
    # Also where there are more such words than are looked for at once.
    monkeypatch.setattr(inbox, "MOST_WORDS", 1)
    assert [each.id for each in office.inbox.search(typed, typing=True)] == expected


def test_attachments_are_found_and_taken_out(office: Office, tmp_path: Path) -> None:
    head = mail(
        "f",
        subject="With file",
        more='MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"',
    )
    body = (
        "--b\nContent-Type: text/plain\n\nhi\n--b\nContent-Type: text/csv\n"
        'Content-Disposition: attachment; filename="a.csv"\n\n1,2\n--b--'
    )
    brought(office, write(tmp_path / "m", (head, body), (mail("g"), "none")))
    (line,) = office.inbox.search("has:attachment")
    assert line.subject == "With file"
    (file,) = office.inbox.mail(line.id).attachments
    assert office.inbox.attachment(line.id, file.number).strip() == b"1,2"


@given(typed=st.text(max_size=60))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_can_be_searched(office: Office, typed: str) -> None:
    office.inbox.search(typed, typing=True)
    office.inbox.search(f"{typed} OR NOT ( NEAR subject:{typed} *")


def test_put_away_and_back_unless_something_newer_happened(office: Office, tmp_path: Path) -> None:
    brought(office, write(tmp_path / "m", (mail("a", subject="Plan"), "x")))
    (line,) = office.inbox.lines()
    done = office.inbox.put_away(line.thread)
    assert office.inbox.counts().all == 0
    assert done.undo is not None
    done.undo()
    assert office.inbox.counts().all == 1
    once_more = office.inbox.put_away(line.thread)
    brought(office, write(tmp_path / "n", (mail("b", subject="Re: Plan", answers="a"), "y")))
    assert office.inbox.counts().all == 1, "a newer mail brings it back"
    assert once_more.undo is not None
    with pytest.raises(Stale):
        once_more.undo()


def test_reading_and_leaving_unread(office: Office, tmp_path: Path) -> None:
    brought(office, write(tmp_path / "m", (mail("a"), "x")))
    (line,) = office.inbox.lines()
    assert line.unread
    seen = office.inbox.mark_read(line.thread)
    assert not office.inbox.lines()[0].unread
    assert seen.undo is not None
    seen.undo()
    assert office.inbox.lines()[0].unread


def test_a_client_who_asks_needs_you_and_the_label_says_why(office: Office, tmp_path: Path) -> None:
    office.clients.found_or_made({"name": "Ada Ltd", "email": "ada@x.example"})
    brought(
        office,
        write(
            tmp_path / "m",
            (mail("a", subject="Colours?"), "Could you send me the files?"),
            (
                mail(
                    "n", "news@shop.example", "Sale", more="List-Unsubscribe: <https://x.example>"
                ),
                "Buy now",
            ),
        ),
    )
    assert office.inbox.counts().needs_you == 1
    (first,) = office.inbox.threads([Section.NEEDS_YOU], 0, 10)
    assert first.subject == "Colours?"
    assert "question" in why_words(first.label)


def test_what_only_oneself_wrote_is_listed_under_those_it_went_to(
    office: Office, tmp_path: Path
) -> None:
    office.profile.update({"name": "Me", "email": "me@me.example"})
    mine = "Me <me@me.example>"
    to_ada = mail("a", mine, "Plan").replace("To: me@", "To: Ada <ada@x.example>, bo@")
    again = mail("b", mine, "Plan", "a").replace("To: me@", "To: bo@")
    asked = mail("c", mine, "Colours").replace("To: me@", "To: Ada <ada@x.example>, me@")
    answered = mail("d", "Ada <ada@x.example>", "Colours", "c")
    brought(office, write(tmp_path / "m", *((each, "Hello") for each in
                                            (to_ada, again, asked, answered))))  # fmt: skip

    def listed() -> dict[str, tuple[bool, str]]:
        found = office.inbox.threads(list(Section), 0, 10)
        return {each.subject: (each.own, each.people) for each in found}

    expected = {"Plan": (True, "bo@me.example, Ada"), "Colours": (False, "Ada")}
    assert listed() == expected
    with office.inbox._shelf._db.change(Topic.INBOX) as db:  # a desk from before
        db.conn.execute("ALTER TABLE threads DROP COLUMN own")
        db.conn.execute("UPDATE threads SET people = 'Me' WHERE subject = 'Plan'")
        own_threads.apply(db)
    assert listed() == expected


def test_a_mail_that_is_not_there_is_said(office: Office) -> None:
    with pytest.raises(NotFound):
        office.inbox.mail(999)
    with pytest.raises(NotFound):
        office.inbox.raw(999)
