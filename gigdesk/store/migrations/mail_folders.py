"""The tables of syncing: folders on servers, where each mail lies in them, what waits to go there.

A *place* is one mail under one UID in one folder; several may name the same mail, and one without a
mail is marked deleted there. `mail_places_before` holds what a folder had before its UIDs changed their
meaning; `mail_unsettled` what left a folder and may turn up in another; `mail_refused` what a server does
not give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE TABLE mail_folders (
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        separator TEXT NOT NULL,
        role TEXT NOT NULL,
        uidvalidity INTEGER NOT NULL DEFAULT 0,
        uidnext INTEGER NOT NULL DEFAULT 0,
        modseq INTEGER NOT NULL DEFAULT 0,
        whole INTEGER NOT NULL DEFAULT 0,
        missing INTEGER NOT NULL DEFAULT 0,
        UNIQUE (account, name)
    ) STRICT""",
    """CREATE TABLE mail_places (
        folder INTEGER NOT NULL REFERENCES mail_folders (id) ON DELETE CASCADE,
        uid INTEGER NOT NULL,
        message INTEGER REFERENCES messages (id),
        seen INTEGER NOT NULL,
        flagged INTEGER NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (folder, uid)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX mail_places_message ON mail_places (message)",
    """CREATE TABLE mail_places_before (
        folder INTEGER NOT NULL REFERENCES mail_folders (id) ON DELETE CASCADE,
        message INTEGER NOT NULL,
        PRIMARY KEY (folder, message)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE mail_unsettled (
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        message INTEGER NOT NULL,
        PRIMARY KEY (account, message)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE mail_refused (
        folder INTEGER NOT NULL REFERENCES mail_folders (id) ON DELETE CASCADE,
        uid INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        PRIMARY KEY (folder, uid)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE mail_queue (
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        message INTEGER NOT NULL,
        verb TEXT NOT NULL CHECK (verb IN ('seen', 'flagged', 'move')),
        value TEXT NOT NULL,
        folder INTEGER REFERENCES mail_folders (id) ON DELETE CASCADE,
        copied_after INTEGER NOT NULL DEFAULT 0,
        tries INTEGER NOT NULL DEFAULT 0,
        done TEXT
    ) STRICT""",
    "CREATE INDEX mail_queue_message ON mail_queue (message, verb)",
    # A mail that left every folder of its server: it is in no list, and what names it still finds it.
    "ALTER TABLE messages ADD COLUMN gone INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX messages_gone ON messages (gone) WHERE gone = 1",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
