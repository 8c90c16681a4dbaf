"""The field for a day: what it shows is what it gives, in light and dark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gigdesk.ui.kit.days import DayField
from gigdesk.ui.theme.look import colour, look

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2024, 2, 29), date(1999, 12, 31)])
def test_a_day_comes_back(dressed: QApplication, qtbot: QtBot, day: date) -> None:
    field = DayField("Due on")
    qtbot.addWidget(field)
    field.show_day(day)
    assert field.day == day
    assert field.accessibleName() == "Due on"
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.day == day - timedelta(days=1)


def test_the_month_wears_the_look(dressed: QApplication, qtbot: QtBot) -> None:
    field = DayField("Due on")
    qtbot.addWidget(field)
    for theme in ("dark", "light"):
        look.wear(dressed, theme, 1.0)
        month = field.calendarWidget()
        weekend = month.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
        assert weekend == colour("soft")
        month.resize(280, 200)
        corner = month.grab().toImage().pixelColor(3, 3)
        assert corner == colour("paper")
