"""One run of the window: opens the desk, builds what is seen, and takes it down in order."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gigdesk.background.clock import Clock
from gigdesk.background.desk import Desk
from gigdesk.domain.places import resources
from gigdesk.ui.asking import Asking
from gigdesk.ui.ending import Ending
from gigdesk.ui.frame import Tab, decisions_wait, leads_wait, mails_wait, money_waits
from gigdesk.ui.instance import OneInstance
from gigdesk.ui.journal import log_to
from gigdesk.ui.mailing import Mailing
from gigdesk.ui.posting import Posting
from gigdesk.ui.sidebar import MailFoot
from gigdesk.ui.theme.look import look
from gigdesk.ui.tray import Tray
from gigdesk.ui.window import Window

if TYPE_CHECKING:
    from gigdesk.domain.ports import AskKey
    from gigdesk.domain.prompts import Stop
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office
    from gigdesk.services.sample.filling import Step
    from gigdesk.ui.kit.page import Page
    from gigdesk.ui.opening import Opening
    from gigdesk.ui.tray import Desktop

log = logging.getLogger(__name__)

_SLOW_MS = 2500


def _today(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.today.tab import TodayPage

    return TodayPage(desk, office)


def _inbox(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.inbox.tab import InboxPage

    return InboxPage(desk, office)


def _leads(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.leads.tab import LeadsPage

    return LeadsPage(desk, office)


def _calendar(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.calendar.tab import CalendarPage

    return CalendarPage(desk, office)


def _invoices(desk: Desk, office: Office) -> Page:
    from gigdesk.ui.tabs.invoices.tab import InvoicesPage

    return InvoicesPage(desk, office)


# The first picture comes first: tray, clock and their libraries after it.
_SETTLE_MS = 250

# The tabs in the order of the sidebar. Their modules are loaded when they are first shown.
TABS = (
    Tab("Today", "sun-medium", frozenset({"proposal"}), _today, decisions_wait),
    Tab("Inbox", "inbox", frozenset({"mail", "unsent"}), _inbox, mails_wait),
    Tab("Leads", "compass", frozenset({"lead"}), _leads, leads_wait),
    Tab("Calendar", "calendar-days", frozenset({"event"}), _calendar),
    Tab("Invoices", "receipt-text", frozenset({"invoice", "payment"}), _invoices, money_waits),
)


@dataclass(frozen=True)
class Way:
    """How a desk is opened and told of, handed in by app.py. `open` may give steps before the office
    comes as its return value; `sample` is the way to this desk's sample, `throw_away` ends one."""

    home: Path
    name: str
    open: Callable[[AskKey, Stop], Generator[Step, None, Office]]
    notifications: Callable[[Callable[[Ref | None], None]], Desktop] | None = None
    sample: Way | None = None
    throw_away: Callable[[], None] | None = None


class _Visit:
    """One attempt to open a desk: its questions, and whether it still matters."""

    def __init__(self, way: Way, parent: QObject) -> None:
        self.way, self.asking, self.stop = way, Asking(parent), threading.Event()

    def end(self) -> None:
        """Whatever it still brings is not wanted."""
        self.stop.set()
        self.asking.leave()


class Session(QObject):
    """From the start of the program to its end: the person's own desk, and visits to its sample."""

    _opened = Signal(object, object)  # the visit, its office
    _failed = Signal(object, object)  # the visit, why
    _stepped = Signal(object, object)  # the visit, how far

    def __init__(self, way: Way) -> None:
        there = QApplication.instance()
        self._app = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
        super().__init__()
        self._app.setApplicationName("GigDesk")
        self._app.setDesktopFileName("gigdesk")
        self._own = self._way = way
        self._visit = _Visit(way, self)
        self._opening: Opening | None = None
        self._instance = OneInstance(way.home, way.name, self)
        self._guest: OneInstance | None = None
        self._desk: Desk | None = None
        self._office: Office | None = None
        self._window: Window | None = None
        self._clock: Clock | None = None
        self._tray: Tray | None = None
        self._mailing: Mailing | None = None
        self._posting: Posting | None = None
        self._opened.connect(self._on_opened)
        self._failed.connect(self._on_failed)
        self._stepped.connect(self._on_stepped)
        self._instance.wanted.connect(self._on_wanted)

    def run(self) -> int:
        """Until the person leaves; the exit code."""
        if not self._instance.first():
            return 0
        log_to(self._own.home / "log")
        sys.excepthook = self._on_bug
        self.begin()
        look.start(self._app)
        icon = QIcon(str(resources() / "icons" / "gigdesk.svg"))
        self._app.setWindowIcon(icon)
        # The window decides when it is over: it may live on in the tray.
        self._app.setQuitOnLastWindowClosed(False)
        ending = Ending(self)
        ending.asked.connect(self._app.quit)
        try:
            return self._app.exec()
        finally:
            ending.close()
            self.end()

    def end(self) -> None:
        """Take everything down, in order."""
        self._visit.end()
        self._close()
        for each in (self._guest, self._instance):
            if each is not None:
                each.close()

    @property
    def window(self) -> Window | None:
        """The window, once the desk is open."""
        return self._window

    @property
    def opening(self) -> Opening | None:
        """The small window that asks and tells, once it was needed."""
        return self._opening

    # --- opening --------------------------------------------------------------------------------
    def begin(self) -> None:
        """Open the desk this session is at."""
        visit = self._visit = _Visit(self._way, self)
        visit.asking.asked.connect(self._on_asked)
        threading.Thread(target=self._open, args=(visit,), name="desk-opening", daemon=True).start()
        QTimer.singleShot(_SLOW_MS, self, partial(self._on_slow, visit))

    def _on_slow(self, visit: _Visit) -> None:
        # The keyring may be asking in a window of its own: without a word here nobody would know.
        asked = self._opening is not None and self._opening.isVisible()
        if visit is self._visit and self._window is None and not asked:
            self._shown_opening().waiting()

    def _open(self, visit: _Visit) -> None:
        try:
            opening = visit.way.open(visit.asking, visit.stop)
            while True:
                self._stepped.emit(visit, next(opening))
        except StopIteration as end:
            self._opened.emit(visit, end.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person must be told
            self._failed.emit(visit, error)

    def _on_stepped(self, visit: _Visit, step: Step) -> None:
        if visit is self._visit and not visit.stop.is_set():
            self._shown_opening().making(step.words, step.done, step.total)

    def _on_opened(self, visit: _Visit, office: Office) -> None:
        if visit is not self._visit:
            office.close()
            return
        if self._opening is not None:
            self._opening.hide()
        self._office = office
        desk = self._desk = Desk()
        office.writer.use(desk.write)
        look.wear(self._app, office.settings.get("theme"), office.settings.number("text_size"))
        self._window = self._made_window(desk, office)
        self._window.show()
        desk.watch(office.changes)
        QTimer.singleShot(_SETTLE_MS, self._settle)

    def _made_window(self, desk: Desk, office: Office) -> Window:
        window = Window(desk, office, TABS)
        window.leaving.connect(self.leave)
        window.closed.connect(self._on_closed)
        window.around.connect(self.look_around)
        window.scaled.connect(self._on_scaled)
        window.sample.back.connect(self.go_back)
        window.sample.thrown.connect(self.throw_away)
        window.sample.offer(ways=self._way is not self._own)
        return window

    def _on_scaled(self) -> None:
        """Another text size: every height and width is another one, so the window is made anew."""
        old = self._window
        if old is None or self._desk is None or self._office is None:
            return
        window = self._window = self._made_window(self._desk, self._office)
        window.take(old.state())
        window.setGeometry(old.geometry())
        window.show()
        if self._tray is not None:
            self._tray.opened.connect(window.open)
        self._mind_mail(window)
        if self._mailing is not None:
            self._mailing.tell()
        if old.in_settings:
            window.settings(at="text_size")
        old.hide()
        old.deleteLater()

    def _settle(self) -> None:
        """What need not be there for the first picture."""
        gc.enable()
        if self._desk is None or self._office is None or self._window is None:
            return
        tray = self._tray = Tray(self._desk, self._office, self._app.windowIcon())
        tray.opened.connect(self._window.open)
        tray.leaving.connect(self.leave)
        tray.start(self._way.notifications)
        self._desk.fetch(self._office.warm, then=partial(self._attend, self._desk, self._office))

    def _attend(self, desk: Desk, office: Office, _warm: None) -> None:
        """Mail and the clock, once what they need is loaded."""
        assert self._window is not None  # what lands on a closed desk is dropped
        mailing = self._mailing = Mailing(desk, office)
        mailing.troubled.connect(desk.failed)
        posting = self._posting = Posting(desk, office)
        posting.left.connect(self._app.quit)
        self._mind_mail(self._window)
        mailing.start()
        posting.start()
        self._clock = Clock(desk, office.beat)
        self._clock.start()

    def _mind_mail(self, window: Window) -> None:
        """The line at this window's foot says how mail stands, and asks for it."""
        foot = window.findChild(MailFoot)
        if self._mailing is not None and foot is not None:
            self._mailing.said.connect(foot.tell)
            foot.wanted.connect(self._mailing.now)
        if self._posting is not None:
            self._posting.mind(window)

    def _on_failed(self, visit: _Visit, error: Exception) -> None:
        if visit is not self._visit or visit.asking.is_left:
            return
        log.info("the desk was not opened: %s", type(error).__name__)
        if visit.stop.is_set():
            self.go_back()
            return
        self._shown_opening().trouble(error)

    # --- the sample desk ------------------------------------------------------------------------
    def look_around(self) -> None:
        """Leave one's own desk for its sample, which is made if there is none yet."""
        if self._own.sample is not None:
            guest = OneInstance(self._own.sample.home, self._own.sample.name, self)
            if guest.first():
                guest.wanted.connect(self._on_wanted)
                self._guest = guest
                self._go(self._own.sample)

    def go_back(self) -> None:
        """Back to one's own desk; the sample stays as it is."""
        self._go(self._own)

    def throw_away(self) -> None:
        """Back to one's own desk, and away with the sample."""
        throw = self._way.throw_away
        self._go(self._own, before=throw)

    def _go(self, way: Way, before: Callable[[], None] | None = None) -> None:
        self._visit.end()
        self._close()
        if before is not None:
            before()
        if way is self._own and self._guest is not None:
            self._guest.close()
            self._guest = None
        self._way = way
        self.begin()

    def _on_asked(self, question: object) -> None:
        self._shown_opening().ask(question)  # type: ignore[arg-type]

    def _shown_opening(self) -> Opening:
        from gigdesk.ui.opening import Opening

        if self._opening is None:
            opening = self._opening = Opening()
            opening.answered.connect(self._on_answered)
            opening.again.connect(self.begin)
            opening.left.connect(self._on_left)
            opening.around.connect(self.look_around)
            opening.stopped.connect(self._on_stopped)
        self._opening.may_look_around = self._way is self._own and self._own.sample is not None
        return self._opening

    def _on_answered(self, words: str | None) -> None:
        self._visit.asking.answer(words)

    def _on_stopped(self) -> None:
        self._visit.stop.set()

    def _on_left(self) -> None:
        if self._window is None:
            self._visit.end()
            self._app.quit()

    def _on_wanted(self) -> None:
        if self._window is not None:
            self._window.open(None)
        elif self._opening is not None:
            self._opening.raise_()
            self._opening.activateWindow()

    def _on_closed(self) -> None:
        # A window that was closed lives on only where a tray brings it back.
        if not self._in_tray():
            self.leave()

    def leave(self) -> None:
        """The person leaves; what is about to be sent is asked about first."""
        if self._posting is None or self._window is None:
            self._app.quit()
        else:
            self._posting.leave(self._window)

    def _in_tray(self) -> bool:
        return self._tray is not None and self._tray.exists

    def _on_bug(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        log.error("a bug", exc_info=(kind, error, trace))  # type: ignore[arg-type]
        if self._window is not None and isinstance(error, Exception):
            self._window.trouble(error)

    def _close(self) -> None:
        """Take down what was built on the open desk, in order."""
        for going in (self._clock, self._tray, self._mailing, self._posting):
            if going is not None:
                going.stop()
        if self._window is not None:
            self._window.hide()
        if self._desk is not None:
            self._desk.close()
        if self._office is not None:
            self._office.attachments.clear()
            self._office.close()
        for piece in (self._window, self._tray, self._mailing, self._posting, self._desk):
            if piece is not None:
                piece.deleteLater()
        self._clock = self._tray = self._window = self._desk = self._office = None
        self._mailing = self._posting = None
