"""One setting as a row: its words, the field that fits its kind, and why a value was not taken."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFileDialog,
    QLineEdit,
    QListView,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from gigdesk.domain.civil import known_zones
from gigdesk.domain.errors import Trouble
from gigdesk.domain.settings import Setting
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

_FIELD = 220
_CHOICES = {
    "system": "As the system", "light": "Light", "dark": "Dark",
    "plain": "Plain", "warm": "Warm", "firm": "Firm", "short": "Short",
}  # fmt: skip
_FIELDS = (QComboBox, QSpinBox, QTimeEdit)


class SettingRow(QWidget):
    """A setting. What is chosen is told at once by `chosen`; a refusal stands under it."""

    chosen = Signal(str, str)  # key, value

    def __init__(self, setting: Setting, value: str) -> None:
        super().__init__()
        self.setting, self._value, self._quiet = setting, value, False
        self.words = t(setting.words)
        self.field = self._made()
        self.field.setAccessibleName(self.words)
        name = Words(self.words, ink="soft", wrap=True)
        name.setBuddy(self.field)  # a screen reader says it before a choice's value
        self._problem = Words("", tokens.CAPTION, "bad", wrap=True)
        self._problem.hide()
        parts: list[QWidget] = [name, self.field]
        ticked = isinstance(self.field, Check)
        self.field.setFixedWidth(self.field.sizeHint().width() if ticked else u(_FIELD))
        if setting.key.endswith("_folder"):
            choosing = Button(t("Choose a folder"), "", "quiet", "file-text", bare=True)
            choosing.clicked.connect(self._on_folder)
            self.field.setFixedWidth(u(_FIELD) - choosing.sizeHint().width() - tokens.S)
            parts.append(choosing)
        line = row(*parts, gap=tokens.S)
        line.setStretch(0, 1)
        self.setLayout(stack(line, self._problem, gap=2))
        self.show_value(value)

    def show_value(self, value: str) -> None:
        """This is set now."""
        self._value, self._quiet = value, True
        field: Any = self.field
        match self.setting.kind:
            case "choice":
                field.setCurrentIndex(self.setting.choices.index(value))
            case "switch":
                field.setChecked(value == "on")
            case "number":
                field.setValue(round(float(value) * self._times()))
            case "time":
                at = time.fromisoformat(value)
                field.setTime(QTime(at.hour, at.minute))
            case _:
                field.setText(value)
        self._quiet = False
        self._problem.hide()

    def refuse(self, error: Exception) -> None:
        """Say why it was not taken; what was typed stays to be corrected."""
        words = f"{error.title}. {error.advice}" if isinstance(error, Trouble) else str(error)
        self._problem.setText(words.strip())
        self._problem.show()

    def speaks_of(self, typed: str) -> bool:
        """Whether the words of this setting hold all that was typed."""
        said = f"{self.words} {t(self.setting.section)} {self.setting.key}".casefold()
        return all(part in said for part in typed.casefold().split())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page; it never changes a setting in passing."""
        if event.type() == QEvent.Type.Wheel and not self.field.hasFocus():
            event.ignore()
            return True
        return False

    def _made(self) -> QWidget:
        kind = self.setting.kind
        if kind == "choice":
            made: QWidget = self._choices()
        elif kind == "switch":
            made = switch = Check()
            switch.toggled.connect(lambda on: self._tell("on" if on else "off"))
        elif kind == "number":
            made = self._number()
        elif kind == "time":
            made = clock = QTimeEdit()
            clock.setDisplayFormat("HH:mm")
            clock.setKeyboardTracking(False)
            clock.timeChanged.connect(lambda at: self._tell(at.toString("HH:mm")))
        else:
            made = self._line()
        if isinstance(made, _FIELDS):
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.installEventFilter(self)
        if isinstance(made, (QSpinBox, QTimeEdit)):
            # Beside its arrows the style sheet's padding is lost.
            made.lineEdit().setTextMargins(tokens.S, 0, 0, 0)
        return made

    def _choices(self) -> QComboBox:
        choices = QComboBox()
        choices.addItems([t(_CHOICES.get(each, each)) for each in self.setting.choices])
        choices.activated.connect(lambda at: self._tell(self.setting.choices[at]))
        return choices

    def _number(self) -> QSpinBox:
        """A whole number; a factor such as the text size is said in percent."""
        number = QSpinBox()
        times = self._times()
        number.setRange(round(self.setting.low * times), round(self.setting.high * times))
        number.setKeyboardTracking(False)
        if times != 1:
            number.setSuffix(t(" %"))
            number.setSingleStep(10)
        number.valueChanged.connect(lambda value: self._tell(f"{value / times:g}"))
        return number

    def _times(self) -> int:
        return 100 if self.setting.high < 10 else 1

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        if self.setting.kind == "zone":
            line.setPlaceholderText(t("As the system") if self.setting.key == "zone" else t("None"))
            completer = QCompleter(sorted(known_zones()), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            popup = QListView()
            popup.setObjectName("popup")
            completer.setPopup(popup)
            completer.activated.connect(self._tell)
            line.setCompleter(completer)
        line.editingFinished.connect(lambda: self._tell(line.text().strip()))
        return line

    def _tell(self, value: str) -> None:
        if not self._quiet and value != self._value:
            self._value = value
            self.chosen.emit(self.setting.key, value)

    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.words, str(Path.home()))
        if chosen and isinstance(self.field, QLineEdit):
            self.field.setText(chosen)
            self._tell(chosen)
