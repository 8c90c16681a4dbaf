"""Where Tab goes: round all that takes the focus, in the order it is read.

Qt's own chain follows the order in which widgets were made and loses those that came into their
window inside of another; this one follows what is laid out now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def focus_round(root: QWidget) -> list[QWidget]:
    """All that takes the focus by Tab and is seen, as it is read."""
    return [each for each in _read(root) if _takes(each)]


def step_focus(root: QWidget, *, onward: bool) -> bool:
    """Give the focus to the next, or to the one before; whether there was one."""
    found = focus_round(root)
    if not found:
        return False
    now, step = QApplication.focusWidget(), 1 if onward else -1
    at = found.index(now) if now in found else (-1 if onward else 0)
    reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
    chosen = found[(at + step) % len(found)]
    chosen.setFocus(reason)
    _into_view(chosen)
    return True


def step_pane(panes: Sequence[QWidget], step: int) -> None:
    """The focus goes from the pane that has it to the next of these, round and round."""
    now = QApplication.focusWidget()
    holding = (
        at
        for at, pane in enumerate(panes)
        if now is not None and (pane is now or pane.isAncestorOf(now))
    )
    panes[(next(holding, 0) + step) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _takes(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isEnabled() and widget.focusProxy() is None


def _read(whole: QWidget) -> Iterator[QWidget]:
    """Its pieces, each followed by what is in it: as laid out, then what only lies there."""
    layout = whole.layout()
    laid = list(_laid(layout)) if layout is not None else []
    rest = [
        each
        for each in whole.children()
        if isinstance(each, QWidget) and not each.isWindow() and each not in laid
    ]
    rest.sort(key=lambda each: (each.y(), each.x()))
    for piece in (*laid, *rest):
        if piece.isVisible():
            yield piece
            yield from _read(piece)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _laid(inner)
        elif widget is not None:
            yield widget


def _into_view(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 24, 24)
        above = above.parentWidget()
