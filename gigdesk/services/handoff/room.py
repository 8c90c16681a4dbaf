"""What hand-off works with, and what all of it needs of a mail."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from gigdesk.domain.drafts.languages import language_of

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Attachment, Mail
    from gigdesk.domain.ports import Now, Write
    from gigdesk.services.accounts import AccountService
    from gigdesk.services.calendar import CalendarService
    from gigdesk.services.clients import ClientService
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.leads import LeadService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.proposals import ProposalService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.inbox.links import LinkStore

T = TypeVar("T")

# Of one mail no more is looked at; whoever sends more gets it saved by hand.
FILES_MOST = 4
FILE_BYTES_MOST = 12_000_000


class Read(Generic[T]):
    """What was read of the last few files: a mail's bytes never change, and a child takes time."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, int], T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, mail: int, number: int, read: Callable[[], T]) -> T:
        """What this file gave, read now if need be. What raises is read again."""
        key = mail, number
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = read()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found


@dataclass(frozen=True)
class HandoffRoom:
    """The services next door and the stores."""

    db: DeskDb
    blobs: Blobs
    links: LinkStore
    inbox: InboxService
    proposals: ProposalService
    calendar: CalendarService
    clients: ClientService
    leads: LeadService
    accounts: AccountService
    profile: ProfileService
    settings: SettingsService
    now: Now
    write: Write

    def language(self, mail: Mail) -> str:
        """The language of a mail, the person's own where it says too little."""
        return language_of(mail.text, self.profile.get().language)


def files_of(mail: Mail, types: frozenset[str], endings: tuple[str, ...]) -> list[Attachment]:
    """The files of a mail that may be of these types, each content once, few and not too large."""
    found: dict[str, Attachment] = {}
    for each in mail.attachments:
        fits = each.type in types or each.name.lower().endswith(endings)
        if fits and 0 < each.bytes <= FILE_BYTES_MOST:
            found.setdefault(each.digest or str(each.number), each)
    return list(found.values())[:FILES_MOST]
