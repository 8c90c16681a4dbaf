"""Single events read without the library say what the library reads, or are left to it."""

from __future__ import annotations

import pytest

from gigdesk.worker.calendar.reading import components_of, describe
from gigdesk.worker.calendar.simple import simple
from gigdesk.worker.calendar.turns import turn_of

TIMES = "DTSTART;TZID=Europe/Berlin:20261124T100000\nDTEND;TZID=Europe/Berlin:20261124T110000"


def lines(inside: str) -> list[str]:
    return ["BEGIN:VEVENT", *inside.strip().split("\n"), "END:VEVENT"]


@pytest.mark.parametrize(
    "inside",
    [
        f"UID:a\n{TIMES}\nSUMMARY:Review\\, with a comma\\; and more\\nbelow",
        "UID:a\nDTSTART:20261124T100000Z\nDTEND:20261124T090000Z\nSUMMARY:Ends before it begins",
        "UID:a\nDTSTART:20261124T100000\nSUMMARY;LANGUAGE=de:Schwebend",
        "UID:a\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126\nSUMMARY:Days",
        "UID:a\nDTSTART;VALUE=DATE:20261124\nSUMMARY:One day",
        "UID:a\nDTSTART;TZID=Asia/Tbilisi:20260510T040000\nDTEND;TZID=Europe/Berlin:20260510T063000",
        "UID:a\nDTSTART;TZID=Europe/Berlin:20260329T023000\nSUMMARY:An hour that is not there",
        "UID:a\nDTSTART;TZID=Europe/Berlin:20261025T023000\nSUMMARY:An hour that comes twice",
        f"UID:a\n{TIMES}\nSUMMARY:First\nSUMMARY:Second\nSTATUS:TENTATIVE\nLOCATION:Room 2",
        f'UID:a\n{TIMES}\nORGANIZER;CN="Ada, L.":mailto:ada@example.com',
        f"UID:a\n{TIMES}\nORGANIZER:MAILTO:ada@example.com\n"
        "ATTENDEE;CN=Jo Fox;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:jo@example.com\n"
        "ATTENDEE:mailto:max@example.com",
        f"UID:a\n{TIMES}\nSEQUENCE:4\nDTSTAMP:20261101T090000Z\nLAST-MODIFIED:20261102T090000Z",
    ],
)
def test_it_says_what_the_library_says(inside: str) -> None:
    [library] = components_of("\n".join(lines(inside)), "")
    ours = simple(lines(inside))
    if "Ada, L." in inside:
        assert ours is None, "a comma may part two values: the library knows"
        return
    assert ours is not None
    assert describe([ours]) == describe([library])  # type: ignore[list-item]
    assert turn_of(ours, ours) == turn_of(library, library)
    assert ours.get("SEQUENCE", 0) == library.get("SEQUENCE", 0)
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert getattr(ours.get(name), "dt", None) == getattr(library.get(name), "dt", None)


@pytest.mark.parametrize(
    "inside",
    [
        "UID:a\nSUMMARY:No start",
        "UID:a\nDTSTART:nonsense",
        "UID:a\nDTSTART:20261324T100000Z",
        "UID:a\nDTSTART:20261124T100000Z\nDTSTART:20261125T100000Z",
        "UID:a\nDTSTART;TZID=Nowhere Time:20261124T100000",
        "UID:a\nDTSTART;TZID=Europe/Berlin:20261124T100000Z",
        "UID:a\nDTSTART:20261124T100000Z\nDURATION:PT1H",
        "UID:a\nDTSTART:20261124T100000Z\nRRULE:FREQ=DAILY",
        "UID:a\nDTSTART:20261124T100000Z\nRECURRENCE-ID:20261124T100000Z",
        "UID:a\nDTSTART:20261124T100000Z\nSEQUENCE:-1",
        "UID:a\nDTSTART:20261124T100000Z\nDTSTAMP:20261101T090000",
        "UID:a\nDTSTART:20261124T100000Z\nDESCRIPTION;ENCODING=BASE64:aGFsbG8=",
        "UID:a\nDTSTART:20261124T100000Z\nATTENDEE;CN=^'Jo^':mailto:jo@example.com",
        "UID:a\nDTSTART:20261124T100000Z\nno content line",
    ],
)
def test_what_is_not_plain_is_left_to_the_library(inside: str) -> None:
    assert simple(lines(inside)) is None
