"""Real servers that take mail, each with a temper: strict, stripped, refusing, dying, slow, lying."""

# aiosmtpd hands its handlers more than they need.
# ruff: noqa: ARG002
from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from gigdesk.domain.accounts import Account, AccountId, Auth, Endpoint, Secret, Tls
from tests.certificates import Authority, serving
from tests.outside import connected

# What a server thinks of its guests is no test's business.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)

LOGIN, PASSWORD, TOKEN = "nino@studio.example", "pä$$ wörd", "ya29.good"


@dataclass(frozen=True)
class Taken:
    """A mail the server took."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class Temper:
    """How a server behaves. `says` maps a command (`rcpt bob@x.example`, `mail`, `data`) to its
    answers, one each time; when they are used up it behaves. `hangs_up` names what it dies at:
    `data` before the mail, `dot` after it was taken. `before_answer` is called when a mail was
    taken and nobody was told."""

    tls: str = "starttls"
    says: dict[str, list[str]] = field(default_factory=dict)
    hangs_up: list[str] = field(default_factory=list)
    before_answer: Callable[[], None] | None = None
    before_mail: Callable[[], None] | None = None  # called once, at DATA
    size: int = 33_554_432
    utf8: bool = False
    ways: tuple[str, ...] = ("LOGIN", "PLAIN")
    login: str = LOGIN
    password: str = PASSWORD

    def says_to(self, command: str) -> str | None:
        """What it says to this, if anything but yes."""
        waiting = self.says.get(command, [])
        return waiting.pop(0) if waiting else None


class Post:
    """A server, and what it took. `heard` counts the commands of all guests."""

    def __init__(self, temper: Temper, file: Path) -> None:
        self.temper = temper
        self.taken: list[Taken] = []
        self.logins: list[str] = []
        self.guests = 0
        self._context = serving(file)
        self._control: _Control | None = None
        self.port = 0

    def start(self) -> None:
        """Listen on loopback."""
        private = {"starttls": True}.get(self.temper.tls, False)
        known = {"LOGIN", "PLAIN", "XOAUTH2"}
        self._control = _Control(
            self,
            hostname="127.0.0.1",
            server_hostname="post.example",  # else it asks the network for its own name
            port=0,
            ssl_context=self._context if self.temper.tls == "implicit" else None,
            tls_context=self._context if private else None,
            require_starttls=private,
            auth_require_tls=False,
            authenticator=self._judge,
            auth_exclude_mechanism=known - set(self.temper.ways),
            data_size_limit=self.temper.size,
            enable_SMTPUTF8=self.temper.utf8,
        )
        self._control.start()
        self.port = self._control.port

    def stop(self) -> None:
        """Close the door."""
        if self._control is not None:
            self._control.stop()

    def account(self, authority: Authority, **fields: Any) -> Account:
        """An account that sends here."""
        tls = Tls.IMPLICIT if self.temper.tls == "implicit" else Tls.STARTTLS
        given = {
            "id": AccountId(1), "name": "Studio", "address": LOGIN, "imap": None, "login": LOGIN,
            "smtp": Endpoint("127.0.0.1", self.port, tls, authority.pem),
        }  # fmt: skip
        return Account(**{**given, **fields})

    def _judge(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.logins.append(mechanism)
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            self.temper.login.encode(),
            self.temper.password.encode(),
        )
        return AuthResult(success=right, handled=right)

    # --- what aiosmtpd calls ---------------------------------------------------------------------
    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        """The token stands in the first answer; a wrong one is told why, then refused."""
        import base64

        self.logins.append("XOAUTH2")
        words = base64.b64decode(args[1]).decode()
        if words == f"user={LOGIN}\1auth=Bearer {TOKEN}\1\1":
            return AuthResult(success=True, auth_data=LOGIN)
        await server.push("334 eyJzdGF0dXMiOiI0MDEifQ==")
        await server._reader.readline()
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who sends."""
        if not session.authenticated:
            return "530 5.7.0 Log in first"
        said = self.temper.says_to("mail")
        if said is None:
            envelope.mail_from, envelope.mail_options = address, options
        return said or "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Who gets it."""
        said = self.temper.says_to(f"rcpt {address}")
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """The mail itself, after its final dot."""
        said = self.temper.says_to("data")
        if said is not None:
            return said
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(
            Taken(envelope.mail_from or "", tuple(map(str, envelope.rcpt_tos)), content)
        )
        if self.temper.before_answer is not None:
            await server.loop.run_in_executor(None, self.temper.before_answer)
        if "dot" in self.temper.hangs_up:
            self.temper.hangs_up.remove("dot")
            server.transport.abort()
        return "250 2.0.0 queued as 4711"


class _Control(Controller):
    """aiosmtpd's thread, on whatever port is free."""

    def __init__(self, post: Post, **options: Any) -> None:
        super().__init__(post, **options)
        self._post = post

    def factory(self) -> SMTP:
        """One conversation."""
        self._post.guests += 1
        return _Conversation(self._post.temper, self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        with connected("127.0.0.1", self.port):
            self._factory_invoked.wait(10)
        self._post.guests = 0  # that was only the door being tried


class _Conversation(SMTP):
    """A conversation that may end where it must not."""

    def __init__(self, temper: Temper, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._temper = temper

    async def smtp_DATA(self, arg: str) -> None:
        """DATA, unless it dies here."""
        if "data" in self._temper.hangs_up:
            self._temper.hangs_up.remove("data")
            wire: Any = self.transport
            wire.abort()
            return
        call, self._temper.before_mail = self._temper.before_mail, None
        if call is not None:
            await self.loop.run_in_executor(None, call)
        await super().smtp_DATA(arg)


@contextmanager
def serving_mail(authority: Authority, temper: Temper | None = None) -> Iterator[Post]:
    """A server on loopback with this temper."""
    post = Post(temper or Temper(), authority.server("127.0.0.1"))
    post.start()
    try:
        yield post
    finally:
        post.stop()


@contextmanager
def saying(
    authority: Authority, answers: Sequence[bytes | None], *, private: bool = True
) -> Iterator[tuple[int, list[bytes]]]:
    """A server that says these answers, one to a line (after DATA one to a dot), whatever it is
    told; None hangs up. Its port, and the lines it heard."""
    heard: list[bytes] = []
    file = authority.server("127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

        def serve() -> None:
            guest, _ = door.accept()
            guest.settimeout(10)
            try:
                talk = serving(file).wrap_socket(guest, server_side=True) if private else guest
                with talk, talk.makefile("rb") as lines:
                    _say(talk, lines, answers, heard)
            except (OSError, ssl.SSLError):
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield port, heard
        thread.join(10)


def _say(talk: Any, lines: Any, answers: Sequence[bytes | None], heard: list[bytes]) -> None:
    in_mail = False
    for at, answer in enumerate(answers):
        if answer is None:
            return
        if at:
            line = lines.readline()
            while in_mail and line not in {b".\r\n", b""}:
                line = lines.readline()
            heard.append(line)
        in_mail = answer.startswith(b"354")
        talk.sendall(answer)
    lines.readline()


def password(words: str = PASSWORD) -> Secret:
    """The secret of an account with a password."""
    return Secret(Auth.PASSWORD, words)


def token(words: str = TOKEN) -> Secret:
    """The secret of an account with OAuth."""
    return Secret(Auth.OAUTH2, words)
