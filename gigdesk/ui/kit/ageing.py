"""Money owed by age: one bar in proportion, the figures under it, never cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gigdesk.domain.words import t as tr
from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import box, text, width


class Ageing(QWidget):
    """Money owed by age: one bar, its parts in proportion, and the figures under it.

    A part is (name, share of the bar, what it says, role)."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[tuple[str, float, str, str]] = ()
        self._needs: Sequence[int] = ()
        self.setFixedHeight(u(62))
        self.setAccessibleName(tr("Money owed by age"))

    def show_parts(self, parts: Sequence[tuple[str, float, str, str]]) -> None:
        """Show these."""
        self._parts, self._needs = parts, ()
        self.setAccessibleDescription("; ".join(f"{name}: {said}" for name, _, said, _ in parts))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p, x = QPainter(self), 0.0
        whole = sum(part[1] for part in self._parts) or 1
        shown = [part for part in self._parts if part[1]]
        room = self.width() - 2 * (len(shown) - 1)
        for _name, value, _said, kind in shown:
            wide = max(4.0, room * value / whole)
            box(p, QRectF(x, 2, wide, 10), kind, radius=3)
            x += wide + 2
        for (name, value, said, kind), (left, wide) in zip(self._parts, self._cells(), strict=True):
            cell = QRectF(left, u(20), wide, u(18))
            dot = QRectF(cell.left(), cell.center().y() - 3, 7, 7)
            box(p, dot, kind if value else "line", radius=2)
            text(p, cell.adjusted(13, 0, 0, 0), name, t.CAPTION, "soft")
            below = cell.translated(0, u(19)).adjusted(13, 0, 0, 0)
            weight = t.MEDIUM if value else t.REGULAR
            text(p, below, said, t.BODY, "ink" if value else "faint", weight, figures=True)

    def needs(self) -> list[int]:
        """How wide each part's figures are."""
        return [
            13 + max(width(name, t.CAPTION), width(said, t.BODY, t.MEDIUM, figures=True))
            for name, _value, said, _kind in self._parts
        ]

    def stand_on(self, needs: Sequence[int]) -> None:
        """Place the figures as if they were so wide: bars of several currencies in one grid."""
        self._needs = needs
        self.update()

    def _cells(self) -> list[tuple[float, float]]:
        """Where the figures stand: equally wide, or as wide as each amount needs, never cut."""
        needs = self._needs or self.needs()
        step = self.width() / max(1, len(needs))
        if all(need <= step - 8 for need in needs):
            return [(at * step, step - 8) for at in range(len(needs))]
        spare = max(0.0, (self.width() - sum(needs)) / max(1, len(needs) - 1))
        lefts = [sum(needs[:at]) + at * spare for at in range(len(needs))]
        return list(zip(lefts, needs, strict=True))


def in_one_grid(bars: Sequence[Ageing]) -> None:
    """Bars of several currencies: their figures stand under one another."""
    widest = [max(column) for column in zip(*(bar.needs() for bar in bars), strict=True)]
    for bar in bars:
        bar.stand_on(widest)
