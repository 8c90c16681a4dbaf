"""Mail in the window: each account is attended from the start, what is changed here is told at once, and
the line at the foot says how it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.errors import NotFound
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gigdesk.background.desk import Desk
    from gigdesk.domain.accounts import Account
    from gigdesk.services.office import Office
    from gigdesk.services.sync.attending import Attending

# What is told oftener than this is shown together.
_TOLD_MS = 100


class Mailing(QObject):
    """The connections of an open desk. Lives on the UI thread; the connections do not."""

    said = Signal(
        str, bool
    )  # the line at the foot, whether to look at it; empty without an account
    troubled = Signal(Exception)
    _told = Signal()  # from whichever thread fetches

    def __init__(self, desk: Desk, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self._attended: dict[int, tuple[str, Attending]] = {}
        self._started = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_TOLD_MS)
        self._wait.timeout.connect(self._ask_line)
        self._told.connect(self._on_told)
        desk.changed.connect(self._on_changed)

    def start(self) -> None:
        """Attend every account from now on."""
        self._started = True
        self._office.sync.watch.tell(self._told.emit)
        self._ask_accounts()

    def now(self) -> None:
        """The person asks for their mail."""
        for _, attending in self._attended.values():
            attending.now()
        if not self._attended:
            self.troubled.emit(
                NotFound(
                    t("There is no account to fetch from"),
                    t("Add one in the settings, under Mail."),
                )
            )

    def stop(self) -> None:
        """Say nothing any more; the bridge ends the connections."""
        self._office.sync.watch.tell(None)
        self._started = False
        self._wait.stop()
        for _, attending in self._attended.values():
            attending.stop()
        self._attended.clear()

    def _ask_accounts(self) -> None:
        self._desk.ask(self._office.sync.fetched, then=self._on_accounts)

    def _on_accounts(self, accounts: Sequence[Account]) -> None:
        wanted = {account.id: account for account in accounts}
        for known in [each for each in self._attended if each not in wanted]:
            self._attended.pop(known)[1].stop()
            self._office.sync.watch.forget(known)
        for account in accounts:
            # Other servers or another login want another connection; how it stands does not.
            door = repr((account.imap, account.login, account.auth))
            before = self._attended.get(account.id)
            if before is not None and before[0] == door:
                if account.state is AccountState.NEW:  # logged in anew
                    before[1].now()
                continue
            if before is not None:
                before[1].stop()
            attending = self._office.sync.attend(account)
            self._attended[account.id] = door, attending
            self._desk.keep(attending.run, stop=attending.stop)
        self._ask_line()

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.ACCOUNTS and self._started:
            self._ask_accounts()
        if topics & Topic.INBOX and self._attended:
            self._desk.ask(self._office.sync.waiting, then=self._on_waiting)

    def _on_waiting(self, accounts: frozenset[int]) -> None:
        for known, (_, attending) in self._attended.items():
            if known in accounts:
                attending.now(thorough=False)

    def _on_told(self) -> None:
        if not self._wait.isActive():
            self._wait.start()

    def tell(self) -> None:
        """Say the line again, for a window that was made anew."""
        self._ask_line()

    def _ask_line(self) -> None:
        self._desk.ask(partial(self._office.sync.line, self._office.zone), then=self._on_line)

    def _on_line(self, line: tuple[str, bool]) -> None:
        self.said.emit(*line)
