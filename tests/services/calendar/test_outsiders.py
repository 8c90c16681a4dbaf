"""Outsiders' calendars all come into one desk: nothing crashes, nothing vanishes, all is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from gigdesk.domain.calendar.events import Imported
from gigdesk.domain.errors import Trouble
from tests.diaries import brought

if TYPE_CHECKING:
    from gigdesk.services.office import Office

pytestmark = [pytest.mark.slow, pytest.mark.shared_data]

NO_CALENDARS = {".md", ".upstream"}


@dataclass
class Outcome:
    """What became of all files."""

    results: dict[Path, Imported] = field(default_factory=dict)
    refused: dict[Path, Trouble] = field(default_factory=dict)


def all_of(office: Office, files: list[Path]) -> Outcome:
    outcome = Outcome()
    for path in files:
        try:
            outcome.results[path] = brought(office, path).value
        except Trouble as trouble:
            outcome.refused[path] = trouble
    return outcome


def test_every_file_comes_in_or_says_why_not(office: Office, shared: Path) -> None:
    files = [path for path in sorted((shared / "ics").rglob("*")) if path.is_file()]
    files = [path for path in files if path.suffix not in NO_CALENDARS]
    assert len(files) > 280
    outcome = all_of(office, files)
    results = outcome.results.values()

    # Each event of each file is counted once, and what was skipped has its reason.
    assert [path.name for path, each in outcome.results.items() if each.done != each.total] == []
    skipped = [one for each in results for one in each.skipped]
    assert all(one.reason for one in skipped)
    assert sum(each.imported for each in results) > 3_000

    # A file that is none is said to be none, and holds no event by any reading.
    assert len(outcome.refused) < 25
    for path, trouble in outcome.refused.items():
        assert "There is no calendar in" in trouble.title, path.name
        assert trouble.advice
        assert b"BEGIN:VEVENT" not in path.read_bytes(), path.name

    # What cannot be read is kept with its reason and its text.
    unreadable = office.calendar.unreadable()
    assert unreadable
    assert all(each.reason and each.text for each in unreadable)
    # What waits does so under the name it came with.
    waiting = office.calendar.unplaced()
    assert all(names for _, names in waiting)

    # The desk works: days are listed, and what leaves is a calendar to another reader.
    assert office.calendar.between(date(2026, 11, 1), date(2026, 11, 30))
    content, count = office.calendar.export()
    assert count == office.calendar.count() - len(waiting)
    assert max(map(len, content.split(b"\r\n"))) <= 75
    read = Calendar.from_ical(content)
    assert len({str(each["UID"]) for each in read.events}) == count

    # All of it a second time changes nothing that is here.
    again = all_of(office, files[:60])
    assert [each.imported for each in again.results.values() if each.imported] == []


def test_all_of_it_is_taken_back(office: Office, shared: Path) -> None:
    files = sorted((shared / "ics" / "python-recurring-ical-events").rglob("*.ics"))[:60]
    undos = []
    for path in files:
        try:
            undos.append(brought(office, path).undo)
        except Trouble:
            continue
    assert office.calendar.count() > 20
    for undo in reversed(undos):
        if undo is not None:
            undo()
    assert office.calendar.count() == 0
    assert office.calendar.unreadable() == []
