"""The few strokes every painter shares: text, box, chip, glyph, focus ring."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QIconEngine, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gigdesk.domain.places import resources
from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import colour, font, look, u

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@lru_cache(maxsize=512)
def _svg(name: str, tint: str) -> QSvgRenderer:
    own = resources() / "icons" / f"{name}.svg"
    path = own if own.exists() else resources() / "vendor" / "lucide" / f"{name}.svg"
    source = path.read_text(encoding="utf-8")
    source = source.replace("currentColor", tint).replace('stroke-width="2"', 'stroke-width="1.75"')
    return QSvgRenderer(source.encode())


def glyph(p: QPainter, rect: QRectF | QRect, name: str, role: str = "soft") -> None:
    """Draw an icon in a role's colour."""
    _svg(name, getattr(look.c, role)).render(p, QRectF(rect))


class _Engine(QIconEngine):
    """Draws the vector at whatever size and scale Qt asks for: sharp from 100 to 400 %."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, p: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        glyph(p, rect, self._name, "faint" if mode == QIcon.Mode.Disabled else self._role)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        p = QPainter(image)
        self.paint(p, QRect(0, 0, size.width(), size.height()), mode, state)
        p.end()
        return image

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)


def icon(name: str, role: str = "soft") -> QIcon:
    """An icon for menus and tool buttons, sharp at every scale."""
    return QIcon(_Engine(name, role))


def text(
    p: QPainter,
    rect: QRectF | QRect,
    words: str,
    size: int = t.BODY,
    role: str = "ink",
    weight: int = t.REGULAR,
    align: Qt.AlignmentFlag = LEFT,
    *,
    figures: bool = False,
) -> float:
    """One elided line; answers the width it took."""
    rect, face = QRectF(rect), font(size, weight, figures=figures)
    line = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    p.setFont(face)
    p.setPen(colour(role))
    p.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), line)
    return QFontMetrics(face).horizontalAdvance(line)


def width(words: str, size: int = t.BODY, weight: int = t.REGULAR, *, figures: bool = False) -> int:
    """How wide these words are."""
    return QFontMetrics(font(size, weight, figures=figures)).horizontalAdvance(words)


def box(
    p: QPainter,
    rect: QRectF | QRect,
    fill: str | None = None,
    edge: str | None = None,
    radius: float = t.CONTROL,
    pen: float = 1.0,
    dash: bool = False,
) -> None:
    """A rounded rectangle whose outline lies wholly inside `rect`."""
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = pen / 2 if edge else 0.0
    line = QPen(colour(edge), pen) if edge else QPen(Qt.PenStyle.NoPen)
    if edge and dash:
        line.setDashPattern([3, 2.5])
    p.setPen(line)
    p.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    p.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def ring(p: QPainter, rect: QRectF | QRect, radius: float = t.CONTROL) -> None:
    """The one focus ring: two pixels of accent."""
    box(p, rect, edge="accent", radius=radius, pen=2)


def chip(
    p: QPainter,
    x: float,
    middle: float,
    words: str,
    kind: str = "plain",
    *,
    mark: str | None = None,
    room: float = 220,
) -> float:
    """A small label; answers its width. Colour says state, the words say it too."""
    lead = u(t.ICON_S) + 3 if mark else 0
    wide = min(room, width(words, t.CAPTION, t.MEDIUM) + 12 + lead)
    frame = QRectF(x, middle - u(9), wide, u(18))
    if kind != "quiet":
        box(p, frame, "chosen" if kind == "plain" else f"{kind}_wash", radius=t.CHIP)
    role = {"plain": "soft", "quiet": "faint"}.get(kind, kind)
    if mark:
        glyph(p, QRectF(x + 5, middle - u(6), u(12), u(12)), mark, role)
    text(
        p, frame.adjusted(6 + lead - (1 if mark else 0), 0, -5, 0), words, t.CAPTION, role, t.MEDIUM
    )
    return wide
