"""The menu of places whose clocks stand beside one's own."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from gigdesk.domain.calendar.places import city_of
from gigdesk.domain.words import t
from gigdesk.ui.tabs.calendar.entries import Shelf

MOST = 2
_OFFERED = 12


class PlacesMenu(QMenu):
    """Up to two zones, from those shown now and those the clients live in."""

    picked = Signal(object)  # list[str]: the zones to show
    more = Signal()  # another zone: the settings have all

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(t("Zones beside yours"))

    def fill(self, shelf: Shelf) -> None:
        """Offer what fits these days."""
        self.clear()
        shown = [zone.key for zone in shelf.zones.beside]
        offered = [*shown, *(name for name, _ in Counter(shelf.client_zones).most_common())]
        for name in list(dict.fromkeys(offered))[:_OFFERED]:
            if name == shelf.zones.own.key:
                continue
            act = self.addAction(f"{city_of(name)}  {_offset(shelf, name)}")
            act.setCheckable(True)
            act.setChecked(name in shown)
            act.triggered.connect(partial(self._on_picked, name, shown, shelf.zones.own.key))
        self.addSeparator()
        self.addAction(t("Another place")).triggered.connect(self.more)

    def offer(self, shelf: Shelf, place: QPoint) -> None:
        """Show it there."""
        self.fill(shelf)
        self.popup(place)

    def _on_picked(self, name: str, shown: list[str], own: str) -> None:
        left = [each for each in shown if each != name]
        wanted = left if name in shown else [*left, name][-MOST:]
        self.picked.emit(wanted or [own])  # one's own alone: none beside it


def _offset(shelf: Shelf, name: str) -> str:
    from zoneinfo import ZoneInfo

    return f"{shelf.now.astimezone(ZoneInfo(name)):%H:%M}"
