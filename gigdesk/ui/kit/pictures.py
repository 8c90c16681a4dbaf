"""Painted pictures: points of a score, ageing, market range, two working days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gigdesk.domain.words import t as tr
from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import colour, u
from gigdesk.ui.theme.paint import CENTRE, RIGHT, box, ring, text, width


class Ageing(QWidget):
    """Money owed by age: one bar, its parts in proportion, and the figures under it.

    A part is (name, share of the bar, what it says, role)."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[tuple[str, float, str, str]] = ()
        self.setFixedHeight(u(62))
        self.setAccessibleName(tr("Money owed by age"))

    def show_parts(self, parts: Sequence[tuple[str, float, str, str]]) -> None:
        """Show these."""
        self._parts = parts
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
        step = self.width() / max(1, len(self._parts))
        for at, (name, value, said, kind) in enumerate(self._parts):
            cell = QRectF(at * step, u(20), step - 8, u(18))
            dot = QRectF(cell.left(), cell.center().y() - 3, 7, 7)
            box(p, dot, kind if value else "line", radius=2)
            text(p, cell.adjusted(13, 0, 0, 0), name, t.CAPTION, "soft")
            below = cell.translated(0, u(19)).adjusted(13, 0, 0, 0)
            weight = t.MEDIUM if value else t.REGULAR
            text(p, below, said, t.BODY, "ink" if value else "faint", weight, figures=True)


class Why(QWidget):
    """What counted, by how much: the points sum to the score. Space switches one off, at once.

    A point is (name, source, value)."""

    switched = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._points: Sequence[tuple[str, str, int]] = ()
        self._off: set[int] = set()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Why this score"))

    def show_points(self, points: Sequence[tuple[str, str, int]]) -> None:
        """Show these, all switched on."""
        self._points, self._off, self._at = points, set(), 0
        self.setFixedHeight(u(26) * (len(points) + 1) + 10)
        self._say()

    @property
    def total(self) -> int:
        """The sum of what is switched on."""
        return sum(v for at, (_, _, v) in enumerate(self._points) if at not in self._off)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Space switches."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._points:
            self._at = (self._at + step) % len(self._points)
            self.update()
        elif event.key() == Qt.Key.Key_Space and self._points:
            self._off ^= {self._at}
            self._say()
            self.switched.emit(self.total)
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        said = "; ".join(f"{name}, {value:+d}, {source}" for name, source, value in self._points)
        self.setAccessibleDescription(f"{said}. {self.total}.")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if not self._points:
            return
        p, wide, high = QPainter(self), self.width(), u(26)
        zero = wide * 0.62
        unit = wide * 0.24 / max(1, *(abs(value) for *_, value in self._points))
        p.fillRect(QRectF(zero, 2, 1, high * len(self._points) - 4), colour("edge"))
        for at, point in enumerate(self._points):
            line = QRectF(0, at * high, wide, high)
            self._line(p, line, point, zero, unit, off=at in self._off)
            if self.hasFocus() and at == self._at:
                ring(p, line.adjusted(0, 1, 0, -1))
        foot = QRectF(0, high * len(self._points) + 6, wide, high)
        p.fillRect(QRectF(0, foot.top() - 3, wide, 1), colour("line"))
        text(p, foot, tr("Score"), t.BODY, "ink", t.SEMIBOLD)
        text(p, foot, str(self.total), t.BODY, "ink", t.SEMIBOLD, RIGHT, figures=True)

    @staticmethod
    def _line(
        p: QPainter,
        line: QRectF,
        point: tuple[str, str, int],
        zero: float,
        unit: float,
        *,
        off: bool,
    ) -> None:
        name, source, value = point
        left = QRectF(0, line.top(), zero - 60, line.height())
        used = text(p, left, name, role="faint" if off else "ink")
        rest = QRectF(used + 8, line.top(), max(0.0, zero - used - 80), line.height())
        text(p, rest, source, t.CAPTION, "faint")
        start = zero + 1 if value > 0 else zero + value * unit
        bar = QRectF(start, line.center().y() - 5, abs(value) * unit, 10)
        if value:
            box(p, bar, "chosen" if off else ("accent" if value > 0 else "warn"), radius=2)
        said = f"{value:+d}".replace("-", "−") if value else "0"
        role = "faint" if off else "soft"
        text(p, line, said, t.BODY, role, t.MEDIUM, RIGHT, figures=True)


class Zones(QWidget):
    """Two working days, one above the other, on one's own clock; where both work is filled.

    A row is (place, start, end, hours behind one's own clock)."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[tuple[str, float, float, float]] = ()
        self._both: tuple[float, float] | None = None
        self.setAccessibleName(tr("Working days side by side"))

    def show_days(
        self, rows: Sequence[tuple[str, float, float, float]], both: tuple[float, float] | None
    ) -> None:
        """Show these."""
        self._rows, self._both = rows, both
        self.setFixedHeight(26 * len(rows) + 24)
        said = (
            tr("Both work {a} to {b} your time", a=_clock(both[0]), b=_clock(both[1]))
            if both
            else tr("No hour in which both work")
        )
        self.setAccessibleDescription(said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if not self._rows:
            return
        p, left = QPainter(self), float(u(120))
        first = min([8.0, *(start for _, start, _, _ in self._rows)])
        last = max([20.0, *(end for _, _, end, _ in self._rows)])
        unit = (self.width() - left) / (last - first)
        for at, (name, start, end, behind) in enumerate(self._rows):
            y = at * 26.0
            used = text(p, QRectF(0, y, left - 48, 20), name, t.CAPTION, "ink", t.MEDIUM)
            box(p, QRectF(left, y + 3, self.width() - left, 14), "chosen", radius=4)
            box(
                p,
                QRectF(left + (start - first) * unit, y + 3, (end - start) * unit, 14),
                "edge",
                radius=4,
            )
            said = f"{_hour(start - behind)}–{_hour(end - behind)}"
            text(
                p, QRectF(used + 6, y, left - used - 8, 20), said, t.CAPTION, "faint", figures=True
            )
        low = 26.0 * len(self._rows) - 2
        if self._both is None:
            text(
                p,
                QRectF(left, low, self.width() - left, 18),
                tr("no hour in which both work"),
                t.CAPTION,
                "faint",
            )
            return
        x, wide = left + (self._both[0] - first) * unit, (self._both[1] - self._both[0]) * unit
        for at in range(len(self._rows)):
            box(p, QRectF(x, at * 26 + 3, wide, 14), "good", radius=2)
        foot = tr("{a}–{b} both", a=_clock(self._both[0]), b=_clock(self._both[1]))
        room = width(foot, t.CAPTION, t.MEDIUM, figures=True) + 4
        at_x = min(max(0.0, x + wide / 2 - room / 2), self.width() - room)
        text(
            p, QRectF(at_x, low, room, 18), foot, t.CAPTION, "good", t.MEDIUM, CENTRE, figures=True
        )


class Paper(QWidget):
    """A picture of the document itself: people trust what they can see."""

    def __init__(self) -> None:
        super().__init__()
        self._page: QImage | None = None
        self._words = ""
        self.setFixedHeight(250)

    def show_page(self, page: QImage | None, words: str) -> None:
        """Show this page, or these words while there is none."""
        self._page, self._words = page, words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        box(p, self.rect(), "chosen", radius=t.CARD)
        p.setClipRect(self.rect())
        sheet = QRectF(self.width() / 2 - 120, 18, 240, 340)
        box(p, sheet, "paper", "line", radius=3)
        if self._page is None:
            text(p, QRectF(self.rect()), self._words, t.CAPTION, "faint", align=CENTRE)
            return
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.drawImage(sheet.adjusted(1, 1, -1, -1), self._page)


def _clock(hours: float) -> str:
    minutes = round(hours * 60) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _hour(hours: float) -> str:
    said = _clock(hours)
    return said[:2] if said.endswith(":00") else said
