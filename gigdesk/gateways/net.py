"""The one gate: every socket that leaves the machine is opened here.

The ledger's row is written before the connection and completed after, with the bytes counted. An
audit hook is the net beneath: it sees every library's connect and name look-up, fails what nobody
announced here, and writes that down too.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from gigdesk.domain.errors import Unreachable
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from datetime import datetime

    from _typeshed import ReadableBuffer, WriteableBuffer

    from gigdesk.domain.ports import Now

T = TypeVar("T")

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30.0
_PIECE = 64 * 1024
_TELL_SECONDS = 5.0
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
        """Write how it ended; or, while it is open, how much has gone each way so far."""


class Unannounced(PermissionError):
    """Something tried to connect without passing the gate: a bug, stopped here."""


class Gate:
    """Opens connections for those who say who they are and why."""

    def __init__(self, book: Book, now: Now) -> None:
        self._book, self._now = book, now
        self._open: weakref.WeakValueDictionary[int, CountedSocket] = weakref.WeakValueDictionary()

    def going(self) -> dict[int, tuple[int, int]]:
        """The bytes of what is open in this process, out and in, by the ledger's row."""
        return {entry: (talk.sent, talk.received) for entry, talk in list(self._open.items())}

    def open(
        self, host: str, port: int, asker: str, why: str, patience: float = TIMEOUT_SECONDS
    ) -> CountedSocket:
        """A connected TCP socket whose bytes are counted, for whoever keeps it longer than a block;
        its row is completed when it is closed. Raises Unreachable when nobody answers."""
        entry = self._book.begin(self._now(), host, port, asker, why)
        try:
            with announced():
                plain = _connected(host, port, patience)
        except OSError as error:
            self._book.end(entry, "failed", 0, 0)
            raise silent(host, error) from error
        except BaseException:
            self._book.end(entry, "failed", 0, 0)
            raise
        talk = CountedSocket(plain, partial(self._book.end, entry))
        self._open[entry] = talk
        return talk

    @contextlib.contextmanager
    def connect(self, host: str, port: int, asker: str, why: str) -> Iterator[CountedSocket]:
        """The same for one block. Raises Unreachable when nobody answers, or hangs up."""
        talk = self.open(host, port, asker, why)
        try:
            yield talk
        except BaseException as error:
            talk.failed()
            if isinstance(error, OSError):
                raise (hung_up(host) if talk.sent else silent(host, error)) from error
            raise
        finally:
            talk.close()


class CountedSocket(socket.socket):
    """A connected socket that counts the bytes on the wire. It speaks TLS itself, so that the count
    holds and one object lasts from the greeting through STARTTLS to the end: libraries that want a
    socket take it as one. One thread may read while another writes."""

    def __init__(self, plain: socket.socket, ended: Callable[[str, int, int], None]) -> None:
        timeout = plain.gettimeout()
        super().__init__(plain.family, plain.type, plain.proto, plain.detach())
        self.settimeout(timeout)
        self._ended: Callable[[str, int, int], None] | None = ended
        self._state = "closed"
        self._told = time.monotonic()
        self._tls: ssl.SSLObject | None = None
        self._speaking = threading.RLock()
        self.sent = 0
        self.received = 0

    @property
    def private(self) -> bool:
        """Whether TLS stands."""
        return self._tls is not None and self._tls.version() is not None

    @property
    def waiting(self) -> bool:
        """Whether something came through TLS that nobody has read yet; a select does not see it."""
        return self._tls is not None and bool(self._tls.pending() or self._coming.pending)

    def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Make it private: from now on all goes through TLS. Raises ssl.SSLError."""
        self._coming, self._going = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._coming, self._going, server_hostname=host)
        self._spoken(self._tls.do_handshake)

    def certificate(self) -> bytes:
        """What the other end showed, in DER; empty without TLS."""
        return (self._tls.getpeercert(binary_form=True) if self._tls else None) or b""

    def failed(self) -> None:
        """The ledger will say that this one failed."""
        self._state = "failed"

    def sendall(self, data: ReadableBuffer, flags: int = 0, /) -> None:
        """Send all of it."""
        if self._tls is None:
            self._wire_send(data)
            return
        rest = memoryview(data).cast("B")
        while rest:
            rest = rest[self.send(rest, flags) :]

    def send(self, data: ReadableBuffer, _flags: int = 0, /) -> int:
        """Send some of it; how much."""
        if self._tls is not None:
            return self._spoken(partial(self._tls.write, data))
        count = super().send(data)
        self.sent += count
        return count

    def recv(self, size: int, _flags: int = 0, /) -> bytes:
        """What came, at most `size` bytes; empty at the end."""
        if self._tls is None:
            return self._wire_recv(size)
        try:
            return self._spoken(partial(self._tls.read, size))
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return b""

    def recv_into(self, buffer: WriteableBuffer, size: int = 0, flags: int = 0) -> int:
        """What came, into this buffer; how much."""
        room = memoryview(buffer).cast("B")
        data = self.recv(size or len(room), flags)
        room[: len(data)] = data
        return len(data)

    def _spoken(self, call: Callable[[], T]) -> T:
        """Do it through TLS, bringing and taking what TLS asks for."""
        while True:
            try:
                with self._speaking:
                    try:
                        return call()
                    finally:
                        if self._going.pending:
                            self._wire_send(self._going.read())
            except ssl.SSLWantReadError:
                data = self._wire_recv(_PIECE)
                with self._speaking:
                    self._coming.write(data) if data else self._coming.write_eof()

    def _wire_send(self, data: ReadableBuffer) -> None:
        super().sendall(data)
        self.sent += memoryview(data).nbytes
        self._tell()

    def _wire_recv(self, size: int) -> bytes:
        data = super().recv(size)
        self.received += len(data)
        self._tell()
        return data

    def _tell(self) -> None:
        """Write how much it is from time to time: other processes read the ledger too."""
        if time.monotonic() - self._told > _TELL_SECONDS and self._ended is not None:
            self._told = time.monotonic()
            self._ended("open", self.sent, self.received)

    def _real_close(self) -> None:
        # Called once nobody reads from it any more: what `close()` may leave to a file made of it.
        super()._real_close()  # type: ignore[misc]
        ended, self._ended = self._ended, None
        if ended is not None:
            ended(self._state, self.sent, self.received)


def silent(host: str, error: OSError) -> Unreachable:
    """The kind word for a server that cannot be reached."""
    if isinstance(error, socket.gaierror):
        return Unreachable(
            t("{host} was not found", host=host),
            t("Nothing was sent. Check its name and the network, then try again."),
        )
    return Unreachable(
        t("{host} does not answer", host=host),
        t("Nothing was sent. Check the network and try again."),
    )


def hung_up(host: str) -> Unreachable:
    """The kind word for a server that goes away in the middle."""
    return Unreachable(
        t("{host} ended the connection", host=host), t("Check the network and try again.")
    )


@contextlib.contextmanager
def announced() -> Iterator[None]:
    """What this thread connects to inside was announced to the gate."""
    before = getattr(_announced, "yes", False)
    _announced.yes = True
    try:
        yield
    finally:
        _announced.yes = before


_watching = threading.Event()
_hooked = threading.Event()  # an audit hook stays for the life of its process


def watch() -> None:
    """Put the net beneath: from now on this process connects through the gate only."""
    _watching.set()
    if not _hooked.is_set():
        _hooked.set()
        sys.addaudithook(_on_audit)


def _on_audit(event: str, args: tuple[Any, ...]) -> None:
    if event not in _WATCHED or getattr(_announced, "yes", False) or not _watching.is_set():
        return
    if _WATCHED[event] and not _leaves(args):
        return
    log.error("stopped: a connection that nobody announced")
    raise Unannounced("a connection that nobody announced to the gate")


def _leaves(args: tuple[Any, ...]) -> bool:
    """Whether a socket's call goes to another machine: not on a local one, nor to whom it is
    connected already."""
    return args[0].family in _INTERNET and args[1] is not None


def _connected(host: str, port: int, patience: float) -> socket.socket:
    return socket.create_connection((host, port), patience)
