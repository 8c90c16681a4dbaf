"""The one gate: every socket that leaves the machine is opened here.

The ledger's row is written before the connection and completed after, with the bytes counted. An
audit hook is the net beneath: it sees every library's connect and name look-up, fails what nobody
announced here, and writes that down too.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.ports import Now

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30.0
_announced = threading.local()
# What is watched, and whether it names a socket and an address.
_WATCHED = {
    "socket.connect": True,
    "socket.sendto": True,
    "socket.sendmsg": True,
    "socket.getaddrinfo": False,
    "socket.gethostbyname": False,
    "socket.gethostbyaddr": False,
    "socket.getnameinfo": False,
}
_INTERNET = {socket.AF_INET, socket.AF_INET6}


class Book(Protocol):
    """Where the gate writes."""

    def begin(self, at: datetime, host: str, port: int, asker: str, why: str) -> int:
        """Write that a connection is about to be made; its id."""

    def end(self, entry: int, state: str, sent: int, received: int) -> None:
        """Write how it ended."""


class Unannounced(PermissionError):
    """Something tried to connect without passing the gate: a bug, stopped here."""


class Gate:
    """Opens connections for those who say who they are and why."""

    def __init__(self, book: Book, now: Now) -> None:
        self._book, self._now = book, now

    @contextlib.contextmanager
    def connect(self, host: str, port: int, asker: str, why: str) -> Iterator[CountedSocket]:
        """A connected TCP socket whose bytes are counted. Raises Trouble when nobody answers."""
        entry = self._book.begin(self._now(), host, port, asker, why)
        counted: CountedSocket | None = None
        state = "failed"
        try:
            with announced():
                counted = CountedSocket(_connected(host, port))
            yield counted
            state = "closed"
        except OSError as error:
            raise Trouble(
                t("{host} does not answer", host=host),
                t("Nothing was sent. Check the network and try again."),
            ) from error
        finally:
            if counted is not None:
                counted.close()
            self._book.end(
                entry, state, counted.sent if counted else 0, counted.received if counted else 0
            )


class CountedSocket:
    """A socket that counts what goes through it."""

    def __init__(self, plain: socket.socket) -> None:
        self._plain = plain
        self.sent = 0
        self.received = 0

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._plain.sendall(data)
        self.sent += len(data)

    def recv(self, size: int) -> bytes:
        """What came, at most `size` bytes; empty at the end."""
        data = self._plain.recv(size)
        self.received += len(data)
        return data

    def close(self) -> None:
        """Hang up."""
        self._plain.close()


@contextlib.contextmanager
def announced() -> Iterator[None]:
    """What this thread connects to inside was announced to the gate."""
    before = getattr(_announced, "yes", False)
    _announced.yes = True
    try:
        yield
    finally:
        _announced.yes = before


_watched = threading.Event()


def watch() -> None:
    """Put the net beneath: from now on this process connects through the gate only."""
    if not _watched.is_set():
        _watched.set()
        sys.addaudithook(_on_audit)


def _on_audit(event: str, args: tuple[Any, ...]) -> None:
    if event not in _WATCHED or getattr(_announced, "yes", False):
        return
    if _WATCHED[event] and not _leaves(args):
        return
    log.error("stopped: a connection that nobody announced")
    raise Unannounced("a connection that nobody announced to the gate")


def _leaves(args: tuple[Any, ...]) -> bool:
    """Whether a socket's call goes to another machine: not on a local one, nor to whom it is
    connected already."""
    return args[0].family in _INTERNET and args[1] is not None


def _connected(host: str, port: int) -> socket.socket:
    return socket.create_connection((host, port), TIMEOUT_SECONDS)
