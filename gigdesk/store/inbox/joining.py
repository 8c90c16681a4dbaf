"""Which thread each mail of a batch belongs to: known ids are asked for once, the joining is done in
memory, and what came of it is written once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from gigdesk.domain.inbox.mails import ParsedMail
from gigdesk.domain.inbox.subjects import base_subject, is_reply
from gigdesk.store.inbox.rows import STAMP_BITS

_SAME_SUBJECT = int(timedelta(days=30).total_seconds()) << STAMP_BITS
_LOOKED_AT = 20

Run = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class _Said:
    """A mail that an answer without references may belong to."""

    stamp: int
    thread: int
    sender: str
    recipients: frozenset[str]


class Joining:
    """Finds the threads of one batch's mails, in the order in which they come."""

    def __init__(self, run: Run, mails: Sequence[ParsedMail]) -> None:
        self._run = run
        self._named = [_ids_of(mail) for mail in mails]
        asked = list({each for ids in self._named for each in ids})
        self._ids: dict[int, int] = dict(
            run(
                "SELECT id, thread FROM mail_ids WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(asked),),
            )
        )
        self._fresh: list[int] = []  # ids that nothing named before
        (last,) = run("SELECT coalesce(max(id), 0) FROM threads").fetchone()
        self._first_new = self._next = last + 1
        self._moved: dict[int, int] = {}
        self._back: set[int] = set()
        self._subjects: dict[int, list[_Said]] = {}

    def thread(self, at: int, mail: ParsedMail, stamp: int) -> int:
        """The thread of the mail at this place of the batch; `now` says where it is in the end."""
        ids = self._named[at]
        found = sorted({self.now(self._ids[each]) for each in ids if each in self._ids})
        alone = not (mail.references or mail.in_reply_to)
        if not found and alone and is_reply(mail.subject):
            found = self._same_subject(mail, stamp)
        if found:
            thread = found[0]
            for other in found[1:]:
                self._join(other, thread)
        else:
            thread, self._next = self._next, self._next + 1
        for each in ids:
            if each not in self._ids:
                self._ids[each] = thread
                self._fresh.append(each)
        self._remember(mail, stamp, thread)
        return thread

    def now(self, thread: int) -> int:
        """The thread that this one has become part of; itself if it stands."""
        while thread in self._moved:
            thread = self._moved[thread]
        return thread

    def settle(self, run_many: Run) -> None:
        """Write the threads and ids that are new. Before the mails, which name them."""
        new = (each for each in range(self._first_new, self._next) if each not in self._moved)
        run_many("INSERT INTO threads (id) VALUES (?)", [(each,) for each in new])
        run_many(
            "INSERT OR IGNORE INTO mail_ids VALUES (?, ?)",
            sorted((each, self.now(self._ids[each])) for each in self._fresh),
        )
        back = {self.now(each) for each in self._back}
        run_many("UPDATE threads SET put_away = 0 WHERE id = ?", [(each,) for each in back])

    def _same_subject(self, mail: ParsedMail, stamp: int) -> list[int]:
        """The thread of a reply that names no other mail: the same subject within 30 days between the
        same people, or none."""
        base = base_of(mail.subject)
        if base is None:
            return []
        sender = mail.sender.email.lower()
        people = {each.email.lower() for each in (mail.sender, *mail.to, *mail.cc)}
        for said in self._candidates(base, stamp):
            shared = people & {said.sender, *said.recipients} - {""}
            if said.sender != sender and len(shared) >= 2:
                return [self.now(said.thread)]
        return []

    def _candidates(self, base: int, stamp: int) -> list[_Said]:
        """Mails of this subject, kept before or met in this batch, the newest first."""
        since = stamp - _SAME_SUBJECT
        kept = self._run(
            "SELECT stamp, thread, sender, recipients FROM messages"
            " WHERE base = ? AND stamp BETWEEN ? AND ? ORDER BY stamp DESC LIMIT ?",
            (base, since, stamp, _LOOKED_AT),
        )
        found = [_Said(row[0], row[1], row[2].lower(), _emails(json.loads(row[3]))) for row in kept]
        found += [each for each in self._subjects.get(base, ()) if since <= each.stamp <= stamp]
        return sorted(found, key=lambda said: -said.stamp)[:_LOOKED_AT]

    def _remember(self, mail: ParsedMail, stamp: int, thread: int) -> None:
        base = base_of(mail.subject)
        if base is not None:
            to = _emails((each.name, each.email) for each in mail.to[:200])
            said = _Said(stamp, thread, mail.sender.email.lower(), to)
            self._subjects.setdefault(base, []).append(said)

    def _join(self, other: int, thread: int) -> None:
        """`thread` is the older, so what is new in this batch never takes in what is kept."""
        self._moved[other] = thread
        if other >= self._first_new:
            self._back.add(thread)
            return
        self._run("UPDATE messages SET thread = ? WHERE thread = ?", (thread, other))
        self._run("UPDATE mail_ids SET thread = ? WHERE thread = ?", (thread, other))
        self._run(
            "UPDATE threads SET put_away = min(put_away, (SELECT put_away FROM threads WHERE id = ?))"
            " WHERE id = ?", (other, thread),
        )  # fmt: skip
        self._run("DELETE FROM threads WHERE id = ?", (other,))


def base_of(subject: str) -> int | None:
    """The subject without its reply marks, hashed; None when it says too little to join anything."""
    base = base_subject(subject)
    return hashed(base) if len(base) >= 4 else None


def _ids_of(mail: ParsedMail) -> list[int]:
    named = dict.fromkeys((mail.message_id, *mail.references, *mail.in_reply_to))
    return [hashed(each) for each in named if each]


def _emails(people: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(email.lower() for _, email in people)


def hashed(words: str) -> int:
    """Words in 64 bits, as the index of ids and subjects holds them."""
    digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
