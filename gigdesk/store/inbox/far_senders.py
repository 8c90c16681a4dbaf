"""The senders whose far pictures the person always wants to see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.far import Allowed
from gigdesk.domain.topics import Topic

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb


class FarSenderStore:
    """Senders by their addresses."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def all(self) -> list[Allowed]:
        """All of them, by address."""
        rows = self._db.read().conn.execute(
            "SELECT sender, at FROM mail_far_senders ORDER BY sender"
        )
        return [Allowed(sender, datetime.fromisoformat(at)) for sender, at in rows.fetchall()]

    def has(self, sender: str) -> bool:
        """Whether it is one of them."""
        row = self._db.read().conn.execute(
            "SELECT 1 FROM mail_far_senders WHERE sender = ?", (sender.lower(),)
        )
        return row.fetchone() is not None

    def add(self, sender: str, at: datetime) -> bool:
        """One more; whether it was none before."""
        with self._db.change(Topic.INBOX) as db:
            done = db.conn.execute(
                "INSERT INTO mail_far_senders (sender, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (sender.lower(), at.astimezone(UTC).isoformat(timespec="seconds")),
            )
        return done.rowcount > 0

    def remove(self, sender: str) -> bool:
        """One less; whether it was one."""
        with self._db.change(Topic.INBOX) as db:
            done = db.conn.execute(
                "DELETE FROM mail_far_senders WHERE sender = ?", (sender.lower(),)
            )
        return done.rowcount > 0
