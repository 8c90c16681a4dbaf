"""What runs in the child: answers requests piece by piece over a pipe, ends when none comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.domain.calendar.events import Event, FileNotes, ReadEvent
from gigdesk.domain.calendar.lines import unfolded
from gigdesk.domain.words import t
from gigdesk.worker.limits import keep_quiet, keep_small

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from gigdesk.worker.calendar.reading import Window

MEMORY_MOST = 2 << 30
IDLE_SECONDS = 5.0
READY = "ready"  # the request has come; what follows are its answers


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Read a file, or these bytes. Groups before `start` are done; the one of `too_slow` took too long."""

    path: Path
    window: Window
    start: int = 0
    too_slow: int = -1
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Expand:
    """Read kept events again, with their turns in a window."""

    events: tuple[Event, ...]
    window: Window
    start: int = 0
    too_slow: int = -1


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one group, by its number."""

    number: int
    found: tuple[ReadEvent, ...]


def serve(pipe: Connection) -> None:
    """The child's main: for each request that it is there, the answers one by one, then None."""
    keep_small(MEMORY_MOST)
    keep_quiet()
    with suppress(EOFError, OSError):
        while pipe.poll(IDLE_SECONDS):
            request: ReadFile | Expand = pipe.recv()
            pipe.send(READY)
            for piece in _read(request) if isinstance(request, ReadFile) else _expand(request):
                pipe.send(piece)
            pipe.send(None)
    pipe.close()


def _read(request: ReadFile) -> Iterator[FileNotes | Answer]:
    from gigdesk.worker.calendar.reading import faulty, read_group
    from gigdesk.worker.calendar.splitting import completed, split

    pieces = split(unfolded(request.data or request.path.read_bytes()))
    if not pieces.calendars and not pieces.total:
        yield FileNotes(total=-1)
        return
    yield FileNotes(pieces.name, pieces.total, tuple(pieces.others.items()), pieces.method)
    for number, group in enumerate(pieces.groups):
        if number == request.too_slow:
            reason = t("It takes too long to work out.")
            yield Answer(number, tuple(faulty(piece, reason) for piece in group))
        elif number >= request.start:
            whole = [completed(piece) for piece in group] if pieces.method == "CANCEL" else group
            yield Answer(number, tuple(read_group(whole, request.window)))


def _expand(request: Expand) -> Iterator[Answer]:
    for number, event in enumerate(request.events):
        if number == request.too_slow:
            reason = t("It takes too long to work out.")
            yield Answer(number, (ReadEvent(replace(event, cut=True), fault=reason),))
        elif number >= request.start:
            yield Answer(number, (_again(event, request.window),))


def _again(event: Event, window: Window) -> ReadEvent:
    from gigdesk.worker.calendar.reading import components_of, describe, reason_of, turns_of

    try:
        components = components_of(event.text, event.zones)
        seen = describe(components)
        found, cut = turns_of(seen, components, window)
    except Exception as error:  # noqa: BLE001 - it was read before; what fails now stays as it was
        return ReadEvent(replace(event, cut=True), fault=reason_of(error))
    kept: Any = {"text": event.text, "zones": event.zones, "uid": event.uid, "id": event.id,
                 "calendar": event.calendar, "version": event.version}  # fmt: skip
    return ReadEvent(replace(seen, cut=cut or event.cut, **kept), tuple(found))
