"""Clients have a person and a phone; what was only guessed of them is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Add the columns and the table."""
    db.conn.execute("ALTER TABLE clients ADD COLUMN contact TEXT NOT NULL DEFAULT ''")
    db.conn.execute("ALTER TABLE clients ADD COLUMN phone TEXT NOT NULL DEFAULT ''")
    db.conn.execute(
        """CREATE TABLE client_guesses (
            client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (client_id, field)
        ) STRICT"""
    )
