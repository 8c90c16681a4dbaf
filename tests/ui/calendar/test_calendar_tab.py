"""The Calendar tab as a person meets it: week, agenda, keys, the editor, files brought in."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)

from gigdesk.domain.calendar.events import NewEvent
from gigdesk.ui.kit.rows import RecordRole, WholeList
from gigdesk.ui.sheet import Sheet
from gigdesk.ui.tabs.calendar.agenda import Agenda
from gigdesk.ui.tabs.calendar.editor import EventEditor
from gigdesk.ui.tabs.calendar.entries import Entry
from gigdesk.ui.tabs.calendar.saving import whole
from gigdesk.ui.tabs.calendar.tab import CalendarPage
from gigdesk.ui.tabs.calendar.week import WeekView
from gigdesk.ui.theme.look import colour
from tests.diaries import BROKEN, WAITS, WEEKLY, brought, written
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
MONDAY = date(2026, 11, 23)
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//test//EN
BEGIN:VEVENT
UID:good
DTSTART:20261126T100000Z
DTEND:20261126T110000Z
SUMMARY:Came from a file
END:VEVENT
BEGIN:VEVENT
UID:broken
DTSTART:nonsense
SUMMARY:Broken one
END:VEVENT
BEGIN:VEVENT
UID:lost
DTSTART;TZID=Atlantis Standard Time:20261126T140000
DTEND;TZID=Atlantis Standard Time:20261126T150000
SUMMARY:Somewhere at two
END:VEVENT
END:VCALENDAR
"""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - civil, the zone stands beside it


@pytest.fixture
def diary(office: Office, bridge: Desk) -> None:
    """Two events today, one on Wednesday, a whole day on Friday."""
    office.writer.use(lambda call: call())
    for new in (
        NewEvent("Stand-up", at(23, 10), at(23, 10, 30), "Europe/Berlin", location="Room 2"),
        NewEvent("Call with Ada", at(23, 16), at(23, 17), "America/New_York"),
        NewEvent("Drawing", at(25, 10), at(25, 12), "Europe/Berlin", description="No calls"),
        NewEvent("Fair", at(27, 0), at(28, 0), all_day=True),
    ):
        office.calendar.add(new)
    office.writer.use(bridge.write)


@pytest.fixture
def page(diary: None, window: Window, bridge: Desk, qtbot: QtBot) -> CalendarPage:
    """The Calendar of the window, its week read."""
    made = shown(window, qtbot)
    qtbot.waitUntil(lambda: len(titles(made._week)) == 4)
    settled(bridge, qtbot)
    return made


def shown(window: Window, qtbot: QtBot) -> CalendarPage:
    in_front(window, qtbot)
    made = window.go(3)
    assert isinstance(made, CalendarPage)
    qtbot.waitUntil(lambda: made._shelf is not None)
    made.setFocus()
    return made


def in_front(window: QWidget, qtbot: QtBot) -> None:
    """Keys reach the window that is in front; offscreen nobody brings it there by itself."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def records(view: QAbstractItemView) -> list[object]:
    model = view.model()
    return [model.index(row, 0).data(RecordRole) for row in range(model.rowCount())]


def titles(view: QAbstractItemView) -> list[str]:
    return [each.occurrence.title for each in records(view) if isinstance(each, Entry)]


def sentences(view: QAbstractItemView) -> list[str]:
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def current(view: WeekView | Agenda) -> str:
    entry = view.entry()
    return entry.occurrence.title if entry else ""


def side(page: CalendarPage) -> str:
    """What stands at the side: its words, and what its headings and lists are called."""
    pieces = [each for each in page._opened.side.findChildren(QWidget) if each.isVisible()]
    return "\n".join(
        each.text() if isinstance(each, QLabel) else each.accessibleName() for each in pieces
    )


def open_title(page: CalendarPage) -> str:
    return page._opened.detail.event.title if page._opened.detail else ""


def opened(page: CalendarPage, qtbot: QtBot, title: str) -> None:
    """Choose an event of the week and open it with Enter."""
    entry = next(
        each
        for each in records(page._week)
        if isinstance(each, Entry) and each.occurrence.title == title
    )
    page._week.choose(entry.key)
    qtbot.keyClick(page._week, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: open_title(page) == title and title in side(page))


def stored(page: CalendarPage) -> list[str]:
    found = page.office.calendar.known(MONDAY, date(2026, 11, 29))
    return sorted(each.title for each in found)


def editor(page: CalendarPage, qtbot: QtBot) -> EventEditor:
    def there() -> list[EventEditor]:
        return [each for each in page.findChildren(EventEditor) if each.isVisible()]

    qtbot.waitUntil(lambda: len(there()) == 1)
    in_front(there()[0], qtbot)
    return there()[0]


def no_editor(page: CalendarPage) -> bool:
    return not any(each.isVisible() for each in page.findChildren(EventEditor))


def field(made: EventEditor, name: str) -> QLineEdit:
    return next(each for each in made.findChildren(QLineEdit) if each.accessibleName() == name)


def clock(made: EventEditor, name: str) -> QTimeEdit:
    return next(each for each in made.findChildren(QTimeEdit) if each.accessibleName() == name)


def problem(made: EventEditor) -> str:
    return made._problem.text() if made._problem.isVisible() else ""


def put(line: QLineEdit, words: str) -> None:
    line.clear()
    line.insert(words)


# --- what is shown ------------------------------------------------------------------------------
def test_the_week_says_each_event_in_a_sentence(page: CalendarPage) -> None:
    said = sentences(page._week)
    assert len(said) == 4
    assert any(each.startswith("Monday 23 November, 10:00–10:30: Stand-up") for each in said)
    assert any("Room 2" in each for each in said)
    assert any("22:00–23:00: Call with Ada" in each and "16:00" in each for each in said)
    assert any("all day: Fair" in each for each in said)
    assert "23 November" in page._week.accessibleName()


def test_the_models_are_good_ones(
    page: CalendarPage, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page._week.model())
    page.switch()
    qtbot.waitUntil(lambda: len(titles(page._agenda)) == 4)
    qtmodeltester.check(page._agenda.model())


def test_v_changes_to_the_agenda_and_back(page: CalendarPage, window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: len(titles(page._agenda)) == 4)
    assert page._agenda.isVisible()
    said = sentences(page._agenda)
    assert said[0].startswith("Today, Monday 23 November")
    assert "2 events" in said[0]
    assert titles(page._agenda) == ["Stand-up", "Call with Ada", "Drawing", "Fair"]
    qtbot.keyClick(window, Qt.Key.Key_V)
    qtbot.waitUntil(page._week.isVisible)


MAYBE = """UID:maybe@example
DTSTART;TZID=Europe/Berlin:20261126T140000
DTEND;TZID=Europe/Berlin:20261126T153000
SUMMARY:The fair
STATUS:TENTATIVE"""
SUNDAY = """UID:sunday@example
DTSTART;TZID=Europe/Berlin:20261129T110000
DTEND;TZID=Europe/Berlin:20261129T120000
SUMMARY:Brunch"""


def with_file(page: CalendarPage, qtbot: QtBot, path: Path) -> None:
    """Bring a file into the open calendar."""
    with qtbot.waitSignal(page.done, timeout=20_000):
        page.bring_in([path])


def test_what_may_not_take_place_looks_and_says_so(
    page: CalendarPage, tmp_path: Path, bridge: Desk, qtbot: QtBot
) -> None:
    with_file(page, qtbot, written(tmp_path, MAYBE, MAYBE.replace("maybe@", "sure@").replace(
        "STATUS:TENTATIVE", "STATUS:CONFIRMED").replace("T14", "T10").replace("T15", "T11")))  # fmt: skip
    qtbot.waitUntil(lambda: titles(page._week).count("The fair") == 2)
    settled(bridge, qtbot)
    said = [each for each in sentences(page._week) if "The fair" in each]
    assert [("Tentative" in each) for each in said] == [False, True]
    picture = page._week.viewport().grab().toImage()
    grid = page._week.grid()
    seen = [
        picture.pixelColor((grid.rect(each).bottomRight() - QPoint(8, 8)).toPoint())
        for each in records(page._week)
        if isinstance(each, Entry) and each.occurrence.title == "The fair"
    ]
    assert seen == [colour("chosen"), colour("warn_wash")]


def test_an_event_on_sunday_brings_the_whole_weekend(
    page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    assert page._week.grid().days[-1] == date(2026, 11, 27)
    with_file(page, qtbot, written(tmp_path, SUNDAY))
    qtbot.waitUntil(lambda: "Brunch" in titles(page._week))
    assert page._week.grid().days == tuple(date(2026, 11, day) for day in range(23, 30))


def test_what_begins_later_stands_over_what_is_read_by_then(
    page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    later = MAYBE.replace("maybe@", "later@").replace("T140000", "T150000").replace("fair", "train")
    soon = MAYBE.replace("maybe@", "soon@").replace("T140000", "T100000").replace("T153", "T113")
    both = soon.replace("soon@", "both@").replace("T100000", "T101500")
    with_file(page, qtbot, written(tmp_path, MAYBE, later, soon, both))
    qtbot.waitUntil(lambda: len(titles(page._week)) == 8)
    grid = page._week.grid()
    found = {
        each.occurrence.uid.partition("@")[0]: grid.rect(each)
        for each in records(page._week)
        if isinstance(each, Entry)
    }
    assert found["maybe"].width() > 1.8 * found["later"].width(), "an hour earlier: the whole day"
    assert found["later"].left() > found["maybe"].left() + found["later"].width()
    assert found["soon"].width() == found["both"].width(), "a quarter earlier: side by side"
    middle = found["later"].center().toPoint()
    assert page._week.indexAt(middle).data(RecordRole).occurrence.uid == "later@example"


# --- keys ---------------------------------------------------------------------------------------
def test_j_and_k_go_through_the_events(page: CalendarPage, window: Window, qtbot: QtBot) -> None:
    order = titles(page._week)
    for title in order[:3]:
        qtbot.keyClick(window, Qt.Key.Key_J)
        qtbot.waitUntil(lambda title=title: current(page._week) == title)  # type: ignore[misc]
    qtbot.keyClick(window, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: current(page._week) == order[1])


def test_what_is_chosen_while_the_days_are_read_again_counts(
    page: CalendarPage, bridge: Desk, qtbot: QtBot
) -> None:
    for view in (page._week, page._agenda):
        if view is page._agenda:
            page.switch()
            qtbot.waitUntil(lambda: "Stand-up" in titles(page._agenda))
        view.choose((10_000, 0, date(2026, 11, 24)))  # awaited: not there yet
        page.load()
        view.step(1)
        chosen = current(view)
        settled(bridge, qtbot)
        assert current(view) == chosen != ""
        assert view._waits_for is None


def test_one_that_is_gone_does_not_close_what_was_opened_after_it(
    page: CalendarPage, bridge: Desk, qtbot: QtBot
) -> None:
    first, second = (each for each in records(page._week)[:2] if isinstance(each, Entry))
    bridge.do(partial(page.office.calendar.delete, first.occurrence.event_id)).result(timeout=10)
    page._opened.open(first)
    page._opened.open(second)
    qtbot.waitUntil(lambda: open_title(page) == second.occurrence.title)
    settled(bridge, qtbot)
    assert open_title(page) == second.occurrence.title


def test_j_skips_the_headings_of_the_agenda(
    page: CalendarPage, window: Window, qtbot: QtBot
) -> None:
    page.switch()
    qtbot.waitUntil(lambda: len(titles(page._agenda)) == 4)
    for title in titles(page._agenda):
        qtbot.keyClick(window, Qt.Key.Key_J)
        qtbot.waitUntil(lambda title=title: current(page._agenda) == title)  # type: ignore[misc]


def test_arrows_go_through_hours_and_days(page: CalendarPage, qtbot: QtBot) -> None:
    entry = next(
        each
        for each in records(page._week)
        if isinstance(each, Entry) and each.occurrence.title == "Stand-up"
    )
    page._week.choose(entry.key)
    qtbot.keyClick(page._week, Qt.Key.Key_Down)
    assert current(page._week) == "Call with Ada"
    qtbot.keyClick(page._week, Qt.Key.Key_Up)
    assert current(page._week) == "Stand-up"
    qtbot.keyClick(page._week, Qt.Key.Key_Right)
    assert current(page._week) == "Drawing"
    qtbot.keyClick(page._week, Qt.Key.Key_Left)
    assert current(page._week) == "Stand-up"


def test_the_edge_and_the_pages_turn_the_week_and_t_comes_back(
    page: CalendarPage, window: Window, qtbot: QtBot
) -> None:
    opened(page, qtbot, "Drawing")
    qtbot.keyClick(page._week, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page._shelf is not None and page._shelf.first == date(2026, 11, 30))
    qtbot.keyClick(page._week, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: page._shelf is not None and page._shelf.first == date(2026, 12, 7))
    qtbot.waitUntil(lambda: titles(page._week) == [])
    qtbot.keyClick(window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: page._shelf is not None and page._shelf.first == MONDAY)
    qtbot.waitUntil(lambda: len(titles(page._week)) == 4)


def test_enter_opens_and_escape_goes_back_to_the_week(page: CalendarPage, qtbot: QtBot) -> None:
    assert "This week" in side(page)
    opened(page, qtbot, "Stand-up")
    assert "Room 2" in side(page)
    assert "10:00–10:30" in side(page)
    qtbot.keyClick(page._week, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: open_title(page) == "")
    qtbot.waitUntil(lambda: "This week" in side(page))


def test_the_open_event_shows_its_notes(page: CalendarPage, qtbot: QtBot) -> None:
    opened(page, qtbot, "Drawing")
    [notes] = page._opened.side.findChildren(QPlainTextEdit)
    assert notes.toPlainText() == "No calls"
    assert notes.isReadOnly()


# --- writing ------------------------------------------------------------------------------------
def test_ctrl_n_writes_an_event(page: CalendarPage, window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    made = editor(page, qtbot)
    put(field(made, "What"), "Write the offer")
    qtbot.keyClick(made, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Write the offer" in titles(page._week))
    qtbot.waitUntil(lambda: open_title(page) == "Write the offer")
    assert no_editor(page)
    [made_one] = [
        each for each in records(page._week)
        if isinstance(each, Entry) and each.occurrence.title == "Write the offer"
    ]  # fmt: skip
    assert made_one.clock == "10:00–11:00"
    in_front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Write the offer" not in stored(page))
    qtbot.waitUntil(lambda: "Write the offer" not in titles(page._week))


def test_what_is_wrong_is_said_in_the_editor_which_stays(
    page: CalendarPage, window: Window, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    made = editor(page, qtbot)
    made.keep()
    qtbot.waitUntil(lambda: "An event needs a title" in problem(made))
    put(field(made, "What"), "Offer")
    put(field(made, "Time zone"), "Mars/Olympus")
    made.keep()
    qtbot.waitUntil(lambda: "“Mars/Olympus” is no time zone" in problem(made))
    put(field(made, "Time zone"), "Europe/Berlin")
    clock(made, "Ends at").setTime(clock(made, "Starts at").time().addSecs(-600))
    made.keep()
    qtbot.waitUntil(lambda: "It would end before it begins" in problem(made))
    assert made.isVisible()
    assert field(made, "What").text() == "Offer"
    assert len(stored(page)) == 4
    clock(made, "Ends at").setTime(clock(made, "Starts at").time().addSecs(900))
    made.keep()
    qtbot.waitUntil(lambda: "Offer" in stored(page))
    qtbot.waitUntil(lambda: no_editor(page))


def test_escape_leaves_the_editor_and_keeps_nothing(
    page: CalendarPage, window: Window, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    made = editor(page, qtbot)
    put(field(made, "What"), "Never")
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: no_editor(page))
    assert len(stored(page)) == 4


def test_e_changes_the_open_event_and_undo_puts_it_back(
    page: CalendarPage, window: Window, qtbot: QtBot
) -> None:
    opened(page, qtbot, "Stand-up")
    qtbot.keyClick(window, Qt.Key.Key_E)
    made = editor(page, qtbot)
    assert field(made, "Where").text() == "Room 2"
    put(field(made, "What"), "Sit-down")
    clock(made, "Starts at").setTime(clock(made, "Starts at").time().addSecs(3600))
    made.keep()
    qtbot.waitUntil(lambda: "Sit-down" in titles(page._week))
    qtbot.waitUntil(lambda: "11:00–11:30" in side(page))
    assert "Stand-up" not in stored(page)
    in_front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Stand-up" in titles(page._week))
    qtbot.waitUntil(lambda: "10:00–10:30" in side(page))


def test_x_deletes_and_undo_puts_it_back(page: CalendarPage, window: Window, qtbot: QtBot) -> None:
    opened(page, qtbot, "Drawing")
    qtbot.keyClick(window, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: "Drawing" not in titles(page._week))
    assert "Drawing" not in stored(page)
    assert open_title(page) == ""
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Drawing" in titles(page._week))


# --- files --------------------------------------------------------------------------------------
def sheet_lines(page: CalendarPage) -> list[str]:
    sheets = [each for each in page.window().findChildren(Sheet) if each.isVisible()]
    views = [view for sheet in sheets for view in sheet.findChildren(QAbstractItemView)]
    return [line for view in views for line in sentences(view)]


def test_a_file_comes_in_and_what_did_not_is_told(
    page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mixed.ics"
    path.write_text(FILE, "utf-8")
    with qtbot.waitSignal(page.done, timeout=20_000) as done:
        page.bring_in([path])
    assert "1" in done.args[0].words
    qtbot.waitUntil(lambda: "Came from a file" in titles(page._week))
    qtbot.waitUntil(lambda: any("DTSTART" in line for line in sheet_lines(page)))
    assert any("broken" in line for line in sheet_lines(page))
    qtbot.waitUntil(lambda: "1 event waits for its zone" in side(page))
    assert "Atlantis Standard Time" in side(page)
    assert "Somewhere at two" not in titles(page._week)


def test_a_zone_nobody_knows_is_asked_for_and_placed(
    page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mixed.ics"
    path.write_text(FILE, "utf-8")
    with qtbot.waitSignal(page.done, timeout=20_000):
        page.bring_in([path])
    qtbot.waitUntil(lambda: page._opened.side.zone_field is not None)
    line = cast("QLineEdit", page._opened.side.zone_field)
    line.setText("Mars/Olympus")
    with qtbot.waitSignal(page.troubled) as trouble:
        line.returnPressed.emit()
    assert "is no time zone" in trouble.args[0].title
    line = cast("QLineEdit", page._opened.side.zone_field)
    line.setText("Europe/Lisbon")
    with qtbot.waitSignal(page.done, timeout=20_000):
        line.returnPressed.emit()
    qtbot.waitUntil(lambda: "Somewhere at two" in titles(page._week))
    assert any("15:00–16:00: Somewhere at two" in each for each in sentences(page._week))
    qtbot.waitUntil(lambda: page._opened.side.zone_field is None)


def test_a_file_that_is_none_is_said_and_undoes_nothing(
    page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.done, timeout=20_000) as done:
        page.bring_in([tmp_path / "away.ics"])
    assert done.args[0].undo is None
    assert done.args[0].words
    assert len(stored(page)) == 4


def test_an_import_is_taken_back_whole(
    page: CalendarPage, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mixed.ics"
    path.write_text(FILE, "utf-8")
    with qtbot.waitSignal(page.done, timeout=20_000):
        page.bring_in([path])
    qtbot.waitUntil(lambda: "Came from a file" in titles(page._week))
    window.undo()
    qtbot.waitUntil(lambda: "Came from a file" not in titles(page._week))
    assert len(stored(page)) == 4
    assert page.office.calendar.unplaced() == []


def test_of_two_files_the_one_that_changed_something_is_taken_back(
    page: CalendarPage, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    known = written(tmp_path, MAYBE, name="known.ics")
    with_file(page, qtbot, known)
    with qtbot.waitSignal(page.done, timeout=20_000) as done:
        page.bring_in([known, written(tmp_path, BROKEN, name="broken.ics")])
    assert done.args[0].undo is not None
    assert len(page.office.calendar.unreadable()) == 1
    window.undo()
    qtbot.waitUntil(lambda: page.office.calendar.unreadable() == [])
    assert "The fair" in stored(page)


def test_saving_it_all_says_what_waits_and_is_left_out(
    page: CalendarPage, tmp_path: Path, qtbot: QtBot
) -> None:
    with_file(page, qtbot, written(tmp_path, WAITS, WAITS.replace("waits@", "too@")))
    left = "2 events wait for their zone and are left out"
    qtbot.waitUntil(lambda: left in side(page))
    out = tmp_path / "out.ics"
    with qtbot.waitSignal(page.said) as said:
        page._saving.write(out, partial(whole, page.office))
    assert said.args == [f"Saved as out.ics. {left}"]
    assert b"waits@" not in out.read_bytes()
    assert b"SUMMARY:Stand-up" in out.read_bytes()


# --- from elsewhere -----------------------------------------------------------------------------
def test_a_row_of_todays_agenda_opens_the_event_here(
    diary: None,
    window: Window,
    qtbot: QtBot,
) -> None:
    today = window.go(0)
    agenda = next(
        each for each in today.findChildren(WholeList) if each.accessibleName() == "Agenda"
    )
    qtbot.waitUntil(lambda: agenda.model() is not None and agenda.model().rowCount() == 2)
    row = next(
        at for at, said in enumerate(sentences(agenda)) if "Call with Ada" in said
    )  # fmt: skip
    where = agenda.visualRect(agenda.model().index(row, 0)).center()
    qtbot.mouseClick(agenda.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Calendar · Call with Ada"))
    page = next(each for each in window.findChildren(CalendarPage))
    assert page.isVisible()
    qtbot.waitUntil(lambda: open_title(page) == "Call with Ada")
    qtbot.waitUntil(lambda: current(page._week) == "Call with Ada")


@pytest.fixture
def early(diary: None, office: Office, bridge: Desk, tmp_path: Path) -> None:
    """A series of each morning, over for today."""
    office.writer.use(lambda call: call())
    daily = WEEKLY.replace("20261005T09", "20261005T08").replace("WEEKLY;COUNT=12", "DAILY")
    brought(office, written(tmp_path, daily.replace("Stand-up", "Stretch")))
    office.writer.use(bridge.write)


def test_a_row_of_a_series_opens_the_turn_of_its_day(
    early: None, window: Window, qtbot: QtBot
) -> None:
    """Today's turn is over, and its row opens today's all the same."""
    for name, day in (("Agenda", 23), ("Tomorrow", 24)):
        today = window.go(0)
        rows = next(each for each in today.findChildren(WholeList) if each.accessibleName() == name)
        qtbot.waitUntil(lambda rows=rows: any("08:00" in each for each in sentences(rows)))  # type: ignore[misc]
        row = next(at for at, said in enumerate(sentences(rows)) if "08:00" in said)
        where = rows.visualRect(rows.model().index(row, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
        page = next(each for each in window.findChildren(CalendarPage))
        qtbot.waitUntil(lambda page=page: open_title(page) == "Stretch")  # type: ignore[misc]
        qtbot.waitUntil(lambda page=page, day=day: opened_day(page) == day)  # type: ignore[misc]


def opened_day(page: CalendarPage) -> int:
    return page._opened.detail.entry.day.day if page._opened.detail else 0


@pytest.mark.parametrize("view", [0, 1])
def test_nothing_is_pushed_out_of_a_small_window(
    page: CalendarPage, window: Window, bridge: Desk, qtbot: QtBot, view: int
) -> None:
    window.resize(1024, 640)
    page._head.pick(view)
    settled(bridge, qtbot)
    assert window.width() == 1024
    edge = page._opened.side.mapTo(window, page._opened.side.rect().topRight()).x()
    assert edge < 1024
