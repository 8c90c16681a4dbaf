"""Civil time: days and hours as people keep them, in a zone, and the instants they fall on.

A rule (`daily 08:30`) says when by the wall clock; the zone says where. Clocks change, so an hour
may be missing or come twice. What is missing happens at the first instant after the gap; what comes
twice happens the first time; every local day that exists has exactly one run.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo, available_timezones

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_DAY = timedelta(days=1)
_LAST = date(9999, 12, 1)


@cache
def known_zones() -> frozenset[str]:
    """Every IANA zone of this machine. Looking for them takes milliseconds, so it is done once."""
    return frozenset(available_timezones())


@dataclass(frozen=True, slots=True)
class Rule:
    """When something happens by the wall clock: daily, on some weekdays, or on a day of the month.

    `weekdays` are 0 (Monday) to 6; `month_day` 29 to 31 is the last day where a month is shorter.
    """

    at: time
    weekdays: frozenset[int] = frozenset()
    month_day: int | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise ValueError("a civil time has no zone of its own")
        if self.weekdays and self.month_day is not None:
            raise ValueError("weekdays or a day of the month, not both")
        if not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays are 0 to 6")
        if self.month_day is not None and not 1 <= self.month_day <= 31:
            raise ValueError("days of a month are 1 to 31")

    def falls_on(self, day: date) -> bool:
        """Whether this is one of the rule's days."""
        if self.month_day is not None:
            length = calendar.monthrange(day.year, day.month)[1]
            return day.day == min(self.month_day, length)
        return not self.weekdays or day.weekday() in self.weekdays

    def __str__(self) -> str:
        clock = f"{self.at:%H:%M}"
        if self.month_day is not None:
            return f"monthly {self.month_day} {clock}"
        if self.weekdays:
            return f"weekly {','.join(WEEKDAYS[day] for day in sorted(self.weekdays))} {clock}"
        return f"daily {clock}"

    @classmethod
    def parse(cls, words: str) -> Rule:
        """Read `daily 08:30`, `weekly mon,thu 08:30` or `monthly 31 08:30`; else ValueError."""
        match words.split():
            case ["daily", clock]:
                return cls(_clock(clock))
            case ["weekly", days, clock]:
                return cls(_clock(clock), frozenset(WEEKDAYS.index(day) for day in days.split(",")))
            case ["monthly", day, clock]:
                return cls(_clock(clock), month_day=int(day))
        raise ValueError(f"not a rule: {words!r}")


def daily(at: time) -> Rule:
    """Each day at this time."""
    return Rule(at)


def weekly(weekdays: frozenset[int], at: time) -> Rule:
    """On these weekdays at this time."""
    return Rule(at, weekdays=weekdays)


def monthly(day: int, at: time) -> Rule:
    """Once a month, on this day or the month's last."""
    return Rule(at, month_day=day)


@dataclass(frozen=True, slots=True)
class Due:
    """One run of a rule: the civil day it belongs to and its instant in UTC.

    The day is its identity. It is nearly always the local date of the instant; where a clock change
    swallows the end of a day, the run comes at the first instant of the next.
    """

    day: date
    at: datetime


def next_due(rule: Rule, zone: str | ZoneInfo, after: datetime, done: date | None = None) -> Due:
    """The first run later than `after`, on a day later than `done` (the day of the last run)."""
    where = zone_of(zone)
    first = after.astimezone(where).date() - _ONE_DAY * 2
    if done is not None and done >= first:
        first = done + _ONE_DAY
    return next(due for due in _runs(rule, where, first) if due.at > after)


def last_due(rule: Rule, zone: str | ZoneInfo, now: datetime) -> Due:
    """The latest run at or before `now`: what has to be caught up after a sleep, once."""
    where = zone_of(zone)
    today = now.astimezone(where).date()
    days = (today + _ONE_DAY - _ONE_DAY * back for back in count())
    runs = (_run(rule, where, day) for day in days if rule.falls_on(day))
    return next(due for due in runs if due is not None and due.at <= now)


def instant(day: date, at: time, zone: str | ZoneInfo) -> datetime:
    """When the clocks of a zone first show this time on this day, in UTC.

    A time they skip is the first instant after the gap.
    """
    where = zone_of(zone)
    before = datetime.combine(day, at, where).replace(fold=0)
    after = before.replace(fold=1)
    if _offset(before) >= _offset(after):
        return before.astimezone(UTC)
    return _end_of_gap(before, after, where)


def start_of_day(day: date, zone: str | ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC; without midnight it starts when its clock does."""
    return instant(day, time.min, zone)


def exists(day: date, zone: str | ZoneInfo) -> bool:
    """Whether a zone had this day at all (Apia went from 29 to 31 December 2011)."""
    where = zone_of(zone)
    return start_of_day(day, where).astimezone(where).date() == day


def skipped(civil: datetime, zone: str | ZoneInfo) -> bool:
    """Whether the clocks of a zone jump over this civil time."""
    here = civil.replace(tzinfo=zone_of(zone), fold=0)
    return _offset(here) < _offset(here.replace(fold=1))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_of(zone: str | ZoneInfo) -> ZoneInfo:
    """The zone of this name; ZoneInfoNotFoundError or ValueError if there is none."""
    return zone if isinstance(zone, ZoneInfo) else _zone(zone)


def _runs(rule: Rule, zone: ZoneInfo, first: date) -> Iterator[Due]:
    day = first
    while day < _LAST:
        if rule.falls_on(day):
            due = _run(rule, zone, day)
            if due is not None:
                yield due
        day += _ONE_DAY


def _run(rule: Rule, zone: ZoneInfo, day: date) -> Due | None:
    """This day's run. A day that never was has none, unless the rule would miss its turn."""
    if rule.falls_on(day + _ONE_DAY) and not exists(day, zone):
        return None
    return Due(day, instant(day, rule.at, zone))


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a clock change, between the two readings of a time it skips."""
    wanted = before.replace(tzinfo=None)
    low = int(after.astimezone(UTC).timestamp())
    high = int(before.astimezone(UTC).timestamp())
    while low < high:
        middle = (low + high) // 2
        shown = datetime.fromtimestamp(middle, UTC).astimezone(zone).replace(tzinfo=None)
        if shown < wanted:
            low = middle + 1
        else:
            high = middle
    return datetime.fromtimestamp(low, UTC)


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    assert offset is not None
    return offset


def _clock(words: str) -> time:
    if len(words) != 5:
        raise ValueError(f"not a time: {words!r}")
    return time.fromisoformat(words)
