"""What the window's sheets say: notices, connections, keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.newcomers import FIELDS
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, money_text, t
from gigdesk.ui.kit.rows import Section
from gigdesk.ui.kit.words import key_words
from gigdesk.ui.sheet import SheetLine

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.calendar.events import Occurrence
    from gigdesk.domain.inbox.mails import MailLine
    from gigdesk.domain.invoices.records import Invoice
    from gigdesk.domain.notices import Notice
    from gigdesk.services.office import Office
    from gigdesk.ui.kit.page import Command

_EACH = 8
_MARKS = {
    "mail": "mail",
    "invoice": "receipt-text",
    "payment": "banknote",
    "lead": "compass",
    "event": "calendar-days",
    "proposal": "check",
}


def notices(office: Office) -> tuple[list[Notice], list[SheetLine]]:
    """What the assistant told, newest first."""
    found = office.notices.latest()
    lines = [
        SheetLine(
            each.title,
            each.words,
            _when(office, each.at),
            _MARKS.get(each.record.kind, "info") if each.record else "info",
            not each.seen,
            each.record,
        )
        for each in found
    ]
    return found, lines


def connections(office: Office) -> list[SheetLine]:
    """Every connection this desk made, newest first."""
    return [
        SheetLine(
            each.host,
            t(
                "{why} · {state} · {sent} bytes out, {received} in",
                why=each.why,
                state=t(each.state),
                sent=each.sent,
                received=each.received,
            ),
            _when(office, each.at),
            "globe" if each.state != "blocked" else "shield-check",
        )
        for each in office.ledger.latest()
    ]


def client(office: Office, client_id: int) -> list[object]:
    """What the desk has of one client: who they are, then invoices, events and mails."""
    known = office.clients.get(client_id)
    place = ", ".join(part for part in (known.city, known.country, known.zone) if part)
    head = SheetLine(known.email or known.name, place, known.currency, "users")
    made_of = office.handoff.mail_of("client", client_id)
    guessed = [
        SheetLine(t("{field}: {value}", field=FIELDS[each.field](), value=each.value),
                  t("Guessed. {why}", why=each.reason), mark="pencil-line", ref=made_of)
        for each in office.handoff.newcomers.guesses(client_id)
    ]  # fmt: skip
    invoices = office.invoices.of_client(client_id)[:_EACH]
    today = office.now().astimezone(office.zone()).date()
    events = [
        each
        for each in office.calendar.between(today, today + timedelta(days=60))
        if known.name.casefold() in each.title.casefold()
    ][:_EACH]
    mails = office.inbox.search(f"from:{known.email}", _EACH) if known.email else []
    return [
        head,
        *_part(t("Only guessed so far"), guessed),
        *_part(t("Invoices"), [_invoice_line(each) for each in invoices]),
        *_part(t("Coming up"), [_event_line(office, each) for each in events]),
        *_part(t("Mails"), [_mail_line(office, each) for each in mails]),
    ]


def _part(title: str, lines: list[SheetLine]) -> list[object]:
    return [Section(title), *lines] if lines else []


def _invoice_line(each: Invoice) -> SheetLine:
    title = t("Invoice {number}", number=each.number) if each.number else t("Draft")
    due = date_text(each.due_date, form="medium") if each.due_date else ""
    return SheetLine(
        title,
        t("due {day}", day=due) if due else "",
        money_text(each.gross, each.currency),
        "receipt-text",
        ref=Ref("invoice", each.id, each.number or ""),
    )


def _event_line(office: Office, each: Occurrence) -> SheetLine:
    start = each.span(office.zone())[0]
    ref = Ref("event", each.event_id, each.title, each.start.count)
    return SheetLine(each.title, each.calendar, _when(office, start), "calendar-days", ref=ref)


def _mail_line(office: Office, each: MailLine) -> SheetLine:
    ref = Ref("mail", each.id, each.subject)
    return SheetLine(
        each.subject or t("no subject"), each.sender.shown, _when(office, each.at), "mail", ref=ref
    )


def keys(here: str, own: Sequence[Command], general: Sequence[Command]) -> list[object]:
    """The keys of this screen, then those that work everywhere."""
    lines: list[object] = []
    for title, commands in ((here, own), (t("Everywhere"), general)):
        keyed = [each for each in commands if each.key]
        if keyed:
            lines.append(Section(title))
            lines += [SheetLine(each.title, figure=key_words(each.key)) for each in keyed]
    return lines


def _when(office: Office, at: datetime) -> str:
    zone = office.zone()
    here, today = at.astimezone(zone), office.now().astimezone(zone).date()
    clock = f"{here:%H:%M}"
    if here.date() == today:
        return clock
    return f"{date_text(here.date(), form='d MMM')} {clock}"
