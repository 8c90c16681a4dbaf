"""HTTP through the gate: one question, one answer, no redirects, no cookies, a cap on its size."""

from __future__ import annotations

import http.client
import json
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
        content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise Unreachable(t("{host} answers too much", host=host), t("It was not read."))
        return WebAnswer(host, answer.status, content)
    except (OSError, http.client.HTTPException) as error:
        raise hung_up(host) from error
    finally:
        line.close()


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

    def connect(self) -> None:
        talk = self._gate.open(self.host, self.port, *self._about)
        if not self._may_meet(str(talk.getpeername()[0])):
            talk.close()
            raise Refused(
                t("{host} is inside your own network", host=self.host),
                t("Nothing was sent there."),
            )
        self.sock = secured(talk, Endpoint(self.host, self.port)) if self._private else talk
