"""The side of the calendar: what waits, both working days, the week's sums; or the open event."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCompleter,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gigdesk.domain.calendar.events import Event
from gigdesk.domain.calendar.kinds import Kind
from gigdesk.domain.calendar.layout import busy, longest_free
from gigdesk.domain.calendar.places import city_of, working_days
from gigdesk.domain.civil import instant
from gigdesk.domain.profile import DAYS
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, n, number_text, t
from gigdesk.ui.kit.layout import emptied, panel, row, scroll, stack
from gigdesk.ui.kit.messages import Banner
from gigdesk.ui.kit.pictures import Zones
from gigdesk.ui.kit.rows import ShortRow, WholeList
from gigdesk.ui.kit.words import Button, Chip, Counted, Words
from gigdesk.ui.tabs.calendar.entries import DAY, KIND_WORDS, Detail, Entry, Shelf
from gigdesk.ui.tabs.calendar.lines import SumLine
from gigdesk.ui.tabs.calendar.saving import left_out
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gigdesk.domain.calendar.events import Occurrence

_HOUR = timedelta(hours=1)
_ANSWERS = {
    "accepted": "comes",
    "declined": "does not come",
    "tentative": "comes perhaps",
    "needs-action": "has not answered",
}
_PEOPLE = 12
_CHIPS = {Kind.UNANSWERED: "warn", Kind.FOCUS: "good"}


class CalendarSide(QFrame):
    """The side panel. Its buttons only say what is wanted; the page does it."""

    edited = Signal()
    deleted = Signal()
    saved = Signal()
    closed = Signal()
    wanted = Signal(object)  # Ref
    placed = Signal(str, str)  # the name nobody knows, the zone it means
    broken = Signal()  # show what could not be read
    exported = Signal()  # save the whole calendar
    thrown = Signal(object)  # Event: take this unreadable one away
    kept = Signal(object)  # Event: save its original text

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.XS)
        self._column.setContentsMargins(20, 20, 20, 24)
        self.zone_field: QLineEdit | None = None
        self._area = scroll(panel("", self._column))
        self.setLayout(stack(self._area, gap=0))

    def show_week(self, shelf: Shelf) -> None:
        """What the week is like."""
        self._clear()
        self._show_waiting(shelf)
        if shelf.zones.beside:
            heading = Counted(t("Both working days"), "", t("on your clock"))
            self._add(heading, *(_zones(shelf, zone) for zone in shelf.zones.beside), 16)
        sums = WholeList(ShortRow, t("This week"))
        sums.show_records(_sums(shelf))
        self._add(Counted(_span_name(shelf)), sums)
        if shelf.broken:
            words = n("{n} entry could not be read", "{n} entries could not be read", shelf.broken)
            showing = Button(words, "", "plain", "triangle-alert")
            showing.clicked.connect(self.broken)
            self._add(12, row(showing, None))
        self._column.addStretch(1)
        saving = Button(t("Save as a calendar file"), "", "plain", "download")
        saving.clicked.connect(self.exported)
        self._add(12, row(saving, None))
        if shelf.waiting:
            words = left_out(sum(count for _, count in shelf.waiting))
            self._add(Words(words, tokens.CAPTION, "warn", wrap=True))

    def show_detail(self, detail: Detail, shelf: Shelf) -> None:
        """One event whole."""
        self._clear()
        entry, event = detail.entry, detail.event
        back = Button(t("Back to the week"), "Esc", "quiet", "x", bare=True)
        back.clicked.connect(self.closed)
        title = Words(event.title or t("no title"), tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True)
        head = row(title, back, gap=tokens.S)
        head.setStretch(0, 1)
        self._add(head, row(*_chips(entry, event), None, gap=6), 8)
        self._add(Words(_when(entry), weight=tokens.MEDIUM, wrap=True, figures=True))
        for line in _there(entry, event, shelf):
            self._add(Words(line, ink="soft", wrap=True, figures=True))
        self._facts(entry, event)
        self._people(event)
        self._links(detail)
        if event.description.strip():
            notes = QPlainTextEdit(event.description.strip())
            notes.setReadOnly(True)
            notes.setAccessibleName(t("Notes"))
            notes.setFixedHeight(u(140))
            notes.setTabChangesFocus(True)
            self._add(12, Words(t("Notes"), tokens.CAPTION, "faint"), notes)
        self._add(16, self._actions(event))
        self._column.addStretch(1)

    def show_broken(self, event: Event) -> None:
        """One entry that could not be read: why, and the text as it came."""
        self._clear()
        back = Button(t("Back to the week"), "Esc", "quiet", "x", bare=True)
        back.clicked.connect(self.closed)
        title = Words(event.title or t("no title"), tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True)
        head = row(title, back, gap=tokens.S)
        head.setStretch(0, 1)
        text = QPlainTextEdit(event.text)
        text.setReadOnly(True)
        text.setAccessibleName(t("Original text"))
        text.setTabChangesFocus(True)
        saving = Button(t("Save the original"), "", "plain", "download")
        saving.clicked.connect(partial(self.kept.emit, event))
        away = Button(t("Take away"), "", "quiet", "x")
        away.clicked.connect(partial(self.thrown.emit, event))
        self._add(
            head,
            row(
                Chip(t("Broken"), "bad", "triangle-alert"), Words(event.calendar, ink="soft"), None
            ),
            8,
            Words(event.reason, wrap=True),
            Words(t("Nothing was changed in it. This is all that came:"), ink="soft", wrap=True),
            8,
            text,
            8,
            row(saving, away, None),
        )

    def _add(self, *pieces: object) -> None:
        for piece in pieces:
            if isinstance(piece, int):
                self._column.addSpacing(piece)
            elif isinstance(piece, QWidget):
                self._column.addWidget(piece)
            else:
                self._column.addLayout(piece)  # type: ignore[arg-type]

    def _clear(self) -> None:
        self.zone_field = None
        emptied(self._column)

    def _show_waiting(self, shelf: Shelf) -> None:
        if not shelf.waiting:
            return
        name, count = shelf.waiting[0]
        banner = Banner(
            n("{n} event waits for its zone", "{n} events wait for their zone", count),
            t("Nobody knows “{name}”. Say where it is, and they stand where they belong.",
              name=name),
            kind="warn",
            narrow=True,
        )  # fmt: skip
        field = self.zone_field = QLineEdit()
        field.setPlaceholderText(t("Such as Europe/Berlin"))
        field.setAccessibleName(t("Zone of “{name}”", name=name))
        field.setCompleter(zone_completer(field))
        go = Button(t("Place them"), "", "plain", "map-pin")
        ask = partial(self._on_placed, name, field)
        go.clicked.connect(ask)
        field.returnPressed.connect(ask)
        self._add(banner, 4, row(field, go), 20)

    def _on_placed(self, name: str, field: QLineEdit) -> None:
        if field.text().strip():
            self.placed.emit(name, field.text().strip())

    def _facts(self, entry: Entry, event: Event) -> None:
        self._column.addSpacing(8)
        if event.location:
            self._add(row(_mark("map-pin"), Words(event.location, wrap=True), gap=6))
        self._add(row(_mark("calendar-days"), Words(event.calendar, wrap=True), gap=6))
        if event.series:
            words = t("Repeats. It can be deleted whole; change it where it comes from.")
            self._add(row(_mark("repeat"), Words(words, ink="soft", wrap=True), gap=6))
        if event.cut:
            words = t("It repeats more often than is shown here.")
            self._add(Words(words, ink="warn", wrap=True))
        if entry.about.client is not None:
            client = entry.about.client
            chip = Chip(client.label, "plain", "users", partial(self.wanted.emit, client))
            self._add(4, row(chip, None))

    def _people(self, event: Event) -> None:
        if not event.attendees and not event.organizer:
            return
        self._add(12, Words(t("People"), tokens.CAPTION, "faint"))
        if event.organizer:
            self._add(Words(t("{name} asks", name=event.organizer), wrap=True))
        for each in event.attendees[:_PEOPLE]:
            answer = t(_ANSWERS[each.answer]) if each.answer in _ANSWERS else ""
            said = " ".join(part for part in (each.name or each.email, answer) if part)
            self._add(Words(said, ink="soft", wrap=True))
        rest = len(event.attendees) - _PEOPLE
        if rest > 0:
            self._add(Words(n("and {n} more", "and {n} more", rest), ink="faint"))

    def _links(self, detail: Detail) -> None:
        if detail.mail is None:
            return
        ref = Ref("mail", detail.mail.id, detail.mail.subject)
        words = t("Mail: {subject}", subject=detail.mail.subject or t("no subject"))
        self._add(12, row(Chip(words, "plain", "mail", partial(self.wanted.emit, ref)), None))

    def _actions(self, event: Event) -> QBoxLayout:
        edit = Button(t("Edit"), "E", "plain", "pencil")
        edit.clicked.connect(self.edited)
        if event.series:  # never shown by hand: without a parent it would be a window
            edit.hide()
        away = Button(t("Delete"), "X", "quiet", "x")
        away.clicked.connect(self.deleted)
        save = Button(t("Save as a file"), "S", "quiet", "download", bare=True)
        save.clicked.connect(self.saved)
        return row(edit, away, save, None)


def zone_completer(field: QLineEdit) -> QCompleter:
    """Offers every zone, found by any part of its name."""
    from zoneinfo import available_timezones

    from PySide6.QtCore import Qt

    completer = QCompleter(sorted(available_timezones()), field)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return completer


def _mark(name: str) -> QWidget:
    from gigdesk.ui.kit.words import Mini

    return Mini(name, "faint")


def _chips(entry: Entry, event: Event) -> list[QWidget]:
    kind = entry.about.kind
    found: list[QWidget] = [Chip(t(KIND_WORDS[kind]), _CHIPS.get(kind, "plain"))]
    if entry.occurrence.cancelled:
        found.append(Chip(t("Cancelled"), "bad"))
    elif event.status == "tentative":
        found.append(Chip(t("Tentative"), "warn"))
    return found


def _when(entry: Entry) -> str:
    if entry.above and entry.occurrence.all_day:
        last = entry.past - DAY
        if last == entry.day:
            return t("{day}, all day", day=date_text(entry.day, form="EEE d MMMM"))
        return f"{date_text(entry.day, form='EEE d MMM')} – {date_text(last, form='EEE d MMM')}"
    start, end = entry.start, entry.end
    said = f"{date_text(start.date(), form='EEE d MMMM')}, {start:%H:%M}–"
    if end.date() != start.date():
        said += f"{date_text(end.date(), form='EEE d MMM')}, "
    return f"{said}{end:%H:%M} ({_length(end - start)})"


def _there(entry: Entry, event: Event, shelf: Shelf) -> list[str]:
    """The same on the clocks of the event's own zone and of the zones beside."""
    if entry.occurrence.all_day:
        return []
    if not event.zone and event.start is not None and event.start.offset is None:
        return [t("at this hour wherever you are")]
    said: dict[timedelta | None, str] = {}
    names = [event.zone, *(zone.key for zone in shelf.zones.beside)]
    for name in names:
        try:
            zone = ZoneInfo(name)
        except (ValueError, OSError, LookupError):
            continue
        start, end = entry.start.astimezone(zone), entry.end.astimezone(zone)
        if start.utcoffset() in {entry.start.utcoffset(), *said}:
            continue
        day = "" if start.date() == entry.start.date() else date_text(start.date(), form="EEE d ")
        said[start.utcoffset()] = t(
            "{day}{start}–{end} in {place}", day=day, start=f"{start:%H:%M}", end=f"{end:%H:%M}",
            place=city_of(name),
        )  # fmt: skip
    return list(said.values())


def _zones(shelf: Shelf, other: ZoneInfo) -> Zones:
    own, hours = shelf.zones.own, shelf.hours
    day = shelf.today if shelf.today in shelf.days else shelf.days[0]
    met = working_days(day, own, other, (hours.start, hours.end))
    picture = Zones()
    picture.show_days(
        [
            (city_of(own.key), *met.mine, 0.0),
            (city_of(other.key), *met.theirs, met.behind),
        ],
        met.both,
    )
    return picture


def _span_name(shelf: Shelf) -> str:
    if len(shelf.days) > 7:
        return t("These four weeks")
    here = shelf.first <= shelf.today < shelf.first + 7 * DAY
    return t("This week") if here else t("That week")


def _sums(shelf: Shelf) -> list[SumLine]:
    zone = shelf.zones.own
    spans = _working_spans(shelf)
    whole = (instant(shelf.days[0], datetime.min.time(), zone),
             instant(shelf.days[-1] + DAY, datetime.min.time(), zone))  # fmt: skip
    there = [each for each in shelf.occurrences if not each.cancelled]
    kinds = {each.occurrence: each.about.kind for each in shelf.entries}
    focus = _of(there, kinds, {Kind.FOCUS})
    meetings = _of(there, kinds, {Kind.MEETING, Kind.UNANSWERED})
    lines = [
        SumLine(t("Focus time"), _hours(busy(focus, zone, whole)), "timer"),
        SumLine(t("Meetings"), _hours(busy(meetings, zone, whole)), "video"),
    ]
    free = longest_free(there, zone, spans)
    if free is not None:
        start, end = (moment.astimezone(zone) for moment in free)
        week = len(shelf.days) <= 7
        form, name = ("EEE", t("Longest free stretch")) if week else ("EEE d", t("Longest free"))
        said = f"{date_text(start.date(), form=form)} {start:%H:%M}–{end:%H:%M}"
        lines.append(SumLine(name, said, "clock"))
    return lines


def _of(
    there: Sequence[Occurrence], kinds: dict[Occurrence, Kind], wanted: set[Kind]
) -> list[Occurrence]:
    return [each for each in there if kinds.get(each) in wanted]


def _working_spans(shelf: Shelf) -> list[tuple[datetime, datetime]]:
    zone, hours = shelf.zones.own, shelf.hours
    return [
        (instant(day, hours.start, zone), instant(day, hours.end, zone))
        for day in shelf.days
        if DAYS[day.weekday()] in hours.days
    ]


def _hours(length: timedelta) -> str:
    from decimal import Decimal

    return t("{n} h", n=number_text(Decimal(str(round(length / _HOUR, 2)))))


def _length(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t("{n} min", n=minutes)
    return t("{n} h", n=hours) if not rest else f"{hours}:{rest:02} h"
