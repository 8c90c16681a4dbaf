"""Zones: per start and end, floating, Windows names, definitions of one's own, unknown ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.calendar.events import State
from gigdesk.worker.calendar.zones import find, iana
from tests.diaries import calendar
from tests.worker.calendar.conftest import Read, starts

HOUR = timedelta(hours=1)


def timed(tzid: str, uid: str = "u") -> str:
    return f"""UID:{uid}
DTSTART;TZID={tzid}:20261123T100000
DTEND;TZID={tzid}:20261123T110000
SUMMARY:x"""


def zone(tzid: str, winter: str, summer: str, rules: tuple[str, str]) -> str:
    return f"""BEGIN:VTIMEZONE
TZID:{tzid}
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;{rules[0]}
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;{rules[1]}
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires",
         "America/Argentina/Buenos_Aires"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Eastern Standard Time", "America/New_York"),
        ("GMT Standard Time", "Europe/London"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Greenwich Mean Time", "UTC"),
        ("Customized Time Zone", None),
        ("../../etc/passwd", None),
        ("localtime", None),
        ("", None),
    ],
)  # fmt: skip
def test_names_are_found(tzid: str, name: str | None) -> None:
    assert iana(tzid) == name


def test_start_and_end_keep_each_their_own_zone(read: Read) -> None:
    _, [event] = read(
        calendar(
            """UID:flight
DTSTART;TZID=Europe/Berlin:20261123T100000
DTEND;TZID=America/New_York:20261123T130000
SUMMARY:Flight"""
        )
    )
    [turn] = event.turns
    assert turn.end.count - turn.start.count == 9 * 3600
    assert (turn.start.offset, turn.end.offset) == (HOUR, -5 * HOUR)
    assert (turn.end.civil.hour, turn.zone) == (13, "Europe/Berlin")


def test_a_floating_time_stands_on_the_clock_of_where_one_is(read: Read) -> None:
    _, [event] = read(calendar("UID:f\nDTSTART:20261123T100000\nDTEND:20261123T110000"))
    [turn] = event.turns
    assert turn.start.offset is None
    for name in ("Asia/Tbilisi", "America/New_York"):
        assert turn.start.here(ZoneInfo(name)).hour == 10
    assert event.event.state is State.OK


def test_utc_stays_utc(read: Read) -> None:
    _, [event] = read(calendar("UID:z\nDTSTART:20261123T100000Z\nDTEND:20261123T110000Z"))
    assert (event.event.zone, event.turns[0].start.offset) == ("UTC", timedelta())


def test_outlook_rules_are_found_as_the_zone_they_are(read: Read) -> None:
    rules = ("BYDAY=1SU;BYMONTH=11", "BYDAY=2SU;BYMONTH=3")
    own = zone("Customized Time Zone", "-0500", "-0400", rules)
    _, [event] = read(calendar(timed("Customized Time Zone"), zones=own))
    assert event.event.zone == "America/New_York"
    assert event.event.zones == ""
    assert event.turns[0].start.offset == -5 * HOUR


def test_rules_that_fit_no_zone_are_kept_as_they_are(read: Read) -> None:
    rules = ("BYDAY=1SU;BYMONTH=9", "BYDAY=1SU;BYMONTH=2")
    own = zone("Moonbase", "+0120", "+0220", rules)
    _, [event] = read(calendar(timed("Moonbase"), zones=own))
    assert event.event.state is State.OK
    assert event.event.zone.startswith("Moonbase ")
    assert f"TZID:{event.event.zone}" in event.event.zones.split("\n")
    assert event.turns[0].start.offset == timedelta(hours=1, minutes=20)


def test_two_files_may_call_different_zones_the_same(read: Read) -> None:
    one = zone("Same", "+0120", "+0220", ("BYDAY=1SU;BYMONTH=9", "BYDAY=1SU;BYMONTH=2"))
    other = zone("Same", "+0340", "+0440", ("BYDAY=1SU;BYMONTH=9", "BYDAY=1SU;BYMONTH=2"))
    content = calendar(timed("Same", "a"), zones=one) + calendar(timed("Same", "b"), zones=other)
    _, [a, b] = read(content)
    assert a.event.zone != b.event.zone
    assert a.turns[0].start.count - b.turns[0].start.count == (3 * 60 + 40 - 80) * 60


def test_an_unknown_zone_waits_and_is_not_guessed(read: Read) -> None:
    _, [event] = read(calendar(timed("Nowhere/Atlantis")))
    assert event.event.state is State.NEEDS_ZONE
    assert event.tzids == ("Nowhere/Atlantis",)
    assert event.turns == ()
    assert "TZID=Nowhere/Atlantis" in event.event.text


def test_the_persons_answer_places_it(read: Read) -> None:
    _, [event] = read(calendar(timed("Nowhere/Atlantis")), zone="Asia/Tokyo")
    assert (event.event.state, event.event.zone) == (State.OK, "Asia/Tokyo")
    assert starts(event) == ["2026-11-23T10:00"]
    assert event.turns[0].start.offset == 9 * HOUR


def test_the_answer_does_not_touch_known_zones(read: Read) -> None:
    _, [event] = read(calendar(timed("Europe/Berlin")), zone="Asia/Tokyo")
    assert event.event.zone == "Europe/Berlin"


def test_a_zone_named_but_broken_is_asked_for(read: Read) -> None:
    broken = "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nTZOFFSETTO:nonsense\nEND:STANDARD\nEND:VTIMEZONE"
    _, [event] = read(calendar(timed("Odd"), zones=broken))
    assert (event.event.state, event.tzids) == (State.NEEDS_ZONE, ("Odd",))


def test_a_fixed_definition_is_a_fixed_zone() -> None:
    lines = ["BEGIN:VTIMEZONE", "TZID:Fixed", "BEGIN:STANDARD", "DTSTART:19700101T000000",
             "TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip
    found = find("Fixed", {"Fixed": lines}, datetime(2026, 1, 1, tzinfo=UTC))
    assert found is not None
    assert found.name == "Etc/GMT-3"
    assert datetime(2026, 1, 1, tzinfo=ZoneInfo(found.name)).utcoffset() == 3 * HOUR
