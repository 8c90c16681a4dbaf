"""Finds the zone behind a TZID: an IANA name, a Windows name, a definition whose rules match one.

What matches nothing is kept as the fixed definition it is; what has neither a known name nor a
definition is nobody's to guess.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.lines import Line, parse_line
from gigdesk.domain.civil import known_zones

# Asked first, so that Central European rules are found as Berlin rather than Arctic/Longyearbyen.
_FIRST = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Halifax", "America/St_Johns",
    "America/Sao_Paulo", "America/Santiago", "Europe/Athens", "Europe/Moscow", "Europe/Istanbul",
    "Asia/Jerusalem", "Africa/Cairo", "Asia/Tehran", "Australia/Sydney", "Australia/Adelaide",
    "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "America/Havana", "America/Asuncion",
    "Asia/Beirut", "Africa/Casablanca",
)  # fmt: skip
_UTC = {
    "UTC",
    "GMT",
    "Z",
    "ETC/UTC",
    "ETC/GMT",
    "COORDINATED UNIVERSAL TIME",
    "GREENWICH MEAN TIME",
}
_SPAN = timedelta(days=730)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that is known: its name, and its definition where it is no IANA zone."""

    name: str
    definition: tuple[str, ...] = ()


def find(tzid: str, definitions: dict[str, list[str]], around: datetime) -> Zone | None:
    """The zone a TZID means for an event around this time; None when nobody can know."""
    name = iana(tzid)
    if name is not None:
        return Zone(name)
    definition = definitions.get(tzid)
    if definition is None:
        return None
    return _of_definition(tuple(definition), around.year)


@cache
def iana(tzid: str) -> str | None:
    """The IANA name in a TZID: plain, under a vendor's path, or behind a Windows name."""
    tzid = tzid.strip()
    if tzid.upper() in _UTC:
        return "UTC"
    parts = tzid.strip("/").split("/")
    for length in (len(parts), 3, 2):
        tail = "/".join(parts[-length:])
        if length <= len(parts) and "/" in tail and tail in known_zones():
            return tail
    if tzid in known_zones() and tzid not in {"Factory", "localtime"}:
        return tzid
    return _windows(tzid)


def _windows(tzid: str) -> str | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    found: str | None = WINDOWS_TO_OLSON.get(tzid)
    return "UTC" if found in {"Etc/UTC", "Etc/GMT"} else found


@cache
def _of_definition(definition: tuple[str, ...], year: int) -> Zone | None:
    """The IANA zone whose clocks move as this VTIMEZONE says in the two years around, or itself."""
    lines = [parse_line(line) for line in definition]
    hint = next((line.value for line in lines if line and line.name == "X-LIC-LOCATION"), "")
    if hint and (named := iana(hint)):
        return Zone(named)
    moves = _moves(definition, year)
    if moves is None:
        return None
    return _matching(moves, year) or _kept(definition)


def _matching(moves: list[timedelta], year: int) -> Zone | None:
    if len(set(moves)) == 1:
        return _fixed(moves[0])
    for name in (*_FIRST, *sorted(known_zones() - {"Factory", "localtime"})):
        if _same(ZoneInfo(name), moves, year):
            return Zone(name)
    return None


def _moves(definition: tuple[str, ...], year: int) -> list[timedelta] | None:
    from icalendar import Timezone

    try:
        read: Any = Timezone.from_ical("\r\n".join(definition) + "\r\n")
        zone = read.to_tz(lookup_tzid=False)
        return [_offset(zone, day) for day in _days(year)]
    except Exception:  # noqa: BLE001 - a broken definition fails in more ways than its reader names
        return None


def _same(zone: tzinfo, moves: list[timedelta], year: int) -> bool:
    return all(_offset(zone, day) == move for day, move in zip(_days(year), moves, strict=True))


@cache
def _days(year: int) -> tuple[datetime, ...]:
    """Noon of each day of the two years around: every change of a clock lies between two of them."""
    first = datetime(min(max(year, 1900), 9990) - 1, 7, 1, 12)  # noqa: DTZ001 - civil noons
    return tuple(first + _DAY * number for number in range(_SPAN.days))


def _offset(zone: tzinfo, civil: datetime) -> timedelta:
    offset = civil.replace(tzinfo=zone).utcoffset()
    if offset is None:
        raise ValueError("a zone without offset")
    return offset


def _fixed(offset: timedelta) -> Zone | None:
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14:
        return None
    return Zone(f"Etc/GMT{-hours:+d}" if hours else "UTC")


def _kept(definition: tuple[str, ...]) -> Zone:
    """The definition under a name of its own: two files may call different zones the same."""
    mark = hashlib.sha256("\n".join(definition).encode()).hexdigest()[:8]
    lines = []
    name = mark
    for text in definition:
        line = parse_line(text)
        if line is not None and line.name == "TZID":
            name = f"{line.value.strip()} {mark}"
            lines.append(str(Line("TZID", (), name)))
        else:
            lines.append(text)
    return Zone(name, tuple(lines))
