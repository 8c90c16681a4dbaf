"""Answering a mail in its place: the draft as it is written, its facts and doubts, yes or change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from gigdesk.domain.drafts.phrases import TONES
from gigdesk.domain.proposals import OutboxState
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.drafts import Checks, Prose, marks_of, record_at
from gigdesk.ui.kit.layout import emptied, row, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Chip, Ground, Line, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.proposals import OutboxItem, Proposal
    from gigdesk.domain.records import Ref
    from gigdesk.services.drafts.writing import Writing
    from gigdesk.services.office import Office

# Text that comes in pieces is shown about 30 times a second.
_SHOW_MS = 33
_ICONS = {"invoice": "receipt-text", "client": "users", "event": "calendar-days", "mail": "mail"}


@dataclass(eq=False)
class _Run:
    """One draft being written; it goes on when another conversation is looked at."""

    mail: int
    stop: threading.Event = field(default_factory=threading.Event)
    last: Writing | None = None


class Composer(QWidget):
    """Below a conversation: the one thing to do, then the draft in its dashed well."""

    wanted = Signal(object)  # Ref: a fact's record
    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._mails: list[int] = []
        self._answers: int = 0
        self._runs: dict[int, _Run] = {}
        self.proposal: Proposal | None = None
        self._approved: OutboxItem | None = None
        self._tone = ""
        self._editing = False
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(_SHOW_MS)
        self._show_soon.timeout.connect(self._show_text)
        self._build()
        desk.changed.connect(self._on_changed)
        self._show()

    # --- building -------------------------------------------------------------------------------
    def _build(self) -> None:
        self._begin = Button(t("Draft a reply"), "R", "primary", "reply")
        self._begin.clicked.connect(self.begin)
        self._said = Words("", ink="soft", wrap=True)
        self._chip = Chip(t("Draft, not sent"), "pencil", "pencil-line")
        self._by = Line("", tokens.CAPTION, "faint")
        self._records = row(gap=6)
        self._warned = Words("", tokens.CAPTION, "warn", wrap=True)
        self._text = Prose()
        self._text.picked.connect(self._on_picked)
        self._field = QPlainTextEdit()
        self._field.setAccessibleName(t("The draft"))
        self._field.setMinimumHeight(u(220))
        back = QShortcut(QKeySequence("Esc"), self._field)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.leave)
        self._checks = Checks()
        self._checks.settled.connect(self._on_settled)
        head = row(self._chip, self._by, gap=tokens.S)
        head.addLayout(self._records)
        inner = stack(
            head, self._warned, self._text, self._field, self._checks, 2, self._keys(),
            gap=tokens.S, margins=(14, 12, 14, 12),
        )  # fmt: skip
        self._well = Ground(inner, "paper", pencil=True)
        self._field.textChanged.connect(self._on_typed)
        begin = row(self._begin, self._said, gap=tokens.M)
        begin.setStretch(1, 1)
        begin.setAlignment(self._begin, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(stack(begin, self._well, gap=tokens.S))

    def _keys(self) -> QWidget:
        self._yes = Button(t("Approve"), "Ctrl+Return", "primary", "check")
        self._keep = Button(t("Keep these words"), "Ctrl+Return", "primary", "check")
        self._leave = Button(t("Back"), "Esc", "quiet")
        self._change = Button(t("Edit"), "E")
        self._again = Button(t("Write again"), "W", "quiet")
        self._away = Button(t("Throw away"), "Shift+X", "quiet", "x", bare=True)
        self._stop = Button(t("Stop"), "Ctrl+.", "plain", "x")
        self._tones = Button(t("Tone"), "T", "quiet", "chevron-down")
        for button, call in (
            (self._yes, self.approve), (self._keep, self.keep), (self._leave, self.leave),
            (self._change, self.edit), (self._again, self.again), (self._away, self.throw_away),
            (self._stop, self.stop), (self._tones, self.choose_tone),
        ):  # fmt: skip
            button.clicked.connect(call)
        holder = QWidget()
        holder.setLayout(
            row(
                self._yes, self._keep, self._leave, self._change, self._again, self._away,
                self._stop, None, self._tones,
            )
        )  # fmt: skip
        return holder

    # --- what is shown --------------------------------------------------------------------------
    def show_mails(self, mails: Sequence[Mail]) -> None:
        """These are the mails of the conversation; the newest one of the others is answered."""
        theirs = [each.id for each in mails if not each.mine and each.broken is None]
        if self._mails != theirs:
            self._mails, self._answers = list(theirs), theirs[-1] if theirs else 0
            self.proposal, self._approved, self._editing = None, None, False
            self._show()
        self.load()

    def clear(self) -> None:
        """Nothing is shown."""
        self.show_mails(())

    def load(self) -> None:
        """Look for an answer that waits, and for one that was approved."""
        mails = self._mails
        self._desk.ask(
            partial(_answers, self._office, mails),
            then=partial(self._on_found, mails),
            failed=self.troubled.emit,
        )

    def commands(self) -> Sequence[Command]:
        """What can be done with an answer."""
        here, writing = self._has_draft, self._is_writing
        return (
            Command(t("Draft a reply"), "R", "reply", self.begin, self._can_begin),
            Command(t("Approve the draft"), "Ctrl+Return", "check", self.confirm, here),
            Command(t("Edit the draft"), "E", "pencil", self.edit, here),
            Command(t("Write the draft again"), "W", "pencil-line", self.again, here),
            Command(t("Tone of the draft"), "T", "palette", self.choose_tone, self._can_begin),
            Command(t("Throw the draft away"), "Shift+X", "x", self.throw_away, here),
            Command(t("Stop writing"), "Ctrl+.", "x", self.stop, writing),
        )

    # --- what is done ---------------------------------------------------------------------------
    def begin(self) -> None:
        """Draft a reply; when one waits already, come to it."""
        if self.proposal is None and self._can_begin():
            self._write()

    def again(self) -> None:
        """Write it anew, in place of the one that waits."""
        if self._can_begin():
            self._write()

    def stop(self) -> None:
        """End the writing at once; the template takes its place."""
        run = self._runs.get(self._answers)
        if run is not None:
            run.stop.set()
            self._show()

    def confirm(self) -> None:
        """Ctrl and Enter: keep the words while editing, else approve."""
        self.keep() if self._editing else self.approve()

    def approve(self) -> None:
        """Say yes: it goes to the outbox and can be taken back for ten seconds."""
        proposal = self.proposal
        if proposal is not None and not self._is_writing():
            self._do(partial(self._office.proposals.approve, proposal.id, proposal.version))

    def edit(self) -> None:
        """Write in it; the first key makes it ink."""
        if self.proposal is None or self._is_writing() or self._editing:
            return
        self._field.setPlainText(self.proposal.draft)
        self._editing = True
        self._show()
        self._field.setFocus()

    def keep(self) -> None:
        """Keep the person's words; they are read again with the records beside them."""
        proposal, words = self.proposal, self._field.toPlainText().strip()
        if proposal is not None and self._editing and words:
            self._do(partial(self._office.proposals.rewrite, proposal.id, words, proposal.version))
            self.leave()

    def leave(self) -> None:
        """End editing; what was not kept is gone."""
        self._editing = False
        self._show()

    def throw_away(self) -> None:
        """Decline it. Undo brings it back."""
        if self.proposal is not None:
            self._do(partial(self._office.proposals.decline, self.proposal.id))

    def choose_tone(self) -> None:
        """Pick the tone from a few words; it is written again in it."""
        menu = QMenu(self)
        for tone, (words, _) in TONES.items():
            menu.addAction(words()).triggered.connect(partial(self.set_tone, tone))
        menu.popup(self._tones.mapToGlobal(QPoint(0, self._tones.height())))

    def set_tone(self, tone: str) -> None:
        """Write it again in this tone."""
        self._tone = tone
        self.again()

    # --- inside ---------------------------------------------------------------------------------
    def _write(self) -> None:
        mail = self._answers
        run = self._runs[mail] = _Run(mail)
        self._editing = False
        self._show()
        self._desk.fetch(
            partial(self._office.drafts.draft, mail, self._tone, run.stop),
            piece=partial(self._on_piece, run),
            then=partial(self._on_written, run),
            failed=partial(self._on_failed, run),
        )

    def _do(self, call: Callable[[], Changed[object]]) -> None:
        self._desk.do(call, then=self.done.emit, failed=self.troubled.emit)

    def _on_piece(self, run: _Run, writing: Writing) -> None:
        run.last = writing
        if run.mail == self._answers and not self._show_soon.isActive():
            self._show_soon.start()

    def _on_written(self, run: _Run, proposal: Proposal | None) -> None:
        self._runs.pop(run.mail, None)
        if run.mail == self._answers and proposal is not None:
            self.proposal = proposal
        self._show()

    def _on_failed(self, run: _Run, error: Exception) -> None:
        self._runs.pop(run.mail, None)
        self._show()
        self.troubled.emit(error)

    def _on_found(
        self, mails: list[int], answers: tuple[Proposal | None, OutboxItem | None]
    ) -> None:
        if mails is not self._mails:
            return
        found, self._approved = answers
        if self._is_writing():
            return
        if self._editing and found is not None and self.proposal is not None:
            return  # the person is writing: nothing is changed under their hands
        self.proposal, self._editing = found, False
        self._show()

    def _on_changed(self, topics: Topic) -> None:
        if topics & (Topic.PROPOSALS | Topic.OUTBOX) and self._mails:
            self.load()

    def _on_picked(self, place: int) -> None:
        ref = record_at(self.proposal, place) if self.proposal else None
        if ref is not None:
            self.wanted.emit(ref)

    def _on_settled(self, at: int) -> None:
        proposal = self.proposal
        if proposal is not None:
            self._do(partial(self._office.proposals.settle, proposal.id, at, proposal.version))

    def _on_typed(self) -> None:
        if self._editing:
            self._well.ink()

    def _can_begin(self) -> bool:
        return self._answers != 0 and not self._is_writing()

    def _has_draft(self) -> bool:
        return self.proposal is not None and not self._is_writing()

    def _is_writing(self) -> bool:
        return self._answers in self._runs

    def _show(self) -> None:
        writing, proposal, editing = self._is_writing(), self.proposal, self._editing
        there = writing or proposal is not None
        self.setVisible(self._answers != 0)
        self._begin.setVisible(not there)
        said = "" if there else _where(self._approved)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._well.setVisible(there)
        self._text.setVisible(not editing)
        self._field.setVisible(editing)
        ready = there and not writing and not editing
        for button, on in (
            (self._yes, ready), (self._change, ready), (self._again, ready), (self._away, ready),
            (self._tones, ready), (self._keep, editing), (self._leave, editing),
            (self._stop, writing),
        ):  # fmt: skip
            button.setVisible(on)
        if not editing:
            self._well.pencil()
        self._checks.setVisible(False)
        if writing:
            self._show_text()
        elif proposal is not None:
            self._show_draft(proposal)

    def _show_text(self) -> None:
        run = self._runs.get(self._answers)
        if run is None:
            return
        last = run.last
        words = last.text if last is not None else None
        marks = [(f.start, f.end, "fact") for f in words.facts] if words else []
        self._text.say(words.text if words else "", marks)
        self._by.say(_doing(run))
        self._warned.hide()
        emptied(self._records)

    def _show_draft(self, proposal: Proposal) -> None:
        payload = proposal.payload
        self._text.say(proposal.draft, marks_of(proposal))
        self._by.say(_by_words(payload))
        self._tone = str(payload.get("tone", "")) or self._tone
        tone = TONES.get(self._tone)
        self._tones.say(t("Tone: {tone}", tone=tone[0]().lower()) if tone else t("Tone"))
        warned = [str(each) for each in payload.get("warnings", ())]
        if payload.get("left_out"):
            left = ", ".join(payload["left_out"])
            warned.append(t("The model did not read: {parts}", parts=left))
        self._warned.setText("\n".join(warned))
        self._warned.setVisible(bool(warned))
        emptied(self._records)
        for ref in [each for each in proposal.records if each.kind in _ICONS][1:4]:
            self._records.addWidget(self._record(ref))
        self._checks.show_findings(proposal.findings if not self._editing else ())
        self._yes.setEnabled(not proposal.blocked)
        self._yes.setToolTip(t("Settle what is marked first") if proposal.blocked else "")
        self._yes.update()

    def _record(self, ref: Ref) -> Chip:
        return Chip(ref.label, mark=_ICONS[ref.kind], open_it=partial(self.wanted.emit, ref))


def _answers(office: Office, mails: list[int]) -> tuple[Proposal | None, OutboxItem | None]:
    return office.drafts.waiting(mails), office.drafts.on_its_way(mails)


def _where(item: OutboxItem | None) -> str:
    """Where an approved answer is now."""
    if item is None:
        return ""
    return {
        OutboxState.WAITING: t("Your answer waits in the outbox; nothing is sent yet."),
        OutboxState.SENDING: t("Your answer is leaving now."),
        OutboxState.SENT: t("Your answer was sent."),
        OutboxState.UNCERTAIN: t("Your answer may have left or not. The outbox says more."),
        OutboxState.FAILED: t("Your answer did not leave. The outbox says why."),
    }[item.state]


def _doing(run: _Run) -> str:
    if run.stop.is_set():
        return t("Stopping")
    if run.last is None:
        return t("Looking at the records")
    return {
        "loading": t("The model is loading"),
        "reading": t("The model reads the mail"),
        "writing": t("The model is writing"),
    }[run.last.phase]


def _by_words(payload: dict[str, object]) -> str:
    if payload.get("by") == "model":
        return t("by the model on this machine")
    why = str(payload.get("by_why", ""))
    return t("by template. {why}", why=why) if why else t("facts come from")
