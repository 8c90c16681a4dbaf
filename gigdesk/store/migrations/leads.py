"""The tables of leads: what sources told, how it was judged, where the person stands with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# `score` is -1 where too little is known; `judged` is the mark of the scale it was reckoned with,
# `judge_again` when its age alone changes it. `words` is what a search looks at.
TABLES = (
    """CREATE TABLE leads (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        title TEXT NOT NULL,
        url TEXT NOT NULL,
        client TEXT NOT NULL,
        pay TEXT NOT NULL,
        skills TEXT NOT NULL,
        tags TEXT NOT NULL,
        posted_at INTEGER,
        seen_at INTEGER NOT NULL,
        offers TEXT NOT NULL,
        digest TEXT NOT NULL,
        words TEXT NOT NULL,
        reposts INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT 'new',
        shelf TEXT NOT NULL DEFAULT 'new',
        score INTEGER NOT NULL DEFAULT -1,
        never TEXT NOT NULL DEFAULT '',
        asked TEXT NOT NULL DEFAULT '[]',
        flags TEXT NOT NULL DEFAULT '[]',
        judged TEXT NOT NULL DEFAULT '',
        judge_again INTEGER,
        hidden INTEGER NOT NULL DEFAULT 0,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX leads_listed ON leads (shelf, hidden, score DESC, seen_at DESC, id DESC)",
    # What is searched as one types: small enough to be read whole.
    "CREATE INDEX leads_found ON leads (shelf, hidden, score DESC, seen_at DESC, id DESC, words)",
    "CREATE INDEX leads_hidden ON leads (hidden, score DESC, seen_at DESC, id DESC)",
    "CREATE INDEX leads_judged ON leads (judged)",
    "CREATE INDEX leads_judge_again ON leads (judge_again) WHERE judge_again IS NOT NULL",
    # Apart, so that what lists and searches look at stays small.
    """CREATE TABLE lead_texts (
        lead_id INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        shape TEXT NOT NULL,
        raw TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE lead_keys (
        key TEXT PRIMARY KEY,
        lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX lead_keys_lead ON lead_keys (lead_id)",
    """CREATE TABLE lead_pays (
        lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
        unit TEXT NOT NULL,
        currency TEXT NOT NULL,
        middle REAL NOT NULL,
        at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX lead_pays_kind ON lead_pays (unit, currency, at)",
    "CREATE INDEX lead_pays_lead ON lead_pays (lead_id)",
    """CREATE TABLE lead_marks (
        id INTEGER PRIMARY KEY,
        lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
        mark TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX lead_marks_lead ON lead_marks (lead_id)",
    """CREATE TABLE rejected_leads (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        place INTEGER NOT NULL,
        title TEXT NOT NULL,
        reason TEXT NOT NULL,
        raw TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE,
        seen_at INTEGER NOT NULL,
        put_away INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
