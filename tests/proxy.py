"""A proxy between a mail program and its server that cuts, delays, garbles and lies.

It ends TLS with the server's own certificate (so what it changes arrives as if the server had said it)
and talks plainly to the server behind. What it does to one connection is a `Fault`; without one it is a
good line. Garbling beneath TLS is done to the sealed bytes.
"""

from __future__ import annotations

import contextlib
import random
import re
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.dovecot import HOST, Dovecot, server_context
from tests.outside import connected

KINDS = (
    "refuse", "cut", "cut_asking", "cut_answer", "delay", "garble", "noise", "drop_line", "double_line",
    "exists", "literal", "longer", "no", "bye", "strangers", "empty",
)  # fmt: skip

_FETCH = re.compile(rb"^\* \d+ FETCH ", re.I)
_EXISTS = re.compile(rb"^\* \d+ EXISTS", re.I)
_LITERAL = re.compile(rb"\{(\d+)\}\r\n$")
_TAGGED_OK = re.compile(rb"^(\S+) OK\b", re.I)


@dataclass
class Fault:
    """What happens to one connection: `kind` of KINDS, at a place counted in bytes or lines."""

    kind: str
    at: int
    chance: random.Random

    @classmethod
    def some(cls, chance: random.Random) -> Fault:
        """One at random."""
        kind = chance.choice(KINDS)
        most = {"cut": 60_000, "garble": 60_000, "noise": 40_000}.get(kind, 60)
        return cls(kind, chance.randrange(1, most), random.Random(chance.random()))


class _End(Exception):
    """The connection is over."""


class Proxy:
    """Listens on loopback. `faults` gives what happens to each new connection, None for nothing."""

    def __init__(self, server: Dovecot, faults: Callable[[], Fault | None]) -> None:
        self._server, self._faults = server, faults
        self._context = server_context(server.folder)
        self._socket = socket.create_server((HOST, 0))
        self.port = int(self._socket.getsockname()[1])
        self._closed = threading.Event()
        self.happened: list[str] = []
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up everywhere."""
        self._closed.set()
        self._shut(self._socket)
        for talk in list(self._open):
            self._shut(talk)
        for thread in [self._thread, *self._threads]:
            thread.join(timeout=10)

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._guarded, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _guarded(self, client: socket.socket) -> None:
        fault = self._faults()
        with contextlib.suppress(OSError, ValueError, _End):
            self._talk(client, fault)
        self._shut(client)

    def _talk(self, plain: socket.socket, fault: Fault | None) -> None:
        if fault is not None and fault.kind == "refuse":
            self._note(fault)
            return
        if fault is not None and fault.kind == "garble":
            self._sealed(plain, fault)
            return
        client = self._context.wrap_socket(plain, server_side=True)
        server = connected(HOST, self._server.imap)
        self._open |= {client, server}
        asking = _Asking(server, fault, self._note)
        answering = _Answering(client, fault, asking, self._note)
        self._between(client, server, asking.pass_on, answering.pass_on)

    def _between(
        self,
        client: socket.socket,
        server: socket.socket,
        up: Callable[[bytes], None],
        down: Callable[[bytes], None],
    ) -> None:
        """Pass on what either says, on one thread: a TLS socket is not for two."""
        ways = {client: up, server: down}
        try:
            while not self._closed.is_set():
                pending = isinstance(client, ssl.SSLSocket) and client.pending() > 0
                ready = [client] if pending else select.select([client, server], [], [], 0.5)[0]
                for talk in ready:
                    data = talk.recv(65536)
                    if not data:
                        return
                    ways[talk](data)
        finally:
            self._open -= {client, server}
            self._shut(client)
            self._shut(server)

    def _sealed(self, client: socket.socket, fault: Fault) -> None:
        """Beneath TLS: one byte of the sealed stream is another one."""
        server = connected(HOST, self._server.imaps)
        self._open |= {client, server}
        seen = 0

        def garbled(data: bytes) -> None:
            nonlocal seen
            at = fault.at - seen
            seen += len(data)
            if 0 <= at < len(data):
                data = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
                self._note(fault)
            client.sendall(data)

        self._between(client, server, server.sendall, garbled)

    def _note(self, fault: Fault) -> None:
        self.happened.append(fault.kind)

    @staticmethod
    def _shut(talk: socket.socket) -> None:
        with contextlib.suppress(OSError):
            talk.shutdown(socket.SHUT_RDWR)
        talk.close()


class _Asking:
    """What the client says, on its way to the server."""

    def __init__(
        self, server: socket.socket, fault: Fault | None, note: Callable[[Fault], None]
    ) -> None:
        self._server, self._fault, self._note = server, fault, note
        self.lines = 0
        self.last = b""

    def pass_on(self, data: bytes) -> None:
        self.lines += data.count(b"\n")
        self.last = data
        fault = self._fault
        if fault is not None and fault.kind == "cut_asking" and self.lines >= min(fault.at, 25):
            # The command arrives, its answer never does: nobody knows whether it was done.
            self._note(fault)
            self._server.sendall(data)
            raise _End
        self._server.sendall(data)


class _Answering:
    """What the server says, line by line, literals whole, on its way to the client."""

    def __init__(
        self,
        client: socket.socket,
        fault: Fault | None,
        asking: _Asking,
        note: Callable[[Fault], None],
    ) -> None:
        self._client, self._fault, self._asking, self._note = client, fault, asking, note
        self._buffer = b""
        self._bytes = self._hits = 0
        self._done = self._swallow = False

    def pass_on(self, data: bytes) -> None:
        if self._fault is None or self._done:
            self._client.sendall(data)
            return
        self._buffer += data
        for line, literal in self._whole():
            self._send(line, literal)

    def _whole(self) -> Iterator[tuple[bytes, bytes]]:
        """Lines that came whole, each with the literal that follows it."""
        while (end := self._buffer.find(b"\n") + 1) > 0:
            line, size = self._buffer[:end], 0
            if found := _LITERAL.search(line):
                size = int(found[1])
            if len(self._buffer) < end + size:
                return
            literal = self._buffer[end : end + size]
            self._buffer = self._buffer[end + size :]
            yield line, literal

    def _send(self, line: bytes, literal: bytes) -> None:
        assert self._fault is not None
        self._bytes += len(line) + len(literal)
        lie = None if self._done else getattr(self, f"_{self._fault.kind}", None)
        told = lie(line, literal) if lie is not None else None
        if told is None:
            told = line + literal
        self._client.sendall(told)

    def _hit(self, *, every: bool = True) -> bool:
        """Whether this is the place: counted in what the fault is about."""
        assert self._fault is not None
        self._hits += 1
        if not every or self._hits < min(self._fault.at, 6):
            return False
        self._done = True
        self._note(self._fault)
        return True

    # Each gives what to say instead, or None for the line as it is.
    def _cut(self, line: bytes, literal: bytes) -> bytes | None:
        assert self._fault is not None
        if self._bytes < self._fault.at:
            return None
        self._note(self._fault)
        data = line + literal
        self._client.sendall(data[: self._fault.chance.randrange(len(data))])
        raise _End

    def _cut_answer(self, line: bytes, _literal: bytes) -> bytes | None:
        if _TAGGED_OK.match(line) and self._hit():
            raise _End
        return None

    def _delay(self, line: bytes, _literal: bytes) -> bytes | None:
        if _TAGGED_OK.match(line) and self._hit():
            threading.Event().wait(0.3)
        return None

    def _noise(self, line: bytes, literal: bytes) -> bytes | None:
        """A line the protocol does not know, or half of one."""
        assert self._fault is not None
        if self._bytes < self._fault.at:
            return None
        self._done = True
        self._note(self._fault)
        wrong = self._fault.chance.choice([
            b"* 1 FETCH (FLAGS (\\Seen UID 1\r\n", b"* \xff\xfe\r\n", b"\r\n", b"* OK [\r\n",
            b"* 1 FETCH (UID x FLAGS ())\r\n", b"+ go on\r\n", b"* LIST ((\r\n", b"* SEARCH a b\r\n",
        ])  # fmt: skip
        return wrong + line + literal

    def _drop_line(self, line: bytes, literal: bytes) -> bytes | None:
        if _FETCH.match(line) and not literal and self._hit():
            return b""
        return None

    def _double_line(self, line: bytes, literal: bytes) -> bytes | None:
        if _FETCH.match(line) and not literal and self._hit():
            return line + line
        return None

    def _exists(self, line: bytes, _literal: bytes) -> bytes | None:
        assert self._fault is not None
        if _EXISTS.match(line) and self._hit():
            wrong = b"* %d EXISTS\r\n" % self._fault.chance.choice([0, 1, 7, 100_000])
            return self._fault.chance.choice([wrong, line + wrong, line + line])
        return None

    def _literal(self, line: bytes, literal: bytes) -> bytes | None:
        """Less comes than was promised, and then the rest of the answer."""
        if len(literal) > 40 and self._hit():
            return line + literal[:-20]
        return None

    def _longer(self, line: bytes, literal: bytes) -> bytes | None:
        """A literal of another length than the mail has; the protocol itself is whole."""
        if len(literal) > 40 and _FETCH.match(line) and self._hit():
            cut = literal[: len(literal) // 2]
            return _LITERAL.sub(b"{%d}\r\n" % len(cut), line) + cut
        return None

    def _no(self, line: bytes, _literal: bytes) -> bytes | None:
        """It was done, and it says that it was not."""
        found = _TAGGED_OK.match(line)
        if found and self._hit():
            return found[1] + b" NO not now\r\n"
        return None

    def _bye(self, line: bytes, _literal: bytes) -> bytes | None:
        if _TAGGED_OK.match(line) and self._hit():
            self._client.sendall(b"* BYE going down\r\n")
            raise _End
        return None

    def _strangers(self, line: bytes, literal: bytes) -> bytes | None:
        """Mails that nobody asked for and that are not there."""
        if _FETCH.match(line) and not literal and self._hit():
            return b"* 3 FETCH (UID 99999 FLAGS (\\Seen))\r\n" + line
        return None

    def _withhold(self, line: bytes, literal: bytes) -> bytes | None:
        """One mail is listed and never given. `at` is its UID."""
        assert self._fault is not None
        if len(literal) > 40 and b"UID %d " % self._fault.at in line:
            self._note(self._fault)
            self._swallow = True
            return b""
        if self._swallow:
            self._swallow = False
            return b""
        return None

    def _poison(self, line: bytes, literal: bytes) -> bytes | None:
        """Whoever asks for one mail, `at` its UID, gets no answer but a no."""
        assert self._fault is not None
        if len(literal) > 40 and b"UID %d " % self._fault.at in line:
            self._swallow = True
        found = _TAGGED_OK.match(line)
        if found and self._swallow:
            self._swallow = False
            self._note(self._fault)
            return found[1] + b" NO this mail cannot be read\r\n"
        return None

    def _shut_folder(self, line: bytes, _literal: bytes) -> bytes | None:
        """No folder but the inbox is opened."""
        assert self._fault is not None
        found = _TAGGED_OK.match(line)
        if found and b" SELECT " in self._asking.last and b"INBOX" not in self._asking.last:
            self._note(self._fault)
            return found[1] + b" NO not for you\r\n"
        return None

    def _empty(self, line: bytes, literal: bytes) -> bytes | None:
        """From here on no mail is listed any more."""
        assert self._fault is not None
        if _FETCH.match(line) and not literal:
            self._hits += 1
            if self._hits >= min(self._fault.at, 6):
                self._note(self._fault)
                return b""
        return None
