"""Conversations that wait: asleep until a time, or reminded of when nobody answers in N working days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gigdesk.domain.civil import WEEKDAYS
from gigdesk.domain.words import date_text, t

WORKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri"})
_DAY = timedelta(days=1)
_LATER = timedelta(hours=3)
_EVENING = time(18)
_MOST_DAYS = 366


class WaitKind(StrEnum):
    """Why a conversation waits."""

    SLEEP = "sleep"  # out of the list until a time
    FOLLOW = "follow"  # the person is reminded when there is no answer by then


@dataclass(frozen=True, slots=True)
class Wait:
    """One conversation that waits. `mail` is its newest mail when that began; `days` are the working
    days a follow-up gives them."""

    mail: int
    thread: int
    kind: WaitKind
    until: datetime
    days: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A time one may choose, with its words and a letter."""

    key: str
    words: str
    until: datetime


def sleep_choices(now: datetime, zone: ZoneInfo, morning: time) -> list[Choice]:
    """When a conversation may come back, soonest first; what is no later than the one before is left
    out (in the evening there is no *this evening*)."""
    here = now.astimezone(zone)
    monday = here.date() + _DAY * (7 - here.weekday())
    offers = [
        Choice("L", t("Later today"), _soon(now)),
        Choice("E", t("This evening"), at_clock(here.date(), _EVENING, zone)),
        Choice("T", t("Tomorrow morning"), at_clock(here.date() + _DAY, morning, zone)),
        Choice("M", t("On Monday"), at_clock(monday, morning, zone)),
        Choice("W", t("In a week"), at_clock(here.date() + _DAY * 7, morning, zone)),
        Choice("N", t("In a month"), at_clock(here.date() + _DAY * 30, morning, zone)),
    ]
    offers.sort(key=lambda each: each.until)
    found: list[Choice] = []
    for each in offers:
        today = each.until.astimezone(zone).date() == here.date()
        if each.key == "L" and not today:
            continue
        if each.until > (found[-1].until if found else now):
            found.append(each)
    return found


def at_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant of a civil time. One that comes twice is the first; one a clock change swallows
    falls as far behind the gap as it stood in it (PEP 495 with fold 0)."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def follow_up_at(
    begun: datetime, days: int, zone: ZoneInfo, morning: time, workdays: Collection[str] = WORKDAYS
) -> datetime:
    """The morning after so many whole working days: asked on a Friday, one day later is Tuesday's
    morning, for Monday was theirs."""
    given = max(0, min(days, _MOST_DAYS))
    works = frozenset(workdays) or WORKDAYS
    day = begun.astimezone(zone).date()
    while given >= 0:
        day += _DAY
        if WEEKDAYS[day.weekday()] in works:
            given -= 1
    return at_clock(day, morning, zone)


def wait_words(wait: Wait, zone: ZoneInfo) -> str:
    """What the conversation's head says of it."""
    here = wait.until.astimezone(zone)
    day = date_text(here.date())
    if wait.kind is WaitKind.SLEEP:
        return t("Asleep until {day}, {time}", day=day, time=f"{here:%H:%M}")
    return t("You are reminded on {day} if nobody answers", day=day)


def _soon(now: datetime) -> datetime:
    """In three hours, on the full hour."""
    return (now + _LATER).replace(minute=0, second=0, microsecond=0)
