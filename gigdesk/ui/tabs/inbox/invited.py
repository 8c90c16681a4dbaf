"""An invitation as a card: what, when by both clocks, where, who, what it meets; and the answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QGridLayout, QTimeEdit, QWidget

from gigdesk.domain.calendar.answering import between_words, their_zone, when_words
from gigdesk.domain.calendar.invitations import ANSWERS, Choice, Method, Standing
from gigdesk.domain.records import Ref
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.days import DayField
from gigdesk.ui.kit.drafts import Prose
from gigdesk.ui.kit.flow import Flow
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Chip, Ground, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office

_PEOPLE = 5
_KEYS = {Choice.ACCEPT: "Y", Choice.MAYBE: "Shift+Y", Choice.DECLINE: "N"}
_MARKS = {Choice.ACCEPT: "check", Choice.MAYBE: None, Choice.DECLINE: "x"}


class InvitationCard(Ground):
    """One event of a mail. `hub` runs what is done."""

    def __init__(
        self, desk: Desk, office: Office, mail: Mail, standing: Standing, hub: Any
    ) -> None:
        waits = standing.waiting is not None
        flow = stack(gap=tokens.S, margins=(14, 12, 14, 12))
        super().__init__(flow, "paper", pencil=waits)
        self._desk, self._office, self._mail, self._hub = desk, office, mail, hub
        self.standing = standing
        self._zone = office.zone()
        pieces: list[Any] = [self._head(), self._facts()]
        pieces += [Words(words, ink="bad", wrap=True) for words in standing.warnings]
        pieces += [self._draft()] if waits else []
        foot = self._waiting() if waits else self._buttons()
        pieces += [foot] if foot is not None else []
        flow.addLayout(stack(*pieces))
        event = standing.invitation.event
        self.setAccessibleName(". ".join((_title(standing), event.title, self._when())))

    def answer(self, choice: Choice) -> None:
        """Prepare this answer."""
        verb = self._office.handoff.invitations.answer
        self._hub.prepare(partial(verb, self._mail.id, self.standing, choice))

    def ask_time(self) -> None:
        """Ask which other time, then prepare the question."""
        self._hub.ask_time(self._mail, self.standing)

    # --- what is shown --------------------------------------------------------------------------
    def _head(self) -> Any:
        standing = self.standing
        event = standing.invitation.event
        title = Words(event.title or t("no title"), tokens.LEAD, weight=tokens.SEMIBOLD, wrap=True)
        kind = "bad" if standing.invitation.method is Method.CANCEL else "plain"
        head = row(title, Chip(_title(standing), kind, "calendar-days"))
        head.setStretch(0, 1)
        return head

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        grid.setColumnMinimumWidth(0, u(56))
        grid.setColumnStretch(1, 1)
        event, invitation = self.standing.invitation.event, self.standing.invitation
        theirs = their_zone(event, self._zone)
        there = ""
        if theirs is not None and event.start is not None and event.end is not None:
            there = when_words(event.start, event.end, theirs)
        again = t("It repeats.") if event.series else ""
        host = invitation.organizer
        rows = [
            (t("When"), " ".join(filter(None, (self._when(), again))), "ink"),
            (t("Theirs"), there, "soft"),
            (t("Where"), event.location, "ink"),
            (t("From"), f"{host.name} <{host.email}>" if host.name else host.email, "ink"),
            (t("With"), self._people(), "soft"),
        ]
        shown = [each for each in rows if each[1]]
        for at, (name, words, ink) in enumerate(shown):
            self._put(grid, at, name, Words(words[:300], ink=ink, wrap=True, figures=True))
        if self.standing.conflicts:
            self._put(grid, len(shown), t("Meets"), self._conflicts())
        return grid

    @staticmethod
    def _put(grid: QGridLayout, at: int, name: str, piece: QWidget) -> None:
        grid.addWidget(Words(name, ink="faint"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(piece, at, 1)

    def _when(self) -> str:
        event = self.standing.invitation.event
        if self.standing.invitation.read.fault or event.start is None or event.end is None:
            return ""
        return when_words(event.start, event.end, self._zone, all_day=event.all_day)

    def _people(self) -> str:
        invitation, me = self.standing.invitation, self.standing.me
        others = [each for each in invitation.people
                  if each.email.casefold() not in {me.email.casefold(),
                                                   invitation.organizer.email.casefold()}]  # fmt: skip
        said = []
        for each in others[:_PEOPLE]:
            who = each.name or each.email
            say = ANSWERS.get(each.answer)
            said.append(say(who) if say else who)
        if len(others) > _PEOPLE:
            said.append(n("{n} more", "{n} more", len(others) - _PEOPLE))
        return ", ".join(said)

    def _conflicts(self) -> QWidget:
        chips = []
        for each in self.standing.conflicts[:3]:
            at = each.span(self._zone)[0].astimezone(self._zone)
            ref = Ref("event", each.event_id, each.title, each.start.count)
            words = each.title if each.all_day else f"{at:%H:%M} {each.title}"
            chips.append(Chip(words, "warn", "calendar-days", partial(self._hub.wanted.emit, ref)))
        more = len(self.standing.conflicts) - len(chips)
        rest = [Words(n("{n} more", "{n} more", more), ink="warn")] if more > 0 else []
        holder = QWidget()
        holder.setLayout(Flow((*chips, *rest), 6))
        return holder

    # --- what can be done -----------------------------------------------------------------------
    def _buttons(self) -> Any:
        standing, method = self.standing, self.standing.invitation.method
        if standing.verdict == "older":
            return Words(
                t("A newer version of it is in your calendar already."), ink="soft", wrap=True
            )
        if standing.answerable:
            return self._answers()
        if standing.verdict == "same":
            words = t("It is called off in your calendar.") if method is Method.CANCEL else t(
                "It is in your calendar.")  # fmt: skip
            return Words(words, ink="soft")
        if method is Method.PUBLISH and not standing.invitation.read.fault:
            return self._one(t("Add to the calendar"), self._add)
        if standing.here is None or method is Method.PUBLISH:
            return Words(_unknown(standing), ink="soft", wrap=True)
        words = {
            Method.CANCEL: t("Call it off here"),
            Method.REPLY: t("Note it"),
            Method.COUNTER: t("Move it there"),
        }.get(method, "")
        return self._one(words, self._note) if words else None

    def _answers(self) -> Any:
        answered, pieces = self.standing.answered, list[Any]()
        if answered:
            pieces.append(Words(_said(answered), ink="soft"))
        for choice in Choice:
            if choice.value != answered:
                button = Button(choice.words, _KEYS[choice], "plain", _MARKS[choice])
                button.clicked.connect(partial(self.answer, choice))
                pieces.append(button)
        if not self.standing.invitation.event.series:
            other = Button(t("Another time"), "Shift+N", "quiet", "clock")
            other.clicked.connect(self.ask_time)
            pieces.append(other)
        return Flow(pieces, tokens.S)

    @staticmethod
    def _one(words: str, call: Any) -> Any:
        button = Button(words, "", "plain", "calendar-days")
        button.clicked.connect(call)
        return row(button, None)

    def _draft(self) -> QWidget:
        assert self.standing.waiting is not None
        prose = Prose()
        prose.say(self.standing.waiting.draft, [])
        prose.setVisible(bool(self.standing.waiting.payload.get("to")))
        return prose

    def _waiting(self) -> Any:
        proposal = self.standing.waiting
        assert proposal is not None
        to = str(proposal.payload.get("to", ""))
        words = t("Prepared, not sent. It would go to {address}.", address=to) if to else t(
            "Prepared. Nothing leaves for it.")  # fmt: skip
        yes = Button(t("Approve"), "", "plain", "check")
        yes.clicked.connect(
            partial(
                self._hub.do, partial(self._office.proposals.approve, proposal.id, proposal.version)
            )
        )
        no = Button(t("Throw away"), "", "quiet", "x")
        no.clicked.connect(
            partial(self._hub.do, partial(self._office.proposals.decline, proposal.id))
        )
        said = Words(words, ink="pencil", wrap=True)
        return stack(said, Flow((yes, no), tokens.S))

    def _add(self) -> None:
        self._hub.do(partial(self._office.handoff.invitations.add, self.standing))

    def _note(self) -> None:
        verb = self._office.handoff.invitations.note
        self._hub.prepare(partial(verb, self._mail.id, self.standing))


class TimeDialog(QDialog):
    """Another time for a meeting: the day, from when to when, by both clocks."""

    picked = Signal(object, object)  # two aware datetimes

    def __init__(
        self, office: Office, span: tuple[datetime, datetime], standing: Standing, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("Another time"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(u(420))
        self._zone = office.zone()
        self._theirs = their_zone(standing.invitation.event, self._zone)
        start, end = (each.astimezone(self._zone) for each in span)
        self._day, self._from, self._to = DayField(t("Day")), _times(t("From")), _times(t("To"))
        self._day.show_day(start.date())
        self._from.setTime(QTime(start.hour, start.minute))
        self._to.setTime(QTime(end.hour, end.minute))
        self._there = Words("", ink="soft", wrap=True, figures=True)
        form = QFormLayout()
        form.setSpacing(tokens.S)
        form.addRow(Words(t("Day"), ink="soft"), row(self._day, None))
        form.addRow(Words(t("From"), ink="soft"), row(self._from, Words(t("to"), ink="soft"),
                                                      self._to, None))  # fmt: skip
        form.addRow(Words(t("Theirs"), ink="soft"), self._there)
        yes = Button(t("Prepare the question"), "Ctrl+Return", "primary", "check")
        yes.clicked.connect(self._on_yes)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._on_yes)
        no = Button(t("Cancel"), "Esc", "quiet")
        no.clicked.connect(self.reject)
        free = Words(
            t("Your calendar is free then, as far as it knows."), tokens.CAPTION, "faint", wrap=True
        )
        self.setLayout(
            stack(form, free, 4, row(yes, no, None), gap=tokens.M, margins=(24, 20, 24, 20))
        )
        self._free = free, (start, end)
        for signal in (self._day.dateChanged, self._from.timeChanged, self._to.timeChanged):
            signal.connect(self._show)
        self._show()

    def span(self) -> tuple[datetime, datetime]:
        """What stands in the fields; past midnight it ends on the next day."""
        day = self._day.day
        start, end = (
            datetime(day.year, day.month, day.day, at.hour(), at.minute(), tzinfo=self._zone)
            for at in (self._from.time(), self._to.time())
        )
        return start, end if end > start else end + timedelta(days=1)

    def _show(self) -> None:
        start, end = self.span()
        words, offered = self._free
        words.setVisible((start, end) == offered)
        zone = self._theirs or self._zone
        self._there.setText(between_words(start, end, zone, None))

    def _on_yes(self) -> None:
        self.picked.emit(*self.span())
        self.accept()


def _title(standing: Standing) -> str:
    invitation = standing.invitation
    person = next(iter(invitation.people), None)
    if invitation.method is Method.REPLY and person is not None:
        say = ANSWERS.get(person.answer)
        return say(person.name or person.email) if say else t("An answer")
    return {
        Method.REQUEST: t("Invitation"),
        Method.CANCEL: t("Called off"),
        Method.COUNTER: t("Another time asked for"),
        Method.PUBLISH: t("Event"),
        Method.REPLY: t("An answer"),
    }[invitation.method]


def _said(answered: str) -> str:
    return {
        "ACCEPTED": t("You accepted."),
        "TENTATIVE": t("You accepted for now."),
        "DECLINED": t("You declined."),
        "COUNTER": t("You asked for another time."),
    }.get(answered, "")


def _unknown(standing: Standing) -> str:
    if standing.invitation.read.fault:
        return t("It cannot be read: {why}", why=standing.invitation.read.fault)
    return t("This event is not in your calendar; there is nothing to change.")


def _times(name: str) -> QTimeEdit:
    field = QTimeEdit()
    field.setDisplayFormat("HH:mm")
    field.setAccessibleName(name)
    return field
