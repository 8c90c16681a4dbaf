"""Takes a calendar file into the desk: what is new, what is newer, what waits, what is skipped."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
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
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.ports import CalendarFiles, Write
    from gigdesk.store.calendar import CalendarStore
    from gigdesk.store.desk_db import DeskDb

BATCH = 200
Reach = tuple[datetime, datetime]


@dataclass(slots=True)
class _Run:
    """One import under way."""

    calendar: str
    reach: Reach
    result: Imported
    made: list[tuple[int, int]]
    merged: list[ReadEvent]
    replaced: bool = False


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
        run = _Run(path.stem[:100] or t("Calendar"), reach, Imported(), [], [])
        try:
            for piece in islice(found, 1):
                _note(run, piece)
            while not stop() and (batch := list(islice(found, BATCH))):
                self._write(partial(self._save, run, batch))
                yield run.result
        finally:
            if isinstance(found, Iterator) and hasattr(found, "close"):
                found.close()
        if run.merged:
            again = self._files.expand([each.event for each in run.merged], *reach)
            read = [
                replace(done, revisions=merged.revisions)
                for done, merged in zip(again, run.merged, strict=True)
            ]
            self._write(partial(self._save_merged, run, read))
        yield run.result
        return _changed(run, self._undo)

    def _save(self, run: _Run, batch: Iterable[FileNotes | ReadEvent]) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            for piece in batch:
                if isinstance(piece, ReadEvent):
                    self._take(run, piece)
        return Changed(None, Topic.CALENDAR)

    def _save_merged(self, run: _Run, read: list[ReadEvent]) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            for each in read:
                self._store.put(each.event.calendar, each, _counts(run.reach))
        return Changed(None, Topic.CALENDAR)

    def _take(self, run: _Run, read: ReadEvent) -> None:
        if read.fault:
            if read.event.text:
                self._store.put_unreadable(run.calendar, read.event)
            run.result.skipped.append(Skipped(read.event.uid, read.fault))
            return
        here = self._store.find(read.event.uid)
        if here is None:
            row = self._store.put(run.calendar, read, _counts(run.reach))
            run.made.append((row, 1))
            _count_new(run.result, read)
        else:
            self._update(run, read, *here)

    def _update(self, run: _Run, read: ReadEvent, here: Event, known: tuple[Revision, ...]) -> None:
        verdicts = {each.key: _verdict(each, known, here, read) for each in read.revisions}
        if "newer" not in verdicts.values():
            _count(run.result, read, verdicts, waits=here.state is State.NEEDS_ZONE)
            return
        run.replaced = True
        if verdicts.get("") == "newer":
            self._store.put(here.calendar, read, _counts(run.reach))
            _count(run.result, read, dict.fromkeys(verdicts, "newer"))
            return
        run.merged.append(_merged(here, known, read, verdicts))
        _count(run.result, read, verdicts)

    def _undo(self, made: list[tuple[int, int]]) -> Changed[None]:
        with self._db.change(Topic.CALENDAR):
            for row, version in made:
                self._store.remove(row, version)
        words = n("{n} event taken out again", "{n} events taken out again", len(made))
        return Changed(None, Topic.CALENDAR, words)


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


def _merged(
    here: Event, known: tuple[Revision, ...], read: ReadEvent, verdicts: dict[str, str]
) -> ReadEvent:
    """Our event with those exceptions of the file that are new or newer."""
    parts = dict(_parts(here.text))
    theirs = dict(_parts(read.event.text))
    revisions = {each.key: each for each in known}
    for revision in read.revisions:
        if verdicts[revision.key] == "newer" and revision.key in theirs:
            parts[revision.key] = theirs[revision.key]
            revisions[revision.key] = revision
    zones = "\n".join(filter(None, dict.fromkeys([here.zones, read.event.zones])))
    event = replace(here, text="\n".join(parts.values()), zones=zones)
    return ReadEvent(event, revisions=tuple(revisions.values()))


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


def _changed(
    run: _Run, undo: Callable[[list[tuple[int, int]]], Changed[None]]
) -> Changed[Imported]:
    back = partial(undo, run.made) if run.made and not run.replaced else None
    return Changed(run.result, Topic.CALENDAR, words_of(run.result), back)


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
