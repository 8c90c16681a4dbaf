"""The person's mail accounts: which there are, how they stand, what proves the login."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import (
    Account,
    AccountId,
    AccountState,
    Auth,
    Grant,
    OAuthClient,
    Proof,
    Secret,
)
from gigdesk.domain.errors import Locked, NotFound, Refused, SignInRefused
from gigdesk.domain.texts import is_id
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gigdesk.domain.ports import LoginServers, Now, Write
    from gigdesk.services.accounts.proofs import Proofs
    from gigdesk.services.profile import ProfileService
    from gigdesk.store.accounts import AccountStore
    from gigdesk.store.leases import LeaseStore

PATIENCE_SECONDS = 20.0


class AccountService:
    """What the person can do with mail accounts, and what fetching and sending ask of them."""

    def __init__(
        self,
        store: AccountStore,
        proofs: Proofs,
        leases: LeaseStore,
        servers: LoginServers,
        profile: ProfileService,
        now: Now,
        write: Write,
    ) -> None:
        self._store, self._proofs, self._leases = store, proofs, leases
        self._servers, self._profile = servers, profile
        self._now, self._write = now, write
        self._renewing = threading.Lock()

    def all(self) -> list[Account]:
        """Every account in the order in which they came."""
        return self._store.all()

    def get(self, account_id: int) -> Account:
        """One account. Raises NotFound."""
        return self._store.get(account_id)

    def by_name(self, name: str) -> Account:
        """The account of this name, address or id. Raises NotFound."""
        wanted, known = name.strip().casefold(), self._store.all()
        for account in known:
            if wanted == account.name.casefold():
                return account
        for account in known:
            if wanted == account.address.casefold() or (is_id(name) and int(name) == account.id):
                return account
        raise NotFound(
            t("There is no account “{name}”", name=name), t("See the list: gigdesk account list.")
        )

    def mine(self) -> frozenset[str]:
        """The person's own addresses, in small letters: the profile's and the accounts'."""
        addresses = (self._profile.get().email, *(each.address for each in self._store.all()))
        return frozenset(each.lower() for each in addresses if each)

    def client_at(self, token_url: str) -> OAuthClient | None:
        """How the person is registered at this provider, as another account of theirs knows."""
        grants = (
            self._proofs.grant(each.id) for each in self._store.all() if each.auth is Auth.OAUTH2
        )
        return next(
            (each.client for each in grants if each and each.client.token_url == token_url), None
        )

    def client_of(self, account_id: int) -> OAuthClient | None:
        """How the person is registered at this account's provider."""
        grant = self._proofs.grant(account_id)
        return grant.client if grant else None

    def add(self, account: Account, proof: Proof) -> Changed[Account]:
        """Keep a new account with what proves its login. Nothing is connected."""
        kept = self._write(partial(self._added, account)).value
        try:
            self._proofs.keep(kept.id, proof)
        except BaseException:
            self._write(partial(self._dropped, kept.id))
            raise
        return Changed(kept, Topic.ACCOUNTS, t("{name} added", name=kept.name))

    def prove(self, account_id: int, proof: Proof) -> Changed[Account]:
        """Take another password, or another login in the browser, for an account."""
        self._proofs.keep(account_id, proof)
        auth = Auth.OAUTH2 if isinstance(proof, Grant) else Auth.PASSWORD
        return self._write(partial(self._proved, account_id, auth))

    def change(self, account: Account) -> Changed[Account]:
        """Change servers or names. Raises Stale when it changed meanwhile."""
        return self._write(partial(self._saved, account))

    def mark(self, account: Account, state: AccountState, words: str = "") -> Changed[Account]:
        """Say how an account stands. Whoever fetches and sends tells it here; what they say of one
        that was switched off meanwhile does not count."""
        return self._write(partial(self._marked, account.id, state, words))

    def switch(self, account_id: int, *, on: bool) -> Changed[Account]:
        """Fetch and send there, or leave it alone until it is switched on again."""
        return self._write(partial(self._switched, account_id, on=on))

    def remove(
        self, account_id: int, first: Callable[[], object] = lambda: None
    ) -> Changed[Account]:
        """Let go of an account and of all that proves its login. Its mails stay, unless `first` says
        otherwise. Raises Locked, and keeps all, while a locked keyring still holds the password."""
        account = self._store.get(account_id)
        self._proofs.forget(account_id)
        self._write(partial(self._dropped, account_id, first))
        return Changed(account, Topic.ACCOUNTS, t("{name} removed", name=account.name))

    def secret(self, account: Account) -> Secret:
        """What proves the login now; a token that is about to end is renewed first. Raises
        SignInRefused when the person must act, Unreachable when the provider does not answer."""
        try:
            if account.auth is Auth.PASSWORD:
                return Secret(Auth.PASSWORD, self._password(account))
            return Secret(Auth.OAUTH2, self._token(account))
        except SignInRefused as refused:
            self.mark(account, AccountState.REFUSED, refused.title)
            raise

    def _password(self, account: Account) -> str:
        password = self._proofs.password(account.id)
        if password is None:
            raise SignInRefused(
                t("The password of {name} is not on this machine", name=account.name),
                t("Your mails are kept. Enter it again: Settings, Mail."),
            )
        return password

    def _token(self, account: Account) -> str:
        grant = self._grant(account)
        if not grant.good(self._now()):
            # A provider may take the old token back once it gave a new one: one at a time.
            with self._renewing, self._alone(account):
                grant = self._grant(account)
                if not grant.good(self._now()):
                    grant = self._renewed(account, grant)
        return grant.access

    def _renewed(self, account: Account, grant: Grant) -> Grant:
        renewed = self._servers.renewed(grant, self._now())
        self._proofs.keep(account.id, renewed)
        return renewed

    def _grant(self, account: Account) -> Grant:
        grant = self._proofs.grant(account.id)
        if grant is None:
            raise SignInRefused(
                t("The login of {name} is not on this machine", name=account.name),
                t("Your mails are kept. Log in again: Settings, Mail."),
            )
        return grant

    @contextmanager
    def _alone(self, account: Account) -> Iterator[None]:
        """Hold the login's lease, waiting for another GigDesk that renews it just now."""
        name, holder = f"login of account {account.id}", f"{os.getpid()}-{threading.get_ident()}"
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._leases.take(name, holder):
            if time.monotonic() > until:
                raise Locked(
                    t("Another GigDesk is renewing this login"), t("Try again in a moment.")
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            self._leases.give_back(name, holder)

    def _added(self, account: Account) -> Changed[Account]:
        self._free(account)
        kept = self._store.add(replace(account, state=AccountState.NEW, words=""))
        return Changed(kept, Topic.ACCOUNTS)

    def _dropped(
        self, account_id: int, first: Callable[[], object] = lambda: None
    ) -> Changed[None]:
        with self._store.change():
            first()
            self._store.remove(account_id)
        return Changed(None, Topic.ACCOUNTS | Topic.INBOX)

    def _switched(self, account_id: int, *, on: bool) -> Changed[Account]:
        news = self._store.mark(account_id, AccountState.NEW if on else AccountState.OFF, "")
        account = self._store.get(account_id)
        if not news:
            return Changed(account, Topic.NONE)
        words = (
            t("{name} is on", name=account.name) if on else t("{name} is off", name=account.name)
        )
        back: Callable[[], Changed[Account]] = partial(self.switch, account_id, on=not on)
        return Changed(account, Topic.ACCOUNTS, words, back)

    def _free(self, account: Account) -> None:
        wanted = account.name.casefold()
        for other in self._store.all():
            if other.id != account.id and other.name.casefold() == wanted:
                raise Refused(
                    t("There is an account “{name}” already", name=other.name),
                    t("Nothing was changed. Take another name, or remove that one first."),
                )

    def _proved(self, account_id: int, auth: Auth) -> Changed[Account]:
        account = self._store.get(account_id)
        saved = self._store.save(replace(account, auth=auth, state=AccountState.NEW, words=""))
        return Changed(saved, Topic.ACCOUNTS)

    def _saved(self, account: Account) -> Changed[Account]:
        self._free(account)
        before = self._store.get(account.id)
        saved = self._store.save(account)
        back: Callable[[], Changed[Account]] = partial(
            self.change, replace(before, version=saved.version)
        )
        return Changed(saved, Topic.ACCOUNTS, t("{name} kept", name=saved.name), back)

    def _marked(self, account_id: AccountId, state: AccountState, words: str) -> Changed[Account]:
        off = self._store.get(account_id).state is AccountState.OFF
        news = not off and self._store.mark(account_id, state, words)
        return Changed(self._store.get(account_id), Topic.ACCOUNTS if news else Topic.NONE)
