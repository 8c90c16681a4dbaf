"""Keeping mails: one batch in one transaction, joined to their threads, their words indexed.

What is there already is asked once for a whole batch, and each table is written once: a statement for
every mail costs more than what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.labels import FRESH, Known, is_no_reply
from gigdesk.domain.inbox.mails import Label, MailId, Note, ParsedMail
from gigdesk.domain.inbox.search import EVERY, HAS_ATTACHMENT, spaced
from gigdesk.domain.topics import Topic
from gigdesk.store.inbox.joining import Joining, base_of
from gigdesk.store.inbox.lessons import learn_from
from gigdesk.store.inbox.rows import (
    STAMP_BITS,
    addresses_json,
    details_json,
    instant_of,
    json_of,
    note_of,
    notes_json,
    packed,
    seconds_of,
)
from gigdesk.store.inbox.summing import Summing
from gigdesk.store.inbox.vocabulary import learn

if TYPE_CHECKING:
    from sqlite_utils import Database

    from gigdesk.store.desk_db import DeskDb

_INDEXED = 200_000
_PEOPLE = 50
_REST = 400  # mails: some 3,000 pages of log
_MERGED = 8  # pages of the word index, at least


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail about to be kept: what was read and judged of it, where its bytes lie, and what its file
    said of it."""

    mail: ParsedMail
    label: Label
    digest: bytes
    blob: str
    at: int
    bytes: int
    source: str
    unread: bool | None = None
    flagged: bool = False
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one: its row, and whether it was there before."""

    id: MailId
    fresh: bool


@dataclass(frozen=True, slots=True)
class Here:
    """A mail that is kept already: its row, and why it cannot be read, if so."""

    id: MailId
    broken: Note | None = None


class MailKeeping:
    """Writes mails. Everything one batch changes happens in one transaction."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db
        self._since = 0  # mails kept since the last rest

    def known_digests(self, digests: Sequence[bytes]) -> dict[bytes, Here]:
        """Which of these exact mails are kept already."""
        marks = ",".join("?" * len(digests))
        rows = self._db.read().conn.execute(
            f"SELECT digest, id, broken FROM messages WHERE digest IN ({marks})", tuple(digests)
        )
        return {bytes(row[0]): Here(MailId(row[1]), note_of(row[2])) for row in rows}

    def keep(
        self,
        batch: Sequence[NewMail],
        known: Known,
        now: datetime,
        also: Callable[[list[Kept]], object] | None = None,
    ) -> list[Kept]:
        """Keep them, in their order, and in the same transaction what is `also` to be done. One that
        is kept already stays as it is."""
        with self._db.change(Topic.INBOX) as db:
            done = _Batch(db, known, now).keep(batch) if batch else []
            self._since += len(batch)
            if also is not None:
                also(done)
            return done

    def rest(self) -> None:
        """Between two batches, on the caller's own thread: what makes the next ones quick."""
        if self._since >= _REST:
            self._since = 0
            self._db.checkpoint()

    def refresh(self, threads: Iterable[int], known: Known, now: datetime) -> None:
        """Reckon these threads' rows anew from their mails."""
        with self._db.change(Topic.INBOX) as db:
            Summing(db.conn.execute, db.conn.executemany, known, now).refresh(threads, {})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mail on its way into the tables: its row, its place in time and its thread."""

    new: NewMail
    id: int
    stamp: int
    thread: int


class _Batch:
    """One transaction's work."""

    def __init__(self, db: Database, known: Known, now: datetime) -> None:
        self._run = db.conn.execute
        self._run_many = db.conn.executemany
        self._known, self._now = known, now

    def keep(self, batch: Sequence[NewMail]) -> list[Kept]:
        """Keep them, in their order."""
        done, fresh = self._sorted_out(batch)
        if fresh:
            placed = self._placed(fresh)
            self._write(placed)
            self._index(placed)
            learn_from(self._run, self._run_many,
                       [(each.id, each.stamp, each.new.mail) for each in placed], self._known)  # fmt: skip
            came: dict[int, int] = {}
            for each in placed:
                came[each.thread] = max(each.stamp, came.get(each.thread, 0))
            summing = Summing(self._run, self._run_many, self._known, self._now)
            summing.refresh(came, came)
        return done

    def _sorted_out(self, batch: Sequence[NewMail]) -> tuple[list[Kept], list[tuple[int, NewMail]]]:
        """What becomes of each, and the new ones with the rows they get."""
        keys = [new.mail.key for new in batch]
        marks = ",".join("?" * len(keys))
        rows = self._run(f"SELECT key, id FROM messages WHERE key IN ({marks})", keys)
        there = {bytes(key): row_id for key, row_id in rows}
        (last,) = self._run("SELECT coalesce(max(id), 0) FROM messages").fetchone()
        done, fresh = [], []
        for new in batch:
            row_id = there.get(new.mail.key)
            if row_id is None:
                last += 1
                there[new.mail.key] = last
                fresh.append((last, new))
            done.append(Kept(MailId(row_id or last), fresh=row_id is None))
        return done, fresh

    def _placed(self, fresh: Sequence[tuple[int, NewMail]]) -> list[_Placed]:
        stamps = self._stamps([new for _, new in fresh])
        joining = Joining(self._run, [new.mail for _, new in fresh])
        threads = [joining.thread(at, new.mail, stamps[at]) for at, (_, new) in enumerate(fresh)]
        joining.settle(self._run_many)
        return [
            _Placed(new, row_id, stamp, joining.now(thread))
            for (row_id, new), stamp, thread in zip(fresh, stamps, threads, strict=True)
        ]

    def _stamps(self, fresh: Sequence[NewMail]) -> list[int]:
        """A place in time for each, after those that have the same second."""
        seconds = [self._second(new) for new in fresh]
        rows = self._run(
            "SELECT value, (SELECT max(stamp) FROM messages WHERE stamp BETWEEN value << ?1"
            " AND (value + 1 << ?1) - 1) FROM json_each(?2)",
            (STAMP_BITS, json_of(sorted(set(seconds)))),
        )
        free = {
            second: second << STAMP_BITS if taken is None else taken + 1 for second, taken in rows
        }
        stamps = []
        for second in seconds:
            stamps.append(free[second])
            free[second] += 1
        return stamps

    def _second(self, new: NewMail) -> int:
        latest = self._now + timedelta(days=1)
        at = next((each for each in (new.mail.date, new.mail.received, new.seen)
                   if each is not None and _possible(each, latest)), self._now)  # fmt: skip
        return seconds_of(at)

    def _write(self, placed: Sequence[_Placed]) -> None:
        self._run_many(
            "INSERT INTO messages (id, stamp, thread, key, digest, message_id, base, sender_name,"
            " sender, recipients, subject, date, snippet, label, reasons, unread, flagged, mine, bulk,"
            " to_me, to_others, attachments, broken, source, raw_blob, raw_at, raw_bytes)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [self._row(each) for each in placed],
        )
        self._run_many(
            "INSERT INTO mail_bodies VALUES (?, ?, ?, ?)",
            [
                (
                    each.id,
                    each.new.mail.text,
                    packed(each.new.mail.html),
                    details_json(each.new.mail),
                )
                for each in placed
            ],
        )
        self._run_many(
            "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (each.id, a.number, a.name, a.type, a.bytes, a.digest, a.cid, a.inline)
                for each in placed
                for a in each.new.mail.attachments
            ],
        )
        people = {row for each in placed for row in self._people(each)}
        self._run_many("INSERT OR IGNORE INTO mail_people VALUES (?, ?, ?)", sorted(people))

    def _row(self, placed: _Placed) -> tuple[Any, ...]:
        new, known = placed.new, self._known
        mail = new.mail
        everybody = (*mail.to, *mail.cc)
        mine = known.is_mine(mail.sender)
        return (
            placed.id,
            placed.stamp,
            placed.thread,
            mail.key,
            new.digest,
            mail.message_id,
            base_of(mail.subject),
            mail.sender.name,
            mail.sender.email,
            addresses_json(mail.to[:200]),
            mail.subject,
            mail.date.isoformat() if mail.date else None,
            mail.snippet,
            new.label.code,
            notes_json(new.label.reasons),
            self._unread(placed, mine=mine),
            new.flagged,
            mine,
            mail.bulk or mail.automatic or is_no_reply(mail.sender),
            any(known.is_mine(each) for each in everybody),
            any(each.email and not known.is_mine(each) for each in everybody),
            sum(not each.inline for each in mail.attachments),
            json_of([mail.broken.code, mail.broken.detail]) if mail.broken else None,
            new.source,
            new.blob,
            new.at,
            new.bytes,
        )

    def _unread(self, placed: _Placed, *, mine: bool) -> bool:
        """What the file says; where it says nothing, what is fresh and from others is unread."""
        for said in (placed.new.unread, placed.new.mail.unread):
            if said is not None:
                return said
        return not mine and self._now - instant_of(placed.stamp) <= FRESH

    def _people(self, placed: _Placed) -> Iterable[tuple[str, int, int]]:
        mail, stamp = placed.new.mail, placed.stamp
        got = 2 if self._known.is_mine(mail.sender) else 1
        for each in (*mail.to, *mail.cc)[:_PEOPLE]:
            if each.email:
                yield each.email.lower(), got, stamp
        if mail.sender.email:
            yield mail.sender.email.lower(), 0, stamp

    def _index(self, placed: Sequence[_Placed]) -> None:
        words = [_words_of(each.new.mail) for each in placed]
        learn(self._run, placed[0].id, words)
        # In the order of their rowids: FTS5 writes out what it gathered at each that goes back.
        self._run_many(
            "INSERT INTO mail_words (rowid, subject, sender, recipients, body, files, marks)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            sorted((each.stamp, *row) for each, row in zip(placed, words, strict=True)),
        )
        # Each batch does its share of joining the index's pieces: left to FTS5, every fourth or so
        # would do much more, and a click behind it would wait.
        share = _MERGED + len(placed) * 3 // 4
        self._run("INSERT INTO mail_words (mail_words, rank) VALUES ('merge', ?)", (share,))


def _words_of(mail: ParsedMail) -> tuple[str, ...]:
    """A mail's row of the word index, but for its rowid."""
    attached = any(not each.inline for each in mail.attachments)
    return (
        spaced(mail.subject),
        spaced(f"{mail.sender.name} {mail.sender.email}"),
        spaced(" ".join(f"{a.name} {a.email}" for a in (*mail.to, *mail.cc)[:200])),
        spaced(mail.text[:_INDEXED]),
        " ".join(each.name for each in mail.attachments),
        f"{EVERY} {HAS_ATTACHMENT}" if attached else EVERY,
    )


def _possible(at: datetime, latest: datetime) -> bool:
    return at.timestamp() > 0 and at <= latest
