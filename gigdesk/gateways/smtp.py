"""Handing mails to the person's own server: private before a word is said, to everybody or nobody.

The one instant that matters is the final dot. Before it nothing can have been taken; after it, until
the server's answer, nobody can know. So the dot goes out by itself, and what fails from then on is
Doubtful.
"""

from __future__ import annotations

import base64
import contextlib
import smtplib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import Auth, Tls
from gigdesk.domain.errors import Doubtful, NotTaken, Refused, SignInRefused, Trouble, TryLater
from gigdesk.domain.inbox.writing import one_line
from gigdesk.domain.sasl import oauthbearer, xoauth2
from gigdesk.domain.words import t
from gigdesk.gateways.net import CountedSocket, Gate, hung_up
from gigdesk.gateways.tls import Upgrade, secured, stripped

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account, Endpoint, Secret
    from gigdesk.domain.ports import Parcel

# RFC 5321 wants minutes for an answer to the final dot; nothing is doubled by being shorter.
ANSWER_SECONDS = 60.0
LAST_ANSWER_SECONDS = 180.0
# Address literal: neither the machine's name nor its network is anybody's business.
_ME = "[127.0.0.1]"
_PIECE = 64 * 1024
_LINES_MOST, _LINE_LONGEST = 100, 4096
_READY, _GOES_ON = 220, 354


class Smtp:
    """The servers that take the person's mail, one connection for each."""

    def __init__(self, gate: Gate, last_answer: float = LAST_ANSWER_SECONDS) -> None:
        self._gate, self._last_answer = gate, last_answer

    def send(
        self,
        account: Account,
        secret: Secret,
        parcel: Parcel,
        last_step: Callable[[], None] = lambda: None,
    ) -> str:
        """Hand it over, to everybody or nobody; the server's own words of thanks. `last_step` is
        called before the final dot; if it raises, nothing left."""
        with self._entered(account, secret, t("Send a mail")) as talk:
            _offer(talk, parcel)
            return _hand_over(talk, parcel.raw, last_step, self._last_answer)

    def try_login(self, account: Account, secret: Secret) -> None:
        """Connect, make it private, log in, leave."""
        with self._entered(account, secret, t("Try the login for sending")):
            pass

    @contextlib.contextmanager
    def _entered(self, account: Account, secret: Secret, why: str) -> Iterator[_Talk]:
        endpoint = account.smtp
        if endpoint is None:
            raise Refused(
                t("{name} has no server for sending", name=account.name),
                t("Nothing left. Add one to the account."),
            )
        wire = self._gate.open(endpoint.host, endpoint.port, "mail", why)
        try:
            if endpoint.tls is Tls.IMPLICIT:
                secured(wire, endpoint)
            talk = _Talk(wire, endpoint.host)
            talk.greeted()
            if endpoint.tls is Tls.STARTTLS:
                _make_private(talk, endpoint)
            _log_in(talk, account, secret)
            yield talk
            talk.leave()
        except (OSError, Trouble) as error:
            wire.failed()
            if isinstance(error, Trouble):
                raise
            raise hung_up(endpoint.host) from error
        finally:
            wire.close()


class _Talk(smtplib.SMTP):
    """The conversation, on a socket of the gate. Answers are read here: the library would wait for
    one that never ends."""

    def __init__(self, wire: CountedSocket, host: str) -> None:
        super().__init__(local_hostname=_ME)
        self.sock, self._host = wire, host
        self._coming = b""
        self.patience = ANSWER_SECONDS

    @property
    def host(self) -> str:
        """The server's name."""
        return self._host

    def greeted(self) -> None:
        """Hear the greeting and say hello."""
        self._expect(self.getreply(), _READY)
        self.say_hello()

    def say_hello(self) -> None:
        """EHLO; what the server offers is known afterwards."""
        self._expect(self.ehlo(), 250)

    def getreply(self) -> tuple[int, bytes]:
        """One answer, of all its lines. Raises SMTPServerDisconnected when there is none, or when
        it is no answer at all."""
        until = time.monotonic() + self.patience
        words: list[bytes] = []
        while len(words) < _LINES_MOST:
            line = self._line(until)
            if not line[:3].isdigit() or line[3:4] not in b" -":
                raise smtplib.SMTPServerDisconnected("no answer of this protocol")
            words.append(line[4:].strip())
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(words)
        raise smtplib.SMTPServerDisconnected("an answer without an end")

    def close(self) -> None:
        """Whoever opened the wire closes it, and the ledger learns how it ended."""

    def is_silent(self) -> bool:
        """Whether nothing came that was not asked for: what stands here before TLS may be anybody's."""
        return not self._coming

    def leave(self) -> None:
        """Say goodbye; whatever comes of it, the work is done."""
        self.patience = 5.0
        with contextlib.suppress(OSError):
            self.docmd("quit")

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._coming:
            left = until - time.monotonic()
            if left <= 0 or len(self._coming) > _LINE_LONGEST:
                raise smtplib.SMTPServerDisconnected("no answer")
            assert self.sock is not None
            self.sock.settimeout(left)
            data = self.sock.recv(_PIECE)
            if not data:
                raise smtplib.SMTPServerDisconnected("hung up")
            self._coming += data
        line, _, self._coming = self._coming.partition(b"\n")
        return line

    def _expect(self, reply: tuple[int, bytes], code: int) -> None:
        if reply[0] != code:
            raise _no(self._host, reply, t("{host} lets nobody in", host=self._host))


def _make_private(talk: _Talk, endpoint: Endpoint) -> None:
    if not talk.has_extn("starttls"):
        raise stripped(endpoint.host)
    reply = talk.docmd("STARTTLS")
    if reply[0] // 100 == 4:
        raise _no(endpoint.host, reply, "")
    if reply[0] != _READY or not talk.is_silent():
        raise stripped(endpoint.host)
    assert isinstance(talk.sock, CountedSocket)
    Upgrade(endpoint).wrap_socket(talk.sock)
    talk.say_hello()


def _log_in(talk: _Talk, account: Account, secret: Secret) -> None:
    assert isinstance(talk.sock, CountedSocket)
    if not talk.sock.private:
        raise stripped(talk.host)  # the net beneath: no way leads here
    offered = talk.esmtp_features.get("auth", "").upper().split()
    reply = _answer_of(talk, account, secret, offered)
    if reply is None:
        raise SignInRefused(
            t("{host} takes no login that GigDesk knows", host=talk.host),
            t("Nothing left. It offers: {offers}.", offers=", ".join(offered) or t("none")),
        )
    if reply[0] // 100 == 4:
        raise _no(talk.host, reply, "")
    if reply[0] != 235:
        raise SignInRefused(
            t("{address} cannot sign in", address=account.address),
            _said(t("Nothing left."), reply, t("Enter the password again.")),
        )


def _answer_of(
    talk: _Talk, account: Account, secret: Secret, offered: list[str]
) -> tuple[int, bytes] | None:
    login = account.login or account.address
    if secret.auth is Auth.OAUTH2:
        return _by_token(talk, login, secret.value, offered)
    if "PLAIN" in offered:
        words = _b64("\0".join(("", login, secret.value)))
        reply = talk.docmd("AUTH", f"PLAIN {words}")
        return talk.docmd(words) if reply[0] == 334 else reply
    if "LOGIN" in offered:
        reply = talk.docmd("AUTH", f"LOGIN {_b64(login)}")
        return talk.docmd(_b64(secret.value)) if reply[0] == 334 else reply
    return None


def _by_token(talk: _Talk, login: str, token: str, offered: list[str]) -> tuple[int, bytes] | None:
    if "XOAUTH2" in offered:
        way, words = "XOAUTH2", xoauth2(login, token)
    elif "OAUTHBEARER" in offered:
        way, words = "OAUTHBEARER", oauthbearer(login, token)
    else:
        return None
    reply = talk.docmd("AUTH", f"{way} {_b64(words)}")
    # A refusal comes with its reason first, and is final after an empty answer.
    return talk.docmd("" if way == "XOAUTH2" else "AQ==") if reply[0] == 334 else reply


def _offer(talk: _Talk, parcel: Parcel) -> None:
    """Sender and recipients. All are taken, or nobody gets it."""
    limit = talk.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < len(parcel.raw):
        raise NotTaken(
            t("The mail is too large for {host}", host=talk.host),
            t(
                "It takes {most} MB, this one has {size}. Nobody got it. Send the files in parts, or a"
                " link.",
                most=f"{int(limit) / 1_000_000:.1f}",
                size=f"{len(parcel.raw) / 1_000_000:.1f}",
            ),
        )
    options = [f"SIZE={len(parcel.raw)}"] if "size" in talk.esmtp_features else []
    if parcel.beyond_ascii:
        if not talk.has_extn("smtputf8"):
            raise NotTaken(
                t("{host} takes no addresses with such letters", host=talk.host),
                t("Nobody got it. Ask for an address in plain letters."),
            )
        options.append("SMTPUTF8")
        talk.command_encoding = "utf-8"
    reply = _sender_said(talk, parcel, options)
    if reply[0] != 250:
        raise _no(talk.host, reply, t("{host} sends nothing for {address}", host=talk.host,
                                      address=parcel.sender))  # fmt: skip
    quiet = " NOTIFY=NEVER" if parcel.automatic and talk.has_extn("dsn") else ""
    for each in parcel.recipients:
        reply = talk.docmd("RCPT", f"TO:<{each}>{quiet}")
        if reply[0] not in {250, 251}:
            raise _no(talk.host, reply, t("{address} was refused", address=each))


def _sender_said(talk: _Talk, parcel: Parcel, options: list[str]) -> tuple[int, bytes]:
    """An automatic answer names no sender, so that nothing comes back that could be answered; where
    the server wants one, it is told."""
    if parcel.automatic:
        reply = talk.docmd("MAIL", " ".join(["FROM:<>", *options]))
        if reply[0] == 250 or reply[0] // 100 == 4:
            return reply
    return talk.docmd("MAIL", " ".join([f"FROM:<{parcel.sender}>", *options]))


def _hand_over(talk: _Talk, raw: bytes, last_step: Callable[[], None], patience: float) -> str:
    reply = talk.docmd("DATA")
    if reply[0] != _GOES_ON:
        raise _no(talk.host, reply, t("{host} does not take this mail", host=talk.host))
    stuffed = _stuffed(raw)
    assert talk.sock is not None
    talk.sock.settimeout(ANSWER_SECONDS)  # for each piece, whatever was left of the last answer's
    for at in range(0, len(stuffed), _PIECE):
        talk.sock.sendall(stuffed[at : at + _PIECE])
    last_step()
    try:
        talk.sock.sendall(b".\r\n")
        talk.patience = patience
        reply = talk.getreply()
    except OSError as error:
        raise Doubtful(
            t("Nobody knows whether it left"),
            t("{host} ended the connection before it said so.", host=talk.host),
        ) from error
    if reply[0] // 100 == 2:
        return _words_of(reply)
    if reply[0] // 100 in {4, 5}:
        raise _no(talk.host, reply, t("{host} does not take this mail", host=talk.host))
    raise Doubtful(
        t("Nobody knows whether it left"), _said("", reply, t("That is no answer to a mail."))
    )


def _stuffed(raw: bytes) -> bytes:
    """As it goes over the wire: every line ends in CR LF, a line's first dot is doubled."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _no(host: str, reply: tuple[int, bytes], title: str) -> Trouble:
    """What a server's no means: for now, or for good; nobody got anything."""
    if reply[0] // 100 == 4:
        return TryLater(
            t("{host} takes no mail just now", host=host),
            _said("", reply, t("It is tried again by itself.")),
        )
    return NotTaken(title, _said(t("Nobody got it."), reply, _advice(reply)))


def _advice(reply: tuple[int, bytes]) -> str:
    words = reply[1].decode("utf-8", "replace")
    for code, advice in (
        ("5.1.1", t("Correct the address, then try again.")),
        ("5.1.2", t("Correct the address, then try again.")),
        ("5.2.2", t("Their mailbox is full. Reach them in another way.")),
        ("5.3.4", t("It is too large. Send a link instead of the file.")),
        ("5.7", t("Ask whoever runs the server, or send from another account.")),
    ):
        if words.startswith(code):
            return advice
    return t("Correct it, then try again.")


def _said(first: str, reply: tuple[int, bytes], last: str) -> str:
    words = _words_of(reply)
    said = t("The server says: “{words}”.", words=words) if words else ""
    return " ".join(part for part in (first, said, last) if part)


def _words_of(reply: tuple[int, bytes]) -> str:
    return f"{reply[0]} {one_line(reply[1].decode('utf-8', 'replace'))[:200]}".strip()


def _b64(words: str) -> str:
    return base64.b64encode(words.encode("utf-8")).decode("ascii")
