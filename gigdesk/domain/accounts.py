"""Mail accounts: where mail is fetched and sent, and how the person proves who they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NewType, Protocol

from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.prompts import Stop

AccountId = NewType("AccountId", int)


class Tls(StrEnum):
    """How a connection is made private; there is no third way, and no login before it."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"


class Auth(StrEnum):
    """What the server is shown."""

    PASSWORD = "password"
    OAUTH2 = "oauth2"


class AccountState(StrEnum):
    """Whether an account works; the words beside it say why not."""

    OK = "ok"
    NEW = "new"  # never connected yet
    REFUSED = "refused"  # the server does not take this login: the person must act
    UNREACHABLE = "unreachable"  # tried again by itself
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server's door. `certificate` is a PEM the person trusts for this host alone, mostly empty."""

    host: str
    port: int
    tls: Tls = Tls.IMPLICIT
    certificate: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox of the person. Its secret is not in here: see `Secret`."""

    id: AccountId
    name: str
    address: str
    imap: Endpoint | None
    smtp: Endpoint | None
    login: str
    auth: Auth = Auth.PASSWORD
    state: AccountState = AccountState.NEW
    words: str = ""
    version: int = 1

    def standing(self) -> str:
        """How it stands, in words."""
        if self.words:
            return self.words
        match self.state:
            case AccountState.OK:
                return t("Works")
            case AccountState.NEW:
                return t("Not tried yet")
            case AccountState.REFUSED:
                return t("Cannot log in")
            case AccountState.UNREACHABLE:
                return t("Its server does not answer")
        return t("Switched off")


@dataclass(frozen=True, slots=True)
class Secret:
    """What proves the login: a password, or an access token good until it expires. Never shown."""

    auth: Auth
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """How GigDesk is known to a provider whose login happens in the browser: the person's own
    registration there, and where the provider asks and answers."""

    client_id: str
    token_url: str
    authorize_url: str = ""
    scope: str = ""
    client_secret: str = field(default="", repr=False)


# A token is renewed this long before its end: it has to last through what it is asked for.
RENEWED_BEFORE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a login in the browser gave: a token for now, and one to get the next with."""

    client: OAuthClient
    refresh: str = field(repr=False)
    access: str = field(default="", repr=False)
    until: datetime | None = None

    def good(self, now: datetime) -> bool:
        """Whether the token for now still lasts. One whose end nobody told is taken to."""
        return bool(self.access) and (self.until is None or self.until - RENEWED_BEFORE > now)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows of itself, for the person to compare with what its owner says."""

    pem: str = field(repr=False)
    names: tuple[str, ...]
    issuer: str
    self_made: bool
    until: datetime
    fingerprint: str

    def fits(self, host: str, now: datetime) -> bool:
        """Whether trusting it would be enough: it is for this host, and still lasts."""
        wild = "*." + host.partition(".")[2]
        return self.until > now and bool(
            {host.lower(), wild.lower()} & {each.lower() for each in self.names}
        )


# What the person gives an account with: a password, or the login made in the browser.
Proof = str | Grant


class Consent(Protocol):
    """A login in the browser that is under way. `page` is what to open there."""

    @property
    def page(self) -> str:
        """The provider's page with its question."""

    def wait(self, now: datetime, stop: Stop) -> Grant:
        """The answer, once the person has given it. Raises SignInRefused when they said no, Trouble
        when it was stopped."""
