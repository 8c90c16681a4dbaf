"""The clock's verbs: each due routine once, by one process, its failures said and backed off."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gigdesk.app import open_office
from gigdesk.domain.civil import daily, start_of_day
from gigdesk.domain.errors import NotFound, Refused, Trouble
from gigdesk.services.office import Office
from gigdesk.services.restore import restore
from gigdesk.services.routines import Routine, RoutineService
from gigdesk.services.settings import SettingsService
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.routines import RoutineStore
from gigdesk.store.settings import SettingsStore
from tests.conftest import NOW, PASSPHRASE
from tests.services.test_door import Secrets
from tests.services.test_proposals import proposal


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


ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo",
    "Asia/Beirut", "Pacific/Chatham",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_a_year_has_a_run_for_each_of_its_days(db: DeskDb, zone: str) -> None:
    """The heart beats through 2027 with a computer that sleeps now and then; at midnight and at half
    past two, the hours that clock changes swallow or double. In soak it beats every half hour."""
    settings = SettingsService(SettingsStore(db))
    settings.set("zone", zone)
    where, chance = ZoneInfo(zone), random.Random(zone)
    now = Hours(start_of_day(date(2027, 1, 1), zone) - timedelta(minutes=5))
    days: dict[str, list[date]] = {"midnight": [], "night": []}
    table = tuple(
        Routine(name, name, "clock", partial(daily, at), partial(_noted, days[name]))
        for name, at in (("midnight", time(0)), ("night", time(2, 30)))
    )
    routines = RoutineService(RoutineStore(db), settings, table, now)
    routines.tick()
    soak = "GIGDESK_SOAK" in os.environ
    while now.at.astimezone(where).year < 2028:
        now.at += timedelta(minutes=30 if soak else chance.randrange(30, 700))
        if now.at.astimezone(where).date() < date(2028, 1, 1):
            routines.tick()
    expected = [date(2027, 1, 1) + timedelta(days=at) for at in range(365)]
    assert days["midnight"] == expected
    # The last night's may still lie before the computer when the year ends in a sleep.
    assert days["night"] in (expected, expected[:-1])
    assert len(routines.log(5000)) == sum(len(each) for each in days.values())


def _noted(days: list[date], day: date) -> str:
    days.append(day)
    return "done"


TICKER = """
import sys
from datetime import datetime
from pathlib import Path
from gigdesk.app import open_office

home, ready, start, now = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
office = open_office(home, lambda _question: "{words}", lambda: datetime.fromisoformat(now))
ready.touch()
while not start.exists():
    pass
for run in office.routines.tick().value:
    print(run.name)
office.close()
"""


@pytest.mark.slow
def test_two_programs_at_the_same_moment_run_each_once(office: Office, tmp_path: Path) -> None:
    office.keys.set_passphrase(PASSPHRASE)
    office.routines.tick()
    script = tmp_path / "ticker.py"
    script.write_text(TICKER.format(words=PASSPHRASE))
    start = tmp_path / "start"
    late = (NOW + timedelta(days=2)).isoformat()
    both = [
        subprocess.Popen(
            [sys.executable, str(script), str(office.home), str(tmp_path / name), str(start), late],
            stdout=subprocess.PIPE, text=True,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    while not all((tmp_path / name).exists() for name in ("one", "two")):
        assert all(each.poll() is None for each in both)
    start.touch()
    ran = [name for each in both for name in each.communicate(timeout=60)[0].split()]
    assert sorted(ran) == ["daily-backup", "morning-digest", "overdue-check"]
    assert sorted(run.name for run in office.routines.log()) == sorted(ran)


def test_what_happens_by_itself_sends_nothing(office: Office) -> None:
    # Proposed to the person, late by two days; a routine may remind of it, never send it.
    office.proposals.propose(proposal())
    for name in ("morning-digest", "overdue-check", "daily-backup"):
        assert office.routines.run(name).value.good
    assert office.proposals.outbox() == []
    assert len(office.proposals.waiting()) == 1
    assert office.ledger.latest() == []
    assert [notice.title for notice in office.notices.latest()] == ["Good morning"]


def test_the_daily_backup_opens(office: Office, tmp_path: Path) -> None:
    office.keys.set_passphrase(PASSPHRASE)
    office.settings.set("terms_days", "33")
    office.routines.run("daily-backup")
    kept = next((office.home / "backups").glob("desk-*.db"))
    restored = restore(
        kept, tmp_path / "back", Secrets(available=False), lambda _question: PASSPHRASE, NOW
    )
    assert restored.aside is None
    again = open_office(tmp_path / "back", lambda _question: PASSPHRASE, lambda: NOW)
    assert again.settings.get("terms_days") == "33"
    again.close()
