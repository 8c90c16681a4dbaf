"""Events and their times: instants in a zone, floating civil times, and whole days, kept apart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

from gigdesk.domain.civil import start_of_day

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - civil readings are counted from here too


class State(StrEnum):
    """Whether an event's times are known."""

    OK = "ok"
    NEEDS_ZONE = "needs_zone"  # its zone has a name nobody knows: kept, asked for, not guessed
    BROKEN = "broken"  # could not be read: the original text is kept with the reason


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of a calendar: a civil reading, and how far ahead of UTC its clock is.

    Without an offset it floats: it is that reading wherever the person is. Whole days float.
    """

    civil: datetime
    offset: timedelta | None = None

    def __post_init__(self) -> None:
        if self.civil.tzinfo is not None:
            raise ValueError("a civil reading has no zone")

    @classmethod
    def of(cls, value: datetime | date) -> Moment:
        """The moment of a date, a naive or an aware datetime."""
        if not isinstance(value, datetime):
            return cls(datetime(value.year, value.month, value.day))  # noqa: DTZ001
        return cls(value.replace(tzinfo=None, microsecond=0, fold=0), value.utcoffset())

    @property
    def count(self) -> int:
        """Seconds to sort and search by: since 1970 in UTC; for floating ones on their own clock."""
        return int((self.civil - (self.offset or timedelta()) - _EPOCH).total_seconds())

    @classmethod
    def from_count(cls, count: int, offset: int | None) -> Moment:
        """The moment back from its count and its offset in seconds."""
        if offset is None:
            return cls(_EPOCH + timedelta(seconds=count))
        return cls(_EPOCH + timedelta(seconds=count + offset), timedelta(seconds=offset))

    def here(self, zone: ZoneInfo) -> datetime:
        """What the clocks of a zone show then; floating ones stand on its clock as they are."""
        if self.offset is None:
            return self.civil.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        return self.civil.replace(tzinfo=timezone(self.offset)).astimezone(zone)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody asked to come. `answer` is accepted, declined, tentative or needs-action."""

    email: str
    name: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of an event: the whole of a single one, or one turn of a series."""

    event_id: int
    uid: str
    title: str
    start: Moment
    end: Moment
    all_day: bool
    zone: str
    calendar: str
    location: str = ""
    status: str = ""
    series: bool = False

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when to when, in UTC, for somebody in this zone."""
        if self.all_day:
            first, past = self.start.civil.date(), self.end.civil.date()
            return start_of_day(first, zone), start_of_day(past, zone)
        return self.start.here(zone).astimezone(UTC), self.end.here(zone).astimezone(UTC)

    @property
    def cancelled(self) -> bool:
        """Whether it was called off; it stays visible, crossed out."""
        return self.status == "cancelled"

    @property
    def tentative(self) -> bool:
        """Whether it may not take place."""
        return self.status == "tentative"


@dataclass(frozen=True, slots=True)
class Turn:
    """One time of a series as it was reckoned, with what differs from the series itself."""

    start: Moment
    end: Moment
    all_day: bool
    zone: str
    title: str | None = None
    location: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event, or a series with its exceptions, under one UID."""

    uid: str
    title: str = ""
    start: Moment | None = None
    end: Moment | None = None
    all_day: bool = False
    zone: str = ""
    location: str = ""
    description: str = ""
    status: str = ""
    attendees: tuple[Attendee, ...] = ()
    organizer: str = ""
    series: bool = False
    until: int | None = None  # the count of a series' last possible start; None: no end is known
    cut: bool = False  # it repeats more often than is shown
    state: State = State.OK
    reason: str = ""
    text: str = ""  # its components as they came, times in known zones, unfolded lines
    zones: str = ""  # VTIMEZONEs of zones that are no IANA zone
    id: int = 0
    calendar: str = ""
    version: int = 1

    @property
    def fingerprint(self) -> bytes:
        """What it says, in short: to tell later whether somebody changed it since."""
        return hashlib.sha256(f"{self.text}\n{self.zones}".encode("utf-8", "replace")).digest()


@dataclass(frozen=True, slots=True)
class Revision:
    """One VEVENT of an event: the series itself (no key) or one exception, and how new it is."""

    key: str
    sequence: int
    stamp: str
    digest: str

    def newer_than(self, other: Revision) -> bool | None:
        """Whether it replaces the other; None when neither is newer: then differing text decides."""
        mine, theirs = (self.sequence, self.stamp), (other.sequence, other.stamp)
        if self.sequence == other.sequence and not (self.stamp and other.stamp):
            return None
        return None if mine == theirs else mine > theirs


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """What the reader found under one UID of a file."""

    event: Event
    turns: tuple[Turn, ...] = ()
    revisions: tuple[Revision, ...] = ()
    tzids: tuple[str, ...] = ()  # names of zones nobody knows
    fault: str = ""  # why it cannot be read; its text is kept
    parts: int = 1  # how many VEVENTs it is made of


@dataclass(frozen=True, slots=True)
class FileNotes:
    """What a file said of itself, and what in it is no event."""

    name: str = ""
    total: int = 0
    others: tuple[tuple[str, int], ...] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of a file that did not become an event, and why."""

    uid: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An event that waits for its zone."""

    uid: str
    tzid: str


@dataclass(slots=True)
class Imported:
    """How an import went. Each VEVENT of the file is counted once."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    needs_zone: list[Unplaced] = field(default_factory=list)
    others: tuple[tuple[str, int], ...] = ()  # tasks and such: counted, not kept
    calendar: str = ""
    total: int = 0

    @property
    def done(self) -> int:
        """How many VEVENTs are accounted for."""
        kept = self.imported + self.updated + self.unchanged
        return kept + len(self.skipped) + len(self.needs_zone)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What the person enters for an event of their own; `end` is exclusive for whole days."""

    title: str
    start: datetime
    end: datetime
    zone: str = ""
    all_day: bool = False
    location: str = ""
    description: str = ""
