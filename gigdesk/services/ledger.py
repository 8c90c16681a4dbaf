"""What left the machine: the ledger, for people."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from gigdesk.domain.network import Connection
from gigdesk.domain.words import n

if TYPE_CHECKING:
    from gigdesk.domain.ports import Now
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.ledger import LedgerStore


class LedgerService:
    """The connections this desk made."""

    def __init__(self, store: LedgerStore, settings: SettingsService, now: Now) -> None:
        self._store, self._settings, self._now = store, settings, now

    def latest(self, limit: int = 500) -> list[Connection]:
        """The newest connections."""
        return self._store.latest(limit)

    def today(self) -> int:
        """How many were made on the person's day."""
        zone = self._settings.zone()
        day = self._now().astimezone(zone).date()
        return self._store.count_since(datetime.combine(day, time.min, zone))

    def line(self) -> str:
        """The line at the foot of the sidebar."""
        return n("Private. {n} connection today", "Private. {n} connections today", self.today())
