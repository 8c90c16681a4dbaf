"""The senders whose far pictures are always loaded, by their address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Make the table."""
    db.conn.execute(
        "CREATE TABLE mail_far_senders (sender TEXT PRIMARY KEY, at TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )
