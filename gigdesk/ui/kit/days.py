"""A field for a civil date, with a month to pick from that wears the look."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton

from gigdesk.ui.theme.look import colour, look, u
from gigdesk.ui.theme.paint import icon

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class DayField(QDateEdit):
    """A date as `23 Nov 2026`; the arrow opens the month."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMM yyyy")
        self.setAccessibleName(name)
        self.setFixedWidth(u(132))
        look.changed.connect(self._dress)
        self._dress()

    def show_day(self, day: date) -> None:
        """This day."""
        self.setDate(QDate(day.year, day.month, day.day))

    @property
    def day(self) -> date:
        """The day it shows."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def _dress(self) -> None:
        month = self.calendarWidget()
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        head, rest = QTextCharFormat(), QTextCharFormat()
        head.setForeground(colour("faint"))
        head.setBackground(colour("paper"))
        rest.setForeground(colour("soft"))
        month.setHeaderTextFormat(head)
        for weekday in _WEEKEND:
            month.setWeekdayTextFormat(weekday, rest)
        for button, mark in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            arrow = month.findChild(QToolButton, f"qt_calendar_{button}")
            if arrow is not None:
                arrow.setIcon(icon(mark))
