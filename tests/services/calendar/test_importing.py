"""Bringing files in: what is new, newer or older, what waits, and how all of it is taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.calendar.events import NewEvent, State
from gigdesk.domain.errors import Stale
from tests.diaries import BROKEN, STANDS, WAITS, WEEKLY, brought, civil, written

if TYPE_CHECKING:
    from gigdesk.services.office import Office

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
MOVED = """UID:weekly@example
DTSTAMP:20261102T090000Z
RECURRENCE-ID;TZID=Europe/Berlin:20261116T090000
DTSTART;TZID=Europe/Berlin:20261117T140000
DTEND;TZID=Europe/Berlin:20261117T143000
SUMMARY:Stand-up, moved"""
ELSEWHERE = MOVED.replace("Europe/Berlin", "Nowhere Time")


def titles(office: Office) -> list[str]:
    return [each.title for each in office.calendar.between(FIRST, LAST)]


def starts(office: Office, uid: str) -> list[str]:
    zone = office.zone()
    found = [each for each in office.calendar.between(FIRST, LAST) if each.uid == uid]
    return [f"{each.span(zone)[0].astimezone(zone):%m-%d %H:%M}" for each in found]


def with_sequence(event: str, number: int) -> str:
    return f"{event}\nSEQUENCE:{number}"


# --- taken back -----------------------------------------------------------------------------------
def test_taken_back_nothing_of_it_stays(office: Office, tmp_path: Path) -> None:
    office.calendar.add(NewEvent("Mine", civil(11, 25, 9), civil(11, 25, 10), "Europe/Berlin"))
    changed = brought(office, written(tmp_path, STANDS, WAITS, BROKEN, WEEKLY))
    assert (changed.value.imported, len(changed.value.skipped)) == (2, 1)
    assert changed.undo is not None
    words = changed.undo().words
    assert "3 events taken out again" in words
    assert "1 unreadable one taken away" in words
    assert titles(office) == ["Mine"]
    assert office.calendar.unreadable() == []
    assert office.calendar.unplaced() == []
    assert office.calendar.count() == 1


def test_what_only_brought_unreadable_ones_can_be_taken_back(
    office: Office, tmp_path: Path
) -> None:
    changed = brought(office, written(tmp_path, BROKEN))
    assert [each.uid for each in office.calendar.unreadable()] == ["broken@example"]
    assert changed.undo is not None
    changed.undo()
    assert office.calendar.unreadable() == []


def test_an_unreadable_one_that_was_here_before_stays(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, BROKEN))
    changed = brought(office, written(tmp_path, BROKEN, STANDS))
    assert changed.undo is not None
    changed.undo()
    assert [each.uid for each in office.calendar.unreadable()] == ["broken@example"]
    assert titles(office) == []


def test_what_changed_nothing_offers_no_way_back(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, STANDS, BROKEN)
    brought(office, path)
    again = brought(office, path)
    assert (again.value.unchanged, len(again.value.skipped)) == (1, 1)
    assert again.undo is None


def test_what_was_replaced_stands_again_as_it_was(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, STANDS, WEEKLY))
    before = titles(office), starts(office, "weekly@example"), starts(office, "stands@example")
    newer = with_sequence(STANDS.replace("Review", "Second review").replace("T10", "T12"), 1)
    later = with_sequence(WEEKLY.replace("T09", "T08"), 1)
    changed = brought(office, written(tmp_path, newer, later))
    assert changed.value.updated == 2
    assert starts(office, "weekly@example")[0] == "10-05 08:00"
    assert changed.undo is not None
    assert changed.undo().words == "2 put back as they were"
    after = titles(office), starts(office, "weekly@example"), starts(office, "stands@example")
    assert after == before


def test_what_was_changed_since_is_not_taken_back(office: Office, tmp_path: Path) -> None:
    changed = brought(office, written(tmp_path, STANDS, WEEKLY))
    [event_id] = {e.event_id for e in office.calendar.between(FIRST, LAST) if not e.series}
    new = NewEvent("Review of mine", civil(11, 24, 9), civil(11, 24, 10))
    moved = office.calendar.move(event_id, new)
    assert changed.undo is not None
    with pytest.raises(Stale):
        changed.undo()
    assert "Review of mine" in titles(office)
    assert len(starts(office, "weekly@example")) == 12, "all or nothing"
    assert moved.undo is not None
    moved.undo()
    changed.undo()
    assert titles(office) == []


# --- older and newer ------------------------------------------------------------------------------
def test_an_older_version_is_told_and_left_aside(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, with_sequence(STANDS, 3)))
    older = with_sequence(STANDS.replace("Review", "Old review"), 2)
    again = brought(office, written(tmp_path, older))
    assert (again.value.updated, again.value.imported) == (0, 0)
    [skipped] = again.value.skipped
    assert (skipped.uid, skipped.reason) == ("stands@example", "A newer version is already here.")
    assert titles(office) == ["Review"]
    assert again.undo is None


def test_what_the_person_moved_outlives_the_file_it_came_from(
    office: Office, tmp_path: Path
) -> None:
    path = written(tmp_path, STANDS)
    brought(office, path)
    [each] = office.calendar.between(FIRST, LAST)
    new = NewEvent("Review", civil(11, 26, 9), civil(11, 26, 10), "Europe/Berlin")
    office.calendar.move(each.event_id, new)
    again = brought(office, path)
    assert [one.reason for one in again.value.skipped] == ["A newer version is already here."]
    assert starts(office, "stands@example") == ["11-26 09:00"]


def test_a_deleted_one_comes_back_with_its_file(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, STANDS)
    brought(office, path)
    [each] = office.calendar.between(FIRST, LAST)
    gone = office.calendar.delete(each.event_id)
    assert brought(office, path).value.imported == 1
    assert gone.undo is not None
    with pytest.raises(Stale):
        gone.undo()
    assert titles(office) == ["Review"]


# --- exceptions that come later -------------------------------------------------------------------
def test_an_exception_that_comes_later_moves_its_turn(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WEEKLY))
    changed = brought(office, written(tmp_path, MOVED))
    assert (changed.value.updated, changed.value.done) == (1, 1)
    assert "11-17 14:00" in starts(office, "weekly@example")
    assert "11-16 09:00" not in starts(office, "weekly@example")
    assert changed.undo is not None
    changed.undo()
    assert "11-16 09:00" in starts(office, "weekly@example")
    assert len(starts(office, "weekly@example")) == 12


def test_an_exception_in_a_zone_nobody_knows_waits_with_its_series(
    office: Office, tmp_path: Path
) -> None:
    brought(office, written(tmp_path, WEEKLY))
    changed = brought(office, written(tmp_path, ELSEWHERE))
    assert [each.tzid for each in changed.value.needs_zone] == ["Nowhere Time"]
    [(event, names)] = office.calendar.unplaced()
    assert (event.state, names) == (State.NEEDS_ZONE, ("Nowhere Time",))
    content, count = office.calendar.export()
    assert count == 0
    assert b"Nowhere" not in content
    office.calendar.place("Nowhere Time", "Europe/Berlin")
    assert "11-17 14:00" in starts(office, "weekly@example")


def test_an_exception_does_not_hide_that_its_series_waits(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WEEKLY.replace("Europe/Berlin", "Nowhere Time")))
    brought(office, written(tmp_path, MOVED))
    [(_, names)] = office.calendar.unplaced()
    assert names == ("Nowhere Time",)
    assert titles(office) == []
