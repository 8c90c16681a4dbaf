"""Leaving lists by one click: one POST over TLS, nothing else, and never into one's own network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from gigdesk.domain.errors import Distrusted, Refused
from gigdesk.gateways.list_servers import ListServers
from gigdesk.gateways.net import Gate
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.certificates import Authority, serving
from tests.conftest import NOW


class Program(HTTPServer):
    """A list's program: what it was asked, and what it answers."""

    def __init__(self, certificate: Path, status: int) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[tuple[str, str, str, dict[str, str]]] = []
        self.status = status
        self.socket = serving(certificate).wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A guest that hangs up is no failure here."""


class _Asked(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._keep("GET")

    def do_POST(self) -> None:
        self._keep("POST")

    def _keep(self, verb: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        assert isinstance(self.server, Program)
        self.server.asked.append((verb, self.path, body, dict(self.headers)))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def program(certificate: Path, status: int = 200) -> Iterator[tuple[Program, str]]:
    server = Program(certificate, status)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server, f"https://localhost:{server.server_address[1]}/u?who=17"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def on_loopback(url: str) -> bool:
    return urlsplit(url).hostname == "localhost"


@pytest.fixture
def gate(db: DeskDb) -> Gate:
    return Gate(LedgerStore(db), lambda: NOW)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for localhost of an authority the system trusts."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority.server("localhost")


def test_one_post_with_the_words_of_the_rule(gate: Gate, db: DeskDb, trusted: Path) -> None:
    with program(trusted) as (server, url):
        assert ListServers(gate, on_loopback).leave(url, "You asked to stop")
    ((verb, path, body, headers),) = server.asked
    assert (verb, path, body) == ("POST", "/u?who=17", "List-Unsubscribe=One-Click")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Cookie" not in headers
    assert "Referer" not in headers
    (entry,) = LedgerStore(db).latest(10)
    assert entry.why == "You asked to stop"
    assert entry.sent > 0


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_redirect_is_not_followed_and_a_no_is_a_no(
    gate: Gate, trusted: Path, status: int
) -> None:
    with program(trusted, status) as (server, url):
        try:
            assert not ListServers(gate, on_loopback).leave(url, "why")
        finally:
            assert len(server.asked) == 1


def test_a_name_that_leads_into_ones_own_network_is_not_asked(gate: Gate, trusted: Path) -> None:
    """`may_be_asked` saw a fair name; where it leads is seen when it answers."""
    with program(trusted) as (server, url):
        servers = ListServers(gate, on_loopback)
        servers._may_meet = lambda address: not address.startswith("127.")  # type: ignore[method-assign]
        with pytest.raises(Refused):
            servers.leave(url, "why")
    assert server.asked == []


def test_addresses_of_ones_own_network_are_refused_before(gate: Gate, db: DeskDb) -> None:
    for url in (
        "https://localhost/u", "https://127.0.0.1/u", "https://192.168.1.1/u", "https://[::1]/u",
        "http://lists.example/u", "https://user:word@lists.example/u", "https://printer/u",
        "https://router.local/u", "https://lists.example:8443/u",
    ):  # fmt: skip
        with pytest.raises(Refused):
            ListServers(gate).leave(url, "why")
    assert LedgerStore(db).latest(10) == []


def test_a_strange_certificate_stops_it(gate: Gate, tmp_path: Path) -> None:
    strange = Authority(tmp_path).server("localhost")
    with program(strange) as (server, url), pytest.raises(Distrusted):
        ListServers(gate, on_loopback).leave(url, "why")
    assert server.asked == []
