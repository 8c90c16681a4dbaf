"""Gathers what an answer may speak of: the records of the mail's sender, of no other client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.drafts.material import Known, Material, Meeting, material_of
from gigdesk.domain.drafts.replying import one_line
from gigdesk.domain.records import Ref

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import Now
    from gigdesk.services.calendar import CalendarService
    from gigdesk.services.clients import ClientService
    from gigdesk.services.drafts.manners import MannerService
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService

AHEAD = timedelta(days=45)
MEETINGS_MOST = 3


@dataclass(frozen=True)
class Sources:
    """Where records come from."""

    inbox: InboxService
    clients: ClientService
    invoices: InvoiceService
    calendar: CalendarService
    profile: ProfileService
    settings: SettingsService
    manners: MannerService
    now: Now

    def material(self, mail_id: int) -> Material:
        """Everything an answer to this mail is made of. Raises NotFound."""
        mail = self.inbox.mail(mail_id)
        return material_of(mail, self.known(mail))

    def known(self, mail: Mail) -> Known:
        """The records of this mail's sender, and the person's own."""
        client = self._client(mail)
        today = self.now().astimezone(self.settings.zone()).date()
        invoices = self.invoices.of_client(client.id) if client else []
        issued = tuple(each for each in invoices if each.number)
        meetings = tuple(self._meetings(client, today)) if client else ()
        return Known(self.profile.get(), today, client, issued, meetings)

    def _client(self, mail: Mail) -> Client | None:
        sender = mail.sender.email.lower()
        found = (each for each in self.clients.all() if each.email.lower() == sender)
        return next(found, None) if sender else None

    def _meetings(self, client: Client, today: date) -> list[Meeting]:
        zone = ZoneInfo(client.zone) if client.zone else self.settings.zone()
        now = self.now()
        coming = [
            each
            for each in self.calendar.between(today, today + AHEAD)
            if not each.cancelled
            and not each.all_day
            and client.name.casefold() in each.title.casefold()
            and each.span(zone)[0] > now
        ]
        coming.sort(key=lambda each: each.span(zone)[0])
        return [
            Meeting(
                Ref("event", each.event_id, one_line(each.title)[:60], each.start.count),
                each.span(zone)[0].astimezone(zone),
                str(zone).rpartition("/")[2].replace("_", " "),
            )
            for each in coming[:MEETINGS_MOST]
        ]
