"""The tables of inbox: mails, their threads, what they hold, and the index of their words.

`stamp` is a mail's place in time: seconds << 20, plus a number within the second. It is unique and is
the rowid of the word index as well, so that the newest hits of even a common word come first, at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE TABLE threads (
        id INTEGER PRIMARY KEY,
        subject TEXT NOT NULL DEFAULT '',
        people TEXT NOT NULL DEFAULT '',
        snippet TEXT NOT NULL DEFAULT '',
        last INTEGER NOT NULL DEFAULT 0,
        count INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0,
        attachments INTEGER NOT NULL DEFAULT 0,
        label TEXT NOT NULL DEFAULT '',
        reasons TEXT NOT NULL DEFAULT '[]',
        section INTEGER NOT NULL DEFAULT 2,
        mine_last INTEGER NOT NULL DEFAULT 0,
        broken INTEGER NOT NULL DEFAULT 0,
        put_away INTEGER NOT NULL DEFAULT 0,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX threads_list ON threads (put_away, section, last)",
    """CREATE TABLE messages (
        id INTEGER PRIMARY KEY,
        stamp INTEGER NOT NULL UNIQUE,
        thread INTEGER NOT NULL REFERENCES threads (id),
        key BLOB NOT NULL UNIQUE,
        digest BLOB NOT NULL,
        message_id TEXT NOT NULL,
        base INTEGER,
        sender_name TEXT NOT NULL,
        sender TEXT NOT NULL,
        recipients TEXT NOT NULL,
        subject TEXT NOT NULL,
        date TEXT,
        snippet TEXT NOT NULL,
        label TEXT NOT NULL,
        reasons TEXT NOT NULL,
        unread INTEGER NOT NULL,
        flagged INTEGER NOT NULL,
        mine INTEGER NOT NULL,
        bulk INTEGER NOT NULL,
        to_me INTEGER NOT NULL,
        to_others INTEGER NOT NULL,
        attachments INTEGER NOT NULL,
        broken TEXT,
        source TEXT NOT NULL,
        raw_blob TEXT NOT NULL,
        raw_at INTEGER NOT NULL,
        raw_bytes INTEGER NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX messages_thread ON messages (thread, stamp)",
    "CREATE INDEX messages_digest ON messages (digest)",
    "CREATE INDEX messages_base ON messages (base, stamp) WHERE base IS NOT NULL",
    "CREATE INDEX messages_label ON messages (label, stamp) WHERE label != ''",
    """CREATE TABLE mail_bodies (
        message INTEGER PRIMARY KEY REFERENCES messages (id),
        text TEXT NOT NULL,
        html BLOB,
        details TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE attachments (
        message INTEGER NOT NULL REFERENCES messages (id),
        number INTEGER NOT NULL,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        digest TEXT NOT NULL,
        cid TEXT NOT NULL,
        inline INTEGER NOT NULL,
        PRIMARY KEY (message, number)
    ) STRICT, WITHOUT ROWID""",
    # Every id a mail has or names, hashed to 64 bits, and the thread it belongs to: a mail that comes
    # late finds the threads it joins.
    """CREATE TABLE mail_ids (
        id INTEGER PRIMARY KEY,
        thread INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX mail_ids_thread ON mail_ids (thread)",
    # role: 0 sent it, 1 got it, 2 got it from the person of this desk.
    """CREATE TABLE mail_people (
        email TEXT NOT NULL,
        role INTEGER NOT NULL,
        stamp INTEGER NOT NULL,
        PRIMARY KEY (email, role, stamp)
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE mail_words USING fts5 (
        subject, sender, recipients, body, files, marks,
        content='', contentless_delete=1,
        tokenize="unicode61 remove_diacritics 2"
    )""",
    """CREATE TABLE inbox_state (
        name TEXT PRIMARY KEY, value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
