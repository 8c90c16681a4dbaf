"""The parent of the reading child: one bad mail costs itself, the others arrive."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator

import pytest

from gigdesk.domain.errors import Unreadable
from gigdesk.gateways.mail_reader import MailReadingChild
from tests.gateways.mail_children import fragile


def mail(subject: str, body: str = "Hello") -> bytes:
    return f"From: a@x.example\nSubject: {subject}\n\n{body}\n".encode()


@pytest.fixture
def reader() -> Iterator[MailReadingChild]:
    made = MailReadingChild()
    yield made
    made.close()


@pytest.fixture
def shaky() -> Iterator[MailReadingChild]:
    made = MailReadingChild(seconds=1.0, target=fragile)
    yield made
    made.close()


def pid_of_child() -> int:
    (child,) = (c for c in multiprocessing.active_children() if c.name == "gigdesk-mail")
    assert child.pid is not None
    return child.pid


def test_batches_come_back_in_order(reader: MailReadingChild) -> None:
    batches = [[mail(f"{at}-{n}") for n in range(3)] for at in range(4)]
    done = list(reader.read(batches))
    assert [[each.subject for each in batch] for batch in done] == [
        [f"{at}-{n}" for n in range(3)] for at in range(4)
    ]


@pytest.mark.parametrize(("word", "code"), [("DIE", "crashed"), ("HANG", "too long")])
def test_a_mail_that_stops_the_child_costs_itself(
    shaky: MailReadingChild, word: str, code: str
) -> None:
    batches = [[mail("one"), mail("bad", word), mail("two")], [mail("three")]]
    (first, second) = shaky.read(batches)
    assert [each.subject for each in (*first, *second)] == ["one", "", "two", "three"]
    broken = first[1].broken
    assert broken is not None
    assert broken.code == code
    assert word in first[1].text, "its row still shows how it began"


def test_a_child_killed_from_outside_is_replaced(reader: MailReadingChild) -> None:
    reader.read_one(mail("first"))
    before = pid_of_child()
    os.kill(before, signal.SIGKILL)
    assert reader.read_one(mail("second")).subject == "second"
    assert pid_of_child() != before


def test_a_reading_that_is_given_up_leaves_no_answers_behind(reader: MailReadingChild) -> None:
    steps = reader.read([[mail("a")], [mail("b")], [mail("c")]])
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert reader.read_one(mail("d")).subject == "d"


def test_an_attachment_is_taken_out_in_the_child(reader: MailReadingChild) -> None:
    raw = (
        b"From: a@x.example\nSubject: s\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nhi\n'
        b'--b\nContent-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment\n'
        b"Content-Transfer-Encoding: base64\n\nJVBERg==\n--b--\n"
    )
    assert reader.part(raw, 1) == b"%PDF"
    with pytest.raises(Unreadable):
        reader.part(raw, 2)


def test_closing_ends_the_child(reader: MailReadingChild) -> None:
    reader.read_one(mail("x"))
    reader.close()
    assert [c for c in multiprocessing.active_children() if c.name == "gigdesk-mail"] == []


# --- folds ------------------------------------------------------------------------------------------
QUOTING = "Yes.\n\nAm 02.11.2026 um 10:00 schrieb Nino <n@b.example>:\n> a\n> b\n> c\n"


def test_how_a_text_quotes_is_told_also_while_mails_are_read(reader: MailReadingChild) -> None:
    (fold,) = reader.folds(QUOTING)
    assert QUOTING[: fold.start] == "Yes.\n\n"
    with reader._lock:  # an import is under way
        (simple,) = reader.folds(QUOTING)
        assert simple.lines == 3
        assert len(multiprocessing.active_children()) == 1, "no other child is started for that"
        assert reader.read_one(mail("now")).subject == "now"


def test_a_text_that_keeps_the_child_busy_is_folded_simply(
    shaky: MailReadingChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gigdesk.gateways.mail_reader.FOLD_SECONDS", 0.3)
    (fold,) = shaky.folds(f"HANG {QUOTING}")
    assert fold.lines == 3
    assert shaky.read_one(mail("next")).subject == "next"
