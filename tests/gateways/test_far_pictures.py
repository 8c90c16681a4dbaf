"""Far pictures: asked for privately, within limits, and never inside one's own network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from gigdesk.domain.inbox.far import LARGEST
from gigdesk.gateways.far_pictures import FarPictures, is_picture
from gigdesk.gateways.net import Gate
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.ledger import LedgerStore
from tests.certificates import Authority, serving
from tests.conftest import NOW

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40


class Host(ThreadingHTTPServer):
    """Holds pictures: what it was asked for, and what it gives for each path."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.gives: dict[str, tuple[int, bytes, str]] = {}
        self.held = threading.Event()
        self.socket = serving(certificate).wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )

    @property
    def place(self) -> str:
        return f"https://localhost:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A guest that hangs up is no failure here."""


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Host)
        self.server.asked.append((self.path, dict(self.headers)))
        status, body, location = self.server.gives.get(self.path, (404, b"", ""))
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Set-Cookie", "who=you")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body == b"never":
            self.server.held.wait(20)
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def host(certificate: Path) -> Iterator[Host]:
    server = Host(certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.held.set()
        server.shutdown()
        thread.join(5)
        server.server_close()


def on_loopback(url: str) -> bool:
    return url.startswith("https://localhost:")


@pytest.fixture
def gate(db: DeskDb) -> Gate:
    return Gate(LedgerStore(db), lambda: NOW)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with host(authority.server("localhost")) as made:
        yield made


def load(gate: Gate, server: Host, *paths: str, **more: Any) -> dict[int, bytes]:
    places = [path if "://" in path else server.place + path for path in paths]
    far = FarPictures(gate, on_loopback, **more)
    return {each.number: each.data for each in far.load(places, "You wanted to see them")}


def test_pictures_are_asked_for_over_one_connection_and_say_nothing_of_who_asks(
    gate: Gate, db: DeskDb, server: Host
) -> None:
    server.gives = {"/a?v=1": (200, PNG, ""), "/b": (200, b"GIF89a...", "")}
    assert load(gate, server, "/a?v=1", "/b") == {0: PNG, 1: b"GIF89a..."}
    assert [path for path, _ in server.asked] == ["/a?v=1", "/b"]
    for _, headers in server.asked:
        assert not {"Cookie", "Referer", "Authorization", "From"} & set(headers)
        assert "gigdesk" not in str(headers).lower()
    (entry,) = LedgerStore(db).latest(10)
    assert (entry.why, entry.host) == ("You wanted to see them", "localhost")
    assert entry.received > len(PNG)


def test_what_is_no_picture_is_left_out(gate: Gate, server: Host) -> None:
    server.gives = {
        "/svg": (200, b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        "/page": (200, b"<html>no</html>", ""),
        "/gone": (404, PNG, ""),
        "/large": (200, PNG + b"x" * LARGEST, ""),
        "/right": (200, PNG, ""),
    }
    assert load(gate, server, "/svg", "/page", "/gone", "/right") == {3: PNG}
    assert load(gate, server, "/large") == {}


def test_a_redirect_is_followed_where_it_may_be(gate: Gate, db: DeskDb, server: Host) -> None:
    server.gives = {
        "/moved": (302, b"", "/there"), "/there": (200, PNG, ""), "/round": (302, b"", "/round"),
        "/plain": (302, b"", server.place.replace("https:", "http:") + "/there"),
        "/inside": (302, b"", "https://192.168.0.1/x.png"),
        "/file": (302, b"", "file:///etc/passwd"),
    }  # fmt: skip
    assert load(gate, server, "/moved") == {0: PNG}
    asked = len(server.asked)
    assert load(gate, server, "/round", "/plain", "/inside", "/file") == {}
    assert len(server.asked) - asked == 4 + 3, "a circle ends, and nothing else is gone after"
    assert {entry.host for entry in LedgerStore(db).latest(50)} == {"localhost"}


@pytest.mark.parametrize(
    "place",
    ["http://a.example/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "https://box.local/x",
     "https://a.example:444/x", "https://me:pw@a.example/x"],
)  # fmt: skip
def test_no_other_place_is_asked(gate: Gate, db: DeskDb, place: str) -> None:
    assert list(FarPictures(gate).load([place], "why")) == []
    assert LedgerStore(db).latest(5) == []


def test_a_fair_name_that_leads_into_the_house_is_not_asked(
    gate: Gate, server: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is of the open network; where it leads is only seen when it answers."""
    import socket

    port = urlsplit(server.place).port
    monkeypatch.setattr(
        "gigdesk.gateways.net._connected",
        lambda _host, _port, patience: socket.create_connection(("127.0.0.1", port), patience),
    )
    assert list(FarPictures(gate).load(["https://pictures.example/a"], "why")) == []
    assert server.asked == []


def test_a_server_that_keeps_us_waiting_is_left(gate: Gate, server: Host) -> None:
    server.gives = {"/slow": (200, b"never", ""), "/b": (200, PNG, "")}
    assert load(gate, server, "/slow", "/b", seconds=(0.3, 5.0)) == {}
    assert [path for path, _ in server.asked] == ["/slow"], "its others are not asked for"


def test_a_picture_is_known_by_its_first_bytes() -> None:
    assert is_picture(PNG)
    assert is_picture(b"\xff\xd8\xff\xe0")
    assert is_picture(b"RIFF\x00\x00\x00\x00WEBPVP8 ")
    for other in (b"", b"<svg", b"%PDF", b"RIFF\x00\x00\x00\x00WAVE", b"BM"):
        assert not is_picture(other)
