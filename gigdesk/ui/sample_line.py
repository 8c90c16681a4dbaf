"""The line over a sample desk: that its people are made up, the way back, and away with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gigdesk.domain.words import t
from gigdesk.services.sample.mark import is_sample
from gigdesk.ui.kit.layout import row
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Line
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import colour, u
from gigdesk.ui.theme.paint import box, glyph

if TYPE_CHECKING:
    from gigdesk.services.office import Office


class SampleLine(QWidget):
    """Seen on a sample desk only."""

    back = Signal()
    thrown = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.here = is_sample(office)
        words = Line(t("Sample desk: made-up people. Try anything, nothing leaves."))
        self.away = Button(t("Throw the sample away"), "", "quiet")
        self.home = Button(t("Back to my desk"), "", "plain")
        self.away.clicked.connect(self.thrown)
        self.home.clicked.connect(self.back)
        layout = row(words, self.away, self.home, gap=tokens.S, margins=(44, 5, 12, 5))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFixedHeight(u(42))
        self.setAccessibleName(t("Sample desk: made-up people."))
        self.setVisible(self.here)
        self.offer(ways=False)

    def offer(self, *, ways: bool) -> None:
        """Whether there is a desk to go back to."""
        self.away.setVisible(ways)
        self.home.setVisible(ways)

    def commands(self, around: Callable[[], object]) -> list[Command]:
        """The same ways for the palette; on one's own desk the way here."""
        if not self.here:
            return [Command(t("Look around in the sample desk"), "", "compass", around)]
        away, home = self.away, self.home
        return [
            Command(home.accessibleName(), "", "chevron-left", self.back.emit, home.isVisible),
            Command(away.accessibleName(), "", "x", self.thrown.emit, away.isVisible),
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Violet, as everything that is not real yet."""
        p = QPainter(self)
        p.fillRect(self.rect(), colour("pencil_wash"))
        box(p, QRectF(0, self.height() - 1, self.width(), 1), "line")
        glyph(p, QRectF(18, self.height() / 2 - 8, 16, 16), "compass", "pencil")
