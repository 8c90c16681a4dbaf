"""TLS on a connection of the gate: whom to trust, and what to say when somebody is not to be.

The system's certificates decide, or the one the person trusts for this host. There is no way around:
what fails here was sent nothing but a greeting.
"""

from __future__ import annotations

import os
import ssl
from functools import lru_cache
from typing import TYPE_CHECKING

from gigdesk.domain.errors import BadCertificate, Distrusted, Unreadable
from gigdesk.domain.words import t
from gigdesk.gateways.net import CountedSocket, silent

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Endpoint

# OpenSSL's numbers for what is wrong with a certificate.
_EXPIRED, _NOT_YET, _OTHER_NAME, _OTHER_NUMBER = 10, 9, 62, 64
_UNKNOWN = {18, 19, 20, 21}


def secured(talk: CountedSocket, endpoint: Endpoint) -> CountedSocket:
    """The same connection, private from now on. Raises Distrusted, and hangs up, when it cannot be."""
    try:
        talk.secure(_context(endpoint), endpoint.host)
    except ssl.SSLCertVerificationError as error:
        _hang_up(talk)
        raise _distrusted(endpoint.host, error) from error
    except ssl.SSLError as error:
        _hang_up(talk)
        raise Distrusted(
            t("{host} offers no TLS at port {port}", host=endpoint.host, port=endpoint.port),
            t("Nothing was sent. Check the port, and whether it wants TLS or STARTTLS."),
        ) from error
    except OSError as error:
        _hang_up(talk)
        raise silent(endpoint.host, error) from error
    except BaseException:
        _hang_up(talk)
        raise
    return talk


class Upgrade:
    """What imapclient and smtplib take for an `ssl.SSLContext` when they say STARTTLS."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def wrap_socket(self, talk: CountedSocket, server_hostname: str | None = None) -> CountedSocket:
        """The same connection, private; the name comes from the endpoint, not from the library."""
        del server_hostname
        return secured(talk, self._endpoint)


def stripped(host: str) -> Distrusted:
    """The kind word for a server that was to say STARTTLS and does not."""
    return Distrusted(
        t("{host} offers no privacy: STARTTLS is missing", host=host),
        t(
            "Nothing was sent, not even your name. Somebody between may have taken it out: try"
            " another network. Or let the account use TLS from the start."
        ),
    )


def shown_certificate(talk: CountedSocket, host: str) -> str:
    """The certificate this server shows, as PEM, whoever it is: to be looked at, and trusted only by
    the person. Nothing else is said to the server."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        talk.secure(context, host)
        certificate = talk.certificate()
    except OSError as error:
        _hang_up(talk)
        raise silent(host, error) from error
    talk.close()
    return ssl.DER_cert_to_PEM_cert(certificate)


def _context(endpoint: Endpoint) -> ssl.SSLContext:
    try:
        return _trusting(endpoint.certificate, os.environ.get("SSL_CERT_FILE", ""))
    except (ssl.SSLError, ValueError) as error:
        raise Unreadable(
            t("The certificate kept for {host} cannot be read", host=endpoint.host),
            t("Nothing was sent. It has to be a PEM file."),
        ) from error


@lru_cache(maxsize=16)
def _trusting(certificate: str, _system: str) -> ssl.SSLContext:
    """Made once: reading the system's certificates holds every thread for 20 to 100 ms."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate:
        context.load_verify_locations(cadata=certificate)
        # One that somebody else has signed is trusted for itself too.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _distrusted(host: str, error: ssl.SSLCertVerificationError) -> BadCertificate:
    nothing = t("Nothing was sent, not even your name.")
    if error.verify_code in {_OTHER_NAME, _OTHER_NUMBER}:
        return BadCertificate(
            t("{host} shows the certificate of another server", host=host),
            nothing + " " + t("Check the server's name. In a café, try another network."),
        )
    if error.verify_code in {_EXPIRED, _NOT_YET}:
        return BadCertificate(
            t("The certificate of {host} is out of date", host=host),
            nothing + " " + t("Check this machine's clock; else its owner has to renew it."),
        )
    if error.verify_code in _UNKNOWN:
        return BadCertificate(
            t("Nobody known vouches for the certificate of {host}", host=host),
            nothing
            + " "
            + t(
                "In a café, try another network. If the server is your own, you can trust its"
                " certificate in the account."
            ),
        )
    return BadCertificate(
        t("The certificate of {host} is not valid", host=host),
        nothing + " " + t("It says: {why}.", why=error.verify_message),
    )


def _hang_up(talk: CountedSocket) -> None:
    talk.failed()
    talk.close()
