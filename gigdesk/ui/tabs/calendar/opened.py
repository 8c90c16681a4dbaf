"""The event that is open at the side, and the side without one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gigdesk.domain.calendar.events import Event
from gigdesk.domain.errors import Trouble
from gigdesk.ui.tabs.calendar.entries import Detail, Entry, Shelf, found_again, read_detail
from gigdesk.ui.tabs.calendar.side import CalendarSide

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class Opened(QObject):
    """Keeps the side in step with what is chosen and with what changed."""

    changed = Signal()  # another event is open, or none
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self.side = CalendarSide()
        self.detail: Detail | None = None
        self._shelf: Shelf | None = None
        self._wanted: Entry | None = None

    def show_shelf(self, shelf: Shelf) -> None:
        """These days are shown now; what is open is read again."""
        self._shelf = shelf
        if self._wanted is None:
            self.side.show_week(shelf)
            return
        self.open(found_again(shelf.entries, self._wanted.key) or self._wanted)

    def open(self, entry: Entry) -> None:
        """Show an event whole."""
        self._wanted = entry
        self._desk.ask(
            partial(read_detail, self._office, entry),
            then=self._on_detail,
            failed=partial(self._on_gone, entry),
        )

    def follow(self, entry: Entry) -> None:
        """Another event is chosen: show it, if one is open."""
        if self._wanted is not None:
            self.open(entry)

    def close(self) -> None:
        """Back to the week."""
        self._wanted = self.detail = None
        if self._shelf is not None:
            self.side.show_week(self._shelf)
        self.changed.emit()

    def show_broken(self, event: Event) -> None:
        """One that could not be read."""
        self._wanted = self.detail = None
        self.side.show_broken(event)
        self.changed.emit()

    def _on_detail(self, detail: Detail) -> None:
        if self._wanted is None or detail.entry.key != self._wanted.key or self._shelf is None:
            return
        self.detail = detail
        self.side.show_detail(detail, self._shelf)
        self.changed.emit()

    def _on_gone(self, entry: Entry, error: Exception) -> None:
        if self._wanted is not None and self._wanted.key == entry.key:  # no other came since
            self.close()
        if not isinstance(error, Trouble):
            self.troubled.emit(error)
