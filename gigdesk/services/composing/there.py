"""What is being written, in Drafts on the server too, when the person wants it there: to be gone on
with from a telephone. One way only: what others write there is not touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.errors import NotFound, Refused, Trouble
from gigdesk.domain.inbox.folders import Role, folder_of
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.writing import (
    Enclosure,
    Outgoing,
    ascii_domain,
    read_addresses,
    sent_copy,
    written,
)
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.store.leases import held, process_holder

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.inbox.unsent import Unsent
    from gigdesk.domain.ports import MailBox, MailServers, Now, Write
    from gigdesk.services.accounts import AccountService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.inbox.drafts_there import DraftsThereStore
    from gigdesk.store.inbox.unsent import UnsentStore
    from gigdesk.store.leases import LeaseStore

SETTING = "server_drafts"
# Who writes is not interrupted: a copy goes when nothing was typed for so long.
_QUIET = timedelta(seconds=20)
_LEASE = "drafts there"


class _Busy(Exception):
    """Another GigDesk does it just now."""


@dataclass(frozen=True)
class ThereRoom:
    """What it works with."""

    unsent: UnsentStore
    there: DraftsThereStore
    leases: LeaseStore
    blobs: Blobs
    servers: MailServers
    accounts: AccountService
    profile: ProfileService
    settings: SettingsService


class DraftsThere:
    """Keeps the copies on the servers as the mails are."""

    def __init__(self, room: ThereRoom, now: Now, write: Write) -> None:
        self._room, self._now, self._write = room, now, write

    def sync(self) -> Changed[int]:
        """Bring the copies up to what is written; how many were put or taken away. A server that
        does not answer is tried at the next call."""
        room = self._room
        behind = room.there.behind(self._now() - _QUIET) if room.settings.on(SETTING) else []
        if not behind and not room.there.going():
            return Changed(0, Topic.NONE)
        try:
            with held(room.leases, _LEASE, process_holder(), _Busy()) as renew:
                done = 0
                for account in room.accounts.all():
                    renew()
                    done += self._of_account(account, behind)
                return Changed(done, Topic.NONE)
        except _Busy:
            return Changed(0, Topic.NONE)

    def _of_account(self, account: Account, behind: Iterable[int]) -> int:
        mails = [each for each in self._mails(behind) if self._by(each) == account.id]
        going = [name for name, owner in self._room.there.going() if owner == account.id]
        if account.imap is None or not (mails or going):
            return 0
        try:
            with self._folder(account) as (box, folder):
                for mail in mails:
                    self._put(box, folder, account, mail)
                return len(mails) + self._take_away(box, folder, account)
        except Trouble:
            return 0

    @contextmanager
    def _folder(self, account: Account) -> Iterator[tuple[MailBox, str]]:
        secret = self._room.accounts.secret(account)
        why = t("Keep what is being written in Drafts")
        with self._room.servers.open(account, secret, why) as box:
            folder = folder_of(box.folders(), Role.DRAFTS)
            if folder is None:
                box.create("Drafts")
            yield box, folder.name if folder is not None else "Drafts"

    def _put(self, box: MailBox, folder: str, account: Account, mail: Unsent) -> None:
        there = self._room.there
        name = f"<draft-{uuid.uuid4()}@{ascii_domain(account.address.rpartition('@')[2])}>"
        raw = self._raw(mail, account, name)
        self._write(lambda: there.begin(name, account.id))
        box.append(folder, raw, seen=True, draft=True)
        self._write(lambda: there.put(mail.id, mail.version, name, account.id))

    def _take_away(self, box: MailBox, folder: str, account: Account) -> int:
        names = [name for name, owner in self._room.there.going() if owner == account.id]
        for name in names:
            uids = box.find(folder, name)
            if uids:
                box.remove(uids)
            self._write(lambda gone=name: self._room.there.gone(gone))  # type: ignore[misc]
        return len(names)

    def _mails(self, ids: Iterable[int]) -> list[Unsent]:
        found = []
        for each in ids:
            try:
                found.append(self._room.unsent.get(each))
            except NotFound:
                continue
        return found

    def _by(self, mail: Unsent) -> int | None:
        """Whose Drafts it belongs to: of the account it will leave by, else of the first."""
        known = [each.id for each in self._room.accounts.all() if each.imap is not None]
        if mail.account in known:
            return mail.account
        return known[0] if known else None

    def _raw(self, mail: Unsent, account: Account, name: str) -> bytes:
        draft = Outgoing(
            message_id=name,
            sender=Address(self._room.profile.get().name, account.address),
            to=_whole(mail.to),
            cc=_whole(mail.cc),
            subject=mail.subject,
            text=mail.body,
            date=self._now().astimezone(self._room.settings.zone()),
            in_reply_to=mail.in_reply_to,
            references=mail.chain,
            enclosures=tuple(
                Enclosure(each.name, each.type, self._room.blobs.get(each.blob))
                for each in mail.files
            ),
        )
        return sent_copy(written(draft), _whole(mail.bcc))


def _whole(typed: str) -> tuple[Address, ...]:
    """The addresses that are whole already; half of one is nobody's."""
    try:
        return read_addresses(typed)
    except Refused:
        pass
    found: list[Address] = []
    for piece in typed.replace(";", ",").split(","):
        try:
            found += read_addresses(piece)
        except Refused:
            continue
    return tuple(found)
