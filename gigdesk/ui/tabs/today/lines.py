"""What Today shows as lines: the agenda, the log, the day in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigdesk.domain.today import AgendaEntry, Day
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.records import Ref
    from gigdesk.domain.routines import Run

KINDS = {"meeting": "accent", "focus": "good", "unanswered": "warn"}


@dataclass(frozen=True, slots=True)
class EventLine:
    """An agenda entry as its row draws it."""

    start: str
    length: str
    title: str
    theirs: str
    kind: str = "accent"
    ref: Ref | None = None

    def __str__(self) -> str:
        return f"{self.start}, {self.length}: {self.title}. {self.theirs}"


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line of the side panel or the log."""

    title: str
    figure: str
    score: str = ""
    mark: str = ""
    role: str = "soft"
    ref: Ref | None = None

    def __str__(self) -> str:
        return f"{self.score} {self.title}, {self.figure}".strip()


def place(day: Day) -> str:
    """`Tbilisi, UTC+4`; UTC alone is its own place."""
    place = day.zone.rpartition("/")[2].replace("_", " ")
    hours, minutes = int(day.offset[:3]), day.offset[3:5]
    offset = f"UTC{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
    return place if place == "UTC" else f"{place}, {offset}"


def summary(day: Day) -> str:
    """What waits, in one sentence."""
    parts = [
        n("{n} to approve", "{n} to approve", len(day.proposals)) if day.proposals else "",
        n("{n} lead worth a look", "{n} leads worth a look", day.leads_worth) if day.leads else "",
        n("{n} invoice late", "{n} invoices late", len(day.late)) if day.late else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else t("Nothing waits for you.")


def event_line(entry: AgendaEntry) -> EventLine:
    """An agenda entry as a line."""
    kind = KINDS.get(entry.kind, "edge")
    if entry.all_day:
        return EventLine(t("day"), "", entry.title, "", kind, entry.ref)
    minutes = int((entry.end - entry.start).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    length = t("{n} min", n=minutes) if not hours else t("{n} h", n=hours)
    if hours and rest:
        length = f"{hours}:{rest:02} h"
    return EventLine(f"{entry.start:%H:%M}", length, entry.title, entry.theirs, kind, entry.ref)


def log_line(run: Run, clock: str) -> ShortLine:
    """What a routine did as a line."""
    return ShortLine(run.outcome, clock, mark=run.icon if run.good else "triangle-alert")
