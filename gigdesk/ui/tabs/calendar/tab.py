"""The Calendar: a week or an agenda at the left, what it means or the open event at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from gigdesk.domain.calendar.events import Event
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import Beside, panel, row, stack
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.sheet import Sheet, TwoLines
from gigdesk.ui.tabs.calendar.agenda import Agenda
from gigdesk.ui.tabs.calendar.bringing import Bringing, broken_lines
from gigdesk.ui.tabs.calendar.editor import EventEditor
from gigdesk.ui.tabs.calendar.entries import (
    AGENDA,
    DAY,
    WEEK,
    Entry,
    Shelf,
    monday_of,
    read,
    read_entry,
)
from gigdesk.ui.tabs.calendar.head import CalendarHead, FirstDays
from gigdesk.ui.tabs.calendar.lines import BrokenLine
from gigdesk.ui.tabs.calendar.opened import Opened
from gigdesk.ui.tabs.calendar.places_menu import PlacesMenu
from gigdesk.ui.tabs.calendar.saving import FILES, Saving, dropped, for_drag, whole
from gigdesk.ui.tabs.calendar.week import WeekView

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_TICK_MS = 20_000
_SPANS = (WEEK, AGENDA)


class CalendarPage(Page):
    """Time: one's own and theirs."""

    topics = Topic.CALENDAR | Topic.CLIENTS | Topic.PROFILE | Topic.SETTINGS

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self._first: date = monday_of(self._today())
        self._shelf: Shelf | None = None
        self._turn = 0
        self._head = CalendarHead()
        self._week, self._agenda = WeekView(), Agenda()
        self._views = QStackedWidget()
        self._opened = Opened(desk, office, self)
        self._places = PlacesMenu(self)
        self._bringing = Bringing(desk, office, self)
        self._saving = Saving(desk, self)
        self._book = QStackedWidget()
        self._build()
        self._wire()
        self.setAcceptDrops(True)
        self.setFocusProxy(self._week)
        self._minute = QTimer(self)
        self._minute.setInterval(_TICK_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    def _build(self) -> None:
        self._views.addWidget(panel("", row(self._week, margins=(12, 0, 0, 0))))
        self._views.addWidget(panel("", row(self._agenda, margins=(4, 0, 4, 0))))
        main = panel("", stack(self._head, self._views, self._bringing.foot, gap=0))
        both = stack(Beside(main, self._opened.side, 344), gap=0)
        empty = FirstDays()
        empty.bringing.connect(self.choose_files)
        empty.other.clicked.connect(self.new)
        self._book.addWidget(panel("page", stack(empty, self._bringing.first_foot, gap=0)))
        self._book.addWidget(panel("page", both))
        self.setLayout(row(self._book, gap=0))

    def _wire(self) -> None:
        head = self._head
        head.picked.connect(self._on_view)
        head.turned.connect(self.turn)
        head.here.connect(self.to_today)
        head.zones.connect(self.choose_zones)
        head.bringing.connect(self.choose_files)
        head.new.connect(self.new)
        for view in (self._week, self._agenda):
            view.opened.connect(self._opened.open)
            view.turned.connect(self.turn)
            view.left.connect(self._opened.close)
            view.selectionModel().currentChanged.connect(self._on_moved)
        self._week.begun.connect(self._edit)
        side = self._opened.side
        self._opened.troubled.connect(self.troubled)
        self._opened.changed.connect(self.retitled)
        side.edited.connect(self.edit)
        side.deleted.connect(self.delete)
        side.saved.connect(self.save_one)
        side.exported.connect(self.save_all)
        side.closed.connect(self._opened.close)
        side.wanted.connect(self.wanted)
        side.placed.connect(self.place)
        side.broken.connect(self.show_broken)
        side.thrown.connect(self._on_thrown)
        side.kept.connect(self._on_original)
        self._places.picked.connect(self._on_zones)
        self._places.more.connect(partial(self.asked.emit, "settings:second_zone"))
        self._saving.said.connect(self.said)
        self._saving.troubled.connect(self.troubled)
        self._bringing.done.connect(self.done)
        self._bringing.troubled.connect(self.troubled)
        self._bringing.ended.connect(self._on_brought)

    def load(self) -> None:
        """Read the shown days."""
        self._turn += 1
        span = _SPANS[self._head.view]
        self.desk.ask(
            partial(read, self.office, self._first, span),
            then=partial(self._on_read, self._turn),
            failed=self.troubled.emit,
        )

    def commands(self) -> Sequence[Command]:
        """What can be done with time."""
        chosen, single = self._has_event, self._is_single
        return (
            Command(t("New event"), "Ctrl+N", "plus", self.new),
            Command(t("Edit the event"), "E", "pencil", self.edit, single),
            Command(t("Delete the event"), "X", "x", self.delete, chosen),
            Command(t("Save the event as a file"), "S", "download", self.save_one, chosen),
            Command(t("Next event"), "J", "chevron-right", partial(self.step, 1)),
            Command(t("Event before"), "K", "chevron-left", partial(self.step, -1)),
            Command(t("Today"), "T", "calendar-days", self.to_today),
            Command(t("Week before"), "PgUp", "chevron-left", partial(self.turn, -1)),
            Command(t("Week after"), "PgDown", "chevron-right", partial(self.turn, 1)),
            Command(t("Week or agenda"), "V", "list-filter", self.switch),
            Command(t("Zones beside yours"), "Z", "globe", self.choose_zones),
            Command(t("Import a calendar file"), "I", "download", self.choose_files),
            Command(t("Save the calendar as a file"), "", "download", self.save_all),
            Command(t("What could not be read"), "", "triangle-alert", self.show_broken),
            Command(t("What the last import left out"), "", "info", self.show_report, self._told),
        )

    def open(self, ref: Ref) -> bool:
        """Show an event in its week."""
        if ref.kind != "event":
            return False
        self.desk.ask(
            partial(read_entry, self.office, ref),
            then=self._on_wanted,
            failed=self.troubled.emit,
        )
        return True

    def begin(self) -> None:
        """The first calendar."""
        self.choose_files()

    def chosen(self) -> Ref | None:
        """The open event, the very turn of a series."""
        return self._opened.detail.entry.ref if self._opened.detail is not None else None

    def title(self) -> str:
        """The open event, else the month."""
        return self._opened.detail.event.title if self._opened.detail else self._head.words

    def turn(self, by: int) -> None:
        """Go weeks forward or back."""
        self._go(self._first + DAY * WEEK * by)

    def to_today(self) -> None:
        """Back to this week."""
        self._week.show_working_day()
        self._go(monday_of(self._today()))

    def step(self, by: int) -> None:
        """The next event or the one before."""
        self._view().step(by)

    def switch(self) -> None:
        """The other view."""
        self._head.pick(1 - self._head.view)

    def _go(self, first: date) -> None:
        if not date(1901, 1, 1) < first < date(2199, 1, 1):
            return
        self._first = first
        self._head.tell(self._first, _SPANS[self._head.view])
        self.load()

    def _view(self) -> WeekView | Agenda:
        return (self._week, self._agenda)[self._head.view]

    def _on_view(self, at: int) -> None:
        self._views.setCurrentIndex(at)
        self.setFocusProxy(self._view())
        self._view().setFocus()
        self.load()

    def _on_read(self, turn: int, shelf: Shelf) -> None:
        if turn != self._turn:
            return
        self._shelf = shelf
        self._book.setCurrentIndex(1 if shelf.total or shelf.waiting or shelf.broken else 0)
        self._head.tell(self._first, _SPANS[self._head.view])
        self._view().show_shelf(shelf)
        self._opened.show_shelf(shelf)
        if not shelf.whole:
            self.desk.fetch(
                partial(self.office.calendar.reach, shelf.days[0], shelf.days[-1]),
                then=self._on_reached,
                failed=self.troubled.emit,
            )

    def _on_reached(self, _done: None) -> None:
        self.load()

    def _on_minute(self) -> None:
        if not self.isVisible():
            return
        now = self.office.now()
        if (
            self._shelf is not None
            and now.astimezone(self._shelf.zones.own).date() != self._shelf.today
        ):
            self.load()
        self._week.tick(now)

    def _on_moved(self) -> None:
        entry = self._view().entry()
        if entry is None:
            return
        self._opened.follow(entry)
        if self.sender() is self._week.selectionModel():
            self.desk.ask(partial(for_drag, self.office, entry), then=self._week.drag_data)

    def _on_wanted(self, entry: Entry | None) -> None:
        if entry is None:
            self.said.emit(t("This event has no time yet: it waits for its zone"))
            return
        self._view().choose(entry.key)
        self._opened.open(entry)
        self._go(monday_of(entry.day))

    def _event_id(self) -> int:
        if self._opened.detail is not None:
            return self._opened.detail.event.id
        entry = self._view().entry()
        return entry.occurrence.event_id if entry else 0

    def _has_event(self) -> bool:
        return bool(self._event_id())

    def _is_single(self) -> bool:
        if self._opened.detail is not None:
            return not self._opened.detail.event.series
        entry = self._view().entry()
        return entry is not None and not entry.occurrence.series

    def new(self) -> None:
        """Write an event: on the chosen day, at the next full hour."""
        zone = self.office.zone()
        here = self.office.now().astimezone(zone)
        entry = self._view().entry()
        this_week = self._first <= here.date() < self._first + DAY * WEEK
        day = entry.day if entry else here.date() if this_week else self._first
        hour = min(23, here.hour + 1) if day == here.date() else 10
        self._edit(datetime.combine(day, time(hour)))

    def edit(self) -> None:
        """Change the chosen event; a series only where it comes from."""
        if event_id := self._event_id():
            self.desk.ask(
                partial(self.office.calendar.event, event_id),
                then=self._on_edited,
                failed=self.troubled.emit,
            )

    def delete(self) -> None:
        """Take the chosen event away, a series whole."""
        if event_id := self._event_id():
            self._opened.close()
            self.do(partial(self.office.calendar.delete, event_id))

    def _on_edited(self, event: Event) -> None:
        if event.series:
            self.said.emit(t("Series cannot be changed yet. Change it where it comes from."))
        else:
            self._edit(event)

    def _edit(self, shown: Event | datetime) -> None:
        editor = EventEditor(self.desk, self.office, shown, self)
        editor.changed.connect(self._on_written)
        editor.troubled.connect(self.troubled)
        editor.show()

    def _on_written(self, changed: Changed[int]) -> None:
        self.done.emit(changed)
        self.open(Ref("event", changed.value))

    def choose_files(self) -> None:
        """Pick calendar files to bring in."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self, t("Import calendar files"), str(Path.home()), FILES
        )
        if chosen:
            self.bring_in([Path(each) for each in chosen])

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import these, with progress and a way to stop."""
        self._bringing.start(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Calendar files may be dropped."""
        if event.source() is None and dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        if paths := dropped(event.mimeData()):
            event.acceptProposedAction()
            self.bring_in(paths)

    def save_all(self) -> None:
        """Keep the whole calendar as a file."""
        self._saving.ask(t("calendar"), partial(whole, self.office))

    def save_one(self) -> None:
        """Keep the chosen event as a file."""
        if event_id := self._event_id():
            name = self._opened.detail.event.title if self._opened.detail else t("event")
            self._saving.ask(name, partial(self.office.calendar.export_one, event_id))

    def place(self, tzid: str, zone: str) -> None:
        """Say which zone a name nobody knows means."""
        self.desk.fetch(
            partial(self.office.calendar.place, tzid, zone),
            then=self.done.emit,
            failed=self.troubled.emit,
        )

    def show_broken(self) -> None:
        """What could not be read, each with its reason and its original text."""
        self.desk.ask(
            self.office.calendar.unreadable, then=self._on_broken, failed=self.troubled.emit
        )

    def show_report(self) -> None:
        """What the last import left out."""
        sheet = Sheet(self, t("Left out of the import"), TwoLines, t("Nothing was left out."))
        sheet.show_lines(self._bringing.report)

    def _told(self) -> bool:
        return bool(self._bringing.report)

    def _on_brought(self, left_out: bool) -> None:
        self.load()
        if left_out:
            self.show_report()

    def _on_broken(self, events: list[Event]) -> None:
        sheet = Sheet(self, t("What could not be read"), TwoLines, t("Everything could be read."))
        sheet.picked.connect(partial(self._on_broken_picked, sheet))
        sheet.show_lines(broken_lines(events))

    def _on_broken_picked(self, sheet: Sheet, line: object) -> None:
        if isinstance(line, BrokenLine) and line.event is not None:
            sheet.close_it()
            self._opened.show_broken(line.event)

    def _on_thrown(self, event: Event) -> None:
        self._opened.close()
        self.do(partial(self.office.calendar.discard_unreadable, event.id))

    def _on_original(self, event: Event) -> None:
        self._saving.ask(event.title or t("event"), event.text.encode)

    def choose_zones(self) -> None:
        """Pick up to two zones beside one's own, from those the clients live in or all."""
        if self._shelf is not None:
            self._places.offer(self._shelf, self._head.below_zones())

    def _on_zones(self, zones: list[str]) -> None:
        self.do(partial(self.office.calendar.show_beside, zones))

    def _today(self) -> date:
        return self.office.now().astimezone(self.office.zone()).date()
