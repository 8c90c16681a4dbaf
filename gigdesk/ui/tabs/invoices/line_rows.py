"""The lines of an invoice being written: what, how much, of which unit, at which price."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from gigdesk.domain.invoices.codes import COMMON_UNITS, UNITS
from gigdesk.domain.money import quantize
from gigdesk.domain.words import money_text, t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WIDE = {"quantity": 66, "unit": 104, "price": 92, "amount": 104}
_UNIT_WORDS = {
    "HUR": "hours", "DAY": "days", "C62": "pieces", "LS": "lump sum", "MON": "months",
    "KMT": "km", "ZP": "pages",
}  # fmt: skip


def plain_number(typed: str) -> str:
    """A number as people type it (1.250,00 or 1,250.00 or 1 250) as a plain decimal."""
    words = "".join(each for each in typed if not each.isspace() and each not in "'’")
    comma, point = words.rfind(","), words.rfind(".")
    if comma >= 0 and point >= 0:
        return words.replace("." if comma > point else ",", "").replace(",", ".")
    return words.replace(",", ".")


class LineRow:
    """One line: its fields, and what is kept of it that has no field here."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given
        self.text = _field(t("What was done"), given.get("text") or "")
        self.quantity = _field(t("Quantity"), given.get("quantity") or "", right=True)
        self.price = _field(t("Price of one"), given.get("price") or "", right=True)
        self.unit = QComboBox()
        self.unit.setAccessibleName(t("Unit"))
        self.amount = Words("", weight=tokens.MEDIUM, figures=True)
        self.amount.setAlignment(_RIGHT)
        self.away = Button(t("Take this line out"), "", "quiet", "x", bare=True)
        codes = list(COMMON_UNITS)
        code = given.get("unit") or "HUR"
        for each in codes if code in codes else [*codes, code]:
            self.unit.addItem(t(_UNIT_WORDS.get(each, UNITS.get(each, each))), each)
        self.unit.setCurrentIndex(self.unit.findData(code))
        for widget, name in (
            (self.quantity, "quantity"), (self.unit, "unit"), (self.price, "price"),
            (self.amount, "amount"),
        ):  # fmt: skip
            widget.setFixedWidth(u(_WIDE[name]))

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of the columns."""
        return self.text, self.quantity, self.unit, self.price, self.amount, self.away

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written here."""
        return not self.text.text().strip() and not self.price.text().strip()

    def data(self, tax: dict[str, str]) -> dict[str, Any]:
        """The line as JSON; a discount it came with stays."""
        return {
            "text": self.text.text().strip(),
            "quantity": plain_number(self.quantity.text()) or "1",
            "unit": self.unit.currentData(),
            "price": plain_number(self.price.text()) or None,
            "tax": tax,
            "discount": self._given.get("discount"),
        }

    def reckon(self, currency: str) -> None:
        """Show what it comes to before discounts."""
        try:
            amount = Decimal(plain_number(self.quantity.text()) or "1") * Decimal(
                plain_number(self.price.text())
            )
            said = money_text(quantize(amount, currency), currency)
        except (InvalidOperation, ArithmeticError):
            said = ""
        self.amount.setText(said)


class LineRows(QWidget):
    """The lines under one another; Enter in the last one adds the next."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[LineRow] = []
        self._currency = "EUR"
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.S)
        self._grid.setVerticalSpacing(tokens.S)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        for at, name in enumerate(
            (t("What was done"), t("Quantity"), t("Unit"), t("Price"), t("Amount"))
        ):
            head = Words(name, tokens.CAPTION, "faint")
            head.setAlignment(_RIGHT if at in {1, 3, 4} else Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(head, 0, at)
        self.add = Button(t("Add a line"), "", "quiet", "plus")
        self.add.clicked.connect(self._on_add)
        self.setLayout(stack(self._grid, row(self.add, None), gap=tokens.S))

    @property
    def rows(self) -> tuple[LineRow, ...]:
        """The lines as they stand."""
        return tuple(self._rows)

    def show_lines(self, lines: list[dict[str, Any]]) -> None:
        """These instead of what is there; one empty line when there are none."""
        for each in tuple(self._rows):
            self._take_out(each)
        for given in lines or [{"quantity": "1"}]:
            self._put(given)

    def show_currency(self, currency: str) -> None:
        """What the amounts are in."""
        self._currency = currency
        for each in self._rows:
            each.reckon(currency)

    def data(self, tax: dict[str, str]) -> list[dict[str, Any]]:
        """What was written, as JSON."""
        return [each.data(tax) for each in self._rows if not each.is_empty]

    def _put(self, given: dict[str, Any]) -> LineRow:
        made = LineRow(given)
        at = self._grid.rowCount()
        for column, widget in enumerate(made.widgets):
            self._grid.addWidget(widget, at, column)
        for field in (made.text, made.quantity, made.price):
            field.textChanged.connect(partial(self._on_changed, made))
            field.returnPressed.connect(partial(self._on_enter, made, field))
        made.unit.currentIndexChanged.connect(self.changed)
        made.away.clicked.connect(partial(self._on_away, made))
        self._rows.append(made)
        made.reckon(self._currency)
        return made

    def _take_out(self, line: LineRow) -> None:
        self._rows.remove(line)
        for widget in line.widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _on_changed(self, line: LineRow, _typed: str = "") -> None:
        line.reckon(self._currency)
        self.changed.emit()

    def _on_enter(self, line: LineRow, field: QLineEdit) -> None:
        if field is line.price and line is self._rows[-1]:
            self._on_add()
        else:
            self.focusNextPrevChild(True)

    def _on_add(self, _checked: bool = False) -> None:
        self._put({"quantity": "1", "unit": self._rows[-1].unit.currentData()}).text.setFocus()

    def _on_away(self, line: LineRow, _checked: bool = False) -> None:
        self._take_out(line)
        if not self._rows:
            self._put({"quantity": "1"})
        self.changed.emit()


def _field(name: str, said: str, *, right: bool = False) -> QLineEdit:
    field = QLineEdit(said)
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    if right:
        field.setAlignment(_RIGHT)
    return field
