"""Single events read without the library: most of a calendar is such, and this takes a fifth of the
time. Whatever is not wholly ordinary is left to the library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.lines import Line, parse_line, plain
from gigdesk.domain.civil import known_zones

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WORDS = {"UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS"}
_MOMENTS = {"DTSTART", "DTEND"}
_STAMPS = {"DTSTAMP", "LAST-MODIFIED"}
_PEOPLE = {"ORGANIZER", "ATTENDEE"}


@dataclass(frozen=True, slots=True)
class Time:
    """A property that is a time."""

    dt: datetime | date


class Address(str):
    """A property that is somebody, with their parameters."""

    params: dict[str, str]


class Simple(dict[str, Any]):
    """An event's properties as the library would give them, as far as they are read here."""

    errors: tuple[tuple[str, str], ...] = ()


def simple(lines: list[str]) -> Simple | None:
    """The event in these lines of its own; None where it is not of the plainest kind."""
    found = Simple()
    for text in lines[1:-1]:
        line = parse_line(text)
        value = _value(line) if line is not None and "^" not in text else None
        if line is None or value is None:
            return None
        if line.name == "ATTENDEE":
            found.setdefault(line.name, []).append(value)
        elif line.name in found and line.name not in _WORDS:
            return None
        else:
            found.setdefault(line.name, value)
    return found if "DTSTART" in found else None


def _value(line: Line) -> Any:
    """What a property says; None: the library may know."""
    names = {name.upper() for name, _ in line.parameters}
    if line.name in _MOMENTS:
        return _moment(line, names)
    if names & {"VALUE", "ENCODING"}:
        return None
    if line.name in _WORDS:
        return plain(line.value)
    if line.name in _STAMPS:
        return _moment(line, names) if line.value.endswith("Z") else None
    if line.name in _PEOPLE:
        return _address(line)
    return int(line.value) if line.name == "SEQUENCE" and line.value.isdecimal() else None


def _moment(line: Line, names: set[str]) -> Time | None:
    value = line.value
    try:
        if line.parameters == (("VALUE", "DATE"),) and (day := _DAY.fullmatch(value)):
            return Time(date(*map(int, day.groups())))
        if names - {"TZID"} or not (found := _TIME.fullmatch(value)):
            return None
        civil = datetime(*map(int, found.groups()[:6]))  # noqa: DTZ001
    except ValueError:
        return None
    if not names:
        return Time(civil.replace(tzinfo=_zone("UTC")) if found[7] else civil)
    zone = _zone(line.parameter("TZID"))
    return None if zone is None or found[7] else Time(civil.replace(tzinfo=zone))


def _address(line: Line) -> Address | None:
    params = {name.upper(): line.parameter(name.upper()) for name, _ in line.parameters}
    if any('"' in value or "," in value for value in params.values()):
        return None
    made = Address(line.value)
    made.params = params
    return made


@cache
def _zone(name: str) -> ZoneInfo | None:
    return ZoneInfo(name) if name in known_zones() else None
