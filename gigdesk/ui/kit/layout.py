"""Putting widgets in columns and rows, on grounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QListView,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gigdesk.ui.theme import tokens as t

Piece = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]


def stack(
    *pieces: Piece, gap: int = t.S, margins: Margins = (0, 0, 0, 0), across: bool = False
) -> QBoxLayout:
    """A column (or a row, if `across`): a number is space, None is stretch."""
    layout: QBoxLayout = QHBoxLayout() if across else QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for piece in pieces:
        match piece:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(piece)
            case QLayout():
                layout.addLayout(piece)
            case _:
                layout.addWidget(piece)
    return layout


def row(*pieces: Piece, gap: int = t.S, margins: Margins = (0, 0, 0, 0)) -> QBoxLayout:
    """Widgets side by side."""
    return stack(*pieces, gap=gap, margins=margins, across=True)


def panel(name: str, layout: QLayout) -> QFrame:
    """A styled ground: page, list, detail, side, card, well, overlay."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setLayout(layout)
    return frame


def ground(widget: QWidget, name: str) -> None:
    """Give a plain widget the ground of this name; without the attribute Qt would not paint it."""
    widget.setObjectName(name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def scroll(content: QWidget) -> QScrollArea:
    """A page that scrolls up and down."""
    area = QScrollArea()
    content.setObjectName("flow")
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


class Panes(QSplitter):
    """Two panes; the left one keeps its width. Until they are seen there is no room to give them
    their sizes in, so these are kept."""

    def __init__(self, wide: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._kept = [wide, t.DETAIL_MIN]

    def setSizes(self, sizes: Sequence[int]) -> None:
        """Let the panes be so wide; what is left over goes to the right one."""
        self._kept = [] if self.isVisible() else list(sizes)
        super().setSizes(sizes)

    def sizes(self) -> list[int]:
        """How wide the panes are, or will be."""
        return self._kept or super().sizes()

    def showEvent(self, event: QShowEvent) -> None:
        """Now there is room."""
        super().showEvent(event)
        if self._kept:
            left, self._kept = self._kept[0], []
            super().setSizes([left, max(1, self.width() - left)])


def panes(left: QWidget, right: QWidget, *, wide: int = t.LIST) -> QSplitter:
    """A list at the left, its detail at the right, the edge between them movable."""
    split = Panes(wide)
    split.addWidget(left)
    split.addWidget(right)
    split.setStretchFactor(0, 0)
    split.setStretchFactor(1, 1)
    split.setChildrenCollapsible(False)
    left.setMinimumWidth(t.LIST_MIN)
    left.setMaximumWidth(520)
    right.setMinimumWidth(t.DETAIL_MIN)
    split.setHandleWidth(1)
    return split


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def lend(page: QWidget, heart: QWidget | None) -> None:
    """A page gives its focus to its heart: the list, the table, the first card."""
    proxy = heart or page.findChild(QListView)
    if proxy is not None:
        page.setFocusProxy(proxy)
