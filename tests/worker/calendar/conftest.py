"""Hand-made calendar files, read by a real child process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gigdesk.domain.calendar.events import FileNotes, ReadEvent
from gigdesk.gateways.calendars import CalendarReader

FIRST, PAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)

Read = Callable[..., tuple[FileNotes, list[ReadEvent]]]


def starts(read: ReadEvent) -> list[str]:
    """When the turns begin, on their own clock."""
    return [f"{turn.start.civil:%Y-%m-%dT%H:%M}" for turn in read.turns]


@pytest.fixture(scope="session")
def reader() -> CalendarReader:
    """One reader for all: its child goes from file to file, as in an import of many."""
    return CalendarReader()


@pytest.fixture
def read(reader: CalendarReader, tmp_path: Path) -> Read:
    """Read a file's text or bytes: what it says of itself, and its events."""

    def run(
        content: str | bytes,
        zone: str = "",
        span: Sequence[datetime] = (FIRST, PAST),
        seconds: float | None = None,
    ) -> tuple[FileNotes, list[ReadEvent]]:
        path = tmp_path / "cases.ics"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        used = reader if seconds is None else CalendarReader(seconds)
        notes, *events = used.read(path, zone, span[0], span[1])
        assert isinstance(notes, FileNotes)
        return notes, [each for each in events if isinstance(each, ReadEvent)]

    return run
