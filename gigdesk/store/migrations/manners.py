"""How the person writes: what each own mail shows of it, and what they said themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    # A mail that shows nothing has a row too: it is not read again. email: whom it went to, when it
    # went to one alone.
    """CREATE TABLE manner_signs (
        message INTEGER PRIMARY KEY REFERENCES messages (id),
        stamp INTEGER NOT NULL,
        email TEXT NOT NULL,
        language TEXT NOT NULL,
        signs TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX manner_signs_client ON manner_signs (email, language, stamp)"
    " WHERE email != '' AND language != ''",
    "CREATE INDEX manner_signs_language ON manner_signs (language, stamp) WHERE language != ''",
    """CREATE TABLE manner_choices (
        email TEXT NOT NULL,
        language TEXT NOT NULL,
        trait TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (email, language, trait)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX messages_mine ON messages (id) WHERE mine = 1 AND broken IS NULL",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
