"""Notices as rows: what the assistant told the person, once per occasion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from gigdesk.domain.notices import Notice, NoticeId
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb


class NoticeStore:
    """What was told, newest first."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def add(self, notice: Notice) -> bool:
        """Tell it, unless this occasion was told before. Whether it is new."""
        with self._db.change(Topic.NOTICES) as db:
            done = db.conn.execute(
                "INSERT OR IGNORE INTO notices (at, key, title, words, record)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    notice.at.astimezone(UTC).isoformat(timespec="seconds"),
                    notice.key,
                    notice.title,
                    notice.words,
                    json.dumps(notice.record.as_json()) if notice.record else None,
                ),
            )
            return bool(done.rowcount == 1)

    def latest(self, limit: int) -> list[Notice]:
        """The newest ones."""
        rows = self._db.read().query(
            "SELECT * FROM notices ORDER BY at DESC, id DESC LIMIT ?", [limit]
        )
        return [_notice(row) for row in rows]

    def unshown(self) -> list[Notice]:
        """Those the desktop was not told yet, oldest first."""
        rows = self._db.read().query("SELECT * FROM notices WHERE shown = 0 ORDER BY at, id")
        return [_notice(row) for row in rows]

    def mark(self, ids: Sequence[int], column: str) -> None:
        """Set `seen` or `shown` of these."""
        if column not in {"seen", "shown"}:
            raise ValueError(column)
        with self._db.change(Topic.NOTICES) as db:
            db.conn.executemany(
                f"UPDATE notices SET {column} = 1 WHERE id = ?", [(i,) for i in ids]
            )

    def unseen(self) -> int:
        """How many the person has not looked at."""
        conn = self._db.read().conn
        return int(conn.execute("SELECT count(*) FROM notices WHERE seen = 0").fetchone()[0])


def _notice(row: dict[str, Any]) -> Notice:
    return Notice(
        id=NoticeId(row["id"]),
        at=datetime.fromisoformat(row["at"]),
        key=row["key"],
        title=row["title"],
        words=row["words"],
        record=Ref.from_json(json.loads(row["record"])) if row["record"] else None,
        seen=bool(row["seen"]),
    )
