"""The head of the calendar: which days, which view, and the way to others."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.layout import row
from gigdesk.ui.kit.messages import Empty
from gigdesk.ui.kit.words import Button, Segments, Words
from gigdesk.ui.tabs.calendar.entries import DAY, WEEK
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import width


class CalendarHead(QFrame):
    """The toolbar. It only says what is wanted; the page does it."""

    picked = Signal(int)  # the view: 0 week, 1 agenda
    turned = Signal(int)
    here = Signal()
    zones = Signal()
    bringing = Signal()
    new = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[date, int] | None = None
        self._month = Words("", tokens.TITLE, weight=tokens.SEMIBOLD)
        self._number = Words("", tokens.LEAD, "faint")
        self._segments = Segments(t("View"), ((t("Week"), 0), (t("Agenda"), 0)))
        self._segments.picked.connect(self.picked)
        before = Button(t("Week before"), "PgUp", "quiet", "chevron-left", bare=True)
        before.clicked.connect(partial(self.turned.emit, -1))
        here = Button(t("Today"), "T")
        here.clicked.connect(self.here)
        after = Button(t("Week after"), "PgDown", "quiet", "chevron-right", bare=True)
        after.clicked.connect(partial(self.turned.emit, 1))
        bringing = Button(t("Import a calendar file"), "I", "quiet", "download", bare=True)
        bringing.clicked.connect(self.bringing)
        self._zones = Button(t("Zones beside yours"), "Z", "quiet", "globe", bare=True)
        self._zones.clicked.connect(self.zones)
        new = Button(t("New event"), "Ctrl+N", "primary", "plus")
        new.clicked.connect(self.new)
        self.setLayout(
            row(
                self._month, self._number, 8, None, self._segments, 4, before, here, after,
                self._zones, bringing, 4, new, gap=tokens.XS, margins=(24, 0, 20, 0),
            )
        )  # fmt: skip
        self.setFixedHeight(u(tokens.HEADER_H))

    @property
    def view(self) -> int:
        """Which view is chosen: 0 week, 1 agenda."""
        return self._segments.at

    @property
    def words(self) -> str:
        """The days as they are called."""
        return self._month.text()

    def pick(self, at: int) -> None:
        """Choose a view."""
        self._segments.pick(at)

    def tell(self, first: date, span: int) -> None:
        """Say which days are shown."""
        self._days = first, span
        long, short = _month(first) if span == WEEK else _stretch(first, first + DAY * (span - 1))
        self._number.setText(t("week {n}", n=first.isocalendar().week) if span == WEEK else "")
        self._month.setText(short)
        self._number.hide()
        if (layout := self.layout()) is None:
            return
        # The long words must never keep the page from becoming narrow.
        least = layout.minimumSize().width()
        self.setMinimumWidth(least)
        grown = width(long, tokens.TITLE, tokens.SEMIBOLD) - self._month.sizeHint().width()
        if least + grown + self._number.sizeHint().width() + 2 * tokens.S <= self.width():
            self._month.setText(long)
            self._number.show()

    def below_zones(self) -> QPoint:
        """Where the menu of zones opens."""
        return self._zones.mapToGlobal(self._zones.rect().bottomLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Too narrow: the number of the week gives way first."""
        super().resizeEvent(event)
        if self._days is not None:
            self.tell(*self._days)


def _month(first: date) -> tuple[str, str]:
    """The month most of a week lies in, long and short."""
    middle = first + DAY * 3
    return date_text(middle, form="MMMM y"), date_text(middle, form="MMM y")


def _stretch(first: date, last: date) -> tuple[str, str]:
    """From when to when; in short the months alone, for the list names each day."""
    form = "d MMM" if first.year == last.year else "d MMM y"
    long = f"{date_text(first, form=form)} – {date_text(last, form='d MMM y')}"
    if (first.year, first.month) == (last.year, last.month):
        return long, date_text(first, form="MMM y")
    return long, f"{date_text(first, form='MMM')} – {date_text(last, form='MMM')}"


class FirstDays(Empty):
    """What stands here while there is no event."""

    bringing = Signal()

    def __init__(self) -> None:
        first = Button(t("Import a calendar file"), "I", "primary", "download")
        super().__init__(
            "calendar-days",
            t("Nothing in the calendar yet"),
            t("Bring in an ICS file from any calendar, or drop it here. Your clients' clocks stand "
              "beside your own."),
            first,
            t("Write the first event"),
        )  # fmt: skip
        first.clicked.connect(self.bringing)
