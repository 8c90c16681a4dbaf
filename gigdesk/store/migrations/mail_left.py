"""The lists the person has left, by the address that sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Make the table."""
    db.conn.execute(
        "CREATE TABLE mail_left (sender TEXT PRIMARY KEY, at TEXT NOT NULL, way TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )
