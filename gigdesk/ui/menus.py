"""The keys and the menu bar: made of the commands of the shown page and of the window.

The bar stays out of sight until F10; a Mac shows it at the top of its screen as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.words import t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from gigdesk.ui.kit.page import Command

_TYPING = (QLineEdit, QTextEdit, QPlainTextEdit)


class Menus(QObject):
    """What can be done by key or menu in one window."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions: list[QAction] = []
        self._before: QWidget | None = None  # had the focus before the bar came
        self.single_keys = True
        self.resting: Callable[[], bool] = lambda: False  # the page's keys do nothing now

    def always(self, keys: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Keys that work on every page."""
        for key, call in keys:
            shortcut = QShortcut(QKeySequence(key), self._window)
            shortcut.activated.connect(partial(self._pressed, key, call))
            # Two keys for one thing, or a page that has the same: the page comes first.
            shortcut.activatedAmbiguously.connect(partial(self._pressed, key, call))

    def show(self, name: str, own: Sequence[Command], general: Sequence[Command]) -> None:
        """These are the page's commands and the window's from now on."""
        for action in self._actions:
            self._window.removeAction(action)
            action.deleteLater()
        self._actions.clear()
        bar = self._window.menuBar()
        shown = bar.isVisible() and not bar.isNativeMenuBar()
        bar.clear()
        page = bar.addMenu(name)
        for command in own:
            action = self._action(command, keyed=True)
            page.addAction(action)
            self._window.addAction(action)
            self._actions.append(action)
        rest = bar.addMenu(t("GigDesk"))
        for command in general:
            rest.addAction(self._action(command, keyed=False))
        for menu in (page, rest):
            menu.aboutToHide.connect(partial(QTimer.singleShot, 0, self, self._put_away))
        bar.setVisible(shown)

    def _put_away(self) -> None:
        """Its last menu was closed: the bar goes, the page has its room and its focus again."""
        bar = self._window.menuBar()
        if bar.isNativeMenuBar() or QApplication.activePopupWidget() is not None:
            return
        had_focus = self._window.focusWidget() is bar
        bar.hide()
        if had_focus and self._before is not None and isValid(self._before):
            self._before.setFocus()

    def toggle(self) -> None:
        """Show the menu bar with its first menu chosen, or put it away."""
        bar = self._window.menuBar()
        self._before = QApplication.focusWidget()
        bar.setVisible(not bar.isVisible())
        if bar.isVisible() and bar.actions():
            bar.setActiveAction(bar.actions()[0])
            bar.setFocus()

    def _action(self, command: Command, *, keyed: bool) -> QAction:
        action = QAction(command.title, self._window)
        if command.key and (self.single_keys or len(command.key) > 1):
            action.setShortcut(QKeySequence(command.key))
            if not keyed:  # only said here: `always` has the key
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(partial(self._run, command, keyed))
        return action

    def _run(self, command: Command, of_page: bool) -> None:
        if command.when() and not (of_page and self.resting()):
            self._pressed(command.key, command.call)

    def _pressed(self, key: str, call: Callable[[], object]) -> None:
        # A single letter typed into a field is a letter.
        focus = QApplication.focusWidget()
        typing = isinstance(focus, _TYPING) and not focus.isReadOnly()
        if len(key) != 1 or not typing:
            call()
