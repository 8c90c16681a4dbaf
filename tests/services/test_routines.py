"""The clock's verbs: each due routine once, by one process, its failures said and backed off."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from gigdesk.domain.civil import daily
from gigdesk.domain.errors import NotFound, Refused, Trouble
from gigdesk.services.routines import Routine, RoutineService
from gigdesk.services.settings import SettingsService
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.routines import RoutineStore
from gigdesk.store.settings import SettingsStore


class Hours:
    """A clock one can set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def service(
    db: DeskDb, now: Hours, call: Callable[[date], str], zone: str = "Europe/Berlin"
) -> RoutineService:
    settings = SettingsService(SettingsStore(db))
    settings.set("zone", zone)
    routine = Routine("digest", "Digest", "sun-medium", lambda: daily(time(8, 30)), call)
    return RoutineService(RoutineStore(db), settings, (routine,), now)


def at(words: str) -> Hours:
    return Hours(datetime.fromisoformat(words).astimezone(UTC))


def test_it_runs_once_at_its_time(db: DeskDb) -> None:
    now, days = at("2026-11-23T08:00+01:00"), list[date]()
    routines = service(db, now, lambda day: days.append(day) or "done")
    assert routines.tick().value == []
    now.at += timedelta(minutes=31)
    assert [run.outcome for run in routines.tick().value] == ["done"]
    assert routines.tick().value == []
    assert days == [date(2026, 11, 23)]


def test_what_was_due_in_a_long_sleep_is_caught_up_once(db: DeskDb) -> None:
    now, days = at("2026-11-20T09:00+01:00"), list[date]()
    routines = service(db, now, lambda day: days.append(day) or "done")
    routines.tick()
    now.at += timedelta(days=5)
    routines.tick()
    routines.tick()
    assert days == [date(2026, 11, 25)]
    now.at += timedelta(days=1)
    routines.tick()
    assert days[-1] == date(2026, 11, 26)


def test_two_processes_never_both_run_one(db: DeskDb) -> None:
    now, days = at("2026-11-23T08:00+01:00"), list[date]()
    first = service(db, now, lambda day: days.append(day) or "done")
    second = service(db, now, lambda day: days.append(day) or "done")
    first.tick()
    now.at += timedelta(hours=1)
    first.tick()
    second.tick()
    assert len(days) == 1


def test_while_one_runs_it_another_is_refused(db: DeskDb) -> None:
    now = at("2026-11-23T08:00+01:00")
    inner: list[type] = []

    def meanwhile(_day: date) -> str:
        try:
            service(db, now, lambda _day: "twice").run("digest")
        except Refused as refused:
            inner.append(type(refused))
        return "once"

    routines = service(db, now, meanwhile)
    assert routines.run("digest").value.outcome == "once"
    assert inner == [Refused]


def test_a_process_that_died_frees_it_in_time(db: DeskDb) -> None:
    now, days = at("2026-11-23T08:00+01:00"), list[date]()
    routines = service(db, now, lambda day: days.append(day) or "done")
    routines.tick()
    now.at += timedelta(hours=1)
    RoutineStore(db).claim(now.at, "somebody who died")
    assert routines.tick().value == []
    now.at += timedelta(minutes=16)
    assert len(routines.tick().value) == 1


def test_trouble_is_said_and_backed_off(db: DeskDb) -> None:
    now, tries = at("2026-11-23T08:00+01:00"), list[datetime]()

    def failing(_day: date) -> str:
        tries.append(now.at)
        raise Trouble("No network", "It tries again by itself.")

    routines = service(db, now, failing)
    routines.tick()
    now.at += timedelta(hours=1)
    for _ in range(60):
        routines.tick()
        now.at += timedelta(minutes=1)
    waits = [later - sooner for sooner, later in itertools.pairwise(tries)]
    assert waits == sorted(waits)
    assert 4 <= len(tries) <= 6
    task = routines.all()[0][1]
    assert task.outcome == "No network. It tries again by itself."


@pytest.mark.allow_log
def test_a_bug_in_one_does_not_stop_the_clock(db: DeskDb) -> None:
    now = at("2026-11-23T08:00+01:00")

    def broken(_day: date) -> str:
        raise KeyError("a secret of the mail")

    routines = service(db, now, broken)
    run = routines.run("digest").value
    assert not run.good
    assert "secret" not in run.outcome


def test_the_morning_is_the_morning_here(db: DeskDb) -> None:
    now, days = at("2026-11-23T08:00+01:00"), list[date]()
    routines = service(db, now, lambda day: days.append(day) or "done")
    routines.tick()
    moved = service(db, now, lambda day: days.append(day) or "done", "Asia/Bangkok")
    due = moved.all()[0][1].due
    assert due == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def test_a_paused_one_rests(db: DeskDb) -> None:
    now, days = at("2026-11-23T08:00+01:00"), list[date]()
    routines = service(db, now, lambda day: days.append(day) or "done")
    routines.tick()
    routines.pause("digest", paused=True)
    now.at += timedelta(days=1)
    routines.tick()
    assert days == []


def test_an_unknown_one_is_said(db: DeskDb) -> None:
    with pytest.raises(NotFound):
        service(db, at("2026-11-23T08:00+01:00"), lambda _day: "").run("nope")
