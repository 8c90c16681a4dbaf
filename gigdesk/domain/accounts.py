"""Mail accounts: where mail is fetched and sent, and how the person proves who they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

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


@dataclass(frozen=True, slots=True)
class Secret:
    """What proves the login: a password, or an access token good until it expires. Never shown."""

    auth: Auth
    value: str = field(repr=False)
