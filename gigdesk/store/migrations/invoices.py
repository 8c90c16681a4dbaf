"""The tables of invoices and payments. What is issued is locked by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_LOCKED = (
    "kind, number, series, counter, client_id, client, content, currency, issue_date, due_date, net,"
    " tax, gross, due, seller, buyer, language, pdf, xml, pdf_sha256, xml_sha256, issued_at"
)

TABLES = (
    # Amounts in minor units of the currency.
    """CREATE TABLE invoices (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        number TEXT UNIQUE,
        series TEXT,
        counter INTEGER,
        client_id INTEGER NOT NULL REFERENCES clients (id),
        client TEXT NOT NULL,
        content TEXT NOT NULL,
        currency TEXT NOT NULL,
        issue_date TEXT,
        due_date TEXT,
        net INTEGER NOT NULL,
        tax INTEGER NOT NULL,
        gross INTEGER NOT NULL,
        due INTEGER NOT NULL,
        paid INTEGER NOT NULL DEFAULT 0,
        settled_on TEXT,
        seller TEXT,
        buyer TEXT,
        language TEXT,
        pdf TEXT,
        xml TEXT,
        pdf_sha256 TEXT,
        xml_sha256 TEXT,
        warnings TEXT NOT NULL DEFAULT '[]',
        created TEXT NOT NULL,
        issued_at TEXT,
        version INTEGER NOT NULL DEFAULT 1,
        UNIQUE (series, counter),
        CHECK ((number IS NULL) = (issued_at IS NULL))
    ) STRICT""",
    "CREATE INDEX invoices_open ON invoices (due_date) WHERE number IS NOT NULL AND paid < due",
    "CREATE INDEX invoices_client ON invoices (client_id)",
    f"""CREATE TRIGGER issued_is_locked BEFORE UPDATE OF {_LOCKED} ON invoices
        WHEN OLD.number IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an issued invoice cannot be changed'); END""",
    """CREATE TRIGGER issued_is_kept BEFORE DELETE ON invoices
        WHEN OLD.number IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an issued invoice cannot be deleted'); END""",
    """CREATE TABLE payments (
        id INTEGER PRIMARY KEY,
        invoice_id INTEGER NOT NULL REFERENCES invoices (id),
        amount INTEGER NOT NULL CHECK (amount > 0),
        paid_on TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX payments_invoice ON payments (invoice_id)",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
