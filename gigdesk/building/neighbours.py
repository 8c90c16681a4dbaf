"""What a wing of the house is built on: the rest of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigdesk.building.outside import Outside
    from gigdesk.services.calendar import CalendarService
    from gigdesk.services.clients import ClientService
    from gigdesk.services.door import OpenDesk
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.leads import LeadService
    from gigdesk.services.model import ModelService
    from gigdesk.services.notices import NoticeService
    from gigdesk.services.office import Watch, Writer
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.proposals import ProposalService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.proposals import OutboxStore


@dataclass(frozen=True)
class Neighbours:
    """The office's other services and stores, and the clock and pen they share."""

    desk: OpenDesk
    outside: Outside
    outbox: OutboxStore
    proposals: ProposalService
    settings: SettingsService
    notices: NoticeService
    profile: ProfileService
    clients: ClientService
    invoices: InvoiceService
    calendar: CalendarService
    leads: LeadService
    model: ModelService
    now: Watch
    writer: Writer
