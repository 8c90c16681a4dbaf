"""The calendar's file read by a second reader: the same turns, zones that travel along, short lines."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Calendar

from tests.diaries import brought

if TYPE_CHECKING:
    from gigdesk.services.office import Office

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
HAND_MADE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//hand//made//EN
BEGIN:VEVENT
UID:weekly@x.example
DTSTAMP:20260101T000000Z
SUMMARY:Weekly call\\, with a comma and a rather long title that has to be folded somewhere: Grüße
DTSTART;TZID=Europe/Berlin:20260302T090000
DTEND;TZID=Europe/Berlin:20260302T093000
RRULE:FREQ=WEEKLY;UNTIL=20261130T235959Z
EXDATE;TZID=Europe/Berlin:20260406T090000
END:VEVENT
BEGIN:VEVENT
UID:weekly@x.example
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=Europe/Berlin:20260413T090000
SUMMARY:Weekly call, moved
DTSTART;TZID=Europe/Berlin:20260414T110000
DTEND;TZID=Europe/Berlin:20260414T113000
END:VEVENT
BEGIN:VEVENT
UID:york@x.example
DTSTAMP:20260101T000000Z
SUMMARY:New York
DTSTART;TZID=America/New_York:20260307T180000
DTEND;TZID=America/New_York:20260307T190000
RRULE:FREQ=DAILY;COUNT=5
END:VEVENT
BEGIN:VEVENT
UID:flight@x.example
DTSTAMP:20260101T000000Z
SUMMARY:Flight
DTSTART;TZID=Asia/Tbilisi:20260510T040000
DTEND;TZID=Europe/Berlin:20260510T063000
END:VEVENT
BEGIN:VEVENT
UID:day@x.example
DTSTAMP:20260101T000000Z
SUMMARY:Holiday
DTSTART;VALUE=DATE:20260501
DTEND;VALUE=DATE:20260503
END:VEVENT
END:VCALENDAR
"""


def plain(when: date | datetime) -> object:
    return when.timestamp() if isinstance(when, datetime) else when


def ours(office: Office) -> set[tuple[str, object, object]]:
    found = set()
    for each in office.calendar.between(FIRST, LAST):
        start, end = (moment.astimezone(office.zone()) for moment in each.span(office.zone()))
        if each.all_day:
            found.add((each.uid, start.date(), end.date()))
        else:
            found.add((each.uid, start.timestamp(), end.timestamp()))
    return found


def theirs(content: bytes) -> set[tuple[str, object, object]]:
    read = Calendar.from_ical(content)
    turns = recurring_ical_events.of(read).between(FIRST, date(2027, 1, 1))
    return {(str(each["UID"]), plain(each.start), plain(each.end)) for each in turns}


class Elsewhere:
    """A third reader that shares nothing with the others: dateutil's zones and rules over lines."""

    def __init__(self, content: bytes) -> None:
        text = content.decode().replace("\r\n ", "")
        self._zones = tzical(io.StringIO(text))
        self._events = [
            [self._line(line) for line in block.split("\r\n") if line]
            for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
        ]

    def turns(self) -> set[tuple[str, object, object]]:
        """When everything takes place in the year."""
        moved = {
            (one["UID"], one["RECURRENCE-ID"].timestamp())
            for one in map(dict, self._events) if "RECURRENCE-ID" in one
        }  # fmt: skip
        found: set[tuple[str, object, object]] = set()
        for lines in self._events:
            one: dict[str, Any] = dict(lines)
            length = one["DTEND"] - one["DTSTART"]
            left = {value for name, value in lines if name == "EXDATE"}
            starts = [one["DTSTART"]]
            if "RRULE" in one:
                starts = list(rrulestr(one["RRULE"], dtstart=one["DTSTART"]))
            for start in starts:
                key = one["UID"], plain(start)
                if start not in left and ("RECURRENCE-ID" in one or key not in moved):
                    found.add((one["UID"], plain(start), plain(start + length)))
        return found

    def _line(self, line: str) -> tuple[str, Any]:
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        if name not in {"DTSTART", "DTEND", "EXDATE", "RECURRENCE-ID"}:
            return name, value
        if parameters == "VALUE=DATE":
            return name, datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day
        civil = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
        tzid = parameters.removeprefix("TZID=")
        return name, civil.replace(tzinfo=UTC if value.endswith("Z") else self._zones.get(tzid))


@pytest.fixture
def exported(office: Office, tmp_path: Path) -> bytes:
    path = tmp_path / "hand.ics"
    path.write_text(HAND_MADE.replace("\n", "\r\n"), "utf-8")
    brought(office, path)
    content, _count = office.calendar.export()
    return content


def test_a_second_reader_sees_the_same_turns(office: Office, exported: bytes) -> None:
    mine = ours(office)
    assert mine == theirs(exported)
    weekly = [each for each in mine if each[0] == "weekly@x.example"]
    assert len(weekly) == 39, "40 Mondays, one left out, one moved to a Tuesday"
    assert len(mine) == 39 + 5 + 1 + 1


def test_a_third_reader_sees_them_too(office: Office, exported: bytes) -> None:
    assert Elsewhere(exported).turns() == ours(office)


def test_every_zone_travels_along_and_no_line_is_long(exported: bytes) -> None:
    read = Calendar.from_ical(exported)
    carried = {str(zone["TZID"]) for zone in read.walk("VTIMEZONE")}
    used = set(re.findall(rb"TZID=([^:;\r\n]+)[:;]", exported.replace(b"\r\n ", b"")))
    assert {name.decode().strip('"') for name in used} <= carried
    assert {"Europe/Berlin", "America/New_York", "Asia/Tbilisi"} <= carried
    assert all(len(line) <= 75 for line in exported.split(b"\r\n"))


def test_it_comes_back_the_same(office: Office, exported: bytes, tmp_path: Path) -> None:
    from gigdesk.app import door_of, office_on
    from tests.conftest import NOW
    from tests.pocket import Pocket

    path = tmp_path / "again.ics"
    path.write_bytes(exported)
    door = door_of(tmp_path / "second", lambda _question: None, Pocket(tmp_path / "second.key"))
    second = office_on(door.open(), lambda: NOW)
    try:
        brought(second, path)
        assert ours(second) == ours(office)
    finally:
        second.close()


def test_a_file_again_changes_nothing_and_a_newer_one_does(
    office: Office, exported: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "again.ics"
    path.write_bytes(exported)
    again = brought(office, path).value
    assert (again.imported, again.updated) == (0, 0)
    assert again.unchanged > 0
    newer = HAND_MADE.replace("SUMMARY:Flight", "SUMMARY:Flight\nSEQUENCE:1")
    newer = newer.replace("20260510T040000", "20260511T040000").replace(
        "20260510T063000", "20260511T063000"
    )
    path.write_text(newer.replace("\n", "\r\n"), "utf-8")
    assert brought(office, path).value.updated == 1
    days = {each.span(office.zone())[0].date() for each in office.calendar.between(FIRST, LAST)
            if each.uid == "flight@x.example"}  # fmt: skip
    assert days == {date(2026, 5, 11)}
