"""What waits on the sample's Today: a reminder and two answers, each with its reason and records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from gigdesk.domain.inbox.mails import Section
from gigdesk.domain.proposals import Fact, Proposal, ProposalId
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, money_text, n, t
from gigdesk.services.sample.story import (
    LATER,
    Patron,
    owner_zone,
    patrons,
    profile,
    read,
    working_day,
)

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office
    from gigdesk.services.sample.billing import Bill

_FIELD = re.compile(r"\{(\w+)\}")
SLOTS, SLOT = 3, timedelta(minutes=30)
CLOCKS = ("09:30", "09:00", "09:30")
LAST = 6


@dataclass(frozen=True, slots=True)
class _Records:
    """What a proposal is made from, as far as the desk has it."""

    patron: Patron
    bill: Bill | None
    paid: Sequence[Bill]
    mail: Mail | None
    event: Ref | None
    slots: Sequence[datetime]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The chips under the draft."""
        found: list[Ref] = []
        if self.bill is not None:
            label = t("Invoice {number}", number=self.bill.number)
            found.append(Ref("invoice", self.bill.id, label))
        if self.bill is not None and self.paid:
            words = n("{n} payment", "{n} payments", len(self.paid))
            found.append(Ref("invoice", self.paid[-1].id, words))
        if self.mail is not None:
            label = t("Mail from {name}", name=self.patron.first)
            found.append(Ref("mail", self.mail.id, label))
        return tuple(found + ([self.event] if self.event else []))


def propose_all(office: Office, bills: Sequence[Bill], now: datetime) -> None:
    """Put them before the owner, made this morning."""
    for number, each in enumerate(read("waiting")["proposals"]):
        at = now - timedelta(minutes=50 - number)
        records = _records(office, each, bills, now)
        if each["kind"] == "draft":
            _draft(office, records, at)
            continue
        if each["kind"] == "reminder" and records.bill is None:
            continue
        made = _proposal(each, records, now)
        # Made this morning, one after the other: they wait in this order.
        office.proposals.propose(replace(made, created=at))


def _draft(office: Office, records: _Records, at: datetime) -> None:
    office.watch.stand(at)
    if records.mail is not None:
        for _ in office.drafts.draft(records.mail.id):
            pass


def composed(template: str, fields: Mapping[str, tuple[str, Ref | None]]) -> tuple[str, tuple[Fact, ...]]:  # fmt: skip
    """The text with its fields filled in, and where they stand in it."""
    text, facts, last = "", [], 0
    for match in _FIELD.finditer(template):
        text += template[last : match.start()]
        words, ref = fields[match[1]]
        facts.append(Fact(len(text), len(text) + len(words), ref))
        text, last = text + words, match.end()
    return text + template[last:], tuple(facts)


def _records(
    office: Office, each: Mapping[str, Any], bills: Sequence[Bill], now: datetime
) -> _Records:
    patron = next(one for one in patrons() if one.name == each["who"])
    mine = [bill for bill in bills if bill.patron is patron]
    today = now.astimezone(owner_zone()).date()
    open_ones = [bill for bill in mine if bill.settled is None and bill.due >= today]
    bill = open_ones[-1] if open_ones and each["kind"] == "reminder" else None
    paid = [one for one in mine if one.settled][-LAST:]
    mail = _mail(office, patron) if "mail" in each else None
    event = _event(office, each["event"], now) if "event" in each else None
    slots = _free(office, now, patron.zone) if event else ()
    return _Records(patron, bill, paid, mail, event, slots)


def _proposal(each: Mapping[str, Any], records: _Records, now: datetime) -> Proposal:
    fields = _fields(records, now)
    draft, facts = composed(each["draft"], fields)
    plain = {name: words for name, (words, _) in fields.items()}
    payload = {
        "to": records.patron.email,
        "from": profile()["email"],
        "subject": each["subject"].format(**plain),
        "language": records.patron.language,
        "zone": records.patron.zone.key,
    }
    if records.mail is not None:
        payload |= {"in_reply_to": records.mail.message_id, "mail": records.mail.id}
    return Proposal(
        id=ProposalId(0),
        kind=each["kind"],
        key=f"{each['kind']}:{records.bill.id if records.bill else payload['mail']}",
        title=each["title"].format(**plain),
        about=each["about"].format(**plain),
        why=each.get("why") or _habit(records.paid),
        draft=draft,
        created=now,
        facts=facts,
        records=records.refs,
        payload=payload,
        leaves=_their_morning(now, records.patron.zone) if records.bill else None,
    )


def _fields(records: _Records, now: datetime) -> dict[str, tuple[str, Ref | None]]:
    patron, bill = records.patron, records.bill
    lines = [
        f"- {date_text(at.date(), 'en_GB', 'EEEE d MMMM')}, {at:%H:%M}" for at in records.slots
    ]
    third = _slot(now, 3, "13:00", patron.zone)
    here = third.astimezone(owner_zone())
    fields: dict[str, tuple[str, Ref | None]] = {
        "slots": ("\n".join(lines), records.event),
        "weekday": (date_text(here.date(), form="EEEE"), records.event),
        "there": (f"{third:%H:%M}", records.event),
        "here": (f"{here:%H:%M}", records.event),
        "later": (date_text((now + LATER).date(), form="d MMMM"), None),
    }
    if bill is not None:
        ref = Ref("invoice", bill.id, bill.number)
        fields |= {
            "number": (bill.number, ref),
            "amount": (money_text(bill.amount, patron.currency, patron.locale), ref),
            "sum": (money_text(bill.amount, patron.currency), ref),
            "due": (date_text(bill.due, patron.locale, "d. MMMM"), ref),
            "day": (date_text(bill.due, form="EEE d MMM"), ref),
            "weekday": (date_text(bill.due, form="EEEE"), ref),
        }
    return fields


def _habit(paid: Sequence[Bill]) -> str:
    late = [(bill.settled - bill.due).days for bill in paid if bill.settled is not None]
    behind = [days for days in late if days > 0]
    if not behind:
        return t("It is due soon, and a short note helps it to be paid in time.")
    usual = sorted(behind)[len(behind) // 2]
    return n(
        "Pays {n} day late ({late} of the last {all}).",
        "Pays {n} days late ({late} of the last {all}).",
        usual, late=len(behind), all=len(late),
    ) + " " + t("A note before the due day costs nothing and helps.")  # fmt: skip


def _mail(office: Office, patron: Patron) -> Mail | None:
    """The newest mail of this client that waits for an answer."""
    for thread in office.inbox.threads((Section.NEEDS_YOU,), 0, 50):
        mail = office.inbox.thread(thread.id)[1][-1]
        if mail.sender.email == patron.email:
            return mail
    return None


def _event(office: Office, title: str, now: datetime) -> Ref | None:
    day = now.astimezone(owner_zone()).date()
    for each in office.calendar.between(day, day + timedelta(days=10)):
        if each.title == title:
            return Ref("event", each.event_id, t("The invitation"))
    return None


def _free(office: Office, now: datetime, zone: ZoneInfo) -> list[datetime]:
    """The next free half hours, one a day, that are inside both working days."""
    found: list[datetime] = []
    for number in range(2, 12):
        clock = CLOCKS[number % len(CLOCKS)]
        start = _slot(now, number, clock, zone)
        day = start.astimezone(owner_zone()).date()
        spans = [each.span(owner_zone()) for each in office.calendar.between(day, day)]
        if all(end <= start or begin >= start + SLOT for begin, end in spans):
            found.append(start)
    return found[:SLOTS]


def _slot(now: datetime, days: int, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(working_day(now, days), time.fromisoformat(clock), zone)


def _their_morning(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(working_day(now, 1), time(9, 10), zone)
