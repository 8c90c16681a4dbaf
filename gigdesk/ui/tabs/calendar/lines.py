"""Lines of the calendar's short lists: a sum of the week, a row of an import's report."""

from __future__ import annotations

from dataclasses import dataclass

from gigdesk.domain.calendar.events import Event
from gigdesk.ui.sheet import SheetLine


@dataclass(frozen=True, slots=True)
class SumLine:
    """A sum of the week."""

    title: str
    figure: str
    mark: str
    score: str = ""
    role: str = "soft"

    def __str__(self) -> str:
        return f"{self.title}: {self.figure}"


@dataclass(frozen=True, slots=True)
class BrokenLine(SheetLine):
    """An entry that could not be read, in a sheet."""

    event: Event | None = None
