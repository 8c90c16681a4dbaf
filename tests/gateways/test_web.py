"""HTTP through the gate: one question, one answer, and whatever a server does wrong in kind words."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from gigdesk.domain.errors import Distrusted, Refused, Unreachable
from gigdesk.gateways.net import Gate
from gigdesk.gateways.web import LARGEST, checked_url, post
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.certificates import Authority, serving
from tests.conftest import NOW
from tests.gateways.test_tls import Listener, Talk, server

ABOUT = ("test", "Try")


@pytest.fixture
def book(db: DeskDb) -> LedgerStore:
    return LedgerStore(db)


@pytest.fixture
def gate(book: LedgerStore) -> Gate:
    return Gate(book, lambda: NOW)


def answering(answer: bytes) -> Talk:
    """Hears a question with its form, three letters long, and says this."""

    def talk(guest: socket.socket, listener: Listener) -> None:
        while len(listener.heard.partition(b"\r\n\r\n")[2]) < 3:
            piece = guest.recv(1000)
            if not piece:
                return
            listener.heard += piece
        guest.sendall(answer)

    return talk


def test_a_form_goes_out_and_its_answer_comes_back(gate: Gate, book: LedgerStore) -> None:
    with server(answering(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}')) as there:
        answer = post(gate, f"http://127.0.0.1:{there.port}/t?x=1", "a=b", {"X-It": "me"}, ABOUT)
    assert (answer.status_code, answer.json()) == (200, {"a": 1})
    assert there.heard.startswith(b"POST /t?x=1 HTTP/1.1\r\n")
    assert b"X-It: me" in there.heard
    assert b"User-Agent: GigDesk\r\n" in there.heard
    entry = book.latest(1)[0]
    assert (entry.asker, entry.why, entry.state) == ("test", "Try", "closed")
    assert entry.sent >= len(there.heard)


def test_https_is_checked_as_every_tls(
    gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    file = authority.server("127.0.0.1")

    def private(guest: socket.socket, listener: Listener) -> None:
        try:
            with serving(file).wrap_socket(guest, server_side=True) as talk:
                answering(b"HTTP/1.1 204 None\r\n\r\n")(talk, listener)
        except OSError:
            return

    with server(private) as there, pytest.raises(Distrusted):
        post(gate, f"https://127.0.0.1:{there.port}/", "s=1", {}, ABOUT)
    assert there.heard == b""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with server(private) as there:
        assert post(gate, f"https://127.0.0.1:{there.port}/", "a=1", {}, ABOUT).status_code == 204


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-what\r\n\r\n",
        b"HTTP/1.1 what\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (LARGEST + 10),
    ],
    ids=["nothing", "another protocol", "no status", "cut", "heads", "chunks", "too much"],
)
def test_what_a_server_does_wrong_is_said(gate: Gate, answer: bytes) -> None:
    with server(answering(answer)) as there, pytest.raises(Unreachable):
        post(gate, f"http://127.0.0.1:{there.port}/", "a=b", {}, ABOUT)


def test_nobody_is_sent_elsewhere(gate: Gate, book: LedgerStore) -> None:
    moved = b"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with server(answering(moved)) as there:
        answer = post(gate, f"http://127.0.0.1:{there.port}/", "a=b", {}, ABOUT)
    assert answer.status_code == 307
    assert len(book.latest(5)) == 1


@pytest.mark.parametrize("url", ["https://a.example/x", "http://localhost:1/", "http://127.0.0.1"])
def test_private_or_at_home(url: str) -> None:
    assert checked_url(url) == url


@pytest.mark.parametrize(
    "url", ["http://a.example", "https://", "https://a:b:c", "//a.example", "http://127.0.0.1.evil.example"]
)  # fmt: skip
def test_anywhere_else_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        checked_url(url)
