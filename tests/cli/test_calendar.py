"""`gigdesk calendar`, as a script drives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.script import Script
from tests.diaries import BROKEN, STANDS, WAITS, WEEKLY, written

EVENT = {"uid", "title", "start", "end", "all_day", "zone", "calendar"}
OFF = """UID:off@example
DTSTAMP:20261101T090000Z
DTSTART;VALUE=DATE:20261124
DTEND;VALUE=DATE:20261126
SUMMARY:Days off"""


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    """A desk of one's own."""
    return Script(tmp_path / "home", capsys)


# --- import ---------------------------------------------------------------------------------------
def test_import_tells_what_came_what_did_not_and_what_waits(script: Script, tmp_path: Path) -> None:
    file = str(written(tmp_path, STANDS, WAITS, BROKEN))
    done = script("calendar", "import", file)
    assert done["imported"] == 1
    assert done["updated"] == 0
    [skipped] = done["skipped"]
    assert skipped["uid"] == "broken@example"
    assert "DTSTART" in skipped["reason"]
    assert done["needs_zone"] == [{"uid": "waits@example", "tzid": "Nowhere Time"}]
    assert "broken@example: " in script.error, "people read it on standard error"
    assert "--zone" in script.error
    again = script("calendar", "import", file)
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, 1)
    assert again["needs_zone"] == done["needs_zone"]


def test_import_with_a_zone_places_what_nobody_could(script: Script, tmp_path: Path) -> None:
    file = str(written(tmp_path, WAITS, STANDS))
    script("calendar", "import", file)
    placed = script("calendar", "import", file, "--zone", "America/New_York")
    assert (placed["updated"], placed["unchanged"], placed["needs_zone"]) == (1, 1, [])
    days = script("calendar", "list", "--from", "2026-11-24", "--to", "2026-11-24")
    assert [(each["uid"], each["start"], each["zone"]) for each in days] == [
        ("stands@example", "2026-11-24T11:00:00+01:00", "UTC"),
        ("waits@example", "2026-11-24T16:00:00+01:00", "America/New_York"),
    ]


def test_a_zone_that_is_none_brings_nothing_in(script: Script, tmp_path: Path) -> None:
    file = str(written(tmp_path, STANDS))
    said = script("calendar", "import", file, "--zone", "Mars/Olympus", ends=1)
    assert said["error"]["title"] == "“Mars/Olympus” is no time zone"
    assert said["error"]["advice"]
    assert script("calendar", "list", "--from", "2026-11-24", "--to", "2026-11-24") == []


@pytest.mark.parametrize("place", ["away.ics", "", "notes.txt/diary.ics"])
def test_what_cannot_be_opened_is_trouble(script: Script, tmp_path: Path, place: str) -> None:
    """No such file, a folder, a path that leads through a file."""
    (tmp_path / "notes.txt").write_text("notes")
    said = script("calendar", "import", str(tmp_path / place), ends=1)
    assert said["error"]["title"].endswith("cannot be opened")
    assert said["error"]["advice"] == "Check that it is there and may be read."
    assert said["error"]["title"] in script.error


@pytest.mark.parametrize("content", [b"", b"Dear Ada,\r\n", b"\x00\xff\xfe" * 400])
def test_a_file_that_is_no_calendar_is_trouble(
    script: Script, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "letter.ics").write_bytes(content)
    said = script("calendar", "import", str(tmp_path / "letter.ics"), ends=1)
    assert said["error"]["title"] == "There is no calendar in letter.ics"


def test_a_calendar_without_events_is_none(script: Script, tmp_path: Path) -> None:
    done = script("calendar", "import", str(written(tmp_path)))
    assert done == {"imported": 0, "updated": 0, "unchanged": 0, "skipped": [], "needs_zone": []}


# --- list -----------------------------------------------------------------------------------------
def test_list_says_instants_with_offset_days_and_series(script: Script, tmp_path: Path) -> None:
    script("calendar", "import", str(written(tmp_path, WEEKLY, OFF, name="Work.ics")))
    found = script("calendar", "list", "--from", "2026-10-19", "--to", "2026-11-30")
    assert all(set(each) == EVENT for each in found)
    weekly = [each["start"] for each in found if each["uid"] == "weekly@example"]
    assert len(weekly) == 7
    assert weekly[:2] == ["2026-10-19T09:00:00+02:00", "2026-10-26T09:00:00+01:00"]
    [off] = [each for each in found if each["all_day"]]
    assert off == {
        "uid": "off@example", "title": "Days off", "start": "2026-11-24", "end": "2026-11-26",
        "all_day": True, "zone": None, "calendar": "Work",
    }  # fmt: skip


def test_a_day_has_what_touches_it(script: Script, tmp_path: Path) -> None:
    script("calendar", "import", str(written(tmp_path, OFF)))
    for day, count in ((23, 0), (24, 1), (25, 1), (26, 0)):
        found = script("calendar", "list", "--from", f"2026-11-{day}", "--to", f"2026-11-{day}")
        assert len(found) == count, day


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-25", "2026-11-24"), ("0001-01-01", "2026-11-24"), ("2026-11-24", "9999-12-31")],
)
def test_days_that_are_none_are_trouble(script: Script, first: str, last: str) -> None:
    said = script("calendar", "list", "--from", first, "--to", last, ends=1)
    assert said["error"]["title"] == "There are no such days here"


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--from", "2026-11-24"),
        ("list", "--from", "yesterday", "--to", "2026-11-24"),
        ("import",),
        ("export",),
    ],
)
def test_what_is_written_wrong_is_wrong_usage(script: Script, words: tuple[str, ...]) -> None:
    assert script("calendar", *words, ends=2) is None
    assert "gigdesk calendar" in script.error


# --- export ---------------------------------------------------------------------------------------
def test_export_counts_what_it_leaves_out(script: Script, tmp_path: Path) -> None:
    """An event without a zone is not written, and the answer says so."""
    script("calendar", "import", str(written(tmp_path, WAITS, STANDS)))
    out = tmp_path / "out.ics"
    answer = script("calendar", "export", "-o", str(out))
    assert answer == {"file": str(out), "events": 1, "needs_zone": 1}
    assert "stands@example" in out.read_text("utf-8")
    assert "waits@example" not in out.read_text("utf-8")


def test_export_of_an_empty_calendar_is_a_calendar(script: Script, tmp_path: Path) -> None:
    out = tmp_path / "out.ics"
    assert script("calendar", "export", "-o", str(out))["events"] == 0
    assert Calendar.from_ical(out.read_bytes()).events == []


def test_export_to_where_nothing_can_be_written_is_trouble(script: Script, tmp_path: Path) -> None:
    out = tmp_path / "away" / "out.ics"
    said = script("calendar", "export", "-o", str(out), ends=1)
    assert said["error"]["title"].endswith("cannot be written")
    assert not out.parent.exists()
