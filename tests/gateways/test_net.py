"""The gate: the ledger first, then the connection; what nobody announced is stopped."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gigdesk.domain.errors import Full, Trouble
from gigdesk.gateways.net import Gate
from gigdesk.services.ledger import LedgerService
from gigdesk.services.office import Office
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.conftest import NOW


@contextmanager
def echo() -> Iterator[int]:
    """A real server on loopback that answers with what it was sent, doubled."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            talk, _ = server.accept()
            with talk:
                talk.sendall(talk.recv(100) * 2)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def test_a_connection_stands_in_the_ledger_with_its_bytes(db: DeskDb) -> None:
    book = LedgerStore(db)
    with echo() as port, Gate(book, lambda: NOW).connect("127.0.0.1", port, "test", "try") as talk:
        assert [entry.state for entry in book.latest(10)] == ["open"]
        talk.sendall(b"hello")
        assert talk.recv(100) == b"hellohello"
    entry = book.latest(10)[0]
    assert (entry.host, entry.port, entry.asker, entry.why) == ("127.0.0.1", port, "test", "try")
    assert (entry.state, entry.sent, entry.received) == ("closed", 5, 10)
    assert book.count_since(NOW) == 1


def test_what_is_open_tells_its_bytes_of_this_moment(office: Office, db: DeskDb) -> None:
    book = LedgerStore(db)
    gate = Gate(book, lambda: NOW)
    ledger = LedgerService(book, office.settings, lambda: NOW, gate.going)
    with echo() as port, gate.connect("127.0.0.1", port, "test", "try") as talk:
        talk.sendall(b"hello")
        assert [(each.state, each.sent) for each in ledger.latest()] == [("open", 5)]
        assert [(each.state, each.sent) for each in book.latest(1)] == [("open", 0)]
        talk._told -= 10  # it has been open for a while: other processes are told too
        talk.recv(100)
        assert [(each.state, each.received) for each in book.latest(1)] == [("open", 10)]
    assert [(each.state, each.received) for each in ledger.latest()] == [("closed", 10)]


def test_a_failed_connection_stands_there_too(db: DeskDb) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    book = LedgerStore(db)
    with pytest.raises(Trouble), Gate(book, lambda: NOW).connect("127.0.0.1", port, "t", "w"):
        pass
    assert book.latest(10)[0].state == "failed"


class FullBook:
    """A ledger that has no room."""

    def begin(self, *_about: object) -> int:
        raise Full("The disk is full")

    def end(self, *_how: object) -> None:
        raise AssertionError("nothing was begun")


def test_what_cannot_be_written_down_is_not_connected() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.settimeout(0.2)
        with (
            pytest.raises(Full),
            Gate(FullBook(), lambda: NOW).connect("127.0.0.1", port, "t", "w"),
        ):
            pass
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_connection_that_breaks_in_the_middle_keeps_its_bytes(db: DeskDb) -> None:
    book = LedgerStore(db)

    def broken(port: int) -> None:
        with Gate(book, lambda: NOW).connect("127.0.0.1", port, "test", "try") as talk:
            talk.sendall(b"hello")
            raise ConnectionResetError

    with echo() as port, pytest.raises(Trouble):
        broken(port)
    entry = book.latest(10)[0]
    assert (entry.state, entry.sent) == ("failed", 5)


UNANNOUNCED = """
import socket, urllib.request
from gigdesk.gateways import net
net.watch()
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", {port}), 2),
    lambda: urllib.request.urlopen("http://127.0.0.1:{port}/", timeout=2),
    lambda: socket.getaddrinfo("example.com", 80),
    lambda: socket.gethostbyname("example.com"),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", {port})),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg(
        [b"x"], [], 0, ("127.0.0.1", {port})
    ),
):
    try:
        attempt()
    except net.Unannounced:
        print("stopped")
    except Exception as error:
        print("stopped" if isinstance(error.__cause__ or error.args[0], net.Unannounced) else error)
with net.announced():
    socket.create_connection(("127.0.0.1", {port}), 2).close()
print("through")
"""


def test_what_nobody_announced_is_stopped() -> None:
    # An audit hook cannot be taken out again, so it is tried in a process of its own.
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = UNANNOUNCED.format(port=server.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
        )
    assert done.stdout.split() == ["stopped"] * 6 + ["through"]
