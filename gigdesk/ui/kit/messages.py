"""What the window says: banner, empty state, toast, progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QElapsedTimer,
    QPoint,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QWidget

from gigdesk.domain.words import t as tr
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Line, Words
from gigdesk.ui.theme import tokens as t
from gigdesk.ui.theme.look import colour, look, u
from gigdesk.ui.theme.paint import box, glyph, width


class Banner(QWidget):
    """Something is wrong: what happened, what was kept, what to do. Red only for alarm."""

    def __init__(
        self,
        title: str,
        advice: str,
        action: str = "",
        key: str = "",
        kind: str = "bad",
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__()
        self._kind = kind
        words = stack(
            Words(title, t.BODY, kind, t.SEMIBOLD, wrap=narrow),
            Words(advice, t.BODY, wrap=True),
            gap=2,
        )
        self.button = Button(action, key)
        self.button.setVisible(bool(action))
        laid = stack(
            words,
            self.button,
            gap=t.S if narrow else t.M,
            margins=(46, 12, 14, 12),
            across=not narrow,
        )
        laid.setStretch(0, 1)
        self.setLayout(laid)
        self.setAccessibleName(f"Alert: {title}. {advice}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        box(p, self.rect(), f"{self._kind}_wash", radius=t.CARD)
        glyph(p, QRectF(16, 12, 18, 18), "triangle-alert", self._kind)


class Empty(QWidget):
    """What will be here, and the one thing to do."""

    def __init__(self, mark: str, title: str, words: str, action: Button, other: str = "") -> None:
        super().__init__()
        self._mark = mark
        said = Words(words, t.BODY, "soft", wrap=True)
        said.setFixedWidth(380)
        said.setFixedHeight(said.heightForWidth(380))
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        offer = Button(other, "", "quiet")
        if not other:  # never shown by hand: without a parent it would be a window
            offer.hide()
        self._title = Words(title, t.TITLE, weight=t.SEMIBOLD)
        self.other = offer
        column = stack(None, 72, self._title, said, 8, action, 4, offer, None, None, gap=6)
        for piece in (self._title, said, action, offer):
            column.setAlignment(piece, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, top = QPainter(self), self._title.geometry().top() - 70
        disc = QRectF(self.width() / 2 - 26, top, 52, 52)
        box(p, disc, "sunk", "line", radius=26)
        glyph(p, disc.adjusted(14, 14, -14, -14), self._mark, "soft")


def lift(widget: QWidget) -> None:
    """The only shadow, for what floats: palette, toast, menu."""
    shade = QGraphicsDropShadowEffect(widget)
    shade.setBlurRadius(40)
    shade.setOffset(0, 10)
    shade.setColor(colour("shadow"))
    widget.setGraphicsEffect(shade)


class Toast(QFrame):
    """What was done and ten seconds to take it back; a line shows the time left."""

    undone = Signal()
    gone = Signal()

    def __init__(
        self,
        words: str,
        parent: QWidget,
        *,
        undo: bool,
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._left, self._tick = 1.0, QTimer(self)
        self._tick.setInterval(100)
        self._tick.timeout.connect(self._on_tick)
        said = Words(words, weight=t.MEDIUM, wrap=True)
        self._buttons: list[Button] = []
        if undo:
            taking = Button(tr("Undo"), "Ctrl+Z", "quiet", "undo-2")
            taking.clicked.connect(self.undone)
            self._buttons.append(taking)
        if offer is not None:
            doing = Button(offer[0], "", "quiet")
            doing.clicked.connect(offer[1])
            self._buttons.append(doing)
        right = 8 if self._buttons else 16
        self.setLayout(row(said, *self._buttons, gap=t.L, margins=(16, 8, right, 10)))
        self.setAccessibleName(words)
        lift(self)
        room = u(560) - sum(each.sizeHint().width() + t.L for each in self._buttons)
        said.setFixedWidth(min(width(words, weight=t.MEDIUM) + 2, room))
        said.setMinimumHeight(said.heightForWidth(said.width()))
        self.adjustSize()

    def start(self) -> None:
        """Show it and begin to count."""
        self.show()
        self.raise_()
        self._tick.start()
        if look.motion:
            rising = QPropertyAnimation(self, b"pos", self)
            rising.setDuration(t.FAST)
            rising.setStartValue(self.pos() + QPoint(0, t.S))
            rising.setEndValue(self.pos())
            rising.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def button(self) -> QWidget | None:
        """What can be pressed on it, for F6."""
        return self._buttons[0] if self._buttons else None

    def _held(self) -> bool:
        """Under the pointer or with the focus on it: somebody is about to press."""
        now = QApplication.focusWidget()
        return self.underMouse() or (now is not None and self.isAncestorOf(now))

    def _on_tick(self) -> None:
        if self._held():
            return
        self._left -= 100 / t.UNDO
        if look.motion:
            self.update()
        if self._left <= 0:
            self._tick.stop()
            self.gone.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the time left."""
        super().paintEvent(event)
        if not look.motion:
            return
        wide = (self.width() - 24) * max(0.0, self._left)
        box(QPainter(self), QRectF(12, self.height() - 5, wide, 2), "accent", radius=1)


class Progress(QWidget):
    """Long work: what, how far of how much, how much is left, and stop. Shown after 300 ms."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._part = 0.0
        self._clock = QElapsedTimer()
        self._said = Line("", t.CAPTION)
        self._left = Words("", t.CAPTION, "faint", figures=True)
        stop = Button(tr("Stop"), "", "quiet", "x", bare=True)
        stop.clicked.connect(self.stopped)
        self.setLayout(row(self._said, self._left, stop, gap=t.S, margins=(16, 0, 8, 3)))
        self.setFixedHeight(34)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(300)
        self._wait.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str) -> None:
        """Work begins; it is shown when it takes longer than a moment."""
        self._clock.start()
        self._part = 0.0
        self._said.say(words)
        self._left.setText("")
        self._wait.start()

    def step(self, words: str, done: int, total: int) -> None:
        """So much of so much is done."""
        self._part = done / total if total else 0.0
        self._said.say(words)
        self._left.setText(_time_left(self._clock.elapsed() / 1000, self._part))
        self.setAccessibleName(f"{words}, {self._part:.0%}")
        self.update()

    def end(self) -> None:
        """The work is over."""
        self._wait.stop()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw how far."""
        p, y = QPainter(self), self.height() - 2
        p.fillRect(QRectF(0, y, self.width(), 2), colour("line"))
        p.fillRect(QRectF(0, y, self.width() * self._part, 2), colour("accent"))


def _time_left(elapsed: float, part: float) -> str:
    if part < 0.02 or elapsed < 1:
        return ""
    left = elapsed / part - elapsed
    if left < 60:
        return tr("{n} s left", n=max(1, round(left)))
    return tr("{n} min left", n=round(left / 60))


class Scrim(QWidget):
    """Dims what lies behind the palette; a click on it is one beside the palette."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._behind = parent
        self.cover()
        self.show()

    def cover(self) -> None:
        """Lie over all of the parent."""
        self.setGeometry(self._behind.rect())

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Beside it."""
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _veil())


def _veil() -> QColor:
    veil = colour("shadow")
    veil.setAlpha(46 if colour("paper").lightness() > 128 else 130)
    return veil
