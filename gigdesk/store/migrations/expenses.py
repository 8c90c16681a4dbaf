"""The tables of hand-off: bills that were received, and which record was made from which mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# Amounts are decimals as text; `sources` says of each field where it stood.
TABLES = (
    """CREATE TABLE expenses (
        id INTEGER PRIMARY KEY,
        supplier TEXT NOT NULL,
        supplier_key TEXT NOT NULL,
        number TEXT NOT NULL,
        number_key TEXT NOT NULL,
        credit INTEGER NOT NULL DEFAULT 0,
        issued TEXT,
        due TEXT,
        currency TEXT NOT NULL,
        net TEXT,
        tax TEXT,
        gross TEXT NOT NULL,
        iban TEXT NOT NULL DEFAULT '',
        vat_id TEXT NOT NULL DEFAULT '',
        sources TEXT NOT NULL DEFAULT '{}',
        file_name TEXT NOT NULL DEFAULT '',
        file_blob TEXT NOT NULL DEFAULT '',
        mail_id INTEGER,
        kept_at TEXT NOT NULL,
        UNIQUE (supplier_key, number_key)
    ) STRICT""",
    "CREATE INDEX expenses_vat_id ON expenses (vat_id) WHERE vat_id <> ''",
    """CREATE TABLE mail_links (
        mail_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record INTEGER NOT NULL,
        UNIQUE (mail_id, kind, record)
    ) STRICT""",
    "CREATE INDEX mail_links_record ON mail_links (kind, record)",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
