"""Everyone can use it: all that takes the focus says its name, rows say themselves, Tab goes in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from gigdesk.ui.kit.pictures import Paper
from tests.ui import screens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.ui.window import Window

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
NAME = QAccessible.Text.Name


def spoken(widget: QWidget) -> str:
    """What a screen reader says of it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(NAME).strip() if found is not None else ""


def focusable(root: QWidget) -> Iterator[QWidget]:
    """All that takes the focus here, seen or scrolled away."""
    for widget in root.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        # A proxy speaks for who lends it the focus; Qt's own inner parts for the whole they are of.
        inner = widget.objectName().startswith("qt_")
        if takes and widget.isVisibleTo(root) and not widget.focusProxy() and not inner:
            yield widget


def test_all_that_takes_the_focus_has_a_name(
    sample_window: Window, sample_bridge: Desk, qtbot: QtBot
) -> None:
    nameless = [
        f"{name}: {type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for name, screen in screens.everything(sample_window, sample_bridge, qtbot)
        for widget in focusable(screen)
        if not spoken(widget)
    ]
    assert not nameless, "\n".join(nameless)


def test_the_opening_says_its_names(dressed: QApplication, qtbot: QtBot) -> None:
    nameless = [
        f"{name}: {type(widget).__name__}"
        for name, screen in screens.openings(qtbot)
        for widget in focusable(screen)
        if not spoken(widget)
    ]
    assert not nameless, "\n".join(nameless)


def test_rows_say_themselves(sample_window: Window, sample_bridge: Desk, qtbot: QtBot) -> None:
    silent = []
    spoke = 0
    for name, screen in screens.everything(sample_window, sample_bridge, qtbot):
        for view in screen.findChildren(QAbstractItemView):
            model = view.model()
            if model is None or not view.isVisibleTo(screen):
                continue
            for at in range(min(5, model.rowCount())):
                said = model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole) or model.index(
                    at, 0
                ).data(Qt.ItemDataRole.DisplayRole)
                spoke += 1
                # A repr would say the name of our class.
                if not said or str(said).startswith(("<", "namespace(")) or "(" in str(said)[:24]:
                    silent.append(f"{name}: {view.accessibleName()} row {at}: {said!r}")
    assert not silent, "\n".join(silent)
    assert spoke > 60


def test_pictures_say_what_they_show(
    sample_window: Window, sample_bridge: Desk, qtbot: QtBot
) -> None:
    pictures = {
        type(widget).__name__: (spoken(widget), widget.accessibleDescription(), widget)
        for _name, screen in screens.tabs(sample_window, sample_bridge, qtbot)
        for widget in screen.findChildren(QWidget)
        if type(widget).__module__.endswith(("kit.pictures", "kit.ageing"))
        and widget.isVisibleTo(screen)
    }
    assert len(pictures) >= 4
    for name, (said, described, widget) in pictures.items():
        assert said, name
        # The page of a document is described by the text beside it.
        assert described or isinstance(widget, Paper), name


def tab_walk(root: QWidget, qtbot: QtBot, most: int = 60) -> list[str]:
    """Where Tab goes from the heart of a screen, by name, until it comes back there."""
    top = root.window()
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    names: list[str] = []
    start = QApplication.focusWidget()
    assert start is not None
    for _ in range(most):
        now = QApplication.focusWidget()
        assert now is not None
        if names and now is start:
            return names
        if not names or names[-1] != spoken(now):  # a time has two parts
            names.append(spoken(now))
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come back: {names}")


SIDEBAR = [
    "Find or do", "Notices", "Tabs", "Private. 0 connections today",
    "No model: templates draft", "Nothing waits to leave",
]  # fmt: skip
SAMPLE = ["Throw the sample away", "Back to my desk"]
# From the heart of each tab to its detail and side, the sidebar, and round to its head.
ORDER = {
    "Today": [
        "Remind Falkenau Verlag", "Invoice 2026-074", "6 payments", "Approve", "Edit", "Decline",
        "Later", "What the assistant did", "Agenda", "Tomorrow", "Best leads", *SIDEBAR, *SAMPLE,
    ],
    "Inbox": [
        "Conversations", "Reply", "Reply to all", "Forward", "Mark unread", "Put away",
        "Not right?", "Mail from Jonas Falk", "Draft a reply",
        *SIDEBAR, *SAMPLE, "One label alone", "Search", "Import mail", "New mail",
        "Which conversations",
    ],
    "Leads": [
        "Leads", "Show them", "Open the ad", "Not for me", "Mark as asked", "Why this score",
        *SIDEBAR, *SAMPLE, "Filter", "Import leads", "Which leads",
    ],
    "Calendar": [
        "Week of 23 November", "This week", "Save as a calendar file", *SIDEBAR, *SAMPLE, "View",
        "Week before", "Today", "Week after", "Zones beside yours", "Import a calendar file",
        "New event",
    ],
    "Invoices": [
        "Invoices", "History", "Mark paid", "PDF", "Save the PDF", *SIDEBAR, *SAMPLE,
        "Which invoices", "New invoice", "Show it",
    ],
}  # fmt: skip


def test_tab_goes_round_each_tab_as_it_is_read(
    sample_window: Window, sample_bridge: Desk, qtbot: QtBot
) -> None:
    for name, screen in screens.tabs(sample_window, sample_bridge, qtbot):
        walked = tab_walk(screen, qtbot)
        found = ["Notices" if said.endswith("new notice") else said for said in walked]
        assert len(found) == len(ORDER[name]), (name, found)
        for said, expected in zip(found, ORDER[name], strict=True):
            assert said.startswith(expected), (name, found)


def test_tab_comes_back_in_every_dialog(
    sample_window: Window, sample_bridge: Desk, qtbot: QtBot
) -> None:
    for name, screen in screens.dialogs(sample_window, sample_bridge, qtbot):
        found = tab_walk(screen, qtbot)
        assert len(found) >= len(set(map(spoken, focusable(screen)))), (name, found)


def test_escape_leads_out_of_everything(
    sample_window: Window, sample_bridge: Desk, qtbot: QtBot
) -> None:
    for name, screen in screens.floating(sample_window, sample_bridge, qtbot):
        sample_window.activateWindow()
        qtbot.waitUntil(sample_window.isActiveWindow)
        now = QApplication.focusWidget()
        assert now is not None, name
        assert now is screen or screen.isAncestorOf(now), name
        qtbot.keyClick(now, Qt.Key.Key_Escape)
        assert not sample_window.over.covered, name
    for name, screen in screens.dialogs(sample_window, sample_bridge, qtbot):
        now = screen.focusWidget()
        assert now is not None, name
        qtbot.keyClick(now, Qt.Key.Key_Escape)
        assert not screen.isVisible(), name
