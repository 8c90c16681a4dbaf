"""Series: exceptions, moved and cancelled turns, clock changes, ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from gigdesk.domain.calendar.events import State
from tests.diaries import calendar
from tests.worker.calendar.conftest import Read, starts

WEEKLY = """UID:weekly
DTSTART;TZID=Europe/Berlin:20261005T100000
DTEND;TZID=Europe/Berlin:20261005T110000
SUMMARY:Weekly"""


def test_a_series_keeps_its_hour_through_the_clock_change(read: Read) -> None:
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=6"))
    assert starts(event) == [
        "2026-10-05T10:00", "2026-10-12T10:00", "2026-10-19T10:00", "2026-10-26T10:00",
        "2026-11-02T10:00", "2026-11-09T10:00",
    ]  # fmt: skip
    offsets = [turn.start.offset for turn in event.turns]
    assert offsets == [timedelta(hours=2)] * 3 + [timedelta(hours=1)] * 3
    assert (event.event.series, event.event.zone) == (True, "Europe/Berlin")


def test_new_york_changes_on_its_own_day(read: Read) -> None:
    _, [event] = read(
        calendar(
            """UID:ny
DTSTART;TZID=America/New_York:20261028T090000
DURATION:PT30M
RRULE:FREQ=DAILY;COUNT=7"""
        )
    )
    utc = [turn.start.count for turn in event.turns]
    steps = [(b - a) // 3600 for a, b in pairwise(utc)]
    assert steps == [24, 24, 24, 25, 24, 24]


def test_an_hour_that_is_skipped_still_happens_that_day(read: Read) -> None:
    _, [event] = read(
        calendar(
            """UID:gap
DTSTART;TZID=Europe/Berlin:20270327T023000
DURATION:PT30M
RRULE:FREQ=DAILY;COUNT=3"""
        )
    )
    days = [turn.start.civil.day for turn in event.turns]
    assert days == [27, 28, 29]


def test_exdate_takes_a_turn_out(read: Read) -> None:
    _, [event] = read(
        calendar(
            f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Berlin:20261012T100000,20261019T100000"
        )
    )
    assert starts(event) == ["2026-10-05T10:00", "2026-10-26T10:00"]


def test_exdate_in_utc_takes_the_same_turn_out(read: Read) -> None:
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20261012T080000Z"))
    assert starts(event) == ["2026-10-05T10:00"]


def test_a_moved_turn_stands_where_it_was_moved_to(read: Read) -> None:
    moved = """UID:weekly
RECURRENCE-ID;TZID=Europe/Berlin:20261012T100000
DTSTART;TZID=Europe/Berlin:20261013T150000
DTEND;TZID=Europe/Berlin:20261013T160000
SUMMARY:Moved
LOCATION:Room 2"""
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", moved))
    assert starts(event) == ["2026-10-05T10:00", "2026-10-13T15:00", "2026-10-19T10:00"]
    assert [(turn.title, turn.location) for turn in event.turns] == [
        (None, None),
        ("Moved", "Room 2"),
        (None, None),
    ]
    assert event.parts == 2
    assert {revision.key for revision in event.revisions} == {"", "20261012T100000"}


def test_a_cancelled_turn_stays_and_says_so(read: Read) -> None:
    off = """UID:weekly
RECURRENCE-ID;TZID=Europe/Berlin:20261012T100000
DTSTART;TZID=Europe/Berlin:20261012T100000
DTEND;TZID=Europe/Berlin:20261012T110000
SUMMARY:Weekly
STATUS:CANCELLED"""
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", off))
    assert [turn.status for turn in event.turns] == [None, "cancelled", None]


def test_this_and_all_that_follow(read: Read) -> None:
    later = """UID:weekly
RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261012T100000
DTSTART;TZID=Europe/Berlin:20261012T140000
DTEND;TZID=Europe/Berlin:20261012T150000
SUMMARY:Later"""
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", later))
    assert starts(event) == ["2026-10-05T10:00", "2026-10-12T14:00", "2026-10-19T14:00"]


def test_an_exception_without_its_series_is_a_turn_of_its_own(read: Read) -> None:
    _, [event] = read(
        calendar(
            """UID:alone
RECURRENCE-ID:20261012T080000Z
DTSTART:20261012T090000Z
DTEND:20261012T100000Z
SUMMARY:Alone"""
        )
    )
    assert starts(event) == ["2026-10-12T09:00"]
    assert event.event.title == "Alone"


def test_rdate_adds_turns(read: Read) -> None:
    _, [event] = read(calendar(f"{WEEKLY}\nRDATE;TZID=Europe/Berlin:20261007T120000"))
    assert starts(event) == ["2026-10-05T10:00", "2026-10-07T12:00"]
    assert event.event.series


def test_a_series_of_whole_days(read: Read) -> None:
    _, [event] = read(
        calendar("UID:d\nDTSTART;VALUE=DATE:20261024\nSUMMARY:x\nRRULE:FREQ=DAILY;COUNT=3")
    )
    assert starts(event) == ["2026-10-24T00:00", "2026-10-25T00:00", "2026-10-26T00:00"]
    assert all(turn.all_day and turn.start.offset is None for turn in event.turns)
    assert [turn.end.civil - turn.start.civil for turn in event.turns] == [timedelta(days=1)] * 3


def test_a_series_ends_by_until_in_its_own_day(read: Read) -> None:
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;UNTIL=20261019T080000Z"))
    assert starts(event)[-1] == "2026-10-19T10:00"
    assert event.event.until is not None
    assert event.event.until > event.turns[-1].start.count


def test_a_series_without_end_fills_the_window_and_no_more(read: Read) -> None:
    window = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    _, [event] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY"), span=window)
    assert starts(event) == [
        "2026-11-02T10:00", "2026-11-09T10:00", "2026-11-16T10:00", "2026-11-23T10:00",
        "2026-11-30T10:00",
    ]  # fmt: skip
    assert event.event.until is None


def test_a_broken_exception_does_not_take_its_series_along(read: Read) -> None:
    broken = "UID:weekly\nRECURRENCE-ID;TZID=Europe/Berlin:20261012T100000\nDTSTART:nonsense"
    _, [event, fault] = read(calendar(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=2", broken))
    assert len(event.turns) == 2
    assert "DTSTART" in fault.fault
    assert "nonsense" in fault.event.text
    assert fault.event.state is State.BROKEN
