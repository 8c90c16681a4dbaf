"""The column at the left of a tab: its head, a filter, a field to search in, the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from gigdesk.ui.kit.layout import panel, row, stack
from gigdesk.ui.kit.words import Words
from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import u


def list_column(
    title: str, tools: Sequence[QWidget], segments: QWidget, field: QWidget, *rest: QWidget
) -> QFrame:
    """The whole column; `rest` is the list and what stands under it."""
    said = Words(title, t.TITLE, weight=t.SEMIBOLD)
    head = panel("", row(said, None, *tools, gap=t.XS, margins=(20, 0, 12, 0)))
    head.setFixedHeight(u(t.HEADER_H))
    filtering = panel("", row(segments, None, margins=(20, 0, 12, 6)))
    seeking = panel("", row(field, margins=(20, 0, 20, 6)))
    return panel("list", stack(head, filtering, seeking, *rest, gap=0))


def step(view: QAbstractItemView, by: int) -> None:
    """Choose the next row or the one before; headings are passed over."""
    model = view.model()
    at = view.currentIndex().row() + by
    while 0 <= at < model.rowCount():
        index = model.index(at, 0)
        if model.flags(index) & Qt.ItemFlag.ItemIsSelectable:
            view.setCurrentIndex(index)
            return
        at += by
