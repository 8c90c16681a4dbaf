"""A read event as plain data and back: what a proposal holds until it is approved or taken back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from gigdesk.domain.calendar.events import (
    Attendee,
    Event,
    Moment,
    ReadEvent,
    Revision,
    State,
    Turn,
)

_PLAIN = ("uid", "title", "all_day", "zone", "location", "description", "status", "organizer",
          "series", "until", "cut", "reason", "text", "zones", "calendar")  # fmt: skip


def kept_json(read: ReadEvent) -> dict[str, Any]:
    """The event with how new it is. The turns of a series are worked out again when it is back."""
    event = read.event
    return {
        **{name: getattr(event, name) for name in _PLAIN},
        "start": _moment_json(event.start),
        "end": _moment_json(event.end),
        "attendees": [asdict(each) for each in event.attendees],
        "state": event.state.value,
        "revisions": [asdict(each) for each in read.revisions],
        "tzids": list(read.tzids),
    }


def kept_event(data: dict[str, Any]) -> ReadEvent:
    """The event back from `kept_json`."""
    event = Event(
        **{name: data[name] for name in _PLAIN},
        start=_moment(data["start"]),
        end=_moment(data["end"]),
        attendees=tuple(Attendee(**each) for each in data["attendees"]),
        state=State(data["state"]),
    )
    return ReadEvent(
        event,
        _turns(event),
        tuple(Revision(**each) for each in data["revisions"]),
        tuple(data["tzids"]),
    )


def _turns(event: Event) -> tuple[Turn, ...]:
    if event.series or event.state is not State.OK or event.start is None or event.end is None:
        return ()
    return (Turn(event.start, event.end, event.all_day, event.zone),)


def _moment_json(moment: Moment | None) -> list[int | None] | None:
    if moment is None:
        return None
    offset = None if moment.offset is None else int(moment.offset / timedelta(seconds=1))
    return [moment.count, offset]


def _moment(data: list[int] | None) -> Moment | None:
    return None if data is None else Moment.from_count(data[0], data[1])
