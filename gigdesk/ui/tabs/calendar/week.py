"""The week: an item view, so that each event is reached by keys and read aloud."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.rows import Index, RecordRole
from gigdesk.ui.tabs.calendar import painting
from gigdesk.ui.tabs.calendar.entries import Entries, Entry, Shelf, found_again
from gigdesk.ui.tabs.calendar.grid import Grid, hours_of, lane_count
from gigdesk.ui.tabs.calendar.saving import DragFile
from gigdesk.ui.theme.look import look, u

_SHOWN_HOURS = 14
_HOUR_LEAST = 44
_ZONE = 43
_HEAD = 44
_STEP = QAbstractItemView.CursorAction
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class WeekView(QListView):
    """Days side by side on one's own clock; the gutter tells the same hour in other places."""

    opened = Signal(object)  # Entry: by Enter or a click
    turned = Signal(int)  # weeks forward or back
    begun = Signal(object)  # datetime without zone: a new event there
    left = Signal()  # Escape

    def __init__(self) -> None:
        super().__init__()
        self._shelf: Shelf | None = None
        self._now: datetime | None = None
        self._model = Entries((), self)
        self._waits_for: tuple[int, int, date] | None = None
        self._scrolled = False
        self._file: DragFile | None = None
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(self._on_moved)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setAccessibleName(t("Week"))
        look.changed.connect(self._on_look)

    # --- what is shown --------------------------------------------------------------------------
    def show_shelf(self, shelf: Shelf) -> None:
        """Show these days; what was chosen stays chosen where it is still there."""
        kept = self._waits_for or (entry.key if (entry := self.entry()) else None)
        first = self._shelf is None or self._shelf.first != shelf.first
        self._shelf, self._now = shelf, shelf.now
        self._model.show(shelf.entries)
        days = f"{date_text(shelf.days[0], form='d MMMM')} – {date_text(shelf.days[-1])}"
        self.setAccessibleName(t("Week of {days}", days=days))
        self.updateGeometries()
        if first and not self._scrolled:
            self.show_working_day()
        self._waits_for = None
        if kept is not None:
            self.choose(kept)
        self.viewport().update()

    def choose(self, key: tuple[int, int, date]) -> bool:
        """Make this entry the current one, now or when its week is read; whether it is there."""
        entries = [
            self._model.index(at, 0).data(RecordRole) for at in range(self._model.rowCount())
        ]
        found = found_again(entries, key)
        if found is None:
            self._waits_for = key
            return False
        index = self._model.index(entries.index(found), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def _on_moved(self) -> None:
        self._waits_for = None  # another was chosen while the awaited one was read

    def entry(self) -> Entry | None:
        """The current entry."""
        found = self.currentIndex().data(RecordRole) if self.currentIndex().isValid() else None
        return found if isinstance(found, Entry) else None

    def tick(self, now: datetime) -> None:
        """The clock moved: so does the line."""
        self._now = now
        self.viewport().update()

    def show_working_day(self) -> None:
        """Scroll to an hour before the working day."""
        if self._shelf is None or self.height() < u(120):
            return
        start = self._shelf.hours.start
        hours = max(0.0, start.hour + start.minute / 60 - 1)
        self.verticalScrollBar().setValue(int(hours * self.grid().hour))
        self._scrolled = self.isVisible()

    def step(self, by: int) -> None:
        """The next event or the one before."""
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        if 0 <= at < self._model.rowCount():
            self.setCurrentIndex(self._model.index(at, 0))
        elif self._model.rowCount():
            self.turned.emit(by)

    def grid(self) -> Grid:
        """The measures of now."""
        shelf = self._shelf
        count = lane_count(shelf.entries) if shelf else 0
        zones = 1 + (len(shelf.zones.beside) if shelf else 0)
        days = shelf.days if shelf else ()
        fixed = u(_HEAD) + min(count, 4) * u(24) + 12
        hour = max(u(_HOUR_LEAST), (self.viewport().height() - fixed) / _SHOWN_HOURS)
        return Grid(
            days, self.viewport().width(), zones * u(_ZONE) + 3, u(_HEAD), u(24), count, hour,
            u(10), self.verticalScrollBar().value(),
        )  # fmt: skip

    # --- the view's own measures ----------------------------------------------------------------
    def updateGeometries(self) -> None:
        """How far it scrolls."""
        grid, bar = self.grid(), self.verticalScrollBar()
        room = self.viewport().height() - grid.top
        bar.setRange(0, max(0, int(grid.height - room)))
        bar.setPageStep(max(1, int(room)))
        bar.setSingleStep(int(grid.hour / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hours grow with the room; the first time, the working day comes into sight."""
        super().resizeEvent(event)
        self.updateGeometries()
        if not self._scrolled:
            self.show_working_day()

    def visualRect(self, index: Index) -> QRect:
        """Where an event stands."""
        entry = index.data(RecordRole) if index.isValid() else None
        return self.grid().rect(entry).toAlignedRect() if isinstance(entry, Entry) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The event under a point; what scrolled under the head is not there."""
        grid = self.grid()
        for at in reversed(range(self._model.rowCount())):
            index = self._model.index(at, 0)
            entry = index.data(RecordRole)
            if (entry.above or point.y() >= grid.top) and grid.rect(entry).contains(point):
                return index
        return QModelIndex()

    def scrollTo(
        self,
        index: Index,
        _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring an event into sight."""
        entry = index.data(RecordRole) if index.isValid() else None
        if not isinstance(entry, Entry) or entry.above:
            return
        grid, bar = self.grid(), self.verticalScrollBar()
        rect, low = grid.rect(entry), self.viewport().height()
        if rect.top() < grid.top:
            bar.setValue(int(bar.value() - (grid.top - rect.top()) - u(16)))
        elif rect.bottom() > low:
            step = min(rect.bottom() - low + u(16), rect.top() - grid.top)
            bar.setValue(int(bar.value() + step))

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Everything but the head moves."""
        self.viewport().update()

    def horizontalOffset(self) -> int:
        """It never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """Nothing is hidden from keys."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """A press chooses what is under it."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)
        else:
            self.selectionModel().clearSelection()

    def visualRegionForSelection(self, selection: Any) -> QRegion:
        """What has to be painted again."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-2, -2, 2, 2)
        return region

    # --- keys and clicks ------------------------------------------------------------------------
    def moveCursor(self, action: Any, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down go through the events in the order of time, left and right through days."""
        here, last = self.currentIndex(), self._model.rowCount() - 1
        if last < 0:
            return QModelIndex()
        if not here.isValid():
            return self._model.index(0, 0)
        if action in {_STEP.MoveLeft, _STEP.MoveRight}:
            return self._sideways(1 if action == _STEP.MoveRight else -1)
        steps = {
            _STEP.MoveUp: here.row() - 1,
            _STEP.MovePrevious: here.row() - 1,
            _STEP.MoveDown: here.row() + 1,
            _STEP.MoveNext: here.row() + 1,
            _STEP.MoveHome: 0,
            _STEP.MoveEnd: last,
        }
        return self._model.index(max(0, min(last, steps.get(action, here.row()))), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Escape goes back, pages and the edges turn the week."""
        key = Qt.Key(event.key())
        entry = self.entry()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and entry is not None:
            self.opened.emit(entry)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _PAGES:
            self.turned.emit(_PAGES[key])
        elif key in _SIDEWAYS and not self._sideways(_SIDEWAYS[key]).isValid():
            self.turned.emit(_SIDEWAYS[key])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens; one beside events goes back."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        entry = self.indexAt(event.position().toPoint()).data(RecordRole)
        if isinstance(entry, Entry):
            self.opened.emit(entry)
        else:
            self.setCurrentIndex(QModelIndex())
            self.left.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a free hour begins an event there."""
        found = self.grid().moment(event.position().x(), event.position().y())
        if found is None or self.indexAt(event.position().toPoint()).isValid():
            return
        day, hours = found
        self.begun.emit(datetime.combine(day, time(int(hours), int(hours % 1 * 60))))

    def drag_data(self, file: DragFile) -> None:
        """What leaves when this event is dragged out; made ready when it is chosen."""
        self._file = file

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """The event leaves as a file."""
        entry = self.entry()
        if entry is None or self._file is None or self._file.key != entry.key:
            return
        drag = QDrag(self)
        drag.setMimeData(self._file.mime())
        drag.exec(Qt.DropAction.CopyAction)

    def _sideways(self, step: int) -> QModelIndex:
        """The event of another day that is nearest in time; none when there is no such day."""
        entry = self.entry()
        if entry is None:
            return QModelIndex()
        rows = [self._model.index(at, 0) for at in range(self._model.rowCount())]
        there = [
            (
                abs((each.day - entry.day).days),
                abs(hours_of(each.start) - hours_of(entry.start)),
                at,
            )
            for at, index in enumerate(rows)
            if (each := index.data(RecordRole)).above == entry.above
            and (each.day - entry.day).days * step > 0
        ]
        return rows[min(there)[2]] if there else QModelIndex()

    def _on_look(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    # --- painting -------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the hours, the events and the line of now."""
        shelf = self._shelf
        if shelf is None:
            return
        p, grid = QPainter(self.viewport()), self.grid()
        painting.heads(p, grid, shelf)
        p.setClipRect(QRectF(0, grid.top, grid.wide, self.viewport().height() - grid.top))
        painting.ground(p, grid, shelf)
        self._draw(p, grid, above=False)
        if self._now is not None:
            painting.now_line(p, grid, self._now.astimezone(shelf.zones.own))
        p.setClipping(False)
        self._draw(p, grid, above=True)
        painting.more(p, grid, shelf.entries)

    def _draw(self, p: QPainter, grid: Grid, *, above: bool) -> None:
        current = self.currentIndex()
        for at in range(self._model.rowCount()):
            index = self._model.index(at, 0)
            entry = index.data(RecordRole)
            if entry.above != above or grid.hidden(entry):
                continue
            cell = grid.rect(entry)
            if above or (cell.bottom() > grid.top and cell.top() < self.viewport().height()):
                mark = "" if index != current else "accent" if self.hasFocus() else "edge"
                painting.event(p, cell, entry, grid.clear(entry), mark)
