"""The window: sidebar left, one page right, and what floats over them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.ui import beside, frame
from gigdesk.ui.frame import Tab, Waiting, Waits, Worn
from gigdesk.ui.kit.layout import ground, row, stack
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.kit.rounds import step_focus, step_pane
from gigdesk.ui.menus import Menus
from gigdesk.ui.over import Over
from gigdesk.ui.sample_line import SampleLine
from gigdesk.ui.sidebar import Sidebar, TabLine
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.accounts import Account
    from gigdesk.services.office import Office
    from gigdesk.ui.settings_dialog import SettingsDialog

log = logging.getLogger(__name__)

_STATE = "window"
_UNDOS_KEPT = 20
_SETTLE_MS = 250
_WAITING = Topic.PROPOSALS | Topic.INBOX | Topic.LEADS | Topic.INVOICES | Topic.SETTINGS


class Window(QMainWindow):
    """Everything a person sees. Pages are made when they are first shown."""

    leaving = Signal()  # the person leaves
    closed = Signal()  # only the window was closed
    around = Signal()  # the person wants to look around in the sample desk
    scaled = Signal()  # the text has another size: whoever holds the window makes it anew

    def __init__(self, desk: Desk, office: Office, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.setObjectName("window")
        self._room = self.screen().availableGeometry().size() - QSize(0, tokens.XXL)
        self.setMinimumSize(QSize(*tokens.WINDOW_MIN).boundedTo(self._room))  # all may be large
        self._desk, self._office, self._tabs = desk, office, tabs
        self._pages: dict[int, Page] = {}
        self._counts: dict[int, Waits] = {}
        self._waiting = Waiting(desk, office, tabs, self._on_counts)
        self._undos: list[Callable[[], Changed[object]]] = []
        self._dialog: SettingsDialog | None = None
        self._kept: dict[str, list[Any]] = {}
        self._edges: dict[str, list[list[int]]] = {}
        self._menus = Menus(self)
        self._build()
        self._general_keys()
        desk.changed.connect(self._on_changed)
        desk.failed.connect(self.trouble)
        self._restore()
        beside_it = Topic.NOTICES | Topic.OUTBOX | Topic.PROPOSALS  # the first page comes first
        QTimer.singleShot(_SETTLE_MS, self, partial(self._on_changed, beside_it))
        self._desk.ask(partial(frame.worn, self._office), then=self._follow)

    # --- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        self._bar = Sidebar()
        self._bar.asked.connect(self._on_foot)
        self._book = QStackedWidget()
        self._whole = whole = QWidget()
        ground(whole, "window")
        self.sample = SampleLine(self._office)
        whole.setLayout(row(self._bar, stack(self.sample, self._book, gap=0), gap=0))
        self.setCentralWidget(whole)
        self.over = Over(self._desk, self._office, whole, self._bar)
        self.over.opened.connect(self.open)
        self.over.undone.connect(self.undo)
        self.over.done.connect(self.done)
        self.over.gone.connect(self._on_gone)
        self._menus.resting = lambda: self.over.covered
        self._show_lines()
        self._bar.chosen.connect(self._on_tab_chosen)
        self._bar.sought.connect(self.seek)
        self._bar.rung.connect(self.over.notices)

    def _general_keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            *((each.key, each.call) for each in self._general() if each.key),
            ("?", self.keys),
            ("F10", self._menus.toggle),
            ("F6", partial(self._next_pane, 1)),
            ("Shift+F6", partial(self._next_pane, -1)),
            *((f"Ctrl+{at + 1}", partial(self.go, at)) for at in range(len(self._tabs))),
        ]
        self._menus.always(keys)

    # --- tabs -----------------------------------------------------------------------------------
    def go(self, at: int) -> Page:
        """Show a tab; its page is made now if it was not."""
        self.over.uncover()
        self._bar.choose(at)
        return self._page(at)

    def open(self, ref: Ref | None) -> None:
        """Show a record in the tab that has its kind; without one just come to the front."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        if ref is None or self.over.shows(ref):
            return
        for at, tab in enumerate(self._tabs):
            if ref.kind in tab.kinds:
                self.go(at).open(ref)
                self._retitle()
                return

    def _page(self, at: int) -> Page:
        if at not in self._pages:
            page = self._tabs[at].make(self._desk, self._office)
            page.wanted.connect(self.open)
            page.done.connect(self.done)
            page.said.connect(self.over.say)
            page.troubled.connect(self.trouble)
            page.asked.connect(self._on_step)
            page.retitled.connect(self._retitle)
            page.counted.connect(partial(self._on_counted, at))
            self._pages[at] = page
            self._book.addWidget(page)
            for leaves in page.findChildren(QStackedWidget):
                leaves.currentChanged.connect(partial(self._on_leaf, page))
            name = self._tabs[at].name
            for split, sizes in zip(
                page.findChildren(QSplitter), self._edges.get(name, ()), strict=False
            ):
                if any(sizes):  # one that was never shown has none
                    split.setSizes(sizes)
            if known := self._kept.get(name):
                page.open(Ref(*known))
        return self._pages[at]

    def _on_tab_chosen(self, at: int) -> None:
        page = self._page(at)
        self._book.setCurrentWidget(page)
        page.setFocus()
        self._retitle()
        self._make_menus()

    def _on_leaf(self, page: Page, _at: int) -> None:
        """Qt gave the focus of what went away, such as an empty page's button, to the sidebar."""
        now = QApplication.focusWidget()
        gone = isinstance(now, QAbstractButton) and self._bar.isAncestorOf(now)
        if gone and page is self._book.currentWidget() and not self.over.covered:
            page.setFocus()

    def _on_counted(self, at: int, count: int, alarm: bool) -> None:
        self._counts[at] = count, alarm
        self._show_lines()
        self._retitle()

    def _on_counts(self, counts: dict[int, Waits]) -> None:
        self._counts = counts
        self._show_lines()

    def _show_lines(self) -> None:
        self._bar.show_lines(
            [
                TabLine(t(tab.name), tab.icon, *self._counts.get(at, (0, False)))
                for at, tab in enumerate(self._tabs)
            ]
        )

    def _retitle(self) -> None:
        at = self._bar.at
        if at < 0:
            return
        shown = self._page(at).title()
        parts = [t(self._tabs[at].name), *([shown] if shown else []), "GigDesk"]
        self.setWindowTitle(" · ".join(parts))

    # --- commands -------------------------------------------------------------------------------
    def commands(self) -> list[Command]:
        """Everything that can be done now: of the shown page, and of the window."""
        at = self._bar.at
        own = list(self._page(at).commands()) if at >= 0 else []
        going = [
            Command(
                t("Go to {tab}", tab=t(tab.name)), f"Ctrl+{to + 1}", tab.icon, partial(self.go, to)
            )
            for to, tab in enumerate(self._tabs)
        ]
        return [*own, *going, *self._general()]

    def _general(self) -> list[Command]:
        return [
            Command(t("Find or do"), "Ctrl+K", "search", self.seek),
            Command(t("Undo"), "Ctrl+Z", "undo-2", self.undo, lambda: bool(self._undos)),
            Command(t("Notices"), "Ctrl+B", "bell", self.over.notices),
            Command(t("You and your business"), "", "users", self.profile),
            Command(t("Add a mail account"), "", "mail", self.account),
            Command(t("What left this machine"), "", "shield-check", self.over.ledger),
            Command(t("Outbox"), "", "send", self.over.outbox),
            *self._bar.mail.commands(),
            Command(t("Recovery key"), "", "lock", self.recovery),
            Command(t("Keys of this screen"), "F1", "info", self.keys),
            Command(t("Settings"), "Ctrl+,", "settings", self.settings),
            *self.sample.commands(self.around.emit),
            Command(t("Leave"), "Ctrl+Q", "x", self.leave),
        ]

    def _make_menus(self) -> None:
        at = self._bar.at
        if at >= 0:
            self._menus.show(t(self._tabs[at].name), self._page(at).commands(), self._general())

    def seek(self) -> None:
        """Open the palette."""
        self.over.seek(self.commands())

    def keys(self) -> None:
        """The keys of this screen."""
        own = self._page(self._bar.at).commands()
        rest = self.commands()[len(own) :]
        self.over.keys(t(self._tabs[self._bar.at].name), own, rest)

    def _on_gone(self) -> None:
        page = self._book.currentWidget()
        if page is not None:
            page.setFocus()

    # --- what was done --------------------------------------------------------------------------
    def done(self, changed: Changed[object]) -> None:
        """A verb was done: say it and keep the way back."""
        if changed.undo is not None:
            self._undos = [*self._undos[1 - _UNDOS_KEPT :], changed.undo]
        if changed.words:
            self.over.say(changed.words, undo=changed.undo is not None)
        if changed.opens is not None:
            self.open(changed.opens)

    def undo(self) -> None:
        """Take the last thing back that was not taken back yet."""
        self.over.hush()
        if self._undos:
            self._desk.do(self._undos.pop(), then=self._on_undone, failed=self.trouble)

    def _on_undone(self, changed: Changed[object]) -> None:
        self.done(Changed(None, Topic.NONE, changed.words or t("Taken back"), opens=changed.opens))

    def trouble(self, error: Exception) -> None:
        """The world's failure kindly; a bug of ours with its details to copy."""
        self.over.trouble(error)

    # --- settings, foot, leaving ----------------------------------------------------------------
    @property
    def in_settings(self) -> bool:
        """Whether the settings are open."""
        return self._dialog is not None and self._dialog.isVisible()

    def settings(self, *, to_model: bool = False, at: str = "") -> None:
        """Open the settings beside the work, at one of them if its key is given."""
        from gigdesk.ui.settings_dialog import SettingsDialog

        if self._dialog is None:
            self._dialog = SettingsDialog(self._desk, self._office, self)
            self._dialog.changed.connect(self.done)
            self._dialog.troubled.connect(self.trouble)
            self._dialog.account_asked.connect(self.account)
        self._dialog.come_to_model() if to_model else self._dialog.open_it(at)

    def _on_step(self, step: str) -> None:
        step, _, setting = step.partition(":")  # settings:second_zone
        alone = {"profile": self.profile, "key": self.recovery, "sample": self.around.emit}
        alone |= {"settings": partial(self.settings, at=setting), "account": self.account}
        if step in alone:
            alone[step]()
            return
        kind = "event" if step == "calendar" else step
        for at, tab in enumerate(self._tabs):
            if kind in tab.kinds:
                self.go(at).begin()

    def _on_foot(self, line: str) -> None:
        self.settings(to_model=True) if line == "model" else getattr(self.over, line)()

    def profile(self) -> None:
        """Who the person is: for invoices, scores and drafts."""
        beside.profile(self._desk, self._office, self, self.done)

    def account(self, account: Account | None = None) -> None:
        """Set a mail account up, or log in again at one."""
        beside.account(self._desk, self._office, self, self.done, account)

    def recovery(self) -> None:
        """The key that opens the desk when the other one is lost."""
        beside.recovery(self._desk, self._office, self, self.done, self.trouble)

    def _on_changed(self, topics: Topic) -> None:
        if topics & Topic.NOTICES:
            self._ask_unseen()
        if topics & (Topic.NETWORK | Topic.MODEL | Topic.OUTBOX):
            self._refresh_foot()
        if topics & _WAITING:
            self._waiting.ask()
        if topics & Topic.SETTINGS:
            self._desk.ask(partial(frame.worn, self._office), then=self._on_wear)

    def _on_wear(self, now: Worn) -> None:
        app = QApplication.instance()
        self._follow(now)
        if isinstance(app, QApplication) and (now.theme, now.scale) != (look.theme, look.scale):
            larger = now.scale != look.scale
            look.wear(app, now.theme, now.scale)
            if larger:
                self.scaled.emit()

    def _follow(self, now: Worn) -> None:
        look.motion = now.motion
        if now.single_keys != self._menus.single_keys:
            self._menus.single_keys = now.single_keys
            self._make_menus()

    def _refresh_foot(self) -> None:
        self._desk.ask(partial(frame.foot, self._office), then=self._bar.show_foot)

    def _ask_unseen(self) -> None:
        self._desk.ask(self._office.notices.unseen, then=self._bar.bell.show_unseen)

    def leave(self) -> None:
        """Close everything."""
        self.leaving.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how it was, then let whoever holds the window decide."""
        self._remember()
        super().closeEvent(event)
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 the sidebar is a rail of icons."""
        super().resizeEvent(event)
        self._bar.narrow(self.width() < u(1200))

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes round the window as it is read."""
        return step_focus(self, onward=onward)

    def _next_pane(self, step: int) -> None:
        """The focus goes to the next pane: tabs, then those of the page as they are read."""
        if self.over.covered:
            return
        page, toast = self._book.currentWidget(), self.over.toast_button()
        panes = [self._bar.tabs, *(page.panes() if isinstance(page, Page) else ())]
        step_pane([*panes, *([toast] if toast is not None else [])], step)

    def state(self) -> dict[str, Any]:
        """How it is now: size, tab, what is chosen, where the edges are."""
        size = self.normalGeometry().size()
        chosen = {self._tabs[at].name: page.chosen() for at, page in self._pages.items()}
        edges = {self._tabs[at].name: frame.edges_of(page) for at, page in self._pages.items()}
        return {
            "size": [size.width(), size.height()],
            "whole": self.isMaximized(),
            "tab": self._bar.at,
            "chosen": {**self._kept, **{k: [v.kind, v.id] for k, v in chosen.items() if v}},
            "edges": {**self._edges, **edges},
        }

    def _remember(self) -> None:
        self._desk.do(partial(frame.remembered, self._office, _STATE, json.dumps(self.state())))

    def _restore(self) -> None:
        self.take(json.loads(self._office.settings.state(_STATE) or "{}"))
        self.resize(self.size().boundedTo(self._room))  # another screen than last time

    def take(self, kept: dict[str, Any]) -> None:
        """Be as another window was."""
        wide, high = kept.get("size", (1280, 800))
        self.resize(QSize(wide, high).expandedTo(self.minimumSize()))
        if kept.get("whole"):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self._kept, self._edges = kept.get("chosen", {}), kept.get("edges", {})
        at = kept.get("tab", 0)
        self.go(at if 0 <= at < len(self._tabs) else 0)
