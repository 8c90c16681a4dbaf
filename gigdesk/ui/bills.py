"""The bills that were received and kept, over the work: supplier, number, due, total."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from gigdesk.domain.expenses.records import Expense
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import date_text, money_text, t
from gigdesk.ui.kit.layout import panel, row, rule
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.sheet import Sheet, SheetLine, TwoLines

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class Bills(Sheet):
    """Every bill that is kept, the newest first; Enter opens the mail it came in."""

    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, office: Office, at: int = 0) -> None:
        nothing = t("No bills yet. A mail with one offers to keep it.")
        super().__init__(parent, t("Bills"), TwoLines, nothing)
        self._desk, self._office, self._at = desk, office, at
        self._all: list[Expense] = []
        self._said = Words("", ink="soft")
        self._save = Button(t("Save the file"), "S", "plain", "download")
        self._save.clicked.connect(self.save)
        self._gone = Button(t("Take out"), "X", "quiet", "x")
        self._gone.clicked.connect(self.take_out)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.addWidget(rule())
        layout.addWidget(
            panel("", row(self._said, None, self._save, self._gone, margins=(20, 10, 16, 12)))
        )
        self._load()

    def save(self) -> None:
        """Save the file a bill came in."""
        bill = self._chosen()
        if bill is not None and bill.file_blob:
            chosen, _ = QFileDialog.getSaveFileName(self, t("Save"), bill.file_name)
            if chosen:
                self._desk.fetch(
                    partial(_save, self._office, bill.id, chosen),
                    then=self._on_saved,
                    failed=self.troubled.emit,
                )

    def take_out(self) -> None:
        """Take the chosen one out; undo brings it back."""
        bill = self._chosen()
        if bill is not None:
            verb = partial(self._office.handoff.bills.discard, bill.id)
            self._desk.do(verb, then=self._on_gone, failed=self.troubled.emit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """S saves, X takes out; the page below does not hear it."""
        if isinstance(event, QKeyEvent):
            call = {"S": self.save, "X": self.take_out}.get(event.text().upper())
            if call is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if call is not None and event.type() == QEvent.Type.KeyPress:
                call()
                return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab reaches the buttons as well."""
        if self.view.hasFocus() and onward and self._save.isEnabled():
            self._save.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(onward)

    def _load(self) -> None:
        self._desk.ask(self._office.handoff.bills.all, then=self._show, failed=self.troubled.emit)

    def _show(self, bills: list[Expense]) -> None:
        self._all = bills
        self.show_lines([self._line(each) for each in bills])
        at = next((at for at, each in enumerate(bills) if each.id == self._at), 0)
        if bills:
            self.view.setCurrentIndex(self._model.index(at, 0))
        for button in (self._save, self._gone):
            button.setEnabled(bool(bills))
        self._said.setText(t("Enter opens the mail it came in.") if bills else "")

    def _line(self, bill: Expense) -> SheetLine:
        issued = date_text(bill.issued, form="medium") if bill.issued else t("no date")
        parts = [bill.number, issued]
        if bill.due:
            parts.append(t("due {day}", day=date_text(bill.due, form="medium")))
        gross = -bill.gross if bill.credit and bill.gross > 0 else bill.gross
        ref = Ref("mail", bill.mail) if bill.mail is not None else None
        return SheetLine(
            bill.supplier,
            " · ".join(parts),
            money_text(gross, bill.currency),
            "receipt-text",
            ref=ref,
        )

    def _chosen(self) -> Expense | None:
        at = self.view.currentIndex().row()
        return self._all[at] if 0 <= at < len(self._all) else None

    def _on_gone(self, changed: Changed[Any]) -> None:
        self.done.emit(changed)
        self._load()

    def _on_saved(self, name: str) -> None:
        self._said.setText(t("Saved as {name}", name=name))


def _save(office: Office, expense_id: int, chosen: str) -> str:
    from pathlib import Path

    from gigdesk.domain.errors import Trouble

    path = Path(chosen)
    _, data = office.handoff.bills.file(expense_id)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Trouble(
            t("{name} cannot be written", name=path.name), t("Choose another place.")
        ) from error
    return path.name
