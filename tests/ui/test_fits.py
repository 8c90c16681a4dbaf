"""Nothing is cut and nothing lies over another: in the smallest window, and at the largest text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLayout,
    QWidget,
)

from gigdesk.ui.sidebar import FootLine, Sidebar
from gigdesk.ui.window import Window
from tests.ui import screens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SIZES = [(1024, 640), (1280, 720), (2560, 1440)]
SCALES = [0.9, 1.0, 1.5]


@pytest.mark.parametrize("scale", SCALES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_screen_fits(
    sample_window: Window, sample_bridge: Desk, size: tuple[int, int], qtbot: QtBot
) -> None:
    sample_window.resize(*size)
    found = [
        f"{name}: {fault}"
        for name, screen in screens.everything(sample_window, sample_bridge, qtbot)
        for fault in faults(screen)
    ]
    assert not found, "\n".join(found)
    assert (sample_window.width(), sample_window.height()) == size


@pytest.mark.parametrize("scale", SCALES, indirect=True)
def test_the_opening_fits(scale: float, qtbot: QtBot) -> None:
    found = [
        f"{name} at {scale}: {fault}"
        for name, screen in screens.openings(qtbot)
        for fault in faults(screen)
    ]
    assert not found, "\n".join(found)


def test_the_walk_sees_what_is_cut(dressed: QApplication, qtbot: QtBot) -> None:
    from gigdesk.ui.kit.words import Button, Words

    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(200, 100)
    label, button, other = Words("Cut here"), Button("Cut too"), QWidget()
    for at, piece in enumerate((label, button, other)):
        piece.setParent(outer)
        piece.setGeometry(10, 10 + at * 30, 20, 20)
    other.setGeometry(190, 80, 20, 20)
    outer.show()
    assert len(faults(outer)) == 3


def faults(root: QWidget) -> list[str]:
    """What is narrower than its words, outside of its parent or over its neighbour."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or widget.window() is not root.window():
            continue
        found += [f"{_path(widget, root)}: {fault}" for fault in _faults(widget)]
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    if fault := _cut(widget):
        yield fault
    if fault := _outside(widget):
        yield fault
    layout = widget.layout()
    if layout is not None:
        yield from _overlaps(layout)


def _cut(widget: QWidget) -> str:
    room = widget.size()
    match widget:
        case QLabel() if widget.text() and widget.wordWrap():
            needed = widget.heightForWidth(room.width())
            return f"{needed} high, has {room.height()}" if needed > room.height() else ""
        case QLabel() if widget.text():
            needed = widget.sizeHint().width()
            return f"{needed} wide, has {room.width()}" if needed > room.width() else ""
        case QAbstractButton() if not _gives_way(widget):
            needed = widget.minimumSizeHint().width()
            return f"{needed} wide, has {room.width()}" if needed > room.width() else ""
        case QComboBox():
            needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
            return f"{needed} wide, has {room.width()}" if needed > room.width() - 30 else ""
    return ""


def _gives_way(button: QAbstractButton) -> bool:
    """In the rail of icons the words are in the tool tip."""
    parent: QWidget | None = button
    while parent is not None and not isinstance(parent, Sidebar):
        parent = parent.parentWidget()
    return isinstance(button, FootLine) or (parent is not None and bool(button.toolTip()))


def _outside(widget: QWidget) -> str:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or not parent.isVisible():
        return ""
    room, place = parent.rect(), widget.geometry()
    scrolled = parent.parentWidget()
    if isinstance(scrolled, QAbstractScrollArea) and scrolled.viewport() is parent:
        room = QRect(0, place.top(), room.width(), place.height())  # it scrolls up and down
    return f"at {_at(place)}, its parent has {_at(room)}" if not room.contains(place) else ""


def _overlaps(layout: QLayout) -> Iterator[str]:
    placed: list[tuple[QWidget, QRect]] = []
    for widget in _widgets(layout):
        place = widget.geometry()
        for other, taken in placed:
            if place.intersects(taken):
                yield f"{_name(widget)} at {_at(place)} lies over {_name(other)} at {_at(taken)}"
        placed.append((widget, place))


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    if layout.metaObject().className() == "QStackedLayout":
        return
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _widgets(inner)
        elif widget is not None and widget.isVisible():
            yield widget


def _path(widget: QWidget, root: QWidget) -> str:
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and at is not root and len(names) < 5:
        names.append(_name(at))
        at = at.parentWidget()
    return " < ".join(names)


def _name(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__}({(said or widget.accessibleName())[:30]!r})"


def _at(place: QRect) -> str:
    return f"{place.x()},{place.y()} {place.width()}x{place.height()}"
