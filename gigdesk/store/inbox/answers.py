"""Automatic answers: whom there was mail with before, and what was answered already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.autoreply import Past

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

KIND = "autoreply"
_DAY = timedelta(days=1)


class AnswerStore:
    """What the rules of automatic answers need to know."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def past(self, mail_id: int, email: str, now: datetime) -> Past:
        """What there was with this address before this mail."""
        rows = self._db.read().conn.execute(
            "SELECT DISTINCT role FROM mail_people WHERE email = ? AND role IN (0, 2)"
            " AND stamp < (SELECT stamp FROM messages WHERE id = ?)",
            (email.lower(), mail_id),
        )
        roles = {int(row[0]) for row in rows.fetchall()}
        return Past(0 in roles, 2 in roles, self._answered(email), self._since(now - _DAY))

    def answered(self, message_id: str) -> bool:
        """Whether this very answer was written before."""
        row = self._db.read().conn.execute(
            "SELECT 1 FROM outbox WHERE message_id = ?", (message_id,)
        ).fetchone()  # fmt: skip
        return row is not None

    def newest(self) -> int:
        """The number of the mail that came last."""
        row = self._db.read().conn.execute("SELECT coalesce(max(id), 0) FROM messages").fetchone()
        return int(row[0])

    def came_after(self, mail_id: int, most: int) -> list[int]:
        """The mails that came later than this one, not one's own, in the order of their coming."""
        rows = self._db.read().conn.execute(
            "SELECT id FROM messages WHERE id > ? AND mine = 0 AND gone = 0 ORDER BY id LIMIT ?",
            (mail_id, most),
        )
        return [int(row[0]) for row in rows.fetchall()]

    def _answered(self, email: str) -> datetime | None:
        row = self._db.read().conn.execute(
            "SELECT max(created) FROM outbox WHERE kind = ? AND recipient = ? COLLATE NOCASE",
            (KIND, email),
        ).fetchone()  # fmt: skip
        return datetime.fromisoformat(row[0]) if row[0] else None

    def _since(self, moment: datetime) -> int:
        row = self._db.read().conn.execute(
            "SELECT count(*) FROM outbox WHERE kind = ? AND created > ?",
            (KIND, moment.astimezone(UTC).isoformat(timespec="seconds")),
        ).fetchone()  # fmt: skip
        return int(row[0])
