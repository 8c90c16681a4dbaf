"""Sorting: what corrections taught, whose warnings the person lifted, whose accounts and names are known.

What was called automatic before is a notification now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    # Each mail the person moved: where to, and what it was before.
    """CREATE TABLE mail_lessons (
        message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        before TEXT NOT NULL,
        reasons TEXT NOT NULL
    ) STRICT""",
    # How many of these mails hold a word, or come from a sender, by where they were moved.
    """CREATE TABLE lesson_counts (
        kind TEXT NOT NULL CHECK (kind IN ('word', 'sender')),
        item TEXT NOT NULL,
        label TEXT NOT NULL,
        mails INTEGER NOT NULL,
        PRIMARY KEY (kind, item, label)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX threads_label ON threads (label, section, last) WHERE put_away = 0",
    "CREATE TABLE mail_trusted (sender TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # Accounts that mails of a client name (message is set), or that the person said are theirs; those of
    # no client were named by the person in their own mails.
    """CREATE TABLE mail_accounts (
        client TEXT NOT NULL,
        iban TEXT NOT NULL,
        message INTEGER NOT NULL DEFAULT 0,
        stamp INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (client, iban, message)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX mail_accounts_message ON mail_accounts (message)",
    # People at clients, and whom the person wrote to, by the name they carry.
    """CREATE TABLE mail_names (
        name TEXT NOT NULL,
        email TEXT NOT NULL,
        client TEXT NOT NULL,
        PRIMARY KEY (name, email)
    ) STRICT, WITHOUT ROWID""",
)


def apply(db: Database) -> None:
    """Make the tables, and call labels as they are called now."""
    for statement in TABLES:
        db.conn.execute(statement)
    for table in ("messages", "threads"):
        db.conn.execute(f"UPDATE {table} SET label = 'notification' WHERE label = 'automatic'")
