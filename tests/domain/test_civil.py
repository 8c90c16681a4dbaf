"""Civil time: one run per local day, right across every clock change of every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.civil import (
    Rule,
    daily,
    exists,
    instant,
    last_due,
    monthly,
    next_due,
    skipped,
    start_of_day,
    weekly,
)

ALL_ZONES = tuple((resources.files("tzdata") / "zones").read_text("utf-8").split())
SAMPLE = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo",
    "Asia/Beirut", "Pacific/Apia", "Pacific/Chatham", "Asia/Kathmandu", "America/Nuuk",
    "America/Havana", "Africa/Casablanca", "America/St_Johns", "Antarctica/Troll",
    "Pacific/Kiritimati", "Asia/Gaza",
    "UTC",
)  # fmt: skip
TIMES = (time(0), time(0, 30), time(1, 59), time(2), time(2, 30), time(9), time(23), time(23, 45))


def year_of_runs(rule: Rule, zone: str, year: int) -> list[tuple[date, datetime]]:
    """The rule followed as the clock follows it: ask for the next, run it, ask again."""
    runs: list[tuple[date, datetime]] = []
    now = start_of_day(date(year, 1, 1), zone) - timedelta(seconds=1)
    done: date | None = None
    while True:
        due = next_due(rule, zone, now, done)
        if due.day.year > year:
            return runs
        if due.day.year == year:
            runs.append((due.day, due.at))
        now, done = due.at, due.day


def check_one_run_a_day(zone: str, year: int, times: tuple[time, ...]) -> None:
    start = date(year, 1, 1)
    days = [start + timedelta(days=number) for number in range((date(year + 1, 1, 1) - start).days)]
    days = [day for day in days if exists(day, zone)]
    for at in times:
        runs = year_of_runs(daily(at), zone, year)
        assert [day for day, _ in runs] == days, (zone, at)
        for day, moment in runs:
            check_moment(zone, day, at, moment)


def check_moment(zone: str, day: date, at: time, moment: datetime) -> None:
    """The clock shows the time for the first time; or never does, and has just jumped it."""
    where = ZoneInfo(zone)
    wanted = datetime.combine(day, at)
    shown = moment.astimezone(where).replace(tzinfo=None, fold=0)
    before = (moment - timedelta(seconds=1)).astimezone(where).replace(tzinfo=None, fold=0)
    if shown == wanted:
        assert moment.astimezone(where).fold == 0, (zone, day, at)
    else:
        assert before < wanted < shown, (zone, day, at)
        assert skipped(wanted, zone)


@pytest.mark.parametrize("zone", SAMPLE)
def test_each_local_day_has_exactly_one_run(zone: str) -> None:
    check_one_run_a_day(zone, 2027, TIMES)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2011, 2024, 2027])
def test_each_local_day_has_exactly_one_run_in_every_zone(year: int) -> None:
    # Links to the same rules are the same zone; still all names are asked for.
    for zone in ALL_ZONES:
        check_one_run_a_day(zone, year, (time(0), time(2, 30), time(23, 45)))


def test_every_zone_of_tzdata_is_known_here() -> None:
    assert len(ALL_ZONES) > 500
    for zone in ALL_ZONES:
        assert next_due(daily(time(9)), zone, datetime(2026, 11, 23, tzinfo=UTC)).at > datetime(
            2026, 11, 23, tzinfo=UTC
        )
    with pytest.raises(ZoneInfoNotFoundError):
        next_due(daily(time(9)), "Mars/Olympus", datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        # Berlin springs from 02:00 to 03:00: all the missing hour is 03:00.
        ("Europe/Berlin", date(2027, 3, 28), time(2), "2027-03-28T01:00:00+00:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00:00+00:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(3), "2027-03-28T01:00:00+00:00"),
        # In autumn 02:30 comes twice: the first is summer time.
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31T00:30:00+00:00"),
        # Lord Howe moves by half an hour.
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), "2027-10-02T15:30:00+00:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45:00+00:00"),
        ("Pacific/Chatham", date(2027, 9, 26), time(2, 50), "2027-09-25T14:00:00+00:00"),
        ("Asia/Kathmandu", date(2027, 6, 1), time(9), "2027-06-01T03:15:00+00:00"),
        # Cairo and Beirut have no midnight that night.
        ("Africa/Cairo", date(2027, 4, 30), time(0), "2027-04-29T22:00:00+00:00"),
        # Nuuk loses the last hour of a Saturday.
        ("America/Nuuk", date(2027, 3, 27), time(23, 30), "2027-03-28T01:00:00+00:00"),
    ],
)
def test_gaps_and_repeats(zone: str, day: date, at: time, moment: str) -> None:
    assert instant(day, at, zone).isoformat() == moment


def test_a_day_that_never_was_has_no_run_and_no_double() -> None:
    assert not exists(date(2011, 12, 30), "Pacific/Apia")
    days = [day for day, _ in year_of_runs(daily(time(9)), "Pacific/Apia", 2011)]
    assert date(2011, 12, 30) not in days
    assert len(days) == len(set(days)) == 364


def test_a_weekly_or_monthly_rule_keeps_its_turn_when_its_day_never_was() -> None:
    before = datetime(2011, 12, 27, tzinfo=UTC)
    for rule in (weekly(frozenset({4}), time(9)), monthly(30, time(9))):
        due = next_due(rule, "Pacific/Apia", before)
        assert due.day == date(2011, 12, 30)
        assert due.at == datetime(2011, 12, 30, 10, tzinfo=UTC)  # midnight, 31 December there


def test_weekly_runs_on_its_days_only() -> None:
    runs = year_of_runs(weekly(frozenset({0, 3}), time(8, 30)), "Europe/Berlin", 2027)
    assert {day.weekday() for day, _ in runs} == {0, 3}
    assert len(runs) == 104


def test_monthly_takes_the_last_day_where_the_month_is_shorter() -> None:
    runs = year_of_runs(monthly(31, time(6)), "America/New_York", 2028)
    assert [day.day for day, _ in runs] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_what_was_due_during_sleep_is_one_run() -> None:
    rule, zone = daily(time(8, 30)), "Asia/Tbilisi"
    woke = datetime(2026, 11, 23, 12, tzinfo=UTC)
    missed = last_due(rule, zone, woke)
    assert missed.day == date(2026, 11, 23)
    following = next_due(rule, zone, woke, done=missed.day)
    assert following.day == date(2026, 11, 24)


def test_moving_west_does_not_run_a_day_twice() -> None:
    rule = daily(time(8, 30))
    ran = next_due(rule, "Asia/Tokyo", datetime(2026, 11, 22, 12, tzinfo=UTC))
    landed = ran.at + timedelta(hours=10)
    again = next_due(rule, "America/Los_Angeles", landed, done=ran.day)
    assert again.day == ran.day + timedelta(days=1)


@given(
    st.sampled_from(SAMPLE),
    st.times(max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(631152000, 2208988800).map(lambda at: datetime.fromtimestamp(at, UTC)),
    st.sampled_from(["daily", "weekly", "monthly"]),
)
def test_next_and_last_meet(zone: str, at: time, now: datetime, kind: str) -> None:
    rule = {
        "daily": daily(at),
        "weekly": weekly(frozenset({now.day % 7}), at),
        "monthly": monthly(now.day, at),
    }[kind]
    last, following = last_due(rule, zone, now), next_due(rule, zone, now)
    assert last.at <= now < following.at
    assert rule.falls_on(last.day)
    assert rule.falls_on(following.day)
    assert next_due(rule, zone, last.at).at == following.at
    check_moment(zone, following.day, at, following.at)


@given(st.sets(st.integers(0, 6)), st.none() | st.integers(1, 31), st.integers(0, 1439))
def test_rules_are_written_and_read_again(
    days: set[int], month_day: int | None, minute: int
) -> None:
    at = time(minute // 60, minute % 60)
    rule = Rule(at, frozenset() if month_day else frozenset(days), month_day)
    assert Rule.parse(str(rule)) == rule


@pytest.mark.parametrize(
    "words", ["", "daily", "daily 8:30", "daily 25:00", "weekly xyz 08:30", "monthly 32 08:30",
              "monthly 0 08:30", "hourly 08:30", "daily 08:30:10"],
)  # fmt: skip
def test_what_is_no_rule_is_refused(words: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Rule.parse(words)
