"""The calendar's verbs: what waits for a zone still waits after its deletion is undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigdesk.services.office import Office

WAITS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//hand//EN
BEGIN:VEVENT
UID:waits@example
DTSTAMP:20261101T090000Z
DTSTART;TZID=Nowhere Time:20261124T100000
DTEND;TZID=Nowhere Time:20261124T110000
SUMMARY:Call
END:VEVENT
END:VCALENDAR
"""


def test_deleted_and_put_back_it_still_asks_for_its_zone(office: Office, tmp_path: Path) -> None:
    """Undone, the event waits under the same name and can be placed."""
    path = tmp_path / "waits.ics"
    path.write_text(WAITS.replace("\n", "\r\n"), newline="")
    for _ in office.calendar.import_file(path):
        pass
    [(event, tzids)] = office.calendar.unplaced()
    assert tzids == ("Nowhere Time",)
    changed = office.calendar.delete(event.id)
    assert office.calendar.unplaced() == []
    assert changed.undo is not None
    changed.undo()
    assert [names for _, names in office.calendar.unplaced()] == [tzids]
    assert office.calendar.place("Nowhere Time", "Europe/Berlin").value == 1
    assert office.calendar.unplaced() == []
