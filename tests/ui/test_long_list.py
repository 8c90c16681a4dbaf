"""A list of 100,000 rows: laid out without a look at them, fetched where it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gigdesk.ui.kit.column import step
from gigdesk.ui.kit.lazy import PAGE, LazyRows
from gigdesk.ui.kit.long_list import LongList
from gigdesk.ui.kit.rows import HEADING, MailRow
from gigdesk.ui.theme.look import u

FEW, MANY = 5, 100_000


def shown(qtbot: QtBot, asked: list[int]) -> LongList:
    def fetch(offset: int, _count: int, _landed: Callable[[Sequence[Any]], None]) -> None:
        asked.append(offset // PAGE)

    model = LazyRows(fetch)
    view = LongList(model, MailRow, "Conversations")
    qtbot.addWidget(view)
    view.resize(400, 700)
    view.show()
    qtbot.waitExposed(view)
    model.start([("Needs you", FEW), ("Everything else", MANY)])
    QApplication.processEvents()
    return view


def test_only_what_is_seen_is_asked_for(dressed: QApplication, qtbot: QtBot) -> None:
    asked: list[int] = []
    view = shown(qtbot, asked)
    view.viewport().grab()
    assert set(asked) <= {0}
    asked.clear()
    view.scrollToBottom()
    view.viewport().grab()
    last = (FEW + MANY - 1) // PAGE
    assert set(asked) <= {last, last - 1}
    assert last in asked


def test_headings_are_low_and_rows_are_alike(dressed: QApplication, qtbot: QtBot) -> None:
    view = shown(qtbot, [])
    model = view.model()
    heights = [view.visualRect(model.index(at, 0)).height() for at in range(FEW + 3)]
    assert heights == [u(HEADING), *[u(MailRow.height)] * FEW, u(HEADING), u(MailRow.height)]
    assert view.verticalScrollBar().maximum() > MANY * u(MailRow.height) - 1000


def test_home_end_and_steps_pass_over_headings(dressed: QApplication, qtbot: QtBot) -> None:
    view = shown(qtbot, [])
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == FEW + MANY + 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 1
    view.setCurrentIndex(view.model().index(FEW, 0))
    step(view, 1)
    assert view.currentIndex().row() == FEW + 2
    step(view, -1)
    assert view.currentIndex().row() == FEW
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == FEW + 2
