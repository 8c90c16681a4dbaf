"""The processes of the sending campaign, and a wire between them and the server that can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

# What sending loads late, loaded before the fork.
from gigdesk.gateways import smtp  # noqa: F401
from tests.outside import connected
from tests.soak.issuing import opened

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def send_on(home: Path, moment: datetime, say: Connection) -> None:
    """Send what is due at this moment, as a desk that was just opened does."""
    office = opened(home)
    office.watch.stand(moment)
    say.send("ready")
    office.sending.send_due()
    office.close()
    say.send("done")
    say.close()


class Wire:
    """A relay to a server. `cut` says after how many bytes it breaks, or lies, and on which way;
    once."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._cut: tuple[bool, int, bool] | None = None
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self, *, answers: bool, after: int, garble: bool = False) -> None:
        """Break the next connection after so many bytes of what is said, or of what is answered; or
        turn that byte around."""
        self._cut = answers, after, garble

    def heal(self) -> None:
        """Break nothing any more."""
        self._cut = None

    def close(self) -> None:
        """Nobody gets in any more."""
        self._door.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _ = self._door.accept()
                threading.Thread(target=self._relay, args=(guest,), daemon=True).start()

    def _relay(self, guest: socket.socket) -> None:
        cut, self._cut = self._cut, None
        with contextlib.suppress(OSError):
            server = connected("127.0.0.1", self._to)
            limits = [cut[1:] if cut and cut[0] is answers else None for answers in (False, True)]
            ways = ((guest, server, limits[0]), (server, guest, limits[1]))
            for way in ways:
                threading.Thread(target=_pass, args=way, daemon=True).start()


def _pass(one: socket.socket, other: socket.socket, limit: tuple[int, bool] | None) -> None:
    left, garble = limit if limit is not None else (None, False)
    with contextlib.suppress(OSError):
        while data := one.recv(4096):
            if left is not None and left < len(data) and garble:
                data, left = data[:left] + bytes([data[left] ^ 0x55]) + data[left + 1 :], None
            elif left is not None:
                data, left = data[:left], left - len(data)
            other.sendall(data)
            if left is not None and left <= 0 and not garble:
                break
    for each in (one, other):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


@contextlib.contextmanager
def wired(port: int) -> Iterator[Wire]:
    """A wire to this server."""
    wire = Wire(port)
    try:
        yield wire
    finally:
        wire.close()
