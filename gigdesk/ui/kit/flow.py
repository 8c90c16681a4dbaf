"""Pieces in lines, as words in a text: what does not fit into one begins the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays pieces from left to right, line by line; none is wider than the line."""

    def __init__(self, pieces: Sequence[QWidget], gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        for piece in pieces:
            self.addWidget(piece)

    def addItem(self, item: QLayoutItem) -> None:
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its lines depend on how wide it is."""
        return True

    def heightForWidth(self, wide: int) -> int:
        """How high its lines are together."""
        return self._lay(QRect(0, 0, wide, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Put the pieces there."""
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        """As it is with one piece a line."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the least any piece needs."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, area: QRect, *, move: bool) -> int:
        x, y, high = area.x(), area.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            wide = min(hint.width(), area.width())
            if x > area.x() and x + wide > area.x() + area.width():
                x, y, high = area.x(), y + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, hint.height())))
            x += wide + self._gap
            high = max(high, hint.height())
        return y + high - area.y()
