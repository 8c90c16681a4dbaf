"""TLS through the gate: whom it trusts, where it stops, and that nothing is sent when it does."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from gigdesk.domain.accounts import Endpoint, Tls
from gigdesk.domain.errors import Distrusted, Unreachable, Unreadable
from gigdesk.gateways.net import CountedSocket, Gate
from gigdesk.gateways.tls import Upgrade, secured, shown_certificate
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.certificates import Authority, certificate_in, self_made, serving
from tests.conftest import NOW
from tests.outside import connected


class Listener:
    """A server for one guest; `heard` is what came through before and after TLS."""

    def __init__(self) -> None:
        self.port = 0
        self.heard = b""
        self.wire = 0


Talk = Callable[[socket.socket, Listener], None]


@contextmanager
def server(talk: Talk) -> Iterator[Listener]:
    """A real server on loopback that talks to one guest."""
    listener = Listener()
    with socket.create_server(("127.0.0.1", 0)) as door:
        listener.port = door.getsockname()[1]
        door.settimeout(10)

        def serve() -> None:
            guest, _ = door.accept()
            with guest:
                guest.settimeout(10)
                with suppress(ConnectionError):
                    talk(guest, listener)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener
        thread.join(10)


def shouting(file: Path) -> Talk:
    """Answers in capitals under TLS."""

    def talk(guest: socket.socket, listener: Listener) -> None:
        try:
            with serving(file).wrap_socket(guest, server_side=True) as private:
                while piece := private.recv(1000):
                    listener.heard += piece
                    private.sendall(piece.upper())
        except (ssl.SSLError, ConnectionError):
            return

    return talk


def plain(lines: dict[bytes, bytes], greeting: bytes) -> Talk:
    """Knows some commands, and no TLS."""

    def talk(guest: socket.socket, listener: Listener) -> None:
        guest.sendall(greeting)
        for line in guest.makefile("rb"):
            listener.heard += line
            known = (answer for word, answer in lines.items() if word in line)
            tag = line.split()[0]
            guest.sendall(next(known, b"BAD\r\n").replace(b"TAG", tag))

    return talk


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def book(db: DeskDb) -> LedgerStore:
    return LedgerStore(db)


@pytest.fixture
def gate(book: LedgerStore) -> Gate:
    return Gate(book, lambda: NOW)


def opened(gate: Gate, endpoint: Endpoint) -> CountedSocket:
    return secured(gate.open("127.0.0.1", endpoint.port, "test", "try"), endpoint)


def test_a_server_the_system_trusts_is_talked_to_and_every_byte_counted(
    gate: Gate, book: LedgerStore, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with server(shouting(authority.server("127.0.0.1"))) as there:
        talk = opened(gate, Endpoint("127.0.0.1", there.port))
        assert talk.private
        with talk.makefile("rwb") as file:
            file.write(b"hello\r\n" * 50_000)
            file.flush()
            for _ in range(50_000):
                assert file.readline() == b"HELLO\r\n"
        entry = book.latest(1)[0]
        assert entry.state == "open"
        talk.close()
    assert there.heard == b"hello\r\n" * 50_000
    entry = book.latest(1)[0]
    assert (entry.state, entry.sent, entry.received) == ("closed", talk.sent, talk.received)
    # The wire carries more than the words: the greeting of TLS and its frames.
    assert 350_000 < entry.sent < 380_000
    assert 350_000 < entry.received < 380_000


def test_what_the_ledger_counts_is_what_the_wire_carried(
    gate: Gate, book: LedgerStore, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    carried = [0, 0]
    with server(shouting(authority.server("127.0.0.1"))) as there:

        def between(guest: socket.socket, _listener: Listener) -> None:
            with connected("127.0.0.1", there.port) as onward:

                def back() -> None:
                    while piece := onward.recv(5000):
                        carried[1] += len(piece)
                        guest.sendall(piece)

                thread = threading.Thread(target=back)
                thread.start()
                while piece := guest.recv(5000):
                    carried[0] += len(piece)
                    onward.sendall(piece)
                onward.shutdown(socket.SHUT_WR)
                thread.join(5)

        with server(between) as proxy:
            talk = opened(gate, Endpoint("127.0.0.1", proxy.port))
            talk.sendall(b"hello")
            assert talk.recv(100) == b"HELLO"
            talk.close()
    entry = book.latest(1)[0]
    assert entry.sent == carried[0]
    assert 0 < entry.received <= carried[1]


@pytest.mark.parametrize(
    ("names", "expired", "words"),
    [
        (("127.0.0.1",), False, "Nobody known vouches for"),
        (("mail.example",), False, "of another server"),
        (("127.0.0.1",), True, "out of date"),
    ],
)
def test_a_bad_certificate_stops_with_a_clear_word_and_nothing_is_sent(
    gate: Gate, book: LedgerStore, authority: Authority, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], expired: bool, words: str,
) -> None:  # fmt: skip
    trusted = Authority(tmp_path, "Stranger") if "vouches" in words else authority
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.file))
    with (
        server(shouting(authority.server(*names, expired=expired))) as there,
        pytest.raises(Distrusted, match=words) as stopped,
    ):
        opened(gate, Endpoint("127.0.0.1", there.port))
    assert there.heard == b""
    assert "Nothing was sent" in stopped.value.advice
    assert book.latest(1)[0].state == "failed"


def test_a_certificate_the_person_trusts_is_for_that_host_alone(gate: Gate, tmp_path: Path) -> None:
    file = self_made(tmp_path, "127.0.0.1")
    with server(shouting(file)) as there:
        talk = gate.open("127.0.0.1", there.port, "test", "look")
        pinned = shown_certificate(talk, "127.0.0.1")
    assert pinned.split() == certificate_in(file).split()
    with server(shouting(file)) as there:
        talk = opened(gate, Endpoint("127.0.0.1", there.port, Tls.IMPLICIT, pinned))
        talk.sendall(b"hello")
        assert talk.recv(100) == b"HELLO"
        talk.close()
    with server(shouting(self_made(tmp_path, "127.0.0.1"))) as there, pytest.raises(Distrusted):
        opened(gate, Endpoint("127.0.0.1", there.port, Tls.IMPLICIT, pinned))
    with server(shouting(file)) as there, pytest.raises(Distrusted, match="another server"):
        secured(
            gate.open("127.0.0.1", there.port, "test", "try"),
            Endpoint("localhost", there.port, Tls.IMPLICIT, pinned),
        )


def test_a_server_signed_by_another_is_trusted_for_itself(gate: Gate, authority: Authority) -> None:
    file = authority.server("127.0.0.1")
    with server(shouting(file)) as there:
        opened(gate, Endpoint("127.0.0.1", there.port, Tls.IMPLICIT, certificate_in(file))).close()


def test_a_trusted_certificate_that_is_none_stops_before_anything_is_sent(gate: Gate) -> None:
    with server(plain({}, b"")) as there, pytest.raises(Unreadable):
        opened(gate, Endpoint("127.0.0.1", there.port, Tls.IMPLICIT, "no PEM"))
    assert there.heard == b""


def test_a_port_without_tls_is_said(gate: Gate, book: LedgerStore) -> None:
    def greets(guest: socket.socket, _listener: Listener) -> None:
        guest.sendall(b"* OK I speak plainly, and at some length, to whoever comes by\r\n")
        guest.recv(1000)

    with server(greets) as there, pytest.raises(Distrusted, match="offers no TLS"):
        opened(gate, Endpoint("127.0.0.1", there.port))
    assert book.latest(1)[0].state == "failed"


def test_a_server_that_hangs_up_in_the_greeting_is_unreachable(gate: Gate) -> None:
    with server(lambda _guest, _listener: None) as there, pytest.raises((Unreachable, Distrusted)):
        opened(gate, Endpoint("127.0.0.1", there.port))


def test_old_tls_is_refused(gate: Gate, authority: Authority) -> None:
    file = authority.server("127.0.0.1")

    def old(guest: socket.socket, listener: Listener) -> None:
        context = serving(file)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)):
            context.wrap_socket(guest, server_side=True)

    with server(old) as there, pytest.raises(Distrusted):
        opened(gate, Endpoint("127.0.0.1", there.port, Tls.IMPLICIT, authority.pem))


class _Imap(imaplib.IMAP4):
    def __init__(self, talk: CountedSocket) -> None:
        self._talk = talk
        super().__init__("127.0.0.1")

    def _create_socket(self, _timeout: float | None) -> socket.socket:
        return self._talk


def upgrade(there: Listener, authority: Authority) -> Any:
    return Upgrade(Endpoint("127.0.0.1", there.port, Tls.STARTTLS, authority.pem))


def test_imaplib_and_smtplib_upgrade_the_same_connection(
    gate: Gate, book: LedgerStore, authority: Authority
) -> None:
    file = authority.server("127.0.0.1")

    def talk(greeting: bytes, upgraded: bytes) -> Talk:
        def talking(guest: socket.socket, listener: Listener) -> None:
            guest.sendall(greeting)
            lines = guest.makefile("rb")
            for line in lines:
                tag = line.split()[0]
                if b"CAPABILITY" in line:
                    guest.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n%s OK done\r\n" % tag)
                elif b"ehlo" in line:
                    guest.sendall(b"250-there\r\n250 STARTTLS\r\n")
                else:
                    guest.sendall(upgraded.replace(b"TAG", tag))
                    break
            with serving(file).wrap_socket(guest, server_side=True) as private:
                line = private.recv(1000)
                listener.heard += line
                if line:
                    tag = line.split()[0]
                    private.sendall(b"* CAPABILITY IMAP4rev1\r\n%s OK done\r\n" % tag)

        return talking

    with server(talk(b"* OK hi\r\n", b"TAG OK go\r\n")) as there:
        imap = _Imap(gate.open("127.0.0.1", there.port, "test", "imap"))
        imap.starttls(upgrade(there, authority))
        assert b"CAPABILITY" in there.heard
        imap.shutdown()
    with server(talk(b"220 hi\r\n", b"220 go\r\n")) as there:
        smtp = smtplib.SMTP(local_hostname="[127.0.0.1]")
        smtp.sock = gate.open("127.0.0.1", there.port, "test", "smtp")
        smtp.getreply()
        smtp.starttls(context=upgrade(there, authority))
        assert smtp.sock.private
        smtp.close()
    assert [entry.state for entry in book.latest(2)] == ["closed", "closed"]
