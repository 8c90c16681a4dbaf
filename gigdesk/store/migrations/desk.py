"""The tables every room uses: change counters, settings, proposals, outbox, ledger, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE TABLE topic_counters (
        topic TEXT PRIMARY KEY, changes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE settings (
        key TEXT PRIMARY KEY, value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE secrets (
        name TEXT PRIMARY KEY, value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE leases (
        name TEXT PRIMARY KEY, holder TEXT NOT NULL, until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE proposals (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        about TEXT NOT NULL,
        why TEXT NOT NULL,
        draft TEXT NOT NULL,
        facts TEXT NOT NULL DEFAULT '[]',
        findings TEXT NOT NULL DEFAULT '[]',
        records TEXT NOT NULL DEFAULT '[]',
        payload TEXT NOT NULL DEFAULT '{}',
        state TEXT NOT NULL CHECK (state IN ('waiting', 'later', 'approved', 'declined')),
        created TEXT NOT NULL,
        leaves TEXT,
        decided TEXT,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX proposals_state ON proposals (state, created)",
    """CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        proposal_id INTEGER UNIQUE REFERENCES proposals (id),
        kind TEXT NOT NULL,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        payload TEXT NOT NULL DEFAULT '{}',
        message_id TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'uncertain', 'failed')),
        due TEXT NOT NULL,
        words TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    """CREATE TABLE network (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        host TEXT NOT NULL,
        port INTEGER NOT NULL,
        asker TEXT NOT NULL,
        why TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open',
        sent INTEGER NOT NULL DEFAULT 0,
        received INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX network_at ON network (at)",
    """CREATE TABLE notices (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        words TEXT NOT NULL,
        record TEXT,
        seen INTEGER NOT NULL DEFAULT 0,
        shown INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
