"""The tables of models: the files the person added, the switch, and when the process died."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE TABLE models (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        architecture TEXT NOT NULL DEFAULT '',
        context INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '',
        chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),
        added TEXT NOT NULL
    ) STRICT""",
    "CREATE UNIQUE INDEX models_one_chosen ON models (chosen) WHERE chosen = 1",
    """CREATE TABLE model_crashes (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, name TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE model_switch (
        id INTEGER PRIMARY KEY CHECK (id = 1), off_since TEXT NOT NULL
    ) STRICT""",
)


def apply(db: Database) -> None:
    """Make the tables."""
    for statement in TABLES:
        db.conn.execute(statement)
