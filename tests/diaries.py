"""Calendar files to test with: hand-made, small, and brought into a desk as a person would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigdesk.domain.calendar.events import Imported
    from gigdesk.domain.topics import Changed
    from gigdesk.services.office import Office

STANDS = """UID:stands@example
DTSTAMP:20261101T090000Z
DTSTART:20261124T100000Z
DTEND:20261124T110000Z
SUMMARY:Review"""
WAITS = """UID:waits@example
DTSTAMP:20261101T090000Z
DTSTART;TZID=Nowhere Time:20261124T100000
DTEND;TZID=Nowhere Time:20261124T110000
SUMMARY:Call"""
BROKEN = """UID:broken@example
DTSTAMP:20261101T090000Z
DTSTART:nonsense
SUMMARY:Lunch"""
WEEKLY = """UID:weekly@example
DTSTAMP:20261101T090000Z
DTSTART;TZID=Europe/Berlin:20261005T090000
DTEND;TZID=Europe/Berlin:20261005T093000
RRULE:FREQ=WEEKLY;COUNT=12
SUMMARY:Stand-up"""


def calendar(*events: str, zones: str = "", name: str = "") -> str:
    """A calendar file of these events; each is the inside of a VEVENT."""
    blocks = [f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT" for event in events]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//test//EN"]
    named = [f"X-WR-CALNAME:{name}"] if name else []
    parts = [*head, *named, *([zones.strip()] if zones else []), *blocks, "END:VCALENDAR", ""]
    return "\n".join(parts).replace("\n", "\r\n")


def civil(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """What a clock shows in 2026; the zone stands beside it."""
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001 - civil


def written(folder: Path, *events: str, name: str = "diary.ics") -> Path:
    """A file of these events."""
    path = folder / name
    path.write_bytes(calendar(*events).encode())
    return path


def brought(office: Office, path: Path, zone: str = "") -> Changed[Imported]:
    """Bring a file in to its end."""
    coming = office.calendar.import_file(path, zone)
    while True:
        try:
            next(coming)
        except StopIteration as end:
            changed: Changed[Imported] = end.value
            return changed
