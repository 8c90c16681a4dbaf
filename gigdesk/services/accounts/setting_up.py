"""Setting an account up: its servers found or guessed, its login tried, and only then kept."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import (
    Account,
    AccountState,
    Auth,
    Certificate,
    Endpoint,
    Grant,
    OAuthClient,
    Proof,
    Secret,
)
from gigdesk.domain.errors import Distrusted, Refused, SignInRefused, Trouble, Unreachable
from gigdesk.domain.prompts import Never
from gigdesk.domain.providers import Kind, domain_of, guesses
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.ports import LoginServers, MailCarrier, MailDoors, MailServers, Now
    from gigdesk.domain.prompts import Stop
    from gigdesk.services.accounts.service import AccountService


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a setting-up is: which server, the how-manieth of how many."""

    kind: Kind
    endpoint: Endpoint
    at: int
    of: int


@dataclass(frozen=True, slots=True)
class Found:
    """The servers of a domain as far as they were found; `why` says what stood against the rest."""

    imap: Endpoint | None
    smtp: Endpoint | None
    why: str = ""


class SettingUp:
    """What the person asks for when they set an account up. Nothing here happens by itself."""

    def __init__(
        self,
        accounts: AccountService,
        doors: MailDoors,
        boxes: MailServers,
        carrier: MailCarrier,
        logins: LoginServers,
        now: Now,
        guess: Callable[[str, Kind], list[Endpoint]] = guesses,
    ) -> None:
        self._guess = guess
        self._accounts, self._doors, self._logins = accounts, doors, logins
        self._boxes, self._carrier, self._now = boxes, carrier, now

    def looking(self, address: str, stop: Stop) -> Generator[Stage, None, Found]:
        """Knock where the servers of this address's domain are likely to be, one after another. The
        first that answers, and is who it says, is taken. Nobody logs in, no name is said."""
        found: dict[Kind, Endpoint] = {}
        reasons: list[Trouble] = []
        kinds: tuple[Kind, Kind] = ("imap", "smtp")
        tries = [(kind, each) for kind in kinds for each in self._guess(address, kind)]
        for at, (kind, endpoint) in enumerate(tries, 1):
            if stop.is_set():
                break
            if kind not in found:
                yield Stage(kind, endpoint, at, len(tries))
                if self._opens(endpoint, kind, reasons):
                    found[kind] = endpoint
        return Found(found.get("imap"), found.get("smtp"), _why(address, reasons))

    def entering(
        self, account: Account, proof: Proof, stop: Stop
    ) -> Generator[Stage, None, Changed[Account] | None]:
        """Try the login at both servers, and keep the account when both take it. Nothing is kept
        when one does not, or when it was stopped: None then."""
        yield from self._tried(account, _secret(proof), stop)
        if stop.is_set():
            return None
        added = self._accounts.add(account, proof)
        return Changed(
            self._accounts.mark(added.value, AccountState.OK).value, added.topics, added.words
        )

    def checking(self, account_id: int, stop: Stop) -> Generator[Stage, None, Changed[Account]]:
        """Try the login of an account that is kept, and mark how it stands. Raises what stands in
        the way."""
        account = self._accounts.get(account_id)
        try:
            yield from self._tried(account, self._accounts.secret(account), stop)
        except (Unreachable, Distrusted) as trouble:
            self._accounts.mark(account, AccountState.UNREACHABLE, trouble.title)
            raise
        except SignInRefused as trouble:
            self._accounts.mark(account, AccountState.REFUSED, trouble.title)
            raise
        done = self._accounts.mark(account, AccountState.OK)
        return Changed(done.value, done.topics, t("{name} can log in", name=account.name))

    def check(self, account_id: int) -> Changed[Account]:
        """The same in one go."""
        checking = self.checking(account_id, Never())
        while True:
            try:
                next(checking)
            except StopIteration as end:
                done: Changed[Account] = end.value
                return done

    def proving(
        self, account: Account, proof: Proof, stop: Stop
    ) -> Generator[Stage, None, Changed[Account]]:
        """Take another password, or another login in the browser, and other servers where they
        differ; then try it."""
        if account != self._accounts.get(account.id):
            self._accounts.change(account)
        self._accounts.prove(account.id, proof)
        return (yield from self.checking(account.id, stop))

    def certificate(self, endpoint: Endpoint, kind: Kind) -> Certificate:
        """What a server shows, for the person to look at before they trust it."""
        return self._doors.certificate(endpoint, kind)

    def logging_in(
        self, client: OAuthClient, address: str, stop: Stop
    ) -> Generator[str, None, Grant]:
        """Log in in the browser: gives the page to open, then waits for the browser to come back."""
        if not client.client_id.strip():
            raise Refused(
                t("The client id is missing"),
                t("Register GigDesk at the provider; it gives you one. Nothing was sent."),
            )
        with self._logins.asking(client, address) as consent:
            yield consent.page
            return consent.wait(self._now(), stop)

    def _opens(self, endpoint: Endpoint, kind: Kind, reasons: list[Trouble]) -> bool:
        try:
            self._doors.knock(endpoint, kind, t("Look for your mail server"))
        except Trouble as trouble:
            reasons.append(trouble)
            return False
        return True

    def _tried(self, account: Account, secret: Secret, stop: Stop) -> Generator[Stage, None, None]:
        doors: list[tuple[Kind, Endpoint]] = []
        if account.imap is not None:
            doors.append(("imap", account.imap))
        if account.smtp is not None:
            doors.append(("smtp", account.smtp))
        for at, (kind, endpoint) in enumerate(doors, 1):
            if stop.is_set():
                return
            yield Stage(kind, endpoint, at, len(doors))
            if kind == "imap":
                with self._boxes.open(account, secret, t("Try the login for fetching")):
                    pass
            else:
                self._carrier.try_login(account, secret)


def _secret(proof: Proof) -> Secret:
    if isinstance(proof, Grant):
        return Secret(Auth.OAUTH2, proof.access)
    return Secret(Auth.PASSWORD, proof)


def _why(address: str, reasons: list[Trouble]) -> str:
    """The one reason worth telling: a server that is not to be trusted before one that is not there."""
    for trouble in reasons:
        if isinstance(trouble, Distrusted):
            return trouble.title
    return t("No mail server answers for {domain}", domain=domain_of(address)) if reasons else ""
