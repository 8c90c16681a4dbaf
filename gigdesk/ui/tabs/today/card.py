"""A proposal's card: what would leave, in whose words, why, from which records; yes, change, no."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QPlainTextEdit

from gigdesk.domain.proposals import Proposal
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.drafts import Checks, Prose, marks_of, record_at
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Chip, Ground, Mark, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

ICONS = {
    "reply": "reply", "reminder": "alarm-clock", "invoice": "receipt-text",
    "invitation": "calendar-days", "expense": "receipt-text",
}  # fmt: skip
RECORD_ICONS = {
    "mail": "mail", "invoice": "receipt-text", "client": "users", "event": "calendar-days",
    "payment": "banknote", "lead": "compass", "profile": "users",
}  # fmt: skip


class Card(QFrame):
    """One proposal: open with its draft, or a line of 60 pixels."""

    chosen = Signal()
    approved = Signal()
    declined = Signal()
    put_off = Signal()
    rewritten = Signal(str)
    settled = Signal(int)
    wanted = Signal(object)

    def __init__(self, proposal: Proposal, zone: ZoneInfo, *, now: bool) -> None:
        super().__init__()
        self.setObjectName("card")
        self.proposal, self._zone, self._now = proposal, zone, now
        self.setProperty("now", now)
        self.setAccessibleName(f"{proposal.title}. {proposal.about}. {proposal.why}")
        size = tokens.LEAD if now else tokens.BODY
        words = stack(
            Words(proposal.title, size, weight=tokens.SEMIBOLD, wrap=now),
            Words(proposal.about, ink="soft", figures=True, wrap=now),
            gap=2,
        )
        head = row(Mark(ICONS.get(proposal.kind, "pencil-line")), words, gap=tokens.M)
        head.setStretch(1, 1)
        if not now:
            head.addWidget(Chip(self._leaves(short=True), "quiet"))
            self.setLayout(stack(head, margins=(16, 11, 18, 11)))
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        self._body = self._open_body()
        self.setLayout(stack(head, self._body, gap=tokens.M, margins=(16, 14, 18, 16)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens it."""
        super().mousePressEvent(event)
        if not self._now:
            self.chosen.emit()

    def edit(self) -> None:
        """Write in it; the first key makes it ink. What was written before is still there."""
        if not self._now or not self._wordy:
            return
        self._prose.hide()
        self._checks.hide()
        if not self._field.document().isModified():
            self._field.setPlainText(self.proposal.draft)
        self._field.show()
        self._editing(on=True)
        self._field.setFocus()

    @property
    def written_in(self) -> bool:
        """Whether the person wrote here what is not kept yet."""
        return self._now and self._field.document().isModified()

    @property
    def _wordy(self) -> bool:
        """Whether words leave with it that the person may change."""
        return self.proposal.payload.get("sends") != ""

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self._field.toPlainText()

    def resume(self, words: str) -> None:
        """What the person wrote here before and did not keep yet is there for the next E."""
        self._field.setPlainText(words)
        self._field.document().setModified(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the draft's field; what was written in it stays for the next E."""
        writing = self._now and self._field.isVisible()
        if writing and event.key() == Qt.Key.Key_Escape:
            self._leave_field()
        else:
            super().keyPressEvent(event)

    def _leave_field(self) -> None:
        self._field.hide()
        self._prose.show()
        self._checks.setVisible(bool(self.proposal.findings))
        self._editing(on=False)
        self.setFocus()

    def _open_body(self) -> QBoxLayout:
        proposal = self.proposal
        self._prose = Prose(proposal.draft, marks_of(proposal))
        self._prose.picked.connect(self._on_picked)
        self._checks = Checks(proposal.findings)
        self._checks.settled.connect(self.settled)
        self._field = QPlainTextEdit()
        self._field.setAccessibleName(t("The draft"))
        self._field.setMinimumHeight(u(180))
        self._field.hide()
        inner = stack(self._prose, self._field, self._checks, margins=(14, 10, 14, 10))
        self._well = Ground(inner, pencil=True)
        self._field.textChanged.connect(self._well.ink)
        body = stack(self._well, self._reasons(), 2, self._keys(), gap=tokens.M)
        body.setContentsMargins(48, 0, 0, 0)
        return body

    def _reasons(self) -> QGridLayout:
        proposal = self.proposal
        grid = QGridLayout()
        grid.setSpacing(tokens.S)
        grid.setColumnMinimumWidth(0, u(46))
        grid.setColumnStretch(1, 1)
        rows = [(t("Leaves"), self._leaves()), (t("Why"), proposal.why)]
        for at, (name, words) in enumerate(rows):
            grid.addWidget(Words(name, ink="faint"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Words(words, wrap=True, figures=True), at, 1)
        if proposal.records:
            chips = [self._chip(ref) for ref in proposal.records[:3]]
            grid.addWidget(Words(t("From"), ink="faint"), len(rows), 0)
            grid.addLayout(row(*chips, None, gap=6), len(rows), 1)
        return grid

    def _chip(self, ref: Ref) -> Chip:
        icon = RECORD_ICONS.get(ref.kind, "file-text")
        return Chip(ref.label, mark=icon, open_it=lambda: self.wanted.emit(ref))

    def _keys(self) -> QBoxLayout:
        self._yes = Button(t("Approve"), "A", "primary", "check")
        self._yes.setEnabled(not self.proposal.blocked)
        if self.proposal.blocked:
            self._yes.setToolTip(t("Settle what is marked first"))
        self._change = Button(t("Edit"), "E")
        self._change.setEnabled(self._wordy)
        self._no = Button(t("Decline"), "X")
        self._later = Button(t("Later"), "H", "quiet", "clock")
        self._keep = Button(t("Keep these words"), "Ctrl+Return", "primary")
        self._back = Button(t("Back"), "Esc", "quiet")
        self._keep.hide()
        self._back.hide()
        keeping = QShortcut(QKeySequence("Ctrl+Return"), self)
        keeping.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keeping.activated.connect(self._on_keep)
        for button, signal in (
            (self._yes, self.approved),
            (self._no, self.declined),
            (self._later, self.put_off),
        ):
            button.clicked.connect(signal)
        self._change.clicked.connect(self.edit)
        self._keep.clicked.connect(self._on_keep)
        self._back.clicked.connect(self._leave_field)
        return row(self._yes, self._keep, self._change, self._back, self._no, None, self._later)

    def _editing(self, *, on: bool) -> None:
        """While one writes, a letter is a letter: what letters do is put away."""
        for button in (self._keep, self._back):
            button.setVisible(on)
        for button in (self._yes, self._change, self._no, self._later):
            button.setVisible(not on)

    def _on_picked(self, place: int) -> None:
        ref = record_at(self.proposal, place)
        if ref is not None:
            self.wanted.emit(ref)

    def _on_keep(self) -> None:
        if not self._field.isVisible():
            return
        self._field.document().setModified(False)
        self.rewritten.emit(self._field.toPlainText().strip())

    def _leaves(self, *, short: bool = False) -> str:
        leaves = self.proposal.leaves
        if self.proposal.payload.get("sends") == "":
            return t("stays here") if short else t("nothing; it stays on this machine")
        if leaves is None:
            return t("on approval")
        here = leaves.astimezone(self._zone)
        said = f"{date_text(here.date(), form='EEE d MMM')}, {here:%H:%M}"
        theirs = str(self.proposal.payload.get("zone", ""))
        if short or not theirs or theirs == self._zone.key:
            return said
        place = theirs.rpartition("/")[2].replace("_", " ")
        there = leaves.astimezone(ZoneInfo(theirs))
        return t("{when} ({time} in {place})", when=said, time=f"{there:%H:%M}", place=place)
