"""The table of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Make the table."""
    db.conn.execute(
        """CREATE TABLE clients (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            email TEXT NOT NULL DEFAULT '',
            country TEXT NOT NULL DEFAULT '',
            language TEXT NOT NULL DEFAULT '',
            zone TEXT NOT NULL DEFAULT '',
            currency TEXT NOT NULL DEFAULT '',
            terms_days INTEGER,
            vat_id TEXT NOT NULL DEFAULT '',
            address TEXT NOT NULL DEFAULT '[]',
            postcode TEXT NOT NULL DEFAULT '',
            city TEXT NOT NULL DEFAULT '',
            buyer_reference TEXT NOT NULL DEFAULT '',
            version INTEGER NOT NULL DEFAULT 1
        ) STRICT"""
    )
    db.conn.execute("CREATE INDEX clients_email ON clients (lower(email))")
    db.conn.execute("CREATE INDEX clients_name ON clients (lower(name))")
