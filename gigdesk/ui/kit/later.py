"""Asking when a mail shall leave: a few plain times below a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from gigdesk.domain.sending import later_times

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def ask_later(
    office: Office, below: QWidget, chosen: Callable[[datetime], object], *, inside: bool = False
) -> QMenu:
    """Offer them below this widget, or at its middle; `chosen` gets the instant."""
    menu = QMenu(below)
    for words, at in later_times(office.now(), office.zone(), office.settings.clock("morning")):
        menu.addAction(words).triggered.connect(partial(_say, chosen, at))
    corner = below.rect().center() if inside else QPoint(0, below.height())
    menu.popup(below.mapToGlobal(corner))
    menu.setActiveAction(menu.actions()[0])
    return menu


def _say(chosen: Callable[[datetime], object], at: datetime, _checked: bool = False) -> None:
    chosen(at)
