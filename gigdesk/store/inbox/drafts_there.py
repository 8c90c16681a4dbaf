"""Copies of mails being written, on the server: which there are, and which are to go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.topics import Topic

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb


class DraftsThereStore:
    """Rows of what lies there."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def behind(self, until: datetime) -> list[int]:
        """Mails being written whose copy is not what they are, untouched since this instant."""
        rows = self._db.read().conn.execute(
            "SELECT id FROM unsent WHERE there_version != version AND changed <= ? ORDER BY id",
            (until.astimezone(UTC).isoformat(timespec="seconds"),),
        )
        return [int(row[0]) for row in rows]

    def going(self) -> list[tuple[str, int]]:
        """Copies to be taken away: their ids, and from which accounts."""
        rows = self._db.read().conn.execute("SELECT message_id, account FROM drafts_gone")
        return [(str(row[0]), int(row[1])) for row in rows]

    def begin(self, message_id: str, account: int) -> None:
        """A copy is about to be put there: should its row never come, it is taken away again."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO drafts_gone VALUES (?, ?)", (message_id, account)
            )

    def put(self, unsent_id: int, version: int, message_id: str, account: int) -> None:
        """It lies there now; the one before is to go."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO drafts_gone"
                " SELECT there, there_account FROM unsent WHERE id = ? AND there != ''",
                (unsent_id,),
            )
            done = db.conn.execute(
                "UPDATE unsent SET there = ?, there_account = ?, there_version = ? WHERE id = ?",
                (message_id, account, version, unsent_id),
            )
            if done.rowcount:  # else it was sent or thrown away meanwhile: its copy goes too
                db.conn.execute("DELETE FROM drafts_gone WHERE message_id = ?", (message_id,))

    def gone(self, message_id: str) -> None:
        """It was taken away."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute("DELETE FROM drafts_gone WHERE message_id = ?", (message_id,))
