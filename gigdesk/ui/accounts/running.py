"""The one long thing a form does at a time: its progress, its stop, and nothing that lands too late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.ui.kit.messages import Progress

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk

# Makes the work from the flag that stops it.
Work = Callable[[threading.Event], Any]


class Running(QObject):
    """Runs work on the pool. What lands after a stop, or once the form is gone, is dropped."""

    turned = Signal()  # it began or ended
    came = Signal(object)  # a piece
    troubled = Signal(object)  # Trouble

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stop: threading.Event | None = None
        self.progress = Progress()
        self.progress.stopped.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether it runs."""
        return self._stop is not None

    def begin(self, work: Work, words: str, then: Callable[[Any], None]) -> None:
        """Do it now instead of what ran before."""
        self.stop()
        self._stop = stop = threading.Event()
        self.progress.begin(words)
        self.turned.emit()
        self._desk.fetch(
            partial(work, stop),
            piece=partial(self._on_piece, stop),
            then=partial(self._on_landed, stop, then),
            failed=partial(self._on_failed, stop),
        )

    def stop(self) -> None:
        """End it; nothing of it lands any more."""
        if self._stop is not None:
            self._stop.set()
            self._end()

    def _on_piece(self, stop: threading.Event, piece: Any) -> None:
        if self._counts(stop):
            self.came.emit(piece)

    def _on_landed(self, stop: threading.Event, then: Callable[[Any], None], answer: Any) -> None:
        if self._counts(stop):
            self._end()
            then(answer)

    def _on_failed(self, stop: threading.Event, error: Exception) -> None:
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
        if self._counts(stop):
            self._end()
            if isinstance(error, Trouble):
                self.troubled.emit(error)

    def _counts(self, stop: threading.Event) -> bool:
        return isValid(self) and stop is self._stop

    def _end(self) -> None:
        self._stop = None
        self.progress.end()
        self.turned.emit()
