"""The calendar: what is when, by the clocks of every place that matters."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.events import Event, Imported, NewEvent, Occurrence, ReadEvent, State
from gigdesk.domain.calendar.writing import moved_event, new_event
from gigdesk.domain.civil import start_of_day
from gigdesk.domain.errors import Refused
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.services.calendar.importing import Importer
from gigdesk.store.calendar import as_read

if TYPE_CHECKING:
    from gigdesk.domain.ports import CalendarFiles, Now, Write
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.calendar import CalendarStore
    from gigdesk.store.desk_db import DeskDb

OWN = "GigDesk"
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
    ) -> Iterator[Imported]:
        """Bring in a calendar file, batch by batch; the same growing result after each."""
        if zone:
            _known(zone)
        return self._importer.run(path, zone, self._reach(), stop)

    def between(self, first: date, last: date) -> list[Occurrence]:
        """What happens from the first day to the end of the last, by the person's clock; series
        worked out."""
        zone = self._settings.zone()
        start, past = start_of_day(first, zone), start_of_day(last + _DAY, zone)
        self._reach_to(start - _DAY, past + _DAY)
        counts = int((start - _DAY).timestamp()), int((past + _DAY).timestamp())
        found = self._store.occurrences(*counts)
        return [each for each in found if _touches(each.span(zone), start, past)]

    def count(self) -> int:
        """How many events there are, a series being one."""
        return self._store.count()

    def event(self, event_id: int) -> Event:
        """One event. Raises NotFound."""
        return self._store.event(event_id)

    def unplaced(self) -> list[tuple[Event, tuple[str, ...]]]:
        """Events that wait for a zone."""
        return self._store.unplaced()

    def unreadable(self) -> list[Event]:
        """Events that could not be read, with their reason."""
        return self._store.unreadable()

    def add(self, new: NewEvent) -> Changed[int]:
        """Put an event into the own calendar."""
        _check(new)
        read = new_event(new, f"{uuid.uuid4()}@gigdesk", self._now())
        event_id = self._store.put(OWN, read, self._counts())
        undo = partial(self._remove_again, event_id)
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
        kept = as_read(before, self._store.turns(event_id), revisions)
        with self._db.change(Topic.CALENDAR):
            self._store.check(event_id, before.version)
            moved = moved_event(before, revisions[0], new, self._now())
            self._store.put(before.calendar, moved, self._counts())
        return Changed(
            event_id,
            Topic.CALENDAR,
            t("Moved: {title}", title=new.title),
            partial(self._put_again, before.calendar, kept),
        )

    def delete(self, event_id: int) -> Changed[None]:
        """Take an event away, a series whole."""
        event = self._store.event(event_id)
        revisions = self._store.revisions(event_id)
        kept = as_read(event, self._store.turns(event_id), revisions)
        self._store.remove(event_id, event.version)
        return Changed(
            None,
            Topic.CALENDAR,
            t("Deleted: {title}", title=event.title),
            partial(self._put_again, event.calendar, kept),
        )

    def export(self) -> tuple[bytes, int]:
        """All events as a calendar file, and how many there are."""
        events = [each for each in self._store.all() if each.state == State.OK]
        return self._files.written(events), len(events)

    def second_zone(self) -> ZoneInfo | None:
        """The zone shown beside one's own."""
        name = self._settings.get("second_zone")
        return ZoneInfo(name) if name else None

    def _remove_again(self, event_id: int) -> Changed[None]:
        self._store.remove(event_id, self._store.event(event_id).version)
        return Changed(None, Topic.CALENDAR)

    def _put_again(self, calendar: str, kept: ReadEvent) -> Changed[int]:
        return Changed(self._store.put(calendar, kept, self._counts()), Topic.CALENDAR)

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


def city_of(zone: str) -> str:
    """How people call a zone: `New York` of `America/New_York`."""
    return zone.rpartition("/")[2].replace("_", " ")


def _touches(span: tuple[datetime, datetime], start: datetime, past: datetime) -> bool:
    return span[0] < past and (span[1] > start or span[0] >= start)


def _known(zone: str) -> None:
    from zoneinfo import available_timezones

    if zone not in available_timezones():
        raise Refused(t("“{zone}” is no time zone", zone=zone), t("Such as Europe/Berlin."))


def _check(new: NewEvent) -> None:
    if not new.title.strip():
        raise Refused(t("An event needs a title"), t("Nothing was added."))
    if new.end < new.start or (new.end == new.start and not new.all_day):
        raise Refused(t("It would end before it begins"), t("Nothing was added."))
    if new.zone:
        _known(new.zone)
