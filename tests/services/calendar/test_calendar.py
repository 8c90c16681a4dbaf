"""The calendar's verbs: each with its way back, and days as long as clocks make them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.calendar.events import NewEvent
from gigdesk.domain.errors import NotFound, Refused, Stale
from tests.diaries import STANDS, WAITS, WEEKLY, brought, civil, written

if TYPE_CHECKING:
    from gigdesk.services.office import Office

DAY = date(2026, 11, 24)
BERLIN, YORK = "Europe/Berlin", "America/New_York"


def call(title: str = "Call", hour: int = 10, zone: str = BERLIN) -> NewEvent:
    return NewEvent(title, civil(11, 24, hour), civil(11, 24, hour + 1), zone)


def there(office: Office, first: date = DAY, last: date = DAY) -> list[tuple[str, str]]:
    """What stands in these days, by the person's clock."""
    zone = office.zone()
    return [
        (f"{each.span(zone)[0].astimezone(zone):%m-%d %H:%M}", each.title)
        for each in office.calendar.between(first, last)
    ]


# --- verbs and their ways back --------------------------------------------------------------------
def test_a_new_one_is_taken_back(office: Office) -> None:
    changed = office.calendar.add(call())
    assert there(office) == [("11-24 10:00", "Call")]
    assert changed.undo is not None
    changed.undo()
    assert there(office) == []


def test_a_new_one_that_was_changed_since_is_not_taken_back(office: Office) -> None:
    added = office.calendar.add(call())
    moved = office.calendar.move(added.value, call("Longer call", 11))
    assert added.undo is not None
    assert moved.undo is not None
    with pytest.raises(Stale):
        added.undo()
    assert there(office) == [("11-24 11:00", "Longer call")]
    moved.undo()
    assert there(office) == [("11-24 10:00", "Call")]
    added.undo()
    assert there(office) == []


def test_a_move_is_taken_back_unless_somebody_moved_it_since(office: Office) -> None:
    event_id = office.calendar.add(call()).value
    first = office.calendar.move(event_id, call("Call", 12))
    second = office.calendar.move(event_id, call("Call", 14))
    assert first.undo is not None
    assert second.undo is not None
    with pytest.raises(Stale):
        first.undo()
    assert there(office) == [("11-24 14:00", "Call")]
    second.undo()
    first.undo()
    assert there(office) == [("11-24 10:00", "Call")]
    with pytest.raises(Stale):
        second.undo()


def test_a_move_is_not_taken_back_when_it_was_deleted_since(office: Office) -> None:
    event_id = office.calendar.add(call()).value
    moved = office.calendar.move(event_id, call("Call", 12))
    gone = office.calendar.delete(event_id)
    assert moved.undo is not None
    assert gone.undo is not None
    with pytest.raises(Stale):
        moved.undo()
    assert there(office) == []
    gone.undo()
    moved.undo()
    assert there(office) == [("11-24 10:00", "Call")]


def test_a_deleted_one_is_put_back_whole(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WEEKLY))
    before = there(office, date(2026, 10, 1), date(2026, 12, 31))
    assert len(before) == 12
    [event_id] = {each.event_id for each in office.calendar.between(date(2026, 10, 1), DAY)}
    text = office.calendar.event(event_id).text
    changed = office.calendar.delete(event_id)
    assert there(office, date(2026, 10, 1), date(2026, 12, 31)) == []
    assert changed.undo is not None
    back = changed.undo().value
    assert there(office, date(2026, 10, 1), date(2026, 12, 31)) == before
    assert office.calendar.event(back).text == text


def test_deleted_twice_the_second_finds_nothing(office: Office) -> None:
    event_id = office.calendar.add(call()).value
    office.calendar.delete(event_id)
    with pytest.raises(NotFound):
        office.calendar.delete(event_id)


def test_a_series_is_not_moved(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WEEKLY))
    [event_id] = {each.event_id for each in office.calendar.between(date(2026, 10, 1), DAY)}
    with pytest.raises(Refused):
        office.calendar.move(event_id, call())


# --- what waits for a zone ------------------------------------------------------------------------
def test_deleted_and_put_back_it_still_asks_for_its_zone(office: Office, tmp_path: Path) -> None:
    """Undone, the event waits under the same name and can be placed."""
    brought(office, written(tmp_path, WAITS))
    [(event, tzids)] = office.calendar.unplaced()
    assert tzids == ("Nowhere Time",)
    changed = office.calendar.delete(event.id)
    assert office.calendar.unplaced() == []
    assert changed.undo is not None
    changed.undo()
    assert [names for _, names in office.calendar.unplaced()] == [tzids]
    assert office.calendar.place("Nowhere Time", BERLIN).value == 1
    assert office.calendar.unplaced() == []


def test_placed_and_taken_back_it_waits_again(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WAITS))
    placed = office.calendar.place("Nowhere Time", YORK)
    assert there(office) == [("11-24 16:00", "Call")]
    assert placed.undo is not None
    placed.undo()
    assert there(office) == []
    assert [names for _, names in office.calendar.unplaced()] == [("Nowhere Time",)]


def test_placed_and_moved_since_it_keeps_its_place(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WAITS))
    placed = office.calendar.place("Nowhere Time", YORK)
    [each] = office.calendar.between(DAY, DAY)
    office.calendar.move(each.event_id, call("Call", 12))
    assert placed.undo is not None
    with pytest.raises(Stale):
        placed.undo()
    assert there(office) == [("11-24 12:00", "Call")]


def test_what_waits_is_not_written_alone_nor_among_others(office: Office, tmp_path: Path) -> None:
    """A TZID without its VTIMEZONE means another hour to each program that reads it."""
    brought(office, written(tmp_path, WAITS, STANDS))
    [(event, _)] = office.calendar.unplaced()
    with pytest.raises(Refused, match="Nowhere Time"):
        office.calendar.export_one(event.id)
    content, count = office.calendar.export()
    assert count == 1
    assert b"Nowhere" not in content
    office.calendar.place("Nowhere Time", YORK)
    alone = office.calendar.export_one(event.id)
    assert b"BEGIN:VTIMEZONE" in alone
    assert b"TZID:America/New_York" in alone


# --- days and clocks ------------------------------------------------------------------------------
def test_the_day_the_clocks_go_forward_has_its_23_hours(office: Office) -> None:
    for day, hour, minute in ((28, 23, 30), (29, 0, 0), (29, 1, 30), (29, 3, 0), (29, 23, 30)):
        office.calendar.add(NewEvent("x", civil(3, day, hour, minute), civil(3, day, hour, minute + 15),
                                     BERLIN))  # fmt: skip
    office.calendar.add(NewEvent("x", civil(3, 30, 0), civil(3, 30, 0, 15), BERLIN))
    day = date(2026, 3, 29)
    assert [when for when, _ in there(office, day, day)] == [
        "03-29 00:00", "03-29 01:30", "03-29 03:00", "03-29 23:30",
    ]  # fmt: skip


def test_the_day_the_clocks_go_back_has_its_25_hours(office: Office) -> None:
    for day, hour, zone in ((24, 23, BERLIN), (25, 0, BERLIN), (25, 23, BERLIN), (26, 0, BERLIN)):
        office.calendar.add(NewEvent("x", civil(10, day, hour), civil(10, day, hour, 15), zone))
    # Half past two comes twice: once in summer time, once in winter time.
    for hour in (0, 1):
        office.calendar.add(NewEvent("y", civil(10, 25, hour, 30), civil(10, 25, hour, 45), "UTC"))
    day = date(2026, 10, 25)
    assert there(office, day, day) == [
        ("10-25 00:00", "x"), ("10-25 02:30", "y"), ("10-25 02:30", "y"), ("10-25 23:00", "x"),
    ]  # fmt: skip


def test_a_whole_day_belongs_to_its_day_alone_where_clocks_change(office: Office) -> None:
    for month, day in ((3, 29), (10, 25)):
        office.calendar.add(
            NewEvent("Off", civil(month, day, 0), civil(month, day + 1, 0), all_day=True)
        )
        for around, count in ((day - 1, 0), (day, 1), (day + 1, 0)):
            found = office.calendar.between(date(2026, month, around), date(2026, month, around))
            assert len(found) == count, (month, around)


def test_a_series_keeps_its_hour_over_both_changes(office: Office, tmp_path: Path) -> None:
    """Nine in Berlin stays nine; nine in New York is at three, but at two while only one has changed."""
    berlin = WEEKLY.replace("20261005", "20260323").replace(";COUNT=12", "")
    york = (
        berlin.replace("Europe/Berlin", YORK).replace("weekly@", "york@").replace("Stand-up", "NY")
    )
    brought(office, written(tmp_path, berlin, york))
    spring = there(office, date(2026, 3, 23), date(2026, 4, 6))
    assert spring == [
        ("03-23 09:00", "Stand-up"), ("03-23 14:00", "NY"),
        ("03-30 09:00", "Stand-up"), ("03-30 15:00", "NY"),
        ("04-06 09:00", "Stand-up"), ("04-06 15:00", "NY"),
    ]  # fmt: skip
    autumn = there(office, date(2026, 10, 19), date(2026, 11, 2))
    assert autumn == [
        ("10-19 09:00", "Stand-up"), ("10-19 15:00", "NY"),
        ("10-26 09:00", "Stand-up"), ("10-26 14:00", "NY"),
        ("11-02 09:00", "Stand-up"), ("11-02 15:00", "NY"),
    ]  # fmt: skip


def test_days_far_beyond_are_worked_out_when_asked_for(office: Office, tmp_path: Path) -> None:
    brought(office, written(tmp_path, WEEKLY.replace(";COUNT=12", "")))
    far = date(2035, 3, 26)
    assert not office.calendar.reached(far, far)
    assert there(office, far, far) == [("03-26 09:00", "Stand-up")]
    assert office.calendar.reached(far, far)
