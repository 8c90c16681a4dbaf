"""What was to leave and asks for the person's word: said at the top of the day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from gigdesk.domain.proposals import OutboxItem, OutboxState
from gigdesk.domain.records import Ref
from gigdesk.domain.sending import LATE_HOLD
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.layout import emptied
from gigdesk.ui.kit.messages import Banner

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_SETTLE_MS = 250


class Doubts(QWidget):
    """One banner for all of them; there only while something asks."""

    wanted = Signal(object)  # Ref: the one in the outbox

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._flow = QVBoxLayout()
        self._flow.setContentsMargins(0, 0, 0, 8)
        self.setLayout(self._flow)
        self.hide()
        desk.changed.connect(self._on_changed)
        QTimer.singleShot(_SETTLE_MS, self, self.load)  # the day itself comes first

    def load(self) -> None:
        """Look whether something asks."""
        self._desk.ask(self._asking, then=self._show)

    def _asking(self) -> list[OutboxItem]:
        return self._office.sending.asking()

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.OUTBOX:
            self.load()

    def _show(self, items: list[OutboxItem]) -> None:
        if not isValid(self):
            return  # the window was made anew meanwhile
        emptied(self._flow)
        self.setVisible(bool(items))
        if not items:
            return
        title, advice, kind = _words(items)
        banner = Banner(title, advice, t("Look"), kind=kind)
        first = items[0]
        banner.button.clicked.connect(
            partial(self.wanted.emit, Ref("outbox", first.id, first.subject))
        )
        self._flow.addWidget(banner)


def _words(items: list[OutboxItem]) -> tuple[str, str, str]:
    first = items[0]
    subject = first.subject or t("no subject")
    if len(items) > 1:
        title = n("{n} mail asks for your word", "{n} mails ask for your word", len(items))
        return title, ", ".join(f"“{each.subject}”" for each in items[:3]), "warn"
    if first.state is OutboxState.FAILED:
        said = f"{first.words}. {first.advice}".strip()
        return t("“{subject}” did not leave", subject=subject), said, "bad"
    if first.hold == LATE_HOLD:
        return t("“{subject}” is late", subject=subject), first.words, "warn"
    return t("Was “{subject}” sent?", subject=subject), first.advice, "warn"
