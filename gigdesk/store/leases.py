"""What only one process may do at a time: a lease by name, which expires when its holder is gone.

Leases are between processes of one machine, so they go by the system's clock whatever `--now` says.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.topics import Topic

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

SECONDS = 30.0


class LeaseStore:
    """Who holds what."""

    def __init__(self, db: DeskDb, seconds: float = SECONDS) -> None:
        self._db, self.seconds = db, seconds

    def take(self, name: str, holder: str) -> bool:
        """Take or renew a lease; False while somebody else holds it."""
        now = time.time()
        with self._db.change(Topic.NONE) as db:
            done = db.conn.execute(
                "INSERT INTO leases (name, holder, until) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
                " WHERE leases.holder = excluded.holder OR leases.until <= ?",
                (name, holder, _instant(now + self.seconds), _instant(now)),
            )
        return done.rowcount == 1

    def give_back(self, name: str, holder: str) -> None:
        """Let go of it, if it is still held."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (name, holder))


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


@contextlib.contextmanager
def held(
    leases: LeaseStore, name: str, holder: str, refused: Exception
) -> Iterator[Callable[[], None]]:
    """Hold a lease through a block; gives a function that renews it when half of it is over.
    Raises `refused` when somebody else has it."""
    if not leases.take(name, holder):
        raise refused
    until = [time.monotonic() + leases.seconds / 2]

    def renew() -> None:
        if time.monotonic() > until[0]:
            until[0] = time.monotonic() + leases.seconds / 2
            leases.take(name, holder)

    try:
        yield renew
    finally:
        leases.give_back(name, holder)
