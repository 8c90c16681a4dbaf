"""Files as they come: encodings, pieces that are broken, several calendars, and hostile ones."""

from __future__ import annotations

import codecs
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from gigdesk.domain.calendar.events import FileNotes, ReadEvent, State
from gigdesk.domain.errors import Refused, Trouble, Unreadable
from gigdesk.gateways import calendars
from gigdesk.gateways.calendars import CalendarReader
from gigdesk.worker.calendar.rules import TooManyTurnsError
from gigdesk.worker.calendar.turns import turns
from tests.diaries import calendar
from tests.worker.calendar.conftest import FIRST, PAST, Read, starts

GOOD = "UID:good\nDTSTART:20261123T100000Z\nDTEND:20261123T110000Z\nSUMMARY:Müller, Übung"


def titles(events: list[ReadEvent]) -> list[str]:
    return [each.event.title for each in events]


@pytest.mark.parametrize(
    "data",
    [
        calendar(GOOD).encode(),
        codecs.BOM_UTF8 + calendar(GOOD).encode(),
        calendar(GOOD).encode("latin-1"),
        codecs.BOM_UTF16_LE + calendar(GOOD).encode("utf-16-le"),
        codecs.BOM_UTF16_BE + calendar(GOOD).encode("utf-16-be"),
        calendar(GOOD).encode("utf-16-le"),
        calendar(GOOD).replace("\r\n", "\n").encode(),
        calendar(GOOD).replace("\r\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "latin-1", "utf-16-le", "utf-16-be", "utf-16 bare", "lf", "cr"],
)
def test_every_encoding_and_line_end_reads_the_same(read: Read, data: bytes) -> None:
    notes, events = read(data)
    assert (notes.total, titles(events)) == (1, ["Müller, Übung"])


def test_an_empty_rule_is_none(read: Read) -> None:
    """Calendars of holidays are written so: 34 of a public one would be lost for it."""
    _, [event] = read(calendar(f"{GOOD}\nRRULE:\nEXDATE:"))
    assert (event.fault, event.event.series) == ("", False)
    assert "RRULE" not in event.event.text, "other programs would not read it"


def test_one_without_uid_gets_one_that_leaves_with_it(read: Read) -> None:
    nameless = "DTSTART:20261123T100000Z\nSUMMARY:Nameless"
    _, [event] = read(calendar(nameless))
    _, [again] = read(calendar(nameless))
    _, [empty] = read(calendar(f"UID:\n{nameless}"))
    assert event.event.uid == again.event.uid
    for each in (event, empty):
        assert each.event.text.split("\n").count(f"UID:{each.event.uid}") == 1


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("UID:b\nSUMMARY:b", "no start"),
        ("UID:b\nDTSTART:nonsense", "DTSTART"),
        ("UID:b\nDTSTART:20261123T100000Z\nDTSTART:20261124T100000Z", "more than one"),
        ("UID:b\nDTSTART:20261123T100000Z\nDURATION:forever", "DURATION"),
        ("UID:b\nDTSTART:20261123T100000Z\nRRULE:FREQ=SOMETIMES", "RRULE"),
        ("UID:b\nDTSTART:00010101T000000Z", "year is 1"),
        ("UID:b\nDTSTART;VALUE=TIME:100000", "no day"),
        ("UID:b\nDTSTART:20261123T100000Z\nRRULE:RSCALE=HEBREW;FREQ=YEARLY", "HEBREW"),
        ("UID:b\nDTSTART:20261123T100000Z\nRDATE;VALUE=TIME:100000", "RDATE is no day"),
        ("UID:b\nDTSTART:20261123T100000Z\nRRULE:COUNT=3", "how often"),
    ],
)
def test_a_broken_event_is_listed_kept_and_alone(read: Read, inside: str, reason: str) -> None:
    notes, events = read(calendar(inside, GOOD))
    assert notes.total == 2
    [fault] = [each for each in events if each.fault]
    assert reason in fault.fault
    assert fault.event.state is State.BROKEN
    assert all(line in fault.event.text for line in inside.split("\n"))
    assert titles([each for each in events if not each.fault]) == ["Müller, Übung"]


def test_a_file_that_stops_in_the_middle_keeps_what_was_whole(read: Read) -> None:
    whole = calendar(GOOD, "UID:cut\nDTSTART:20261123T120000Z\nSUMMARY:cut")
    _, events = read(whole[: whole.index("SUMMARY:cut") + 9])
    assert [bool(each.fault) for each in events] == [False, True]
    assert "middle" in events[1].fault


def test_small_mistakes_are_mended(read: Read) -> None:
    _, events = read(
        calendar(
            "UID:a\nDTSTART:20261123T100000Z\nDTEND:20261123T090000Z",  # ends before it begins
            "UID:b\nDTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261123",
            "UID:c\nDTSTART;VALUE=DATE:20261123\nDTEND:20261124T100000Z",
            "UID:d\nDTSTART:20261123T100000Z",
        )
    )
    assert all(not each.fault for each in events)
    lengths = [each.turns[0].end.count - each.turns[0].start.count for each in events]
    assert lengths == [0, 86_400, 86_400, 0]


def test_an_event_without_uid_gets_the_same_name_each_time(read: Read) -> None:
    content = calendar("DTSTART:20261123T100000Z\nSUMMARY:x")
    (_, [one]), (_, [other]) = read(content), read(content)
    assert one.event.uid == other.event.uid
    assert one.event.uid.endswith("@no-uid")


def test_several_calendars_in_one_file_and_what_is_no_event(read: Read) -> None:
    task = "BEGIN:VTODO\r\nUID:t\r\nSUMMARY:task\r\nEND:VTODO\r\n"
    content = calendar(GOOD, name="Work, mostly").replace("END:VCALENDAR", task + "END:VCALENDAR")
    notes, events = read(content + calendar(GOOD.replace("UID:good", "UID:other")))
    assert (notes.name, notes.total, notes.others) == ("Work, mostly", 2, (("VTODO", 1),))
    assert [each.event.uid for each in events] == ["good", "other"]


def test_twice_in_a_file_counts_once_the_newer_stays(read: Read) -> None:
    newer = GOOD.replace("Müller, Übung", "Newer") + "\nSEQUENCE:2"
    _, events = read(calendar(newer, GOOD))
    kept = [each for each in events if not each.fault]
    assert titles(kept) == ["Newer"]
    assert sum(each.parts for each in events) == 2


def test_nested_alarms_do_not_lend_their_names(read: Read) -> None:
    alarm = "BEGIN:VALARM\nUID:alarm\nTRIGGER:-PT5M\nACTION:DISPLAY\nDESCRIPTION:x\nEND:VALARM"
    _, [event] = read(calendar(f"{alarm}\n{GOOD}"))
    assert (event.event.uid, event.event.title) == ("good", "Müller, Übung")


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00" * 5000, b"%PDF-1.7\n" * 50])
def test_what_is_no_calendar_is_told_so(read: Read, content: bytes) -> None:
    with pytest.raises(Unreadable, match="no calendar"):
        read(content)


def test_a_file_that_is_not_there_or_too_large_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unreadable):
        list(CalendarReader().read(tmp_path / "none.ics", "", FIRST, PAST))
    large = tmp_path / "large.ics"
    with large.open("wb") as file:
        file.truncate(calendars.BYTES_MOST + 1)
    with pytest.raises(Refused, match="larger than 64 MB"):
        list(CalendarReader().read(large, "", FIRST, PAST))


# --- hostile ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=SECONDLY;UNTIL=99991231T235959Z",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=HOURLY;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15",
    ],
)
def test_a_rule_of_a_billion_turns_is_cut_and_the_rest_goes_on(read: Read, rule: str) -> None:
    bomb = f"UID:bomb\nDTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:{rule}"
    _, events = read(calendar(bomb, GOOD), seconds=1.0)
    by_uid = {each.event.uid: each for each in events}
    assert by_uid["bomb"].event.cut or by_uid["bomb"].fault
    assert len(by_uid["bomb"].turns) < 10_000
    assert starts(by_uid["good"]) == ["2026-11-23T10:00"]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=SECONDLY;INTERVAL=30"])
def test_a_rule_without_end_is_refused_before_it_is_worked_out(rule: str) -> None:
    """In this process, where no limit of time would end it."""
    text = calendar(f"UID:bomb\nDTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:{rule}")
    [event] = Calendar.from_ical(text).walk("VEVENT")
    with pytest.raises(TooManyTurnsError, match="too often"):
        turns([event], FIRST, PAST)


@pytest.mark.parametrize(
    ("rule", "count", "cut"),
    [
        ("FREQ=SECONDLY;COUNT=60", 60, False),
        ("FREQ=MINUTELY;INTERVAL=30;UNTIL=20260101T120000Z", 7, False),
        ("FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;COUNT=2", 2, False),
        ("FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0", 730, False),
        ("FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0,30;BYDAY=MO", 209, False),
        ("FREQ=HOURLY;BYHOUR=9,10;BYMONTH=1", 124, False),
        ("FREQ=HOURLY", 3920, True),
    ],
)
def test_a_short_rule_within_a_day_is_worked_out(
    read: Read, rule: str, count: int, cut: bool
) -> None:
    _, [event] = read(calendar(f"UID:x\nDTSTART:20260101T090000Z\nRRULE:{rule}"))
    assert (event.fault, len(event.turns), event.event.cut) == ("", count, cut)


def test_an_event_that_takes_too_long_is_left_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A rule that never meets its day: reckoning it would go on for ever."""
    never = "UID:never\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30"
    path = tmp_path / "slow.ics"
    path.write_text(calendar(never, GOOD))
    reader = CalendarReader(group_seconds=1.0)
    events = [each for each in reader.read(path, "", FIRST, PAST) if isinstance(each, ReadEvent)]
    assert {each.event.uid: bool(each.fault) for each in events} == {"never": True, "good": False}


def test_nested_garbage_is_bounded(read: Read) -> None:
    deep = "BEGIN:X\n" * 5_000 + "END:X\n" * 5_000
    _, events = read(calendar(f"{GOOD}\n{deep}", GOOD.replace("UID:good", "UID:other")))
    assert [each.event.uid for each in events if not each.fault][-1] == "other"
    assert sum(each.parts for each in events) == 2


def test_lines_and_events_beyond_measure_are_kept_out(read: Read) -> None:
    long = f"UID:long\nDTSTART:20261123T100000Z\nDESCRIPTION:{'x' * (1 << 20)}y"
    many = "UID:many\nDTSTART:20261123T100000Z\n" + "X-A:1\n" * 20_001
    _, events = read(calendar(long, many, GOOD))
    assert [bool(each.fault) for each in events] == [True, True, False]


@pytest.mark.slow
def test_ten_megabytes_of_one_event_and_of_many(tmp_path: Path) -> None:
    path = tmp_path / "big.ics"
    description = "DESCRIPTION:" + "word " * 400
    events = [f"UID:{at}\nDTSTART:20261123T100000Z\n{description}" for at in range(5_000)]
    path.write_text(calendar(*events, GOOD))
    assert path.stat().st_size > 10_000_000
    notes, *found = CalendarReader().read(path, "", FIRST, PAST)
    assert isinstance(notes, FileNotes)
    assert notes.total == len(found) == 5_001
    assert all(isinstance(each, ReadEvent) and not each.fault for each in found)


def test_series_are_worked_out_again_in_order(read: Read) -> None:
    _, events = read(
        calendar(
            "UID:a\nDTSTART:20261001T100000Z\nRRULE:FREQ=WEEKLY",
            "UID:b\nDTSTART:20261002T100000Z\nRRULE:FREQ=DAILY;COUNT=2",
        )
    )
    again = list(
        CalendarReader().expand(
            [each.event for each in events],
            datetime(2030, 1, 1, tzinfo=UTC),
            datetime(2030, 1, 15, tzinfo=UTC),
        )
    )
    assert [each.event.uid for each in again] == ["a", "b"]
    assert [len(each.turns) for each in again] == [2, 0]
    assert list(CalendarReader().expand([], FIRST, PAST)) == []


def test_a_child_that_dies_again_and_again_ends_in_words(tmp_path: Path) -> None:
    path = tmp_path / "dead.ics"
    path.write_text(calendar(GOOD))

    class Dying(CalendarReader):
        """Each of its children is given no time at all."""

    reader = Dying(group_seconds=0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendars, "START_SECONDS", 0.0)
        with pytest.raises(Trouble, match="too long"):
            list(reader.read(path, "", FIRST, PAST))
