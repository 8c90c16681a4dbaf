"""Secrets inside the encrypted store: what is too large for a keyring, or has none to lie in."""

from __future__ import annotations

from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb


class SecretStore:
    """Secrets by name."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def get(self, name: str) -> str | None:
        """The secret; None when there is none."""
        rows = self._db.read().query("SELECT value FROM secrets WHERE name = ?", [name])
        return next((bytes(row["value"]).decode() for row in rows), None)

    def put(self, name: str, secret: str) -> None:
        """Keep the secret."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "INSERT INTO secrets (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, secret.encode()),
            )

    def forget(self, name: str) -> None:
        """Remove the secret, if there is one."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute("DELETE FROM secrets WHERE name = ?", (name,))
