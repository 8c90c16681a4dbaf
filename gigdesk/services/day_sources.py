"""Where the day comes from: other features, in the shape Today shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.kinds import client_of, kind_of
from gigdesk.domain.calendar.places import city_of
from gigdesk.domain.money import Money
from gigdesk.domain.records import Ref
from gigdesk.domain.today import AgendaEntry, LateInvoice, Owed
from gigdesk.domain.words import t
from gigdesk.services.today import Sources

if TYPE_CHECKING:
    from gigdesk.domain.calendar.events import Attendee, Occurrence
    from gigdesk.domain.clients import Client
    from gigdesk.services.calendar import CalendarService
    from gigdesk.services.clients import ClientService
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.leads import LeadService


def day_sources(
    invoices: InvoiceService,
    calendar: CalendarService,
    clients: ClientService,
    leads: LeadService,
) -> Sources:
    """The functions Today reads."""
    return Sources(
        agenda=partial(_agenda, calendar, clients),
        owed=lambda day: [Owed(each.currency, each.ages) for each in invoices.owed(day)],
        late=partial(_late, invoices),
        best_leads=leads.best,
        new_leads=leads.new_count,
        worth_leads=leads.worth_count,
    )


def _agenda(
    calendar: CalendarService, clients: ClientService, day: date, zone: ZoneInfo
) -> Sequence[AgendaEntry]:
    found = [each for each in calendar.between(day, day) if not each.cancelled]
    people = calendar.people({each.event_id for each in found})
    known = clients.all()
    return [_entry(each, zone, *people.get(each.event_id, ("", ())), known) for each in found]


def _entry(
    each: Occurrence,
    zone: ZoneInfo,
    organizer: str,
    asked: Sequence[Attendee],
    clients: Sequence[Client],
) -> AgendaEntry:
    start, end = (moment.astimezone(zone) for moment in each.span(zone))
    client = client_of(each.title, [organizer, *(one.email for one in asked)], clients)
    theirs = client.zone if client is not None and client.zone else each.zone
    return AgendaEntry(
        ref=Ref("event", each.event_id, each.title, each.start.count),
        uid=each.uid,
        title=each.title,
        start=start,
        end=end,
        all_day=each.all_day,
        zone=each.zone,
        calendar=each.calendar,
        theirs="" if each.all_day else their_time(start.timestamp(), zone, theirs),
        kind=str(kind_of(each, asked, client, "")),
    )


def their_time(instant: float, zone: ZoneInfo, theirs: str) -> str:
    """`08:00 in Berlin` when their clock differs from the person's, else nothing."""

    if not theirs:
        return ""
    here = datetime.fromtimestamp(instant, zone)
    try:
        there = here.astimezone(ZoneInfo(theirs))
    except (ValueError, OSError, LookupError):
        return ""
    if there.utcoffset() == here.utcoffset():
        return ""
    return t("{time} in {place}", time=f"{there:%H:%M}", place=city_of(theirs))


def _late(invoices: InvoiceService, day: date) -> Sequence[LateInvoice]:
    return [
        LateInvoice(
            Ref("invoice", each.id, each.number or ""),
            each.client,
            Money(each.currency, each.open),
            each.due_date,
            each.days_late(day),
        )
        for each in invoices.late(day)
        if each.due_date is not None
    ]
