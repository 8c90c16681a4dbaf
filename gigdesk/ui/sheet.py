"""Sheets: lists that float over the work and go with Escape: notices, the ledger, the keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from gigdesk.domain.records import Ref
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import panel, row, rule, stack
from gigdesk.ui.kit.messages import Scrim, lift
from gigdesk.ui.kit.rows import RecordRole, RecordRow, Rows, listing
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import RIGHT, box, glyph, text, width


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A title, what is said of it, a figure at the right; `ref` is what a click opens."""

    title: str
    words: str = ""
    figure: str = ""
    mark: str = ""
    fresh: bool = False
    ref: Ref | None = None

    def __str__(self) -> str:
        return ". ".join(part for part in (self.title, self.words, self.figure) if part)


class TwoLines(RecordRow):
    """Mark, title and time; the words under it."""

    height, hairline = 56, True

    def draw(self, p: QPainter, area: QRectF, record: Any, chosen: bool) -> None:  # noqa: ARG002
        """Paint one line of the sheet."""
        if record.fresh:
            box(p, QRectF(area.left() - 7, area.top() + u(17) - 3, 7, 7), "accent", radius=3.5)
        if record.mark:
            glyph(p, QRectF(area.left() + 6, area.top() + u(10), 16, 16), record.mark)
        line = QRectF(area.left() + 34, area.top() + u(8), area.width() - 34, u(20))
        room = width(record.figure, tokens.CAPTION, figures=True)
        text(p, line, record.figure, tokens.CAPTION, "faint", align=RIGHT, figures=True)
        text(p, line.adjusted(0, 0, -room - 12, 0), record.title, weight=tokens.MEDIUM)
        line.translate(0, u(20))
        text(p, line, record.words, role="soft")


class OneLine(RecordRow):
    """A title and its key."""

    height = 30

    def draw(self, p: QPainter, area: QRectF, record: Any, chosen: bool) -> None:  # noqa: ARG002
        """Paint one line of the sheet."""
        text(p, area, record.figure, tokens.CAPTION, "soft", tokens.MEDIUM, RIGHT)
        text(p, area.adjusted(0, 0, -90, 0), record.title)


class Sheet(QFrame):
    """A titled list over the work."""

    opened = Signal(object)  # Ref
    picked = Signal(object)  # SheetLine: one that leads to no record of another tab
    closed = Signal()

    def __init__(self, parent: QWidget, title: str, rows: type[RecordRow], nothing: str) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._behind = parent
        self._scrim = Scrim(parent)
        self._scrim.pressed.connect(self.close_it)
        self._model = Rows()
        self.view = listing(self._model, rows, title)
        self.view.clicked.connect(self._on_clicked)
        self.view.installEventFilter(self)
        away = self._away = Button(t("Close"), "Esc", "quiet", "x", bare=True)
        away.clicked.connect(self.close_it)
        said = Words(title, tokens.LEAD, weight=tokens.SEMIBOLD)
        head = panel("", row(said, None, away, margins=(20, 10, 10, 8)))
        self._book = QStackedWidget()
        empty = Words(nothing, ink="soft", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._book.addWidget(panel("", stack(None, empty, None, margins=(32, 0, 32, 24))))
        self._book.addWidget(panel("", stack(self.view, margins=(0, 4, 0, 8))))
        self.setLayout(stack(head, rule(), self._book, gap=0))
        self.setAccessibleName(title)
        self.place()
        lift(self)
        self.show()
        self.raise_()
        self.view.setFocus()

    def show_lines(self, lines: Iterable[object]) -> None:
        """Show these."""
        self._model.show(lines)
        there = self._model.rowCount() > 0
        self._book.setCurrentIndex(1 if there else 0)
        if there:
            first = next(
                (at for at in range(self._model.rowCount()) if self._is_line(at)),
                0,
            )
            self.view.setCurrentIndex(self._model.index(first, 0))
            self.view.setFocus()
        else:
            self._away.setFocus()

    def place(self) -> None:
        """In the middle of the window, as large as it may be there."""
        parent = self._behind
        self._scrim.cover()
        wide, high = min(u(520), parent.width() - 48), min(u(560), parent.height() - 96)
        self.setFixedSize(wide, high)
        self.move((parent.width() - wide) // 2, min(parent.height() // 10, parent.height() - high))

    def focusNextPrevChild(self, onward: bool) -> bool:  # noqa: ARG002 - there are two only
        """Tab stays on the sheet: what lies behind is out of reach."""
        if self._away.hasFocus() and self._model.rowCount():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._away.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def close_it(self) -> None:
        """Give everything back."""
        self._scrim.deleteLater()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Enter opens, Escape closes."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_clicked(self.view.currentIndex())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
            return True
        return False

    def _is_line(self, at: int) -> bool:
        return isinstance(self._model.index(at, 0).data(RecordRole), SheetLine)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(RecordRole) if index.isValid() else None
        if isinstance(line, SheetLine) and line.ref is not None:
            self.close_it()
            self.opened.emit(line.ref)
        elif isinstance(line, SheetLine):
            self.picked.emit(line)
