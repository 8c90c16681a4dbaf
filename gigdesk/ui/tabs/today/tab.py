"""Today: what to decide, the agenda, the money, and what the assistant did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from gigdesk.domain.today import Day, Owed, Step
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import date_text, money_text, t
from gigdesk.ui.kit.ageing import Ageing, in_one_grid
from gigdesk.ui.kit.later import ask_later
from gigdesk.ui.kit.layout import MAIN_MIN, emptied, lend, panel, row, scroll, stack
from gigdesk.ui.kit.messages import Empty
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.kit.rows import EventRow, LogRow, RecordRole, ShortRow, WholeList
from gigdesk.ui.kit.words import Button, Counted, Words
from gigdesk.ui.tabs.today.card import Card
from gigdesk.ui.tabs.today.doubts import Doubts
from gigdesk.ui.tabs.today.lines import (
    EventLine,
    ShortLine,
    event_line,
    log_line,
    place,
    summary,
)
from gigdesk.ui.tabs.today.steps import StepRow, Steps
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.proposals import Proposal
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office

_MINUTE_MS = 60_000
_SIDE = 376
AGE_NAMES = ("Not due", "1–30 days", "31–60", "60+")
AGE_ROLES = ("accent", "warn", "bad", "bad")


class TodayPage(Page):
    """The page a day begins with."""

    topics = (
        Topic.PROPOSALS | Topic.CALENDAR | Topic.INVOICES | Topic.LEADS | Topic.ROUTINES
        | Topic.SETTINGS | Topic.OUTBOX | Topic.PROFILE | Topic.INBOX
    )  # fmt: skip

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self._day: Day | None = None
        self._at = 0
        self._wanted_id = 0  # a proposal to open as soon as it is read
        self._written: dict[int, str] = {}  # words of the person's that are not kept yet
        self._cards: list[Card] = []
        self._laid: tuple[Sequence[Proposal], Sequence[Step]] | None = None
        self._title = Words("", tokens.DISPLAY, weight=tokens.SEMIBOLD)
        self._line = Words("", tokens.LEAD, "soft")
        self._doubts = Doubts(desk, office)
        self._doubts.wanted.connect(self.wanted)
        self._heading = Counted(t("To approve"), "", t("J K to move"))
        self._pile = QVBoxLayout()
        self._pile.setSpacing(tokens.S)
        self._did = Counted(t("What the assistant did"))
        self._log = WholeList(LogRow, t("What the assistant did"))
        self._build()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    def _build(self) -> None:
        left = stack(
            stack(self._title, self._line, gap=4), 12, self._doubts, self._heading, self._pile, 12, self._did,
            self._log, None, margins=(36, 28, 36, 24),
        )  # fmt: skip
        centre = panel("", left)
        centre.setMaximumWidth(820)
        middle = row(None, centre, None, gap=0)
        middle.setStretch(1, 20)
        self._agenda = WholeList(EventRow, t("Agenda"))
        self._tomorrow = WholeList(EventRow, t("Tomorrow"))
        for view in (self._agenda, self._tomorrow):
            view.clicked.connect(self._on_event)
            view.activated.connect(self._on_event)
        self._best = WholeList(ShortRow, t("Best leads"))
        self._best.clicked.connect(self._on_lead)
        self._best.activated.connect(self._on_lead)
        self._here = Counted(t("Today"))
        self._free = Words(t("Nothing in the calendar"), ink="soft")
        self._free.hide()
        self._next = Counted(t("Tomorrow"))
        self._owing = Counted(t("Owed to you"))
        self._money = QVBoxLayout()
        self._leads = Counted(t("Best leads"))
        right = stack(
            self._here, self._free, self._agenda, 12, self._next, self._tomorrow, 20, self._owing, self._money,
            20, self._leads, self._best, None, gap=tokens.XS, margins=(24, 30, 24, 24),
        )  # fmt: skip
        # On a low screen the side scrolls rather than give up its figures; where text is large and
        # room short it stands under the cards.
        self._facts = panel("", right)
        self._aside = scroll(self._facts)
        self._side = panel("side", stack(self._aside, gap=0))
        self._side.setFixedWidth(u(_SIDE))
        self._left = left
        self._area = scroll(panel("", middle))
        self.setLayout(row(self._area, self._side, gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side panel stays beside the cards while there is room for both."""
        super().resizeEvent(event)
        below = self.width() < u(_SIDE + MAIN_MIN)
        if below == self._side.isHidden():
            return
        self._side.setHidden(below)
        if below:
            self._left.insertWidget(self._left.count() - 1, self._aside.takeWidget())
            self._facts.show()
        else:
            self._aside.setWidget(self._facts)

    def load(self) -> None:
        """Read the day."""
        self.desk.ask(self.office.today.day, then=self._show, failed=self.troubled.emit)

    def commands(self) -> Sequence[Command]:
        """Yes, change, no, later; and moving through them."""
        there = self._has_card
        return (
            Command(t("Approve"), "A", "check", self.approve, there),
            Command(t("Approve, to leave later"), "Shift+A", "clock", self.approve_later, there),
            Command(t("Edit"), "E", "pencil", self.edit, there),
            Command(t("Decline"), "X", "x", self.decline, there),
            Command(t("Later"), "H", "clock", self.later, there),
            Command(t("Next proposal"), "J", "chevron-right", partial(self.step, 1), there),
            Command(t("Proposal before"), "K", "chevron-left", partial(self.step, -1), there),
        )

    def open(self, ref: Ref) -> bool:
        """Bring a proposal to the front."""
        if ref.kind != "proposal":
            return False
        ids = [card.proposal.id for card in self._cards]
        if ref.id in ids:
            self._choose(ids.index(ref.id))  # type: ignore[arg-type]
        else:
            self._wanted_id = ref.id
            then = partial(self._show, wanted=ref.id)
            self.desk.ask(self.office.today.day, then=then, failed=self.troubled.emit)
        return True

    def title(self) -> str:
        """The day."""
        return date_text(self._day.day, form="medium") if self._day else ""

    def approve(self) -> None:
        """Say yes to the open card."""
        card = self._cards[self._at]
        proposal = card.proposal
        self.do(partial(self.office.proposals.approve, proposal.id, proposal.version))

    def approve_later(self) -> None:
        """Say yes to the open card, and choose when it leaves."""
        ask_later(self.office, self._cards[self._at], self._approve_at, inside=True)

    def _approve_at(self, at: datetime) -> None:
        proposal = self._cards[self._at].proposal
        self.do(partial(self.office.proposals.approve, proposal.id, proposal.version, at))

    def decline(self) -> None:
        """Say no to the open card."""
        proposal = self._cards[self._at].proposal
        self.do(partial(self.office.proposals.decline, proposal.id, proposal.version))

    def later(self) -> None:
        """Look at it again in three hours."""
        proposal = self._cards[self._at].proposal
        until = self.office.now() + timedelta(hours=3)
        self.do(partial(self.office.proposals.put_off, proposal.id, until))

    def edit(self) -> None:
        """Change the words of the open card."""
        self._cards[self._at].edit()

    def step(self, by: int) -> None:
        """Open the next card or the one before."""
        self._choose(max(0, min(len(self._cards) - 1, self._at + by)))

    def _has_card(self) -> bool:
        return bool(self._cards)

    def _on_minute(self) -> None:
        if self.isVisible():
            self.load()

    def _show(self, day: Day, wanted: int = 0) -> None:
        self._day = day
        self._title.setText(date_text(day.day, form="EEEE d MMMM"))
        self._line.setText(summary(day))
        self._heading.say(
            t("To approve"),
            str(len(day.proposals) or ""),
            t("J K to move") if day.proposals else "",
        )
        wanted = wanted if wanted == self._wanted_id else 0  # another was chosen since
        other = bool(wanted) or self._laid != (day.proposals, day.steps)
        if other and not any(card.written_in for card in self._cards):
            self._lay_cards(wanted)
        zone = self.office.zone()
        self._log.show_records(
            [log_line(run, f"{run.at.astimezone(zone):%H:%M}") for run in day.log]
        )
        self._did.setVisible(bool(day.log))
        self._here.say(t("Today"), "", place(day))
        self._free.setVisible(not day.agenda)
        self._agenda.show_records([event_line(each) for each in day.agenda])
        self._tomorrow.show_records([event_line(each) for each in day.tomorrow])
        self._next.setVisible(bool(day.tomorrow))
        self._show_money(day.owed)
        self._leads.setVisible(bool(day.leads))
        self._leads.say(t("Best leads"), "", t("of {n} new", n=day.leads_new))
        self._best.show_records(
            [ShortLine(each.title, each.pay, str(each.score), ref=each.ref) for each in day.leads]
        )
        self.counted.emit(len(day.proposals), False)

    def _place_of_open(self, day: Day, wanted: int) -> int:
        """What came in while one reads another does not move the choice."""
        ids = [each.id for each in day.proposals]
        now = wanted or (self._cards[self._at].proposal.id if self._cards else 0)
        return ids.index(now) if now in ids else self._at  # type: ignore[arg-type]

    def _lay_cards(self, wanted: int = 0) -> None:
        """Each proposal a card; the wanted one open, else the one that was."""
        assert self._day is not None
        focus = QApplication.focusWidget()
        # Before the first cards came, Qt gave the focus to whatever was there: a button of the bar.
        lost = self._laid is None and isinstance(focus, QAbstractButton)
        held = focus is None or focus is self or lost or self._pile_holds(focus)
        proposals = self._day.proposals
        self._laid = proposals, self._day.steps
        self._at = self._place_of_open(self._day, wanted)
        self._written |= {each.proposal.id: each.words for each in self._cards if each.written_in}
        emptied(self._pile)
        self._cards = []
        self._at = max(0, min(self._at, len(proposals) - 1))
        for at, proposal in enumerate(proposals):
            card = Card(proposal, self.office.zone(), now=at == self._at)
            card.chosen.connect(partial(self._choose, at))
            card.approved.connect(self.approve)
            card.declined.connect(self.decline)
            card.put_off.connect(self.later)
            card.rewritten.connect(self._on_rewritten)
            card.settled.connect(self._on_settled)
            card.wanted.connect(self.wanted)
            if at == self._at and proposal.id in self._written:
                card.resume(self._written.pop(proposal.id))
            self._cards.append(card)
            self._pile.addWidget(card)
        self._heading.setVisible(bool(proposals) or not self._day.steps)
        if not proposals and not self._day.steps:
            self._pile.addWidget(_nothing_left())
        rows: list[StepRow] = []
        if self._day.steps:
            steps = Steps(self._day.steps)
            rows = steps.rows
            steps.chosen.connect(self.asked)
            steps.aside.connect(self._on_aside)
            self._pile.addSpacing(tokens.M)
            self._pile.addWidget(steps)
        to_do = [each for each in rows if not each.done]
        heart = [*self._cards[self._at : self._at + 1], *to_do, *rows, self._agenda]
        if wanted:
            QTimer.singleShot(0, self, self._come_to_open)  # once it has its place
        lend(self, heart[0])
        if held and self.isVisible():
            for piece in self._piled():
                piece.show()  # now, not with the next turn: nothing unseen takes the focus
            self.setFocus()

    def _come_to_open(self) -> None:
        """The open card is seen, from its beginning when it is higher than the window."""
        bar, high = self._area.verticalScrollBar(), self._area.viewport().height()
        for card in self._cards[self._at : self._at + 1]:
            top = card.mapTo(self, QPoint(0, -tokens.M)).y() + bar.value()
            past = top + card.height() + 2 * tokens.M
            bar.setValue(min(top, max(bar.value(), past - high)))

    def _piled(self) -> list[QWidget]:
        pieces = (self._pile.itemAt(at) for at in range(self._pile.count()))
        widgets = (each.widget() for each in pieces if each is not None)
        return [each for each in widgets if each is not None]

    def _pile_holds(self, focus: QWidget) -> bool:
        return any(one is focus or one.isAncestorOf(focus) for one in self._piled())

    def _on_event(self, index: QModelIndex) -> None:
        line = index.data(RecordRole)
        if isinstance(line, EventLine) and line.ref is not None:
            self.wanted.emit(line.ref)

    def _on_lead(self, index: QModelIndex) -> None:
        line = index.data(RecordRole)
        if isinstance(line, ShortLine) and line.ref is not None:
            self.wanted.emit(line.ref)

    def _on_aside(self) -> None:
        self.do(self.office.first_steps.put_aside)

    def _choose(self, at: int) -> None:
        # By its id: what came in while one wrote is in the day, not yet among the cards.
        self._wanted_id = 0
        self._lay_cards(self._cards[at].proposal.id)

    def _on_rewritten(self, words: str) -> None:
        proposal = self._cards[self._at].proposal
        self.do(partial(self.office.proposals.rewrite, proposal.id, words, proposal.version))

    def _on_settled(self, at: int) -> None:
        proposal = self._cards[self._at].proposal
        self.do(partial(self.office.proposals.settle, proposal.id, at, proposal.version))

    def _show_money(self, owed: Sequence[Owed]) -> None:
        emptied(self._money)
        self._owing.setVisible(bool(owed))
        bars: list[Ageing] = []
        for each in owed:
            late = t("{amount} of it late", amount=money_text(each.late, each.currency))
            total = Words(
                money_text(each.total, each.currency), tokens.TITLE, weight=tokens.SEMIBOLD,
                figures=True,
            )  # fmt: skip
            said = Words(
                late if each.late else t("none of it late"), ink="bad" if each.late else "soft"
            )
            bar = Ageing()
            bar.show_parts(age_parts(each.ages, each.currency))
            bars.append(bar)
            holder = QWidget()
            holder.setLayout(stack(row(total, said, None), bar, gap=4, margins=(0, 0, 0, 12)))
            self._money.addWidget(holder)
        in_one_grid(bars)


def age_parts(ages: Sequence[Decimal], currency: str) -> list[tuple[str, float, str, str]]:
    """Amounts by age as the bar draws them."""
    return [
        (
            t(name),
            float(amount),
            money_text(amount, currency) if amount else t("nothing"),
            role,
        )
        for name, amount, role in zip(AGE_NAMES, ages, AGE_ROLES, strict=True)
    ]


def _nothing_left() -> QWidget:
    empty = Empty(
        "check",
        t("All decided"),
        t("What the assistant prepares waits here for your word. Nothing leaves before."),
        Button("", "", "quiet"),
    )
    empty.findChild(Button).hide()  # type: ignore[union-attr]
    empty.setFixedHeight(u(240))
    return empty
