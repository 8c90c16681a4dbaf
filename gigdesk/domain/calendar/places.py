"""Places of a calendar: how a zone is called, which zones differ, where two working days meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gigdesk.domain.civil import known_zones

# What people work where nothing else is known of them.
DAY_FROM, DAY_TO = time(9), time(17)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Two working days on one's own clock, in hours since one's midnight.

    `theirs` may begin before that midnight or end after the next one; `behind` is how many hours
    their clock shows less than one's own.
    """

    mine: tuple[float, float]
    theirs: tuple[float, float]
    behind: float
    both: tuple[float, float] | None


def city_of(zone: str) -> str:
    """How people call a zone: `New York` of `America/New_York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def short_city(zone: str, most: int = 7) -> str:
    """The same for a narrow column: `N. York`, `S. Francisco`, else its first letters."""
    city = city_of(zone)
    if len(city) <= most:
        return city
    first, _, rest = city.rpartition(" ")
    said = f"{first[:1]}. {rest}" if first else city
    return said if len(said) <= most else f"{said[: most - 1]}…"


def others(own: ZoneInfo, zones: Iterable[str], now: datetime) -> list[ZoneInfo]:
    """The zones among these whose clocks show something else now, the most frequent first; one for
    each hour."""
    here = now.astimezone(own).utcoffset()
    found: list[ZoneInfo] = []
    seen = {here}
    for name, _ in Counter(zones).most_common():
        if name not in known_zones():
            continue
        zone = ZoneInfo(name)
        there = now.astimezone(zone).utcoffset()
        if there not in seen:
            seen.add(there)
            found.append(zone)
    return found


def behind(day: date, own: ZoneInfo, other: ZoneInfo) -> float:
    """How many hours another clock shows less than one's own, at noon of a day."""
    noon = datetime.combine(day, time(12), own)
    mine, theirs = noon.utcoffset(), noon.astimezone(other).utcoffset()
    assert mine is not None
    assert theirs is not None
    return (mine - theirs) / _HOUR


def working_days(
    day: date, own: ZoneInfo, other: ZoneInfo, hours: tuple[time, time]
) -> WorkingDays:
    """Where one's own working day and one of nine to five elsewhere meet on this day."""
    mine = hour_of(hours[0]), hour_of(hours[1])
    less = behind(day, own, other)
    shifts = [less + days for days in (-24, 0, 24)]
    spans = [(hour_of(DAY_FROM) + shift, hour_of(DAY_TO) + shift) for shift in shifts]
    best = max(spans, key=lambda span: (_overlap(mine, span), -abs(span[0] - mine[0])))
    if _overlap(mine, best) <= 0:
        return WorkingDays(mine, best, less, None)
    return WorkingDays(mine, best, less, (max(mine[0], best[0]), min(mine[1], best[1])))


def hour_of(clock: time) -> float:
    """A time of day as hours since midnight."""
    return clock.hour + clock.minute / 60


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])
