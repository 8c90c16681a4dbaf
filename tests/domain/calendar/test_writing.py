"""Events of one's own as text, moved ones, zones put in their place."""
# ruff: noqa: DTZ001 - civil readings have no zone

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.calendar.events import Moment, NewEvent, Revision, State
from gigdesk.domain.calendar.writing import moment, moved_event, new_event, placed, zones_of

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TEN, ELEVEN = datetime(2026, 11, 23, 10), datetime(2026, 11, 23, 11)


def test_a_new_event_says_its_zone_and_escapes_its_words() -> None:
    read = new_event(NewEvent("A, b; c", TEN, ELEVEN, "Europe/Berlin", location="Here"), "u", NOW)
    lines = read.event.text.split("\n")
    assert "DTSTART;TZID=Europe/Berlin:20261123T100000" in lines
    assert "SUMMARY:A\\, b\\; c" in lines
    assert read.event.start == Moment(TEN, timedelta(hours=1))
    assert len(read.turns) == 1


def test_utc_floating_and_whole_days_are_written_as_such() -> None:
    utc = new_event(NewEvent("x", TEN, ELEVEN, "UTC"), "u", NOW).event.text
    floating = new_event(NewEvent("x", TEN, ELEVEN), "u", NOW).event
    day = new_event(NewEvent("x", TEN, ELEVEN, "Europe/Berlin", all_day=True), "u", NOW).event
    assert "DTSTART:20261123T100000Z" in utc
    assert "DTSTART:20261123T100000\n" in floating.text
    assert floating.start == Moment(TEN)
    assert "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261124" in day.text


def test_a_moved_event_keeps_what_we_do_not_know() -> None:
    before = new_event(NewEvent("Old", TEN, ELEVEN, "UTC", location="Here"), "u", NOW)
    alarm = "BEGIN:VALARM\nTRIGGER:-PT5M\nDESCRIPTION:Ring\nEND:VALARM\nX-OWN;A=1:kept\nEND:VEVENT"
    event = before.event
    text = event.text.replace("END:VEVENT", alarm)
    from dataclasses import replace

    moved = moved_event(
        replace(event, text=text), Revision("", 3, "", ""),
        NewEvent("New", ELEVEN, ELEVEN + timedelta(hours=2), "Europe/Berlin", location="Here"), NOW,
    )  # fmt: skip
    lines = moved.event.text.split("\n")
    assert {"X-OWN;A=1:kept", "DESCRIPTION:Ring", "SEQUENCE:4", "SUMMARY:New"} <= set(lines)
    assert lines.count("LOCATION:Here") == 1
    assert sum(line.startswith("DTSTART") for line in lines) == 1
    assert moved.revisions[0].sequence == 4


def test_an_event_that_waited_for_its_zone_waits_no_more_when_moved() -> None:
    from dataclasses import replace

    waiting = replace(
        new_event(NewEvent("x", TEN, ELEVEN), "u", NOW).event,
        state=State.NEEDS_ZONE, reason="why", zone="Nowhere",
    )  # fmt: skip
    moved = moved_event(waiting, Revision("", 0, "", ""), NewEvent("x", TEN, ELEVEN, "UTC"), NOW)
    assert (moved.event.state, moved.event.reason, moved.event.zone) == (State.OK, "", "UTC")


@pytest.mark.parametrize(
    ("civil", "hours"),
    [
        (datetime(2026, 3, 29, 1, 59), 1),
        (datetime(2026, 3, 29, 3, 0), 2),
        (datetime(2026, 10, 25, 1, 59), 2),
        (datetime(2026, 10, 25, 3, 0), 1),
    ],
)
def test_a_moment_knows_its_clock_on_either_side_of_the_change(civil: datetime, hours: int) -> None:
    found = moment(civil, "Europe/Berlin")
    assert found.offset == timedelta(hours=hours)
    assert found.here(ZoneInfo("Europe/Berlin")).replace(tzinfo=None) == civil
    assert Moment.from_count(found.count, hours * 3600) == found


def test_zones_are_found_and_put_in_their_place() -> None:
    text = (
        'DTSTART;TZID="My: Zone":20261123T100000\nDTEND;TZID=Other:20261123T110000\nSUMMARY:TZID=No'
    )
    assert zones_of(text) == {"My: Zone", "Other"}
    assert placed(text, "My: Zone", "Europe/Berlin").split("\n") == [
        "DTSTART;TZID=Europe/Berlin:20261123T100000",
        "DTEND;TZID=Other:20261123T110000",
        "SUMMARY:TZID=No",
    ]
