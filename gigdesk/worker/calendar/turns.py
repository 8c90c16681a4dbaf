"""Works out when a series takes place inside a window, without ever running away.

recurring-ical-events reckons; here it is kept from rules that repeat each second for ever.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gigdesk.domain.calendar.events import Moment, Turn
from gigdesk.worker.calendar.rules import (
    cheap,
    check_crowd,
    daily_rate,
    listed,
    rules_of,
    within_a_day,
)

if TYPE_CHECKING:
    from icalendar import Event

_CHUNKS_LEAST, _CHUNKS_MOST = 12, 100
_CHUNK_TURNS = 2000


def window_limit(first: datetime, past: datetime) -> int:
    """How many turns of one series are kept of a window."""
    return 1000 + 4 * max((past - first).days, 0)


def turns(events: list[Event], first: datetime, past: datetime) -> tuple[list[Turn], bool]:
    """The turns of a series that start from `first` to before `past`, and whether some are left
    out. Both are instants in UTC; floating readings are taken as they stand."""
    import recurring_ical_events
    from icalendar import Calendar

    for event in events:
        check_crowd(event, first, past)
    chunks = _chunks(events, first, past)
    alone = len(events) == 1
    limited = [cheap(event, first, past, alone=alone) for event in events]
    calendar = Calendar()
    for event, _ in limited:
        calendar.add_component(event)
    cut = any(short for _, short in limited)
    query = recurring_ical_events.of(calendar, skip_bad_series=False)
    found: list[Turn] = []
    limit = window_limit(first, past)
    master = next((event for event in events if "RECURRENCE-ID" not in event), events[0])
    for start, end in chunks:
        for component in query.between(start, end):
            turn = turn_of(component, master)
            if int(start.timestamp()) <= turn.start.count < int(end.timestamp()):
                found.append(turn)
        if len(found) > limit:
            return sorted(found, key=_when)[:limit], True
    return sorted(found, key=_when), cut


def turn_of(component: Any, master: Any) -> Turn:
    """The times of one component, with the words in which it differs from its series."""
    start, end = times(component)
    return Turn(
        start=Moment.of(start),
        end=max(Moment.of(end), Moment.of(start), key=lambda moment: moment.count),
        all_day=not isinstance(start, datetime),
        zone=zone_name(start),
        title=_differs(component, master, "SUMMARY"),
        location=_differs(component, master, "LOCATION"),
        status=_differs(component, master, "STATUS"),
    )


def times(component: Any) -> tuple[Any, Any]:
    """Start and end as RFC 5545 reckons them, with the small mistakes of others mended."""
    start = component["DTSTART"].dt
    if "DTEND" in component:
        end = component["DTEND"].dt
    elif "DURATION" in component:
        end = start + component["DURATION"].dt
    else:
        end = start if isinstance(start, datetime) else start + timedelta(days=1)
    return start, _like(end, start)


def zone_name(moment: date | datetime) -> str:
    """The zone of a time, empty for days and floating times."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return ""
    from icalendar.timezone import tzid_from_tzinfo

    name = getattr(moment.tzinfo, "key", None) or tzid_from_tzinfo(moment.tzinfo)
    return str(name or "UTC")


def first_text(component: Any, name: str) -> str:
    """A text property; the first when it comes twice."""
    value = component.get(name, "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)


def until(events: list[Event]) -> int | None:
    """The count after which a series can have no more turns; None when it may go on."""
    last = 0
    for event in events:
        for rule in rules_of(event):
            if "UNTIL" not in rule:
                return None
            last = max(last, *(Moment.of(value).count for value in rule["UNTIL"]))
        for line in listed(event.get("RDATE")):
            last = max(last, *(_day_count(value.dt) for value in getattr(line, "dts", ())))
        last = max(last, Moment.of(event["DTSTART"].dt).count)
    return last + 86_400 * 2


def _day_count(value: Any) -> int:
    return Moment.of(value[0] if isinstance(value, tuple) else value).count


def _when(turn: Turn) -> tuple[int, int]:
    return turn.start.count, turn.end.count


def _like(end: Any, start: Any) -> Any:
    """An end of the same kind as its start, never before it."""
    if isinstance(start, datetime) and not isinstance(end, datetime):
        end = datetime(end.year, end.month, end.day, tzinfo=start.tzinfo)
    elif isinstance(end, datetime) and not isinstance(start, datetime):
        end = end.date()
    if isinstance(start, datetime) and (start.tzinfo is None) != (end.tzinfo is None):
        end = end.replace(tzinfo=start.tzinfo)
    if not isinstance(start, datetime) and end <= start:
        return start + timedelta(days=1)
    return max(start, end)


def _differs(component: Any, master: Any, name: str) -> str | None:
    said = first_text(component, name)
    if said == first_text(master, name):
        return None
    return said.lower() if name == "STATUS" else said[:500]


def _chunks(
    events: list[Event], first: datetime, past: datetime
) -> list[tuple[datetime, datetime]]:
    """Stretches of the window with so few turns each that stopping after one is soon enough."""
    if not any(within_a_day(event) for event in events):
        return [(first, past)]
    days = (past - first) / timedelta(days=1)
    count = min(_CHUNKS_MOST, 1 + int(max(map(daily_rate, events)) * days / _CHUNK_TURNS))
    step = (past - first) / max(count, _CHUNKS_LEAST)
    marks = [first + step * number for number in range(max(count, _CHUNKS_LEAST))] + [past]
    marks = [mark.replace(microsecond=0) for mark in marks]
    return list(pairwise(marks))
