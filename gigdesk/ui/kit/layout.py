"""Putting widgets in columns and rows, on grounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import u

Piece = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
MAIN_MIN = 560  # what a page of cards needs beside its side panel
_HEAD_MIN = 600  # what a page with a bar of buttons needs
_ANY = 16_777_215  # Qt's own "as wide as it likes"


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


class Beside(QScrollArea):
    """A page and its side panel. Where text is large and room short the panel stands below, and
    both scroll together: nothing is cut. `tall`: how high the page stays then."""

    def __init__(self, main: QWidget, side: QWidget, wide: int, *, tall: int = 440) -> None:
        super().__init__()
        self._main, self._side, self._wide, self._tall = main, side, wide, tall
        self._column = row(main, side, gap=0)
        self._column.setStretch(0, 1)
        self.setWidget(panel("page", self._column))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.below = False
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside where there is room for both."""
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        self.below = self.width() < u(self._wide + _HEAD_MIN)
        ways = QBoxLayout.Direction
        self._column.setDirection(ways.TopToBottom if self.below else ways.LeftToRight)
        self._main.setMinimumHeight(u(self._tall) if self.below else 0)
        self._side.setMinimumWidth(0 if self.below else u(self._wide))
        self._side.setMaximumWidth(_ANY if self.below else u(self._wide))


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
    proxy = heart or page.findChild(QAbstractItemView)
    if proxy is not None:
        page.setFocusProxy(proxy)
