"""Painted pictures: points of a score, ageing, market range, two working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gigdesk.domain.words import t as tr
from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import colour, font, look, u
from gigdesk.ui.theme.paint import CENTRE, RIGHT, box, ring, text, width


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a score: its name, where it comes from, its value. `off`: it counts nothing,
    `value` is what it would; `fixed`: it cannot be switched and has no bar."""

    name: str
    source: str
    value: int
    off: bool = False
    fixed: bool = False


class Why(QWidget):
    """What counted, by how much: the points sum to the score. Space switches one off, at once."""

    switched = Signal(int)  # the place of the point

    def __init__(self) -> None:
        super().__init__()
        self._points: Sequence[Point] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Why this score"))
        look.changed.connect(self._fit)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show these."""
        free = next((at for at, point in enumerate(points) if not point.fixed), 0)
        known = 0 < self._at < len(points) and not points[self._at].fixed
        self._points, self._at = points, self._at if known else free
        self._fit()
        self._say()

    @property
    def total(self) -> int:
        """The sum of what counts."""
        return sum(point.value for point in self._points if not point.off)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Space switches."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._points:
            self._move(step)
        elif event.key() == Qt.Key.Key_Space and self._points:
            if not self._points[self._at].fixed:
                self.switched.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a point."""
        at = int(event.position().y() // u(26))
        if 0 <= at < len(self._points) and not self._points[at].fixed:
            self._at = at
            self._say()

    def _move(self, step: int) -> None:
        for _ in self._points:
            self._at = (self._at + step) % len(self._points)
            if not self._points[self._at].fixed:
                break
        self._say()

    def _fit(self) -> None:
        self.setFixedHeight(u(26) * (len(self._points) + 1) + 10)

    def _say(self) -> None:
        said = "; ".join(_point_words(point) for point in self._points)
        self.setAccessibleDescription(f"{said}. {self.total}.")
        self.setToolTip("\n".join(_point_words(point) for point in self._points))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which point is chosen."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if not self._points:
            return
        p, wide, high = QPainter(self), self.width(), u(26)
        zero = wide * 0.62
        moving = [abs(point.value) for point in self._points if not point.fixed]
        # A small point never looks like a large one.
        unit = wide * 0.24 / max(16, *moving)
        first = sum(point.fixed for point in self._points[:1])
        top = high * first + 2
        p.fillRect(QRectF(zero, top, 1, high * (len(self._points) - first) - 4), colour("edge"))
        for at, point in enumerate(self._points):
            line = QRectF(0, at * high, wide, high)
            self._line(p, line, point, zero, unit)
            if self.hasFocus() and at == self._at and not point.fixed:
                ring(p, line.adjusted(0, 1, 0, -1))
        foot = QRectF(0, high * len(self._points) + 6, wide, high)
        p.fillRect(QRectF(0, foot.top() - 3, wide, 1), colour("line"))
        text(p, foot.adjusted(4, 0, -4, 0), tr("Score"), t.BODY, "ink", t.SEMIBOLD)
        said = str(self.total)
        text(p, foot.adjusted(4, 0, -4, 0), said, t.BODY, "ink", t.SEMIBOLD, RIGHT, figures=True)

    @staticmethod
    def _line(p: QPainter, line: QRectF, point: Point, zero: float, unit: float) -> None:
        line = line.adjusted(4, 0, -4, 0)
        end = line.right() - u(40) if point.fixed or not point.value else zero - 14
        if point.value < 0 and not point.fixed:
            end += point.value * unit
        left = QRectF(line.left(), line.top(), end - line.left(), line.height())
        used = text(p, left, point.name, role="faint" if point.off else "ink")
        source = tr("switched off") if point.off else point.source
        text(p, left.adjusted(used + 8, 0, 0, 0), source, t.CAPTION, "faint")
        start = zero + 1 if point.value > 0 else zero + point.value * unit
        bar = QRectF(start, line.center().y() - 5, abs(point.value) * unit, 10)
        if point.value and not point.fixed:
            kind = "accent" if point.value > 0 else "warn"
            box(p, bar, "chosen" if point.off else kind, radius=2)
        said = f"{point.value:+d}".replace("-", "−") if point.value else "0"
        role = "faint" if point.off else "soft"
        text(p, line, said, t.BODY, role, t.MEDIUM, RIGHT, figures=True)


def _point_words(point: Point) -> str:
    source = tr("switched off") if point.off else point.source
    return f"{point.name}, {point.value:+d}, {source}"


@dataclass(frozen=True, slots=True)
class Place:
    """A value on the market's line and how it is said."""

    value: float
    words: str


class MarketRange(QWidget):
    """What others get: ten to ninety of a hundred, the middle, one's own floor, and this lead."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: tuple[Place, Place, Place] | None = None
        self._floor: Place | None = None
        self._lead: tuple[float, float, str] | None = None
        self.setFixedHeight(u(76))
        self.setAccessibleName(tr("Market range"))

    def show_range(
        self,
        ends: tuple[Place, Place, Place],
        floor: Place | None,
        lead: tuple[float, float, str] | None,
    ) -> None:
        """Show low, middle and high, the floor, and what this lead pays (low, high, words)."""
        self._ends, self._floor, self._lead = ends, floor, lead
        said = [ends[0].words, ends[1].words, ends[2].words]
        said += [floor.words] if floor else []
        said += [lead[2]] if lead else []
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._ends is None:
            return
        p, (low, middle, high) = QPainter(self), self._ends
        known = [low.value, high.value, *((self._floor.value,) if self._floor else ())]
        known += self._lead[:2] if self._lead else ()
        first, last = float(min(known)), float(max(known))
        pad = (last - first) * 0.08 or 1
        room = self.width() - 16

        def at(value: float) -> float:
            return float(8 + room * (value - first + pad) / (last - first + 2 * pad))

        y = u(34)
        box(p, QRectF(0, y, self.width(), 8), "sunk", "line", radius=4)
        box(p, QRectF(at(low.value), y, at(high.value) - at(low.value), 8), "edge", radius=4)
        if self._lead:
            start, end = at(self._lead[0]), at(self._lead[1])
            box(p, QRectF(start, y - 3, max(6.0, end - start), 14), "accent", radius=4)
            self._said(p, (start + end) / 2, self._lead[2], "accent", u(6), 0)
        box(p, QRectF(at(middle.value) - 1, y - 6, 2, 20), "ink", radius=1)
        below = [(low, "faint"), (middle, "ink"), (high, "faint")]
        if self._floor:
            below.append((self._floor, "warn"))
            p.setPen(QPen(colour("warn"), 2, Qt.PenStyle.DotLine))
            x = at(self._floor.value)
            p.drawLine(QPointF(x, y - 8), QPointF(x, y + 16))
        taken = -12.0
        for place, role in sorted(below, key=lambda each: each[0].value):
            taken = self._said(p, at(place.value), place.words, role, u(54), taken + 12)

    def _said(
        self, p: QPainter, x: float, words: str, role: str, top: float, least: float
    ) -> float:
        """Words under or over their place, not before `least`; where they end."""
        wide = width(words, t.CAPTION, t.MEDIUM, figures=True) + 4
        left = min(max(least, x - wide / 2), max(least, self.width() - wide))
        line = QRectF(left, top, wide, u(18))
        text(p, line, words, t.CAPTION, role, t.MEDIUM, CENTRE, figures=True)
        return float(left + wide)


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


_A4 = 297 / 210


class Paper(QWidget):
    """A picture of the document itself: people trust what they can see."""

    def __init__(self) -> None:
        super().__init__()
        self._page: QImage | None = None
        self._small = QImage()
        self._words = ""
        self.setFixedHeight(250)

    def show_page(self, page: QImage | None, words: str) -> None:
        """Show this page, or these words while there is none."""
        self._page, self._words, self._small = page, words, QImage()
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        p = QPainter(self)
        box(p, self.rect(), "chosen", radius=t.CARD)
        p.setClipRect(self.rect())
        wide = min(self.width() - 48, 300)
        sheet = QRectF((self.width() - wide) / 2, 18, wide, wide * _A4)
        box(p, sheet, "paper", "line", radius=3)
        if self._page is None:
            p.setFont(font(t.CAPTION))
            p.setPen(colour("faint"))
            on_it = sheet.adjusted(16, 0, -16, 0).intersected(QRectF(self.rect()))
            p.drawText(on_it, CENTRE | Qt.TextFlag.TextWordWrap, self._words)
            return
        inner = sheet.adjusted(1, 1, -1, -1)
        p.drawImage(inner, self._shrunk(inner, self.devicePixelRatioF()))

    def _shrunk(self, sheet: QRectF, ratio: float) -> QImage:
        """The page at the size it is seen: smoothly made small once, not at each painting."""
        assert self._page is not None
        size = (sheet.size() * ratio).toSize()
        if self._small.size() != size:
            how = Qt.AspectRatioMode.IgnoreAspectRatio
            self._small = self._page.scaled(size, how, Qt.TransformationMode.SmoothTransformation)
        return self._small


def _clock(hours: float) -> str:
    minutes = round(hours * 60) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _hour(hours: float) -> str:
    said = _clock(hours)
    return said[:2] if said.endswith(":00") else said
