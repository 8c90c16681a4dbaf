"""The clock's table: claimed in a transaction, so that two processes never both run a routine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gigdesk.domain.routines import LEASE, Run, Task
from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb


class RoutineStore:
    """Routines with their turns, and the log."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def all(self) -> list[Task]:
        """Every routine."""
        return [
            _task(row) for row in self._db.read().query("SELECT * FROM tasks ORDER BY due, name")
        ]

    def get(self, name: str) -> Task | None:
        """One routine."""
        rows = self._db.read().query("SELECT * FROM tasks WHERE name = ?", [name])
        return next((_task(row) for row in rows), None)

    def plan(self, name: str, rule: str, zone: str, due: datetime) -> None:
        """Add a routine, or give it a new rule and turn."""
        with self._db.change(Topic.ROUTINES) as db:
            db.conn.execute(
                "INSERT INTO tasks (name, rule, zone, due) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET rule = excluded.rule, zone = excluded.zone,"
                " due = excluded.due",
                (name, rule, zone, _instant(due)),
            )

    def claim(self, now: datetime, holder: str, name: str | None = None) -> list[Task]:
        """Take every due routine nobody holds (or this one, due or not) for `LEASE`."""
        free = "(claimed_until IS NULL OR claimed_until <= ?)"
        which = f"name = ? AND {free}" if name else f"paused = 0 AND due <= ? AND {free}"
        with self._db.change(Topic.NONE) as db:
            rows = list(
                db.query(
                    f"SELECT * FROM tasks WHERE {which} ORDER BY due, name",
                    [name or _instant(now), _instant(now)],
                )
            )
            db.conn.executemany(
                "UPDATE tasks SET claimed_by = ?, claimed_until = ? WHERE id = ?",
                [(holder, _instant(now + LEASE), row["id"]) for row in rows],
            )
        return [_task(row) for row in rows]

    def finish(self, task: Task, run: Run, holder: str, due: datetime, day: date | None) -> bool:
        """Write how it went and its next turn; False when the lease was lost to somebody else.

        `day` is the civil day that is done with; None when it failed and the day stays open.
        """
        failures = 0 if run.good else task.failures + 1
        with self._db.change(Topic.ROUTINES) as db:
            done = db.conn.execute(
                "UPDATE tasks SET due = ?, last_run = ?, last_day = coalesce(?, last_day),"
                " outcome = ?, failures = ?, claimed_by = NULL, claimed_until = NULL"
                " WHERE name = ? AND claimed_by = ?",
                (
                    _instant(due),
                    _instant(run.at),
                    day.isoformat() if day else None,
                    run.outcome,
                    failures,
                    task.name,
                    holder,
                ),
            )
            if done.rowcount != 1:
                return False
            db.conn.execute(
                "INSERT INTO routine_log (at, name, outcome, good, icon) VALUES (?, ?, ?, ?, ?)",
                (_instant(run.at), run.name, run.outcome, int(run.good), run.icon),
            )
        return True

    def pause(self, name: str, paused: bool) -> None:
        """Let a routine rest, or go on."""
        with self._db.change(Topic.ROUTINES) as db:
            db.conn.execute("UPDATE tasks SET paused = ? WHERE name = ?", (int(paused), name))

    def log(self, limit: int) -> list[Run]:
        """What ran, newest first."""
        rows = self._db.read().query(
            "SELECT * FROM routine_log ORDER BY at DESC, id DESC LIMIT ?", [limit]
        )
        return [
            Run(
                datetime.fromisoformat(row["at"]),
                row["name"],
                row["outcome"],
                bool(row["good"]),
                row["icon"],
            )
            for row in rows
        ]

    def note(self, run: Run) -> None:
        """A line in the log for what the assistant did outside its routines."""
        with self._db.change(Topic.ROUTINES) as db:
            db.conn.execute(
                "INSERT INTO routine_log (at, name, outcome, good, icon) VALUES (?, ?, ?, ?, ?)",
                (_instant(run.at), run.name, run.outcome, int(run.good), run.icon),
            )


def _task(row: dict[str, Any]) -> Task:
    return Task(
        name=row["name"],
        rule=row["rule"],
        zone=row["zone"],
        due=datetime.fromisoformat(row["due"]) if row["due"] else None,
        last_run=datetime.fromisoformat(row["last_run"]) if row["last_run"] else None,
        last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        outcome=row["outcome"],
        failures=row["failures"],
        paused=bool(row["paused"]),
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
