"""What follows once a mail has left, and looking for those of which nobody knows.

Each step can be done twice without harm: a mail that stands in Sent is not put there again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.errors import NotFound, Stale, Trouble
from gigdesk.domain.inbox.folders import Role, folder_of
from gigdesk.domain.inbox.mails import RawMail
from gigdesk.domain.inbox.writing import read_addresses, sent_copy, valid_id
from gigdesk.domain.proposals import Filing, OutboxItem, OutboxState
from gigdesk.domain.sending import next_look
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.services.sending.room import SendingRoom

_AGAIN = timedelta(minutes=5)
TRIES_MOST = 50


class Cabinet:
    """Files what was sent, here and on the server."""

    def __init__(self, room: SendingRoom) -> None:
        self._room = room

    def file(self, item: OutboxItem) -> None:
        """The next steps for one that left. What fails is tried again later, and said."""
        try:
            if item.filing is Filing.LOCAL:
                item = self._keep_here(item)
            if item.filing is Filing.SERVER:
                self._put_into_sent(item)
        except Stale:
            return
        except Trouble as trouble:
            self._again(item, trouble)

    def look_for(self, item: OutboxItem) -> bool:
        """Whether an uncertain mail is found on its server: then it was sent."""
        account = self._account(item)
        if account is None or not self.can_look(item):
            return False
        secret = self._room.accounts.secret(account)
        with self._room.servers.open(account, secret, t("Look whether a mail was sent")) as box:
            folder = folder_of(box.folders(), Role.SENT, Role.ALL)
            return folder is not None and bool(box.find(folder.name, item.message_id))

    def when_to_look_again(self, item: OutboxItem) -> timedelta | None:
        """None once it is for the person to say."""
        return next_look(item.asked + 1) if self.can_look(item) else None

    def can_look(self, item: OutboxItem) -> bool:
        """Whether its account has a Sent where it might stand."""
        account = self._account(item)
        return (
            account is not None
            and account.imap is not None
            and self._room.keeps_sent(account) is not False
        )

    def was_sent(self, item: OutboxItem, words: str) -> Changed[OutboxItem]:
        """It did leave: what follows is done."""
        done = self._room.outbox.change(
            item,
            state=OutboxState.SENT,
            words=words,
            advice="",
            left_at=self._room.now(),
            filing=Filing.LOCAL,
            next_try=None,
            hold="",
        )
        return Changed(done, Topic.OUTBOX, words)

    def copy(self, item: OutboxItem) -> bytes:
        """The sent bytes, with the hidden recipients."""
        raw = self._room.blobs.get(item.raw_blob)
        return sent_copy(raw, read_addresses(str(item.payload.get("bcc", ""))))

    def _keep_here(self, item: OutboxItem) -> OutboxItem:
        """Into the desk, so that its conversation shows it at once."""
        mail = RawMail(self.copy(item), t("Sent from here"), unread=False, at=item.left_at)
        for _ in self._room.inbox.bring_in([[mail]], _nothing_else):
            pass
        account = self._account(item)
        there = (
            account is not None
            and account.imap is not None
            and self._room.keeps_sent(account) is not True
        )
        return self._room.changed(
            item, filing=Filing.SERVER if there else Filing.DONE, next_try=None, asked=0
        )

    def _put_into_sent(self, item: OutboxItem) -> None:
        account = self._account(item)
        if account is None:
            self._room.changed(item, filing=Filing.DONE)
            return
        secret = self._room.accounts.secret(account)
        with self._room.servers.open(account, secret, t("Keep a sent mail in Sent")) as box:
            folder = folder_of(box.folders(), Role.SENT)
            if folder is None:
                box.create("Sent")
                folder = folder_of(box.folders(), Role.SENT)
            name = folder.name if folder is not None else "Sent"
            if not box.find(name, valid_id(item.message_id)):
                box.append(name, self.copy(item), seen=True)
        words = t("Sent by {name}, kept in {folder}", name=account.name, folder=name)
        self._room.changed(item, filing=Filing.DONE, next_try=None, words=words)

    def _again(self, item: OutboxItem, trouble: Trouble) -> None:
        if item.asked >= TRIES_MOST:
            words = t("Sent. It could not be kept in Sent on the server")
            self._room.changed(item, filing=Filing.DONE, words=words, advice=trouble.title)
            return
        self._room.changed(
            item,
            words=t("Sent, not yet kept in Sent on the server"),
            advice=f"{trouble.title}. {t('It is tried again by itself.')}",
            next_try=self._room.now() + _AGAIN,
            asked=item.asked + 1,
        )

    def _account(self, item: OutboxItem) -> Account | None:
        try:
            return self._room.accounts.get(item.account) if item.account else None
        except NotFound:
            return None


def _nothing_else(_mails: object, _kept: object) -> None:
    return None
