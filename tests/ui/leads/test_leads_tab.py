"""The Leads tab as a person meets it: list, reasons, marks, filter, files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QLineEdit, QStackedWidget

from gigdesk.domain.records import Ref
from gigdesk.ui.kit.layout import panes
from gigdesk.ui.kit.lazy import LazyRows
from gigdesk.ui.kit.pictures import MarketRange, Place, Point, Why
from gigdesk.ui.kit.rows import RecordRole
from gigdesk.ui.tabs.leads.lines import LeadLine
from gigdesk.ui.tabs.leads.tab import LeadsPage

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

PROFILE = {
    "zone": "Europe/Berlin", "languages": ["de", "en"], "never": ["gambling"],
    "skills": [{"name": "Figma"}, {"name": "Typography"}, {"name": "Icon design"}],
    "rates": [{"unit": "hour", "floor": "55", "target": "80", "currency": "EUR"}],
    "portfolio": [{"title": "Lumen design system", "skills": ["Figma"]}],
}  # fmt: skip
TABLE = """title,text,url,pay,skills,client,posted
Design audit,CET. First a small paid test,https://x.example/1,€70-90/h,"Figma, Typography",Paynest,2026-11-23
Icon family,SVG,https://x.example/2,€80/h,"Icon design, Figma",Maya,2026-11-22
Casino site,gambling,https://x.example/3,€100/h,Figma,,2026-11-22
Cheap page,,,€10/h,"Figma, PHP, SEO",,2026-11-01
Help asap,,,,,,
,,,,,Nobody,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.csv"
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture
def page(office: Office, bridge: Desk, table: Path, qtbot: QtBot) -> LeadsPage:
    office.writer.use(lambda call: call())
    office.profile.update(PROFILE)
    for _ in office.leads.import_file(table):
        pass
    office.writer.use(bridge.write)
    return shown(LeadsPage(bridge, office), qtbot)


def shown(made: LeadsPage, qtbot: QtBot) -> LeadsPage:
    qtbot.addWidget(made)
    made.resize(1224, 860)
    made.show()
    qtbot.waitExposed(made)
    if made.office.leads.counts().all:
        qtbot.waitUntil(lambda: made.chosen() is not None)
    return made


def rows(page: LeadsPage) -> list[object]:
    model = page._rows
    return [model.index(at, 0).data(RecordRole) for at in range(model.rowCount())]


def listed(page: LeadsPage) -> list[str]:
    return [each.title if isinstance(each, LeadLine) else str(each) for each in rows(page)]


def ready(page: LeadsPage) -> bool:
    return None not in rows(page)


def wait_for(page: LeadsPage, qtbot: QtBot, *titles: str) -> None:
    qtbot.waitUntil(lambda: listed(page) == list(titles))


def words(page: LeadsPage) -> str:
    return "\n".join(each.text() for each in page._detail.findChildren(QLabel) if each.isVisible())


ALL = (
    "Worth a look 2", "Icon family", "Design audit", "Below your mark of 65 2", "Cheap page",
    "Help asap", "Could not be read 1", "Record 7",
)  # fmt: skip


def test_the_list_is_grouped_by_the_mark(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ready(page))
    assert listed(page)[0] == "Worth a look 2"
    assert set(listed(page)) == set(ALL)
    assert page.title() in {"Icon family", "Design audit"}
    said = page._rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Score" in said
    assert "€" in said


def test_the_model_is_a_good_one(page: LeadsPage, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    qtbot.waitUntil(lambda: ready(page))
    qtmodeltester.check(page._rows)


def test_the_detail_says_why_and_what_to_look_at(page: LeadsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "Design audit")
    said = words(page)
    assert "small paid test" in said
    assert "Too few comparable leads" in said
    assert "via jobs" in said
    why = page._detail.why
    score = page._detail.lead.score if page._detail.lead else None
    assert why.total == score
    assert f"{score}." in why.accessibleDescription()


def choose(page: LeadsPage, qtbot: QtBot, title: str) -> None:
    qtbot.waitUntil(lambda: title in listed(page))
    page._list.setCurrentIndex(page._rows.index(listed(page).index(title), 0))
    qtbot.waitUntil(lambda: page.title() == title)


def test_space_switches_a_point_off_in_every_score(page: LeadsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "Design audit")
    why = page._detail.why
    before = why.total
    with qtbot.waitSignal(page.done) as done:
        qtbot.keyClick(why, Qt.Key.Key_Space)
    assert "no longer count" in done.args[0].words
    qtbot.waitUntil(lambda: why.total < before)
    lead = page._detail.lead
    assert lead is not None
    qtbot.waitUntil(lambda: page.office.leads.get(lead.id).score == why.total)
    with qtbot.waitSignal(page.done):
        qtbot.keyClick(why, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: why.total == before)


def test_a_asks_then_wins_and_x_passes_by(page: LeadsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "Icon family")
    page.go_on()
    page.go_on()  # held down: nothing more
    qtbot.waitUntil(lambda: page.title() not in {"", "Icon family"})
    counts = page.office.leads.counts()
    assert (counts.asked, counts.won, counts.away) == (1, 0, 0)
    choose(page, qtbot, "Design audit")
    with qtbot.waitSignal(page.done) as done:
        page.pass_by()
    qtbot.waitUntil(lambda: "Design audit" not in listed(page))
    page.desk.do(done.args[0].undo)
    qtbot.waitUntil(lambda: "Design audit" in listed(page))
    page._segments.pick(1)
    wait_for(page, qtbot, "Icon family")
    qtbot.waitUntil(lambda: page.title() == "Icon family")
    assert page._detail.go_on.accessibleName() == "Mark as won"
    page.go_on()
    qtbot.waitUntil(lambda: page.office.leads.counts().won == 1)


def test_hidden_ones_are_counted_and_shown(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._low.isVisible())
    assert page._foot.accessibleName() == "1 hidden"
    page.switch_hidden()
    qtbot.waitUntil(lambda: "Casino site" in listed(page))
    choose(page, qtbot, "Casino site")
    page.keep_in_view()
    qtbot.waitUntil(lambda: not page._low.isVisible())


def test_typing_filters_the_list(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ready(page))
    page.filter()
    field = page.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "maya")
    wait_for(page, qtbot, "Found 1", "Icon family")
    field.setText("nothing of this")
    qtbot.waitUntil(lambda: page._rows.rowCount() == 0)
    field.clear()
    qtbot.waitUntil(lambda: len(listed(page)) == len(ALL))
    page.filter()
    assert not field.isVisible()


def test_a_broken_record_is_a_row_with_its_reason(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Record 7" in listed(page))
    page._list.setCurrentIndex(page._rows.index(listed(page).index("Record 7"), 0))
    qtbot.waitUntil(lambda: "no title" in words(page))
    assert "Nobody" in words(page)
    page.pass_by()
    qtbot.waitUntil(lambda: "Record 7" not in listed(page))


def test_the_ad_opens_where_it_stands(
    page: LeadsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    choose(page, qtbot, "Icon family")
    page._detail.open_ad.click()
    assert opened == ["https://x.example/2"]
    choose(page, qtbot, "Cheap page")
    assert not page._detail.open_ad.isEnabled()
    page.open_ad()
    assert len(opened) == 1


def test_j_and_k_step_over_headings(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ready(page))
    page._list.setCurrentIndex(page._rows.index(2, 0))
    page.step(1)
    assert page._list.currentIndex().row() == 4
    page.step(-1)
    assert page._list.currentIndex().row() == 2


def test_what_is_chosen_while_the_list_is_read_again_counts(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ready(page))
    first, second = listed(page)[1:3]
    choose(page, qtbot, first)
    before = page._listing
    page.load()  # asked while the first is chosen
    page.step(1)
    qtbot.waitUntil(lambda: page._listing is not before and ready(page))
    qtbot.waitUntil(lambda: page.title() == second)
    assert listed(page)[page._list.currentIndex().row()] == second


def test_a_row_chosen_before_it_is_there_stays_chosen(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ready(page))
    first, second = listed(page)[1:3]
    choose(page, qtbot, first)
    before = page._listing
    assert before is not None
    page._show(page._turn, replace(before, lead=page._kept))
    page.load()  # the rows are on their way, and soon again
    assert None in rows(page)
    page.step(1)
    qtbot.waitUntil(lambda: page._listing is not before and ready(page))
    qtbot.waitUntil(lambda: page.title() == second)
    assert listed(page)[page._list.currentIndex().row()] == second


def test_a_record_is_opened_wherever_it_lies(page: LeadsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: ready(page))
    leads = page.office.leads
    casino, icon = leads.find("casino", 1)[0], leads.find("icon family", 1)[0]
    assert page.open(Ref("lead", casino.id))
    qtbot.waitUntil(lambda: page.title() == "Casino site")
    page.desk.do(lambda: leads.mark(icon.id, "interview"))
    qtbot.waitUntil(lambda: leads.get(icon.id).state == "interview")
    page.open(Ref("lead", icon.id))
    qtbot.waitUntil(lambda: page.title() == "Icon family")
    assert page.chosen() == Ref("lead", icon.id)
    assert not page.open(Ref("mail", 1))


def test_an_empty_desk_offers_the_import(
    office: Office, bridge: Desk, table: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(LeadsPage(bridge, office), qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(table)], ""))
    with qtbot.waitSignal(page.done) as done:
        page.begin()
    assert done.args[0].words == "5 new leads, 1 could not be read"
    qtbot.waitUntil(lambda: "Icon family" in listed(page))
    qtbot.waitUntil(lambda: "Your profile names no skills" in words(page))
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert [each for each in buttons if not each.accessibleName()] == []


def test_dropped_files_come_in_and_a_wrong_one_says_so(
    office: Office, bridge: Desk, table: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(LeadsPage(bridge, office), qtbot)
    wrong = tmp_path / "x.html"
    wrong.write_text("<html></html>")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table)), QUrl.fromLocalFile(str(wrong))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignals([page.done, page.troubled]):
        page.dropEvent(event)
    assert office.leads.counts().all == 5


def test_a_changed_profile_reorders_the_list(page: LeadsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "Icon family")
    before = page._detail.why.total
    page.desk.do(lambda: page.office.profile.update({"skills": [{"name": "Rust"}]}))
    qtbot.waitUntil(lambda: page._detail.why.total < before)
    qtbot.waitUntil(lambda: not page.office.leads.is_stale())
    qtbot.waitUntil(lambda: ready(page) and listed(page)[0].startswith("Below your mark"))


def test_today_shows_the_best_and_a_click_opens_it(
    office: Office, table: Path, window: Window, bridge: Desk, qtbot: QtBot
) -> None:
    bridge.do(lambda: office.profile.update(PROFILE))
    bridge.fetch(lambda: office.leads.import_file(table))
    today = window.go(0)
    best = today._best  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: best.model().rowCount() == 2)
    best.clicked.emit(best.model().index(1, 0))
    qtbot.waitUntil(lambda: window.windowTitle() == "Leads · Icon family · GigDesk")


def test_the_keys_of_the_tab_and_undo(
    office: Office, table: Path, window: Window, bridge: Desk, qtbot: QtBot
) -> None:
    bridge.do(lambda: office.profile.update(PROFILE))
    bridge.fetch(lambda: office.leads.import_file(table))
    page = window.go(2)
    assert isinstance(page, LeadsPage)
    qtbot.waitUntil(lambda: len(listed(page)) == len(ALL) and ready(page))
    page._list.setFocus()
    choose(page, qtbot, "Design audit")
    qtbot.keyClick(page._list, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: office.leads.counts().away == 1)
    qtbot.waitUntil(lambda: page.title() not in {"", "Design audit"} and bool(window._undos))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.leads.counts().away == 0)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = page.findChild(QLineEdit)
    assert field is not None
    qtbot.waitUntil(field.isVisible)
    qtbot.keyClicks(field, "ax")  # letters in a field are letters
    assert field.text() == "ax"
    assert office.leads.counts().asked == 0


def test_a_list_of_100_000_is_there_at_once(qtbot: QtBot) -> None:
    asked: list[tuple[int, int]] = []
    model = LazyRows(lambda offset, count, _landed: asked.append((offset, count)))
    model.start([("Worth a look", 2), ("Below", 99_998)])
    assert model.rowCount() == 100_002
    assert model.index(90_000, 0).data(RecordRole) is None
    assert len(asked) == 1
    assert model.row_at(2) == 4


def test_arrows_walk_over_what_can_be_switched(qtbot: QtBot) -> None:
    why = Why()
    qtbot.addWidget(why)
    why.show_points([
        Point("Start", "the middle", 40, fixed=True), Point("Skills", "2 of 3", 8),
        Point("Pay", "low", -4, off=True),
    ])  # fmt: skip
    assert why.total == 48
    switched: list[int] = []
    why.switched.connect(switched.append)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down):
        qtbot.keyClick(why, key)
    qtbot.keyClick(why, Qt.Key.Key_Space)
    assert switched == [1, 2, 1]
    assert "switched off" in why.accessibleDescription()
    why.resize(600, 200)
    assert not why.grab().isNull()


def test_panes_keep_the_width_they_had_before_they_were_seen(qtbot: QtBot) -> None:
    book = QStackedWidget()
    qtbot.addWidget(book)
    split = panes(QLabel("left"), QLabel("right"), wide=392)
    book.addWidget(QLabel("nothing yet"))
    book.addWidget(split)
    book.resize(1200, 700)
    book.show()
    assert split.sizes()[0] == 392
    split.setSizes([350, 400])
    book.setCurrentIndex(1)
    qtbot.waitUntil(lambda: split.isVisible())
    assert split.sizes()[0] == 350


def test_the_market_picture_says_its_numbers(qtbot: QtBot) -> None:
    picture = MarketRange()
    qtbot.addWidget(picture)
    picture.show_range(
        (Place(48, "€48"), Place(68, "middle €68"), Place(95, "€95")),
        Place(55, "floor €55"), (70, 90, "this lead €70–90"),
    )  # fmt: skip
    picture.resize(600, 76)
    assert not picture.grab().isNull()
    assert picture.accessibleDescription() == ("€48; middle €68; €95; floor €55; this lead €70–90")


def test_without_skills_and_rates_the_way_to_say_them_is_beside_the_missing_score(
    office: Office, bridge: Desk, table: Path, qtbot: QtBot
) -> None:
    office.writer.use(lambda call: call())
    for _ in office.leads.import_file(table):
        pass
    office.writer.use(bridge.write)
    page = shown(LeadsPage(bridge, office), qtbot)

    def way() -> QAbstractButton | None:
        found = page.findChildren(QAbstractButton)
        return next((each for each in found if each.text() == "Say what you do"), None)

    qtbot.waitUntil(lambda: way() is not None)
    button = way()
    assert button is not None
    with qtbot.waitSignal(page.asked) as asked:
        button.click()
    assert asked.args == ["profile"]
