"""The login in the browser: OAuth 2 for apps on one's own machine (RFC 8252), with PKCE and a state.

The provider's page opens in the person's browser, which comes back to a listener on this machine
alone. What is exchanged then goes through the gate.
"""

from __future__ import annotations

import contextlib
import html
import queue
import socketserver
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from gigdesk.domain.accounts import Grant, OAuthClient
from gigdesk.domain.errors import Refused, SignInRefused, Trouble, Unreachable
from gigdesk.domain.words import t
from gigdesk.gateways.web import WebAnswer, checked_url, post

if TYPE_CHECKING:
    from gigdesk.domain.prompts import Stop
    from gigdesk.gateways.net import Gate

ASKER = "mail"
PATIENCE_SECONDS = 600.0
_LOOK_SECONDS = 0.1


class OAuthServers:
    """Providers whose login happens in the browser."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def renewed(self, grant: Grant, now: datetime) -> Grant:
        """A token for now; the provider may give a new one to renew with, which is kept then."""
        if not grant.refresh:
            raise _anew()
        with _client(self._gate, grant.client, t("Renew the login")) as client, _kindly(grant):
            token = client.refresh_token(grant.client.token_url, refresh_token=grant.refresh)
            return _granted(grant.client, token, grant.refresh, now)

    @contextlib.contextmanager
    def asking(self, client: OAuthClient, login: str) -> Iterator[_Asked]:
        """Be ready for the browser to come back; gives the page to open, and waits for it."""
        checked_url(client.authorize_url)
        checked_url(client.token_url)
        with _Door() as door:
            thread = threading.Thread(
                target=door.serve_forever, args=(_LOOK_SECONDS,), name="login", daemon=True
            )
            thread.start()
            try:
                yield _Asked(self._gate, client, login, door)
            finally:
                door.shutdown()
                thread.join(5)


class _Asked:
    """One login under way."""

    def __init__(self, gate: Gate, client: OAuthClient, login: str, door: _Door) -> None:
        from authlib.common.security import generate_token

        self._gate, self._client, self._door = gate, client, door
        self._verifier = generate_token(64)
        with _client(gate, client, "") as asking:
            asking.redirect_uri = door.address
            self._page, self._state = asking.create_authorization_url(
                client.authorize_url, code_verifier=self._verifier, login_hint=login
            )
        door.state = self._state

    @property
    def page(self) -> str:
        """The provider's page with its question."""
        return str(self._page)

    def wait(self, now: datetime, stop: Stop) -> Grant:
        """The answer, once the person has given it."""
        came = self._came(stop)
        if "code" not in came:
            raise SignInRefused(
                t("The provider did not let you in"),
                t("It says: {why}. Nothing was changed.", why=came.get("error", "?")[:200]),
            )
        why = t("Log in")
        with _client(self._gate, self._client, why) as client, _kindly(self._client):
            token = client.fetch_token(
                self._client.token_url,
                grant_type="authorization_code",
                code=came["code"],
                redirect_uri=self._door.address,
                code_verifier=self._verifier,
            )
            return _granted(self._client, token, "", now)

    def _came(self, stop: Stop) -> dict[str, str]:
        until = time.monotonic() + PATIENCE_SECONDS
        while not stop.is_set() and time.monotonic() < until:
            with contextlib.suppress(queue.Empty):
                return self._door.came.get(timeout=_LOOK_SECONDS)
        raise Trouble(
            t("The login in the browser was not finished"), t("Nothing was changed. Try again.")
        )


class _Door(socketserver.ThreadingTCPServer):
    """Listens on this machine alone, at a port of its own, for the browser to come back."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Guest)
        self.came: queue.Queue[dict[str, str]] = queue.Queue()
        self.state = ""

    @property
    def host(self) -> str:
        """What the browser calls it."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """Where the provider sends the browser back to."""
        return f"http://{self.host}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no news."""


class _Guest(BaseHTTPRequestHandler):
    """One question of the browser. Only the one that knows the state counts."""

    timeout = 5.0
    server: _Door
    server_version = "GigDesk"
    sys_version = ""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()}
        mine = parts.path == "/" and self.headers.get("Host") == self.server.host
        if not mine or said.get("state") != self.server.state or not self.server.state:
            self._answer(404, t("Nothing is here."))
            return
        self.server.state = ""  # it counts once
        if "code" in said:
            self._answer(200, t("You are logged in. Close this page and go back to GigDesk."))
        else:
            self._answer(200, t("You are not logged in. Close this page and go back to GigDesk."))
        self.server.came.put(said)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing of it is anybody's business."""

    def _answer(self, status: int, words: str) -> None:
        page = f"<!doctype html><meta charset=utf-8><title>GigDesk</title><p>{html.escape(words)}"
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(page.encode())


class _Session:
    """What authlib posts through: the gate."""

    def __init__(self, gate: Gate, why: str) -> None:
        self._gate, self._why = gate, why

    def post(self, url: str, data: dict[str, str], headers: dict[str, str], auth: Any) -> WebAnswer:
        """Send a form, with what says who the client is."""
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        return post(self._gate, url, body, headers, (ASKER, self._why))


@contextlib.contextmanager
def _client(gate: Gate, client: OAuthClient, why: str) -> Iterator[Any]:
    from authlib.oauth2.client import OAuth2Client

    yield OAuth2Client(
        _Session(gate, why),
        client_id=client.client_id,
        client_secret=client.client_secret or None,
        scope=None if why else client.scope or None,
        code_challenge_method="S256",
    )


@contextlib.contextmanager
def _kindly(about: Grant | OAuthClient) -> Iterator[None]:
    from authlib.oauth2 import OAuth2Error

    client = about.client if isinstance(about, Grant) else about
    host = urlsplit(checked_url(client.token_url)).hostname or ""
    try:
        yield
    except OAuth2Error as error:
        raise _said(host, error.error or "?") from error
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise Unreachable(
            t("{host} answers with something strange", host=host), t("Try again later.")
        ) from error


def _said(host: str, error: str) -> Trouble:
    if error == "invalid_grant":
        return _anew()
    if error in {"temporarily_unavailable", "server_error", "slow_down"}:
        return Unreachable(t("{host} cannot answer now", host=host), t("Try again later."))
    return SignInRefused(
        t("{host} does not accept this app's login", host=host),
        t("It says: {why}. Check the client id and its secret.", why=error[:200]),
    )


def _anew() -> SignInRefused:
    return SignInRefused(
        t("The login has ended"), t("Your mails are kept. Log in again: Settings, Mail.")
    )


def _granted(client: OAuthClient, token: Any, refresh: str, now: datetime) -> Grant:
    access = token.get("access_token")
    if not isinstance(access, str) or not access or not access.isprintable():
        raise Refused(t("The provider gave no token"), t("Nothing was changed. Try again."))
    lasts = token.get("expires_in")
    until = now + timedelta(seconds=int(lasts)) if lasts else None
    return Grant(client, token.get("refresh_token") or refresh, access, until)
