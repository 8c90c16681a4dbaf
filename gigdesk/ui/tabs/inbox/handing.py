"""Under a conversation: what its mails hold for the other rooms, as cards, and what was made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigdesk.domain.calendar.invitations import Choice, Standing
from gigdesk.domain.newcomers import is_person
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import n, t
from gigdesk.services.handoff.handing import Handed
from gigdesk.ui.kit.flow import Flow
from gigdesk.ui.kit.layout import emptied, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Chip, Words
from gigdesk.ui.tabs.inbox.answering import Answering
from gigdesk.ui.tabs.inbox.billed import BillCard
from gigdesk.ui.tabs.inbox.invited import InvitationCard, TimeDialog
from gigdesk.ui.tabs.inbox.newcomer import NewcomerForm
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.topics import Changed
    from gigdesk.services.office import Office

_LOOKED_AT = 4  # mails of a conversation, the newest ones
_SHOWN = 4  # cards
_SOON_MS = 120
_TOPICS = (
    Topic.PROPOSALS | Topic.OUTBOX | Topic.CALENDAR | Topic.CLIENTS | Topic.INVOICES | Topic.LEADS
)
# Whom one does not offer to make a client of.
_NOBODY = {"newsletter", "notification", "suspicious", "invoice"}
_MARKS = {"lead": "compass", "client": "users", "expense": "receipt-text"}

Found = list[tuple["Mail", Handed]]


class Handing(QWidget):
    """The cards of the shown conversation."""

    wanted = Signal(object)  # Ref
    done = Signal(object)  # Changed
    troubled = Signal(object)  # an Exception

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._mails: list[Mail] = []
        self._found: Found = []
        self._cards: list[InvitationCard | BillCard] = []
        self._turn = 0
        self._flow = QVBoxLayout()
        self._flow.setSpacing(tokens.S)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._flow)
        self.hide()
        # Whoever walks through the list waits for no child, and starts none.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.load)
        self._stale = False
        desk.changed.connect(self._on_changed)

    # --- what is shown --------------------------------------------------------------------------
    def show_mails(self, mails: Sequence[Mail]) -> None:
        """These are the mails of the conversation."""
        whole = [each for each in mails if each.broken is None]
        if [each.id for each in whole] != [each.id for each in self._mails]:
            self._found = []
            self._lay()
        self._mails = whole
        self._turn += 1  # what is on its way is of another conversation
        self._soon.start()

    def clear(self) -> None:
        """Nothing is shown."""
        self.show_mails(())

    def load(self) -> None:
        """Look at the newest mails; files are read in children, so it may take a moment."""
        self._turn += 1
        if self._mails:
            self._desk.fetch(
                partial(_look, self._office, self._mails[-_LOOKED_AT:]),
                then=partial(self._on_found, self._turn),
                failed=self.troubled.emit,
            )

    def commands(self) -> Sequence[Command]:
        """What can be done with what a mail holds."""
        asked, there = self._may_answer, self._has_sender
        return (
            Command(t("Accept the invitation"), "Y", "calendar-days",
                    partial(self._answer, Choice.ACCEPT), asked),
            Command(t("Accept it for now"), "Shift+Y", "calendar-days",
                    partial(self._answer, Choice.MAYBE), asked),
            Command(t("Decline the invitation"), "N", "x", partial(self._answer, Choice.DECLINE), asked),
            Command(t("Ask for another time"), "Shift+N", "clock", self._other_time, asked),
            Command(t("Keep the bill as an expense"), "Shift+G", "receipt-text", self._keep_bill,
                    self._may_keep),
            Command(t("Make a lead of this mail"), "G", "compass", self.make_lead, there),
            Command(t("Make a client of the sender"), "Shift+C", "users", self.make_client, there),
        )  # fmt: skip

    # --- what is done ---------------------------------------------------------------------------
    def make_lead(self) -> None:
        """The newest mail of somebody else becomes a lead, or as many as it names."""
        mail = self._theirs()
        if mail is not None:
            self.prepare(partial(self._office.handoff.alerts.take, mail.id))

    def make_client(self) -> None:
        """The form in which a sender becomes a client, or what is guessed of one is looked at."""
        mail = self._theirs()
        if mail is None:
            return
        self._desk.ask(
            partial(self._office.handoff.newcomers.of, mail),
            then=partial(self._open_form, mail),
            failed=self.troubled.emit,
        )

    def ask_time(self, mail: Mail, standing: Standing) -> None:
        """Ask for another time, beginning with one that is free, then prepare the question."""
        self._desk.fetch(
            partial(self._office.handoff.invitations.free_near, standing),
            then=partial(self._open_times, mail, standing),
            failed=self.troubled.emit,
        )

    def prepare(self, call: Callable[[], Changed[Any]]) -> None:
        """Run what takes a moment; its words go to the window."""
        self._desk.fetch(call, then=self.done.emit, failed=self.troubled.emit)

    def do(self, call: Callable[[], Changed[Any]]) -> None:
        """Run a short change."""
        self._desk.do(call, then=self.done.emit, failed=self.troubled.emit)

    # --- inside ---------------------------------------------------------------------------------
    def _open_times(self, mail: Mail, standing: Standing, span: tuple[datetime, datetime]) -> None:
        def ask(start: datetime, end: datetime) -> None:
            verb = self._office.handoff.invitations.counter
            self.prepare(partial(verb, mail.id, standing, start, end))

        dialog = TimeDialog(self._office, span, standing, self.window())
        dialog.picked.connect(ask)
        dialog.show()

    def _open_form(self, mail: Mail, newcomer: Any) -> None:
        if newcomer.known is not None and not newcomer.open:
            from gigdesk.domain.records import Ref

            self.wanted.emit(Ref("client", newcomer.known.id, newcomer.known.name))
            return
        form = NewcomerForm(self._desk, self._office, mail, newcomer, self.window())
        form.changed.connect(self.done)
        form.wanted.connect(self.wanted)
        form.troubled.connect(self.troubled)
        form.show()

    def _theirs(self) -> Mail | None:
        return next((each for each in reversed(self._mails) if not each.mine), None)

    def _has_sender(self) -> bool:
        mail = self._theirs()
        return mail is not None and bool(mail.sender.email)

    def _card(self) -> InvitationCard | None:
        invited = (each for each in self._cards if isinstance(each, InvitationCard))
        return next((each for each in invited if each.standing.answerable), None)

    def _may_answer(self) -> bool:
        return self._card() is not None

    def _answer(self, choice: Choice) -> None:
        card = self._card()
        if card is not None:
            card.answer(choice)

    def _other_time(self) -> None:
        card = self._card()
        if card is not None:
            card.ask_time()

    def _bill(self) -> BillCard | None:
        billed = (each for each in self._cards if isinstance(each, BillCard))
        return next((each for each in billed if each.bill.double is None), None)

    def _may_keep(self) -> bool:
        return self._bill() is not None

    def _keep_bill(self) -> None:
        card = self._bill()
        if card is not None:
            card.keep()

    def _on_changed(self, topics: Topic) -> None:
        if not topics & _TOPICS or not self._mails:
            return
        below = self.parentWidget()
        if below is None or below.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def seen(self) -> None:
        """It is looked at again: what went stale while hidden is read."""
        if self._stale:
            self._stale = False
            self._soon.start()

    def _on_found(self, turn: int, found: Found) -> None:
        if turn == self._turn and found != self._found:
            self._found = found
            self._lay()

    def _lay(self) -> None:
        emptied(self._flow)
        self._cards = []
        for mail, handed in self._found:
            for standing in handed.invitations:
                self._cards.append(InvitationCard(self._desk, self._office, mail, standing, self))
            for bill in handed.bills:
                self._cards.append(BillCard(self._desk, self._office, mail, bill, self))
        del self._cards[_SHOWN:]
        for card in self._cards:
            self._flow.addWidget(card)
        quiet = self._quiet()
        if quiet:
            self._flow.addLayout(Flow(quiet, 6))
        self.setVisible(self._flow.count() > 0)

    def _quiet(self) -> list[QWidget]:
        """What was made of the conversation, and what else could be."""
        made = [ref for _, handed in self._found for ref in handed.made]
        line: list[QWidget] = [Words(t("Made of this"), ink="soft")] if made else []
        for ref in made[:3]:
            opening = partial(self.wanted.emit, ref)
            line.append(Chip(ref.label, mark=_MARKS[ref.kind], open_it=opening))
        if len(made) > 3:
            line.append(Words(t("and {n} more", n=len(made) - 3), ink="faint"))
        return [*line, *self._offers({ref.kind for ref in made})]

    def _offers(self, made: set[str]) -> list[QWidget]:
        mail = self._theirs()
        handed = next((each for one, each in self._found if mail and one.id == mail.id), None)
        if mail is None or handed is None:
            return []
        found: list[QWidget] = []
        if handed.newcomer.open:
            count = len(handed.newcomer.open)
            words = n("{n} thing about {name} is guessed", "{n} things about {name} are guessed",
                      count, name=handed.newcomer.known.name if handed.newcomer.known else "")  # fmt: skip
            found.append(Words(words, ink="pencil"))
            found.append(self._button(t("Look at them"), "Shift+C", "users", self.make_client))
        if handed.postings and "lead" not in made:
            words = n("Make a lead of it", "Make {n} leads of it", handed.postings)
            found.append(self._button(words, "G", "compass", self.make_lead))
        if handed.newcomer.guesses and is_person(mail) and mail.label.code not in _NOBODY:
            found.append(self._button(t("Make a client"), "Shift+C", "users", self.make_client))
        return found

    @staticmethod
    def _button(words: str, key: str, mark: str, call: Callable[[], object]) -> Button:
        button = Button(words, key, "quiet", mark)
        button.clicked.connect(call)
        return button


def _look(office: Office, mails: Sequence[Mail]) -> Found:
    """What each mail holds, the newest first; what a newer one says of the same event or bill
    counts alone."""
    found: Found = []
    seen: set[object] = set()
    for mail in reversed(mails):
        handed = office.handoff.look(mail)
        events = tuple(
            each
            for each in handed.invitations
            if not _known(seen, (each.invitation.event.uid, each.invitation.revision.key))
        )
        bills = tuple(
            each for each in handed.bills if not _known(seen, each.read.get("number") or each)
        )
        found.append((mail, replace(handed, invitations=events, bills=bills)))
    return found


def _known(seen: set[object], what: object) -> bool:
    try:
        known = what in seen
        seen.add(what)
    except TypeError:  # a bill without a number is its own
        return False
    return known


class Below(QWidget):
    """What stands under the mails of a conversation: the cards, then the answer."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self.handing, self.composer = Handing(desk, office), Answering(desk, office)
        self.handing.wanted.connect(self.composer.wanted)
        self.handing.done.connect(self.composer.done)
        self.handing.troubled.connect(self.composer.troubled)
        self.setLayout(stack(self.handing, self.composer, gap=18))

    def show_mails(self, mails: Sequence[Mail]) -> None:
        """These are the mails of the conversation."""
        self.handing.show_mails(mails)
        self.composer.show_mails(mails)

    def clear(self) -> None:
        """Nothing is shown."""
        self.show_mails(())

    def showEvent(self, event: QShowEvent) -> None:
        """The cards say what is so now."""
        super().showEvent(event)
        self.handing.seen()

    def commands(self) -> Sequence[Command]:
        """What can be done with what stands here."""
        return (*self.composer.commands(), *self.handing.commands())
