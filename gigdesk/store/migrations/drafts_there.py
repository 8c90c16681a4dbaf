"""Which copies of mails being written lie in Drafts on a server, and which are to go from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    "ALTER TABLE unsent ADD COLUMN there TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE unsent ADD COLUMN there_account INTEGER",
    "ALTER TABLE unsent ADD COLUMN there_version INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE drafts_gone (
        message_id TEXT PRIMARY KEY, account INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Whatever takes a mail out of the desk's hands leaves its copy to be taken away.
    """CREATE TRIGGER unsent_gone AFTER DELETE ON unsent WHEN old.there != ''
        BEGIN INSERT OR IGNORE INTO drafts_gone VALUES (old.there, old.there_account); END""",
)


def apply(db: Database) -> None:
    """Make them."""
    for statement in TABLES:
        db.conn.execute(statement)
