"""The box to tick: seen in light and dark, ticked by a click anywhere and by Space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from gigdesk.ui.kit.checks import Check
from gigdesk.ui.theme.look import colour, look

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_empty_box_has_an_edge_and_a_ticked_one_a_ground(
    dressed: QApplication, qtbot: QtBot, theme: str
) -> None:
    look.wear(dressed, theme, 1.0)
    check = Check("Done from")
    qtbot.addWidget(check)
    check.resize(check.sizeHint())
    empty = check.grab().toImage()
    assert empty.pixelColor(2, empty.height() // 2) == colour("edge")
    check.setChecked(True)
    ticked = check.grab().toImage()
    assert ticked.pixelColor(4, ticked.height() // 2) == colour("accent")
    look.wear(dressed, "light", 1.0)


def test_a_click_on_its_words_and_space_tick_it(dressed: QApplication, qtbot: QtBot) -> None:
    check = Check("Done from")
    qtbot.addWidget(check)
    check.resize(200, 24)
    check.show()
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=QPoint(190, 12))
    assert check.isChecked()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert not check.isChecked()
