"""A field of addresses that knows whom one writes to: it offers them while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.words import t
from gigdesk.services.composing.service import typed

_WAIT_MS = 60
_SHORTEST = 2

# Asks who is meant by what was typed; the answer lands in the second.
Ask = Callable[[str, Callable[[Sequence[Address]], None]], None]


class AddressField(QLineEdit):
    """Addresses between commas. What is offered takes the place of the one being typed."""

    def __init__(self, name: str, ask: Ask) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(t("Addresses with commas between; known ones are offered."))
        self._ask = ask
        self._offered = QStringListModel(self)
        self._popup = QListView()
        self._popup.setObjectName("popup")
        self._popup.setUniformItemSizes(True)
        self._chooser = QCompleter(self._offered, self)
        self._chooser.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._chooser.setPopup(self._popup)
        # Not setCompleter: that would replace all that stands in the field.
        self._chooser.setWidget(self)
        self._chooser.activated.connect(self.put)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._look)
        self.textEdited.connect(self._on_edited)

    def offers(self) -> list[str]:
        """What is offered just now."""
        return self._offered.stringList() if self._popup.isVisible() else []

    def put(self, address: str) -> None:
        """Take this one, and be ready for the next."""
        begin, end = self._piece()
        before, after = self.text()[:begin], self.text()[end:].lstrip(", ")
        whole = f"{before}{' ' if before and not before.endswith(' ') else ''}{address}, "
        self.setText(whole + after)
        self.setCursorPosition(len(whole))
        self._popup.hide()
        self.textEdited.emit(self.text())

    def event(self, event: QEvent) -> bool:
        """Tab takes what is offered, as Enter does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and self._popup.isVisible()
        ):
            at = max(0, self._popup.currentIndex().row())
            self.put(self._offered.stringList()[at])
            return True
        return super().event(event)

    def _on_edited(self) -> None:
        if len(self._typed()) >= _SHORTEST:
            self._wait.start()
        else:
            self._wait.stop()
            self._popup.hide()

    def _look(self) -> None:
        wanted = self._typed()
        if len(wanted) >= _SHORTEST:
            self._ask(wanted, partial(self._on_found, wanted))

    def _on_found(self, wanted: str, found: Sequence[Address]) -> None:
        if wanted != self._typed() or not self.hasFocus():
            return  # more was typed meanwhile, or one went on
        lines = [typed([each]) for each in found]
        if not lines or lines == [wanted]:
            self._popup.hide()
            return
        self._offered.setStringList(lines)
        self._chooser.complete()
        self._popup.setCurrentIndex(self._offered.index(0, 0))

    def _typed(self) -> str:
        begin, end = self._piece()
        return self.text()[begin:end].strip()

    def _piece(self) -> tuple[int, int]:
        """From where to where the address stands in which the cursor is."""
        text, at = self.text(), self.cursorPosition()
        begin = max(text.rfind(mark, 0, at) for mark in ",;") + 1
        ends = [place for mark in ",;" if (place := text.find(mark, at)) >= 0]
        return begin, min(ends, default=len(text))
