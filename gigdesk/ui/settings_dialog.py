"""The settings, drawn from their table, beside the work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from gigdesk.domain.civil import known_zones
from gigdesk.domain.settings import Setting
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.layout import panel, scroll, stack
from gigdesk.ui.kit.words import Words
from gigdesk.ui.model_section import ModelSection
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class SettingsDialog(QDialog):
    """Every setting with its words. A change counts at once and can be undone."""

    changed = Signal(object)
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self.setWindowTitle(t("Settings"))
        self.resize(560, 620)
        self._filled = self._to_model = False

    def open_it(self) -> None:
        """Show it with the values of now."""
        self._desk.ask(self._office.settings.all, then=self._fill)

    def come_to_model(self) -> None:
        """Open it where the model is."""
        self._to_model = True
        self.open_it()

    def _fill(self, known: list[tuple[Setting, str]]) -> None:
        if not self._filled:
            self._filled = True
            form = QFormLayout()
            form.setSpacing(tokens.M)
            section = ""
            for setting, value in known:
                if setting.section != section:
                    section = setting.section
                    form.addRow(Words(t(section), tokens.LEAD, weight=tokens.SEMIBOLD))
                form.addRow(Words(t(setting.words), ink="soft"), self._field(setting, value))
            self._model = ModelSection(self._desk, self._office)
            self._model.done.connect(self.changed)
            self._model.troubled.connect(self.troubled)
            inner = panel("", stack(form, 12, self._model, None, margins=(24, 20, 24, 20)))
            self._area = scroll(inner)
            self.setLayout(stack(self._area, gap=0))
        self._model.load()
        self.show()
        self.raise_()
        self.activateWindow()
        if self._to_model:
            self._to_model = False
            QTimer.singleShot(0, self, self._show_model)

    def _show_model(self) -> None:
        self._area.ensureWidgetVisible(self._model)

    def _field(self, setting: Setting, value: str) -> QWidget:
        keep = partial(self._keep, setting.key)
        if setting.kind == "choice":
            choices = QComboBox()
            choices.addItems([t(choice) for choice in setting.choices])
            choices.setCurrentIndex(setting.choices.index(value))
            choices.activated.connect(lambda at: keep(setting.choices[at]))
            made: QWidget = choices
        elif setting.kind == "switch":
            switch = Check()
            switch.setChecked(value == "on")
            switch.toggled.connect(lambda on: keep("on" if on else "off"))
            made = switch
        else:
            field = QLineEdit(value)
            if setting.kind == "zone":
                field.setCompleter(QCompleter(sorted(known_zones()), field))
            field.editingFinished.connect(lambda: keep(field.text()))
            made = field
        made.setAccessibleName(t(setting.words))
        return made

    def _keep(self, key: str, value: str) -> None:
        self._desk.do(
            partial(self._office.settings.set, key, value),
            then=self.changed.emit,
            failed=self.troubled.emit,
        )
