"""HTTP through the gate: one question, one answer, no redirects, no cookies, a cap on its size."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from gigdesk.domain.accounts import Endpoint
from gigdesk.domain.errors import Refused, Unreachable
from gigdesk.domain.words import t
from gigdesk.gateways.net import Gate, hung_up
from gigdesk.gateways.tls import secured

LARGEST = 1024 * 1024
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What a server said. The names are those that HTTP libraries expect."""

    host: str
    status_code: int
    body: bytes
    location: str = ""  # where it sends the caller instead; nobody goes there by itself

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)

    def raise_for_status(self) -> None:
        """Raises Unreachable when the server could not."""
        if self.status_code >= 400:
            raise Unreachable(
                t("{host} cannot answer now", host=self.host),
                t("It says {code}. Try again later.", code=self.status_code),
            )


def checked_url(url: str) -> str:
    """The address, if it may be talked to: https, or this very machine. Raises Refused."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if host and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        return url
    raise Refused(
        t("“{url}” is no address to log in at", url=url),
        t("It has to begin with https://. Nothing was sent."),
    )


def post(
    gate: Gate,
    url: str,
    body: str,
    headers: Mapping[str, str],
    about: tuple[str, str],
    *,
    may_meet: Callable[[str], bool] = lambda _address: True,
) -> WebAnswer:
    """Send a form to a server and take its answer; `about` is who asks, and why; `may_meet` says of
    the IP address that answered whether to go on. Raises Unreachable, Refused or Distrusted."""
    parts = urlsplit(checked_url(url))
    host = parts.hostname or ""
    line = _Line(gate, host, parts.port, about, may_meet, private=parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request("POST", path, body.encode(), {"User-Agent": "GigDesk", **headers})
        answer = line.getresponse()
        content = _read(answer, LARGEST)
        if len(content) > LARGEST:
            raise Unreachable(t("{host} answers too much", host=host), t("It was not read."))
        return WebAnswer(host, answer.status, content)
    except (OSError, http.client.HTTPException) as error:
        raise hung_up(host) from error
    finally:
        line.close()


class Getting:
    """Several questions to one host over one connection, within a time for all of them."""

    def __init__(
        self, gate: Gate, url: str, about: tuple[str, str], may_meet: Callable[[str], bool]
    ) -> None:
        parts = urlsplit(checked_url(url))
        self._host = parts.hostname or ""
        self._line = _Line(
            gate, self._host, parts.port, about, may_meet, private=parts.scheme == "https"
        )

    def get(self, url: str, accept: str, most: int, seconds: float) -> WebAnswer:
        """Ask for one thing. It says nothing of who asks. Raises Unreachable, Refused or Distrusted;
        also when more comes than `most`, or later than in `seconds`."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        late = threading.Timer(seconds, self._line.cut)
        late.start()
        try:
            self._line.request("GET", path, headers={"User-Agent": "Mozilla/5.0", "Accept": accept})
            answer = self._line.getresponse()
            content = _read(answer, most)
            if len(content) > most:
                raise Unreachable(
                    t("{host} sends too much", host=self._host), t("It was not read.")
                )
            return WebAnswer(self._host, answer.status, content, answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise hung_up(self._host) from error
        finally:
            late.cancel()

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    """What came, up to a little more than `most`. One that was cut is an error: read with a size,
    the library does not say so."""
    content = answer.read(most + 1)
    if answer.length and len(content) <= most:
        raise http.client.IncompleteRead(content, answer.length)
    return content


class _Line(http.client.HTTPConnection):
    """A connection whose socket comes from the gate."""

    def __init__(
        self,
        gate: Gate,
        host: str,
        port: int | None,
        about: tuple[str, str],
        may_meet: Callable[[str], bool],
        *,
        private: bool,
    ) -> None:
        super().__init__(host, port or (443 if private else 80))
        self._gate, self._about, self._private = gate, about, private
        self._may_meet = may_meet
        self._talk: socket.socket | None = None

    def connect(self) -> None:
        talk = self._gate.open(self.host, self.port, *self._about)
        if not self._may_meet(str(talk.getpeername()[0])):
            talk.close()
            raise Refused(
                t("{host} is inside your own network", host=self.host),
                t("Nothing was sent there."),
            )
        self._talk = talk
        self.sock = secured(talk, Endpoint(self.host, self.port)) if self._private else talk

    def cut(self) -> None:
        """End it from another thread: whoever waits for an answer is told that there is none."""
        if self._talk is not None:
            with contextlib.suppress(OSError):
                self._talk.shutdown(socket.SHUT_RDWR)
