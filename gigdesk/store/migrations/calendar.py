"""The tables of calendar: calendars, events with their text, their turns, what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# Times are counts of seconds since 1970 in UTC with the offset of their clock beside them; floating
# times and whole days have no offset and are counted on their own clock.
TABLES = (
    """CREATE TABLE calendars (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL DEFAULT 'local'
    ) STRICT""",
    """CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        calendar_id INTEGER NOT NULL REFERENCES calendars (id),
        uid TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        start_at INTEGER NOT NULL,
        start_offset INTEGER,
        end_at INTEGER NOT NULL,
        end_offset INTEGER,
        all_day INTEGER NOT NULL,
        zone TEXT NOT NULL,
        location TEXT NOT NULL,
        description TEXT NOT NULL,
        status TEXT NOT NULL,
        organizer TEXT NOT NULL,
        attendees TEXT NOT NULL DEFAULT '[]',
        series INTEGER NOT NULL,
        until INTEGER,
        cut INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL CHECK (state IN ('ok', 'needs_zone')),
        reason TEXT NOT NULL DEFAULT '',
        tzids TEXT NOT NULL DEFAULT '[]',
        text TEXT NOT NULL,
        zones TEXT NOT NULL DEFAULT '',
        revisions TEXT NOT NULL DEFAULT '[]',
        reached_from INTEGER NOT NULL DEFAULT 0,
        reached_to INTEGER NOT NULL DEFAULT 0,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX events_series ON events (reached_to, reached_from) WHERE series = 1",
    "CREATE INDEX events_unplaced ON events (id) WHERE state = 'needs_zone'",
    """CREATE TABLE occurrences (
        event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
        start_at INTEGER NOT NULL,
        start_offset INTEGER,
        end_at INTEGER NOT NULL,
        end_offset INTEGER,
        all_day INTEGER NOT NULL,
        zone TEXT NOT NULL,
        title TEXT,
        location TEXT,
        status TEXT
    ) STRICT""",
    "CREATE INDEX occurrences_event ON occurrences (event_id)",
    "CREATE INDEX occurrences_start ON occurrences (start_at)",
    # What lasts longer than a week is looked for by its end.
    "CREATE INDEX occurrences_long ON occurrences (end_at) WHERE end_at - start_at > 604800",
    """CREATE TABLE unreadable_events (
        id INTEGER PRIMARY KEY,
        calendar_id INTEGER NOT NULL REFERENCES calendars (id),
        uid TEXT,
        title TEXT NOT NULL,
        reason TEXT NOT NULL,
        text TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE
    ) STRICT""",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
