"""Leads, and records that are none, as rows; and what stands in the list under which heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.leads.flags import flag_words, worst
from gigdesk.domain.leads.needs import effort
from gigdesk.domain.leads.rates import offer_words
from gigdesk.domain.leads.records import Lead, LeadCounts, Shelf, Unusable, Wanted
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.office import Office

SEGMENTS = (Shelf.NEW, Shelf.ASKED, Shelf.WON)


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A row of the list."""

    id: int
    score: int | None
    title: str
    pay: str
    effort: str
    source: str
    age: str
    flag: str = ""
    floor: int = 65
    unusable: Unusable | None = None

    def __str__(self) -> str:
        if self.unusable is not None:
            return t("Could not be read. {title}. {why}", title=self.title, why=self.pay)
        score = t("Not enough to score") if self.score is None else t("Score {n}", n=self.score)
        parts = (score, self.title, self.pay, self.source, self.flag)
        return ". ".join(part for part in parts if part)


def line_of(lead: Lead, mark: int, now: datetime) -> LeadLine:
    """A lead."""
    flag = worst(lead.flags)
    source = f"{lead.source} · {lead.client}" if lead.client else lead.source
    return LeadLine(
        id=lead.id,
        score=lead.score,
        title=lead.title,
        pay=offer_words(lead.offers[0]) if lead.offers else t("pay not named"),
        effort=effort(lead.text),
        source=f"{source} · {lead.hidden_by}" if lead.hidden_by else source,
        age=age(lead.posted or lead.seen, now),
        flag=flag_words(flag)[0] if flag else "",
        floor=mark,
    )


def line_of_unusable(unusable: Unusable) -> LeadLine:
    """A record that is no lead."""
    return LeadLine(
        id=-unusable.id,
        score=None,
        title=unusable.title or t("Record {n}", n=unusable.row),
        pay=unusable.reason,
        effort="",
        source=unusable.source,
        age="",
        flag=t("Broken"),
        unusable=unusable,
    )


def age(at: datetime, now: datetime) -> str:
    """`now`, `5 h`, `2 d`, `3 w`."""
    passed = now - at
    if passed < timedelta(hours=1):
        return t("now")
    if passed < timedelta(days=1):
        return t("{n} h", n=int(passed / timedelta(hours=1)))
    if passed < timedelta(days=21):
        return t("{n} d", n=passed.days)
    return t("{n} w", n=passed.days // 7)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that come from one query, under a heading or several: (title, how many)."""

    headings: tuple[tuple[str, int], ...]
    wanted: Wanted | None  # None: records that are no leads

    @property
    def count(self) -> int:
        """How many rows."""
        return sum(count for _, count in self.headings)


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list shows, read at once. `place` is where `lead` stands, -1 if nowhere."""

    counts: LeadCounts
    stretches: tuple[Stretch, ...]
    lead: int
    place: int
    stale: bool


def read_listing(office: Office, shelf: Shelf, typed: str, hidden: bool, lead: int) -> Listing:
    """The counts and headings of a segment, and where this lead stands among them."""
    leads = office.leads
    counts, mark = leads.counts(), leads.mark_score()
    shown = Wanted(shelf, hidden=False, find=typed)
    if typed:
        found = leads.number(shown)
        title = t("Found") if found else ""
        stretches = [Stretch(((title, found),), shown)]
    elif shelf is Shelf.NEW:
        below = t("Below your mark of {n}", n=mark)
        headings = ((t("Worth a look"), counts.worth), (below, counts.below))
        stretches = [Stretch(headings, shown)]
    else:
        number = counts.asked if shelf is Shelf.ASKED else counts.won
        stretches = [Stretch((("", number),), shown)]
    if shelf is Shelf.NEW:
        stretches += _apart(office, typed, hidden, counts)
    place = _place(office, stretches, lead) if lead else -1
    return Listing(counts, tuple(stretches), lead, place, leads.is_stale())


def _apart(office: Office, typed: str, hidden: bool, counts: LeadCounts) -> list[Stretch]:
    found = []
    if hidden:
        wanted = Wanted(hidden=True, find=typed)
        number = office.leads.number(wanted)
        found.append(Stretch(((t("Hidden by you and your filters"), number),), wanted))
    if counts.unreadable and not typed:
        found.append(Stretch(((t("Could not be read"), counts.unreadable),), None))
    return found


def _place(office: Office, stretches: Sequence[Stretch], lead: int) -> int:
    before = 0
    for each in stretches:
        at = office.leads.place(lead, each.wanted) if each.wanted is not None else -1
        if at >= 0:
            return before + at
        before += each.count
    return -1


def read_lines(
    office: Office, stretches: Sequence[Stretch], offset: int, count: int
) -> list[LeadLine]:
    """The rows from `offset` on, over all stretches."""
    lines: list[LeadLine] = []
    mark, now = office.leads.mark_score(), office.now()
    for each in stretches:
        if offset >= each.count:
            offset -= each.count
            continue
        want = min(count - len(lines), each.count - offset)
        if want <= 0:
            break
        if each.wanted is None:
            rejected = office.leads.rejected(offset, want)
            lines += [line_of_unusable(unusable) for unusable in rejected]
        else:
            page = office.leads.page(each.wanted, offset, want)
            lines += [line_of(lead, mark, now) for lead in page]
        offset = 0
    return lines
