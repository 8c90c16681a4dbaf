"""The strokes of the week: heads, hours, the other places' clocks, events, the line of now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gigdesk.domain.calendar.kinds import Kind
from gigdesk.domain.calendar.places import DAY_FROM, DAY_TO, hour_of, short_city
from gigdesk.domain.profile import DAYS
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.tabs.calendar.entries import Entry, Shelf
from gigdesk.ui.tabs.calendar.grid import HOURS, Grid, hours_of
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import colour, u
from gigdesk.ui.theme.paint import CENTRE, box, text, width

ONE_LINE = 38
_ROLES = {
    Kind.MEETING: ("accent_wash", "accent"),
    Kind.FOCUS: ("good_wash", "good"),
    Kind.OWN: ("chosen", "faint"),
    Kind.UNANSWERED: ("warn_wash", "warn"),
}
# What may not take place looks as what is not answered yet: look at this.
_DOUBTFUL = "warn_wash", "warn"
# Narrower than this, an ellipsis would be all there is to read.
_NARROW = 44


def heads(p: QPainter, grid: Grid, shelf: Shelf) -> None:
    """The names of places and days."""
    step = _step(grid, shelf)
    for at, zone in enumerate((shelf.zones.own, *shelf.zones.beside)):
        own = at == 0
        text(
            p, QRectF(at * step + 1, 12, step, u(20)), short_city(zone.key), tokens.CAPTION,
            "ink" if own else "soft", tokens.SEMIBOLD if own else tokens.MEDIUM, CENTRE,
        )  # fmt: skip
    for at, day in enumerate(shelf.days):
        here = day == shelf.today
        words = date_text(day, form="EEE d")
        head = QRectF(grid.x(at) + 2, 8, grid.day - 8, u(28))
        weight = tokens.SEMIBOLD if here else tokens.MEDIUM
        said = width(words, tokens.BODY, weight)
        inset = max(2.0, min(10.0, (head.width() - said) / 2))
        if here:
            room = min(head.width(), said + 2 * inset)
            box(p, QRectF(head.left(), head.top() + 2, room, head.height() - 4), "accent_wash")
        ink = "accent" if here else "ink"
        text(p, head.adjusted(inset, 0, 0, 0), words, tokens.BODY, ink, weight)


def ground(p: QPainter, grid: Grid, shelf: Shelf) -> None:
    """The hours: what is not one's working time is sunk."""
    hours = shelf.hours
    start, end = hour_of(hours.start), hour_of(hours.end)
    for at, day in enumerate(shelf.days):
        works = DAYS[day.weekday()] in hours.days
        for first, past in ((0, start), (end, HOURS)) if works else ((0, HOURS),):
            p.fillRect(
                QRectF(grid.x(at), grid.y(first), grid.day, (past - first) * grid.hour),
                colour("sunk"),
            )
    right = grid.x(len(shelf.days)) - grid.gutter
    for hour in range(HOURS + 1):
        p.fillRect(QRectF(grid.gutter, grid.y(hour), right, 1), colour("line"))
        _clocks(p, grid, shelf, hour)
    for at in range(len(shelf.days) + 1):
        p.fillRect(QRectF(grid.x(at) - 2, grid.y(0), 1, HOURS * grid.hour), colour("line"))


def event(p: QPainter, cell: QRectF, entry: Entry, clear: float, mark: str) -> None:
    """One event: a bar that says what it is for, its title, their time; words stand where nothing
    covers them."""
    off = entry.occurrence.cancelled
    fill, bar = _DOUBTFUL if entry.occurrence.tentative else _ROLES[entry.about.kind]
    around = cell.adjusted(-1, -1, 1, 1) if entry.column and not entry.above else cell
    box(p, around, "paper", radius=tokens.CHIP)
    box(p, cell, "sunk" if off else fill, mark or ("line" if off else None), tokens.CHIP,
        2 if mark else 1)  # fmt: skip
    box(p, QRectF(cell.left(), cell.top(), 3, cell.height()), "line" if off else bar, radius=1.5)
    line = QRectF(cell.left() + 9, cell.top() + 1, cell.width() - 12, min(u(20), cell.height() - 1))
    if clear < u(ONE_LINE):
        _one_line(p, line, entry)
    else:
        _lines(p, line.translated(0, 2), int((clear - 6) / u(16)), entry)


def _one_line(p: QPainter, line: QRectF, entry: Entry) -> None:
    """Title and their time beside it; too narrow, the hour alone; narrower still, the title."""
    ink = "faint" if entry.occurrence.cancelled else "ink"
    whole = width(_title(entry), tokens.CAPTION, tokens.MEDIUM)
    long, short = _seconds(entry)
    for words in (long, short):
        room = width(words, tokens.CAPTION, figures=True) + 6 if words else 0
        if whole + room <= line.width() or (words == short and line.width() > u(104)):
            break
    else:
        words, room = "", 0
    title = line.adjusted(0, 0, -room, 0)
    used = _written(p, title, _title(entry), ink)
    beside = line.adjusted(used + 6, 0, 0, 0)
    text(p, beside, words, tokens.CAPTION, _second_ink(entry), figures=True)
    if entry.occurrence.cancelled:
        p.fillRect(QRectF(line.left(), line.center().y(), used, 1), colour("faint"))


def _lines(p: QPainter, line: QRectF, room: int, entry: Entry) -> None:
    """The title over as many lines as it needs and has, their time under it."""
    off, (long, short) = entry.occurrence.cancelled, _seconds(entry)
    second = long or entry.occurrence.location
    most = max(1, min(3, room - (1 if second else 0)))
    for words in folded(_title(entry), line.width(), most):
        used = _written(p, line, words, "faint" if off else "ink")
        if off:
            p.fillRect(QRectF(line.left(), line.center().y(), used, 1), colour("faint"))
        line.translate(0, u(16))
    if width(second, tokens.CAPTION, figures=True) > line.width() and short:
        second = short
    text(p, line, second, tokens.CAPTION, _second_ink(entry), figures=True)


def _written(p: QPainter, line: QRectF, words: str, ink: str) -> float:
    """A title on its line. Where it is narrow its first letters stand for it."""
    if line.width() >= u(_NARROW):
        return text(p, line, words, tokens.CAPTION, ink, tokens.MEDIUM)
    while len(words) > 1 and not _fits(words, line.width() + 2):
        words = words[:-1]
    return text(p, line.adjusted(0, 0, 3, 0), words.rstrip(), tokens.CAPTION, ink, tokens.MEDIUM)


def folded(words: str, room: float, most: int) -> list[str]:
    """Words over at most so many lines; the last one takes what is left and may be cut."""
    lines: list[str] = []
    left = words.split()
    while left and len(lines) < most - 1:
        taken = 1
        while taken < len(left) and _fits(" ".join(left[: taken + 1]), room):
            taken += 1
        lines.append(" ".join(left[:taken]))
        left = left[taken:]
    return [*lines, " ".join(left)] if left else lines


def _fits(words: str, room: float) -> bool:
    return width(words, tokens.CAPTION, tokens.MEDIUM) <= room


def _title(entry: Entry) -> str:
    return entry.occurrence.title or t("no title")


def _seconds(entry: Entry) -> tuple[str, str]:
    """What stands beside a title, and the same where there is less room: that it is off or may be,
    else their time."""
    doubt, theirs = entry.doubt, entry.about.theirs
    if entry.occurrence.tentative and theirs:
        return f"{doubt} · {theirs}", doubt
    return (doubt, doubt) if doubt else (theirs, entry.about.clock)


def _second_ink(entry: Entry) -> str:
    return "warn" if entry.occurrence.tentative else "soft"


def now_line(p: QPainter, grid: Grid, now: datetime) -> None:
    """Where the clock stands, in today's column."""
    if now.date() not in grid.days:
        return
    at, y = grid.days.index(now.date()), grid.y(hours_of(now))
    p.fillRect(QRectF(grid.x(at), y, grid.day - 4, 2), colour("bad"))
    box(p, QRectF(grid.x(at) - 6, y - 4, 10, 10), "bad", radius=5)


def more(p: QPainter, grid: Grid, entries: Sequence[Entry]) -> None:
    """How many whole days found no room above a day."""
    for at, day in enumerate(grid.days):
        count = sum(1 for each in entries if grid.hidden(each) and each.day <= day < each.past)
        if count:
            words = n("{n} more", "{n} more", count)
            text(p, grid.more(at).adjusted(9, 0, 0, 0), words, tokens.CAPTION, "faint")


def _step(grid: Grid, shelf: Shelf) -> float:
    return (grid.gutter - 3) / (1 + len(shelf.zones.beside))


def _clocks(p: QPainter, grid: Grid, shelf: Shelf, hour: int) -> None:
    """One hour as the clocks of all places show it; filled where people work there then."""
    step, y = _step(grid, shelf), grid.y(hour)
    start, end = shelf.hours.start, shelf.hours.end
    for at, zone in enumerate((shelf.zones.own, *shelf.zones.beside)):
        cell = QRectF(at * step + 4, y - u(9), step - 8, u(18))
        clock = _there(_day_of(shelf), hour, shelf) if at else None
        there = clock.astimezone(zone).time() if clock else time(hour % HOURS)
        works = DAY_FROM <= there < DAY_TO if at else hour_of(start) <= hour < hour_of(end)
        if works and at:
            box(p, cell.adjusted(0, 1, 0, -1), "good_wash", radius=tokens.CHIP)
        words = f"{there:%H}" if not there.minute else f"{there:%H:%M}"
        role = ("good" if at else "ink") if works else "faint"
        weight = tokens.SEMIBOLD if works and not at else tokens.REGULAR
        text(p, cell, words, tokens.CAPTION, role, weight, CENTRE, figures=True)


def _there(day: date, hour: int, shelf: Shelf) -> datetime:
    return datetime.combine(day, time(0), shelf.zones.own) + timedelta(hours=hour)


def _day_of(shelf: Shelf) -> date:
    """The day whose clocks the gutter tells: today where it is shown, else the first."""
    return shelf.today if shelf.today in shelf.days else shelf.days[0]
