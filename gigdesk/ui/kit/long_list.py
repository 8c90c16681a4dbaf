"""A list of any length that lays itself out by arithmetic: rows are alike, headings are known.

A QListView asks the delegate for the height of every row whenever its model begins anew: half a second
for 100,000 rows, and every page of them would be fetched for it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gigdesk.ui.kit.column import step
from gigdesk.ui.kit.lazy import LazyRows
from gigdesk.ui.kit.rows import HEADING, RecordRow
from gigdesk.ui.theme.look import look, u


class LongList(QTableView):
    """One column of lazy rows under their headings."""

    def __init__(self, model: LazyRows, delegate: type[RecordRow], name: str) -> None:
        super().__init__()
        self._lazy, self._high = model, delegate.height
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(delegate(self))
        self.setAccessibleName(name)
        self.setObjectName("long")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setStretchLastSection(True)
        down.hide()
        down.setMinimumSectionSize(1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self._lay)
        look.changed.connect(self._lay)
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last row, as in any list; arrows pass over headings."""
        rows = self._lazy.rowCount()
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if by:
            step(self, by)
        elif event.key() == Qt.Key.Key_Home and rows:
            self.setCurrentIndex(self._lazy.index(self._lazy.first(), 0))
        elif event.key() == Qt.Key.Key_End and rows:
            self.setCurrentIndex(self._lazy.index(rows - 1, 0))
        else:
            super().keyPressEvent(event)

    def _lay(self) -> None:
        down = self.verticalHeader()
        down.setDefaultSectionSize(u(self._high))
        for at in self._lazy.headings():
            down.resizeSection(at, u(HEADING))
