"""Money that came in, written down: how much, on which day."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.invoices.records import Invoice
from gigdesk.domain.money import parse_decimal
from gigdesk.domain.words import money_text, t
from gigdesk.ui.kit.days import DayField
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.tabs.invoices.line_rows import plain_number
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from datetime import date

    from gigdesk.background.desk import Desk
    from gigdesk.domain.topics import Changed
    from gigdesk.services.office import Office


class PaymentDialog(QDialog):
    """All that is open, unless the person writes less."""

    changed = Signal(object)
    troubled = Signal(object)

    def __init__(
        self, desk: Desk, office: Office, invoice: Invoice, today: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._office, self._invoice = desk, office, invoice
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("A payment for {number}", number=invoice.number))
        self.amount = QLineEdit(format(invoice.open, "f"))
        self.amount.setAccessibleName(t("Amount in {currency}", currency=invoice.currency))
        self.day = DayField(t("Came in on"))
        self.day.show_day(today)
        self.problem = Words("", ink="bad", wrap=True)
        self.problem.hide()
        form = QFormLayout()
        form.setSpacing(tokens.S)
        form.addRow(Words(self.amount.accessibleName(), ink="soft"), self.amount)
        form.addRow(Words(self.day.accessibleName(), ink="soft"), self.day)
        keep = Button(t("Write it down"), "Return", "primary")
        keep.clicked.connect(self._keep)
        self.amount.returnPressed.connect(self._keep)
        leave = Button(t("Not now"), "Esc", "quiet")
        leave.clicked.connect(self.reject)
        owed = t(
            "{client}, {open} open",
            client=invoice.client,
            open=money_text(invoice.open, invoice.currency),
        )
        self.setLayout(
            stack(
                Words(self.windowTitle(), tokens.LEAD, weight=tokens.SEMIBOLD),
                Words(owed, ink="soft"), 8, form, self.problem, 8, row(keep, leave, None),
                gap=tokens.S, margins=(24, 20, 24, 20),
            )
        )  # fmt: skip
        self.setMinimumWidth(380)
        self.amount.selectAll()
        self.amount.setFocus()

    def _keep(self) -> None:
        try:
            amount = parse_decimal(plain_number(self.amount.text()), t("The amount"))
        except Trouble as trouble:
            self._on_failed(trouble)
            return
        self._desk.do(partial(self._pay, amount), then=self._on_kept, failed=self._on_failed)

    def _pay(self, amount: Decimal) -> Changed[object]:
        return self._office.invoices.pay(self._invoice.id, amount, self.day.day)

    def _on_kept(self, changed: Changed[object]) -> None:
        if not isValid(self):
            return
        self.changed.emit(changed)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        if not isinstance(error, Trouble):
            self.troubled.emit(error)
            return
        self.problem.setText(f"{error.title}. {error.advice}".strip())
        self.problem.show()
