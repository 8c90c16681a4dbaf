"""Calendar files: read by a child process that may be killed, written as others read them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from gigdesk.domain.calendar.events import Event, FileNotes, ReadEvent
from gigdesk.domain.calendar.lines import block, unfolded, written
from gigdesk.domain.calendar.writing import zones_of
from gigdesk.domain.errors import Refused, Trouble, Unreadable
from gigdesk.domain.words import t
from gigdesk.gateways.children import START_SECONDS, Child, Died
from gigdesk.worker.calendar.child import READY, Answer, Expand, ReadFile, serve
from gigdesk.worker.calendar.reading import Window

BYTES_MOST = 64 << 20
PART_BYTES_MOST = 2 << 20  # of what comes in a mail
GROUP_SECONDS = 10.0
SLOW_MOST = 20


class CalendarReader:
    """Reads files and works out series in a child process with a limit of time for each event. A
    child that did its work is kept for the next, until it has waited too long and ends by itself."""

    def __init__(self, group_seconds: float = GROUP_SECONDS) -> None:
        self._seconds = group_seconds
        self._lock = threading.Lock()
        self._spare: Child | None = None

    def read(
        self, path: Path, zone: str, first: datetime, past: datetime
    ) -> Iterator[FileNotes | ReadEvent]:
        """First what the file says of itself, then each event in it, readable or not."""
        _check_file(path)
        yield from self._read(ReadFile(path, Window(first, past, zone)))

    def read_part(
        self, name: str, data: bytes, first: datetime, past: datetime
    ) -> Iterator[FileNotes | ReadEvent]:
        """The same of a calendar that came in a mail."""
        if len(data) > PART_BYTES_MOST:
            raise Refused(t("{name} is larger than {n} MB", name=name, n=PART_BYTES_MOST >> 20),
                          t("Save it, then import it into the calendar."))  # fmt: skip
        # Without bytes the child would look for a file.
        yield from self._read(ReadFile(Path(name), Window(first, past), data=data or b"\n"))

    def _read(self, request: ReadFile) -> Iterator[FileNotes | ReadEvent]:
        path = request.path
        for piece in self._answers(request):
            if isinstance(piece, FileNotes) and piece.total < 0:
                raise Unreadable(t("There is no calendar in {name}", name=path.name),
                                 t("Nothing was changed. Pick a file that ends in .ics."))  # fmt: skip
            yield piece

    def expand(self, events: list[Event], first: datetime, past: datetime) -> Iterator[ReadEvent]:
        """The same events with their turns in the window, in the same order."""
        if not events:
            return
        for piece in self._answers(Expand(tuple(events), Window(first, past))):
            if isinstance(piece, ReadEvent):
                yield piece

    def written(self, events: Iterable[Event], method: str = "") -> bytes:
        """A calendar file of these events, with a VTIMEZONE for every zone they name; with a
        method, the part of a mail."""
        kept = list(events)
        # Only line feeds part lines here: a title may hold what Python takes for a line's end.
        body = [line for event in kept for line in event.text.split("\n") if line]
        given = {event.zones for event in kept if event.zones}
        own = sorted(
            {tuple(lines) for text in given for lines in block(text.split("\n"), "VTIMEZONE")}
        )
        known = {line for lines in own for line in lines}
        named = {zone for event in kept for zone in zones_of(event.text)}
        missing = sorted(zone for zone in named if f"TZID:{zone}" not in known)
        head = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//GigDesk//GigDesk//EN",
            "CALSCALE:GREGORIAN",
            *([f"METHOD:{method}"] if method else []),
        ]
        zones = [line for lines in (*own, *map(_zone_lines, missing)) for line in lines]
        return written([*head, *zones, *body, "END:VCALENDAR"])

    def _answers(self, request: ReadFile | Expand) -> Iterator[FileNotes | ReadEvent]:
        """All answers, with a fresh child after each event that takes too long."""
        told, slow, seconds = False, 0, self._seconds
        while True:
            reached = request.start - 1
            with self._child(request) as (child, keep):
                limit = START_SECONDS
                while (piece := _next(child, limit)) is not _LATE:
                    if piece is None:
                        keep()
                        return
                    if piece == READY:
                        continue
                    limit = seconds
                    if isinstance(piece, Answer):
                        reached = max(reached, piece.number)
                        yield from piece.found
                    elif not told:
                        told = True
                        yield piece
            slow += 1
            if slow > SLOW_MOST or (not told and isinstance(request, ReadFile)):
                raise Trouble(t("This calendar takes too long to read"),
                              t("What was read so far is kept."))  # fmt: skip
            seconds = max(seconds / 2, min(1.0, self._seconds))
            request = replace(request, start=reached + 2, too_slow=reached + 1)

    @contextmanager
    def _child(self, request: ReadFile | Expand) -> Iterator[tuple[Child, Callable[[], None]]]:
        """A child at work on this, and how to keep it; else it is killed at the end."""
        child, kept = self._taken(request), False

        def keep() -> None:
            nonlocal kept
            with self._lock:
                if self._spare is None:
                    self._spare, kept = child, True

        try:
            yield child, keep
        finally:
            if not kept:
                child.kill()

    def _taken(self, request: ReadFile | Expand) -> Child:
        """The spare child if it is still there, else a new one; it has the request."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            with suppress(Died, OSError):
                spare.pipe.send(request)
                spare.next(START_SECONDS)  # it may have ended just then, for want of work
                return spare
            spare.kill()
        child = Child(serve, name="gigdesk-calendar", duplex=True)
        with suppress(OSError):  # its first answer will say so
            child.pipe.send(request)
        return child


_LATE = object()


def _next(child: Child, seconds: float) -> Any:
    """The child's next piece; `_LATE` when it takes too long or has died."""
    try:
        return child.next(seconds)
    except Died:
        return _LATE


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise Unreadable(t("{name} cannot be opened", name=path.name),
                         t("Check that it is there and may be read.")) from error  # fmt: skip
    if size > BYTES_MOST:
        raise Refused(t("{name} is larger than {n} MB", name=path.name, n=BYTES_MOST >> 20),
                      t("Nothing was changed. Export it in parts."))  # fmt: skip


@cache
def _zone_lines(tzid: str) -> tuple[str, ...]:
    """The VTIMEZONE of an IANA zone; other programs shift times by an hour without it."""
    from icalendar import Timezone

    try:
        made = Timezone.from_tzid(tzid)
    except (ValueError, KeyError, LookupError):
        return ()
    return tuple(unfolded(made.to_ical()))
