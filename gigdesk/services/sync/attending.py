"""Staying with one account: fetch, wait until its server tells of news, fetch again.

One connection for both. Where the server cannot tell it is asked every few minutes. When the line breaks
it is tried again, ever more slowly, and at once when the person asks or the machine wakes up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Protocol

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.errors import Locked, NotFound, SignInRefused, Trouble
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.inbox.syncing import SyncProgress, SyncReport
    from gigdesk.domain.ports import MailBox, MailServers
    from gigdesk.domain.prompts import Stop
    from gigdesk.services.accounts import AccountService

log = logging.getLogger(__name__)

# RFC 2177: a server may hang up after 30 minutes of silence.
IDLE_SECONDS = 25 * 60.0
POLL_SECONDS = 5 * 60.0
# However quiet it is, everything is compared so often.
THOROUGH_SECONDS = 30 * 60.0
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 5 * 60.0
_SLICE_SECONDS = 20.0


class Rounds(Protocol):
    """What attending asks of the one who fetches."""

    def over(
        self, account: Account, box: MailBox, stop: Stop, *, thorough: bool = True
    ) -> Generator[SyncProgress, None, SyncReport]:
        """One round over a connection that stands. Raises Trouble."""

    def failed(self, account: Account, trouble: Trouble) -> object:
        """Say how it ended."""

    def behind(self, account: Account, box: MailBox) -> bool:
        """Open the inbox, to wait in it for news; whether there is some already."""


class Attending:
    """One account's long-lived connection. `run` stays until `stop`."""

    def __init__(
        self, sync: Rounds, account: Account, accounts: AccountService, servers: MailServers
    ) -> None:
        self._sync, self._account = sync, account
        self._accounts, self._servers = accounts, servers
        self._stop = threading.Event()
        self._asked, self._all = threading.Event(), threading.Event()
        self._box: MailBox | None = None
        self._resting = False
        self._wait = _FIRST_WAIT

    def stop(self) -> None:
        """Leave, from any thread: politely while nothing is under way, else by hanging up."""
        self._stop.set()
        self.now()
        box = self._box
        if box is not None and not self._resting:
            box.hang_up()

    def now(self, *, thorough: bool = True) -> None:
        """Fetch at once, from any thread; or only tell what waits and look for what is new."""
        if thorough:
            self._all.set()
        self._asked.set()
        box = self._box
        if box is not None:
            box.wake()

    def run(self) -> None:
        """Until `stop`, or until the account is gone or must be logged in anew."""
        while not self._stop.is_set():
            try:
                self._account = self._accounts.get(self._account.id)
                self._stay()
            except NotFound:
                break
            except Trouble as trouble:
                if not self._broken(trouble):
                    break
            except Exception:
                log.exception("attending an account broke")
                self._pause(_LONGEST_WAIT)
        self._box = None

    def _stay(self) -> None:
        """Over one connection, for as long as it holds."""
        secret = self._accounts.secret(self._account)
        why = t("Fetch mail, then wait for news")
        with self._servers.open(self._account, secret, why) as box:
            self._box = box
            thorough, last = True, 0.0
            while not self._stop.is_set():
                self._asked.clear()
                self._all.clear()
                for _ in self._sync.over(self._account, box, self._stop, thorough=thorough):
                    pass
                self._wait = _FIRST_WAIT
                last = time.monotonic() if thorough else last
                if not self._asked.is_set() and not self._sync.behind(self._account, box):
                    self._rest(box)
                thorough = self._all.is_set() or time.monotonic() - last > THOROUGH_SECONDS
        self._box = None

    def _rest(self, box: MailBox) -> None:
        self._resting = True
        try:
            box.idle(IDLE_SECONDS if "IDLE" in box.capabilities else POLL_SECONDS)
        finally:
            self._resting = False

    def _broken(self, trouble: Trouble) -> bool:
        """Whether to try again after a while."""
        self._box = None
        if self._stop.is_set():
            return False
        self._sync.failed(self._account, trouble)
        if isinstance(trouble, SignInRefused):
            return self._until_changed()
        self._pause(self._wait if not isinstance(trouble, Locked) else POLL_SECONDS / 5)
        self._wait = min(self._wait * 2, _LONGEST_WAIT)
        return True

    def _until_changed(self) -> bool:
        """A login that was refused is not tried again by itself: the server might lock the account."""
        refused = AccountState.REFUSED
        while not self._stop.is_set():
            self._pause(_SLICE_SECONDS)
            if self._asked.is_set() or self._accounts.get(self._account.id).state is not refused:
                return True
        return False

    def _pause(self, seconds: float) -> None:
        """Wait; not longer than that, and not on when the machine has slept in between."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0 and not self._asked.is_set():
            began, piece = time.time(), min(rest, _SLICE_SECONDS)
            self._asked.wait(piece)
            if time.time() - began > piece + _SLICE_SECONDS:
                return
        if not self._stop.is_set():
            self._asked.clear()
