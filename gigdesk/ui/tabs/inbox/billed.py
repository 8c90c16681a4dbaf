"""A bill as a card: what it says and where that stood; and the form to complete it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QGridLayout, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.expenses.records import AMOUNTS, DAYS, FIELDS, BillStanding, ReadBill
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import date_text, money_text, n, t
from gigdesk.services.handoff.bills import other_account
from gigdesk.ui.kit.flow import Flow
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Chip, Ground, Line, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office


class BillCard(Ground):
    """One bill of a mail. `hub` runs what is done."""

    def __init__(
        self, desk: Desk, office: Office, mail: Mail, bill: BillStanding, hub: Any
    ) -> None:
        flow = stack(gap=tokens.S, margins=(14, 12, 14, 12))
        super().__init__(flow, "paper", pencil=bill.waiting is not None)
        self._desk, self._office, self._mail, self._hub = desk, office, mail, hub
        self.bill = bill
        pieces: list[Any] = []
        warned = other_account(bill.read.get("iban"), bill.other_iban)
        if warned:
            pieces.append(Words(warned, ink="bad", weight=tokens.MEDIUM, wrap=True))
        pieces += [self._head(), self._facts()]
        pieces += [Words(note, tokens.CAPTION, "faint", wrap=True) for note in bill.read.notes[:4]]
        pieces.append(self._foot())
        flow.addLayout(stack(*pieces))
        self.setAccessibleName(t("Bill of {supplier}", supplier=bill.read.get("supplier")))

    def keep(self) -> None:
        """Prepare keeping it; where something is missing, ask for it first."""
        if self.bill.read.missing:
            self.correct()
            return
        verb = self._office.handoff.bills.propose
        self._hub.prepare(partial(verb, self._mail.id, self.bill))

    def correct(self) -> None:
        """Complete or correct it in a form."""
        form = BillForm(self._desk, self._office, self._mail, self.bill, self.window())
        form.changed.connect(self._hub.done)
        form.troubled.connect(self._hub.troubled)
        form.show()

    def _head(self) -> Any:
        read = self.bill.read
        who = read.get("supplier") or t("supplier not named")
        words = (t("Credit note of {supplier}", supplier=who) if read.credit
                 else t("Bill of {supplier}", supplier=who))  # fmt: skip
        title = Words(words, tokens.LEAD, weight=tokens.SEMIBOLD, wrap=True)
        head = row(title, Chip(read.form, mark="receipt-text"))
        head.setStretch(0, 1)
        return head

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        grid.setColumnStretch(2, 1)
        at = 0
        for name, say in FIELDS.items():
            said = self.bill.read.fields.get(name)
            if said is None or name in {"supplier", "currency"}:
                continue
            changed = name == "iban" and self.bill.other_iban
            value = Words(_shown(self.bill.read, name), ink="bad" if changed else "ink",
                          weight=tokens.MEDIUM, figures=True)  # fmt: skip
            grid.addWidget(Words(say(), ink="faint"), at, 0)
            grid.addWidget(value, at, 1)
            grid.addWidget(Line(said.words, tokens.CAPTION, "faint"), at, 2)
            at += 1
        return grid

    def _foot(self) -> Any:
        bill = self.bill
        if bill.double is not None:
            at = bill.double.kept_at
            zone = self._office.zone()
            day = date_text(at.astimezone(zone).date(), form="medium") if at else ""
            return Words(t("This bill is kept since {day}.", day=day), ink="soft", wrap=True)
        if bill.waiting is not None:
            return self._waiting()
        missing = [FIELDS[name]().lower() for name in bill.read.missing]
        said = t("Not named: {fields}", fields=", ".join(missing)) if missing else self._earlier()
        keep = Button(t("Keep as an expense"), "Shift+G", "plain", "receipt-text")
        keep.clicked.connect(self.keep)
        change = Button(t("Correct"), "", "quiet", "pencil")
        change.clicked.connect(self.correct)
        words = Words(said, ink="warn" if missing else "soft", wrap=True)
        return stack(words, Flow((keep, change), tokens.S))

    def _earlier(self) -> str:
        count = self.bill.earlier
        if not count:
            return t("The first bill of this supplier here.")
        return n("{n} bill of this supplier before.", "{n} bills of this supplier before.", count)

    def _waiting(self) -> Any:
        proposal = self.bill.waiting
        assert proposal is not None
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
        said = Words(t("Prepared: {what}. Nothing leaves for it.", what=proposal.about), ink="pencil",
                     wrap=True, figures=True)  # fmt: skip
        return stack(said, Flow((yes, no), tokens.S))


class BillForm(QDialog):
    """The fields of a bill, each with where it stood. What is typed here is the person's."""

    changed = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(
        self, desk: Desk, office: Office, mail: Mail, bill: BillStanding, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._office, self._mail, self._bill = desk, office, mail, bill
        self.setWindowTitle(t("The bill"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(u(520))
        self._fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setSpacing(tokens.S)
        for name, say in FIELDS.items():
            field = QLineEdit(bill.read.get(name))
            field.setAccessibleName(say())
            field.setPlaceholderText(_HINTS.get(name, ""))
            self._fields[name] = field
            said = bill.read.fields.get(name)
            source = Line(said.words if said else t("not named"), tokens.CAPTION, "faint")
            form.addRow(Words(say(), ink="soft"), stack(field, source, gap=2))
        self._problem = Words("", ink="bad", wrap=True)
        self._problem.hide()
        keep = Button(t("Keep as an expense"), "Ctrl+Return", "primary", "check")
        keep.clicked.connect(self.keep)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep)
        away = Button(t("Cancel"), "Esc", "quiet")
        away.clicked.connect(self.reject)
        self.setLayout(
            stack(
                form, self._problem, row(keep, away, None), gap=tokens.M, margins=(24, 20, 24, 20)
            )
        )

    def keep(self) -> None:
        """Prepare it, if it can be."""
        typed = {name: field.text().strip() for name, field in self._fields.items()}
        verb = self._office.handoff.bills.propose
        self._desk.fetch(
            partial(verb, self._mail.id, self._bill, typed),
            then=self._on_kept,
            failed=self._on_problem,
        )

    def _on_kept(self, changed: Changed[Any]) -> None:
        if isValid(self):  # it may have been closed meanwhile
            self.changed.emit(changed)
            self.close()

    def _on_problem(self, error: Exception) -> None:
        if isinstance(error, Trouble) and isValid(self):
            self._problem.setText(f"{error.title}. {error.advice}".strip())
            self._problem.show()
        elif isValid(self):
            self.troubled.emit(error)


_HINTS = {"issued": "2026-11-30", "due": "2026-11-30", "gross": "1250.00", "net": "1250.00",
          "tax": "1250.00", "currency": "EUR"}  # fmt: skip


def _shown(read: ReadBill, name: str) -> str:
    value, currency = read.get(name), read.get("currency")
    if name in AMOUNTS and currency:
        return money_text(Decimal(value), currency)
    if name in DAYS:
        return date_text(date.fromisoformat(value), form="medium")
    if name == "iban":
        return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    return value
