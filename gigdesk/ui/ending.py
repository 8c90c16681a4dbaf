"""The system asks the program to end (SIGTERM, SIGHUP, Ctrl+C in its terminal): it leaves in order.

A signal only sets a byte on its way; Qt's loop finds it and quits as if the person had left.
"""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")


class Ending(QObject):
    """Hears the system's wish to end."""

    asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._told, self._tell = socket.socketpair()
        for end in (self._told, self._tell):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._told.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_told)
        signal.set_wakeup_fd(self._tell.fileno(), warn_on_full_buffer=False)
        for name in _SIGNALS:
            if hasattr(signal, name):
                # Python's own handling is enough: the byte on the socket is what counts.
                signal.signal(getattr(signal, name), _heard)

    def close(self) -> None:
        """Give the signals back to the system."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for name in _SIGNALS:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_DFL)
        self._told.close()
        self._tell.close()

    def _on_told(self) -> None:
        self._told.recv(64)
        self.asked.emit()


def _heard(_number: int, _frame: object) -> None:
    return None
