"""How a day's events stand beside each other: columns where they overlap, and sums of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.events import Occurrence
from gigdesk.domain.civil import start_of_day

# A block is at least this high, so that a call of five minutes can be read and clicked.
LEAST = timedelta(minutes=25)


@dataclass(frozen=True, slots=True)
class Block:
    """One event on one day: when (in UTC, cut to the day), in which of how many columns."""

    occurrence: Occurrence
    start: datetime
    end: datetime
    column: int
    columns: int
    goes_on: bool = False  # it began before this day
    free: timedelta = timedelta.max  # for how long nothing stands in the columns right of it


def blocks(day: date, occurrences: Sequence[Occurrence], zone: ZoneInfo) -> list[Block]:
    """The timed events of a day, side by side where they overlap; whole days are not among them."""
    first, past = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
    timed = [each for each in occurrences if not on_top(each, zone)]
    spans = [(each, *each.span(zone)) for each in timed]
    cut = [
        (each, max(start, first), min(end, past), start < first)
        for each, start, end in spans
        if start < past and (end > first or start >= first)
    ]
    cut.sort(key=lambda item: (item[1], -item[2].timestamp(), item[0].title))
    found: list[Block] = []
    cluster: list[tuple[Occurrence, datetime, datetime, bool]] = []
    reach = first
    for item in cut:
        if cluster and item[1] >= reach:
            found += _side_by_side(cluster)
            cluster = []
        cluster.append(item)
        reach = max(reach, _foot(item[1], item[2]))
    return found + _side_by_side(cluster)


def on_top(occurrence: Occurrence, zone: ZoneInfo) -> bool:
    """Whether it belongs into the strip above the hours: whole days, and what lasts a day or more."""
    if occurrence.all_day:
        return True
    start, end = occurrence.span(zone)
    return end - start >= timedelta(days=1)


def days_of(occurrence: Occurrence, zone: ZoneInfo) -> tuple[date, date]:
    """The first day an event touches here, and the day after its last."""
    if occurrence.all_day:
        return occurrence.start.civil.date(), occurrence.end.civil.date()
    start, end = (moment.astimezone(zone) for moment in occurrence.span(zone))
    last = end.date()
    if end > start and end.astimezone(zone) == start_of_day(last, zone):
        return start.date(), last
    return start.date(), last + timedelta(days=1)


def busy(
    occurrences: Sequence[Occurrence], zone: ZoneInfo, span: tuple[datetime, datetime]
) -> timedelta:
    """How much of a span is taken by timed events, what overlaps counted once."""
    first, past = span
    taken, reach = timedelta(), first
    for start, end in sorted(each.span(zone) for each in occurrences if not each.all_day):
        start, end = max(start, reach), min(end, past)
        if end > start:
            taken, reach = taken + (end - start), end
    return taken


def longest_free(
    occurrences: Sequence[Occurrence], zone: ZoneInfo, spans: Sequence[tuple[datetime, datetime]]
) -> tuple[datetime, datetime] | None:
    """The longest stretch inside these spans that no timed event takes; None when there is none."""
    taken = sorted(each.span(zone) for each in occurrences if not each.all_day)
    best: tuple[datetime, datetime] | None = None
    for first, past in spans:
        reach = first
        for start, end in [*taken, (past, past)]:
            free = min(start, past) - reach
            if free > timedelta() and (best is None or free > best[1] - best[0]):
                best = reach, min(start, past)
            reach = max(reach, end)
    return best


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The lane of each bar in the strip above the hours, from the columns it covers."""
    feet: list[int] = []
    found = []
    for first, past in spans:
        lane = next((number for number, foot in enumerate(feet) if foot <= first), len(feet))
        if lane == len(feet):
            feet.append(past)
        feet[lane] = past
        found.append(lane)
    return found


def _foot(start: datetime, end: datetime) -> datetime:
    return max(end, start + LEAST)


def _side_by_side(cluster: list[tuple[Occurrence, datetime, datetime, bool]]) -> list[Block]:
    feet: list[datetime] = []
    places = []
    for _, start, end, _ in cluster:
        column = next((number for number, foot in enumerate(feet) if foot <= start), len(feet))
        if column == len(feet):
            feet.append(start)
        feet[column] = _foot(start, end)
        places.append(column)
    return [
        Block(each, start, end, column, len(feet), before, _free(at, cluster, places))
        for at, ((each, start, end, before), column) in enumerate(zip(cluster, places, strict=True))
    ]


def _free(
    at: int, cluster: list[tuple[Occurrence, datetime, datetime, bool]], places: list[int]
) -> timedelta:
    _, start, end, _ = cluster[at]
    beside = [
        max(other[1], start) - start
        for other, column in zip(cluster, places, strict=True)
        if column > places[at] and other[1] < _foot(start, end) and _foot(*other[1:3]) > start
    ]
    return min(beside, default=timedelta.max)
