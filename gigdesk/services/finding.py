"""Finding anything by what was typed: clients, invoices, mails, leads, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, money_text, t

if TYPE_CHECKING:
    from gigdesk.domain.invoices.records import Invoice
    from gigdesk.services.office import Office

EACH = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that fits, as the palette shows it."""

    icon: str
    title: str
    hint: str
    ref: Ref


def find(office: Office, typed: str) -> list[Hit]:
    """The best few of each kind."""
    return [
        *_clients(office, typed),
        *_invoices(office, typed),
        *_mails(office, typed),
        *_leads(office, typed),
        *_events(office, typed),
    ]


def _clients(office: Office, typed: str) -> list[Hit]:
    wanted = typed.casefold()
    found = [
        each
        for each in office.clients.all()
        if wanted in f"{each.name} {each.email} {each.city}".casefold()
    ]
    return [
        Hit("users", each.name, " · ".join(filter(None, (each.city, each.email))),
            Ref("client", each.id, each.name))
        for each in found[:EACH]
    ]  # fmt: skip


def _invoices(office: Office, typed: str) -> list[Hit]:
    return [_invoice(each) for each in office.invoices.search(typed, EACH)]


def _invoice(found: Invoice) -> Hit:
    amount = money_text(found.gross, found.currency)
    due = date_text(found.due_date, form="medium") if found.due_date else ""
    title = t("Invoice {number}", number=found.number) if found.number else t("Draft")
    ref = Ref("invoice", found.id, found.number or "")
    hint = " · ".join(part for part in (found.client, amount, due) if part)
    return Hit("receipt-text", title, hint, ref)


def _mails(office: Office, typed: str) -> list[Hit]:
    return [
        Hit("mail", each.subject or t("no subject"), each.sender.shown, Ref("mail", each.id))
        for each in office.inbox.search(typed, EACH, typing=True)
    ]


def _leads(office: Office, typed: str) -> list[Hit]:
    return [
        Hit("compass", each.title, each.client or each.source, Ref("lead", each.id, each.title))
        for each in office.leads.find(typed, EACH)
    ]


def _events(office: Office, typed: str) -> list[Hit]:
    zone = office.zone()
    today = office.now().astimezone(zone).date()
    wanted = typed.casefold()
    found = office.calendar.between(today, today + timedelta(days=60))
    hits: list[Hit] = []
    for each in found:
        if wanted in each.title.casefold() and len(hits) < EACH:
            start = each.span(zone)[0].astimezone(zone)
            hint = f"{date_text(start.date(), form='medium')} {start:%H:%M}"
            ref = Ref("event", each.event_id, each.title, each.start.count)
            hits.append(Hit("calendar-days", each.title, hint, ref))
    return hits
