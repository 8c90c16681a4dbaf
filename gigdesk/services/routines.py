"""What happens by itself: claims due routines, runs each once, writes how it went.

The table `ROUTINES` in services/assistant.py says which there are. Civil rules follow the person's
zone, so that the morning is the morning here. What was due during a sleep is caught up once.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.civil import Rule, last_due, next_due
from gigdesk.domain.errors import NotFound, Refused, Trouble
from gigdesk.domain.routines import Run, Task, wait_after
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.ports import Now
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.routines import RoutineStore

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Routine:
    """One thing that happens by itself. `call` gets its civil day and says what it did."""

    name: str
    title: str
    icon: str
    rule: Callable[[], Rule]
    call: Callable[[date], str]


class RoutineService:
    """The clock's verbs. `tick` is called by the heartbeat, at start and after a sleep."""

    def __init__(
        self,
        store: RoutineStore,
        settings: SettingsService,
        routines: Sequence[Routine],
        now: Now,
    ) -> None:
        self._store, self._settings, self._now = store, settings, now
        self._routines = {routine.name: routine for routine in routines}
        self._holder = uuid.uuid4().hex

    def all(self) -> list[tuple[Routine, Task]]:
        """Every routine with its row."""
        self._plan()
        rows = {task.name: task for task in self._store.all()}
        return [(routine, rows[name]) for name, routine in self._routines.items() if name in rows]

    def log(self, limit: int = 50) -> list[Run]:
        """What ran, newest first."""
        return self._store.log(limit)

    def tick(self) -> Changed[list[Run]]:
        """Run whatever is due, once each."""
        self._plan()
        runs = [self._run(task) for task in self._store.claim(self._now(), self._holder)]
        return Changed(runs, Topic.ROUTINES if runs else Topic.NONE)

    def run(self, name: str) -> Changed[Run]:
        """Run one now. Raises NotFound, or Refused while another process runs it."""
        if name not in self._routines:
            raise NotFound(
                t("There is no routine “{name}”", name=name), t("See the list: gigdesk routines.")
            )
        self._plan()
        claimed = self._store.claim(self._now(), self._holder, name)
        if not claimed:
            raise Refused(t("This routine runs just now"), t("Look again in a moment."))
        return Changed(self._run(claimed[0]), Topic.ROUTINES)

    def pause(self, name: str, paused: bool) -> Changed[None]:
        """Let a routine rest, or go on."""
        self._store.pause(name, paused)
        return Changed(None, Topic.ROUTINES)

    def _plan(self) -> None:
        zone, now = self._settings.zone(), self._now()
        known = {task.name: task for task in self._store.all()}
        for name, routine in self._routines.items():
            rule, task = routine.rule(), known.get(name)
            if task is None or task.due is None:
                # A new routine starts with its next turn: nothing is owed from before it was.
                self._store.plan(name, str(rule), zone.key, next_due(rule, zone, now).at)
            elif (task.rule, task.zone) != (str(rule), zone.key):
                due = next_due(rule, zone, now, done=task.last_day)
                self._store.plan(name, str(rule), zone.key, due.at)

    def _run(self, task: Task) -> Run:
        routine, zone, now = self._routines[task.name], self._settings.zone(), self._now()
        rule = routine.rule()
        day = last_due(rule, zone, now).day
        good = True
        try:
            outcome = routine.call(now.astimezone(zone).date())
        except Trouble as trouble:
            good, outcome = False, f"{trouble.title}. {trouble.advice}"
        except Exception:
            log.exception("the routine %s failed", task.name)
            good, outcome = False, t("Something broke; the details are in the log.")
        run = Run(now, task.name, outcome, good, routine.icon)
        due = self._next(rule, now, day) if good else now + wait_after(task.failures + 1)
        self._store.finish(task, run, self._holder, due, day if good else None)
        return run

    def _next(self, rule: Rule, now: datetime, day: date) -> datetime:
        return next_due(rule, self._settings.zone(), now, done=day).at
