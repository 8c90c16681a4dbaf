"""What sending works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.proposals import OutboxItem
from gigdesk.domain.topics import Changed, Topic

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.ports import MailCarrier, MailServers, Now, Write
    from gigdesk.services.accounts import AccountService
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.notices import NoticeService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.leases import LeaseStore
    from gigdesk.store.proposals import OutboxStore


@dataclass(frozen=True)
class SendingRoom:
    """Stores, servers and the services next door. `keeps_sent` says whether an account's provider
    puts what it sends into Sent by itself: None when nobody knows."""

    outbox: OutboxStore
    leases: LeaseStore
    blobs: Blobs
    carrier: MailCarrier
    servers: MailServers
    accounts: AccountService
    inbox: InboxService
    profile: ProfileService
    settings: SettingsService
    notices: NoticeService
    keeps_sent: Callable[[Account], bool | None]
    now: Now
    write: Write

    def changed(self, item: OutboxItem, **fields: Any) -> OutboxItem:
        """Change a row. Raises Stale when somebody else did."""
        return self.write(lambda: Changed(self.outbox.change(item, **fields), Topic.OUTBOX)).value

    def noted(self, item: OutboxItem, **fields: Any) -> OutboxItem:
        """The same, unless it says so already: a row that waits is looked at twice a minute."""
        news = {name: value for name, value in fields.items() if getattr(item, name) != value}
        return self.changed(item, **news) if news else item

    def senders(self) -> list[Account]:
        """The accounts that can send, the default one first."""
        return [
            each
            for each in self.accounts.all()
            if each.smtp is not None and each.state is not AccountState.OFF
        ]
