"""Leads: what a source told, what was made of it, and where the person stands with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from gigdesk.domain.money import Money
from gigdesk.domain.words import t

Severity = Literal["look", "careful"]
MARKS = (
    "interested", "dismissed", "drafted", "applied", "interview", "won", "lost", "ghosted",
)  # fmt: skip


class Shelf(StrEnum):
    """Where a lead lies in the window."""

    NEW = "new"
    ASKED = "asked"
    WON = "won"
    AWAY = "away"


# Which shelf a mark puts a lead on; `new` is a lead nobody marked.
SHELVES = {
    "new": Shelf.NEW,
    "interested": Shelf.NEW,
    "dismissed": Shelf.AWAY,
    "drafted": Shelf.ASKED,
    "applied": Shelf.ASKED,
    "interview": Shelf.ASKED,
    "won": Shelf.WON,
    "lost": Shelf.AWAY,
    "ghosted": Shelf.AWAY,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Pay as a text names it. `unit` is a unit of rates, `minutes:30`, or empty when not named;
    `assumed`: the currency was not written but taken from the sign or the source."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    currency: str
    span: str
    assumed: bool = False

    def same_as(self, other: Offer) -> bool:
        """Whether both say the same, wherever they stand."""
        return (self.low, self.high, self.unit, self.currency) == (
            other.low, other.high, other.unit, other.currency,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of pay in a text; `why` says what was met where nothing is offered."""

    offers: tuple[Offer, ...] = ()
    why: str = ""

    @property
    def abstained(self) -> bool:
        """Whether no offer can be told."""
        return not self.offers


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: which rule, its words in the text, how careful to be."""

    rule: str
    quote: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Posting:
    """One lead as a source told it, cleaned and capped, not yet judged. `skills` were named as
    such; `tags` are a source's own loose words. `raw` is the record as it came."""

    source: str
    title: str
    text: str = ""
    source_id: str = ""
    url: str = ""
    client: str = ""
    pay: str = ""
    skills: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    posted: datetime | None = None
    offers: tuple[Offer, ...] = ()
    shape: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A record that is no lead: where it stood, why, and as it came."""

    row: int
    reason: str
    raw: str = ""
    source: str = ""
    title: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead at the desk. `score` is what was last reckoned; None: too little is known."""

    id: int
    source: str
    title: str
    text: str
    url: str
    client: str
    pay: str
    skills: tuple[str, ...]
    tags: tuple[str, ...]
    posted: datetime | None
    seen: datetime
    offers: tuple[Offer, ...]
    flags: tuple[Flag, ...]
    state: str
    score: int | None
    never: str
    reposts: int
    version: int

    @property
    def shelf(self) -> Shelf:
        """Where it lies."""
        return SHELVES[self.state]

    @property
    def hidden_by(self) -> str:
        """What keeps it out of the list; empty when it is shown."""
        if self.shelf is Shelf.AWAY:
            return t("marked {mark}", mark=t(self.state))
        filtered = self.never and self.state == "new"
        return t("never: {word}", word=self.never) if filtered else ""

    @property
    def whole(self) -> str:
        """Title and text together, as they are judged."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which leads a list shows: a shelf, above or below the mark, hidden or not, found by words."""

    shelf: Shelf | None = None
    low: int | None = None
    below: int | None = None
    hidden: bool | None = None
    find: str = ""


@dataclass(frozen=True, slots=True)
class LeadCounts:
    """How many leads lie where."""

    all: int = 0
    worth: int = 0
    below: int = 0
    asked: int = 0
    won: int = 0
    away: int = 0
    never: int = 0
    unreadable: int = 0

    @property
    def new(self) -> int:
        """All that lie on the first shelf and are shown."""
        return self.worth + self.below


@dataclass(slots=True)
class LeadImport:
    """What a file brought. `updated` were here by id or address, `reposts` under another one."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    reposts: int = 0
    rejected: list[Unusable] = field(default_factory=list)
    total: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Market:
    """What others get in comparable leads of one's own desk: 10, 50 and 90 of 100."""

    low: Money
    middle: Money
    high: Money
    unit: str
    count: int
    since: datetime
