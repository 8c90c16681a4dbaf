"""A box to tick, drawn by us: the style's own is not seen in the dark."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import box, glyph, ring, text, width

_SIDE, _GAP = 16, 8


class Check(QCheckBox):
    """Ticked or not, with its words at the right."""

    def sizeHint(self) -> QSize:
        """High enough to be hit."""
        words = _GAP + width(self.text()) + 4 if self.text() else 0
        return QSize(_SIDE + 4 + words, u(24))

    def minimumSizeHint(self) -> QSize:
        """The same: its words are never cut."""
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        """All of it is the box."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An edge, or a ground with its tick."""
        p = QPainter(self)
        frame = QRectF(2, (self.height() - _SIDE) / 2, _SIDE, _SIDE)
        on, able = self.isChecked(), self.isEnabled()
        if on:
            box(p, frame, "accent" if able else "faint", radius=t.CHIP)
            glyph(p, frame.adjusted(2, 2, -2, -2), "check", "on_accent")
        else:
            box(p, frame, "paper", "edge", radius=t.CHIP)
        if self.hasFocus():
            ring(p, frame.adjusted(-2, -2, 2, 2), t.CHIP + 2)
        left = frame.right() + _GAP
        words = QRectF(left, 0, self.width() - left, self.height())
        text(p, words, self.text(), role="ink" if able else "faint")
