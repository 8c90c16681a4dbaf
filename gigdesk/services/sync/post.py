"""What syncing works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.ports import Now, Write
    from gigdesk.services.inbox import InboxService
    from gigdesk.store.inbox.folders import FolderStore
    from gigdesk.store.inbox.places import PlaceStore
    from gigdesk.store.inbox.queue import MailQueue


@dataclass(frozen=True)
class Post:
    """The stores of places and changes, the way mails come in, the clock and the pen."""

    folders: FolderStore
    places: PlaceStore
    queue: MailQueue
    inbox: InboxService
    known: Callable[[], Known]
    now: Now
    write: Write
