"""The window as a person meets it: keys, undo, palette, panes, what it remembers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from gigdesk.domain.proposals import Proposal, ProposalId
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.ui.tabs.today.steps import StepRow
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


def proposal(key: str, title: str) -> Proposal:
    return Proposal(
        ProposalId(0), "reply", key, title, "about", "because it asks", "Hello",
        datetime(2026, 11, 23, 8, 0, tzinfo=UTC), payload={"to": "a@x.example", "subject": "Re: x"},
    )  # fmt: skip


def propose(office: Office, bridge: Desk, qtbot: QtBot, *titles: str) -> None:
    for title in titles:
        with qtbot.waitSignal(bridge.changed):
            bridge.do(lambda title=title: office.proposals.propose(proposal(title, title)))  # type: ignore[misc]


def waiting(office: Office) -> list[str]:
    return [each.title for each in office.proposals.waiting()]


def tab_names(window: Window) -> list[str]:
    return [tab.name for tab in window._tabs]


def test_the_tabs_stand_in_their_order(window: Window) -> None:
    assert tab_names(window) == ["Today", "Inbox", "Leads", "Calendar", "Invoices"]


def test_every_tab_opens_by_its_key_and_names_the_window(window: Window, qtbot: QtBot) -> None:
    for at, name in enumerate(tab_names(window)):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + at), Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda name=name: window.windowTitle().startswith(name))  # type: ignore[misc]


def test_every_button_has_a_name(window: Window, qtbot: QtBot) -> None:
    for at in range(len(tab_names(window))):
        page = window.go(at)
        nameless = [
            button
            for button in [
                *page.findChildren(QAbstractButton),
                *window._bar.findChildren(QAbstractButton),
            ]
            if not button.accessibleName() and not button.text() and button.isVisible()
        ]
        assert nameless == []


def test_contrasts_hold_in_both_themes() -> None:
    assert tokens.failures() == []


def test_approve_by_key_and_undo_twice(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "Answer Ada", "Answer Ben")
    page = window.go(0)
    qtbot.waitUntil(lambda: len(page._day.proposals if page._day else ()) == 2)  # type: ignore[attr-defined]
    page.setFocus()
    for left in (1, 0):
        qtbot.keyClick(window, Qt.Key.Key_A)
        qtbot.waitUntil(lambda left=left: len(waiting(office)) == left)  # type: ignore[misc]
        qtbot.waitUntil(lambda left=left: len(page._day.proposals) == left)  # type: ignore[attr-defined,misc]
    assert [item.state.value for item in office.proposals.outbox()] == ["waiting", "waiting"]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(waiting(office)) == 1)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(waiting(office)) == 2)
    assert office.proposals.outbox() == []


def test_single_letters_can_be_switched_off(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "Answer Ada")
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.settings.set("single_keys", "off"))
    qtbot.waitUntil(lambda: not window._menus.single_keys)
    qtbot.keyClick(window, Qt.Key.Key_X)
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.settings.set("single_keys", "on"))
    qtbot.waitUntil(lambda: window._menus.single_keys)
    assert waiting(office) == ["Answer Ada"]
    page = window.go(0)
    qtbot.waitUntil(lambda: bool(page._cards))  # type: ignore[attr-defined]
    page.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: waiting(office) == [])


def test_a_letter_typed_into_a_field_is_a_letter(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "Answer Ada")
    window.go(0)
    window.seek()
    assert window.over._palette is not None
    field = window.over._palette._field
    qtbot.keyClicks(field, "axe")
    assert field.text() == "axe"
    assert waiting(office) == ["Answer Ada"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_the_palette_finds_a_client_and_shows_what_is_theirs(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    client = office.clients.found_or_made({"name": "Brück & Söhne", "email": "jo@brueck.example"})
    window.seek()
    palette = window.over._palette
    assert palette is not None
    palette.type("brück")
    qtbot.waitUntil(lambda: any(f.title == client.name for f in palette._records))
    qtbot.keyClick(palette._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.over._sheet is not None)
    sheet = window.over._sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet._model.rowCount() > 0)
    assert "jo@brueck.example" in str(sheet._model.index(0, 0).data())
    sheet.close_it()


def test_the_outbox_says_what_waits_and_opens_what_it_answers(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "Answer Ada")
    (proposal,) = office.proposals.waiting()
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.proposals.approve(proposal.id))
    qtbot.waitUntil(lambda: "Nothing" not in window._bar._foot["outbox"].text())
    qtbot.mouseClick(window._bar._foot["outbox"], Qt.MouseButton.LeftButton)
    sheet = window.over._sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet._model.rowCount() == 1)
    sheet.close_it()


def test_f6_goes_through_the_panes_and_back_to_the_tabs(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    window._bar.tabs.setFocus()
    seen = []
    for _ in range(8):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert window._bar.tabs in seen
    assert len(set(seen)) > 1


def test_the_menu_bar_comes_by_f10_and_holds_the_commands(window: Window, qtbot: QtBot) -> None:
    assert not window.menuBar().isVisible()
    window._menus.toggle()
    assert window.menuBar().isVisible()
    titles = [a.text() for m in window.menuBar().actions() for a in m.menu().actions()]  # type: ignore[attr-defined]
    assert set(titles) >= {
        each.title for each in window.commands() if not each.title.startswith("Go to")
    }
    window._menus.toggle()


def test_the_menu_bar_goes_when_its_last_menu_is_closed(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), StepRow))
    before, bar = window.focusWidget(), window.menuBar()
    qtbot.keyClick(window, Qt.Key.Key_F10)
    first = QApplication.activePopupWidget()
    assert bar.isVisible()
    assert first is not None
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = QApplication.activePopupWidget()
    assert second not in {None, first}
    assert bar.isVisible()
    assert second is not None
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert window.focusWidget() is before


def test_it_remembers_size_tab_and_selection(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    window.resize(1300, 820)
    window.go(1)
    with qtbot.waitCallback() as kept:
        window._remember()
        bridge.do(lambda: Changed(None, Topic.NONE), then=kept)
    state = json.loads(office.settings.state("window") or "{}")
    assert state["size"] == [1300, 820]
    assert state["tab"] == 1


def test_the_recovery_key_is_shown_until_the_person_has_it(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    from gigdesk.ui.recovery_dialog import RecoveryDialog

    key = office.keys.recovery_to_show()
    assert key
    window.recovery()
    dialog = window.findChild(RecoveryDialog)
    qtbot.waitUntil(lambda: dialog._shown.text() == key)
    with qtbot.waitSignal(dialog.done_with):
        dialog._have.click()
    assert office.keys.recovery_to_show() is None


def test_a_bug_is_said_with_its_details_to_copy(window: Window, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("what the person copied")
    window.trouble(ValueError("a bug"))
    toast = window.over._toast
    assert toast is not None
    assert QApplication.clipboard().text() == "what the person copied"
    copying = next(b for b in toast.findChildren(QAbstractButton) if b.text() == "Copy details")
    copying.click()
    assert "ValueError: a bug" in QApplication.clipboard().text()


@pytest.mark.parametrize("kind", ["mail", "invoice", "event", "lead", "proposal"])
def test_a_record_that_is_gone_does_no_harm(
    window: Window, bridge: Desk, kind: str, qtbot: QtBot
) -> None:
    window.open(Ref(kind, 999_999, "gone"))  # type: ignore[arg-type]
    with qtbot.waitCallback() as looked:
        bridge.ask(lambda: None, then=looked)
    assert window.isVisible()


def test_under_a_sheet_the_keys_of_the_page_rest(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One")
    qtbot.waitUntil(lambda: len(window._page(0)._cards) == 1)  # type: ignore[attr-defined]
    window.over.notices()
    sheet = window.over._sheet
    assert sheet is not None
    qtbot.waitUntil(sheet.isVisible)
    qtbot.keyClick(sheet, Qt.Key.Key_A)
    qtbot.keyClick(sheet, Qt.Key.Key_X)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.over.covered)
    assert waiting(office) == ["One"]
    qtbot.keyClick(window, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: waiting(office) == [])


def test_tab_stays_on_what_floats(window: Window, qtbot: QtBot) -> None:
    window.keys()
    sheet = window.over._sheet
    assert sheet is not None
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        assert sheet.isAncestorOf(now)
    window.seek()
    palette = window.over._palette
    assert palette is not None
    before = palette._view.currentIndex().row()
    qtbot.keyClick(palette._field, Qt.Key.Key_Tab)
    assert palette._field.hasFocus()
    assert palette._view.currentIndex().row() == before + 1


def test_what_floats_follows_the_window(window: Window, qtbot: QtBot) -> None:
    window.over.say("Done", undo=True)
    window.seek()
    palette, toast = window.over._palette, window.over._toast
    assert palette is not None
    assert toast is not None
    window.resize(1100, 660)
    room = window.over._whole.rect()
    qtbot.waitUntil(lambda: window.over._whole.width() == 1100)
    room = window.over._whole.rect()
    assert room.contains(palette.geometry())
    assert abs(palette.geometry().center().x() - room.center().x()) <= 1
    assert room.contains(toast.geometry())
    assert palette._scrim.geometry() == room


def test_a_tab_chosen_by_key_puts_a_sheet_away(window: Window, qtbot: QtBot) -> None:
    window.keys()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.over.covered)
    assert window.windowTitle().startswith("Inbox")


def test_the_toast_waits_for_who_is_on_it(window: Window, qtbot: QtBot) -> None:
    window.over.say("Done", undo=True)
    toast = window.over._toast
    assert toast is not None
    button = toast.button()
    assert button is not None
    toast._on_tick()
    counted = toast._left
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    toast._on_tick()
    assert toast._left == counted
    long = "A very long sentence that says what was done. " * 6
    window.over.say(long, undo=True)
    toast = window.over._toast
    assert toast is not None
    assert window.over._whole.rect().contains(toast.geometry())


def test_the_focus_stays_on_a_page_that_is_no_longer_empty(
    window: Window, office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = window.go(1)
    window.activateWindow()
    button = next(
        each
        for each in page.findChildren(QAbstractButton)
        if each.accessibleName() == "Import mail" and each.isVisible()
    )
    window._bar._find.setFocus()  # where Qt puts it while the page's list is not seen
    qtbot.waitUntil(window._bar._find.hasFocus)
    letter = tmp_path / "one.eml"
    letter.write_text("From: Jo <jo@x.example>\nSubject: Hello\n\nHello\n")
    page.bring_in([letter])  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not button.isVisible(), timeout=20_000)
    now = QApplication.focusWidget()
    assert now is not None
    assert page.isAncestorOf(now)


def test_the_first_window_is_never_larger_than_its_screen(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    kept = {**window.state(), "size": [5000, 4000]}
    office.settings.remember("window", json.dumps(kept))
    other = type(window)(bridge, office, window._tabs)
    qtbot.addWidget(other)
    room = other.screen().availableGeometry().size()
    assert other.width() <= room.width()
    assert other.height() < room.height(), "its frame has room, too"
