"""What sending needs: how each mail on its way stands, mails not yet sent, the person's templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# holder: whose attempt it is. hold: why it waits for the person's word. filing: what is still to be
# done once it left (local: keep it here, server: put it into Sent).
COLUMNS = (
    "account INTEGER",
    "advice TEXT NOT NULL DEFAULT ''",
    "tries INTEGER NOT NULL DEFAULT 0",
    "next_try TEXT",
    "holder TEXT NOT NULL DEFAULT ''",
    "timed INTEGER NOT NULL DEFAULT 0",
    "hold TEXT NOT NULL DEFAULT ''",
    "left_at TEXT",
    "raw_blob TEXT NOT NULL DEFAULT ''",
    "filing TEXT NOT NULL DEFAULT '' CHECK (filing IN ('', 'local', 'server', 'done'))",
    "asked INTEGER NOT NULL DEFAULT 0",
)

TABLES = (
    "CREATE INDEX outbox_state ON outbox (state, due)",
    "CREATE INDEX outbox_filing ON outbox (filing) WHERE filing IN ('local', 'server')",
    """CREATE TABLE unsent (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('new', 'reply', 'reply all', 'forward')),
        mail INTEGER REFERENCES messages (id) ON DELETE SET NULL,
        account INTEGER,
        recipients TEXT NOT NULL DEFAULT '',
        cc TEXT NOT NULL DEFAULT '',
        bcc TEXT NOT NULL DEFAULT '',
        subject TEXT NOT NULL DEFAULT '',
        body TEXT NOT NULL DEFAULT '',
        in_reply_to TEXT NOT NULL DEFAULT '',
        chain TEXT NOT NULL DEFAULT '[]',
        files TEXT NOT NULL DEFAULT '[]',
        changed TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX unsent_mail ON unsent (mail)",
    """CREATE TABLE mail_templates (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        subject TEXT NOT NULL DEFAULT '',
        body TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE UNIQUE INDEX mail_templates_name ON mail_templates (lower(name))",
    """CREATE TABLE signatures (
        account INTEGER PRIMARY KEY, text TEXT NOT NULL
    ) STRICT""",
)


def apply(db: Database) -> None:
    """Make them."""
    for column in COLUMNS:
        db.conn.execute(f"ALTER TABLE outbox ADD COLUMN {column}")
    for statement in TABLES:
        db.conn.execute(statement)
