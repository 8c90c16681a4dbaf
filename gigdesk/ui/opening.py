"""Opening a desk: a small window that asks for a key or says what is in the way."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gigdesk.domain.errors import Trouble
from gigdesk.domain.ports import KeyQuestion
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import ground, row, stack
from gigdesk.ui.kit.messages import Progress
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens


class Opening(QWidget):
    """Shown while a desk cannot be opened by itself."""

    answered = Signal(object)  # str, or None when the person gave none
    again = Signal()
    left = Signal()
    around = Signal()  # look around in the sample desk first
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        ground(self, "page")
        self.setWindowTitle("GigDesk")
        self.setMinimumSize(460, 260)
        self._title = Words("", tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True)
        self._words = Words("", ink="soft", wrap=True)
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._twice = QLineEdit()
        self._twice.setEchoMode(QLineEdit.EchoMode.Password)
        self._twice.setPlaceholderText(t("Once more"))
        self._twice.setAccessibleName(t("Once more"))
        self._go = Button(t("Open"), "", "primary")
        leave = Button(t("Leave"), "", "quiet")
        self._go.clicked.connect(self._on_go)
        self._field.returnPressed.connect(self._on_go)
        self._twice.returnPressed.connect(self._on_go)
        leave.clicked.connect(self.close)
        self._around = Button(t("Look around first"), "", "quiet", "compass")
        self._around.clicked.connect(self.around)
        self._progress = Progress()
        self._progress.stopped.connect(self.stopped)
        self._leave = leave
        keys = row(self._go, leave, None, self._around)
        self.setLayout(
            stack(
                self._title, self._words, 8, self._field, self._twice, 8, keys, None,
                self._progress,
                margins=(32, 28, 32, 24),
            )
        )  # fmt: skip
        self._asking: KeyQuestion | None = None
        self.may_look_around = True

    def ask(self, question: KeyQuestion) -> None:
        """Ask for a key."""
        self._back_to_asking()
        self._asking = question
        self._title.setText(question.words)
        self._words.setText(
            t("It opens your desk on this machine. Nobody else has it; write it down.")
            if question.kind == "new passphrase"
            else ""
        )
        self._words.setVisible(bool(self._words.text()))
        self._field.setPlaceholderText(
            t("Recovery key") if question.kind == "recovery key" else t("Passphrase")
        )
        self._field.clear()
        self._twice.clear()
        self._field.setAccessibleName(question.words)
        self._field.show()
        self._twice.setVisible(question.kind == "new passphrase")
        self._go.say(t("Open"))
        self.show()
        self._field.setFocus()

    def trouble(self, error: Exception) -> None:
        """Say what is in the way, with a way to try again."""
        self._back_to_asking()
        self._asking = None
        if isinstance(error, Trouble):
            self._title.setText(error.title)
            self._words.setText(error.advice)
        else:
            self._title.setText(t("Something broke here"))
            self._words.setText(t("Nothing was changed. The details are in the log."))
        self._field.hide()
        self._twice.hide()
        self._go.say(t("Try again"))
        self.show()
        self._go.setFocus()

    def waiting(self) -> None:
        """Say that it takes longer than it should, and where the person may be asked."""
        self._back_to_asking()
        self._asking = None
        self._title.setText(t("Opening your desk"))
        self._words.setText(t("If the keyring asks for its password, answer it there."))
        for piece in (self._field, self._twice, self._go, self._around):
            piece.hide()
        self.show()

    def making(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say how far the sample desk is."""
        if not self._progress.isVisible():
            self._asking = None
            self._title.setText(t("Making the sample desk"))
            self._words.setText(
                t(
                    "A made-up year: clients, mails, invoices, a calendar. Your own desk stays as it is."
                )
            )
            for piece in (self._field, self._twice, self._go, self._around, self._leave):
                piece.hide()
            self._progress.begin(words)
            self._progress.show()
            self.show()
        self._progress.step(words, done, total)

    def _back_to_asking(self) -> None:
        self._progress.end()
        self._words.show()
        for piece in (self._go, self._leave):
            piece.show()
        self._around.setVisible(self.may_look_around)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is leaving."""
        super().closeEvent(event)
        self.left.emit()

    def _on_go(self) -> None:
        if self._asking is None:
            self.again.emit()
        elif self._twice.isVisible() and self._field.text() != self._twice.text():
            self._words.setText(t("The two were not the same. Try again."))
            self._twice.selectAll()
            self._twice.setFocus()
        elif self._field.text() or self._asking.kind == "recovery key":
            # An empty recovery key says: look again, the keyring may be unlocked now.
            self.hide()
            self.answered.emit(self._field.text())
