"""The settings, drawn from their table, beside the work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from gigdesk.domain.settings import Setting
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.ui.accounts.section import AccountsSection
from gigdesk.ui.kit.layout import panel, row, rule, scroll, stack
from gigdesk.ui.kit.words import Words
from gigdesk.ui.model_section import ModelSection
from gigdesk.ui.setting_row import SettingRow
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


_MAIL = "Mail"


class SettingsDialog(QDialog):
    """Every setting with its words. A change counts at once and can be undone."""

    changed = Signal(object)
    troubled = Signal(object)
    account_asked = Signal(object)  # Account to log in again at, or None for a new one

    def __init__(self, desk: Desk, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self.setWindowTitle(t("Settings"))
        self.resize(min(u(600), parent.width() - 48), min(u(660), parent.height() - 64))
        self._filled = False
        self._to: QWidget | None = None
        self._at = ""
        self._rows: dict[str, SettingRow] = {}
        self._sections: dict[str, QWidget] = {}
        self._find = QLineEdit()
        self._find.setPlaceholderText(t("Find a setting"))
        self._find.setAccessibleName(t("Find a setting"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._on_typed)
        self._nothing = Words("", ink="soft", wrap=True)
        self._nothing.hide()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(
            partial(self._find.setFocus, Qt.FocusReason.ShortcutFocusReason)
        )
        self._model = ModelSection(desk, office)
        self._model.done.connect(self.changed)
        self._model.troubled.connect(self.troubled)
        self._accounts = AccountsSection(desk, office)
        self._accounts.done.connect(self.changed)
        self._accounts.troubled.connect(self.troubled)
        self._accounts.asked.connect(self.account_asked)
        desk.changed.connect(self._on_changed)

    def open_it(self, at: str = "") -> None:
        """Show it with the values of now; the focus is where one finds, or at this setting."""
        self._at = at
        if at == "accounts":
            self._to = self._accounts
        self._desk.ask(self._office.settings.all, then=self._open_with)

    def come_to_model(self) -> None:
        """Open it where the model is."""
        self._to = self._model
        self.open_it()

    def _open_with(self, known: list[tuple[Setting, str]]) -> None:
        self._fill(known)
        self._model.load()
        self._accounts.load()
        self.show()
        self.raise_()
        self.activateWindow()
        if self._to is not None:
            self._find.clear()
            QTimer.singleShot(0, self, partial(self._show_at_top, self._to))
            self._to = None
            return
        line = self._rows.get(self._at)
        (line.field if line else self._find).setFocus()
        if line is None:
            self._area.verticalScrollBar().setValue(0)
            return
        self._find.clear()
        QTimer.singleShot(0, self, partial(self._area.ensureWidgetVisible, line))

    def _fill(self, known: list[tuple[Setting, str]]) -> None:
        if not self._filled:
            self._filled = True
            self._build(known)
        for setting, value in known:
            line = self._rows[setting.key]
            if not line.field.hasFocus() or not line.isVisible():
                line.show_value(value)

    def _build(self, known: list[tuple[Setting, str]]) -> None:
        parts: list[QWidget | int] = [self._nothing]
        for setting, value in known:
            if setting.section not in self._sections:
                self._sections[setting.section] = heading = _heading(
                    t(setting.section), first=not self._sections
                )
                parts.append(heading)
                if setting.section == _MAIL:
                    parts += [self._accounts, tokens.S]
            line = self._rows[setting.key] = SettingRow(setting, value)
            line.chosen.connect(self._keep)
            parts.append(line)
        inner = panel(
            "", stack(*parts, 20, self._model, None, gap=tokens.S, margins=(28, 16, 28, 24))
        )
        self._area = scroll(inner)
        top = panel("", row(self._find, margins=(28, 16, 28, 14)))
        self.setLayout(stack(top, rule(), self._area, gap=0))

    def _on_typed(self, typed: str) -> None:
        """Only what speaks of it stays, under its heading."""
        shown = {key: line.speaks_of(typed) for key, line in self._rows.items()}
        for key, line in self._rows.items():
            line.setVisible(shown[key])
        accounts = _speaks(typed, t("Mail accounts"), t(_MAIL))
        self._accounts.setVisible(accounts)
        for section, heading in self._sections.items():
            heading.setVisible(
                (accounts and section == _MAIL)
                or any(shown[key] for key, line in self._rows.items()
                    if line.setting.section == section)
            )  # fmt: skip
        of_model = typed.strip().casefold() in t("Model").casefold()
        self._model.setVisible(of_model)
        self._nothing.setText(t("No setting with “{typed}”.", typed=typed.strip()))
        self._nothing.setVisible(not of_model and not accounts and not any(shown.values()))

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.SETTINGS and self.isVisible():
            self._desk.ask(self._office.settings.all, then=self._fill)

    def _show_at_top(self, part: QWidget) -> None:
        self._area.verticalScrollBar().setValue(part.y() - u(60))

    def _keep(self, key: str, value: str) -> None:
        self._desk.do(
            partial(self._office.settings.set, key, value),
            then=self.changed.emit,
            failed=self._rows[key].refuse,
        )


def _speaks(typed: str, *words: str) -> bool:
    said = " ".join(words).casefold()
    return all(part in said for part in typed.casefold().split())


def _heading(words: str, *, first: bool) -> QWidget:
    heading = QWidget()
    said = Words(words, tokens.LEAD, weight=tokens.SEMIBOLD)
    heading.setLayout(stack(said, margins=(0, 0 if first else 18, 0, 2)))
    return heading
