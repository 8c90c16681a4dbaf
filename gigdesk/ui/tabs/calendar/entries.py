"""The calendar as the page shows it: a stretch of days, its events in place, each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt

from gigdesk.domain.calendar.events import Attendee, Event, Occurrence
from gigdesk.domain.calendar.kinds import Kind, client_of, kind_of
from gigdesk.domain.calendar.layout import Block, blocks, days_of, lanes, on_top
from gigdesk.domain.calendar.places import city_of
from gigdesk.domain.profile import DAYS, Hours
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.rows import Index, Rows

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.domain.inbox.mails import MailLine
    from gigdesk.services.office import Office

DAY = timedelta(days=1)
WEEK = 7
AGENDA = 28
KIND_WORDS = {
    Kind.MEETING: "Meeting",
    Kind.FOCUS: "Focus",
    Kind.OWN: "Your own",
    Kind.UNANSWERED: "Not answered",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is known around an event: what it is for, with whom, and the clock over there."""

    kind: Kind
    client: Ref | None = None
    place: str = ""
    clock: str = ""

    @property
    def theirs(self) -> str:
        """`Berlin 08:00`; empty where the clocks show the same."""
        return f"{self.place} {self.clock}".strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One event on one day (or above the days it covers), where it stands among the others."""

    occurrence: Occurrence
    about: About
    day: date
    start: datetime
    end: datetime
    column: int = 0
    columns: int = 1
    goes_on: bool = False
    above: bool = False
    past: date = date.max
    free: timedelta = timedelta.max  # for how long nothing stands right of it

    @property
    def key(self) -> tuple[int, int, date]:
        """What stays the same when the calendar is read again."""
        return self.occurrence.event_id, self.occurrence.start.count, self.day

    @property
    def ref(self) -> Ref:
        """The pointer to this very turn."""
        each = self.occurrence
        return Ref("event", each.event_id, each.title, each.start.count)

    @property
    def doubt(self) -> str:
        """That it was called off, or may be; empty for what stands."""
        if self.occurrence.cancelled:
            return t("Cancelled")
        return t("Tentative") if self.occurrence.tentative else ""

    @property
    def clock(self) -> str:
        """Its hours on one's own clock, or that it takes the day."""
        if self.above:
            last = self.past - DAY
            days = date_text(last, form="d MMM")
            return t("all day") if last == self.day else t("until {day}", day=days)
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    def __str__(self) -> str:
        each = self.occurrence
        said = [
            f"{date_text(self.day, form='EEEE d MMMM')}, {self.clock}: "
            f"{each.title or t('no title')}",
            self.doubt,
            self.about.theirs,
            each.location,
            t(KIND_WORDS[self.about.kind]),
        ]
        return ". ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class Zones:
    """One's own zone and those beside it."""

    own: ZoneInfo
    beside: tuple[ZoneInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the page shows, read at once."""

    first: date
    days: tuple[date, ...]
    entries: tuple[Entry, ...]
    occurrences: tuple[Occurrence, ...]
    zones: Zones
    hours: Hours
    client_zones: tuple[str, ...]
    now: datetime
    whole: bool
    total: int
    waiting: tuple[tuple[str, int], ...]
    broken: int

    @property
    def today(self) -> date:
        """The day it is here."""
        return self.now.astimezone(self.zones.own).date()


@dataclass(frozen=True, slots=True)
class Detail:
    """One event with all that is known of it."""

    entry: Entry
    event: Event
    mail: MailLine | None


class Entries(Rows):
    """The entries as rows of an item view; each says itself in one sentence."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The tool tip says what was cut."""
        if role == Qt.ItemDataRole.ToolTipRole:
            role = Qt.ItemDataRole.DisplayRole
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """An event can be dragged out as a file."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - DAY * day.weekday()


def read(office: Office, first: date, span: int) -> Shelf:
    """The days from the first on, as far as series are worked out."""
    calendar, clients = office.calendar, office.clients.all()
    profile, now = office.profile.get(), office.now()
    last = first + DAY * (span - 1)
    found = calendar.known(first, last)
    people = calendar.people({each.event_id for each in found})
    named = tuple(client.zone for client in clients if client.zone)
    zones = Zones(office.zone(), tuple(calendar.beside(named)))
    about = {
        (each.event_id, each.start.count): _about(each, people, clients, zones, profile.email)
        for each in found
    }
    days = [first + DAY * number for number in range(span)]
    today = now.astimezone(zones.own).date()
    entries = [*_above(found, days, zones.own, about), *_timed(found, days, zones.own, about)]
    if span == WEEK:
        days = _shown(days, entries, profile.hours, today)
    return Shelf(
        first, tuple(days), tuple(entries), tuple(found), zones, profile.hours, named, now,
        calendar.reached(first, last), calendar.count(), _waiting(office),
        len(calendar.unreadable()),
    )  # fmt: skip


def read_detail(office: Office, entry: Entry) -> Detail:
    """One event whole, with the latest mail of whoever asks for it."""
    event = office.calendar.event(entry.occurrence.event_id)
    own = office.profile.get().email.casefold()
    others = [event.organizer, *(each.email for each in event.attendees)]
    asked = [each for each in others if "@" in each and each.casefold() != own]
    mails = office.inbox.search(f"from:{asked[0]}", 1) if asked else []
    return Detail(entry, event, mails[0] if mails else None)


def found_again(entries: Iterable[Entry], key: tuple[int, int, date]) -> Entry | None:
    """The entry of this key; when a single event was moved, where it is now."""
    same = [each for each in entries if each.key[0] == key[0]]
    moved = same[0] if len(same) == 1 and not same[0].occurrence.series else None
    return next((each for each in same if each.key == key), moved)


def read_entry(office: Office, ref: Ref) -> Entry | None:
    """The turn that is meant, else the one that comes next, as an entry of its day."""
    each = office.calendar.turn(ref.id, ref.at)
    if each is None:
        return None
    zone = office.zone()
    start, end = (moment.astimezone(zone) for moment in each.span(zone))
    day, past = days_of(each, zone)
    return Entry(each, About(Kind.OWN), day, start, end, above=on_top(each, zone), past=past)


def _about(
    each: Occurrence,
    people: dict[int, tuple[str, tuple[Attendee, ...]]],
    clients: Sequence[Client],
    zones: Zones,
    own_email: str,
) -> About:
    organizer, asked = people.get(each.event_id, ("", ()))
    client = client_of(each.title, [organizer, *(one.email for one in asked)], clients)
    kind = kind_of(each, asked, client, own_email)
    ref = Ref("client", client.id, client.name) if client is not None else None
    if each.all_day:
        return About(kind, ref)
    start = each.span(zones.own)[0]
    for name in (client.zone if client is not None else "", each.zone):
        there = start.astimezone(_zone(name)) if name else None
        if there is not None and there.utcoffset() != start.astimezone(zones.own).utcoffset():
            return About(kind, ref, city_of(name), f"{there:%H:%M}")
    return About(kind, ref)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _above(
    found: Sequence[Occurrence],
    days: Sequence[date],
    zone: ZoneInfo,
    about: dict[tuple[int, int], About],
) -> list[Entry]:
    tall = [(each, *days_of(each, zone)) for each in found if on_top(each, zone)]
    tall.sort(key=lambda item: (item[1], -item[2].toordinal(), item[0].title))
    cut = [(max(first, days[0]), past) for _, first, past in tall]
    places = lanes([(first.toordinal(), past.toordinal()) for first, past in cut])
    found_entries = []
    for (each, first, _), (shown, past), place in zip(tall, cut, places, strict=True):
        start, end = (moment.astimezone(zone) for moment in each.span(zone))
        known = about[each.event_id, each.start.count]
        found_entries.append(
            Entry(each, known, shown, start, end, place, 1, first < shown, above=True, past=past)
        )
    return found_entries


def _timed(
    found: Sequence[Occurrence],
    days: Iterable[date],
    zone: ZoneInfo,
    about: dict[tuple[int, int], About],
) -> list[Entry]:
    return [_entry(block, day, zone, about) for day in days for block in blocks(day, found, zone)]


def _entry(block: Block, day: date, zone: ZoneInfo, about: dict[tuple[int, int], About]) -> Entry:
    each = block.occurrence
    return Entry(
        each, about[each.event_id, each.start.count], day, block.start.astimezone(zone),
        block.end.astimezone(zone), block.column, block.columns, block.goes_on, past=day + DAY, free=block.free,
    )  # fmt: skip


def _shown(days: Sequence[date], entries: Sequence[Entry], hours: Hours, today: date) -> list[date]:
    """Monday to Friday; the weekend whole where one works, today is, or an event stands on it."""
    taken = {each.day for each in entries} | {today}
    taken |= {day for day in days if any(e.above and e.day <= day < e.past for e in entries)}
    whole = any(
        DAYS[day.weekday()] in hours.days or day in taken for day in days if day.weekday() > 4
    )
    return [day for day in days if whole or day.weekday() < 5]


def _waiting(office: Office) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for _, names in office.calendar.unplaced():
        counts[names[0]] = counts.get(names[0], 0) + 1
    return tuple(counts.items())
