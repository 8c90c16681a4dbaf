"""The calendar: what is when, by the clocks of every place that matters."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.events import (
    Attendee,
    Event,
    Imported,
    NewEvent,
    Occurrence,
    ReadEvent,
    State,
)
from gigdesk.domain.calendar.places import city_of, others
from gigdesk.domain.calendar.writing import moved_event, new_event, placed
from gigdesk.domain.civil import start_of_day
from gigdesk.domain.errors import Refused
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.services.calendar.importing import Importer, still_waiting
from gigdesk.store.calendar import UNREACHED, as_read

if TYPE_CHECKING:
    from gigdesk.domain.ports import CalendarFiles, Now, Write
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.calendar import CalendarStore
    from gigdesk.store.desk_db import DeskDb

OWN = "GigDesk"
# What a calendar shows: clocks and rules mean little before and after.
EARLIEST, LATEST = date(1901, 1, 1), date(2199, 12, 31)
BEHIND, AHEAD = timedelta(days=370), timedelta(days=740)
_DAY = timedelta(days=1)


class CalendarService:
    """What the person can do with time."""

    def __init__(
        self,
        db: DeskDb,
        store: CalendarStore,
        files: CalendarFiles,
        settings: SettingsService,
        now: Now,
        write: Write,
    ) -> None:
        self._db, self._store, self._files = db, store, files
        self._settings, self._now, self._write = settings, now, write
        self._importer = Importer(db, store, files, write)

    def import_file(
        self, path: Path, zone: str = "", stop: Callable[[], bool] = lambda: False
    ) -> Generator[Imported, None, Changed[Imported]]:
        """Bring in a calendar file, batch by batch; the same growing result after each, at the end
        with its undo."""
        if zone:
            _known(zone)
        return self._importer.run(path, zone, self._reach(), stop)

    def between(self, first: date, last: date) -> list[Occurrence]:
        """What happens from the first day to the end of the last, by the person's clock; series
        worked out."""
        self.reach(first, last)
        return self.known(first, last)

    def known(self, first: date, last: date) -> list[Occurrence]:
        """The same, as far as series are worked out already: at once, whatever they are."""
        zone, (start, past) = self._settings.zone(), self._span(first, last)
        counts = int((start - _DAY).timestamp()), int((past + _DAY).timestamp())
        found = self._store.occurrences(*counts)
        return [each for each in found if _touches(each.span(zone), start, past)]

    def reached(self, first: date, last: date) -> bool:
        """Whether every series is worked out for these days."""
        start, past = self._span(first, last)
        return not self._store.short(
            int((start - _DAY).timestamp()), int((past + _DAY).timestamp())
        )

    def reach(self, first: date, last: date) -> None:
        """Work series out for these days where they are not yet: in a child, it may take a while."""
        start, past = self._span(first, last)
        self._reach_to(start - _DAY, past + _DAY)

    def turn(self, event_id: int, at: int | None = None) -> Occurrence | None:
        """The turn of an event that starts at this count; else the one that runs now or comes next;
        the last one when all are over."""
        turns, now = self._store.turns(event_id), self._now()
        zone = self._settings.zone()
        meant = (each for each in turns if each.start.count == at)
        coming = (each for each in turns if each.span(zone)[1] > now)
        return next(meant, None) or next(coming, turns[-1] if turns else None)

    def people(self, event_ids: Collection[int]) -> dict[int, tuple[str, tuple[Attendee, ...]]]:
        """Who asks and who is asked, of those events that have such."""
        return self._store.people(event_ids)

    def count(self) -> int:
        """How many events there are, a series being one."""
        return self._store.count()

    def event(self, event_id: int) -> Event:
        """One event. Raises NotFound."""
        return self._store.event(event_id)

    def unplaced(self) -> list[tuple[Event, tuple[str, ...]]]:
        """Events that wait for a zone."""
        return self._store.unplaced()

    def place(self, tzid: str, zone: str) -> Changed[int]:
        """Say which zone a name nobody knows means: the events that wait for it get their times.

        Long work: it reads them in a child process."""
        _known(zone)
        kept = [
            ReadEvent(event, revisions=self._store.revisions(event.id), tzids=tzids)
            for event, tzids in self._store.unplaced()
            if tzid in tzids
        ]
        asked = [replace(each.event, text=placed(each.event.text, tzid, zone)) for each in kept]
        read = list(self._files.expand(asked, *self._reach()))
        ready = [
            still_waiting(done, tuple(name for name in each.tzids if name != tzid), each.revisions)
            for done, each in zip(read, kept, strict=True)
        ]
        words = n("{n} event placed in {zone}", "{n} events placed in {zone}", len(ready),
                  zone=city_of(zone))  # fmt: skip
        self._write(partial(self._put_all, kept, ready))
        return Changed(len(ready), Topic.CALENDAR, words, partial(self._put_all, ready, kept))

    def discard_unreadable(self, row_id: int) -> Changed[None]:
        """Take away what could not be read."""
        gone = self._store.remove_unreadable(row_id)
        undo = partial(self._keep_unreadable, gone)
        return Changed(None, Topic.CALENDAR, t("Taken away"), undo)

    def unreadable(self) -> list[Event]:
        """Events that could not be read, with their reason."""
        return self._store.unreadable()

    def add(self, new: NewEvent) -> Changed[int]:
        """Put an event into the own calendar."""
        _check(new)
        read = new_event(new, f"{uuid.uuid4()}@gigdesk", self._now())
        event_id = self._store.put(OWN, read, self._counts())
        undo = partial(self._remove_again, read.event)
        return Changed(event_id, Topic.CALENDAR, t("Added: {title}", title=new.title), undo)

    def move(self, event_id: int, new: NewEvent) -> Changed[int]:
        """Change a single event. Raises Refused for a series, which comes later."""
        _check(new)
        before = self._store.event(event_id)
        if before.series:
            raise Refused(
                t("Series cannot be changed yet"), t("Change it where it comes from, import again.")
            )
        revisions = self._store.revisions(event_id)
        tzids = self._store.tzids(event_id)
        kept = as_read(before, self._store.turns(event_id), revisions, tzids)
        with self._db.change(Topic.CALENDAR):
            self._store.check(event_id, before.version)
            moved = moved_event(before, revisions[0], new, self._now())
            self._store.put(before.calendar, moved, self._counts())
        return Changed(
            event_id,
            Topic.CALENDAR,
            t("Moved: {title}", title=new.title),
            partial(self._put_again, kept, moved.event.fingerprint),
        )

    def delete(self, event_id: int) -> Changed[None]:
        """Take an event away, a series whole."""
        event = self._store.event(event_id)
        revisions = self._store.revisions(event_id)
        tzids = self._store.tzids(event_id)
        kept = as_read(event, self._store.turns(event_id), revisions, tzids)
        self._store.remove(event_id, event.version)
        return Changed(
            None,
            Topic.CALENDAR,
            _deleted(event),
            partial(self._put_again, kept, None),
        )

    def export(self) -> tuple[bytes, int]:
        """All events as a calendar file, and how many there are."""
        events = [each for each in self._store.all() if each.state == State.OK]
        return self._files.written(events), len(events)

    def export_one(self, event_id: int) -> bytes:
        """One event as a calendar file, a series whole. Raises Refused while it waits for a zone:
        nobody could tell when it is."""
        event = self._store.event(event_id)
        if event.state is State.NEEDS_ZONE:
            raise Refused(t("This event waits for its zone"),
                          t("Say where “{name}” is, then save it.", name=event.zone))  # fmt: skip
        return self._files.written([event])

    def beside(self, of_clients: Iterable[str] = ()) -> list[ZoneInfo]:
        """The zones shown beside one's own: those chosen; none chosen, those most clients live in,
        as far as their clocks show something else."""
        own = self._settings.zone()
        chosen = [self._settings.get(key) for key in ("second_zone", "third_zone")]
        if any(chosen):
            return [ZoneInfo(name) for name in chosen if name and name != own.key]
        return others(own, of_clients, self._now())[:2]

    def show_beside(self, zones: Sequence[str]) -> Changed[None]:
        """Choose the zones beside one's own; one's own alone shows none."""
        wanted = [*zones, "", ""][:2]
        done = [
            self._settings.set(key, zone)
            for key, zone in zip(("second_zone", "third_zone"), wanted, strict=True)
        ]
        cities = ", ".join(city_of(zone) for zone in zones if zone != self._settings.zone().key)
        words = t("Beside yours: {cities}", cities=cities) if cities else t("No zone beside yours")
        return Changed(None, Topic.SETTINGS, words, partial(_all_back, done))

    def _span(self, first: date, last: date) -> tuple[datetime, datetime]:
        if not EARLIEST <= first <= last <= LATEST:
            raise Refused(
                t("There are no such days here"),
                t("From {first} to {last}, the earlier one first.", first=EARLIEST, last=LATEST),
            )
        zone = self._settings.zone()
        return start_of_day(first, zone), start_of_day(last + _DAY, zone)

    def _put_all(self, left: list[ReadEvent], wanted: list[ReadEvent]) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            for was, each in zip(left, wanted, strict=True):
                self._store.as_left(was.event.uid, was.event.fingerprint)
                self._store.put(each.event.calendar, each, self._counts())
        return Changed(None, Topic.CALENDAR)

    def _keep_unreadable(self, event: Event) -> Changed[None]:
        self._store.put_unreadable(event.calendar, event)
        return Changed(None, Topic.CALENDAR)

    def _remove_again(self, left: Event) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            here = self._store.as_left(left.uid, left.fingerprint)
            if here is not None:
                self._store.remove(here.id, here.version)
        return Changed(None, Topic.CALENDAR)

    def _put_again(self, kept: ReadEvent, left: bytes | None) -> Changed[int]:
        with self._db.change(Topic.CALENDAR):
            self._store.as_left(kept.event.uid, left)
            # What it was worked out for is long forgotten where it was deleted last year.
            reach = UNREACHED if kept.event.series else self._counts()
            row = self._store.put(kept.event.calendar, kept, reach)
        return Changed(row, Topic.CALENDAR)

    def _reach(self) -> tuple[datetime, datetime]:
        now = self._now()
        return now - BEHIND, now + AHEAD

    def _counts(self) -> tuple[int, int]:
        first, past = self._reach()
        return int(first.timestamp()), int(past.timestamp())

    def _reach_to(self, start: datetime, past: datetime) -> None:
        first, last = self._reach()
        window = min(first, start.astimezone(UTC)), max(last, past.astimezone(UTC))
        counts = int(window[0].timestamp()), int(window[1].timestamp())
        short = self._store.short(int(start.timestamp()), int(past.timestamp()))
        if not short:
            return
        reached = list(self._files.expand(short, *window))

        def keep() -> None:
            for each in reached:
                self._store.reach(each, counts)

        self._write(keep)


def _all_back(done: Sequence[Changed[str]]) -> Changed[None]:
    for each in done:
        if each.undo is not None:
            each.undo()
    return Changed(None, Topic.SETTINGS)


def _deleted(event: Event) -> str:
    if event.series:
        return t("Deleted with all its repeats: {title}", title=event.title)
    return t("Deleted: {title}", title=event.title)


def _touches(span: tuple[datetime, datetime], start: datetime, past: datetime) -> bool:
    return span[0] < past and (span[1] > start or span[0] >= start)


def _known(zone: str) -> None:
    from gigdesk.domain.civil import known_zones

    if zone not in known_zones():
        raise Refused(t("“{zone}” is no time zone", zone=zone), t("Such as Europe/Berlin."))


def _check(new: NewEvent) -> None:
    if not new.title.strip():
        raise Refused(t("An event needs a title"), t("Nothing was added."))
    if new.end < new.start or (new.end == new.start and not new.all_day):
        raise Refused(t("It would end before it begins"), t("Nothing was added."))
    if new.zone:
        _known(new.zone)
