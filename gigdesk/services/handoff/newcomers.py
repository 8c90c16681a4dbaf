"""A new sender becomes a client: what is guessed is marked until the person confirms it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.newcomers import FIELDS, Guess, Newcomer, guesses_of, similar_to
from gigdesk.domain.records import Ref
from gigdesk.domain.texts import one_line
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.services.clients import client_of

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.handoff.room import HandoffRoom
    from gigdesk.store.clients import ClientStore

KIND = "client"
_TOPICS = Topic.CLIENTS | Topic.INBOX


class NewcomerService:
    """What the person can do with somebody they did not know."""

    def __init__(self, room: HandoffRoom, store: ClientStore) -> None:
        self._room, self._store = room, store

    def of(self, mail: Mail) -> Newcomer:
        """What can be told of a mail's sender, and who may be the same."""
        email = mail.sender.email
        known = self._store.by_email(email) if email else None
        if known is not None:
            return Newcomer(known=known, open=self._store.guesses(known.id))
        if mail.mine or mail.broken is not None or not email:
            return Newcomer()
        guesses = guesses_of(mail)
        values = {each.field: each.value for each in guesses}
        return Newcomer(guesses, similar=similar_to(values, self._room.clients.all()))

    def guesses(self, client_id: int) -> tuple[Guess, ...]:
        """What is only guessed of a client."""
        return self._store.guesses(client_id)

    def make(
        self, mail_id: int, fields: Mapping[str, str], confirmed: Collection[str]
    ) -> Changed[Client]:
        """Make a client of a mail's sender. What was guessed and neither changed nor confirmed stays
        marked. Raises Refused when there is one of this address or name, or a field cannot be."""
        mail = self._room.inbox.mail(mail_id)
        wanted = client_of({name: one_line(fields.get(name, "")) for name in FIELDS})
        double = (wanted.email and self._store.by_email(wanted.email)) or self._store.by_name(
            wanted.name
        )
        if double:
            raise Refused(
                t("{name} is a client already", name=double.name), t("Nobody was made twice.")
            )
        guessed = [
            each
            for each in guesses_of(mail)
            if each.field not in confirmed
            and each.field != "email"
            and getattr(wanted, each.field) == each.value
        ]
        with self._room.db.change(_TOPICS):
            client = self._store.add(wanted)
            self._store.put_guesses(client.id, guessed)
            self._room.links.put(mail_id, KIND, client.id)
        words = t("{name} is a client now", name=client.name)
        if guessed:
            count = len(guessed)
            words += ", " + n("{n} thing is guessed", "{n} things are guessed", count)
        undo = partial(self._unmade, mail_id, client)
        return Changed(client, _TOPICS, words, undo, Ref("client", client.id, client.name))

    def confirm(self, client_id: int, fields: Mapping[str, str]) -> Changed[Client]:
        """The person looked at what was guessed: these fields are right as they stand here."""
        before, open_ = self._store.get(client_id), self._store.guesses(client_id)
        with self._room.db.change(_TOPICS):
            done = self._room.clients.update(client_id, {k: one_line(v) for k, v in fields.items()})
            self._store.put_guesses(client_id, [e for e in open_ if e.field not in fields])
        words = t("{name}: confirmed", name=done.value.name)
        undo = partial(self._unconfirmed, before, done, open_)
        return Changed(done.value, _TOPICS, words, undo)

    def _unmade(self, mail_id: int, client: Client) -> Changed[None]:
        with self._room.db.change(_TOPICS):
            self._store.remove(client)
            self._room.links.cut(mail_id, KIND, client.id)
        return Changed(None, _TOPICS, t("{name} is no client any more", name=client.name))

    def _unconfirmed(
        self, before: Client, done: Changed[Client], open_: tuple[Guess, ...]
    ) -> Changed[None]:
        with self._room.db.change(_TOPICS):
            if done.undo is not None:
                done.undo()
            self._store.put_guesses(before.id, open_)
        return Changed(None, _TOPICS)
