"""Whom a person may mean when they begin to type an address: clients, then those they wrote with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.labels import is_no_reply
from gigdesk.domain.inbox.mails import Address

if TYPE_CHECKING:
    from gigdesk.services.accounts import AccountService
    from gigdesk.services.clients import ClientService
    from gigdesk.services.inbox import InboxService

OFFERED = 8
_LOOKED_AT = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Acquaintances:
    """Where addresses are known from."""

    clients: ClientService
    inbox: InboxService
    accounts: AccountService

    def meant(self, typed: str) -> list[Address]:
        """The likeliest first. Every word typed must begin a word of the name or of the address."""
        words = _words(typed)
        if not words:
            return []
        found: dict[str, Address] = {}
        for each in (*self._clients(), *self._written_with(typed)):
            key = each.email.casefold()
            if key not in found and _fits(each, words):
                found[key] = each
        mine = self.accounts.mine()
        return [each for key, each in found.items() if key not in mine][:OFFERED]

    def _clients(self) -> Iterator[Address]:
        return (Address(each.name, each.email) for each in self.clients.all() if each.email)

    def _written_with(self, typed: str) -> Iterable[Address]:
        """From the newest mails in which such a word stands among the people: those one wrote to
        oneself come first."""
        mine = self.accounts.mine()
        word = typed.split()[-1].strip('",;<>')
        to = self.inbox.search(f"to:{word}", _LOOKED_AT, typing=True)
        sent = [line for line in to if line.sender.email.lower() in mine]
        came = self.inbox.search(f"from:{word}", _LOOKED_AT, typing=True)
        for line in sent:
            yield from line.to
        for line in came:
            if not is_no_reply(line.sender):
                yield line.sender


def _words(text: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(text)][:6]


def _fits(person: Address, words: list[str]) -> bool:
    known = _words(f"{person.name} {person.email}")
    return all(any(each.startswith(word) for each in known) for word in words)
