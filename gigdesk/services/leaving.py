"""Leaving newsletters, one or many, by the person's click."""

from __future__ import annotations

import uuid
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.leaving import Left, Letters, Way, mail_to
from gigdesk.domain.proposals import TAKE_BACK_SECONDS, OutboxId, OutboxItem, OutboxState
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from gigdesk.domain.ports import ListServers, Now, Write
    from gigdesk.services.inbox import InboxService
    from gigdesk.store.inbox.letters import LetterStore
    from gigdesk.store.proposals import OutboxStore

_MOST = 2000


@dataclass(frozen=True)
class LeavingRoom:
    """What leaving works with."""

    letters: LetterStore
    outbox: OutboxStore
    inbox: InboxService
    servers: ListServers
    mine: Callable[[], Collection[str]]
    resting: Callable[[], str]


class LeavingService:
    """What the person can do about newsletters."""

    def __init__(self, room: LeavingRoom, now: Now, write: Write) -> None:
        self._room, self._now, self._write = room, now, write

    def letters(self) -> list[Letters]:
        """Who sends newsletters, the busiest first."""
        return self._room.letters.all(_MOST)

    def of(self, mail_id: int) -> Letters:
        """The sender of one mail, as if it were a newsletter. Raises NotFound."""
        mail = self._room.inbox.mail(mail_id)
        return Letters(
            sender=mail.sender.email.lower(),
            name=mail.sender.shown,
            mails=1,
            unread=int(mail.unread),
            last=mail.at,
            newest=mail.id,
            exits=mail.exits,
        )

    def leave(self, chosen: Sequence[Letters]) -> Generator[Left, None, list[Left]]:
        """Leave them one after the other; how each went is told as it goes. Nothing leaves from a desk
        whose people are made up."""
        found: list[Left] = []
        for each in chosen:
            found.append(self._left(each))
            yield found[-1]
        return found

    def _left(self, letters: Letters) -> Left:
        resting = self._room.resting()
        if resting:
            return Left(letters.sender, letters.name, False, resting)
        try:
            return {
                Way.CLICK: self._by_click,
                Way.MAIL: self._by_mail,
                Way.LINK: self._by_link,
                Way.NONE: self._by_nothing,
            }[letters.exits.way](letters)
        except Trouble as trouble:
            words = f"{trouble.title}. {trouble.advice}".strip()
            return Left(letters.sender, letters.name, False, words)

    def _by_click(self, letters: Letters) -> Left:
        why = t("You asked {name} to stop its newsletter", name=letters.name)
        if not self._room.servers.leave(letters.exits.url, why):
            words = t("It did not take the click; look at its page yourself")
            return Left(letters.sender, letters.name, False, words, letters.exits.url)
        self._kept(letters, Way.CLICK)
        return Left(letters.sender, letters.name, True, t("Unsubscribed"))

    def _by_mail(self, letters: Letters) -> Left:
        address, subject, body = mail_to(letters.exits.mailto)
        mail = self._room.inbox.mail(letters.newest)
        mine = [
            each.email for each in (*mail.to, *mail.cc) if each.email.lower() in self._room.mine()
        ]
        sender = mine[0] if mine else ""
        now = self._now()
        item = OutboxItem(
            id=OutboxId(0),
            kind="mail",
            to=address,
            subject=subject or "unsubscribe",
            body=body or "unsubscribe",
            message_id=f"<{uuid.uuid4()}@{sender.rpartition('@')[2] or 'gigdesk.invalid'}>",
            state=OutboxState.WAITING,
            due=now + timedelta(seconds=TAKE_BACK_SECONDS),
            words=t("You leave {name}", name=letters.name),
            payload={"from": sender},
        )
        self._write(lambda: Changed(self._room.outbox.add(item, now), Topic.OUTBOX))
        self._kept(letters, Way.MAIL)
        return Left(letters.sender, letters.name, True, t("A mail that says so waits to leave"))

    def _by_link(self, letters: Letters) -> Left:
        words = t("It wants you to look at its page")
        return Left(letters.sender, letters.name, False, words, letters.exits.url)

    def _by_nothing(self, letters: Letters) -> Left:
        return Left(letters.sender, letters.name, False, t("It offers no way to leave"))

    def _kept(self, letters: Letters, way: Way) -> None:
        def keep() -> Changed[None]:
            self._room.letters.leave(letters.sender, self._now(), str(way))
            return Changed(None, Topic.INBOX)

        self._write(keep)
