"""Keeping mails: one batch in one transaction, joined to their threads, their words indexed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.labels import (
    FRESH,
    Known,
    LastWord,
    is_no_reply,
    label_of,
    section_of,
)
from gigdesk.domain.inbox.mails import Address, MailId, ParsedMail
from gigdesk.domain.inbox.search import EVERY, HAS_ATTACHMENT, spaced
from gigdesk.domain.inbox.subjects import base_subject, is_reply
from gigdesk.domain.topics import Topic
from gigdesk.store.inbox.rows import (
    STAMP_BITS,
    addresses_json,
    details_json,
    instant_of,
    notes_json,
    packed,
    seconds_of,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

    from gigdesk.store.desk_db import DeskDb

_INDEXED = 200_000
_PEOPLE = 50
_SAME_SUBJECT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail about to be kept: what was read, where its bytes lie, and what its file said of it."""

    mail: ParsedMail
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


class MailKeeping:
    """Writes mails. Everything one batch changes happens in one transaction."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def known_digests(self, digests: Sequence[bytes]) -> dict[bytes, MailId]:
        """Which of these exact mails are kept already, and their rows."""
        marks = ",".join("?" * len(digests))
        rows = self._db.read().conn.execute(
            f"SELECT digest, id FROM messages WHERE digest IN ({marks})", tuple(digests)
        )
        return {bytes(row[0]): MailId(row[1]) for row in rows}

    def keep(self, batch: Sequence[NewMail], known: Known, now: datetime) -> list[Kept]:
        """Keep them, in their order. One that is kept already stays as it is."""
        with self._db.change(Topic.INBOX) as db:
            keeping = _Batch(db, known, now)
            done = [keeping.add(each) for each in batch]
            keeping.refresh()
        return done

    def refresh(self, threads: Iterable[int], known: Known, now: datetime) -> None:
        """Reckon these threads' rows anew from their mails."""
        with self._db.change(Topic.INBOX) as db:
            keeping = _Batch(db, known, now)
            keeping.touched.update(threads)
            keeping.refresh()


class _Batch:
    """One transaction's work."""

    def __init__(self, db: Database, known: Known, now: datetime) -> None:
        self._run = db.conn.execute
        self._run_many = db.conn.executemany
        self._known, self._now = known, now
        self.touched: set[int] = set()
        self._came: dict[int, int] = {}

    def add(self, new: NewMail) -> Kept:
        mail = new.mail
        there = self._run("SELECT id FROM messages WHERE key = ?", (mail.key,)).fetchone()
        if there is not None:
            return Kept(MailId(there[0]), fresh=False)
        stamp = self._stamp(new)
        thread = self._thread(mail, stamp)
        row_id = self._insert(new, stamp, thread)
        self._index(mail, stamp)
        self._people(mail, stamp)
        if mail.attachments:
            self._run_many(
                "INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(row_id, a.number, a.name, a.type, a.bytes, a.digest, a.cid, a.inline)
                 for a in mail.attachments],
            )  # fmt: skip
        self.touched.add(thread)
        self._came[thread] = max(stamp, self._came.get(thread, 0))
        return Kept(MailId(row_id), fresh=True)

    def _stamp(self, new: NewMail) -> int:
        latest = self._now + timedelta(days=1)
        at = next((each for each in (new.mail.date, new.mail.received, new.seen)
                   if each is not None and _possible(each, latest)), self._now)  # fmt: skip
        first = seconds_of(at) << STAMP_BITS
        last = first | ((1 << STAMP_BITS) - 1)
        taken = self._run(
            "SELECT max(stamp) FROM messages WHERE stamp BETWEEN ? AND ?", (first, last)
        ).fetchone()[0]
        return first if taken is None else taken + 1

    def _thread(self, mail: ParsedMail, stamp: int) -> int:
        ids = [_hashed(each) for each in
               dict.fromkeys((mail.message_id, *mail.references, *mail.in_reply_to)) if each]  # fmt: skip
        found: list[int] = []
        if ids:
            marks = ",".join("?" * len(ids))
            rows = self._run(f"SELECT DISTINCT thread FROM mail_ids WHERE id IN ({marks})", ids)
            found = sorted(row[0] for row in rows)
        alone = not (mail.references or mail.in_reply_to)
        if not found and alone and is_reply(mail.subject):
            found = self._same_subject(mail, stamp)
        if found:
            thread = found[0]
            for other in found[1:]:
                self._join(other, thread)
        else:
            thread = int(self._run("INSERT INTO threads DEFAULT VALUES").lastrowid or 0)
        if ids:
            self._run_many(
                "INSERT OR IGNORE INTO mail_ids VALUES (?, ?)", [(each, thread) for each in ids]
            )
        return thread

    def _same_subject(self, mail: ParsedMail, stamp: int) -> list[int]:
        """The thread of a reply that names no other mail: the same subject within 30 days between the
        same people, or none."""
        base = _base(mail.subject)
        if base is None:
            return []
        since = stamp - (int(_SAME_SUBJECT.total_seconds()) << STAMP_BITS)
        people = {each.email.lower() for each in (mail.sender, *mail.to, *mail.cc)}
        rows = self._run(
            "SELECT thread, sender, recipients, mine FROM messages"
            " WHERE base = ? AND stamp BETWEEN ? AND ? ORDER BY stamp DESC LIMIT 20",
            (base, since, stamp),
        )
        for thread, sender, recipients, _ in rows:
            theirs = {sender.lower(), *(email.lower() for _, email in json.loads(recipients))}
            if sender.lower() != mail.sender.email.lower() and len(people & theirs - {""}) >= 2:
                return [thread]
        return []

    def _join(self, other: int, thread: int) -> None:
        self._run("UPDATE messages SET thread = ? WHERE thread = ?", (thread, other))
        self._run("UPDATE mail_ids SET thread = ? WHERE thread = ?", (thread, other))
        self._run(
            "UPDATE threads SET put_away = min(put_away, (SELECT put_away FROM threads WHERE id = ?))"
            " WHERE id = ?", (other, thread),
        )  # fmt: skip
        self._run("DELETE FROM threads WHERE id = ?", (other,))
        self.touched.discard(other)
        came = self._came.pop(other, 0)
        self._came[thread] = max(came, self._came.get(thread, 0))

    def _insert(self, new: NewMail, stamp: int, thread: int) -> int:
        mail, known = new.mail, self._known
        everybody = (*mail.to, *mail.cc)
        mine = known.is_mine(mail.sender)
        label = label_of(mail, known)
        done = self._run(
            "INSERT INTO messages (stamp, thread, key, digest, message_id, base, sender_name, sender,"
            " recipients, subject, date, snippet, label, reasons, unread, flagged, mine, bulk, to_me,"
            " to_others, attachments, broken, source, raw_blob, raw_at, raw_bytes)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                stamp,
                thread,
                mail.key,
                new.digest,
                mail.message_id,
                _base(mail.subject),
                mail.sender.name,
                mail.sender.email,
                addresses_json(mail.to[:200]),
                mail.subject,
                mail.date.isoformat() if mail.date else None,
                mail.snippet,
                label.code,
                notes_json(label.reasons),
                self._unread(new, stamp, mine=mine),
                new.flagged,
                mine,
                mail.bulk or mail.automatic or is_no_reply(mail.sender),
                any(known.is_mine(each) for each in everybody),
                any(each.email and not known.is_mine(each) for each in everybody),
                sum(not each.inline for each in mail.attachments),
                json.dumps([mail.broken.code, mail.broken.detail]) if mail.broken else None,
                new.source,
                new.blob,
                new.at,
                new.bytes,
            ),
        )
        row_id = int(done.lastrowid or 0)
        self._run(
            "INSERT INTO mail_bodies VALUES (?, ?, ?, ?)",
            (row_id, mail.text, packed(mail.html), details_json(mail)),
        )
        return row_id

    def _unread(self, new: NewMail, stamp: int, *, mine: bool) -> bool:
        """What the file says; where it says nothing, what is fresh and from others is unread."""
        for said in (new.unread, new.mail.unread):
            if said is not None:
                return said
        return not mine and self._now - instant_of(stamp) <= FRESH

    def _index(self, mail: ParsedMail, stamp: int) -> None:
        marks = (
            f"{EVERY} {HAS_ATTACHMENT}" if any(not a.inline for a in mail.attachments) else EVERY
        )
        self._run(
            "INSERT INTO mail_words (rowid, subject, sender, recipients, body, files, marks)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                stamp,
                spaced(mail.subject),
                spaced(f"{mail.sender.name} {mail.sender.email}"),
                spaced(" ".join(f"{a.name} {a.email}" for a in (*mail.to, *mail.cc)[:200])),
                spaced(mail.text[:_INDEXED]),
                " ".join(each.name for each in mail.attachments),
                marks,
            ),
        )

    def _people(self, mail: ParsedMail, stamp: int) -> None:
        got = 2 if self._known.is_mine(mail.sender) else 1
        rows = {(each.email.lower(), got, stamp) for each in (*mail.to, *mail.cc)[:_PEOPLE] if each.email}  # fmt: skip
        if mail.sender.email:
            rows.add((mail.sender.email.lower(), 0, stamp))
        self._run_many("INSERT OR IGNORE INTO mail_people VALUES (?, ?, ?)", sorted(rows))

    def refresh(self) -> None:
        """Bring the rows of the touched threads up to their mails."""
        for thread in sorted(self.touched):
            self._refresh(thread)

    def _refresh(self, thread: int) -> None:
        rows = self._run(
            "SELECT stamp, sender_name, sender, subject, snippet, unread, mine, bulk, to_me, to_others,"
            " broken, label, reasons, attachments FROM messages WHERE thread = ? ORDER BY stamp",
            (thread,),
        ).fetchall()
        if not rows:
            self._run("DELETE FROM threads WHERE id = ?", (thread,))
            return
        last = rows[-1]
        told = next((row for row in reversed(rows) if row[11]), last)
        section = section_of(self._last_word(last), self._now)
        before = self._run("SELECT last FROM threads WHERE id = ?", (thread,)).fetchone()[0]
        # Something newer came: what was put away is back.
        back = 0 < before < self._came.get(thread, 0)
        self._run(
            "UPDATE threads SET subject = ?, people = ?, snippet = ?, last = ?, count = ?, unread = ?,"
            " attachments = ?, label = ?, reasons = ?, section = ?, mine_last = ?, broken = ?,"
            " put_away = CASE WHEN ? THEN 0 ELSE put_away END, version = version + 1 WHERE id = ?",
            (
                rows[0][3],
                _people_of(rows),
                last[4],
                last[0],
                len(rows),
                sum(row[5] for row in rows),
                any(row[13] for row in rows),
                told[11],
                told[12],
                int(section),
                last[6],
                last[10] is not None,
                back,
                thread,
            ),
        )

    def _last_word(self, row: Any) -> LastWord:
        sender = Address(row[1], row[2])
        personal = bool(row[8]) or bool(self._known.client(sender)) or self._wrote_to(row[2])
        return LastWord(instant_of(row[0]), bool(row[6]), bool(row[7]), row[10] is not None,
                        personal, bool(row[9]))  # fmt: skip

    def _wrote_to(self, email: str) -> bool:
        found = self._run(
            "SELECT 1 FROM mail_people WHERE email = ? AND role = 2 LIMIT 1", (email.lower(),)
        )
        return found.fetchone() is not None


def _possible(at: datetime, latest: datetime) -> bool:
    return at.timestamp() > 0 and at <= latest


def _hashed(message_id: str) -> int:
    digest = hashlib.blake2b(message_id.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _base(subject: str) -> int | None:
    base = base_subject(subject)
    return _hashed(base) if len(base) >= 4 else None


def _people_of(rows: Sequence[Any]) -> str:
    """The others by name, newest last; oneself only when alone."""
    names: dict[str, None] = {}
    for row in rows:
        if not row[6]:
            shown = row[1] or row[2]
            names.pop(shown, None)
            names[shown] = None
    listed = [name for name in names if name]
    if not listed:
        return rows[-1][1] or rows[-1][2] or ""
    return listed[-1] if len(listed) == 1 else ", ".join(listed[-3:][::-1])
