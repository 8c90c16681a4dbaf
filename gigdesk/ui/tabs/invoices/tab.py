"""Invoices: what is owed, the table, and the chosen document with its picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gigdesk.domain.invoices.records import Invoice
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import date_text, money_text, number_text, t
from gigdesk.ui.kit.ageing import Ageing, in_one_grid
from gigdesk.ui.kit.layout import Beside, emptied, panel, row, rule, stack
from gigdesk.ui.kit.messages import Banner, Empty
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.kit.rows import CellRow, RecordRole
from gigdesk.ui.kit.words import Button, Segments, Words
from gigdesk.ui.tabs.invoices.editor import InvoiceEditor
from gigdesk.ui.tabs.invoices.model import COLUMNS, InvoiceTable
from gigdesk.ui.tabs.invoices.payment import PaymentDialog
from gigdesk.ui.tabs.invoices.shelf import FILTERS, Shelf, read
from gigdesk.ui.tabs.invoices.side import InvoiceSide
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

VERY_LATE = 30
AGES = (("Not due", "accent"), ("1–30 days", "warn"), ("31–60", "bad"), ("60+", "bad"))


class Table(QTableView):
    """Gives up its least needed column before anything is cut."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what does not fit."""
        super().resizeEvent(event)
        self.setColumnHidden(4, self.width() < u(700))


class InvoicesPage(Page):
    """Getting paid."""

    topics = Topic.INVOICES | Topic.CLIENTS | Topic.PROFILE

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self._chosen: Invoice | None = None
        self._wanted_id = self._row = self._turn = 0
        self._placing = False
        self._today = date.min
        self._model = InvoiceTable(self._fetch)
        self._model.dataChanged.connect(self._on_rows_came)
        self._table = self._made_table()
        self._segments = Segments(
            t("Which invoices"), ((t("All"), 0), (t("Open"), 0), (t("Paid"), 0))
        )
        self._segments.picked.connect(self._on_segment)
        self._alarm = QVBoxLayout()
        self._money = QVBoxLayout()
        self._money.setSpacing(tokens.M)
        self._shown = Words("", ink="faint")
        self._sums = Words("", weight=tokens.SEMIBOLD, figures=True, wrap=True)
        self._sums.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._side = InvoiceSide(desk, office)
        self._side.troubled.connect(self.troubled)
        self._side.said.connect(self.said)
        self._side.wanted.connect(self._on_wanted)
        self._book = QStackedWidget()
        self._build()
        self.setFocusProxy(self._table)

    def _made_table(self) -> QTableView:
        view = Table()
        view.setModel(self._model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(u(tokens.ROW_TABLE))
        view.horizontalHeader().setFixedHeight(32)
        view.horizontalHeader().setHighlightSections(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)  # Tab goes on; the arrows move in the table
        view.setItemDelegate(CellRow(view))
        view.setAccessibleName(t("Invoices"))
        for at, column in enumerate(COLUMNS):
            view.setColumnWidth(at, u(column.wide))
        view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentRowChanged.connect(self._on_chosen)
        return view

    def _build(self) -> None:
        new = Button(t("New invoice"), "Ctrl+N", "primary", "plus")
        new.clicked.connect(self.new)
        title = Words(t("Invoices"), tokens.TITLE, weight=tokens.SEMIBOLD)
        head = panel(
            "", row(title, None, self._segments, 12, new, gap=tokens.XS, margins=(20, 0, 12, 0))
        )
        head.setFixedHeight(u(tokens.HEADER_H))
        self._alarm.setContentsMargins(20, 0, 20, 8)
        self._money.setContentsMargins(20, 8, 24, 14)
        sums = row(self._shown, self._sums, gap=tokens.L, margins=(20, 12, 24, 14))
        sums.setStretch(1, 1)
        total = panel("", sums)
        left = stack(head, self._alarm, self._money, self._table, rule(), total, gap=0)
        whole = stack(Beside(panel("", left), self._side, 344, tall=520), gap=0)
        first = Button(t("New invoice"), "Ctrl+N", "primary", "plus")
        first.clicked.connect(self.new)
        empty = Empty(
            "receipt-text",
            t("No invoices yet"),
            t("Pick a client, write what was done, look at the PDF, issue. "
              "Nothing leaves before you say so."),
            first,
        )  # fmt: skip
        self._book.addWidget(panel("page", stack(empty, gap=0)))
        self._book.addWidget(panel("page", whole))
        self.setLayout(row(self._book, gap=0))

    def begin(self) -> None:
        """The first invoice."""
        self.new()

    def chosen(self) -> Ref | None:
        """The chosen invoice."""
        return Ref("invoice", self._chosen.id) if self._chosen is not None else None

    def load(self) -> None:
        """Read what is owed, how many there are, and the rows about the chosen one."""
        self._turn += 1
        self.desk.ask(
            partial(read, self.office, FILTERS[self._segments.at], self._kept, self._row),
            then=partial(self._show, self._turn),
            failed=self.troubled.emit,
        )

    def commands(self) -> Sequence[Command]:
        """What can be done with invoices."""
        return (
            Command(t("New invoice"), "Ctrl+N", "plus", self.new),
            Command(t("Mark paid"), "P", "check", self.mark_paid, self._is_open),
            Command(t("Write a payment down"), "Shift+P", "banknote", self.pay, self._is_open),
            Command(t("Edit the draft"), "E", "pencil", self.edit, self._is_draft),
            Command(t("Issue"), "A", "send", self.issue, self._is_draft),
            Command(t("Throw the draft away"), "X", "x", self.discard, self._is_draft),
            Command(t("Open the PDF"), "O", "file-text", self._side.open_pdf, self._has),
            Command(t("Save the PDF"), "S", "download", self._side.save_pdf, self._has),
            Command(t("Save the e-invoice"), "", "download", self._side.save_xml, self._is_issued),
            Command(t("Bills that came in"), "B", "receipt-text", self.show_bills),
        )

    def open(self, ref: Ref) -> bool:
        """Choose an invoice."""
        if ref.kind != "invoice":
            return False
        self._look_at(ref.id)
        return True

    def title(self) -> str:
        """The chosen document's number."""
        return (self._chosen.number or t("draft")) if self._chosen else ""

    def show_bills(self) -> None:
        """What others sent and one kept, over the work."""
        self.wanted.emit(Ref("expense", 0))

    def new(self) -> None:
        """Write a new invoice."""
        self._edit(None)

    def edit(self) -> None:
        """Change the chosen draft."""
        if self._chosen is not None:
            self._edit(self._chosen.id)

    def issue(self) -> None:
        """Give the chosen draft its number."""
        if self._chosen is not None:
            self.do(partial(self.office.invoices.issue, self._chosen.id))

    def discard(self) -> None:
        """Throw the chosen draft away."""
        if self._chosen is not None:
            self.do(partial(self.office.invoices.discard, self._chosen.id))

    def mark_paid(self) -> None:
        """All of the chosen invoice came in."""
        if self._chosen is not None:
            self.do(partial(self.office.invoices.mark_paid, self._chosen.id))

    def pay(self) -> None:
        """A part of the chosen invoice came in, or all of it on another day."""
        if self._chosen is not None and self._is_open():
            dialog = PaymentDialog(self.desk, self.office, self._chosen, self._today, self)
            dialog.changed.connect(self.done)
            dialog.troubled.connect(self.troubled)
            dialog.show()

    def _on_wanted(self, deed: str) -> None:
        {"pay": self.mark_paid, "issue": self.issue, "edit": self.edit}[deed]()

    def _edit(self, invoice_id: int | None) -> None:
        editor = InvoiceEditor(self.desk, self.office, invoice_id, self)
        editor.changed.connect(self.done)
        editor.kept.connect(self._on_kept)
        editor.troubled.connect(self.troubled)
        editor.asked.connect(self.asked)
        editor.show()

    def _on_kept(self, invoice_id: int) -> None:
        self._wanted_id = invoice_id

    def _has(self) -> bool:
        return self._chosen is not None

    def _is_issued(self) -> bool:
        return self._chosen is not None and self._chosen.number is not None

    def _is_draft(self) -> bool:
        return self._chosen is not None and self._chosen.number is None

    def _is_open(self) -> bool:
        return self._chosen is not None and self._chosen.open > 0

    @property
    def _kept(self) -> int:
        """The invoice that stays chosen when the table begins anew; 0: what stands there then."""
        return self._wanted_id or (self._chosen.id if self._chosen else 0)

    def _show(self, turn: int, shelf: Shelf) -> None:
        if turn != self._turn:  # asked again meanwhile: that answer comes
            return
        if self._kept and self._kept != shelf.wanted:  # another was chosen while this was read
            self.load()
            return
        self._book.setCurrentIndex(1 if shelf.counts[0] else 0)
        self._segments.show_counts(shelf.counts)
        self._today = shelf.today
        scrolled = self._table.verticalScrollBar().value()
        count = shelf.counts[FILTERS.index(shelf.which)]
        self._model.start(count, shelf.today, shelf.begun, shelf.rows)
        self._table.verticalScrollBar().setValue(scrolled)
        self._choose(shelf.place if self._kept else -1)
        self._show_alarm(shelf)
        self._show_money(shelf)
        shown, of = number_text(count), number_text(shelf.counts[0])
        self._shown.setText(t("{n} of {all} shown", n=shown, all=of))
        self.counted.emit(shelf.late, True)

    def _fetch(self, offset: int, count: int, landed: Callable[[Sequence[Any]], None]) -> None:
        which = FILTERS[self._segments.at]
        self.desk.ask(
            partial(self.office.invoices.page, which, offset, count),
            then=landed,
            failed=self.troubled.emit,
        )

    def _choose(self, place: int) -> None:
        """The wanted invoice, else what stands now where the last one stood."""
        self._wanted_id = self._wanted_id if place >= 0 else 0
        at = place if place >= 0 else min(self._row, self._model.rowCount() - 1)
        if at < 0:
            self._take(QModelIndex())
            return
        self._placing = True
        self._table.selectRow(at)
        self._placing = False
        self._table.scrollTo(self._model.index(at, 0))
        self._take(self._model.index(at, 0))

    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._placing and now.isValid():
            self._wanted_id = 0
            self._take(now)

    def _on_rows_came(self) -> None:
        if self._chosen is None:
            self._take(self._table.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        """Show the invoice of this row; when its row is on its way, nothing is chosen until then."""
        invoice = index.data(RecordRole) if index.isValid() else None
        self._row = max(0, index.row())
        self._chosen = invoice if isinstance(invoice, Invoice) else None
        if self._chosen is not None:
            self._wanted_id = 0
            self._side.show_invoice(self._chosen, self._today)
        elif not index.isValid():
            self._side.show_invoice(None)
        self.retitled.emit()

    def _on_segment(self) -> None:
        self._row = 0
        self.load()

    def _show_alarm(self, shelf: Shelf) -> None:
        emptied(self._alarm)
        worst = shelf.worst
        if worst is None or worst.days_late(shelf.today) <= VERY_LATE or worst.due_date is None:
            return
        banner = Banner(
            t("{client} is {n} days late", client=worst.client, n=worst.days_late(shelf.today)),
            t(
                "{amount} since {day}.",
                amount=money_text(worst.open, worst.currency),
                day=date_text(worst.due_date, form="d MMMM"),
            ),
            t("Show it"),
        )
        banner.button.clicked.connect(partial(self._look_at, worst.id))
        self._alarm.addWidget(banner)

    def _look_at(self, invoice_id: int) -> None:
        self._wanted_id = invoice_id
        self._segments.pick(0)
        self.load()

    def _show_money(self, shelf: Shelf) -> None:
        emptied(self._money)
        totals: list[Words] = []
        bars: list[Ageing] = []
        for each in shelf.owed:
            bar = Ageing()
            bar.show_parts(
                [
                    (t(name), float(amount), _or_nothing(amount, each.currency), role)
                    for (name, role), amount in zip(AGES, each.ages, strict=True)
                ]
            )
            total = Words(
                money_text(each.amount, each.currency), tokens.DISPLAY, weight=tokens.SEMIBOLD,
                figures=True,
            )  # fmt: skip
            line = row(stack(Words(t("Owed to you"), ink="soft"), total, gap=0), 40, bar, gap=0)
            line.setStretch(2, 1)
            holder = QWidget()
            holder.setLayout(line)
            self._money.addWidget(holder)
            totals.append(total)
            bars.append(bar)
        # Currencies are never added together, but their bars stand under one another.
        for total in totals:
            total.setMinimumWidth(max(one.sizeHint().width() for one in totals))
        in_one_grid(bars)
        paid = " + ".join(money_text(amount, currency) for currency, amount in shelf.paid)
        self._sums.setText(t("Paid this month  {amount}", amount=paid) if paid else "")


def _or_nothing(amount: Decimal, currency: str) -> str:
    return money_text(amount, currency) if amount else t("nothing")
