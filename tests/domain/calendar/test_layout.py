"""A day's events side by side, sums of time, free stretches, lanes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.calendar.events import Moment, Occurrence
from gigdesk.domain.calendar.layout import blocks, busy, days_of, lanes, longest_free, on_top
from gigdesk.domain.civil import start_of_day

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def at(
    start: str, end: str, title: str = "x", day: date = DAY, zone: ZoneInfo = BERLIN
) -> Occurrence:
    def moment(clock: str) -> Moment:
        return Moment.of(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone))

    return Occurrence(1, title, title, moment(start), moment(end), False, zone.key, "c")


def whole(first: date, past: date) -> Occurrence:
    return Occurrence(1, "w", "w", Moment.of(first), Moment.of(past), True, "", "c")


def placed(*occurrences: Occurrence) -> list[tuple[str, int, int]]:
    return [(b.occurrence.title, b.column, b.columns) for b in blocks(DAY, occurrences, BERLIN)]


def test_what_does_not_overlap_takes_the_whole_width() -> None:
    assert placed(at("09:00", "10:00", "a"), at("10:00", "11:00", "b")) == [
        ("a", 0, 1),
        ("b", 0, 1),
    ]


def test_what_overlaps_stands_side_by_side_and_columns_are_used_again() -> None:
    found = placed(
        at("09:00", "12:00", "long"), at("09:30", "10:00", "a"), at("10:30", "11:30", "b")
    )
    assert found == [("long", 0, 2), ("a", 1, 2), ("b", 1, 2)]


def test_each_knows_how_long_it_is_alone() -> None:
    found = blocks(
        DAY,
        [at("09:00", "12:00", "long"), at("10:00", "10:30", "a"), at("10:15", "11:00", "b")],
        BERLIN,
    )
    free = {block.occurrence.title: block.free for block in found}
    assert free == {"long": HOUR, "a": timedelta(minutes=15), "b": timedelta.max}


def test_a_short_call_keeps_room_to_be_clicked() -> None:
    assert placed(at("09:00", "09:05", "a"), at("09:10", "10:00", "b")) == [
        ("a", 0, 2),
        ("b", 1, 2),
    ]


def test_what_passes_midnight_stands_on_both_days() -> None:
    night = Occurrence(
        1, "n", "n", Moment.of(datetime(2026, 11, 22, 23, tzinfo=BERLIN)),
        Moment.of(datetime(2026, 11, 23, 2, tzinfo=BERLIN)), False, "", "c",
    )  # fmt: skip
    first, second = (blocks(day, [night], BERLIN)[0] for day in (DAY - timedelta(days=1), DAY))
    assert (first.end, first.goes_on) == (start_of_day(DAY, BERLIN), False)
    assert (second.start, second.goes_on) == (start_of_day(DAY, BERLIN), True)
    assert days_of(night, BERLIN) == (date(2026, 11, 22), date(2026, 11, 24))


def test_whole_days_and_long_ones_stand_above_the_hours() -> None:
    long = Occurrence(
        1, "l", "l", Moment.of(datetime(2026, 11, 23, 9, tzinfo=UTC)),
        Moment.of(datetime(2026, 11, 24, 9, tzinfo=UTC)), False, "", "c",
    )  # fmt: skip
    assert on_top(long, BERLIN)
    assert on_top(whole(DAY, DAY + timedelta(days=1)), BERLIN)
    assert blocks(DAY, [long, whole(DAY, DAY + timedelta(days=2))], BERLIN) == []


def test_an_event_that_ends_at_midnight_does_not_touch_the_next_day() -> None:
    until = Occurrence(
        1, "u", "u", Moment.of(datetime(2026, 11, 23, 22, tzinfo=BERLIN)),
        Moment.of(datetime(2026, 11, 24, 0, tzinfo=BERLIN)), False, "", "c",
    )  # fmt: skip
    assert days_of(until, BERLIN) == (DAY, DAY + timedelta(days=1))
    assert blocks(DAY + timedelta(days=1), [until], BERLIN) == []


def test_an_event_without_length_is_there() -> None:
    assert placed(at("09:00", "09:00", "a")) == [("a", 0, 1)]
    assert placed(at("00:00", "00:00", "a")) == [("a", 0, 1)]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (DAY, 24)]
)
def test_a_day_is_as_long_as_its_clocks_say(day: date, hours: int) -> None:
    occurrence = whole(day, day + timedelta(days=1))
    start, end = occurrence.span(BERLIN)
    assert end - start == hours * HOUR


def test_busy_counts_what_overlaps_once() -> None:
    span = (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))
    taken = busy([at("09:00", "11:00"), at("10:00", "12:00"), at("15:00", "15:30")], BERLIN, span)
    assert taken == 3.5 * HOUR


def test_the_longest_free_stretch_lies_inside_the_working_day() -> None:
    span = (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC))
    events = [at("08:00", "10:00"), at("11:00", "12:00"), at("11:30", "13:00")]
    free = longest_free(events, BERLIN, [span])
    assert free == (datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC))
    assert longest_free([at("00:00", "23:00")], BERLIN, [span]) is None
    assert longest_free([], BERLIN, [span]) == span


def test_bars_take_the_first_lane_that_is_free() -> None:
    assert lanes([(0, 3), (1, 2), (2, 4), (3, 5)]) == [0, 1, 1, 0]
