"""One day at the desk: what to decide, when to be where, what is owed, what is worth a look."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from gigdesk.domain.money import Money
from gigdesk.domain.proposals import Proposal
from gigdesk.domain.records import Ref
from gigdesk.domain.routines import Run

# Days late: not due yet, 1 to 30, 31 to 60, more.
AGES = ("not due", "1-30", "31-60", "60+")


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """Something in the calendar on this day. `theirs`: the other side's time, in words; `kind`: what
    it is for, a Kind of the calendar."""

    ref: Ref
    uid: str
    title: str
    start: datetime
    end: datetime
    all_day: bool
    zone: str
    calendar: str
    theirs: str = ""
    kind: str = "meeting"


@dataclass(frozen=True, slots=True)
class LateInvoice:
    """An invoice past its due date."""

    ref: Ref
    client: str
    open: Money
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in one currency, by age. Currencies are never added together."""

    currency: str
    ages: tuple[Decimal, Decimal, Decimal, Decimal]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.ages, Decimal(0))

    @property
    def late(self) -> Decimal:
        """What is past its due date."""
        return sum(self.ages[1:], Decimal(0))


@dataclass(frozen=True, slots=True)
class BestLead:
    """A lead worth a look."""

    ref: Ref
    title: str
    score: int
    pay: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something a new desk lacks: profile, mail, calendar, invoice, key."""

    key: str
    done: bool


@dataclass(frozen=True, slots=True)
class Day:
    """Everything Today shows."""

    day: date
    zone: str
    offset: str
    proposals: tuple[Proposal, ...] = ()
    agenda: tuple[AgendaEntry, ...] = ()
    tomorrow: tuple[AgendaEntry, ...] = ()
    owed: tuple[Owed, ...] = ()
    late: tuple[LateInvoice, ...] = ()
    leads: tuple[BestLead, ...] = ()
    leads_new: int = 0
    leads_worth: int = 0
    log: tuple[Run, ...] = field(default=())
    steps: tuple[Step, ...] = ()
