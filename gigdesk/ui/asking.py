"""Questions about keys, asked in a window while another thread waits for the answer."""

from __future__ import annotations

import queue

from PySide6.QtCore import QObject, Signal

from gigdesk.domain.ports import KeyQuestion


class Asking(QObject):
    """An `AskKey` for the thread that opens the desk: the question lands on the UI thread, and the
    answer goes back when the person gave it or left."""

    asked = Signal(object)  # KeyQuestion

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._left = False

    def __call__(self, question: KeyQuestion) -> str | None:
        if self._left:
            return None
        self.asked.emit(question)
        return self._answers.get()

    @property
    def is_left(self) -> bool:
        """Whether the person left."""
        return self._left

    def answer(self, words: str | None) -> None:
        """The person's answer, None when they gave none."""
        self._answers.put(words)

    def leave(self) -> None:
        """The person left: every question from now on has no answer."""
        self._left = True
        self._answers.put(None)
