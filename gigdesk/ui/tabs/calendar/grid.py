"""Where things stand in the week: columns of days, hours down, the strip of whole days above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRectF

from gigdesk.ui.tabs.calendar.entries import Entry

HOURS = 24
LANES_MOST = 4
_LEAST_MINUTES = 25
# What is alone for so long takes the whole width, and what begins later stands over it.
_TITLE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Grid:
    """The measures of one week in one viewport. Lengths are pixels."""

    days: tuple[date, ...]
    wide: float
    gutter: float
    head: float
    lane: float
    lanes: int
    hour: float
    pad: float
    offset: float = 0

    @property
    def top(self) -> float:
        """Where the hours begin to show."""
        return self.head + self.lane * min(self.lanes, LANES_MOST) + (6 if self.lanes else 0)

    @property
    def day(self) -> float:
        """How wide a day is."""
        return (self.wide - self.gutter - 12) / max(1, len(self.days))

    @property
    def height(self) -> float:
        """How high all hours are together."""
        return HOURS * self.hour + 2 * self.pad

    def x(self, at: int) -> float:
        """The left edge of a day."""
        return self.gutter + at * self.day

    def y(self, hours: float) -> float:
        """Where an hour of the day stands now."""
        return self.top + self.pad + hours * self.hour - self.offset

    def rect(self, entry: Entry) -> QRectF:
        """Where an entry stands; nowhere when its day is not shown."""
        return self._above(entry) if entry.above else self._timed(entry)

    def more(self, at: int) -> QRectF:
        """The place above a day for those that have no lane of their own."""
        return QRectF(
            self.x(at) + 2, self.head + self.lane * (LANES_MOST - 1), self.day - 8, self.lane - 2
        )

    def hidden(self, entry: Entry) -> bool:
        """Whether it stands in a lane that is not shown."""
        return entry.above and self.lanes > LANES_MOST and entry.column >= LANES_MOST - 1

    def moment(self, x: float, y: float) -> tuple[date, float] | None:
        """The day and the half hour under a point, if it lies among the hours."""
        at = int((x - self.gutter) // self.day)
        if y < self.top or x < self.gutter or not 0 <= at < len(self.days):
            return None
        hours = (y - self.top - self.pad + self.offset) / self.hour
        return self.days[at], min(23.5, max(0.0, int(hours * 2) / 2))

    def _above(self, entry: Entry) -> QRectF:
        covered = [at for at, day in enumerate(self.days) if entry.day <= day < entry.past]
        if not covered:
            return QRectF()
        if self.hidden(entry):
            return self.more(covered[0])
        first, last = self.x(covered[0]), self.x(covered[-1] + 1)
        return QRectF(
            first + 2, self.head + entry.column * self.lane, last - first - 8, self.lane - 2
        )

    def _timed(self, entry: Entry) -> QRectF:
        if entry.day not in self.days:
            return QRectF()
        at = self.days.index(entry.day)
        start = 0.0 if entry.goes_on else hours_of(entry.start)
        end = float(HOURS) if entry.end.date() > entry.day else hours_of(entry.end)
        high = max(end - start, _LEAST_MINUTES / 60) * self.hour - 2
        part = (self.day - 6) / entry.columns
        over = entry.columns - entry.column if entry.free >= _TITLE else 1
        left = self.x(at) + 2 + entry.column * part
        return QRectF(left, self.y(start) + 1, over * part - 2, high)

    def clear(self, entry: Entry) -> float:
        """How much of a block's height nothing stands over."""
        whole = self.rect(entry).height()
        if entry.above or not _TITLE <= entry.free < timedelta(days=1):
            return whole
        return min(whole, entry.free / timedelta(hours=1) * self.hour - 1)


def hours_of(moment: datetime) -> float:
    """What the clock shows, in hours."""
    return moment.hour + moment.minute / 60


def lane_count(entries: Sequence[Entry]) -> int:
    """How many lanes the strip above the hours needs."""
    return max((each.column + 1 for each in entries if each.above), default=0)
