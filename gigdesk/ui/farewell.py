"""Leaving while a mail can still be taken back: send it, keep it for the next start, or take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from gigdesk.domain.errors import Trouble
from gigdesk.domain.proposals import OutboxItem, OutboxState
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.layout import ground, row, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class Farewell(QDialog):
    """Asks once; Escape stays."""

    leaving = Signal()  # all is settled: the program may end
    stayed = Signal()

    def __init__(
        self, desk: Desk, office: Office, items: Sequence[OutboxItem], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._desk, self._office, self._items = desk, office, items
        self.setWindowTitle(t("Leave GigDesk"))
        ground(self, "page")
        self.setFixedWidth(u(600))
        count = len(items)
        self._title = Words(
            n("{n} mail is about to leave", "{n} mails are about to leave", count),
            tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True,
        )  # fmt: skip
        names = ", ".join(f"“{each.subject or t('no subject')}”" for each in items[:3])
        self._words = Words(
            t("{names}: it can still be taken back. What shall happen to it?", names=names)
            if count == 1
            else t("{names}: they can still be taken back. What shall happen?", names=names),
            ink="soft", wrap=True,
        )  # fmt: skip
        self._send = Button(t("Send and leave"), "", "primary", "send")
        self._send.clicked.connect(self._on_send)
        keep = Button(t("Keep for next start"), "", "plain", "clock")
        keep.clicked.connect(self._on_keep)
        back = Button(t("Take back"), "", "plain", "undo-2")
        back.clicked.connect(self._on_back)
        stay = Button(t("Stay"), "Esc", "quiet")
        stay.clicked.connect(self.reject)
        self._buttons = (self._send, keep, back, stay)
        self.setLayout(
            stack(
                self._title, self._words, 8, row(self._send, keep, back, None, stay),
                margins=(28, 24, 28, 22),
            )
        )  # fmt: skip
        self.rejected.connect(self.stayed)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross stays, as Escape does."""
        self.stayed.emit()
        super().closeEvent(event)

    def _on_send(self) -> None:
        for button in self._buttons:
            button.setEnabled(False)
        self._title.setText(t("Leaving"))
        self._words.setText(t("GigDesk ends as soon as it is sent."))
        self._each(self._office.sending.send_now, self._run)

    def _run(self) -> None:
        self._desk.fetch(self._office.sending.send_due, then=self._on_gone, failed=self._on_gone)

    def _on_gone(self, _outcome: object) -> None:
        self.leaving.emit()

    def _on_keep(self) -> None:
        self.leaving.emit()

    def _on_back(self) -> None:
        self._each(self._office.sending.take_back, self.leaving.emit)

    def _each(self, verb: Callable[[int], Changed[Any]], then: Callable[[], object]) -> None:
        waiting = [each.id for each in self._items if each.state is OutboxState.WAITING]

        def done(_outcome: object) -> None:
            then()

        self._desk.do(partial(_all, verb, waiting), then=done, failed=done)


def _all(verb: Callable[[int], Changed[Any]], ids: Sequence[int]) -> Changed[None]:
    """Each that is still there: one may have left in the meantime."""
    for each in ids:
        try:
            verb(each)
        except Trouble:
            continue
    return Changed(None, Topic.OUTBOX | Topic.PROPOSALS)
