"""The tables of the clock: the routines with their next turn, and the log of what ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Make the tables."""
    db.conn.execute(
        """CREATE TABLE tasks (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            rule TEXT NOT NULL,
            zone TEXT NOT NULL,
            due TEXT,
            last_run TEXT,
            last_day TEXT,
            outcome TEXT NOT NULL DEFAULT '',
            failures INTEGER NOT NULL DEFAULT 0,
            paused INTEGER NOT NULL DEFAULT 0,
            claimed_by TEXT,
            claimed_until TEXT
        ) STRICT"""
    )
    db.conn.execute("CREATE INDEX tasks_due ON tasks (due)")
    db.conn.execute(
        """CREATE TABLE routine_log (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            name TEXT NOT NULL,
            outcome TEXT NOT NULL,
            good INTEGER NOT NULL,
            icon TEXT NOT NULL DEFAULT 'workflow'
        ) STRICT"""
    )
    db.conn.execute("CREATE INDEX routine_log_at ON routine_log (at)")
