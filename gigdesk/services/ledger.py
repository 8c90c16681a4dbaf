"""What left the machine: the ledger, for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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

    def __init__(
        self,
        store: LedgerStore,
        settings: SettingsService,
        now: Now,
        going: Callable[[], dict[int, tuple[int, int]]] = dict,
    ) -> None:
        self._store, self._settings, self._now, self._going = store, settings, now, going

    def latest(self, limit: int = 500) -> list[Connection]:
        """The newest connections; what is open here with its bytes of this moment."""
        going = self._going()
        return [
            replace(each, sent=going[each.id][0], received=going[each.id][1])
            if each.state == "open" and each.id in going
            else each
            for each in self._store.latest(limit)
        ]

    def today(self) -> int:
        """How many were made on the person's day."""
        zone = self._settings.zone()
        day = self._now().astimezone(zone).date()
        return self._store.count_since(datetime.combine(day, time.min, zone))

    def line(self) -> str:
        """The line at the foot of the sidebar."""
        return n("Private. {n} connection today", "Private. {n} connections today", self.today())
