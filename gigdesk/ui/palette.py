"""Ctrl+K: find any record, run any command. Type, arrow, Enter; Escape gives everything back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget

from gigdesk.domain.records import Ref
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import panel, row, rule, stack
from gigdesk.ui.kit.messages import Scrim, lift
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.rows import CommandRow, RecordRole, Rows, Section
from gigdesk.ui.kit.words import Words, key_words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

_WAIT_MS = 15


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the palette: a record to open, or a command to run."""

    mark: str
    title: str
    hint: str = ""
    key: str = ""
    ref: Ref | None = None
    command: Command | None = None

    def __str__(self) -> str:
        return f"{self.title}. {self.hint}. {self.key}".strip(". ")


# Finds records for what was typed and hands them over on the UI thread.
Search = Callable[[str, Callable[[Sequence[Found]], None]], None]


class Palette(QFrame):
    """The field over everything. `search` may take its time: what is there is shown."""

    opened = Signal(object)  # Ref
    closed = Signal()

    def __init__(self, parent: QWidget, commands: Sequence[Command], search: Search) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._commands, self._search, self._turn = commands, search, 0
        self._records: Sequence[Found] = ()
        self._behind = parent
        self._scrim = Scrim(parent)
        self._scrim.pressed.connect(self.close_it)
        self._field = QLineEdit()
        self._field.setObjectName("find")
        words = t("Find a client, mail, invoice, lead or event, or do something")
        self._field.setPlaceholderText(words)
        self._field.setAccessibleName(t("Find or do anything"))
        self._field.installEventFilter(self)
        self._model = Rows()
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(CommandRow(self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setAccessibleName(t("Found"))
        self._view.clicked.connect(self._on_clicked)
        foot = Words(t("↑ ↓ to choose    ⏎ open    Esc close"), tokens.CAPTION, "faint")
        top = panel("", row(self._field, margins=(20, 14, 20, 12)))
        low = panel("", row(foot, margins=(20, 8, 20, 10)))
        self.setLayout(stack(top, rule(), 4, self._view, rule(), low, gap=0))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._ask)
        self._field.textChanged.connect(self._on_typed)
        self.place()
        lift(self)
        self._fill()
        self.show()
        self.raise_()
        self._field.setFocus()

    def type(self, words: str) -> None:
        """Put words into the field, as if typed."""
        self._field.setText(words)

    def place(self) -> None:
        """In the upper middle of the window."""
        parent = self._behind
        self._scrim.cover()
        wide, high = min(u(620), parent.width() - 48), min(u(436), parent.height() - 96)
        self.setFixedSize(wide, high)
        top = min(max(48, parent.height() // 8), parent.height() - high - 24)
        self.move((parent.width() - wide) // 2, top)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab moves in the list as the arrows do: what lies behind is out of reach."""
        self._move(1 if onward else -1)
        return True

    def close_it(self) -> None:
        """Give everything back."""
        self._scrim.deleteLater()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The field keeps the focus; arrows, Enter and Escape go to the list."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_clicked(self._view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_it()
        else:
            return False
        return True

    def _on_typed(self) -> None:
        self._fill()
        self._wait.start()

    def _ask(self) -> None:
        self._turn += 1
        turn = self._turn

        def landed(found: Sequence[Found]) -> None:
            if turn == self._turn:
                self._records = found
                self._fill()

        self._search(self._field.text().strip(), landed)

    def _fill(self) -> None:
        typed = self._field.text().strip().casefold()
        wanted = [
            Found(each.icon, each.title, "", key_words(each.key), command=each)
            for each in self._commands
            if all(part in each.title.casefold() for part in typed.split()) and each.when()
        ]
        records = self._records if typed else ()
        parts: list[object] = [Section(t("Records")), *records] if records else []
        if wanted:
            parts += [Section(t("Do")), *wanted]
        if not parts:
            parts = [Section(t("Nothing found with “{typed}”", typed=self._field.text().strip()))]
        self._model.show(parts)
        self._view.setCurrentIndex(QModelIndex())
        self._move(1)

    def _move(self, step: int) -> None:
        at = self._view.currentIndex().row() + step
        while 0 <= at < self._model.rowCount():
            index = self._model.index(at, 0)
            if not isinstance(index.data(RecordRole), Section):
                self._view.setCurrentIndex(index)
                return
            at += step

    def _on_clicked(self, index: QModelIndex) -> None:
        found = index.data(RecordRole) if index.isValid() else None
        if not isinstance(found, Found):
            return
        self.close_it()
        if found.ref is not None:
            self.opened.emit(found.ref)
        elif found.command is not None:
            found.command.call()
