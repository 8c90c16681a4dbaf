"""A page on which mails are written: beside what is read stands what is being written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.later import ask_later
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button
from gigdesk.ui.sheet import Sheet, SheetLine, TwoLines
from gigdesk.ui.tabs.inbox.bringing import BringingPage
from gigdesk.ui.tabs.inbox.writing.printing import ask_and_print, paper_of
from gigdesk.ui.tabs.inbox.writing.writer import Writer

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.inbox.unsent import Unsent
    from gigdesk.domain.proposals import Proposal
    from gigdesk.services.office import Office


class Drafting(Protocol):
    """Where a draft stands."""

    proposal: Proposal | None


class Reads(Protocol):
    """A pane that reads conversations."""

    @property
    def composer(self) -> Drafting:
        """The draft below what is read."""

    def offer(self, tools: Sequence[Button]) -> None:
        """Ways to answer, at its bar."""


class WritingPage(BringingPage):
    """Says what is written, and to what; the subclass says what is read."""

    wrote = Signal()  # writing began or ended

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self.writer = Writer(desk, office)
        self.writer.done.connect(self.done)
        self.writer.troubled.connect(self.troubled)
        self.writer.left.connect(self._on_left)
        self.writer.kept.connect(self._look_for_begun)
        self._pair = QStackedWidget()
        self._draft: Callable[[], Proposal | None] = lambda: None
        self._begun: Unsent | None = None  # about the conversation that is read
        self._read: list[int] = []
        self._go_on = Button(t("Go on writing"), "", "plain", "pencil-line")
        self._go_on.hide()
        self._answerable = self._printable = 0

    def beside(self, reading: QWidget) -> QWidget:
        """The pane for reading, and in its place the one for writing."""
        self._pair.addWidget(reading)
        self._pair.addWidget(self.writer)
        return self._pair

    def serves(self, reading: Reads) -> None:
        """This is what is read: it gets the ways to answer, and its draft may leave later."""
        reading.offer(self.answering_tools())
        self._draft = lambda: reading.composer.proposal

    def answering_tools(self) -> list[Button]:
        """Answer in one's own words, all of them, or pass it on."""
        tools = [
            (Button(t("Reply"), "Ctrl+R", "quiet", "reply", bare=True), self.reply),
            (Button(t("Reply to all"), "Ctrl+Shift+R", "quiet", "reply-all", bare=True), self.reply_all),
            (Button(t("Forward"), "Ctrl+L", "quiet", "forward", bare=True), self.forward),
        ]  # fmt: skip
        for button, call in tools:
            button.clicked.connect(call)
        self._go_on.clicked.connect(self._on_go_on)
        return [*(button for button, _ in tools), self._go_on]

    def writing_commands(self) -> Sequence[Command]:
        """What can be written."""
        there = self._can_answer
        return (
            Command(t("New mail"), "Ctrl+N", "pencil", self.write),
            Command(t("Reply in my own words"), "Ctrl+R", "reply", self.reply, there),
            Command(t("Reply to all"), "Ctrl+Shift+R", "reply-all", self.reply_all, there),
            Command(t("Forward"), "Ctrl+L", "forward", self.forward, there),
            Command(t("Mails being written"), "", "pencil-line", self.show_unsent),
            *self.at_rest(
                [
                    Command(t("Print"), "Ctrl+P", "printer", self.print_it, there),
                    Command(
                        t("Approve the draft, to leave later"),
                        "Shift+Return",
                        "clock",
                        self.approve_later,
                        lambda: self._draft() is not None,
                    ),
                ]
            ),
            *self.writer.commands(),
        )

    def at_rest(self, commands: Iterable[Command]) -> list[Command]:
        """Commands on what is read: they rest while it is out of sight."""
        return [replace(each, when=partial(self._seen_and, each)) for each in commands]

    def answers(self, mails: Sequence[Mail]) -> None:
        """These are read: the newest one of the others is answered, else the newest."""
        whole = [each for each in mails if each.broken is None]
        theirs = [each for each in whole if not each.mine]
        self._answerable = (theirs or whole)[-1].id if whole else 0
        self._printable = whole[-1].id if whole else 0
        self._read = [each.id for each in mails]
        self._look_for_begun()

    def _look_for_begun(self) -> None:
        """Whether an answer to what is read was begun."""
        read = self._read
        self.desk.ask(
            partial(self.office.composing.about, read), then=partial(self._on_about, read)
        )

    def _on_about(self, read: list[int], begun: Unsent | None) -> None:
        if read is self._read:
            self._begun = begun
            self._go_on.setVisible(begun is not None)

    def _on_go_on(self) -> None:
        if self._begun is not None:
            self.write_on(self._begun.id)

    def _on_changed(self, topics: Topic) -> None:
        super()._on_changed(topics)
        if topics & Topic.OUTBOX and self._read:
            self._look_for_begun()

    def write(self, to: str = "") -> None:
        """A new mail."""
        to = to if isinstance(to, str) else ""
        self.desk.ask(
            partial(self.office.composing.new, to), then=self._on_begun, failed=self.troubled.emit
        )

    def reply(self) -> None:
        """Answer in one's own words; what was begun is gone on with."""
        self._answer(everyone=False)

    def reply_all(self) -> None:
        """Answer everyone who got it."""
        self._answer(everyone=True)

    def forward(self) -> None:
        """Pass it on, its files with it."""
        if self._can_answer():
            self.desk.fetch(
                partial(self.office.composing.forward, self._answerable),
                then=self._on_begun,
                failed=self.troubled.emit,
            )

    def write_on(self, unsent_id: int) -> None:
        """Go on with one that was begun."""
        self.desk.ask(
            partial(self.office.composing.get, unsent_id),
            then=self._on_begun,
            failed=self.troubled.emit,
        )

    def read_on(self) -> None:
        """Back to reading; what was typed is kept."""
        self.writer.leave()

    def print_it(self) -> None:
        """The newest mail of the conversation on paper."""
        if self._printable:
            self.desk.ask(
                partial(self.office.inbox.mail, self._printable),
                then=self._on_printable,
                failed=self.troubled.emit,
            )

    def _on_printable(self, mail: Mail) -> None:
        ask_and_print(self, paper_of(mail, self.office.zone()))

    def approve_later(self) -> None:
        """Say yes to the draft that is seen, and choose when it leaves."""
        proposal = self._draft()
        if proposal is not None:
            ask_later(self.office, self._pair, partial(self._approve_at, proposal), inside=True)

    def _approve_at(self, proposal: Proposal, at: datetime) -> None:
        self.do(partial(self.office.proposals.approve, proposal.id, proposal.version, at))

    def show_unsent(self) -> None:
        """Everything begun and not sent; one of them is gone on with."""
        nothing = t("Nothing. What you write is kept here until it is sent.")
        sheet = Sheet(self.window(), t("Mails being written"), TwoLines, nothing)
        sheet.opened.connect(self.wanted)
        self.desk.ask(partial(_lines, self.office), then=sheet.show_lines)

    def _answer(self, *, everyone: bool) -> None:
        if self._can_answer():
            self.desk.ask(
                partial(self.office.composing.answer, self._answerable, everyone=everyone),
                then=self._on_answer,
                failed=self.troubled.emit,
            )

    def _on_answer(self, found: tuple[Unsent, tuple[str, ...]]) -> None:
        self._show_writer(*found)

    def _on_begun(self, mail: Unsent | None) -> None:
        if mail is not None:
            self._show_writer(mail)

    def _show_writer(self, mail: Unsent, warnings: Sequence[str] = ()) -> None:
        now = self.writer.mail
        if now is None or not mail.id or now.id != mail.id:
            self._pair.setCurrentWidget(self.writer)
            self.writer.show_mail(mail, warnings)
            self.wrote.emit()
            self.retitled.emit()
        self.writer.fields.lend_focus()

    def _on_left(self) -> None:
        self._pair.setCurrentIndex(0)
        self._look_for_begun()
        self.setFocus()
        self.wrote.emit()
        self.retitled.emit()

    def _can_answer(self) -> bool:
        return self._answerable != 0

    def _seen_and(self, command: Command) -> bool:
        return not self.writer.is_writing() and command.when()


def _lines(office: Office) -> list[SheetLine]:
    zone = office.zone()
    lines = []
    for each in office.composing.all():
        at = each.changed.astimezone(zone) if each.changed else None
        when = f"{date_text(at.date(), form='d MMM')} {at:%H:%M}" if at else ""
        to = t("to {people}", people=each.to) if each.to.strip() else t("to nobody yet")
        ref = Ref("unsent", each.id, each.title)
        lines.append(SheetLine(each.title, to, when, "pencil-line", ref=ref))
    return lines
