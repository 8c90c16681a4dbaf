"""The first steps on a new desk: what to do first, one line each, done ones ticked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gigdesk.domain.today import Step
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Counted, Pressable
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import box, glyph, ring, text

# key: (icon, what to do, what comes of it)
STEPS = {
    "profile": ("users", "Say who you are", "Your name, address and bank stand on every invoice"),
    "mail": ("inbox", "Bring in your mail", "From your account, or an mbox or a Maildir; it stays on this machine"),
    "calendar": ("calendar-days", "Bring in your calendar", "ICS files, with series and time zones"),
    "invoice": ("receipt-text", "Write an invoice", "A PDF with the e-invoice inside, numbered without gaps"),
    "key": ("lock", "Keep your recovery key", "On paper: it opens this desk when all else is lost"),
}  # fmt: skip


class StepRow(Pressable):
    """One step: a disc, what to do, what comes of it."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._mark, title, words = STEPS[step.key]
        self._title, self._words, self.done = t(title), t(words), step.done
        said = t("{title}, done", title=self._title) if step.done else self._title
        self.setAccessibleName(f"{said}. {self._words}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A row of two lines."""
        return QSize(320, u(60))

    def enterEvent(self, event: QEnterEvent) -> None:
        """It answers the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with a disc at the left."""
        p, area = QPainter(self), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        box(p, area, "hover" if self.underMouse() else "paper", "line", radius=tokens.CARD)
        disc = QRectF(area.left() + 16, area.center().y() - 17, 34, 34)
        box(p, disc, "good_wash" if self.done else "sunk", radius=17)
        mark, role = ("check", "good") if self.done else (self._mark, "soft")
        glyph(p, disc.adjusted(9, 9, -9, -9), mark, role)
        line = QRectF(area.left() + 64, area.top() + u(10), area.width() - 100, u(20))
        text(p, line, self._title, weight=tokens.SEMIBOLD, role="soft" if self.done else "ink")
        line.translate(0, u(20))
        text(p, line, self._words, role="soft")
        glyph(p, QRectF(area.right() - 32, area.center().y() - 8, 16, 16), "chevron-right", "faint")
        if self.hasFocus():
            ring(p, area, tokens.CARD)


class Steps(QWidget):
    """All of them under a heading, and the ways past them."""

    chosen = Signal(str)
    aside = Signal()

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        done = sum(step.done for step in steps)
        heading = Counted(t("Start here"), t("{done} of {all}", done=done, all=len(steps)))
        self.rows = [StepRow(step) for step in steps]
        for step, each in zip(steps, self.rows, strict=True):
            each.clicked.connect(partial(self.chosen.emit, step.key))
        sample = Button(t("Look around in the sample desk"), "", "quiet", "compass")
        sample.clicked.connect(partial(self.chosen.emit, "sample"))
        aside = Button(t("Not now"), "", "quiet")
        aside.clicked.connect(self.aside)
        self.setLayout(stack(heading, *self.rows, row(sample, None, aside), gap=tokens.S))
