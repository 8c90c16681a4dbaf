"""A small identity provider of our own, on loopback: consent, codes with PKCE, tokens that rotate,
introspection for a mail server."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from gigdesk.domain.accounts import OAuthClient

Form = dict[str, str]


class Wrong(Exception):
    """A question the provider answers with an error of OAuth's."""


@dataclass
class _Code:
    redirect: str
    challenge: str
    user: str


@dataclass
class IdentityProvider:
    """What it knows, and how it behaves. `asked` is every path with its form, in order."""

    user: str = "anna"
    client_id: str = "gigdesk-test"
    client_secret: str = ""
    lasts: int | str = 3600
    rotates: bool = True
    consents: bool = True
    down: bool = False
    port: int = 0
    asked: list[tuple[str, Form]] = field(default_factory=list)
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)
    refreshes: dict[str, str] = field(default_factory=dict)
    codes: dict[str, _Code] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it lives."""
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> OAuthClient:
        """How the person is registered here."""
        return OAuthClient(
            self.client_id, f"{self.url}/token", f"{self.url}/authorize", "mail", self.client_secret
        )

    def give(self, user: str | None = None) -> tuple[str, str]:
        """An access token and a refresh token, as after a login."""
        token, refresh = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        seconds = self.lasts if isinstance(self.lasts, int) else 3600
        self.tokens[token] = (user or self.user, time.time() + seconds)
        self.refreshes[refresh] = user or self.user
        return token, refresh

    def revoke(self) -> None:
        """The person took the permission back at the provider."""
        self.tokens.clear()
        self.refreshes.clear()

    def authorize(self, form: Form) -> str:
        """Where the browser is sent: back, with a code or a no."""
        assert form["response_type"] == "code"
        assert form["code_challenge_method"] == "S256"
        if form["client_id"] != self.client_id:
            raise Wrong("unauthorized_client")
        back = {"state": form["state"]}
        if self.consents:
            back["code"] = secrets.token_urlsafe(12)
            self.codes[back["code"]] = _Code(
                form["redirect_uri"], form["code_challenge"], self.user
            )
        else:
            back["error"] = "access_denied"
        return f"{form['redirect_uri']}?{urlencode(back)}"

    def token(self, form: Form, basic: str) -> dict[str, Any]:
        """A token for a code or a refresh token."""
        self._check_client(form, basic)
        if form["grant_type"] == "authorization_code":
            code = self.codes.pop(form["code"], None)
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if not code or code.redirect != form["redirect_uri"] or code.challenge != challenge:
                raise Wrong("invalid_grant")
            user = code.user
        else:
            known = self.refreshes.get(form["refresh_token"])
            if known is None:
                raise Wrong("invalid_grant")
            user = known
            if self.rotates:
                del self.refreshes[form["refresh_token"]]
        access, refresh = self.give(user)
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": self.lasts}
        if self.rotates or form["grant_type"] == "authorization_code":
            answer["refresh_token"] = refresh
        return answer

    def introspect(self, form: Form) -> dict[str, Any]:
        """What a mail server asks: whose token this is, and whether it still counts."""
        user, until = self.tokens.get(form.get("token", ""), ("", 0.0))
        if time.time() >= until:
            return {"active": False}
        return {"active": True, "username": user, "exp": int(until)}

    def _check_client(self, form: Form, basic: str) -> None:
        if self.client_secret:
            wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
            if basic != f"Basic {wanted}":
                raise Wrong("invalid_client")
        elif form.get("client_id") != self.client_id:
            raise Wrong("invalid_client")


class _Handler(BaseHTTPRequestHandler):
    timeout = 10.0
    server: _Server

    def do_GET(self) -> None:
        provider, parts = self.server.provider, urlsplit(self.path)
        form = {name: values[0] for name, values in parse_qs(parts.query).items()}
        provider.asked.append((parts.path, form))
        try:
            there = provider.authorize(form)
        except Wrong as wrong:
            self._answer(400, {"error": str(wrong)})
            return
        self.send_response(302)
        self.send_header("Location", there)
        self.end_headers()

    def do_POST(self) -> None:
        provider, path = self.server.provider, urlsplit(self.path).path
        length = int(self.headers.get("Content-Length", 0))
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        provider.asked.append((path, form))
        if provider.down:
            self._answer(503, {})
        elif path == "/introspect":
            self._answer(200, provider.introspect(form))
        else:
            try:
                self._answer(200, provider.token(form, self.headers.get("Authorization", "")))
            except Wrong as wrong:
                self._answer(400, {"error": str(wrong)})

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _answer(self, status: int, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, provider: IdentityProvider) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.provider = provider


@contextmanager
def identity_provider(**about: Any) -> Iterator[IdentityProvider]:
    """The provider, running while the block lasts."""
    provider = IdentityProvider(**about)
    with _Server(provider) as server:
        provider.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join(5)
