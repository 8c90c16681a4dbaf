"""The window: sidebar left, one page right, and what floats over them."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from gigdesk.domain.errors import Trouble
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import panel, row, stack
from gigdesk.ui.kit.messages import Toast
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.kit.rows import Rows, TabRow, listing
from gigdesk.ui.kit.words import Button, Line, Mini
from gigdesk.ui.palette import Found, Palette
from gigdesk.ui.settings_dialog import SettingsDialog
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office

log = logging.getLogger(__name__)

_STATE = "window"
_TYPING = (QLineEdit, QTextEdit, QPlainTextEdit)


@dataclass(frozen=True)
class Tab:
    """A tab of the sidebar: which records it shows, and how its page is made."""

    name: str
    icon: str
    kinds: frozenset[str]
    make: Callable[[Desk, Office], Page]


@dataclass(frozen=True, slots=True)
class TabLine:
    """A tab as the sidebar draws it."""

    name: str
    mark: str
    count: int = 0
    alarm: bool = False

    def __str__(self) -> str:
        return t("{name}, {n} waiting", name=self.name, n=self.count) if self.count else self.name


class Window(QMainWindow):
    """Everything a person sees. Pages are made when they are first shown."""

    leaving = Signal()

    def __init__(self, desk: Desk, office: Office, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(*tokens.WINDOW_MIN)
        self._desk, self._office, self._tabs = desk, office, tabs
        self._pages: dict[int, Page] = {}
        self._counts: dict[int, tuple[int, bool]] = {}
        self._undo: Callable[[], Changed[object]] | None = None
        self._toast: Toast | None = None
        self._palette: Palette | None = None
        self._dialog: SettingsDialog | None = None
        self._actions: list[QAction] = []
        self._build()
        self._general_keys()
        desk.changed.connect(self._on_changed)
        desk.failed.connect(self.trouble)
        self._restore()
        self._refresh_foot()

    # --- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        self._lines = Rows()
        self._side = listing(self._lines, TabRow, t("Tabs"))
        self._book = QStackedWidget()
        find = Button(t("Find or do"), "Ctrl+K", "plain", "search")
        find.setSizePolicy(find.sizePolicy().Policy.Expanding, find.sizePolicy().Policy.Fixed)
        find.setMinimumWidth(32)
        find.clicked.connect(self.seek)
        self._private = Line("", tokens.CAPTION), Line("", tokens.CAPTION), Line("", tokens.CAPTION)
        marks = Mini("shield-check", "good"), Mini("cpu", "soft"), Mini("send", "soft")
        foot = stack(
            *(row(mark, line, gap=6) for mark, line in zip(marks, self._private, strict=True)),
            gap=6,
            margins=(20, 8, 12, 16),
        )
        top = panel("", row(find, margins=(12, 14, 12, 10)))
        self._bar = panel("sidebar", stack(top, self._side, foot, gap=0))
        self._whole = whole = QWidget()
        whole.setObjectName("window")
        whole.setLayout(row(self._bar, self._book, gap=0))
        self.setCentralWidget(whole)
        self._show_lines()
        self._side.selectionModel().currentChanged.connect(self._on_tab_chosen)

    def _general_keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.seek),
            ("Ctrl+Z", self.undo),
            ("Ctrl+,", self.settings),
            ("Ctrl+Q", self.leave),
            ("F6", partial(self._next_pane, 1)),
            ("Shift+F6", partial(self._next_pane, -1)),
            *((f"Ctrl+{at + 1}", partial(self.go, at)) for at in range(len(self._tabs))),
        ]
        for key, call in keys:
            QShortcut(QKeySequence(key), self).activated.connect(call)

    # --- tabs -----------------------------------------------------------------------------------
    def go(self, at: int) -> Page:
        """Show a tab; its page is made now if it was not."""
        if self._side.currentIndex().row() != at:
            self._side.setCurrentIndex(self._lines.index(at, 0))
        return self._page(at)

    def open(self, ref: Ref | None) -> None:
        """Show a record in the tab that has its kind; without one just come to the front."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        if ref is None:
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
            page.said.connect(self.say)
            page.troubled.connect(self.trouble)
            page.counted.connect(partial(self._on_counted, at))
            self._pages[at] = page
            self._book.addWidget(page)
        return self._pages[at]

    def _on_tab_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not now.isValid():
            return
        page = self._page(now.row())
        self._book.setCurrentWidget(page)
        page.setFocus()
        self._retitle()
        self._make_menus()

    def _on_counted(self, at: int, count: int, alarm: bool) -> None:
        self._counts[at] = count, alarm
        self._show_lines()
        self._retitle()

    def _show_lines(self) -> None:
        chosen = self._side.currentIndex().row()
        lines = [
            TabLine(t(tab.name), tab.icon, *self._counts.get(at, (0, False)))
            for at, tab in enumerate(self._tabs)
        ]
        blocked = self._side.selectionModel().blockSignals(True)
        self._lines.show(lines)
        if chosen >= 0:
            self._side.setCurrentIndex(self._lines.index(chosen, 0))
        self._side.selectionModel().blockSignals(blocked)

    def _retitle(self) -> None:
        at = self._side.currentIndex().row()
        if at < 0:
            return
        shown = self._page(at).title()
        parts = [t(self._tabs[at].name), *([shown] if shown else []), "GigDesk"]
        self.setWindowTitle(" · ".join(parts))

    # --- commands -------------------------------------------------------------------------------
    def commands(self) -> list[Command]:
        """Everything that can be done now: of the shown page, and of the window."""
        at = self._side.currentIndex().row()
        own = list(self._page(at).commands()) if at >= 0 else []
        going = [
            Command(
                t("Go to {tab}", tab=t(tab.name)), f"Ctrl+{to + 1}", tab.icon, partial(self.go, to)
            )
            for to, tab in enumerate(self._tabs)
        ]
        return [
            *own,
            *going,
            Command(t("Undo"), "Ctrl+Z", "undo-2", self.undo, lambda: self._undo is not None),
            Command(t("Settings"), "Ctrl+,", "settings", self.settings),
            Command(t("Leave"), "Ctrl+Q", "x", self.leave),
        ]

    def _make_menus(self) -> None:
        for action in self._actions:
            self.removeAction(action)
            action.deleteLater()
        self._actions.clear()
        bar = self.menuBar()
        bar.clear()
        at = self._side.currentIndex().row()
        menu = bar.addMenu(t(self._tabs[at].name))
        for command in self._page(at).commands():
            action = QAction(command.title, self)
            if command.key:
                action.setShortcut(QKeySequence(command.key))
            action.triggered.connect(partial(self._run, command))
            menu.addAction(action)
            self.addAction(action)
            self._actions.append(action)
        general = bar.addMenu(t("GigDesk"))
        for title, call in (
            (t("Find or do"), self.seek),
            (t("Undo"), self.undo),
            (t("Settings"), self.settings),
            (t("Leave"), self.leave),
        ):
            general.addAction(title).triggered.connect(call)
        bar.setVisible(False)

    def _run(self, command: Command) -> None:
        typing = isinstance(QApplication.focusWidget(), _TYPING)
        if (typing and len(command.key) == 1) or not command.when():
            return
        command.call()

    def seek(self) -> None:
        """Open the palette."""
        if self._palette is None:
            palette = Palette(self._whole, self.commands(), self._find)
            palette.opened.connect(self.open)
            palette.closed.connect(self._on_palette_closed)
            self._palette = palette

    def _on_palette_closed(self) -> None:
        self._palette = None
        page = self._book.currentWidget()
        if page is not None:
            page.setFocus()

    def _find(self, typed: str, landed: Callable[[Sequence[Found]], None]) -> None:
        self._desk.ask(partial(_found, self._office, typed), then=landed)

    # --- what was done --------------------------------------------------------------------------
    def done(self, changed: Changed[object]) -> None:
        """A verb was done: say it and keep the way back."""
        self._undo = changed.undo
        if changed.words:
            self.say(changed.words, undo=changed.undo is not None)

    def say(self, words: str, *, undo: bool = False) -> None:
        """A line at the foot for ten seconds, one at a time."""
        self._hush()
        toast = Toast(words, self._whole, undo=undo)
        toast.undone.connect(self.undo)
        toast.gone.connect(self._hush)
        toast.move(self._bar.width() + tokens.L, self._whole.height() - toast.height() - 48)
        toast.start()
        self._toast = toast

    def undo(self) -> None:
        """Take the last thing back."""
        undo, self._undo = self._undo, None
        self._hush()
        if undo is not None:
            self._desk.do(undo, then=self._on_undone, failed=self.trouble)

    def _on_undone(self, changed: Changed[object]) -> None:
        self.say(changed.words or t("Taken back"))

    def trouble(self, error: Exception) -> None:
        """The world's failure kindly; a bug of ours with its details to copy."""
        if isinstance(error, Trouble):
            self.say(f"{error.title}. {error.advice}".strip())
            return
        details = "".join(traceback.format_exception(error))
        QApplication.clipboard().setText(details)
        self.say(t("Something broke here. Nothing was lost; the details are in the clipboard."))

    def _hush(self) -> None:
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    # --- settings, foot, leaving ----------------------------------------------------------------
    def settings(self) -> None:
        """Open the settings beside the work."""
        if self._dialog is None:
            self._dialog = SettingsDialog(self._desk, self._office, self)
            self._dialog.changed.connect(self.done)
            self._dialog.troubled.connect(self.trouble)
        self._dialog.open_it()

    def _on_changed(self, topics: Topic) -> None:
        if topics & (Topic.NETWORK | Topic.MODEL | Topic.OUTBOX):
            self._refresh_foot()
        if topics & Topic.SETTINGS:
            self._desk.ask(partial(_wear, self._office), then=self._on_wear)

    def _on_wear(self, worn: tuple[str, float]) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and worn != (look.theme, look.scale):
            look.wear(app, *worn)

    def _refresh_foot(self) -> None:
        self._desk.ask(partial(_foot, self._office), then=self._show_foot)

    def _show_foot(self, lines: tuple[str, str, str]) -> None:
        for line, words in zip(self._private, lines, strict=True):
            line.say(words)

    def leave(self) -> None:
        """Close everything."""
        self.leaving.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how it was, then let whoever holds the window decide."""
        self._remember()
        super().closeEvent(event)
        self.leaving.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 the sidebar is a rail of icons."""
        super().resizeEvent(event)
        rail = self.width() < u(1200)
        self._bar.setFixedWidth(56 if rail else u(tokens.SIDEBAR))
        for line in self._private:
            line.setVisible(not rail)

    def _next_pane(self, step: int) -> None:
        page = self._book.currentWidget()
        if page is not None:
            page.focusNextPrevChild(step > 0)

    def _remember(self) -> None:
        size = self.size()
        state = {"size": [size.width(), size.height()], "tab": self._side.currentIndex().row()}
        self._office.settings.remember(_STATE, json.dumps(state))

    def _restore(self) -> None:
        kept = json.loads(self._office.settings.state(_STATE) or "{}")
        wide, high = kept.get("size", (1280, 800))
        self.resize(QSize(max(wide, tokens.WINDOW_MIN[0]), max(high, tokens.WINDOW_MIN[1])))
        at = kept.get("tab", 0)
        self.go(at if 0 <= at < len(self._tabs) else 0)


def _foot(office: Office) -> tuple[str, str, str]:
    state = office.model.chosen()
    model = t("Model ready on this machine") if state else t("No model: templates draft")
    return (
        office.ledger.line(),
        model,
        office.proposals.waiting_to_leave() or t("Nothing waits to leave"),
    )


def _wear(office: Office) -> tuple[str, float]:
    return office.settings.get("theme"), office.settings.number("text_size")


def _found(office: Office, typed: str) -> list[Found]:
    if len(typed) < 2:
        return []
    from gigdesk.services.finding import find

    return [Found(each.icon, each.title, each.hint, ref=each.ref) for each in find(office, typed)]
