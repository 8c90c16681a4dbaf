"""The profile as one row."""

from __future__ import annotations

import json
from typing import Any

from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb


class ProfileStore:
    """The person's own data, as the JSON of interchange."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def get(self) -> dict[str, Any]:
        """What is known; empty at first."""
        row = self._db.read().conn.execute("SELECT data FROM profile WHERE id = 1").fetchone()
        data: dict[str, Any] = json.loads(row[0]) if row else {}
        return data

    def put(self, data: dict[str, Any]) -> None:
        """Replace it."""
        with self._db.change(Topic.PROFILE) as db:
            db.conn.execute(
                "INSERT INTO profile (id, data) VALUES (1, ?)"
                " ON CONFLICT (id) DO UPDATE SET data = excluded.data",
                (json.dumps(data, ensure_ascii=False),),
            )
