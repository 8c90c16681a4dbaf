"""How fetching stands, for the line at the foot of the window: asked by any thread, told by those that
fetch. Nothing of it outlives the process; what lasts is in the account's row."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.syncing import SyncProgress, SyncState

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.accounts import Account
    from gigdesk.domain.errors import Trouble


class SyncWatch:
    """The states of all accounts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: dict[int, SyncState] = {}
        self._told: Callable[[], object] | None = None

    def tell(self, told: Callable[[], object] | None) -> None:
        """Whom to call, on whichever thread it happens, when something changed."""
        self._told = told

    def states(self) -> list[SyncState]:
        """All accounts that were fetched from, in the order in which they came."""
        with self._lock:
            return [self._states[key] for key in sorted(self._states)]

    def going(self, account: Account, progress: SyncProgress) -> None:
        """It is being fetched."""
        self._set(account, replace(self._of(account), progress=progress, trouble=""))

    def went(self, account: Account, at: datetime) -> None:
        """It is up to date since this instant."""
        self._set(account, replace(self._of(account), progress=None, at=at, trouble=""))

    def broke(self, account: Account, trouble: Trouble) -> None:
        """It could not be fetched."""
        self._set(account, replace(self._of(account), progress=None, trouble=trouble.title))

    def forget(self, account_id: int) -> None:
        """Nobody fetches it any more."""
        with self._lock:
            self._states.pop(account_id, None)
        self._announce()

    def _of(self, account: Account) -> SyncState:
        return self._states.get(account.id) or SyncState(account.name)

    def _set(self, account: Account, state: SyncState) -> None:
        with self._lock:
            same = self._states.get(account.id) == state
            self._states[account.id] = state
        if not same:
            self._announce()

    def _announce(self) -> None:
        told = self._told
        if told is not None:
            told()
