"""Every screen of a window, one after another: its tabs, what floats over them, its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.ui.opening import Opening
from gigdesk.ui.session import TABS
from gigdesk.ui.tabs.inbox.answering import Answering

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.ui.window import Window

TAB_NAMES = [tab.name for tab in TABS]


def settled(desk: Desk, qtbot: QtBot) -> None:
    """Everything asked, done and fetched has landed, and what that asked for again too."""
    for _ in range(4):
        landed: list[object] = []
        desk.ask(lambda: None, then=landed.append)
        desk.do(partial(Changed, None, Topic.NONE), then=landed.append)
        desk.fetch(lambda: None, then=landed.append)
        qtbot.waitUntil(partial(_all_of, landed, 3), timeout=20_000)
        QApplication.processEvents()  # what landed is laid out


def _all_of(landed: list[object], count: int) -> bool:
    return len(landed) == count


def tabs(window: Window, desk: Desk, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Each tab with the whole window around it."""
    for at, name in enumerate(TAB_NAMES):
        window.go(at)
        settled(desk, qtbot)
        yield name, window


def floating(window: Window, desk: Desk, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """The palette and each sheet."""
    window.go(0)
    settled(desk, qtbot)
    window.seek()
    settled(desk, qtbot)
    palette = window.over._palette
    assert palette is not None
    yield "palette", palette
    window.over.uncover()
    client = window._office.clients.all()[0]
    shows: dict[str, Callable[[], object]] = {
        "notices": window.over.notices,
        "ledger": window.over.ledger,
        "keys": window.keys,
        "client": partial(window.open, Ref("client", client.id, client.name)),
    }
    for name, show in shows.items():
        show()
        settled(desk, qtbot)
        sheet = window.over._sheet
        assert sheet is not None
        yield name, sheet
        window.over.uncover()


def dialogs(window: Window, desk: Desk, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Each dialog."""
    shows = {
        "settings": window.settings,
        "profile": window.profile,
        "recovery": window.recovery,
        "manner": _composer(window, desk, qtbot).show_manner,
    }
    for name, show in shows.items():
        show()
        settled(desk, qtbot)
        dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
        yield name, dialog
        if isValid(dialog):
            dialog.close()
        settled(desk, qtbot)


def _composer(window: Window, desk: Desk, qtbot: QtBot) -> Answering:
    window.go(TAB_NAMES.index("Inbox"))
    settled(desk, qtbot)
    return window.findChildren(Answering)[0]


def everything(window: Window, desk: Desk, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """All of them."""
    yield from tabs(window, desk, qtbot)
    yield from floating(window, desk, qtbot)
    yield from dialogs(window, desk, qtbot)


def openings(qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """The small window before a desk is open, as it asks, says and waits."""
    from gigdesk.domain.errors import Locked
    from gigdesk.domain.ports import KeyQuestion
    from gigdesk.domain.words import t

    new = KeyQuestion("new passphrase", t("Choose a passphrase for your desk"))
    known = KeyQuestion("passphrase", t("The passphrase of your desk"))
    locked = Locked(t("The keyring stays locked"), t("Nothing was changed. Unlock it, try again."))
    shows: dict[str, Callable[[Opening], None]] = {
        "new passphrase": lambda opening: opening.ask(new),
        "passphrase": lambda opening: opening.ask(known),
        "locked": lambda opening: opening.trouble(locked),
        "waiting": Opening.waiting,
        "sample": lambda opening: opening.making(t("Bringing in mail"), 260, 630),
    }
    for name, show in shows.items():
        opening = Opening()
        qtbot.addWidget(opening)
        show(opening)
        qtbot.waitExposed(opening)
        yield name, opening
        opening.hide()
