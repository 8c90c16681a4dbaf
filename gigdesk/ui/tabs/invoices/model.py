"""Invoices as a table: columns are values, a state is a word with a colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from gigdesk.domain.invoices.records import Invoice, Status
from gigdesk.domain.words import date_text, money_text, n, t
from gigdesk.ui.kit.lazy import Fetch, Pages
from gigdesk.ui.kit.rows import Index, RecordRole
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import colour, font


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it says of an invoice on a day, its width, its side."""

    title: str
    said: Callable[[Invoice, date], str]
    wide: int
    right: bool = False
    strong: bool = False


def state_of(invoice: Invoice, today: date) -> tuple[str, str]:
    """The state in words, and the role of its colour."""
    status = invoice.status(today)
    if status is Status.DRAFT:
        return t("draft"), "pencil"
    if invoice.surplus:
        return t("paid too much"), "warn"
    if status is Status.PAID:
        day = invoice.settled_on
        return (t("paid {day}", day=_day(day)) if day else t("paid")), "good"
    late = invoice.days_late(today)
    if late > 0:
        return n("{n} day late", "{n} days late", late), "bad" if late > 30 else "warn"
    if late == 0:
        return t("due today"), "soft"
    return n("due in {n} day", "due in {n} days", -late), "soft"


def _day(day: date | None) -> str:
    return date_text(day, form="d MMM") if day else ""


def _open(invoice: Invoice, _today: date) -> str:
    return money_text(invoice.open, invoice.currency) if 0 < invoice.open < invoice.due else ""


COLUMNS = (
    Column("Number", lambda i, _: i.number or t("draft"), 116),
    Column("Client", lambda i, _: i.client, 170, strong=True),
    Column("Due", lambda i, _: _day(i.due_date), 84),
    Column("State", lambda i, day: state_of(i, day)[0], 128),
    Column("Still open", _open, 120, right=True),
    Column("Amount", lambda i, _: money_text(i.gross, i.currency), 128, right=True, strong=True),
)


class InvoiceTable(QAbstractTableModel):
    """Rows are invoices; those that are seen are fetched."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = Pages(fetch, self._on_came)
        self._count = 0
        self._today = date.min

    def start(self, count: int, today: date, begun: int = 0, rows: Sequence[Invoice] = ()) -> None:
        """Begin anew with so many, as they stand on this day; of one page the rows are there."""
        self.beginResetModel()
        self._pages.clear()
        if rows:
            self._pages.fill(begun, rows)
        self._count, self._today = count, today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many invoices."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return t(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, and how."""
        if not index.isValid():
            return None
        invoice, column = self._pages.record(index.row()), COLUMNS[index.column()]
        if role == RecordRole:
            return invoice
        return self._cell(invoice, column, role) if invoice else _empty(column, role)

    def _on_came(self, number: int, count: int) -> None:
        last = self.index(number + max(0, count - 1), len(COLUMNS) - 1)
        self.dataChanged.emit(self.index(number, 0), last)

    def _cell(self, invoice: Invoice, column: Column, role: int) -> Any:
        said: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                said = column.said(invoice, self._today)
            case Qt.ItemDataRole.ForegroundRole:
                said = colour(self._ink(invoice, column))
            case Qt.ItemDataRole.FontRole:
                said = font(weight=tokens.MEDIUM if column.strong else tokens.REGULAR, figures=True)
            case Qt.ItemDataRole.TextAlignmentRole:
                said = _side(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                state = state_of(invoice, self._today)[0]
                said = f"{invoice.number or t('draft')}, {invoice.client}, {state}"
        return said

    def _ink(self, invoice: Invoice, column: Column) -> str:
        if column.title == "State":
            return state_of(invoice, self._today)[1]
        paid = invoice.status(self._today) is Status.PAID
        return "soft" if paid or column.title == "Still open" else "ink"


def _empty(column: Column, role: int) -> Any:
    """A cell whose invoice is on its way."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return ""
        case Qt.ItemDataRole.ForegroundRole:
            return colour("ink")
        case Qt.ItemDataRole.FontRole:
            return font(figures=True)
        case Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
    return None


def _side(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
