"""Reads one event of a file: its zones found, its parts parsed one by one, its turns worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from gigdesk.domain.calendar.events import (
    Attendee,
    Event,
    Moment,
    ReadEvent,
    Revision,
    State,
    Turn,
)
from gigdesk.domain.calendar.lines import Line, parse_line
from gigdesk.domain.words import t
from gigdesk.worker.calendar import turns, zones
from gigdesk.worker.calendar.rules import listed
from gigdesk.worker.calendar.simple import simple
from gigdesk.worker.calendar.splitting import Piece, digest

if TYPE_CHECKING:
    from icalendar import Event as Component

TIMED = {"DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"}
_TIMES = TIMED | {"DURATION", "RRULE", "EXRULE"}
_READ = _TIMES | {
    "UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "ATTENDEE", "ORGANIZER", "SEQUENCE",
    "LAST-MODIFIED", "DTSTAMP",
}  # fmt: skip
# Some calendars write a rule for every event, and nothing into it.
_EMPTY = {"RRULE:", "EXRULE:", "RDATE:", "EXDATE:", "UID:"}
_STATUSES = {"confirmed", "tentative", "cancelled"}
TEXT_MOST = 20_000


class Faulty(Exception):
    """Why an event cannot be read. The words are fit to show."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time occurrences are worked out for, and the zone for times whose zone nobody knows."""

    first: datetime
    past: datetime
    zone: str = ""


@dataclass(slots=True)
class _Part:
    piece: Piece
    lines: list[str]
    component: Any  # the library's, or a Simple
    unknown: list[str]
    definitions: dict[str, tuple[str, ...]]
    revision: Revision


def read_group(group: list[Piece], window: Window) -> list[ReadEvent]:
    """What stands under one UID: the event, and apart from it each part that cannot be read."""
    parts: list[_Part] = []
    answers: list[ReadEvent] = []
    for piece in group:
        try:
            parts.append(_part(piece, window.zone, alone=len(group) == 1))
        except Faulty as fault:
            answers.append(faulty(piece, str(fault)))
    chosen, doubles = _newest(parts)
    answers += doubles
    if chosen:
        try:
            answers.insert(0, _event(chosen, window))
        except Exception as error:  # noqa: BLE001 - hostile rules fail in any way
            answers += [faulty(part.piece, reason_of(error)) for part in chosen]
    return answers


def faulty(piece: Piece, reason: str) -> ReadEvent:
    """A part that cannot be read, its text kept."""
    event = Event(
        piece.uid, title=_rough_title(piece.lines), state=State.BROKEN, reason=reason,
        text="\n".join(piece.lines),
    )  # fmt: skip
    return ReadEvent(event, fault=reason)


def components_of(text: str, definitions: str) -> list[Component]:
    """The parsed parts of a kept event, its own zones known."""
    import icalendar

    if definitions:
        for block in definitions.split("\nEND:VTIMEZONE")[:-1]:
            icalendar.Timezone.from_ical(
                block.strip().replace("\n", "\r\n") + "\r\nEND:VTIMEZONE\r\n"
            )
    return [_parsed(lines) for lines in _blocks(text)]


def _blocks(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in text.split("\n"):
        if line.strip().upper() == "BEGIN:VEVENT":
            found.append([])
        if found:
            found[-1].append(line)
    return found


def _part(piece: Piece, zone: str, *, alone: bool) -> _Part:
    if piece.fault:
        raise Faulty(piece.fault)
    try:
        return _whole(piece, zone, alone=alone)
    except Faulty:
        raise
    except Exception as error:
        raise Faulty(reason_of(error)) from error


def _whole(piece: Piece, zone: str, *, alone: bool) -> _Part:
    lines, unknown, definitions = _placed(piece, zone)
    component: Any = None
    if alone and not unknown and not definitions:
        component = simple(_needed(lines))
    if component is None:
        kept = "\n".join("\n".join(definition) for definition in definitions.values())
        component = components_of("\n".join(lines), kept)[0]
    _check(component)
    return _Part(piece, lines, component, unknown, definitions, _revision(piece, component))


def _placed(piece: Piece, zone: str) -> tuple[list[str], list[str], dict[str, tuple[str, ...]]]:
    """The lines with every zone under its own name; the names nobody knows; own definitions."""
    lines: list[str] = []
    unknown: list[str] = []
    definitions: dict[str, tuple[str, ...]] = {}
    for text in piece.lines:
        if text.strip().upper() in _EMPTY:
            continue
        line = parse_line(text) if text[:13].upper().startswith(tuple(TIMED)) else None
        if line is None or line.name not in TIMED:
            lines.append(text)
            continue
        placed, name, found = _place(line, piece.zones, zone)
        if found and found.definition:
            definitions[found.name] = found.definition
        if found is None and name and name not in unknown:
            unknown.append(name)
        lines.append(str(placed))
    if piece.named_here:
        lines.insert(1, f"UID:{piece.uid}")
    return lines, unknown, definitions


def _place(
    line: Line, definitions: dict[str, list[str]], zone: str
) -> tuple[Line, str, zones.Zone | None]:
    tzid = line.parameter("TZID").strip()
    value = line.value.strip()
    bare = Line(line.name, line.parameters, value).with_parameter("TZID", None)
    if not tzid or value.upper().endswith("Z") or len(value) == 8:
        return bare, "", None
    found = zones.find(tzid, definitions, _around(value)) or (zones.Zone(zone) if zone else None)
    if found is None:
        return line, tzid, None
    if found.name == "UTC" and "," not in value and "/" not in value:
        return Line(bare.name, bare.parameters, value + "Z"), tzid, found
    return bare.with_parameter("TZID", found.name), tzid, found


def _around(value: str) -> datetime:
    try:
        return datetime(int(value[:4]), 1, 1)  # noqa: DTZ001 - only its year is asked
    except ValueError:
        return datetime(2026, 1, 1)  # noqa: DTZ001


def _parsed(lines: list[str]) -> Component:
    import icalendar
    from icalendar.parser import Contentline

    # It takes content lines as well as text; its types say text only.
    content: Any = [Contentline(line) for line in _needed(lines)]  # type: ignore[no-untyped-call]
    read: Component = cast("Any", icalendar.Event.from_ical)(content)
    return read


def _needed(lines: list[str]) -> list[str]:
    """The event's own lines that are read here: alarms, attachments and the like only cost time."""
    needed, inside = [lines[0]], []
    for line in lines[1:-1]:
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            inside.append(line[6:].strip().upper())
        elif name == "END" and inside and inside[-1] == line[4:].strip().upper():
            inside.pop()
        elif not inside and name in _READ:
            needed.append(line)
    return [*needed, lines[-1]]


def _check(component: Any) -> None:
    for name, words in component.errors:
        if name in _TIMES:
            raise Faulty(t("Its {name} cannot be read: {words}", name=name, words=words[:200]))
    if "DTSTART" not in component:
        raise Faulty(t("It has no start."))
    if any(isinstance(component.get(name), list) for name in ("DTSTART", "DTEND", "DURATION")):
        raise Faulty(t("It has more than one start or end."))
    start = component["DTSTART"].dt
    if not isinstance(start, date):
        raise Faulty(t("Its start is no day and no time."))
    if not 1 < start.year < 9998:
        raise Faulty(t("Its year is {year}.", year=start.year))
    _check_rules(component)
    turns.times(component)


def _check_rules(component: Any) -> None:
    for value in listed(component.get("RRULE")):
        if "FREQ" not in value:
            raise Faulty(t("Its rule does not say how often."))
        if "RSCALE" in value:
            raise Faulty(t("Its rule counts by a calendar not known here: {name}.",
                           name=str(value["RSCALE"][0])))  # fmt: skip
    for value in listed(component.get("RDATE")):
        if any(isinstance(each.dt, time) for each in getattr(value, "dts", ())):
            raise Faulty(t("Its {name} is no day and no time.", name="RDATE"))


def _revision(piece: Piece, component: Any) -> Revision:
    stamp = ""
    broken = {name for name, _ in component.errors}
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        value = getattr(component.get(name), "dt", None) if name not in broken else None
        if not stamp and isinstance(value, datetime):
            stamp = (value.astimezone(UTC) if value.tzinfo else value).strftime("%Y%m%dT%H%M%S")
    sequence = component.get("SEQUENCE", 0)
    return Revision(
        piece.key, sequence if isinstance(sequence, int) else 0, stamp, digest(piece.lines)
    )


def _newest(parts: list[_Part]) -> tuple[list[_Part], list[ReadEvent]]:
    """For each key the newest part. The others are named, and kept where neither is newer."""
    chosen: dict[str, _Part] = {}
    doubles: list[ReadEvent] = []
    for part in parts:
        before = chosen.get(part.piece.key)
        if before is None or part.revision.newer_than(before.revision):
            chosen[part.piece.key] = part
        loser = before if chosen[part.piece.key] is part else part
        if loser is not None:
            doubles.append(_double(loser, chosen[part.piece.key]))
    ordered = sorted(chosen.values(), key=lambda part: part.piece.key)
    return ordered, doubles


def _double(loser: _Part, kept: _Part) -> ReadEvent:
    if loser.revision.digest == kept.revision.digest:
        reason, text = t("It is in the file twice."), ""
    elif kept.revision.newer_than(loser.revision):
        reason, text = t("The file has a newer version of it."), ""
    else:
        reason, text = t("Another event of the file has the same UID."), "\n".join(loser.lines)
    event = Event(loser.piece.uid, title=_rough_title(loser.lines), state=State.BROKEN,
                  reason=reason, text=text)  # fmt: skip
    return ReadEvent(event, fault=reason)


def _event(parts: list[_Part], window: Window) -> ReadEvent:
    event = describe([part.component for part in parts])
    unknown = tuple(dict.fromkeys(name for part in parts for name in part.unknown))
    definitions = {key: value for part in parts for key, value in part.definitions.items()}
    event = replace(
        event,
        uid=parts[0].piece.uid,
        text="\n".join("\n".join(part.lines) for part in parts),
        zones="\n".join("\n".join(lines) for lines in definitions.values()),
    )
    if unknown:
        reason = t("Nobody knows the zone “{name}”.", name=unknown[0])
        event = replace(event, state=State.NEEDS_ZONE, zone=unknown[0], reason=reason)
        found: list[Turn] = []
    else:
        found, cut = turns_of(event, [part.component for part in parts], window)
        event = replace(event, cut=cut)
    revisions = tuple(part.revision for part in parts)
    return ReadEvent(event, tuple(found), revisions, unknown, parts=len(parts))


def turns_of(event: Event, components: list[Component], window: Window) -> tuple[list[Turn], bool]:
    """When it takes place: a single event always, a series inside the window."""
    if not event.series:
        return [turns.turn_of(components[0], components[0])], False
    return turns.turns(components, window.first, window.past)


def describe(components: list[Component]) -> Event:
    """The event these components are, without its turns."""
    main = next((one for one in components if "RECURRENCE-ID" not in one), components[0])
    start, end = turns.times(main)
    series = len(components) > 1 or any(name in main for name in ("RRULE", "RDATE"))
    status = turns.first_text(main, "STATUS").lower()
    return Event(
        uid=turns.first_text(main, "UID"),
        title=turns.first_text(main, "SUMMARY")[:500],
        start=Moment.of(start),
        end=Moment.of(end),
        all_day=not isinstance(start, datetime),
        zone=turns.zone_name(start),
        location=turns.first_text(main, "LOCATION")[:500],
        description=turns.first_text(main, "DESCRIPTION")[:TEXT_MOST],
        status=status if status in _STATUSES else "",
        attendees=tuple(_attendees(main)),
        organizer=_address(main.get("ORGANIZER", "")),
        series=series,
        until=turns.until(components) if series else None,
    )


def _attendees(component: Component) -> list[Attendee]:
    values: Any = component.get("ATTENDEE", [])
    values = values if isinstance(values, list) else [values]
    found = []
    for value in values[:500]:
        known = getattr(value, "params", {})
        found.append(
            Attendee(
                _address(value),
                str(known.get("CN", ""))[:200],
                str(known.get("PARTSTAT", "")).lower(),
            )
        )
    return found


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    text = str(value).strip()
    return text[7:] if text.lower().startswith("mailto:") else text


def _rough_title(lines: list[str]) -> str:
    for text in lines:
        if text[:7].upper() == "SUMMARY":
            line = parse_line(text)
            if line is not None:
                return line.value[:200]
    return ""


def reason_of(error: Exception) -> str:
    """What went wrong, in the words of whoever found it."""
    words = " ".join(str(error).split())[:300]
    return words or type(error).__name__
