"""What only one process may do at a time: a lease by name, which expires when its holder is gone.

A holder that names its process (`process_holder`) is known to be gone as soon as that process is.

Leases are between processes of one machine, so they go by the system's clock whatever `--now` says.
"""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.topics import Topic

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

SECONDS = 30.0
_PROCESSES = Path("/proc")  # Linux alone has it
_PROCESS = "process:"


class LeaseStore:
    """Who holds what."""

    def __init__(self, db: DeskDb, seconds: float = SECONDS) -> None:
        self._db, self.seconds = db, seconds

    def take(self, name: str, holder: str) -> bool:
        """Take or renew a lease; False while somebody else holds it."""
        now = time.time()
        with self._db.change(Topic.NONE) as db:
            row = db.conn.execute("SELECT holder FROM leases WHERE name = ?", (name,)).fetchone()
            gone = row[0] if row is not None and row[0] != holder and _is_gone(row[0]) else ""
            done = db.conn.execute(
                "INSERT INTO leases (name, holder, until) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
                " WHERE leases.holder IN (excluded.holder, ?) OR leases.until <= ?",
                (name, holder, _instant(now + self.seconds), gone, _instant(now)),
            )
        return done.rowcount == 1

    def give_back(self, name: str, holder: str) -> None:
        """Let go of it, if it is still held."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (name, holder))


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def process_holder() -> str:
    """A holder by the name of this process; each call is another one."""
    pid = os.getpid()
    return f"{_PROCESS}{pid}:{_started(pid)}:{uuid.uuid4().hex}"


def _is_gone(holder: str) -> bool:
    if not holder.startswith(_PROCESS):
        return False
    pid, started, _ = holder.removeprefix(_PROCESS).split(":")
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """When a process began, so that its number given to another one deceives nobody; empty when
    there is none. Not by the clock where that can be helped: it may be set."""
    if _PROCESSES.exists():
        try:
            return (_PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()[19]
        except OSError:
            return ""
    import psutil

    try:
        return str(int(psutil.Process(pid).create_time()))
    except psutil.Error:
        return ""


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
