"""One window per desk: a second start raises the first and ends."""

from __future__ import annotations

import getpass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 1500
_RAISE = b"raise\n"


class OneInstance(QObject):
    """Holds the place of this desk's window. The lock file decides, so that two starts at the same
    moment cannot both be first; the socket carries the wish to be raised."""

    wanted = Signal()  # somebody started the desk again

    def __init__(self, home: Path, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"gigdesk-{getpass.getuser()}-{name}"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(home / "window.lock"))
        # A lock whose process is gone counts for nothing, however old it is.
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Whether this is the first window of the desk. If not, the first one is asked to rise."""
        if self._lock.tryLock(0):
            self._listen()
            return True
        self._ask_to_rise()
        return False

    def close(self) -> None:
        """Give up the place."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        server.listen(self._name)
        self._server = server

    def _ask_to_rise(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.write(_RAISE)
            socket.waitForBytesWritten(_WAIT_MS)
            socket.disconnectFromServer()

    def _on_connection(self) -> None:
        assert self._server is not None
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
            self.wanted.emit()
