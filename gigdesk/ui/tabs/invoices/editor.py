"""Writing an invoice: the form at the left, the page it becomes at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCompleter,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gigdesk.domain.clients import Client
from gigdesk.domain.errors import Trouble
from gigdesk.domain.invoices.reading import content_json
from gigdesk.domain.invoices.records import Sheet
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import panel, row, stack
from gigdesk.ui.kit.pictures import Paper
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.tabs.invoices.side import page_image
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_PREVIEW_MS = 350
_HEADINGS = ("What was done", "Quantity", "Unit", "Price")
_ROWS = 6


class InvoiceEditor(QDialog):
    """A draft being written. Beside the work: the window stays usable."""

    changed = Signal(object)
    kept = Signal(int)
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office, invoice_id: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office, self._id = desk, office, invoice_id
        self._clients: dict[str, Client] = {}
        self.setWindowTitle(t("New invoice") if invoice_id is None else t("Edit the draft"))
        self.resize(980, 640)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._client = _field(t("Client"))
        self._email = _field(t("Their mail address"))
        self._street = _field(t("Street"))
        self._postcode = _field(t("Postcode"))
        self._city = _field(t("City"))
        self._country = _field(t("Country, two letters"))
        self._vat_id = _field(t("Their VAT id"))
        self._currency = _field(t("Currency"))
        self._rate = _field(t("VAT rate in percent"))
        self._note = _field(t("Note"))
        self._due = QDateEdit()
        self._due.setCalendarPopup(True)
        self._due.setAccessibleName(t("Due on"))
        self._lines = QTableWidget(_ROWS, len(_HEADINGS))
        self._paper = Paper()
        self._paper.setFixedHeight(420)
        self._total = Words("", tokens.TITLE, weight=tokens.SEMIBOLD, figures=True)
        self._problem = Words("", ink="warn", wrap=True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PREVIEW_MS)
        self._wait.timeout.connect(self._preview)
        self._turn = 0
        self._build()
        self._desk.ask(
            partial(_known, office, invoice_id), then=self._fill, failed=troubled_in(self)
        )

    def _build(self) -> None:
        self._lines.setHorizontalHeaderLabels([t(each) for each in _HEADINGS])
        self._lines.verticalHeader().hide()
        self._lines.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._lines.setAccessibleName(t("Lines"))
        self._lines.setMinimumHeight(180)
        form = QFormLayout()
        form.setSpacing(tokens.S)
        place = row(self._postcode, self._city, self._country)
        for name, field in (
            (t("Client"), self._client),
            (t("Mail"), self._email),
            (t("Street"), self._street),
            (t("Place"), place),
            (t("VAT id"), self._vat_id),
            (t("Currency"), row(self._currency, Words(t("VAT %"), ink="soft"), self._rate)),
            (t("Due on"), self._due),
        ):
            form.addRow(Words(name, ink="soft"), field)
        keep = Button(t("Keep as draft"), "Ctrl+S")
        keep.clicked.connect(partial(self._keep, issue=False))
        issue = Button(t("Issue"), "Ctrl+Return", "primary", "lock")
        issue.clicked.connect(partial(self._keep, issue=True))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(keep.click)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(issue.click)
        left = stack(
            form, self._lines, row(Words(t("Note"), ink="soft"), self._note), self._problem, None,
            gap=tokens.M, margins=(24, 20, 12, 20),
        )  # fmt: skip
        fixed = Words(
            t("Issuing gives it a number and locks it; only a credit note corrects it then."),
            tokens.CAPTION, "faint", wrap=True,
        )  # fmt: skip
        right = stack(
            self._paper, 8, self._total, fixed, None, row(issue, keep, None),
            margins=(20, 20, 20, 20),
        )  # fmt: skip
        side = panel("side", right)
        side.setFixedWidth(360)
        self.setLayout(row(panel("", left), side, gap=0))
        for field in self.findChildren(QLineEdit):
            field.textChanged.connect(self._wait.start)
        self._lines.itemChanged.connect(self._wait.start)
        self._due.dateChanged.connect(self._wait.start)

    def _fill(self, known: tuple[list[Client], dict[str, Any], Sheet | None]) -> None:
        clients, defaults, sheet = known
        self._clients = {client.name: client for client in clients}
        completer = QCompleter(sorted(self._clients), self._client)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_client)
        self._client.setCompleter(completer)
        self._currency.setText(defaults["currency"])
        self._rate.setText(defaults["rate"])
        self._due.setDate(QDate.fromString(defaults["due"], Qt.DateFormat.ISODate))
        if sheet is not None:
            self._fill_draft(sheet)
        else:
            self._set_line(0, ("", "1", "HUR", ""))
        self._client.setFocus()

    def _fill_draft(self, sheet: Sheet) -> None:
        data = content_json(sheet.paper.content)
        self._on_client(sheet.invoice.client)
        self._client.setText(sheet.invoice.client)
        self._currency.setText(sheet.invoice.currency)
        for at, line in enumerate(data["lines"]):
            self._set_line(at, (line["text"], line["quantity"], line["unit"], line["price"]))
            self._rate.setText(line["tax"]["rate"])
        due = sheet.paper.due_date.isoformat()
        self._due.setDate(QDate.fromString(due, Qt.DateFormat.ISODate))
        self._note.setText(data.get("note") or "")

    def _set_line(self, at: int, cells: tuple[str, str, str, str]) -> None:
        if at >= self._lines.rowCount():
            self._lines.insertRow(at)
        for column, words in enumerate(cells):
            self._lines.setItem(at, column, QTableWidgetItem(words))

    def _on_client(self, name: str) -> None:
        client = self._clients.get(name)
        if client is None:
            return
        self._email.setText(client.email)
        self._street.setText(", ".join(client.address))
        self._postcode.setText(client.postcode)
        self._city.setText(client.city)
        self._country.setText(client.country)
        self._vat_id.setText(client.vat_id)
        if client.currency:
            self._currency.setText(client.currency)

    def _data(self) -> dict[str, Any]:
        street = self._street.text().strip()
        rate = self._rate.text().strip() or "0"
        tax = {"category": "S" if rate.strip("0. ") else "Z", "rate": rate}
        return {
            "client": {
                "name": self._client.text().strip(),
                "email": self._email.text().strip(),
                "address": [street] if street else [],
                "postcode": self._postcode.text().strip(),
                "city": self._city.text().strip(),
                "country": self._country.text().strip().upper(),
                "vat_id": self._vat_id.text().strip(),
            },
            "currency": self._currency.text().strip().upper(),
            "due_date": self._due.date().toString(Qt.DateFormat.ISODate),
            "lines": [
                line for at in range(self._lines.rowCount()) if (line := self._line(at, tax))
            ],
            "note": self._note.text().strip() or None,
        }

    def _line(self, at: int, tax: dict[str, str]) -> dict[str, Any] | None:
        cells = [self._lines.item(at, column) for column in range(len(_HEADINGS))]
        text, quantity, unit, price = (cell.text().strip() if cell else "" for cell in cells)
        if not text and not price:
            return None
        return {
            "text": text,
            "quantity": quantity.replace(",", ".") or "1",
            "unit": unit or "C62",
            "price": price.replace(",", "."),
            "tax": tax,
        }

    def _preview(self) -> None:
        data = self._data()
        if not data["client"]["name"] or not data["lines"]:
            return
        self._turn += 1
        self._desk.fetch(
            partial(_drawn, self._office, data, self._turn),
            then=self._on_drawn,
            failed=self._on_problem,
        )

    def _on_drawn(self, drawn: tuple[int, QImage]) -> None:
        turn, page = drawn
        if turn == self._turn:
            self._paper.show_page(page, t("The page it becomes"))
            self._problem.setText("")

    def _on_problem(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._problem.setText(f"{error.title}. {error.advice}")
        else:
            self.troubled.emit(error)

    def _keep(self, *, issue: bool) -> None:
        self._desk.do(
            partial(_kept, self._office, self._id, self._data(), issue=issue),
            then=self._on_kept,
            failed=self._on_problem,
        )

    def _on_kept(self, changed: Changed[Sheet]) -> None:
        self.kept.emit(changed.value.invoice.id)
        self.changed.emit(changed)
        self.close()


def troubled_in(editor: InvoiceEditor) -> Any:
    """Whoever opened the editor shows its trouble."""
    return editor.troubled.emit


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(name)
    return field


def _known(
    office: Office, invoice_id: int | None
) -> tuple[list[Client], dict[str, Any], Sheet | None]:
    from datetime import timedelta

    profile = office.profile.get()
    days = int(office.settings.number("terms_days"))
    defaults = {
        "currency": profile.currency or "EUR",
        "rate": "0" if profile.small_business else "19",
        "due": (office.invoices.today() + timedelta(days=days)).isoformat(),
    }
    sheet = office.invoices.show(invoice_id) if invoice_id is not None else None
    return office.clients.all(), defaults, sheet


def _drawn(office: Office, data: dict[str, Any], turn: int) -> tuple[int, QImage]:
    return turn, page_image(office.invoices.preview(data))


def _kept(
    office: Office, invoice_id: int | None, data: dict[str, Any], *, issue: bool
) -> Changed[Sheet]:
    invoices = office.invoices
    changed = invoices.new(data) if invoice_id is None else invoices.edit(invoice_id, data)
    if not issue:
        return changed
    issued = invoices.issue(changed.value.invoice.id)
    return Changed(issued.value, issued.topics | Topic.CLIENTS, issued.words)
