"""Which account the list shows: all of them together, or one alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from gigdesk.domain.accounts import Account
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import row
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class AccountFilter(QWidget):
    """The way to one account's mails, where there are several; a line that is only there while the
    list shows one leads back to all."""

    picked = Signal(int)  # its id; 0 for all

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._accounts: Sequence[Account] = ()
        self.id = 0
        self.tool = Button(t("One account alone"), "Shift+M", "quiet", "mail", bare=True)
        self.tool.clicked.connect(self.choose)
        self.tool.hide()
        self._clear = Button("", "", "quiet", "x")
        self._clear.clicked.connect(partial(self.pick, 0))
        self.setLayout(row(self._clear, None, margins=(12, 0, 12, 6)))
        self.hide()
        desk.changed.connect(self._on_changed)
        self.load()

    def load(self) -> None:
        """Read which there are."""
        self._desk.ask(self._office.accounts.all, then=self._show)

    def commands(self) -> tuple[Command, ...]:
        """The way to it by key."""
        return (
            Command(t("One account alone"), "Shift+M", "mail", self.choose, self._several),
        )  # fmt: skip

    def choose(self) -> None:
        """Ask which."""
        if not self._several():
            return
        menu = QMenu(self)
        for account_id, words in (
            (0, t("All accounts")),
            *((a.id, a.name) for a in self._accounts),
        ):
            act = menu.addAction(words.replace("&", "&&"))
            act.setCheckable(True)
            act.setChecked(account_id == self.id)
            act.triggered.connect(partial(self.pick, account_id))
        parent = self.parentWidget() or self
        menu.popup(parent.mapToGlobal(QPoint(u(tokens.L), u(tokens.HEADER_H))))
        menu.setActiveAction(menu.actions()[0])

    def pick(self, account_id: int) -> None:
        """Show this one's mails alone, or all."""
        if account_id != self.id:
            self.id = account_id
            name = next((each.name for each in self._accounts if each.id == account_id), "")
            self._clear.say(t("{account} alone", account=name))
            self.setVisible(bool(account_id))
            self.picked.emit(account_id)

    def _show(self, accounts: Sequence[Account]) -> None:
        if not isValid(self):
            return
        self._accounts = accounts
        self.tool.setVisible(self._several())
        if self.id not in {0, *(each.id for each in accounts)}:
            self.pick(0)

    def _several(self) -> bool:
        return len(self._accounts) > 1

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.ACCOUNTS:
            self.load()
