"""Conversations that sleep or are watched for an answer. They hang on a mail: conversations may join."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE TABLE mail_waits (
        message INTEGER NOT NULL REFERENCES messages (id),
        kind TEXT NOT NULL CHECK (kind IN ('sleep', 'follow')),
        until TEXT NOT NULL,
        days INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (message, kind)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX mail_waits_until ON mail_waits (until)",
)


def apply(db: Database) -> None:
    """Make the table."""
    for statement in TABLES:
        db.conn.execute(statement)
