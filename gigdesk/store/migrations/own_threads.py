"""Whether all mails of a thread are the person's own: its row then names those they went to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_FOUND = """
    SELECT m.thread, m.recipients FROM messages m
    WHERE m.gone = 0 AND NOT EXISTS
        (SELECT 1 FROM messages o WHERE o.thread = m.thread AND o.gone = 0 AND o.mine = 0)
    ORDER BY m.thread, m.stamp
"""


def apply(db: Database) -> None:
    """Add the column, and say it of the threads that are kept already."""
    db.conn.execute("ALTER TABLE threads ADD COLUMN own INTEGER NOT NULL DEFAULT 0")
    threads: dict[int, dict[str, None]] = {}
    for thread, recipients in db.conn.execute(_FOUND):
        names = threads.setdefault(thread, {})
        for name, email in json.loads(recipients):
            names.pop(name or email, None)
            names[name or email] = None
    db.conn.executemany(
        "UPDATE threads SET own = 1, people = ? WHERE id = ?",
        [(", ".join(list(names)[-3:][::-1]), thread) for thread, names in threads.items() if names],
    )
