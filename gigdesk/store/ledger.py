"""The ledger as rows: written before a connection is made, completed when it ends."""

from __future__ import annotations

from datetime import UTC, datetime

from gigdesk.domain.network import Connection
from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb


class LedgerStore:
    """Every outbound connection."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def begin(self, at: datetime, host: str, port: int, asker: str, why: str) -> int:
        """Write that a connection is about to be made; its id."""
        with self._db.change(Topic.NETWORK) as db:
            done = db.conn.execute(
                "INSERT INTO network (at, host, port, asker, why) VALUES (?, ?, ?, ?, ?)",
                (at.astimezone(UTC).isoformat(timespec="seconds"), host, port, asker, why),
            )
            return int(done.lastrowid or 0)

    def end(self, entry: int, state: str, sent: int, received: int) -> None:
        """Write how it ended and how many bytes went each way."""
        with self._db.change(Topic.NETWORK) as db:
            db.conn.execute(
                "UPDATE network SET state = ?, sent = ?, received = ? WHERE id = ?",
                (state, sent, received, entry),
            )

    def latest(self, limit: int) -> list[Connection]:
        """The newest entries."""
        rows = self._db.read().query("SELECT * FROM network ORDER BY id DESC LIMIT ?", [limit])
        return [Connection(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]

    def count_since(self, at: datetime) -> int:
        """How many were made since this instant."""
        since = at.astimezone(UTC).isoformat(timespec="seconds")
        conn = self._db.read().conn
        return int(
            conn.execute("SELECT count(*) FROM network WHERE at >= ?", (since,)).fetchone()[0]
        )
