"""What one answer is made of: the mail, what it wants, and the records it may speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.filling import Slot
from gigdesk.domain.drafts.kinds import Kind, Wish, wish_of
from gigdesk.domain.drafts.languages import language_of
from gigdesk.domain.drafts.letter import Letter, letter_of
from gigdesk.domain.drafts.replying import first_name
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, money_text, own_locale, time_text

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.invoices.records import Invoice
    from gigdesk.domain.profile import Profile

INVOICES_MOST = 4


@dataclass(frozen=True, slots=True)
class Meeting:
    """A coming event with this client, by the clock it is told by."""

    ref: Ref
    start: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Known:
    """The records an answer may speak of: this client's and the person's own, of nobody else."""

    profile: Profile
    today: date
    client: Client | None = None
    invoices: tuple[Invoice, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """One mail made ready to be answered. `state` says where the invoice it is about stands."""

    mail: Mail
    letter: Letter
    wish: Wish
    language: str
    known: Known
    slots: dict[str, Slot] = field(default_factory=dict)
    state: str = ""

    @property
    def asked(self) -> dict[str, Slot]:
        """The slots a model may use; the greeting is ours."""
        return {name: slot for name, slot in self.slots.items() if name != "name"}

    def signature(self, tone: str) -> str:
        """How the person signs."""
        profile = self.known.profile
        if tone in {"warm", "short"}:
            return profile.first_name
        trade = profile.trade if profile.trade != profile.name else ""
        return "\n".join(filter(None, (profile.name, trade)))

    def refs(self) -> list[Ref]:
        """The mail and its client."""
        found = [Ref("mail", self.mail.id, self.mail.subject[:60] or self.mail.sender.shown)]
        if self.known.client is not None:
            found.append(Ref("client", self.known.client.id, self.known.client.name))
        return found


def material_of(mail: Mail, known: Known) -> Material:
    """Everything an answer to this mail is made of."""
    letter = letter_of(mail)
    client = known.client
    numbers = [each.number for each in known.invoices if each.number]
    invited = any(each.code == "invitation" for each in mail.label.reasons)
    wish = wish_of(mail.subject, letter.own, numbers, invited=invited)
    language = language_of(letter.own, client.language if client else "")
    where = locale_of(language, client.country if client else "")
    meant = _meant(wish, known.invoices)
    slots = {slot.name: slot for slot in _slots(mail, wish, known, meant, where)}
    state = _state(meant, known.today) if meant is not None else ""
    return Material(mail, letter, wish, language, known, slots, state)


def locale_of(language: str, country: str) -> str:
    """How dates and amounts are written for somebody of this language and country."""
    from babel.localedata import exists

    own = own_locale()
    for name in (f"{language}_{country}", own if own.startswith(language) else ""):
        if name and exists(name):
            return name
    return {"en": "en_GB", "pt": "pt_PT"}.get(language, language)


def _meant(wish: Wish, invoices: Sequence[Invoice]) -> Invoice | None:
    """The invoice a mail is about: the one it names, else the only open one."""
    named = [each for each in invoices if each.number in wish.numbers]
    if named:
        return named[0]
    open_ones = [each for each in invoices if each.open > 0]
    alone = len(open_ones) == 1 and wish.kind is Kind.INVOICE
    return open_ones[0] if alone else None


def _state(invoice: Invoice, today: date) -> str:
    if invoice.open <= 0:
        return "paid"
    return "late" if invoice.days_late(today) > 0 else "open"


def _slots(
    mail: Mail, wish: Wish, known: Known, meant: Invoice | None, where: str
) -> Iterator[Slot]:
    name = first_name(mail.sender.name)
    if name:
        client = known.client
        ref = Ref("client", client.id, client.name) if client else Ref("mail", mail.id, name)
        yield Slot("name", name, "first name of the sender", ref)
    if meant is not None:
        yield from _of_invoice(meant, where, "")
    others = [each for each in known.invoices if each is not meant and each.open > 0]
    for at, invoice in enumerate(others[:INVOICES_MOST], start=2 if meant else 1):
        yield from _of_invoice(invoice, where, f"_{at}")
    bank = known.profile.bank
    if bank is not None and bank.iban and wish.kind is Kind.INVOICE:
        ref = Ref("profile", 0, known.profile.name)
        yield Slot("iban", _spaced(bank.iban), "IBAN payments go to", ref)
        yield Slot("holder", bank.holder or known.profile.name, "name on that account", ref)
    for meeting in known.meetings[:1]:
        day = date_text(meeting.start.date(), where, "EEEE d MMMM")
        yield Slot("event_day", day, "day of the next meeting with them", meeting.ref)
        yield Slot("event_time", time_text(meeting.start, where), "its time", meeting.ref)
        yield Slot("event_place", meeting.place, "the place whose clock that is", meeting.ref)


def _of_invoice(invoice: Invoice, where: str, suffix: str) -> Iterator[Slot]:
    label = invoice.number or ""
    ref = Ref("invoice", invoice.id, label)
    which = (
        "the invoice the mail is about" if not suffix else f"another open invoice ({suffix[1:]})"
    )
    owed = invoice.open if invoice.open > 0 else invoice.gross
    yield Slot(f"number{suffix}", label, f"number of {which}", ref)
    amount = money_text(owed, invoice.currency, where)
    meaning = "what is still open of it" if invoice.open > 0 else "its amount, which is paid"
    yield Slot(f"amount{suffix}", amount, meaning, ref)
    if invoice.due_date is not None:
        yield Slot(f"due{suffix}", date_text(invoice.due_date, where), "the day it is due", ref)


def _spaced(iban: str) -> str:
    compact = "".join(iban.split())
    return " ".join(compact[at : at + 4] for at in range(0, len(compact), 4))
