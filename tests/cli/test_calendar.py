"""`gigdesk calendar`, as a script drives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.script import Script

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//hand//EN
BEGIN:VEVENT
UID:waits@example
DTSTAMP:20261101T090000Z
DTSTART;TZID=Nowhere Time:20261124T100000
DTEND;TZID=Nowhere Time:20261124T110000
SUMMARY:Call
END:VEVENT
BEGIN:VEVENT
UID:stands@example
DTSTAMP:20261101T090000Z
DTSTART:20261124T100000Z
DTEND:20261124T110000Z
SUMMARY:Review
END:VEVENT
END:VCALENDAR
"""


def test_export_counts_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An event without a zone is not written, and the answer says so."""
    script = Script(tmp_path / "home", capsys)
    (tmp_path / "in.ics").write_text(FILE.replace("\n", "\r\n"), newline="")
    done = script("calendar", "import", str(tmp_path / "in.ics"))
    assert done["imported"] == 1
    assert done["needs_zone"] == [{"uid": "waits@example", "tzid": "Nowhere Time"}]
    out = tmp_path / "out.ics"
    answer = script("calendar", "export", "-o", str(out))
    assert answer == {"file": str(out), "events": 1, "needs_zone": 1}
    assert "stands@example" in out.read_text("utf-8")
    assert "waits@example" not in out.read_text("utf-8")
