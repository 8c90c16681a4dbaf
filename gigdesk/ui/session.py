"""One run of the window: opens the desk, builds what is seen, and takes it down in order."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gigdesk.background.clock import Clock
from gigdesk.background.desk import Desk
from gigdesk.domain.places import resources
from gigdesk.ui.asking import Asking
from gigdesk.ui.instance import OneInstance
from gigdesk.ui.opening import Opening
from gigdesk.ui.theme.look import look
from gigdesk.ui.tray import Tray
from gigdesk.ui.window import Tab, Window

if TYPE_CHECKING:
    from gigdesk.domain.ports import AskKey
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office
    from gigdesk.ui.kit.page import Page
    from gigdesk.ui.tray import Desktop

log = logging.getLogger(__name__)


def _today(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.today.tab import TodayPage

    return TodayPage(desk, office)


def _inbox(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.inbox.tab import InboxPage

    return InboxPage(desk, office)


def _invoices(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.invoices.tab import InvoicesPage

    return InvoicesPage(desk, office)


# The tabs in the order of the sidebar. Their modules are loaded when they are first shown.
TABS = (
    Tab("Today", "sun-medium", frozenset({"proposal"}), _today),
    Tab("Inbox", "inbox", frozenset({"mail"}), _inbox),
    Tab("Invoices", "receipt-text", frozenset({"invoice", "payment"}), _invoices),
)


@dataclass(frozen=True)
class Way:
    """How this desk is opened and told of, handed in by app.py."""

    home: Path
    name: str
    open: Callable[[AskKey], Office]
    notifications: Callable[[Callable[[Ref | None], None]], Desktop] | None


class Session(QObject):
    """From the start of the program to its end."""

    _opened = Signal(object)
    _failed = Signal(object)

    def __init__(self, way: Way) -> None:
        self._app = QApplication(sys.argv[:1])
        super().__init__()
        self._app.setApplicationName("GigDesk")
        self._app.setDesktopFileName("gigdesk")
        self._way = way
        self._asking = Asking(self)
        self._opening: Opening | None = None
        self._instance = OneInstance(way.home, way.name, self)
        self._desk: Desk | None = None
        self._office: Office | None = None
        self._window: Window | None = None
        self._clock: Clock | None = None
        self._tray: Tray | None = None
        self._opened.connect(self._on_opened)
        self._failed.connect(self._on_failed)
        self._asking.asked.connect(self._on_asked)
        self._instance.wanted.connect(self._on_wanted)

    def run(self) -> int:
        """Until the person leaves; the exit code."""
        if not self._instance.first():
            return 0
        _log_to(self._way.home / "log")
        sys.excepthook = self._on_bug
        self._begin()
        look.start(self._app)
        icon = QIcon(str(resources() / "icons" / "gigdesk.svg"))
        self._app.setWindowIcon(icon)
        # The window decides when it is over: it may live on in the tray.
        self._app.setQuitOnLastWindowClosed(False)
        try:
            return self._app.exec()
        finally:
            self._end()

    def _begin(self) -> None:
        threading.Thread(target=self._open, name="desk-opening", daemon=True).start()

    def _open(self) -> None:
        try:
            office = self._way.open(self._asking)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person must be told
            if not self._asking.is_left:
                self._failed.emit(error)
            return
        self._opened.emit(office)

    def _on_opened(self, office: Office) -> None:
        if self._opening is not None:
            self._opening.hide()
        self._office = office
        desk = self._desk = Desk()
        office.writer.use(desk.write)
        look.wear(self._app, office.settings.get("theme"), office.settings.number("text_size"))
        window = self._window = Window(desk, office, TABS)
        window.leaving.connect(self._on_leaving)
        window.show()
        desk.watch(office.changes)
        QTimer.singleShot(0, self._settle)

    def _settle(self) -> None:
        """What need not be there for the first picture."""
        assert self._desk is not None
        assert self._office is not None
        assert self._window is not None
        tray = self._tray = Tray(self._desk, self._office, self._app.windowIcon())
        tray.opened.connect(self._window.open)
        tray.leaving.connect(self._app.quit)
        tray.start(self._way.notifications)
        clock = self._clock = Clock(self._desk, self._office.routines.tick)
        clock.start()

    def _on_failed(self, error: Exception) -> None:
        log.info("the desk was not opened: %s", type(error).__name__)
        self._shown_opening().trouble(error)

    def _on_asked(self, question: object) -> None:
        self._shown_opening().ask(question)  # type: ignore[arg-type]

    def _shown_opening(self) -> Opening:
        if self._opening is None:
            opening = self._opening = Opening()
            opening.answered.connect(self._asking.answer)
            opening.again.connect(self._begin)
            opening.left.connect(self._on_left)
        return self._opening

    def _on_left(self) -> None:
        if self._window is None:
            self._asking.leave()
            self._app.quit()

    def _on_wanted(self) -> None:
        if self._window is not None:
            self._window.open(None)
        elif self._opening is not None:
            self._opening.raise_()
            self._opening.activateWindow()

    def _on_leaving(self) -> None:
        # A window that was closed lives on only where a tray brings it back.
        if self._window is not None and not self._window.isVisible() and self._in_tray():
            return
        self._app.quit()

    def _in_tray(self) -> bool:
        return self._tray is not None and self._tray.exists

    def _on_bug(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        log.error("a bug", exc_info=(kind, error, trace))  # type: ignore[arg-type]
        if self._window is not None and isinstance(error, Exception):
            self._window.trouble(error)

    def _end(self) -> None:
        if self._clock is not None:
            self._clock.stop()
        if self._tray is not None:
            self._tray.stop()
        if self._desk is not None:
            self._desk.close()
        if self._office is not None:
            self._office.close()
        self._instance.close()


def _log_to(folder: Path) -> None:
    """The log: what happened, never anybody's text; it does not grow without end."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "gigdesk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
