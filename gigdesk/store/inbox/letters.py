"""Who sends newsletters, and which of them the person has left."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.leaving import Exits, Letters
from gigdesk.domain.topics import Topic
from gigdesk.store.inbox.rows import instant_of

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb


class LetterStore:
    """Newsletters by their senders."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def all(self, limit: int) -> list[Letters]:
        """The senders, the one with the most mails first."""
        rows = self._db.read().conn.execute(
            "SELECT lower(m.sender), max(m.stamp), count(*), sum(m.unread) FROM messages m"
            " WHERE m.label = 'newsletter' AND m.label != '' AND m.gone = 0 AND m.mine = 0"
            " GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ?",
            (limit,),
        )
        return [self._one(*row) for row in rows.fetchall()]

    def leave(self, sender: str, at: datetime, way: str) -> None:
        """The person has left it."""
        with self._db.change(Topic.INBOX) as db:
            db.conn.execute(
                "INSERT INTO mail_left (sender, at, way) VALUES (?, ?, ?)"
                " ON CONFLICT (sender) DO UPDATE SET at = excluded.at, way = excluded.way",
                (sender.lower(), at.astimezone(UTC).isoformat(timespec="seconds"), way),
            )

    def _one(self, sender: str, stamp: int, mails: int, unread: int) -> Letters:
        row = self._db.read().conn.execute(
            "SELECT m.id, m.sender_name, b.details, l.at FROM messages m"
            " JOIN mail_bodies b ON b.message = m.id LEFT JOIN mail_left l ON l.sender = ?"
            " WHERE m.stamp = ?",
            (sender, stamp),
        ).fetchone()  # fmt: skip
        exits = json.loads(row[2]).get("exits", ())
        return Letters(
            sender=sender,
            name=row[1] or sender,
            mails=mails,
            unread=int(unread or 0),
            last=instant_of(stamp),
            newest=int(row[0]),
            exits=Exits(*exits),
            left=datetime.fromisoformat(row[3]) if row[3] else None,
        )
