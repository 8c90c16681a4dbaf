"""Which records were made from which mail."""

from __future__ import annotations

from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb


class LinkStore:
    """Rows of mail, kind and record."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def put(self, mail_id: int, kind: str, record: int) -> None:
        """This record was made from this mail."""
        with self._db.change(Topic.INBOX) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO mail_links (mail_id, kind, record) VALUES (?, ?, ?)",
                (mail_id, kind, record),
            )

    def cut(self, mail_id: int, kind: str, record: int) -> None:
        """It was taken back."""
        with self._db.change(Topic.INBOX) as db:
            db.conn.execute(
                "DELETE FROM mail_links WHERE mail_id = ? AND kind = ? AND record = ?",
                (mail_id, kind, record),
            )

    def of_mail(self, mail_id: int) -> list[tuple[str, int]]:
        """What was made from a mail: kind and id."""
        rows = self._db.read().conn.execute(
            "SELECT kind, record FROM mail_links WHERE mail_id = ? ORDER BY rowid", (mail_id,)
        )
        return [(str(kind), int(record)) for kind, record in rows]

    def mails_of(self, kind: str, record: int) -> list[int]:
        """The mails a record was made from, the first one first."""
        rows = self._db.read().conn.execute(
            "SELECT l.mail_id FROM mail_links l JOIN messages m ON m.id = l.mail_id"
            " WHERE l.kind = ? AND l.record = ? ORDER BY l.rowid",
            (kind, record),
        )
        return [int(row[0]) for row in rows]
