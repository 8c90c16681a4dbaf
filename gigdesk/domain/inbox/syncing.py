"""How fetching goes: what is told while it runs, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import n, number_text, t


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far an account is: of the mails that are to be fetched, in one folder after the other."""

    account: str
    done: int = 0
    total: int = 0

    @property
    def words(self) -> str:
        """The progress as a line."""
        if not self.total:
            return t("Looking for mail")
        return t(
            "Fetching {done} of {total}",
            done=number_text(self.done),
            total=number_text(self.total),
        )


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one account's sync brought. `error` in words, empty when all went well."""

    name: str
    new: int = 0
    changed: int = 0
    removed: int = 0
    error: str = ""
    trouble: Trouble | None = None

    @property
    def words(self) -> str:
        """The result in a line."""
        if self.error:
            return f"{self.name}: {self.error}"
        return t(
            "{name}: {new}, {changed} changed, {removed} gone",
            name=self.name,
            new=n("{n} new mail", "{n} new mails", self.new),
            changed=self.changed,
            removed=self.removed,
        )


@dataclass(frozen=True, slots=True)
class SyncState:
    """How an account stands for the line in the window."""

    account: str
    progress: SyncProgress | None = None
    at: datetime | None = None
    trouble: str = ""
