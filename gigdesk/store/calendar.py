"""Calendars, events and their turns as rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from gigdesk.domain.calendar.events import (
    Attendee,
    Event,
    Moment,
    Occurrence,
    ReadEvent,
    Revision,
    State,
    Turn,
)
from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb

LONG = 604_800
# The reach of a series whose turns are to be worked out anew when they are looked at.
UNREACHED = (-(1 << 40), -(1 << 40))
_EVENT = """e.id, c.name, e.uid, e.title, e.start_at, e.start_offset, e.end_at, e.end_offset,
    e.all_day, e.zone, e.location, e.description, e.status, e.organizer, e.attendees, e.series,
    e.until, e.cut, e.state, e.reason, e.text, e.zones, e.version"""
_FROM = "FROM events e JOIN calendars c ON c.id = e.calendar_id"
_TURN = """o.event_id, e.uid, coalesce(o.title, e.title), o.start_at, o.start_offset, o.end_at,
    o.end_offset, o.all_day, o.zone, c.name, coalesce(o.location, e.location),
    coalesce(o.status, e.status), e.series
    FROM occurrences o JOIN events e ON e.id = o.event_id JOIN calendars c ON c.id = e.calendar_id"""


class CalendarStore:
    """Rows in, events out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def occurrences(self, first: int, past: int, *, singles: bool = False) -> list[Occurrence]:
        """What touches the counts from `first` to before `past`, in order; long ones too."""
        only = "AND e.series = 0" if singles else ""
        rows = self._db.read().conn.execute(
            f"SELECT {_TURN} WHERE o.start_at >= ? AND o.start_at < ?"
            f" AND (o.end_at > ? OR o.start_at >= ?) {only}"
            f" UNION ALL SELECT {_TURN} WHERE o.end_at - o.start_at > {LONG}"
            f" AND o.end_at > ? AND o.start_at < ? {only}",
            (first - LONG, past, first, first, first, first - LONG),
        )
        found = [_occurrence(row) for row in rows]
        return sorted(found, key=lambda each: (each.start.count, each.end.count, each.title))

    def turns(self, event_id: int) -> list[Occurrence]:
        """All kept turns of one event."""
        rows = self._db.read().conn.execute(
            f"SELECT {_TURN} WHERE o.event_id = ? ORDER BY o.start_at",
            (event_id,),
        )
        return [_occurrence(row) for row in rows]

    def people(self, event_ids: Collection[int]) -> dict[int, tuple[str, tuple[Attendee, ...]]]:
        """Organizer and attendees of those events that have some."""
        marks = ", ".join("?" * len(event_ids))
        rows = self._db.read().conn.execute(
            f"SELECT id, organizer, attendees FROM events WHERE id IN ({marks})"
            " AND (organizer <> '' OR attendees <> '[]')",
            tuple(event_ids),
        )
        return {
            row_id: (organizer, tuple(Attendee(**each) for each in json.loads(attendees)))
            for row_id, organizer, attendees in rows
        }

    def event(self, event_id: int) -> Event:
        """One event with its text. Raises NotFound."""
        return self._one("e.id = ?", event_id)

    def by_uid(self, uid: str) -> Event:
        """The event of this UID. Raises NotFound."""
        return self._one("e.uid = ?", uid)

    def find(self, uid: str) -> tuple[Event, tuple[Revision, ...]] | None:
        """The event of this UID and how new its parts are."""
        row = self._row("e.uid = ?", uid, f"{_EVENT}, e.revisions")
        if row is None:
            return None
        revisions = tuple(Revision(**each) for each in json.loads(row[-1]))
        return _event(row), revisions

    def revisions(self, event_id: int) -> tuple[Revision, ...]:
        """How new the parts of an event are."""
        row = self._row("e.id = ?", event_id, "e.revisions")
        return tuple(Revision(**each) for each in json.loads(row[0])) if row else ()

    def tzids(self, event_id: int) -> tuple[str, ...]:
        """The names of zones nobody knows that an event waits for."""
        row = self._row("e.id = ?", event_id, "e.tzids")
        return tuple(json.loads(row[0])) if row else ()

    def all(self) -> Iterator[Event]:
        """Every readable event, in the order it came."""
        rows = self._db.read().conn.execute(f"SELECT {_EVENT} {_FROM} ORDER BY e.id")
        return (_event(row) for row in rows)

    def count(self) -> int:
        """How many events there are, a series being one."""
        return self._number("SELECT count(*) FROM events")

    def unplaced(self) -> list[tuple[Event, tuple[str, ...]]]:
        """Events that wait for a zone, with the names nobody knows."""
        rows = self._db.read().conn.execute(
            f"SELECT {_EVENT}, e.tzids {_FROM} WHERE e.state = 'needs_zone' ORDER BY e.id"
        )
        return [(_event(row), tuple(json.loads(row[-1]))) for row in rows]

    def unreadable(self) -> list[Event]:
        """Events that could not be read, with reason and original text."""
        rows = self._db.read().conn.execute(
            "SELECT u.id, c.name, u.uid, u.title, u.reason, u.text FROM unreadable_events u"
            " JOIN calendars c ON c.id = u.calendar_id ORDER BY u.id"
        )
        return [
            Event(uid or "", title, state=State.BROKEN, reason=reason, text=text, id=row_id,
                  calendar=name)
            for row_id, name, uid, title, reason, text in rows
        ]  # fmt: skip

    def short(self, first: int, past: int) -> list[Event]:
        """Series whose turns are not yet worked out for all of this time."""
        rows = self._db.read().conn.execute(
            f"SELECT {_EVENT} {_FROM} WHERE e.series = 1 AND e.state = 'ok' AND ("
            "(e.reached_to < ? AND (e.until IS NULL OR e.until >= e.reached_to))"
            " OR (e.reached_from > ? AND e.start_at < e.reached_from))",
            (past, first),
        )
        return [_event(row) for row in rows]

    def series(self) -> list[Event]:
        """Every series."""
        rows = self._db.read().conn.execute(
            f"SELECT {_EVENT} {_FROM} WHERE e.series = 1 AND e.state = 'ok'"
        )
        return [_event(row) for row in rows]

    def put(self, calendar: str, read: ReadEvent, reach: tuple[int, int]) -> int:
        """Insert or replace the event of this UID with its turns; its row id."""
        event = read.event
        assert event.start is not None
        assert event.end is not None
        values: dict[str, Any] = {
            "title": event.title, "all_day": int(event.all_day), "zone": event.zone,
            "start_at": event.start.count, "start_offset": _seconds(event.start),
            "end_at": event.end.count, "end_offset": _seconds(event.end),
            "location": event.location, "description": event.description, "status": event.status,
            "organizer": event.organizer, "series": int(event.series), "until": event.until,
            "attendees": json.dumps([asdict(each) for each in event.attendees], ensure_ascii=False),
            "cut": int(event.cut), "state": event.state.value, "reason": event.reason,
            "tzids": json.dumps(read.tzids), "text": event.text, "zones": event.zones,
            "revisions": json.dumps([asdict(each) for each in read.revisions]),
            "reached_from": reach[0], "reached_to": reach[1],
        }  # fmt: skip
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        sets = ", ".join(f"{name} = excluded.{name}" for name in values)
        with self._db.change(Topic.CALENDAR) as db:
            row = db.conn.execute(
                f"INSERT INTO events (calendar_id, uid, {names}) VALUES (?, ?, {marks})"
                f" ON CONFLICT (uid) DO UPDATE SET {sets}, version = version + 1 RETURNING id, version",
                (self._calendar(calendar), event.uid, *values.values()),
            ).fetchone()
            self._put_turns(int(row[0]), read.turns, fresh=row[1] == 1)
        return int(row[0])

    def reach(self, read: ReadEvent, reach: tuple[int, int]) -> None:
        """Replace the turns of an event, now known for this time; nothing else changed. Where they
        could not be worked out, those known stay."""
        event = read.event
        with self._db.change(Topic.NONE) as db:
            done = db.conn.execute(
                "UPDATE events SET reached_from = ?, reached_to = ?, cut = ?"
                " WHERE id = ? AND version = ?",
                (*reach, int(event.cut), event.id, event.version),
            )
            if done.rowcount and not read.fault:
                self._put_turns(event.id, read.turns)

    def put_unreadable(self, calendar: str, event: Event) -> int:
        """Keep what could not be read, once; its row id, 0 when it was here already."""
        digest = hashlib.sha256(f"{event.uid}\n{event.text}".encode()).hexdigest()
        with self._db.change(Topic.CALENDAR) as db:
            row = db.conn.execute(
                "INSERT OR IGNORE INTO unreadable_events"
                " (calendar_id, uid, title, reason, text, digest) VALUES (?, ?, ?, ?, ?, ?)"
                " RETURNING id",
                (
                    self._calendar(calendar),
                    event.uid,
                    event.title,
                    event.reason,
                    event.text,
                    digest,
                ),
            ).fetchone()
        return int(row[0]) if row else 0

    def remove_unreadable(self, row_id: int) -> Event:
        """Take an unreadable one away; what it was. Raises NotFound."""
        gone = next((each for each in self.unreadable() if each.id == row_id), None)
        if gone is None:
            raise _missing()
        with self._db.change(Topic.CALENDAR) as db:
            db.conn.execute("DELETE FROM unreadable_events WHERE id = ?", (row_id,))
        return gone

    def remove(self, event_id: int, version: int) -> None:
        """Delete an event with its turns. Raises Stale when it is not this version any more."""
        with self._db.change(Topic.CALENDAR) as db:
            done = db.conn.execute(
                "DELETE FROM events WHERE id = ? AND version = ?", (event_id, version)
            )
            if done.rowcount != 1:
                raise _newer()

    def check(self, event_id: int, version: int) -> None:
        """Raises Stale when the event is not this version any more."""
        if self.event(event_id).version != version:
            raise _newer()

    def as_left(self, uid: str, fingerprint: bytes | None) -> Event | None:
        """The event of this UID, said to be as it was left; None: there was none any more. Raises
        Stale when somebody changed, deleted or brought it in since."""
        found = self.find(uid)
        if (found[0].fingerprint if found else None) != fingerprint:
            raise _newer()
        return found[0] if found else None

    def _put_turns(self, event_id: int, turns: tuple[Turn, ...], *, fresh: bool = False) -> None:
        conn = self._db.read().conn
        if not fresh:
            conn.execute("DELETE FROM occurrences WHERE event_id = ?", (event_id,))
        conn.executemany(
            "INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    event_id, turn.start.count, _seconds(turn.start), turn.end.count,
                    _seconds(turn.end), int(turn.all_day), turn.zone, turn.title, turn.location,
                    turn.status,
                )
                for turn in turns
            ],
        )  # fmt: skip

    def _calendar(self, name: str) -> int:
        conn = self._db.read().conn
        row = conn.execute("SELECT id FROM calendars WHERE name = ?", (name,)).fetchone()
        if row is None:
            row = conn.execute(
                "INSERT INTO calendars (name) VALUES (?) RETURNING id", (name,)
            ).fetchone()
        return int(row[0])

    def _number(self, sql: str, *values: object) -> int:
        return int(self._db.read().conn.execute(sql, values).fetchone()[0])

    def _one(self, where: str, value: object) -> Event:
        row = self._row(where, value, _EVENT)
        if row is None:
            raise _missing()
        return _event(row)

    def _row(self, where: str, value: object, columns: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = (
            self._db.read()
            .conn.execute(f"SELECT {columns} {_FROM} WHERE {where}", (value,))
            .fetchone()
        )
        return found


def as_read(
    event: Event,
    turns: list[Occurrence],
    revisions: tuple[Revision, ...],
    tzids: tuple[str, ...],
) -> ReadEvent:
    """A kept event as it would be put again: what an undo holds."""
    kept = tuple(
        Turn(
            one.start, one.end, one.all_day, one.zone,
            one.title if one.title != event.title else None,
            one.location if one.location != event.location else None,
            one.status if one.status != event.status else None,
        )
        for one in turns
    )  # fmt: skip
    return ReadEvent(replace(event, id=0), kept, revisions, tzids=tzids)


def _missing() -> NotFound:
    return NotFound(t("There is no such event"), t("It may have been deleted meanwhile."))


def _newer() -> Stale:
    return Stale(t("Something newer happened to this event"),
                 t("Nothing was changed. Look again, then decide."))  # fmt: skip


def _seconds(moment: Moment) -> int | None:
    return None if moment.offset is None else int(moment.offset / timedelta(seconds=1))


def _occurrence(row: tuple[Any, ...]) -> Occurrence:
    event_id, uid, title, start, start_offset, end, end_offset = row[:7]
    all_day, zone, calendar, location, status, series = row[7:]
    return Occurrence(
        event_id, uid, title, Moment.from_count(start, start_offset),
        Moment.from_count(end, end_offset), bool(all_day), zone, calendar, location, status,
        bool(series),
    )  # fmt: skip


def _event(row: tuple[Any, ...]) -> Event:
    (row_id, calendar, uid, title, start, start_offset, end, end_offset, all_day, zone, location,
     description, status, organizer, attendees, series, until, cut, state, reason, text, zones,
     version) = row[:23]  # fmt: skip
    return Event(
        uid, title, Moment.from_count(start, start_offset), Moment.from_count(end, end_offset),
        bool(all_day), zone, location, description, status,
        tuple(Attendee(**each) for each in json.loads(attendees)), organizer, bool(series), until,
        bool(cut), State(state), reason, text, zones, row_id, calendar, version,
    )  # fmt: skip
