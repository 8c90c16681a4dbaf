"""The tray icon and the desktop's notifications.

A tray is used only where one exists: the window never hides to a tray that is not there. On Linux
notifications go to the desktop's service by D-Bus, elsewhere through the tray; every one of them
also stands in the notification centre.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.notices import Notice
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office


class Desktop(Protocol):
    """The desktop's notification service, on a thread of its own."""

    def show(self, title: str, words: str, record: Ref | None = None) -> None:
        """Show one."""

    def run(self) -> None:
        """Serve until stopped."""

    def stop(self) -> None:
        """End `run`."""


class Tray(QObject):
    """What of GigDesk is seen outside its window."""

    opened = Signal(object)  # Ref of the clicked notification, or None: just the window
    leaving = Signal()  # Quit was chosen
    _clicked = Signal(object)

    def __init__(self, desk: Desk, office: Office, icon: QIcon) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._icon = QSystemTrayIcon(icon, self)
        self._menu = QMenu()
        self._latest: Ref | None = None
        self._service: Desktop | None = None
        self._build_menu()
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_message_clicked)
        self._clicked.connect(self.opened)
        desk.changed.connect(self._on_changed)

    @property
    def exists(self) -> bool:
        """Whether this desktop has a tray at all."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def start(self, service: Callable[[Callable[[Ref | None], None]], Desktop] | None) -> None:
        """Show the icon where there is a place for it, and begin to tell."""
        if self.exists:
            self._icon.show()
        if service is not None:
            self._service = service(self._clicked.emit)
            self._desk.keep(self._service.run, stop=self._service.stop)
        QTimer.singleShot(0, self._refresh)

    def stop(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def _build_menu(self) -> None:
        self._count = QAction(self._menu)
        self._count.triggered.connect(self._on_open)
        opening = QAction(t("Open GigDesk"), self._menu)
        opening.triggered.connect(self._on_open)
        leaving = QAction(t("Quit"), self._menu)
        leaving.triggered.connect(self.leaving)
        self._menu.addActions([self._count, opening])
        self._menu.addSeparator()
        self._menu.addAction(leaving)
        self._icon.setContextMenu(self._menu)

    def _on_changed(self, topics: Topic) -> None:
        if topics & (Topic.NOTICES | Topic.PROPOSALS):
            self._refresh()

    def _refresh(self) -> None:
        self._desk.ask(lambda: len(self._office.proposals.waiting()), then=self._show_count)
        self._desk.do(self._office.notices.to_show, then=self._tell)

    def _show_count(self, count: int) -> None:
        words = n("{n} to approve", "{n} to approve", count) if count else t("Nothing to approve")
        self._count.setText(words)
        self._icon.setToolTip(f"GigDesk · {words}")

    def _tell(self, changed: Changed[tuple[Notice, ...]]) -> None:
        for notice in changed.value:
            if self._service is not None:
                self._service.show(notice.title, notice.words, notice.record)
            elif self.exists and sys.platform != "linux":
                self._latest = notice.record
                self._icon.showMessage(notice.title, notice.words, self._icon.icon())

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.opened.emit(None)

    def _on_message_clicked(self) -> None:
        self.opened.emit(self._latest)

    def _on_open(self) -> None:
        self.opened.emit(None)
