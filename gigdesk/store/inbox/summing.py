"""The rows of threads: what their mails say together, reckoned anew for many threads at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from gigdesk.domain.inbox.labels import Known, LastWord, section_of
from gigdesk.domain.inbox.mails import Address
from gigdesk.store.inbox.rows import addresses_of, instant_of

Run = Callable[..., Any]
_NOT_PERSONAL = frozenset({"newsletter", "notification"})


class _Row(NamedTuple):
    """What a thread's row needs of each of its mails."""

    thread: int
    stamp: int
    sender_name: str
    sender: str
    recipients: str
    subject: str
    snippet: str
    unread: int
    mine: int
    bulk: int
    to_me: int
    to_others: int
    broken: str | None
    label: str
    reasons: str
    attachments: int

    @property
    def address(self) -> Address:
        return Address(self.sender_name, self.sender)


class Summing:
    """Brings rows of threads up to their mails, within the caller's transaction."""

    def __init__(self, run: Run, run_many: Run, known: Known, now: datetime) -> None:
        self._run, self._run_many = run, run_many
        self._known, self._now = known, now

    def refresh(self, threads: Iterable[int], came: Mapping[int, int]) -> None:
        """Reckon them anew. `came` says the newest stamp that was just added, by thread."""
        wanted = json.dumps(sorted(threads))
        rows = map(_Row._make, self._run(
            f"SELECT {', '.join(_Row._fields)} FROM messages"
            " WHERE gone = 0 AND thread IN (SELECT value FROM json_each(?)) ORDER BY thread, stamp",
            (wanted,),
        ))  # fmt: skip
        found = {thread: list(mails) for thread, mails in groupby(rows, lambda row: row.thread)}
        before = dict(
            self._run(
                "SELECT id, last FROM threads WHERE id IN (SELECT value FROM json_each(?))",
                (wanted,),
            )
        )
        written_to = self._written_to([mails[-1] for mails in found.values()])
        self._run_many(
            "UPDATE threads SET subject = ?, people = ?, snippet = ?, last = ?, count = ?, unread = ?,"
            " attachments = ?, label = ?, reasons = ?, section = ?, mine_last = ?, broken = ?, own = ?,"
            " put_away = CASE WHEN ? THEN 0 ELSE put_away END, version = version + 1 WHERE id = ?",
            [
                # Something newer came: what was put away is back.
                (*self._sum(mails, written_to), 0 < before[thread] < came.get(thread, 0), thread)
                for thread, mails in found.items()
            ],
        )
        empty = [(thread,) for thread in before if thread not in found]
        # All its mails left their server: what names them still finds them.
        self._run_many(
            "UPDATE threads SET put_away = 1, unread = 0, version = version + 1 WHERE id = ?", empty
        )
        self._run_many(
            "DELETE FROM threads WHERE id = ? AND NOT EXISTS"
            " (SELECT 1 FROM messages WHERE thread = threads.id)",
            empty,
        )

    def _sum(self, mails: Sequence[_Row], written_to: set[str]) -> tuple[Any, ...]:
        last = mails[-1]
        told = _telling(mails)
        asked = _asked_of(mails) if all(mail.mine for mail in mails) else ""
        return (
            mails[0].subject,
            asked or _people_of(mails),
            last.snippet,
            last.stamp,
            len(mails),
            sum(mail.unread for mail in mails),
            any(mail.attachments for mail in mails),
            told.label,
            told.reasons,
            int(section_of(self._last_word(last, written_to), self._now)),
            last.mine,
            last.broken is not None,
            bool(asked),
        )

    def _last_word(self, last: _Row, written_to: set[str]) -> LastWord:
        personal = self._is_personal(last) or last.sender.lower() in written_to
        bulk = bool(last.bulk) or last.label in _NOT_PERSONAL
        if last.label == "suspicious":
            bulk = not self._known.client(last.address)
        return LastWord(instant_of(last.stamp), bool(last.mine), bulk,
                        last.broken is not None, personal, bool(last.to_others))  # fmt: skip

    def _is_personal(self, last: _Row) -> bool:
        return bool(last.to_me) or bool(self._known.client(last.address))

    def _written_to(self, lasts: Iterable[_Row]) -> set[str]:
        """To whom of these senders the person wrote before; asked only where it matters."""
        asked = {last.sender.lower() for last in lasts if not self._is_personal(last)}
        rows = self._run(
            "SELECT value FROM json_each(?) WHERE EXISTS"
            " (SELECT 1 FROM mail_people WHERE email = value AND role = 2)",
            (json.dumps(sorted(asked)),),
        )
        return {row[0] for row in rows}


def _telling(mails: Sequence[_Row]) -> _Row:
    """Whose label the thread has: the newest warning, else the newest that has one."""
    warned = next((mail for mail in reversed(mails) if mail.label == "suspicious"), None)
    return warned or next((mail for mail in reversed(mails) if mail.label), mails[-1])


def _people_of(mails: Sequence[_Row]) -> str:
    """The others by name, newest first; oneself only when alone."""
    named = _listed(mail.sender_name or mail.sender for mail in mails if not mail.mine)
    return named or mails[-1].sender_name or mails[-1].sender or ""


def _asked_of(mails: Sequence[_Row]) -> str:
    """To whom one's own mails went, the newest first."""
    found = (addresses_of(mail.recipients) for mail in mails)
    return _listed(each.shown for addresses in found for each in addresses)


def _listed(names: Iterable[str]) -> str:
    """The last three, each once, the last one first."""
    kept: dict[str, None] = {}
    for name in filter(None, names):
        kept.pop(name, None)
        kept[name] = None
    return ", ".join(list(kept)[-3:][::-1])
