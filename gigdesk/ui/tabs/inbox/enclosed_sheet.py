"""A mail that is enclosed in another, read over the work as any mail is; it goes with Escape."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import panel, row, rule, scroll, stack
from gigdesk.ui.kit.messages import Scrim, lift
from gigdesk.ui.kit.words import Button, Line, Words
from gigdesk.ui.tabs.inbox.piece import MailPiece
from gigdesk.ui.tabs.inbox.weighing import HEAVIEST
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.enclosed import Enclosed
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office

_WIDE, _HIGH = 820, 640


class MailSheet(QFrame):
    """One enclosed mail, read in the child first: nobody waits for it."""

    linked = Signal(QUrl, str)
    said = Signal(str)
    troubled = Signal(object)
    read = Signal(object)  # Enclosed: a mail in this one is to be read

    def __init__(self, parent: QWidget, desk: Desk, office: Office, place: Enclosed) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._behind, self._desk, self._office, self._place = parent, desk, office, place
        self._scrim = Scrim(parent)
        self._scrim.pressed.connect(self.close_it)
        self._plain = False
        self._mail: Mail | None = None
        self._title = Words(
            t("Reading the enclosed mail"), tokens.LEAD, weight=tokens.SEMIBOLD, wrap=True
        )
        self._to = Line("", tokens.CAPTION, "faint")
        self._plainer = Button(t("Plain text"), "V", "quiet", "file-text")
        self._plainer.clicked.connect(self.switch)
        self._plainer.hide()
        away = Button(t("Close"), "Esc", "quiet", "x", bare=True)
        away.clicked.connect(self.close_it)
        top = row(self._title, self._plainer, away, gap=tokens.XS)
        top.setStretch(0, 1)
        head = panel("", stack(top, self._to, gap=2, margins=(24, 12, 12, 10)))
        self._flow = stack(gap=0)
        inner = QWidget()
        inner.setLayout(stack(self._flow, None, margins=(24, 14, 24, 20)))
        self._area = scroll(inner)
        self.setLayout(stack(head, rule(), self._area, gap=0))
        self.setAccessibleName(t("Enclosed mail"))
        self.place()
        lift(self)
        self.show()
        self.raise_()
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setFocus()
        desk.fetch(
            partial(office.attachments.mail_in, place), then=self._show, failed=self._on_failed
        )

    def place(self) -> None:
        """In the middle of the window, as large as it may be there."""
        parent = self._behind
        self._scrim.cover()
        wide = min(u(_WIDE), parent.width() - 48)
        high = min(u(_HIGH), parent.height() - 96)
        self.setFixedSize(wide, high)
        self.move((parent.width() - wide) // 2, 48)

    def switch(self) -> None:
        """Between plain text and as it was sent."""
        if self._mail is not None and self._mail.html:
            self._plain = not self._plain
            self._plainer.say(t("As sent") if self._plain else t("Plain text"))
            self._lay(self._mail)

    def close_it(self) -> None:
        """Give everything back."""
        self._scrim.deleteLater()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, V switches, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() == Qt.Key.Key_V and not event.modifiers():
            self.switch()
        else:
            super().keyPressEvent(event)

    def _show(self, mail: Mail) -> None:
        if isValid(self):
            self._mail = mail
            self._title.setText(mail.subject or t("No subject"))
            people = ", ".join(each.shown for each in (*mail.to, *mail.cc)[:8])
            self._to.say(t("To {people}", people=people) if people else "")
            self._plainer.setVisible(bool(mail.html))
            self._lay(mail)

    def _lay(self, mail: Mail) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        piece = MailPiece(self._desk, self._office, self._place, mail)
        piece.linked.connect(self.linked)
        piece.said.connect(self.said)
        piece.troubled.connect(self.troubled)
        piece.read.connect(self.read)
        piece.lay(HEAVIEST, plain=self._plain)
        self._flow.addWidget(piece)

    def _on_failed(self, error: Exception) -> None:
        if isValid(self):
            self.close_it()
        self.troubled.emit(error)
