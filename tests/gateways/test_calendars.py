"""The child that reads calendars: kept from file to file, and replaced when it is gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.calendar.events import Event, Moment, ReadEvent
from gigdesk.gateways.calendars import CalendarReader
from tests.diaries import STANDS, WEEKLY, civil, written
from tests.worker.calendar.conftest import FIRST, PAST

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess


def uids(reader: CalendarReader, path: Path) -> list[str]:
    pieces = list(reader.read(path, "", FIRST, PAST))
    return [each.event.uid for each in pieces if isinstance(each, ReadEvent)]


def waiting(reader: CalendarReader) -> SpawnProcess:
    assert reader._spare is not None
    return reader._spare.process


def test_one_child_reads_file_after_file(tmp_path: Path) -> None:
    reader = CalendarReader()
    assert uids(reader, written(tmp_path, STANDS)) == ["stands@example"]
    first = waiting(reader)
    assert uids(reader, written(tmp_path, WEEKLY)) == ["weekly@example"]
    assert waiting(reader) is first


def test_one_that_ended_meanwhile_costs_nothing(tmp_path: Path) -> None:
    reader, path = CalendarReader(), written(tmp_path, STANDS)
    uids(reader, path)
    gone = waiting(reader)
    gone.kill()
    gone.join()
    assert uids(reader, path) == ["stands@example"]
    assert waiting(reader) is not gone


def test_two_at_once_have_a_child_each(tmp_path: Path) -> None:
    reader = CalendarReader()
    one = reader.read(written(tmp_path, STANDS, name="one.ics"), "", FIRST, PAST)
    next(one)
    assert uids(reader, written(tmp_path, WEEKLY, name="two.ics")) == ["weekly@example"]
    assert [each.event.uid for each in one if isinstance(each, ReadEvent)] == ["stands@example"]
    assert waiting(reader).is_alive()


def test_a_child_left_in_the_middle_is_not_kept(tmp_path: Path) -> None:
    reader = CalendarReader()
    begun = reader.read(written(tmp_path, STANDS, WEEKLY), "", FIRST, PAST)
    next(begun)
    assert hasattr(begun, "close")
    begun.close()
    assert reader._spare is None


def test_a_title_with_odd_line_ends_is_written_on_one_line() -> None:
    text = (
        "BEGIN:VEVENT\nUID:odd\nDTSTART:20261124T100000Z\nSUMMARY:One\u2028two\x85three\nEND:VEVENT"
    )
    moment = Moment(civil(11, 24, 10))
    content = CalendarReader().written([Event("odd", start=moment, end=moment, text=text)])
    assert "SUMMARY:One\u2028two\x85three\r\n" in content.decode()


def test_a_zone_two_events_share_is_written_once() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Ours\nEND:VTIMEZONE"
    other = zone.replace("Ours", "Theirs")
    texts = ["BEGIN:VEVENT\nDTSTART;TZID=Ours:20261124T100000\nEND:VEVENT"] * 2
    moment = Moment(civil(11, 24, 10))
    events = [
        Event("a", start=moment, end=moment, text=texts[0], zones=zone),
        Event("b", start=moment, end=moment, text=texts[1], zones=f"{zone}\n{other}"),
    ]
    content = CalendarReader().written(events)
    assert content.count(b"TZID:Ours") == 1
    assert content.count(b"TZID:Theirs") == 1
