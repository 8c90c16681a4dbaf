"""Takes a calendar file into the desk: what is new, what is newer, what waits, what is skipped."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.calendar.events import (
    Event,
    FileNotes,
    Imported,
    ReadEvent,
    Revision,
    Skipped,
    State,
    Unplaced,
)
from gigdesk.domain.calendar.lines import block, parse_line
from gigdesk.domain.calendar.writing import zones_of
from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.store.calendar import UNREACHED, as_read

if TYPE_CHECKING:
    from gigdesk.domain.ports import CalendarFiles, Write
    from gigdesk.store.calendar import CalendarStore
    from gigdesk.store.desk_db import DeskDb

BATCH = 200
Reach = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class _Done:
    """One event as the import left it, and what stood there before."""

    uid: str
    left: bytes
    before: ReadEvent | None = None


@dataclass(frozen=True, slots=True)
class _Merge:
    """An event of ours with exceptions of the file: turns are still to be worked out."""

    before: ReadEvent
    wanted: ReadEvent
    read: ReadEvent
    verdicts: dict[str, str]


@dataclass(slots=True)
class _Run:
    """One import under way, and what taking it back needs."""

    calendar: str
    reach: Reach
    result: Imported
    done: list[_Done] = field(default_factory=list)
    merges: list[_Merge] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)


class Importer:
    """Brings the events of a file and those of the desk together, UID by UID."""

    def __init__(
        self, db: DeskDb, store: CalendarStore, files: CalendarFiles, write: Write
    ) -> None:
        self._db = db
        self._store = store
        self._files = files
        self._write = write

    def run(
        self, path: Path, zone: str, reach: Reach, stop: Callable[[], bool]
    ) -> Generator[Imported, None, Changed[Imported]]:
        """The import, batch by batch; the same growing result after each, at the end with its undo.
        Reading is done outside of transactions, in a child process."""
        found = self._files.read(path, zone, *reach)
        run = _Run(path.stem[:100] or t("Calendar"), reach, Imported())
        try:
            for piece in islice(found, 1):
                _note(run, piece)
            while not stop() and (batch := list(islice(found, BATCH))):
                self._write(partial(self._save, run, batch))
                yield run.result
        finally:
            if isinstance(found, Iterator) and hasattr(found, "close"):
                found.close()
        if run.merges:
            again = self._files.expand([each.wanted.event for each in run.merges], *reach)
            read = [
                still_waiting(done, merge.wanted.tzids, merge.wanted.revisions)
                for done, merge in zip(again, run.merges, strict=True)
            ]
            self._write(partial(self._save_merges, run, read))
        yield run.result
        undo = partial(self._undo, run) if run.done or run.unreadable else None
        return Changed(run.result, Topic.CALENDAR, words_of(run.result), undo)

    def _save(self, run: _Run, batch: Iterable[FileNotes | ReadEvent]) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            for piece in batch:
                if isinstance(piece, ReadEvent):
                    self._take(run, piece)
        return Changed(None, Topic.CALENDAR)

    def _save_merges(self, run: _Run, read: list[ReadEvent]) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            for each, merge in zip(read, run.merges, strict=True):
                try:
                    self._store.as_left(each.event.uid, merge.before.event.fingerprint)
                except Stale:
                    reason = t("It was changed here meanwhile.")
                    run.result.skipped += [Skipped(each.event.uid, reason)] * len(merge.verdicts)
                    continue
                self._put(run, each, merge.before)
                _count(run.result, merge.read, merge.verdicts)
        return Changed(None, Topic.CALENDAR)

    def _take(self, run: _Run, read: ReadEvent) -> None:
        if read.fault:
            row = self._store.put_unreadable(run.calendar, read.event) if read.event.text else 0
            run.unreadable += [row] if row else []
            run.result.skipped.append(Skipped(read.event.uid, read.fault))
            return
        here = self._store.find(read.event.uid)
        if here is None:
            self._put(run, replace(read, event=replace(read.event, calendar=run.calendar)))
            _count_new(run.result, read)
        else:
            self._update(run, read, *here)

    def _update(self, run: _Run, read: ReadEvent, here: Event, known: tuple[Revision, ...]) -> None:
        verdicts = {each.key: _verdict(each, known, here, read) for each in read.revisions}
        if "newer" not in verdicts.values():
            _count(run.result, read, verdicts, waits=here.state is State.NEEDS_ZONE)
            return
        # A series is worked out again when it is put back; its turns need not be held till then.
        turns = [] if here.series else self._store.turns(here.id)
        before = as_read(here, turns, known, self._store.tzids(here.id))
        if verdicts.get("") == "newer":
            self._put(run, replace(read, event=replace(read.event, calendar=here.calendar)), before)
            _count(run.result, read, dict.fromkeys(verdicts, "newer"))
        else:
            run.merges.append(_Merge(before, merged(before, read, verdicts), read, verdicts))

    def _put(self, run: _Run, read: ReadEvent, before: ReadEvent | None = None) -> None:
        self._store.put(read.event.calendar, read, _counts(run.reach))
        run.done.append(_Done(read.event.uid, read.event.fingerprint, before))

    def _undo(self, run: _Run) -> Changed[None]:
        """Take out what came, put back what was replaced. Raises Stale when any of it was changed
        since: then nothing is."""
        with self._db.change(Topic.CALENDAR):
            for each in reversed(run.done):
                here = self._store.as_left(each.uid, each.left)
                if each.before is not None:
                    reach = UNREACHED if each.before.event.series else _counts(run.reach)
                    self._store.put(each.before.event.calendar, each.before, reach)
                elif here is not None:
                    self._store.remove(here.id, here.version)
            for row in run.unreadable:
                with suppress(NotFound):  # thrown away meanwhile
                    self._store.remove_unreadable(row)
        back = sum(1 for each in run.done if each.before is not None)
        return Changed(None, Topic.CALENDAR, _undone(len(run.done) - back, back, run.unreadable))


def still_waiting(
    done: ReadEvent, tzids: tuple[str, ...], revisions: tuple[Revision, ...]
) -> ReadEvent:
    """An event read again. Where it names zones nobody knows it waits, and has no turns yet."""
    if not tzids:
        event = replace(done.event, id=0, state=State.OK, reason="")
        return replace(done, event=event, revisions=revisions)
    reason = t("Nobody knows the zone “{name}”.", name=tzids[0])
    event = replace(done.event, id=0, state=State.NEEDS_ZONE, zone=tzids[0], reason=reason)
    return ReadEvent(event, revisions=revisions, tzids=tzids)


def _note(run: _Run, piece: FileNotes | ReadEvent) -> None:
    if isinstance(piece, FileNotes):
        run.calendar = piece.name or run.calendar
        run.result.total = piece.total
        run.result.others = piece.others
    run.result.calendar = run.calendar


def _verdict(mine: Revision, known: tuple[Revision, ...], here: Event, read: ReadEvent) -> str:
    """Whether a part of the file is newer than ours, the same, or older."""
    theirs = next((each for each in known if each.key == mine.key), None)
    if theirs is None:
        return "newer"
    if theirs.digest == mine.digest:
        placed = here.state is State.NEEDS_ZONE and read.event.state is State.OK
        return "newer" if placed else "same"
    return "older" if mine.newer_than(theirs) is False else "newer"


def merged(before: ReadEvent, read: ReadEvent, verdicts: dict[str, str]) -> ReadEvent:
    """Our event with those exceptions of the file that are new or newer."""
    here = before.event
    parts = dict(_parts(here.text))
    theirs = dict(_parts(read.event.text))
    revisions = {each.key: each for each in before.revisions}
    for revision in read.revisions:
        if verdicts[revision.key] == "newer" and revision.key in theirs:
            parts[revision.key] = theirs[revision.key]
            revisions[revision.key] = revision
    zones = "\n".join(filter(None, dict.fromkeys([here.zones, read.event.zones])))
    event = replace(here, text="\n".join(parts.values()), zones=zones)
    named = zones_of(event.text)
    tzids = tuple(name for name in dict.fromkeys((*before.tzids, *read.tzids)) if name in named)
    return ReadEvent(event, revisions=tuple(revisions.values()), tzids=tzids)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for lines in block(text.split("\n"), "VEVENT"):
        key = ""
        for line in lines:
            if line[:13].upper() == "RECURRENCE-ID":
                parsed = parse_line(line)
                key = parsed.value.strip()[:60] if parsed else ""
                break
        yield key, "\n".join(lines)


def _count_new(result: Imported, read: ReadEvent) -> None:
    if read.tzids:
        result.needs_zone += [Unplaced(read.event.uid, read.tzids[0])] * read.parts
    else:
        result.imported += read.parts


def _count(
    result: Imported, read: ReadEvent, verdicts: dict[str, str], *, waits: bool = False
) -> None:
    for verdict in verdicts.values():
        if verdict == "older":
            reason = t("A newer version is already here.")
            result.skipped.append(Skipped(read.event.uid, reason))
        elif verdict == "same" and not (waits and read.tzids):
            result.unchanged += 1
        elif read.tzids:
            result.needs_zone.append(Unplaced(read.event.uid, read.tzids[0]))
        else:
            result.updated += 1


def _counts(reach: Reach) -> tuple[int, int]:
    return int(reach[0].astimezone(UTC).timestamp()), int(reach[1].astimezone(UTC).timestamp())


def _undone(gone: int, back: int, unreadable: list[int]) -> str:
    """What taking an import back did, in a line."""
    count = len(unreadable)
    said = [
        (gone, n("{n} event taken out again", "{n} events taken out again", gone)),
        (back, n("{n} put back as it was", "{n} put back as they were", back)),
        (count, n("{n} unreadable one taken away", "{n} unreadable ones taken away", count)),
    ]
    return ", ".join(words for number, words in said if number)


def words_of(result: Imported) -> str:
    """The result in a line, such as `12 imported, 1 skipped, 2 wait for a zone`."""
    said = [
        (result.imported, n("{n} imported", "{n} imported", result.imported)),
        (result.updated, n("{n} updated", "{n} updated", result.updated)),
        (result.unchanged, n("{n} unchanged", "{n} unchanged", result.unchanged)),
        (len(result.skipped), n("{n} skipped", "{n} skipped", len(result.skipped))),
        (
            len(result.needs_zone),
            n("{n} waits for a zone", "{n} wait for a zone", len(result.needs_zone)),
        ),
    ]
    return ", ".join(words for count, words in said if count) or t("No events in the file")
