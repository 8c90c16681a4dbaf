"""The line to one IMAP server: imapclient on a socket of the gate, made private, then logged in.

imaplib reads through a buffer of our own, so that waiting for news can tell whether something is there
already; nothing that goes over the line is kept or logged.
"""

from __future__ import annotations

import contextlib
import imaplib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, ProtocolError

from gigdesk.domain.accounts import Auth, Tls
from gigdesk.domain.errors import Distrusted, Refused, SignInRefused, Unreachable, Unreadable
from gigdesk.domain.sasl import oauthbearer, xoauth2
from gigdesk.domain.words import t
from gigdesk.gateways.net import silent
from gigdesk.gateways.tls import secured, stripped

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from gigdesk.domain.accounts import Account, Endpoint, Secret
    from gigdesk.domain.errors import Trouble
    from gigdesk.gateways.net import CountedSocket

_PIECE = 64 * 1024
_LONGEST_LINE = 16 * 1024 * 1024
_LONGEST_LITERAL = 72 * 1024 * 1024
_LONGEST_ANSWER = 512 * 1024 * 1024
# RFC 5530: the login is right or wrong, but not now.
_LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[OVERQUOTA]")


class Wire(imaplib.IMAP4):
    """imaplib over a socket that is connected already."""

    def __init__(self, talk: CountedSocket) -> None:
        self._given = talk
        self._buffer = bytearray()
        self._from = self._answered = 0
        super().__init__()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Take the given socket."""
        del host, port, timeout
        self.sock = self._given

    @property
    def waiting(self) -> bool:
        """Whether something came that nobody has read yet."""
        return self._from < len(self._buffer) or self._given.waiting

    def read(self, size: int) -> bytes:
        """Exactly so many bytes; a server cannot make us promise it more room than a mail may have."""
        if size > _LONGEST_LITERAL:
            raise self.abort("a literal that is too long")
        while len(self._buffer) - self._from < size:
            self._more()
        found = bytes(memoryview(self._buffer)[self._from : self._from + size])
        self._from += size
        return found

    def readline(self) -> bytes:
        """One line with its end."""
        looked = self._from
        while (end := self._buffer.find(b"\n", looked)) < 0:
            if len(self._buffer) - self._from > _LONGEST_LINE:
                raise self.abort("a line that is too long")
            looked = len(self._buffer)
            kept = self._from
            self._more()
            looked -= kept - self._from
        found = bytes(memoryview(self._buffer)[self._from : end + 1])
        self._from = end + 1
        return found

    def send(self, data: ReadableBuffer) -> None:
        """Send all of it."""
        self._given.sendall(data)

    def shutdown(self) -> None:
        """Hang up."""
        self._given.close()

    def _command(self, name: str, *given: Any) -> bytes:
        self._answered = 0
        tag: bytes = super()._command(name, *given)  # type: ignore[misc]
        return tag

    def _more(self) -> None:
        if self._from > _PIECE:
            del self._buffer[: self._from]
            self._from = 0
        piece = self._given.recv(_PIECE)
        if not piece:
            raise self.abort("the line is dead")
        self._answered += len(piece)
        if self._answered > _LONGEST_ANSWER:
            raise self.abort("an answer without end")
        self._buffer += piece

    def _log(self, _line: str) -> None:
        """imaplib would keep the last lines, the login among them."""


class Client(IMAPClient):  # type: ignore[misc]
    """imapclient over a socket that is connected already."""

    def __init__(self, talk: CountedSocket, host: str, silence: float) -> None:
        self._talk = talk
        super().__init__(host, ssl=False, timeout=silence)
        self._imap.debug = 0

    @property
    def wire(self) -> Wire:
        """The line beneath."""
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - imapclient's name
        return Wire(self._talk)

    def command(self, name: str, *given: Any) -> list[Any]:
        """One command that imapclient has no verb for. Raises its errors when it was not OK."""
        kind, data = self._imap._simple_command(name, *given)
        self._checkok(name.lower(), kind, data)
        return list(data)

    def started_tls(self) -> None:
        """The line is private now; what was said before does not count."""
        self._starttls_done = True
        self._cached_capabilities = None

    def can(self) -> frozenset[str]:
        """What the server says it can now."""
        return frozenset(each.decode("ascii", "replace").upper() for each in self.capabilities())

    def can_after_login(self) -> frozenset[str]:
        """The same, forgetting what it said before the login."""
        self._cached_capabilities = None
        return self.can()


@contextlib.contextmanager
def spoken(host: str) -> Iterator[None]:
    """Whatever goes wrong in talking to a server, as Trouble. Only calls of imapclient and the reading
    of its answers stand in such a block."""
    try:
        yield
    except TimeoutError as error:
        raise Unreachable(
            t("{host} has stopped answering", host=host), t("It is tried again by itself.")
        ) from error
    except OSError as error:
        raise silent(host, error) from error
    except imaplib.IMAP4.abort as error:
        raise Unreachable(
            t("{host} has hung up", host=host), t("It is tried again by itself.")
        ) from error
    except (imaplib.IMAP4.error, CapabilityError) as error:
        raise Refused(
            t("{host} refuses: {why}", host=host, why=_words(error)),
            t("It is tried again by itself."),
        ) from error
    except (
        ProtocolError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        AssertionError,
    ) as error:
        raise Unreadable(
            t("{host} answers what cannot be understood", host=host),
            t("Nothing was lost. It is tried again by itself."),
        ) from error


def logged_in(
    talk: CountedSocket, account: Account, endpoint: Endpoint, secret: Secret, silence: float
) -> Client:
    """The connection private and logged in; so long the server may be silent."""
    host = endpoint.host
    talk.settimeout(silence)
    if endpoint.tls is Tls.IMPLICIT:
        secured(talk, endpoint)
    with spoken(host):
        client = Client(talk, host, silence)
    if client.wire.state != "NONAUTH":
        # Who is let in unasked is somebody else, or is led to somebody else.
        raise Distrusted(
            t("{host} lets in whoever comes", host=host), t("Nothing was sent. Ask its owner.")
        )
    if endpoint.tls is Tls.STARTTLS:
        _start_tls(client, talk, endpoint)
    _log_in(client, account, host, secret)
    return client


def _start_tls(client: Client, talk: CountedSocket, endpoint: Endpoint) -> None:
    with spoken(endpoint.host):
        if "STARTTLS" not in client.can():
            raise stripped(endpoint.host)
        client.command("STARTTLS")
        if client.wire.waiting:
            # Somebody between put words into the private part before it began.
            raise stripped(endpoint.host)
    secured(talk, endpoint)
    client.started_tls()


def _log_in(client: Client, account: Account, host: str, secret: Secret) -> None:
    with spoken(host):
        can = client.can()
        way = _oauth(can, account, secret) if secret.auth is Auth.OAUTH2 else _password(can, account, secret)  # fmt: skip
        try:
            if way is None:
                client.login(account.login, secret.value)
            else:
                client.wire.authenticate(*way)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise _refused(host, account, error) from error


Way = tuple[str, Callable[[bytes], bytes]]


def _password(can: frozenset[str], account: Account, secret: Secret) -> Way | None:
    """PLAIN takes every letter; LOGIN only where there is nothing else."""
    if "AUTH=PLAIN" not in can:
        return None
    return "PLAIN", lambda _: f"\0{account.login}\0{secret.value}".encode()


def _oauth(can: frozenset[str], account: Account, secret: Secret) -> Way:
    # Asked why it was refused, a client has to answer before the server says no.
    if "AUTH=XOAUTH2" in can:
        return "XOAUTH2", _first(xoauth2(account.login, secret.value).encode(), b"")
    if "AUTH=OAUTHBEARER" in can:
        return "OAUTHBEARER", _first(oauthbearer(account.login, secret.value).encode(), b"\1")
    raise SignInRefused(
        t("The server of {name} takes no OAuth login", name=account.name),
        t("Your mails are kept. Use an app password for this account."),
    )


def _first(token: bytes, then: bytes) -> Callable[[bytes], bytes]:
    answers = iter((token,))
    return lambda _asked: next(answers, then)


def _refused(host: str, account: Account, error: Exception) -> Trouble:
    words = _words(error)
    if any(code in words.upper() for code in _LATER):
        return Unreachable(
            t("{host} lets nobody in just now", host=host), t("It is tried again by itself.")
        )
    if account.auth is Auth.OAUTH2:
        return SignInRefused(
            t("{name} cannot sign in", name=account.name),
            t(
                "The server does not take its permission any more. Your mails are kept. Sign in anew."
            ),
        )
    return SignInRefused(
        t("{name} cannot sign in", name=account.name),
        t("The password was refused. Your mails are kept. Enter it again."),
    )


def _words(error: Exception) -> str:
    """What the server said, short and without what could be a trick on the terminal."""
    said = str(error.args[0]) if error.args else ""
    if said.startswith("b'") or said.startswith('b"'):
        said = said[2:-1]
    return "".join(each if each.isprintable() else " " for each in said)[:120].strip()
