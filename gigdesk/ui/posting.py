"""Sending in the window: what is due leaves at its instant, and the line at the foot counts it down."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton

from gigdesk.domain.topics import Changed, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gigdesk.background.desk import Desk
    from gigdesk.domain.proposals import OutboxItem
    from gigdesk.services.office import Office
    from gigdesk.services.sending.service import Standing
    from gigdesk.ui.farewell import Farewell
    from gigdesk.ui.window import Window

# Looked at this often at least: a sleeping computer counts no milliseconds.
_LONGEST_MS = 30_000
# After a run that left something due (another GigDesk sends just now), and before any run.
_AGAIN_MS, _SOON_MS = 3000, 100
_TICK_MS = 500


class Posting(QObject):
    """One run of the outbox at a time, on the pool. Lives on the UI thread."""

    said = Signal(str)  # the line at the foot
    done = Signal(object)  # Changed: a mail was taken back at the foot
    troubled = Signal(object)
    wanted = Signal()  # the person wants to see the outbox
    left = Signal()  # nothing is about to leave any more: the program may end

    def __init__(self, desk: Desk, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self._running = self._stopped = False
        self._standing: Standing | None = None
        self._farewell: Farewell | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._run)
        self._there = QTimer(self)
        self._there.setInterval(_LONGEST_MS)
        self._there.timeout.connect(self._on_there)
        self._copying = False
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.tell)
        desk.changed.connect(self._on_changed)

    def start(self) -> None:
        """Send from now on; first of all what was left from the last time."""
        self._ask_standing()
        self._run()
        self._there.start()

    def stop(self) -> None:
        """Begin nothing any more; the bridge waits for what was begun."""
        self._stopped = True
        self._there.stop()
        self._due.stop()
        self._tick.stop()

    def mind(self, window: Window) -> None:
        """The line at this window's foot counts down, and takes back when pressed."""
        foot = window.findChild(QAbstractButton, "outbox-foot")
        if foot is None:
            return
        foot.clicked.disconnect()
        foot.clicked.connect(self.pressed)
        self.said.connect(foot.say)  # type: ignore[attr-defined]
        self.wanted.connect(window.over.outbox)
        self.done.connect(window.done)
        self.troubled.connect(window.trouble)

    def leave(self, window: Window) -> None:
        """The person leaves: what can still be taken back is asked about."""
        self._desk.ask(
            self._office.sending.leaving_soon,
            then=partial(self._on_leaving, window),
            failed=partial(self._on_leaving, window, ()),
        )

    def _on_leaving(
        self, window: Window, items: Sequence[OutboxItem], _error: object = None
    ) -> None:
        from gigdesk.ui.farewell import Farewell

        if not items:
            self.left.emit()
        elif self._farewell is None:
            asking = self._farewell = Farewell(self._desk, self._office, items, window)
            asking.leaving.connect(self.left)
            asking.stayed.connect(self._on_stayed)
            window.open(None)
            asking.open()

    def _on_stayed(self) -> None:
        self._farewell = None

    def pressed(self) -> None:
        """The line at the foot: takes back what can be, else shows the outbox."""
        standing = self._standing
        if standing is None or standing.leaves is None:
            self.wanted.emit()
            return
        self._desk.do(
            partial(self._office.sending.take_back, standing.item),
            then=self.done.emit,
            failed=self.troubled.emit,
        )

    def tell(self) -> None:
        """Say how it stands, the seconds left as they are now."""
        if self._standing is not None:
            self.said.emit(self._standing.line(self._office.now()))

    def _on_changed(self, topics: Topic) -> None:
        if self._stopped:
            return
        if topics & (Topic.OUTBOX | Topic.SETTINGS):
            self._ask_standing()
            self._plan()
        if topics & Topic.ACCOUNTS:
            self._due.start(_SOON_MS)

    def _ask_standing(self) -> None:
        self._desk.ask(self._office.sending.standing, then=self._on_standing)

    def _on_standing(self, standing: Standing) -> None:
        self._standing = standing
        counts = standing.leaves is not None and not self._stopped
        self._tick.start() if counts else self._tick.stop()
        self.tell()

    def _plan(self, pause: int = _SOON_MS) -> None:
        self._desk.ask(self._office.sending.next_due, then=partial(self._on_next, pause))

    def _on_next(self, pause: int, due: datetime | None) -> None:
        if self._stopped or due is None:
            self._due.stop()
            return
        left = int((due - self._office.now()).total_seconds() * 1000)
        self._due.start(max(pause, min(left, _LONGEST_MS)))

    def _run(self) -> None:
        if not self._running and not self._stopped:
            self._running = True
            self._desk.fetch(
                self._office.sending.send_due, then=self._on_run, failed=self._on_failed
            )

    def _on_run(self, changed: Changed[int] | None) -> None:
        self._running = False
        self._plan(_SOON_MS if changed is not None and changed.value else _AGAIN_MS)
        self._ask_standing()

    def _on_there(self) -> None:
        """What is being written, in Drafts on the server, where the person wants it there."""
        if not self._copying:
            self._copying = True
            self._desk.fetch(
                self._office.drafts_there.sync, then=self._on_copied, failed=self._on_copied
            )

    def _on_copied(self, _outcome: object) -> None:
        self._copying = False

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        self._due.start(_LONGEST_MS)
        self.troubled.emit(error)
