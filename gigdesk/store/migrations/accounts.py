"""The table of mail accounts. What proves a login is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Make the table. An id is never given twice: secrets and places are named by it."""
    db.conn.execute(
        """CREATE TABLE accounts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            address TEXT NOT NULL,
            imap TEXT,
            smtp TEXT,
            login TEXT NOT NULL,
            auth TEXT NOT NULL CHECK (auth IN ('password', 'oauth2')),
            state TEXT NOT NULL
                CHECK (state IN ('ok', 'new', 'refused', 'unreachable', 'off')),
            words TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT"""
    )
    db.conn.execute("CREATE UNIQUE INDEX accounts_name ON accounts (lower(name))")
