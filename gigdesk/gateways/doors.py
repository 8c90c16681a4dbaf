"""Knocking at a mail server's door: is it one, and is it who it says? Nobody logs in here, and no
name is said."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import Certificate, Tls
from gigdesk.domain.errors import Distrusted, Trouble
from gigdesk.domain.words import t
from gigdesk.gateways.net import CountedSocket, Gate, hung_up
from gigdesk.gateways.tls import secured, shown_certificate, stripped

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Endpoint
    from gigdesk.domain.providers import Kind

# A guess that is wrong mostly does not answer at all.
PATIENCE_SECONDS = 8.0
_ASKER = "mail"
_LONGEST, _MOST = 4096, 100


class MailDoors:
    """Mail servers, before any login."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def knock(self, endpoint: Endpoint, kind: Kind, why: str) -> None:
        """Connect, make it private, hear the greeting, leave. Raises Unreachable, or Distrusted."""
        with self._opened(endpoint, why) as talk:
            if endpoint.tls is Tls.STARTTLS:
                _asked_for_tls(talk, endpoint, kind)
                secured(talk, endpoint)
            else:
                secured(talk, endpoint)
                _greeted(talk, endpoint, kind)

    def certificate(self, endpoint: Endpoint, kind: Kind) -> Certificate:
        """What a server shows, for the person to look at. Nothing is said to it."""
        with self._opened(endpoint, t("Look at its certificate")) as talk:
            if endpoint.tls is Tls.STARTTLS:
                _asked_for_tls(talk, endpoint, kind)
            pem = shown_certificate(talk, endpoint.host)
        try:
            return _read(pem)
        except ValueError as error:
            raise Distrusted(
                t("The certificate of {host} cannot be read", host=endpoint.host),
                t("Nothing was sent. Ask the server's owner."),
            ) from error

    @contextlib.contextmanager
    def _opened(self, endpoint: Endpoint, why: str) -> Iterator[CountedSocket]:
        talk = self._gate.open(endpoint.host, endpoint.port, _ASKER, why, PATIENCE_SECONDS)
        try:
            yield talk
        except OSError as error:
            talk.failed()
            raise hung_up(endpoint.host) from error
        except Trouble:
            talk.failed()
            raise
        finally:
            talk.close()


def _greeted(talk: CountedSocket, endpoint: Endpoint, kind: Kind) -> None:
    expected = b"* " if kind == "imap" else b"220"
    if not _answer(talk, kind)[-1].startswith(expected):
        raise Distrusted(
            t("{host} is no mail server at port {port}", host=endpoint.host, port=endpoint.port),
            t("Nothing was sent. Check its name and port."),
        )


def _asked_for_tls(talk: CountedSocket, endpoint: Endpoint, kind: Kind) -> None:
    _greeted(talk, endpoint, kind)
    if kind == "imap":
        talk.sendall(b"a STARTTLS\r\n")
        ready = _answer(talk, kind, b"a ")[-1].upper().startswith(b"A OK")
    else:
        talk.sendall(b"EHLO [127.0.0.1]\r\n")
        _answer(talk, kind)
        talk.sendall(b"STARTTLS\r\n")
        ready = _answer(talk, kind)[-1].startswith(b"220")
    if not ready:
        raise stripped(endpoint.host)


def _answer(talk: CountedSocket, kind: Kind, tag: bytes = b"* ") -> list[bytes]:
    """The lines of one answer. They are read byte by byte: what follows belongs to TLS."""
    lines: list[bytes] = []
    while len(lines) < _MOST:
        line = bytearray()
        while not line.endswith(b"\n"):
            byte = talk.recv(1)
            if not byte or len(line) > _LONGEST:
                raise ConnectionError("no answer of this protocol")
            line += byte
        lines.append(bytes(line).strip())
        goes_on = line[:2] == b"* " if kind == "imap" else line[:3].isdigit() and line[3:4] == b"-"
        if not goes_on or (kind == "imap" and line.startswith(tag)):
            return lines
    raise ConnectionError("an answer without an end")


def _read(pem: str) -> Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    certificate = x509.load_pem_x509_certificate(pem.encode())
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = [str(each.value) for each in found]
    except x509.ExtensionNotFound:
        names = []
    issuer = certificate.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    digest = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return Certificate(
        pem=pem,
        names=tuple(names),
        issuer=str(issuer[0].value) if issuer else "",
        self_made=certificate.issuer == certificate.subject,
        until=certificate.not_valid_after_utc,
        fingerprint=":".join(digest[at : at + 2] for at in range(0, len(digest), 2)),
    )
