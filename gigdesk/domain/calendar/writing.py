"""The text of an event of one's own, and of one that was moved: content lines as others read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.events import (
    Event,
    Moment,
    NewEvent,
    ReadEvent,
    Revision,
    State,
    Turn,
)
from gigdesk.domain.calendar.lines import Line, escaped, parse_line
from gigdesk.domain.civil import zone_of

_STAMPS = {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION"}


def new_event(new: NewEvent, uid: str, now: datetime) -> ReadEvent:
    """An event as the person entered it."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_stamp(now)}",
        f"CREATED:{_stamp(now)}",
        f"LAST-MODIFIED:{_stamp(now)}",
        "SEQUENCE:0",
        *_times(new.start, new.end, new.zone, all_day=new.all_day),
        f"SUMMARY:{escaped(new.title)}",
    ]
    if new.location:
        lines.append(f"LOCATION:{escaped(new.location)}")
    if new.description:
        lines.append(f"DESCRIPTION:{escaped(new.description)}")
    lines.append("END:VEVENT")
    event = Event(uid, new.title, location=new.location, description=new.description,
                  text="\n".join(lines))  # fmt: skip
    return _read(event, new, Revision("", 0, _stamp(now)[:-1], ""))


def moved_event(event: Event, revision: Revision, new: NewEvent, now: datetime) -> ReadEvent:
    """A single event with other times and words; all else of its text stays."""
    sequence = revision.sequence + 1
    words = {"SUMMARY": new.title, "LOCATION": new.location, "DESCRIPTION": new.description}
    old = {"SUMMARY": event.title, "LOCATION": event.location, "DESCRIPTION": event.description}
    changed = {name for name, said in words.items() if said != old[name]}
    kept = _without(event.text.split("\n"), _STAMPS | changed)
    lines = [
        *kept[:-1],
        f"DTSTAMP:{_stamp(now)}",
        f"LAST-MODIFIED:{_stamp(now)}",
        f"SEQUENCE:{sequence}",
        *_times(new.start, new.end, new.zone, all_day=new.all_day),
        *(f"{name}:{escaped(words[name])}" for name in sorted(changed) if words[name]),
        kept[-1],
    ]
    event = replace(event, title=new.title, location=new.location, description=new.description,
                    text="\n".join(lines))  # fmt: skip
    return _read(event, new, Revision("", sequence, _stamp(now)[:-1], ""))


def moment(civil: datetime, zone: str) -> Moment:
    """The moment of a civil time in a zone; without a zone it floats."""
    if not zone:
        return Moment(civil)
    offset = civil.replace(tzinfo=zone_of(zone)).utcoffset()
    return Moment(civil, offset)


def zones_of(text: str) -> set[str]:
    """The names of the zones in an event's text."""
    found = set()
    for line in text.split("\n"):
        if "TZID=" in line.upper():
            parsed = parse_line(line)
            if parsed is not None and (name := parsed.parameter("TZID")):
                found.add(name)
    return found


def placed(text: str, tzid: str, zone: str) -> str:
    """The text with a zone nobody knew put in its place."""
    ZoneInfo(zone)
    lines = []
    for line in text.split("\n"):
        parsed = parse_line(line) if "TZID" in line.upper() else None
        if parsed is not None and parsed.parameter("TZID").strip() == tzid:
            line = str(parsed.with_parameter("TZID", zone))
        lines.append(line)
    return "\n".join(lines)


def _read(event: Event, new: NewEvent, revision: Revision) -> ReadEvent:
    zone = "" if new.all_day else new.zone
    start, end = moment(new.start, zone), moment(new.end, zone)
    event = replace(event, start=start, end=end, all_day=new.all_day, zone=zone, state=State.OK,
                    reason="")  # fmt: skip
    turn = Turn(start, max(start, end, key=lambda each: each.count), new.all_day, zone)
    return ReadEvent(event, (turn,), (revision,))


def _times(start: datetime, end: datetime, zone: str, *, all_day: bool) -> list[str]:
    if all_day:
        last = max(end.date(), start.date() + timedelta(days=1))
        return [f"DTSTART;VALUE=DATE:{_day(start)}", f"DTEND;VALUE=DATE:{_day(last)}"]
    return [_time("DTSTART", start, zone), _time("DTEND", max(start, end), zone)]


def _time(name: str, civil: datetime, zone: str) -> str:
    value = civil.strftime("%Y%m%dT%H%M%S")
    if zone == "UTC":
        return f"{name}:{value}Z"
    return str(Line(name, (("TZID", zone),) if zone else (), value))


def _without(lines: list[str], names: set[str]) -> list[str]:
    """The lines of a component without some of its own properties; what is nested stays whole."""
    kept, depth = [], 0
    for line in lines:
        head = line[:6].upper()
        if head == "BEGIN:":
            depth += 1
        parsed = parse_line(line) if depth == 1 else None
        if parsed is None or parsed.name not in names:
            kept.append(line)
        if head.startswith("END:"):
            depth -= 1
    return kept


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
