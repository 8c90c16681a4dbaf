"""Settings as rows: the person's choices, and what the window remembers by itself."""

from __future__ import annotations

from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb

_STATE = "state:"


class SettingsStore:
    """Values by key; what was never set has no row."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def get(self, key: str) -> str | None:
        """The value set for this key."""
        row = (
            self._db.read()
            .conn.execute("SELECT value FROM settings WHERE key = ?", (key,))
            .fetchone()
        )
        return str(row[0]) if row else None

    def all(self) -> dict[str, str]:
        """Every value that was set, state left out."""
        rows = self._db.read().conn.execute("SELECT key, value FROM settings").fetchall()
        return {key: value for key, value in rows if not key.startswith(_STATE)}

    def put(self, key: str, value: str | None) -> None:
        """Set a value; None takes it back to its default."""
        with self._db.change(Topic.SETTINGS) as db:
            if value is None:
                db.conn.execute("DELETE FROM settings WHERE key = ?", (key,))
            else:
                db.conn.execute(
                    "INSERT INTO settings (key, value) VALUES (?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (key, value),
                )

    def state(self, key: str) -> str | None:
        """What the app remembers by itself under this name."""
        return self.get(_STATE + key)

    def remember(self, key: str, value: str) -> None:
        """Remember something by itself; no window reloads for it."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (_STATE + key, value),
            )
