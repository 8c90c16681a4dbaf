"""Waits as rows, and what they do to the list: a sleeping conversation is in none until it wakes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.errors import NotFound
from gigdesk.domain.inbox.mails import Section
from gigdesk.domain.inbox.waiting import Wait, WaitKind
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gigdesk.store.desk_db import DeskDb

# threads.put_away: 0 in the list, 1 put away, 2 asleep. Newer mail brings either back.
ASLEEP = 2
_FROM = (
    "SELECT w.message, m.thread, w.kind, w.until, w.days FROM mail_waits w"
    " JOIN messages m ON m.id = w.message"
)


class WaitStore:
    """Which conversations wait, and until when."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def newest(self, thread_id: int) -> int:
        """The newest mail of a conversation. Raises NotFound."""
        row = self._db.read().conn.execute(
            "SELECT id FROM messages WHERE thread = ? ORDER BY gone, stamp DESC LIMIT 1", (thread_id,)
        ).fetchone()  # fmt: skip
        if row is None:
            raise NotFound(t("There is no such conversation"), t("It may have been joined."))
        return int(row[0])

    def begin(self, wait: Wait) -> None:
        """Let it wait, in place of an earlier wait of this kind."""
        with self._db.change(Topic.INBOX) as db:
            self._forget(wait.thread, wait.kind)
            db.conn.execute(
                "INSERT INTO mail_waits (message, kind, until, days) VALUES (?, ?, ?, ?)",
                (wait.mail, str(wait.kind), _instant(wait.until), wait.days),
            )
            if wait.kind is WaitKind.SLEEP:
                db.conn.execute(
                    "UPDATE threads SET put_away = ?, version = version + 1"
                    " WHERE id = ? AND put_away = 0",
                    (ASLEEP, wait.thread),
                )

    def end(self, thread_id: int, kind: WaitKind, *, needs_you: bool = False) -> None:
        """It waits no longer; one that slept is in the list again."""
        with self._db.change(Topic.INBOX) as db:
            self._forget(thread_id, kind)
            db.conn.execute(
                "UPDATE threads SET put_away = 0, version = version + 1 WHERE id = ? AND put_away = ?",
                (thread_id, ASLEEP),
            )
            if needs_you:
                db.conn.execute(
                    "UPDATE threads SET section = ?, put_away = 0 WHERE id = ?",
                    (int(Section.NEEDS_YOU), thread_id),
                )

    def of(self, thread_id: int) -> list[Wait]:
        """How this conversation waits."""
        return list(self._waits(f"{_FROM} WHERE m.thread = ? ORDER BY w.kind", thread_id))

    def asleep(self) -> list[Wait]:
        """What sleeps, the soonest first."""
        return list(self._waits(f"{_FROM} WHERE w.kind = 'sleep' ORDER BY w.until, w.message"))

    def due(self, now: datetime) -> list[Wait]:
        """What has waited long enough."""
        sql = f"{_FROM} WHERE w.until <= ? ORDER BY w.until, w.message"
        return list(self._waits(sql, _instant(now)))

    def newest_own(self) -> int:
        """The number of one's own mail that came last."""
        row = self._db.read().conn.execute(
            "SELECT coalesce(max(id), 0) FROM messages WHERE mine = 1"
        ).fetchone()  # fmt: skip
        return int(row[0])

    def own_after(self, mail_id: int, most: int) -> list[tuple[int, int]]:
        """One's own mails that came later and are the last word, with their conversations."""
        rows = self._db.read().conn.execute(
            "SELECT m.id, m.thread FROM messages m WHERE m.id > ? AND m.mine = 1 AND m.gone = 0"
            " AND m.bulk = 0 AND NOT EXISTS (SELECT 1 FROM messages a WHERE a.thread = m.thread"
            " AND a.stamp > m.stamp) ORDER BY m.id LIMIT ?",
            (mail_id, most),
        )
        return [(int(mail), int(thread)) for mail, thread in rows.fetchall()]

    def over(self) -> list[Wait]:
        """Waits that something ended by itself: an answer came (one a program sent is none), or a
        sleeping conversation was brought back by newer mail."""
        return list(
            self._waits(
                f"{_FROM} JOIN threads h ON h.id = m.thread WHERE"
                f" (w.kind = 'sleep' AND h.put_away != {ASLEEP}) OR (w.kind = 'follow' AND EXISTS"
                " (SELECT 1 FROM messages a WHERE a.thread = m.thread AND a.stamp > m.stamp"
                " AND a.mine = 0 AND a.bulk = 0))"
            )
        )

    def _forget(self, thread_id: int, kind: WaitKind) -> None:
        self._db.read().conn.execute(
            "DELETE FROM mail_waits WHERE kind = ?"
            " AND message IN (SELECT id FROM messages WHERE thread = ?)",
            (str(kind), thread_id),
        )

    def _waits(self, sql: str, *values: object) -> Iterator[Wait]:
        for mail, thread, kind, until, days in self._db.read().conn.execute(sql, values).fetchall():
            yield Wait(mail, thread, WaitKind(kind), datetime.fromisoformat(until), days)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
