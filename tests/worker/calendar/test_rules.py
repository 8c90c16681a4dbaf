"""Rules made cheap say the same as before: reckoned here, and by the library from their first day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import recurring_ical_events
from icalendar import Calendar

from gigdesk.worker.calendar.rules import TooManyTurnsError, cheap, check_crowd, daily_rate
from gigdesk.worker.calendar.turns import turn_of, turns
from tests.diaries import calendar

if TYPE_CHECKING:
    from icalendar import Event

FIRST, PAST = datetime(2025, 11, 18, 8, 30, tzinfo=UTC), datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
BERLIN, UTC_START = "DTSTART;TZID=Europe/Berlin:{}T023000", "DTSTART:{}T023000Z"
FLOATING, DAY = "DTSTART:{}T023000", "DTSTART;VALUE=DATE:{}"


def event(start: str, rule: str, more: str = "DURATION:PT90M") -> Event:
    [made] = Calendar.from_ical(calendar(f"UID:x\n{start}\n{more}\nRRULE:{rule}")).walk("VEVENT")
    return made


def from_its_first_day(made: Event) -> list[tuple[int, int]]:
    whole = Calendar()
    whole.add_component(made)
    query = recurring_ical_events.of(whole, skip_bad_series=False)
    found = [turn_of(each, made) for each in query.between(FIRST, PAST)]
    return sorted(
        (each.start.count, each.end.count)
        for each in found
        if FIRST.timestamp() <= each.start.count < PAST.timestamp()
    )


@pytest.mark.parametrize("start", [BERLIN, UTC_START, FLOATING, DAY])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=MONTHLY;INTERVAL=5",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
        "FREQ=WEEKLY;UNTIL=20260601T000000Z",
        "FREQ=WEEKLY;UNTIL=20001231T000000Z",
        "FREQ=DAILY;INTERVAL=7",
        "FREQ=DAILY;COUNT=40",
        "FREQ=DAILY;BYMONTH=1,11",
    ],
)
@pytest.mark.parametrize("day", ["20120229", "20251025"])
def test_it_says_the_same_as_from_its_first_day(start: str, rule: str, day: str) -> None:
    if start in {FLOATING, DAY}:
        rule = (
            rule.replace("000000Z", "000000") if start is FLOATING else rule.replace("T000000Z", "")
        )
    made = event(start.format(day), rule, "DURATION:P2D" if start is DAY else "DURATION:PT90M")
    found, cut = turns([made], FIRST, PAST)
    assert [(each.start.count, each.end.count) for each in found] == from_its_first_day(made)
    assert not cut


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY;INTERVAL=7",
        "FREQ=HOURLY;BYHOUR=9,17",
        "FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10",
        "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0,30;BYDAY=MO",
    ],
)
@pytest.mark.parametrize("start", [BERLIN, UTC_START, FLOATING])
def test_so_does_one_that_repeats_within_the_day(start: str, rule: str) -> None:
    made = event(start.format("20251001"), rule)
    found, cut = turns([made], FIRST, PAST)
    assert [(each.start.count, each.end.count) for each in found] == from_its_first_day(made)
    assert not cut


def test_what_repeats_since_long_begins_near_the_window_and_ends_with_it() -> None:
    made = event("DTSTART;VALUE=DATE:18500615", "FREQ=YEARLY", "DURATION:P1D")
    near, cut = cheap(made, FIRST, PAST, alone=True)
    assert near["DTSTART"].dt.year == 2023
    assert near["RRULE"]["UNTIL"][0].year == 2027
    assert not cut
    assert made["DTSTART"].dt.year == 1850, "what was read stays as it is"
    assert "UNTIL" not in made["RRULE"]


@pytest.mark.parametrize(
    ("rule", "often"),
    [
        ("FREQ=MINUTELY", 1440),
        ("FREQ=SECONDLY;BYHOUR=9", 3600),
        ("FREQ=HOURLY;BYSECOND=0,1,2,3", 96),
        ("FREQ=MINUTELY;INTERVAL=5;BYMONTH=1,2,3", 72),
    ],
)
def test_what_repeats_without_measure_is_refused_with_its_number(rule: str, often: int) -> None:
    made = event("DTSTART:20260101T000000Z", rule)
    assert round(daily_rate(made)) == often
    with pytest.raises(TooManyTurnsError, match=f"about {often} times a day"):
        check_crowd(made, FIRST, PAST)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;COUNT=60",
        "FREQ=SECONDLY;UNTIL=20260101T010000Z",
        "FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0,30",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9,10,11",
    ],
)
def test_what_has_a_measure_is_not(rule: str) -> None:
    check_crowd(event("DTSTART:20260101T000000Z", rule), FIRST, PAST)


def test_a_negative_count_is_no_end() -> None:
    with pytest.raises(TooManyTurnsError):
        check_crowd(event("DTSTART:20260101T000000Z", "FREQ=SECONDLY;COUNT=-1"), FIRST, PAST)
