"""The agenda: the same events as a list, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView

from gigdesk.domain.calendar.kinds import Kind
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.rows import RecordRole, RecordRow, Rows, Section
from gigdesk.ui.tabs.calendar.entries import DAY, Entry, Shelf, found_again
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import colour, u
from gigdesk.ui.theme.paint import RIGHT, text, width

_BARS = {
    Kind.MEETING: "accent",
    Kind.FOCUS: "good",
    Kind.OWN: "edge",
    Kind.UNANSWERED: "warn",
}


class AgendaRow(RecordRow):
    """Hours over their time, a bar, the title over the place; the calendar at the right."""

    height, hairline = 52, True

    def draw(self, p: QPainter, area: QRectF, record: Any, chosen: bool) -> None:  # noqa: ARG002
        """Paint one event."""
        each, left = record.occurrence, u(136)
        off = each.cancelled
        bar = QRectF(area.left() + left - 16, area.top() + u(8), 3, area.height() - u(16))
        bar_role = "warn" if each.tentative else _BARS[record.about.kind]
        p.fillRect(bar, colour("line" if off else bar_role))
        line = QRectF(area.left(), area.top() + u(7), area.width(), u(19))
        clock = QRectF(line.left(), line.top(), left - 24, line.height())
        text(p, clock, record.clock, weight=tokens.MEDIUM, figures=True)
        theirs = record.about.theirs
        if width(theirs, tokens.CAPTION, figures=True) > clock.width():
            theirs = record.about.clock
        text(p, clock.translated(0, u(19)), theirs, tokens.CAPTION, "soft", figures=True)
        room = min(160, width(each.calendar, tokens.CAPTION))
        text(p, line.adjusted(line.width() - room, 0, 0, 0), each.calendar, tokens.CAPTION, "faint",
             align=RIGHT)  # fmt: skip
        title = line.adjusted(left, 0, -room - 12, 0)
        ink = "faint" if off else "ink"
        used = text(p, title, each.title or t("no title"), role=ink, weight=tokens.MEDIUM)
        if off:
            p.fillRect(QRectF(title.left(), title.center().y(), used, 1), colour("faint"))
        below, doubt = title.translated(0, u(19)), record.doubt
        used = text(p, below, doubt, tokens.CAPTION, "warn" if each.tentative else "soft")
        if not off:
            place = below.adjusted(used + 8 if doubt else 0, 0, 0, 0)
            text(p, place, each.location, tokens.CAPTION, "soft")


class Agenda(QListView):
    """Events under their days."""

    opened = Signal(object)  # Entry
    turned = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows((), self)
        self._waits_for: tuple[int, int, date] | None = None
        self.setModel(self._rows)
        self.selectionModel().currentChanged.connect(self._on_moved)
        self.setItemDelegate(AgendaRow(self))
        self.setAccessibleName(t("Agenda"))
        self.clicked.connect(self._on_clicked)

    def show_shelf(self, shelf: Shelf) -> None:
        """Show these days; what was chosen stays chosen."""
        entry = self.entry()
        kept = self._waits_for or (entry.key if entry else None)
        self._rows.show(_lines(shelf))
        self._waits_for = None
        if kept is not None:
            self.choose(kept)

    def _on_moved(self) -> None:
        self._waits_for = None  # another was chosen while the awaited one was read

    def entry(self) -> Entry | None:
        """The current entry."""
        found = self.currentIndex().data(RecordRole) if self.currentIndex().isValid() else None
        return found if isinstance(found, Entry) else None

    def choose(self, key: tuple[int, int, date]) -> bool:
        """Make this entry the current one, now or when its days are read; whether it is there."""
        records = [self._rows.index(at, 0).data(RecordRole) for at in range(self._rows.rowCount())]
        found = found_again((each for each in records if isinstance(each, Entry)), key)
        if found is None:
            self._waits_for = key
            return False
        self.setCurrentIndex(self._rows.index(records.index(found), 0))
        return True

    def step(self, by: int) -> None:
        """The next event or the one before."""
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        while 0 <= at < self._rows.rowCount():
            if isinstance(self._rows.index(at, 0).data(RecordRole), Entry):
                self.setCurrentIndex(self._rows.index(at, 0))
                return
            at += by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Escape goes back, pages turn."""
        key, entry = event.key(), self.entry()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and entry is not None:
            self.opened.emit(entry)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        entry = self.entry()
        if entry is not None:
            self.opened.emit(entry)


def _lines(shelf: Shelf) -> Iterator[object]:
    """Headings and entries; a day without events has no heading."""
    for day in shelf.days:
        of_day = [
            each for each in shelf.entries if each.day == day or (each.above and each.day <= day < each.past)
        ]  # fmt: skip
        if not of_day:
            continue
        name = date_text(day, form="EEEE d MMMM")
        if day == shelf.today:
            name = t("Today, {day}", day=name)
        elif day == shelf.today + DAY:
            name = t("Tomorrow, {day}", day=name)
        yield Section(name, n("{n} event", "{n} events", len(of_day)))
        yield from sorted(of_day, key=lambda each: (not each.above, each.start, each.column))
