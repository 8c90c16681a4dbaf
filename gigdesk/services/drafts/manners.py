"""How the person writes: read from their own sent mail a few at a time, shown, and theirs to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.manner import (
    TRAITS,
    Manner,
    TraitName,
    Whose,
    fitting,
    learned,
    merged,
    own_only,
)
from gigdesk.domain.drafts.masking import example_of
from gigdesk.domain.drafts.own_words import Own, read_own, signs_of
from gigdesk.domain.errors import NotFound, Refused
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.store.inbox.manners import ReadMail

if TYPE_CHECKING:
    from datetime import date, datetime

    from gigdesk.domain.clients import Client
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import Write
    from gigdesk.services.clients import ClientService
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.profile import ProfileService
    from gigdesk.store.inbox.manners import MannerStore, OwnMail

BATCH, BATCHES = 100, 5  # what one beat reads: half a second's work, beside everything else
_OF_CLIENT = 120
_LATEST = 1 << 62
EXAMPLES = 2


@dataclass(frozen=True)
class MannerRoom:
    """What manners are read from."""

    store: MannerStore
    inbox: InboxService
    clients: ClientService
    profile: ProfileService


@dataclass(frozen=True, slots=True)
class Shown:
    """How the person writes to somebody, as it is shown: to them, and to all in this language. `when`
    says of the mails that show it when they were written; `own` what one's own name is."""

    towards: Manner
    general: Manner
    languages: tuple[str, ...]
    when: Mapping[int, datetime] = field(default_factory=dict)
    own: str = ""


class MannerService:
    """Learns how the person writes, and lets them say it better."""

    def __init__(self, room: MannerRoom, write: Write) -> None:
        self._store, self._room, self._write = room.store, room, write

    def learn(self, batches: int = BATCHES) -> int:
        """Read some own mails that were not read yet, the newest first; how many these were."""
        before, count = _LATEST, 0
        for _ in range(batches):
            found = self._store.unread(before, BATCH)
            if not found:
                break
            self._keep(found)
            before, count = found[-1].id, count + len(found)
        return count

    def towards(self, email: str, language: str) -> Manner:
        """How the person writes to this address in this language, what they said themselves first,
        how they write to all where nothing else is known. Reads what was not read yet of theirs."""
        email = email.lower()
        self._learn_client(email)
        whose, all_ = Whose(language, email), Whose(language)
        chosen = self._store.chosen(whose)
        return merged(self._learned(whose), self._learned(all_), chosen, self._store.chosen(all_))

    def shown(self, email: str, language: str) -> Shown:
        """The same, to be looked at and changed: what is theirs alone and what is of all apart."""
        email, all_ = email.lower(), Whose(language)
        self._learn_client(email)
        general = own_only(self._learned(all_), self._store.chosen(all_))
        used = self._store.languages(email) if email else []
        languages = tuple(dict.fromkeys([language, *used]))
        towards = self.towards(email, language) if email else general
        traits = [*towards.traits.values(), *general.traits.values()]
        when = self._store.when([mail for trait in traits for mail in trait.mails])
        return Shown(towards, general, languages, when, self._room.profile.get().name)

    def examples(self, manner: Manner, today: date) -> tuple[str, ...]:
        """The beginning of up to two own letters to this client, without a fact in them. Nothing of
        letters to anybody else is ever an example."""
        if not manner.whose.email:
            return ()
        found = []
        for mail_id in manner.examples[:EXAMPLES]:
            try:
                mail = self._room.inbox.mail(mail_id)
            except NotFound:
                continue
            read = read_own(Own(mail.text, _reader(mail), self._names(mail.sender.name)))
            if read is not None:
                found.append(
                    example_of(read.body, manner.whose.language, self._all_names(mail), today)
                )
        return tuple(filter(None, found))

    # --- what the person says -------------------------------------------------------------------
    def choose(self, whose: Whose, name: TraitName, said: str) -> Changed[Manner]:
        """The person's own word for a trait; the learned one said again is kept as it is from now
        on. Raises Refused when it cannot be that."""
        if name not in TRAITS or whose.language not in LANGUAGES:
            raise Refused(t("There is no such habit"), t("Nothing was changed."))
        value = fitting(name, said)
        if not value:
            raise Refused(
                t("“{said}” does not fit here", said=said.strip()[:40]),
                t("The length is a number of words, as 40."),
            )
        return self._change(whose, {name: value}, t("Kept: you write it so"))

    def unchoose(self, whose: Whose, name: TraitName) -> Changed[Manner]:
        """What was learned counts again for this trait."""
        return self._change(whose, {name: None}, t("Learned again from your mails"))

    def learn_again(self, whose: Whose) -> Changed[Manner]:
        """Read own mails to this client anew, and forget what the person said. Undo says it again."""
        if whose.email:
            self._store.forget(whose.email)
            self._learn_client(whose.email)
        gone = dict.fromkeys(self._store.chosen(whose))
        return self._change(whose, gone, t("Learned again from your mails"))

    def _change(
        self, whose: Whose, values: dict[TraitName, str | None], words: str
    ) -> Changed[Manner]:  # fmt: skip
        whose = Whose(whose.language, whose.email.lower())
        before = self._store.chosen(whose)
        for name, value in values.items():
            self._store.choose(whose, name, value)
        back = {name: before.get(name) for name in values}
        undo = partial(self._change, whose, back, t("As it was before"))
        return Changed(self._shown_of(whose), Topic.PROFILE, words, undo)

    def _shown_of(self, whose: Whose) -> Manner:
        return own_only(self._learned(whose), self._store.chosen(whose))

    # --- reading --------------------------------------------------------------------------------
    def _learned(self, whose: Whose) -> Manner:
        return learned(whose, self._store.signs(whose))

    def _learn_client(self, email: str) -> None:
        found = self._store.unread_to(email, _OF_CLIENT) if email else []
        if found:
            self._keep(found)

    def _keep(self, found: Sequence[OwnMail]) -> None:
        clients = {each.email.lower(): each for each in self._room.clients.all() if each.email}
        read = [self._read(each, clients) for each in found]
        self._write(partial(self._store.keep, read))

    def _read(self, mail: OwnMail, clients: dict[str, Client]) -> ReadMail:
        alone = mail.to[0] if len(mail.to) == 1 else None
        email = alone.email.lower() if alone else ""
        if mail.foreign:
            return ReadMail(mail.id, mail.stamp, "", None)
        client = clients.get(email)
        reader = (alone.name or (client.name if client else "")) if alone else ""
        hint = client.language if client else ""
        signs = signs_of(Own(mail.text, reader, self._names(mail.sender), hint))
        return ReadMail(mail.id, mail.stamp, email if signs else "", signs)

    def _names(self, sender: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self._room.profile.get().name, sender))))

    def _all_names(self, mail: Mail) -> list[str]:
        """Everybody whose name must not stand in an example: people of the mail, all clients, and all
        who ever wrote."""
        people = [each.name for each in (mail.sender, *mail.to, *mail.cc)]
        clients = [each.name for each in self._room.clients.all()]
        return [*people, *clients, *self._store.people(), *self._names("")]


def _reader(mail: Mail) -> str:
    return mail.to[0].name if len(mail.to) == 1 else ""
