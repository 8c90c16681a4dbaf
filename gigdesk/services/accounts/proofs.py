"""What proves a login, where it lies: a password in the system's keyring when that opens the desk,
else in the encrypted store; the tokens of a login in the browser always in the store, which is
larger than a keyring's entry."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import Grant, OAuthClient, Proof
from gigdesk.domain.errors import Locked
from gigdesk.domain.words import t
from gigdesk.store.header import read_header

if TYPE_CHECKING:
    from gigdesk.domain.ports import Write
    from gigdesk.services.door import OpenDesk
    from gigdesk.store.secrets import SecretStore


class Proofs:
    """The secrets of the accounts of one desk."""

    def __init__(self, desk: OpenDesk, store: SecretStore, write: Write) -> None:
        self._desk, self._store, self._write = desk, store, write

    def keep(self, account_id: int, proof: Proof) -> None:
        """Keep it instead of what there was. Raises Locked when the keyring stays locked."""
        if isinstance(proof, Grant):
            self._put(_login(account_id), _written(proof))
        elif self._by_keyring() and self._desk.keyring.available:
            # A keyring may ask the person first: nothing else waits for it.
            self._desk.keyring.put(self._entry(account_id), proof)
            self._let_go(_password(account_id))
        else:
            self._put(_password(account_id), proof)

    def password(self, account_id: int) -> str | None:
        """The password; None when there is none. Raises Locked when the keyring stays locked."""
        kept = self._store.get(_password(account_id))
        if kept is not None or not self._by_keyring():
            return kept
        if not self._desk.keyring.available:
            raise Locked(
                t("The password lies in the keyring, and this session has none"),
                t("Nothing was sent. Open GigDesk in your own session."),
            )
        return self._desk.keyring.get(self._entry(account_id))

    def grant(self, account_id: int) -> Grant | None:
        """What a login in the browser gave; None when there was none."""
        kept = self._store.get(_login(account_id))
        return _read(kept) if kept is not None else None

    def forget(self, account_id: int) -> None:
        """Let go of all. A keyring that stays locked raises Locked: nothing is left behind."""
        if self._by_keyring() and self._desk.keyring.available:
            self._desk.keyring.forget(self._entry(account_id))
        self._let_go(_password(account_id), _login(account_id))

    def _put(self, name: str, secret: str) -> None:
        self._write(partial(self._store.put, name, secret))

    def _let_go(self, *names: str) -> None:
        def forget() -> None:
            for name in names:
                self._store.forget(name)

        self._write(forget)

    def _by_keyring(self) -> bool:
        header = read_header(self._desk.files.header)
        return header is not None and header.opener("keyring") is not None

    def _entry(self, account_id: int) -> str:
        header = read_header(self._desk.files.header)
        assert header is not None, "an open desk has a header"
        return f"{header.uuid} account {account_id}"


def _password(account_id: int) -> str:
    return f"account {account_id} password"


def _login(account_id: int) -> str:
    return f"account {account_id} login"


def _written(grant: Grant) -> str:
    until = grant.until.isoformat() if grant.until else None
    return json.dumps({**asdict(grant), "until": until})


def _read(kept: str) -> Grant:
    fields = json.loads(kept)
    until = datetime.fromisoformat(fields["until"]) if fields["until"] else None
    return Grant(OAuthClient(**fields["client"]), fields["refresh"], fields["access"], until)
