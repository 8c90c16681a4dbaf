"""The chosen lead: why its score, what others get, what to look at before bidding, the ad itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gigdesk.domain.leads.flags import flag_words
from gigdesk.domain.leads.market import LEAST
from gigdesk.domain.leads.needs import effort
from gigdesk.domain.leads.portfolio import Shown
from gigdesk.domain.leads.rates import offer_words, round_money, unit_words
from gigdesk.domain.leads.records import Lead, Market, Offer, Shelf, Unusable
from gigdesk.domain.leads.scoring import PARTS, Part, Score
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.layout import emptied, panel, row, scroll, stack
from gigdesk.ui.kit.pictures import MarketRange, Place, Point, Why
from gigdesk.ui.kit.words import Button, Chip, Counted, Ground, Words, disabled
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u

if TYPE_CHECKING:
    from gigdesk.services.office import Office

TEXT_FIRST = 2500
_WIDE = 852


@dataclass(frozen=True, slots=True)
class Shelved:
    """Everything the detail shows of a lead, read at once."""

    lead: Lead
    score: Score
    market: Market | None
    comparable: int
    pieces: tuple[Shown, ...]
    posted: str
    known: bool = True  # the profile names a skill or a rate
    mail: Ref | None = None  # it was made of this mail


def read_lead(office: Office, lead_id: int) -> Shelved:
    """The lead with all that is said of it."""
    lead, score = office.leads.why(lead_id)
    market, comparable = office.leads.market(lead, score)
    pieces = office.leads.portfolio(score)
    profile = office.profile.get()
    known = bool(profile.skills or profile.rates)
    mail = office.handoff.mail_of("lead", lead_id)
    return Shelved(lead, score, market, comparable, pieces, _posted(lead, office), known, mail)


class Detail(QWidget):
    """One lead, or a record that is none."""

    opening = Signal()
    passing = Signal()
    going_on = Signal()  # the primary action: asked, then won
    switched = Signal(str)  # the name of a point
    asked = Signal(str)  # a first step: profile
    wanted = Signal(object)  # Ref: the mail it was made of

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shelved | None = None
        self._whole = False
        self.open_ad = Button(t("Open the ad"), "O", "quiet", "arrow-up-right")
        self.open_ad.clicked.connect(self.opening)
        self.pass_by = Button(t("Not for me"), "X", "quiet", "x")
        self.pass_by.clicked.connect(self.passing)
        self.go_on = Button(t("Mark as asked"), "A", "primary", "check")
        self.go_on.clicked.connect(self.going_on)
        tools = row(None, self.open_ad, self.pass_by, self.go_on, margins=(0, 0, 20, 0))
        self._bar = panel("", tools)
        self._bar.setFixedHeight(u(tokens.HEADER_H))
        self.why = Why()
        self.why.switched.connect(self._on_switched)
        self._head = QVBoxLayout()
        self._low = QVBoxLayout()
        for each in (self._head, self._low):
            each.setSpacing(tokens.XS)
        flow = QWidget()
        inner = stack(self._head, self.why, self._low, None, gap=tokens.XS, margins=(36, 4, 36, 28))
        flow.setLayout(inner)
        flow.setMaximumWidth(_WIDE)
        self._area = scroll(flow)
        self.setLayout(stack(self._bar, self._area, gap=0))
        look.changed.connect(self._again)
        self.clear()

    @property
    def lead(self) -> Lead | None:
        """The shown lead."""
        return self._shown.lead if self._shown else None

    def show_lead(self, shown: Shelved) -> None:
        """Show this one; the same lead stays where it was scrolled to."""
        same = self._shown is not None and self._shown.lead.id == shown.lead.id
        if not same:
            self._whole = False
        self._shown = shown
        self._lay(shown)
        if not same:
            self._area.verticalScrollBar().setValue(0)

    def show_unusable(self, unusable: Unusable) -> None:
        """Show what is no lead: why, and as it came."""
        self.clear()
        self._bar.show()
        self.open_ad.hide()
        self.go_on.hide()
        self.pass_by.say(t("Put away"))
        self.pass_by.show()
        title = unusable.title or t("Record {n}", n=unusable.row)
        self._head.addWidget(_titled(title))
        place = t("{source}, record {n}", source=unusable.source, n=unusable.row)
        self._head.addWidget(Words(place, ink="soft"))
        self._head.addSpacing(14)
        reason = Words(unusable.reason, ink="bad", wrap=True)
        kept = Words(t("The record is kept as it came."), ink="soft")
        inner = stack(reason, kept, gap=2, margins=(14, 10, 14, 10))
        self._head.addWidget(Ground(inner, "bad_wash"))
        self._head.addSpacing(14)
        self._head.addWidget(_prose(unusable.raw[:TEXT_FIRST]))

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        self._bar.hide()
        self.why.hide()
        emptied(self._head)
        emptied(self._low)

    def _lay(self, shown: Shelved) -> None:
        lead, score = shown.lead, shown.score
        emptied(self._head)
        emptied(self._low)
        self._lay_bar(lead)
        self._head.addWidget(_titled(lead.title))
        self._head.addWidget(Words(_about(lead, shown.posted), ink="soft", wrap=True, figures=True))
        if lead.state != "new" or lead.hidden_by:
            chip = Chip(lead.hidden_by or t(lead.state), "plain")
            self._head.addSpacing(4)
            self._head.addLayout(row(chip, None))
        self._head.addSpacing(14)
        self.why.setVisible(score.value is not None)
        if score.value is None:
            self._head.addWidget(Counted(t("No score")))
            self._head.addWidget(Words(score.why_not, ink="soft", wrap=True))
            if not shown.known:
                to_profile = Button(t("Say what you do"), "", "plain", "users")
                to_profile.clicked.connect(partial(self.asked.emit, "profile"))
                self._head.addSpacing(4)
                self._head.addLayout(row(to_profile, None))
        else:
            title = t("Why {score}", score=score.value)
            self._head.addWidget(Counted(title, "", t("Space switches a point off")))
            self.why.show_points([_point(part) for part in score.parts])
        self._lay_missing(score)
        self._lay_market(shown)
        self._lay_flags(lead)
        self._lay_pieces(shown)
        self._lay_text(lead)
        if shown.mail is not None:
            opening = partial(self.wanted.emit, shown.mail)
            chip = Chip(shown.mail.label, mark="mail", open_it=opening)
            self._low.addLayout(row(Words(t("Made of a mail"), ink="faint"), chip, None, gap=6))

    def _lay_bar(self, lead: Lead) -> None:
        self._bar.show()
        self.open_ad.show()
        disabled(self.open_ad, not lead.url)
        won = lead.shelf is Shelf.WON
        self.go_on.setVisible(not won)
        asked = lead.shelf is Shelf.ASKED
        self.go_on.say(t("Mark as won") if asked else t("Mark as asked"))
        self.pass_by.say(t("Lost") if asked else t("Not for me"))
        self.pass_by.setVisible(lead.shelf in {Shelf.NEW, Shelf.ASKED})

    def _lay_missing(self, score: Score) -> None:
        if score.missing:
            self._low.addSpacing(2)
            words = t("Not counted, for or against. {what}", what=" ".join(score.missing))
            self._low.addWidget(Words(words, tokens.CAPTION, "faint", wrap=True))
        for change in score.changes:
            value = t("no score") if change.score is None else str(change.score)
            said = t("{what}: {score}", what=change.words, score=value)
            self._low.addWidget(Words(said, ink="soft"))

    def _lay_market(self, shown: Shelved) -> None:
        self._low.addSpacing(14)
        market = shown.market
        if market is None:
            self._low.addWidget(Counted(t("What others get")))
            words = t("Too few comparable leads here to say ({n} of at least {least}).",
                      n=shown.comparable, least=LEAST)  # fmt: skip
            self._low.addWidget(Words(words, ink="soft", wrap=True))
            return
        when = date_text(market.since.date(), form="MMM y")
        count = n("{n} lead of yours since {when}", "{n} leads of yours since {when}",
                  market.count, when=when)  # fmt: skip
        self._low.addWidget(Counted(t("What others get"), "", count))
        picture = MarketRange()
        middle = t("middle {pay}", pay=_money(market.middle.amount, market))
        picture.show_range(
            (
                Place(float(market.low.amount), _money(market.low.amount, market)),
                Place(float(market.middle.amount), middle),
                Place(float(market.high.amount), _money(market.high.amount, market)),
            ),
            _floor(shown, market),
            _of_lead(shown.lead.offers, market),
        )
        self._low.addWidget(picture)

    def _lay_flags(self, lead: Lead) -> None:
        if not lead.flags:
            return
        self._low.addSpacing(14)
        self._low.addWidget(Counted(t("Before you bid")))
        for flag in lead.flags:
            name, advice = flag_words(flag)
            quote = Words(f"“{flag.quote}”", weight=tokens.MEDIUM, wrap=True)
            head = row(Chip(name, "warn", "flag"), quote, gap=tokens.S)
            head.setStretch(1, 1)
            body = stack(head, Words(advice, ink="soft", wrap=True), gap=tokens.XS,
                         margins=(12, 10, 12, 10))  # fmt: skip
            self._low.addWidget(Ground(body))

    def _lay_pieces(self, shown: Shelved) -> None:
        if not shown.pieces:
            return
        covered = sum(len(each.covers) for each in shown.pieces)
        said = n("{n} piece covers {skills} of {all} skills",
                 "{n} pieces cover {skills} of {all} skills", len(shown.pieces),
                 skills=covered, all=len(shown.score.asked))  # fmt: skip
        self._low.addSpacing(14)
        self._low.addWidget(Counted(t("Show them"), said))
        for each in shown.pieces:
            title = Chip(each.piece.title, mark="file-text")
            covers = Words(", ".join(each.covers), tokens.CAPTION, "faint", wrap=True)
            line = row(title, covers, gap=tokens.S)
            line.setStretch(1, 1)
            self._low.addLayout(line)

    def _lay_text(self, lead: Lead) -> None:
        self._low.addSpacing(14)
        self._low.addWidget(
            Counted(t("The ad"), "", t("as it stands at {source}", source=lead.source))
        )
        if lead.skills:
            self._low.addWidget(Words(", ".join(lead.skills), tokens.CAPTION, "faint", wrap=True))
        whole = self._whole or len(lead.text) <= TEXT_FIRST
        said = lead.text if whole else lead.text[:TEXT_FIRST].rstrip() + " …"
        self._low.addWidget(_prose(said or t("The ad has no text of its own.")))
        if not whole:
            rest = Button(t("Show the rest"), "", "quiet")
            rest.clicked.connect(self._show_rest)
            self._low.addLayout(row(rest, None))

    def _show_rest(self) -> None:
        self._whole = True
        self._again()

    def _again(self) -> None:
        if self._shown is not None:
            self._lay(self._shown)

    def _on_switched(self, at: int) -> None:
        if self._shown is not None:
            name = self._shown.score.parts[at].name
            if name in PARTS:
                self.switched.emit(name)


def _point(part: Part) -> Point:
    value = part.would if part.off else part.points
    return Point(part.title, part.words, value, part.off, part.name not in PARTS)


def _titled(words: str) -> Words:
    return Words(words, tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True)


def _prose(words: str) -> QLabel:
    said = Words(words, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return said


def _posted(lead: Lead, office: Office) -> str:
    at = lead.posted or lead.seen
    hours = int((office.now() - at).total_seconds() // 3600)
    if hours < 0:
        return t("date unknown")
    if hours == 0:
        said = t("within the hour")
    elif hours < 48:
        said = n("{n} hour ago", "{n} hours ago", hours)
    else:
        said = date_text(at.astimezone(office.zone()).date(), form="d MMM y")
    return t("posted {when}", when=said) if lead.posted else t("found {when}", when=said)


def _about(lead: Lead, posted: str) -> str:
    pay = ", ".join(offer_words(offer) for offer in lead.offers[:3]) or t("pay not named")
    via = t("via {source}, {posted}", source=lead.source, posted=posted)
    again = n("seen {n} time more", "seen {n} times more", lead.reposts) if lead.reposts else ""
    parts = [lead.client, via, pay, effort(lead.text), again]
    return " · ".join(part for part in parts if part)


def _money(amount: Decimal, market: Market) -> str:
    return round_money(amount, market.middle.currency) + unit_words(market.unit)


def _floor(shown: Shelved, market: Market) -> Place | None:
    fit = shown.score.pay
    rate = fit.rate if fit is not None else None
    if rate is None or rate.floor is None or fit is None or fit.offer is None:
        return None
    if rate.unit != market.unit or rate.currency != market.middle.currency:
        return None
    return Place(float(rate.floor), t("floor {pay}", pay=_money(rate.floor, market)))


def _of_lead(offers: Sequence[Offer], market: Market) -> tuple[float, float, str] | None:
    for offer in offers:
        if offer.unit == market.unit and offer.currency == market.middle.currency:
            ends = [float(end) for end in (offer.low, offer.high) if end is not None]
            if ends:
                return min(ends), max(ends), t("this lead {pay}", pay=offer_words(offer))
    return None
