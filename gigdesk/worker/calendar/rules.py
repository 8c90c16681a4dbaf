"""Rules made cheap before anybody steps through them: begun near the window and ended with it, told
by the day where they repeat within one, and refused by arithmetic where they repeat without measure.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import lcm
from typing import TYPE_CHECKING, Any

from gigdesk.domain.calendar.events import Moment
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from icalendar import Event

STEPS_MOST = 100_000
# More than these, at more than so many a day, is no calendar any more.
TURNS_MOST, DAILY_MOST = 20_000, 48
_UNITS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
_DAY_SECONDS = 86_400
# Parts of a clock: how many there are, and how many seconds one takes.
_CLOCK = {"BYHOUR": (24, 3600), "BYMINUTE": (60, 60), "BYSECOND": (60, 1)}
# Parts of a calendar leave out most days: of how many one is meant.
_CALENDAR = {"BYDAY": 7, "BYMONTHDAY": 30, "BYMONTH": 12, "BYYEARDAY": 366, "BYWEEKNO": 53}
_HEAVY = ("DESCRIPTION", "ATTENDEE", "ORGANIZER", "DTSTAMP", "LAST-MODIFIED")
_MARGIN = 3


class TooManyTurnsError(ValueError):
    """A series whose turns are too many even to be counted one by one."""


def rules_of(event: Event) -> list[Any]:
    """The rules of an event."""
    return listed(event.get("RRULE"))


def listed(value: Any) -> list[Any]:
    """A property that may be there not at all, once, or often."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def within_a_day(event: Event) -> bool:
    """Whether a rule of it repeats within a day."""
    return any(_unit(rule) for rule in rules_of(event))


def daily_rate(event: Event) -> float:
    """About how many turns the rules of an event make a day, at most."""
    return max((_rate(rule) for rule in rules_of(event)), default=0.0)


def check_crowd(event: Event, first: datetime, past: datetime) -> None:
    """Raises TooManyTurnsError where a rule puts more turns into these times than anybody can look
    at."""
    begin = Moment.of(event["DTSTART"].dt).count
    for rule in rules_of(event):
        unit, rate = _unit(rule), _rate(rule)
        if not unit or rate <= DAILY_MOST:
            continue
        end = begin + _steps(rule, unit, begin) * unit
        days = (min(end, past.timestamp()) - max(begin, first.timestamp())) / _DAY_SECONDS
        if min(days * rate, _count(rule)) > TURNS_MOST:
            raise TooManyTurnsError(
                t("It repeats too often to be shown: about {n} times a day.", n=round(rate))
            )


def cheap(event: Event, first: datetime, past: datetime, *, alone: bool) -> tuple[Event, bool]:
    """The same event for these times, its rules quick to step through, and whether turns in these
    times are left out for that. `alone`: it has no exceptions beside it."""
    rules = rules_of(event)
    if not rules:
        return event, False
    event = event.copy()
    for name in _HEAVY:  # else each turn would get a copy of its own
        event.pop(name, None)
    rules = [rule.copy() for rule in rules]
    event["RRULE"] = rules if len(rules) > 1 else rules[0]
    if alone and len(rules) == 1 and "COUNT" not in rules[0]:
        _begin_near(event, rules[0], first)
    cut = False
    for rule in rules:
        if alone:
            _end_with(rule, event["DTSTART"].dt, past)
        cut = _shortened(rule, event["DTSTART"].dt, past) or cut
        _told_by_day(rule)
    return event, cut


def _begin_near(event: Event, rule: Any, first: datetime) -> None:
    """Let it begin whole rounds of its rule later: what repeats since 1850 is not stepped through."""
    start, end = event["DTSTART"].dt, getattr(event.get("DTEND"), "dt", None)
    if getattr(start, "tzinfo", None) is not getattr(end or start, "tzinfo", None):
        return  # their distance would change with the clocks
    later = _later(start, rule, first)
    if later is None:
        return
    shift = later - start.replace(tzinfo=None) if isinstance(start, datetime) else later - start
    from icalendar import vDDDTypes

    for name, value in (("DTSTART", start), ("DTEND", end)):
        if value is not None:
            event[name] = vDDDTypes(value + shift)


def _later(start: date, rule: Any, first: datetime) -> Any:
    """The last start before the window that is whole rounds away, on its own clock; None: it is
    near enough."""
    civil = start.replace(tzinfo=None) if isinstance(start, datetime) else start
    kind, interval = _kind(rule), _interval(rule)
    if kind in {"MONTHLY", "YEARLY"}:
        if (civil.month, civil.day) == (2, 29):
            return None
        years = interval if kind == "YEARLY" else lcm(interval, 12) // 12
        rounds = (first.year - 2 - civil.year) // years
        return civil.replace(year=civil.year + rounds * years) if rounds > 0 else None
    days = {"DAILY": interval, "WEEKLY": 7 * interval}.get(kind)
    if days is None:
        days = lcm(max(_unit(rule), 1), _DAY_SECONDS) // _DAY_SECONDS
    rounds = ((first.date() - date(civil.year, civil.month, civil.day)).days - _MARGIN) // days
    return civil + timedelta(days=rounds * days) if rounds > 0 else None


def _end_with(rule: Any, start: date, past: datetime) -> None:
    """A rule without an end, or with a far one, ends with the window."""
    last: Any = past.astimezone(UTC) + timedelta(days=_MARGIN)
    if "COUNT" in rule:
        return
    if "UNTIL" in rule and Moment.of(rule["UNTIL"][0]).count <= Moment.of(last).count:
        return
    if not isinstance(start, datetime):
        last = last.date()
    elif start.tzinfo is None:
        last = last.replace(tzinfo=None)
    rule["UNTIL"] = [last]


def _shortened(rule: Any, start: date, past: datetime) -> bool:
    """End a rule that would take more steps than anybody waits for; whether that leaves out turns."""
    unit = _unit(rule)
    if not unit or not isinstance(start, datetime) or _told(rule):
        return False
    if _steps(rule, unit, Moment.of(start).count) <= STEPS_MOST:
        return False
    rule.pop("COUNT", None)
    end = (start.astimezone(UTC) if start.tzinfo else start) + timedelta(seconds=unit * STEPS_MOST)
    rule["UNTIL"] = [end]
    return Moment.of(end).count < Moment.of(past).count


def _told_by_day(rule: Any) -> None:
    """The same rule told by the day, so that seconds it leaves out are not stepped through."""
    if not _told(rule):
        return
    unit = _unit(rule)
    for name, (count, seconds) in _CLOCK.items():
        if name not in rule and seconds >= unit:
            rule[name] = list(range(count))
    rule["FREQ"] = ["DAILY"]


def _told(rule: Any) -> bool:
    """Whether a rule within a day can be told by the day."""
    return bool(
        _unit(rule)
        and _interval(rule) == 1
        and "BYSETPOS" not in rule
        and any(name in rule for name in (*_CLOCK, *_CALENDAR))
    )


def _rate(rule: Any) -> float:
    """About how many times a day a rule takes place, over the time it runs."""
    unit = _unit(rule)
    rate = _DAY_SECONDS / unit if unit else 1.0
    for name, (count, seconds) in _CLOCK.items():
        if name in rule:
            rate *= len(rule[name]) / count if unit and seconds >= unit else len(rule[name])
    for name, days in _CALENDAR.items():
        if name in rule:
            rate *= min(1.0, len(rule[name]) / days)
    return rate


def _steps(rule: Any, unit: int, begin: int) -> float:
    """How many steps a rule takes to its end; parts that leave turns out make a count take longer."""
    if "UNTIL" in rule:
        return (Moment.of(rule["UNTIL"][0]).count - begin) / unit
    share = _rate(rule) * unit / _DAY_SECONDS
    return _count(rule) / max(min(share, 1.0), 1e-6)


def _count(rule: Any) -> float:
    """How many turns a rule has; without end where it does not say or says nonsense."""
    count = int(rule["COUNT"][0]) if "COUNT" in rule else 0
    return count if count > 0 else float("inf")


def _unit(rule: Any) -> int:
    """Seconds between two steps of a rule that repeats within a day; 0 for calmer ones."""
    return _UNITS.get(_kind(rule), 0) * _interval(rule)


def _kind(rule: Any) -> str:
    return str(rule.get("FREQ", [""])[0]).upper()


def _interval(rule: Any) -> int:
    return max(int(rule.get("INTERVAL", [1])[0]), 1)
