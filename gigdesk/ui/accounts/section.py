"""The mail accounts in the settings: which there are, how they stand, adding and removing."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gigdesk.domain.accounts import Account, AccountState
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.layout import emptied, row, rule, stack
from gigdesk.ui.kit.messages import Progress
from gigdesk.ui.kit.words import Button, Chip, Ground, Line, Words
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_CHIPS = {
    AccountState.OK: ("Works", "good"),
    AccountState.NEW: ("Not tried yet", "plain"),
    AccountState.REFUSED: ("Cannot log in", "bad"),
    AccountState.UNREACHABLE: ("Not reached", "warn"),
    AccountState.OFF: ("Switched off", "plain"),
}


class AccountsSection(QWidget):
    """Add an account, try it again, log in again, remove it."""

    done = Signal(object)  # Changed
    troubled = Signal(object)
    asked = Signal(object)  # Account to log in again at, or None for a new one

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._stop = threading.Event()
        self._removing = 0
        self._known: list[Account] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(tokens.S)
        self._says = Words(
            t(
                "No account yet. With one, mail comes in and leaves here, straight between this"
                " machine and your provider."
            ),
            ink="soft",
            wrap=True,
        )
        self._adding = Button(t("Add an account"), "", "plain", "plus")
        self._adding.clicked.connect(partial(self.asked.emit, None))
        self._progress = Progress()
        self._progress.stopped.connect(self._stop.set)
        self.setLayout(
            stack(
                self._says,
                self._rows,
                row(self._adding, None),
                self._progress,
            )
        )
        desk.changed.connect(self._on_changed)

    def load(self) -> None:
        """Read which there are."""
        self._desk.ask(self._office.accounts.all, then=self.show_accounts)

    def show_accounts(self, accounts: list[Account]) -> None:
        """Show these."""
        self._known = accounts
        self._says.setVisible(not accounts)
        emptied(self._rows)
        for account in accounts:
            self._rows.addWidget(rule())
            asks = account.id == self._removing
            self._rows.addWidget(self._question(account) if asks else self._row(account))

    def try_again(self, account: Account) -> None:
        """Log in there, now."""
        self._stop.clear()
        self._progress.begin(t("Logging in at {name}", name=account.name))
        self._desk.fetch(
            partial(self._office.setting_up.checking, account.id, self._stop),
            then=self._on_done,
            failed=self._on_failed,
        )

    def switch(self, account: Account, *, on: bool) -> None:
        """Leave it alone, or use it again."""
        call = partial(self._office.accounts.switch, account.id, on=on)
        self._desk.do(call, then=self._on_done, failed=self._on_failed)

    def ask_remove(self, account: Account) -> None:
        """Ask in its place what becomes of its mails."""
        self._removing = account.id
        self.show_accounts(self._known)

    def remove(self, account: Account, *, with_mails: bool) -> None:
        """Let go of it."""
        self._removing = 0
        call = partial(self._office.sync.let_go, account.id, with_mails=with_mails)
        self._desk.fetch(call, then=self._on_done, failed=self._on_failed)

    def _row(self, account: Account) -> QWidget:
        words, kind = _CHIPS[account.state]
        name = Words(account.name, weight=tokens.MEDIUM)
        pieces: list[Any] = [name, Chip(t(words), kind), None]
        if account.state is AccountState.OFF:
            switching = Button(t("Switch on"), "", "quiet")
            switching.setAccessibleName(t("Switch {name} on", name=account.name))
            switching.clicked.connect(partial(self.switch, account, on=True))
            pieces.append(switching)
        elif account.state is not AccountState.OK:
            trying = Button(t("Try again"), "", "quiet")
            trying.setAccessibleName(t("Try {name} again", name=account.name))
            trying.clicked.connect(partial(self.try_again, account))
            pieces.append(trying)
        entering = Button(t("Log in again"), "", "plain" if _must_act(account) else "quiet")
        entering.setAccessibleName(t("Log in again: {name}", name=account.name))
        entering.clicked.connect(partial(self.asked.emit, account))
        more = Button(t("More: {name}", name=account.name), "", "quiet", "ellipsis", bare=True)
        more.clicked.connect(partial(self._on_more, account, more))
        about = Line(_about(account), tokens.CAPTION, "bad" if _must_act(account) else "faint")
        holder = QWidget()
        holder.setAccessibleName(f"{account.name}, {account.standing()}")
        holder.setLayout(stack(row(*pieces, entering, more, gap=tokens.S), about, gap=2))
        return holder

    def _on_more(self, account: Account, button: Button) -> None:
        menu = QMenu(button)
        if account.state is not AccountState.OFF:
            menu.addAction(t("Switch off"), partial(self.switch, account, on=False))
        menu.addAction(t("Remove…"), partial(self.ask_remove, account))
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])

    def _question(self, account: Account) -> QWidget:
        with_mails = Check(t("Take its mails out of the Inbox and the search too"))
        removing = Button(t("Remove {name}", name=account.name))
        removing.clicked.connect(lambda: self.remove(account, with_mails=with_mails.isChecked()))
        keeping = Button(t("Keep it"), "", "quiet")
        keeping.clicked.connect(self._on_keep)
        asks = Ground(
            stack(
                Words(t("Remove {name}?", name=account.name), weight=tokens.SEMIBOLD),
                Words(
                    t("Its password is forgotten. Its mails stay here, and at the provider."),
                    ink="soft",
                    wrap=True,
                ),
                with_mails,
                row(removing, keeping, None),
                margins=(16, 12, 16, 14),
            )
        )
        QTimer.singleShot(0, keeping, keeping.setFocus)  # it is not seen yet
        return asks

    def _on_keep(self) -> None:
        self._removing = 0
        self.show_accounts(self._known)

    def _on_done(self, changed: Changed[object]) -> None:
        self._progress.end()
        self.load()
        self.done.emit(changed)

    def _on_failed(self, error: Exception) -> None:
        self._progress.end()
        self.load()
        self.troubled.emit(error)

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.ACCOUNTS and self.isVisible():
            self.load()


def _must_act(account: Account) -> bool:
    return account.state is AccountState.REFUSED


def _about(account: Account) -> str:
    host = account.imap or account.smtp
    parts = [account.address if account.address != account.name else "", host.host if host else ""]
    return " · ".join([*filter(None, parts), account.words or ""]).strip(" ·")
