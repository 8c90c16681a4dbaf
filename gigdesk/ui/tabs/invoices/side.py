"""The chosen invoice: its picture, what happened, and what can be done."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QFrame

from gigdesk.domain.errors import Trouble
from gigdesk.domain.invoices.records import Invoice, Sheet
from gigdesk.domain.words import money_text, t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.pictures import Paper
from gigdesk.ui.kit.rows import ShortRow, WholeList
from gigdesk.ui.kit.words import Button, Chip, Counted, Words
from gigdesk.ui.tabs.invoices.history import HistoryLine, history
from gigdesk.ui.tabs.invoices.model import state_of
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

# What can be done, and its key: (deed, words, key, icon).
_DEEDS = (
    ("pay", "Mark paid", "P", "check"),
    ("issue", "Issue", "A", "lock"),
    ("edit", "Edit", "E", "pencil"),
)
_DRAWING = threading.Lock()  # PDFium draws for one thread at a time


class InvoiceSide(QFrame):
    """The side panel."""

    said = Signal(str)
    troubled = Signal(object)
    wanted = Signal(str)  # pay, issue, edit

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self.setObjectName("side")
        self._desk, self._office = desk, office
        self._invoice: Invoice | None = None
        self._key: tuple[int, int] = (0, 0)
        self._copies: Path | None = None
        self._forget: weakref.finalize[..., InvoiceSide] | None = None
        self._number = Words("", tokens.TITLE, weight=tokens.SEMIBOLD, figures=True)
        self._client = Words("", ink="soft", wrap=True)
        self._state = Chip("", "plain")
        self._paper = Paper()
        self._open = Words("", weight=tokens.MEDIUM, figures=True, wrap=True)
        self._problem = Words("", ink="warn", wrap=True)
        self._history = WholeList(ShortRow, t("History"))
        pdf = Button(t("PDF"), "O", "plain", "file-text")
        pdf.clicked.connect(self.open_pdf)
        self._keep = save = Button(t("Save the PDF"), "S", "quiet", "download", bare=True)
        save.clicked.connect(self.save_pdf)
        self._deeds: dict[str, Button] = {}
        for deed, words, key, mark in _DEEDS:
            button = Button(t(words), key, "plain", mark)
            button.clicked.connect(partial(self.wanted.emit, deed))
            self._deeds[deed] = button
        self._state_place = row(self._state)
        head = row(stack(self._number, self._client, gap=0), None, self._state_place)
        self.setLayout(
            stack(
                head, 8, self._paper, 16, self._open, self._problem, 8, Counted(t("History")),
                self._history, None, row(*self._deeds.values(), pdf, save, None), gap=tokens.XS, margins=(20, 16, 20, 20),
            )
        )  # fmt: skip

    def show_invoice(self, invoice: Invoice | None, today: date = date.min) -> None:
        """Show this one as it stands today; its page comes when it is drawn."""
        self._invoice = invoice
        self.setVisible(invoice is not None)
        if invoice is None:
            return
        words, role = state_of(invoice, today)
        self._number.setText(invoice.number or t("Draft"))
        self._client.setText(invoice.client)
        fresh = Chip(words, role if role in {"good", "warn", "bad", "pencil"} else "plain")
        self._state_place.replaceWidget(self._state, fresh)
        self._state.deleteLater()
        self._state = fresh
        self._open.setText(_open_words(invoice))
        self._open.setVisible(bool(self._open.text()))
        draft = invoice.number is None
        self._keep.setHidden(draft)
        for deed, button in self._deeds.items():
            button.setVisible(invoice.open > 0 if deed == "pay" else draft)
        key = (invoice.id, invoice.version)
        # A draft's page also changes with the client and the profile.
        if key != self._key or draft:
            self._key = key
            self._paper.show_page(None, t("Drawing the page"))
            self._problem.hide()
            self._desk.ask(
                partial(_looked, self._office, invoice.id), then=self._on_sheet,
                failed=self.troubled.emit,
            )  # fmt: skip
            self._desk.fetch(
                partial(_picture, self._office, invoice.id, key), then=self._on_page,
                failed=partial(self._on_no_page, key),
            )  # fmt: skip

    def open_pdf(self) -> None:
        """Show the PDF in the system's program: a temporary copy."""
        if self._invoice is not None:
            name = f"{self._invoice.number or 'draft'}.pdf".replace("/", "-")
            self._write(self._place() / name, self._on_copy)

    def save_pdf(self) -> None:
        """Keep the PDF where the person says."""
        self._save("pdf", t("Save the PDF"))

    def save_xml(self) -> None:
        """Keep the e-invoice where the person says."""
        self._save("xml", t("Save the e-invoice"))

    def _place(self) -> Path:
        """Where copies lie that were opened: a folder only the person reads, gone when we leave."""
        if self._copies is None:
            self._copies = Path(tempfile.mkdtemp(prefix="gigdesk-"))
            self._forget = weakref.finalize(self, shutil.rmtree, self._copies, ignore_errors=True)
        return self._copies

    def forget_copies(self) -> None:
        """Remove what was copied out to be opened; done by itself at the end."""
        if self._forget is not None:
            self._forget()
        self._copies = None

    def _save(self, kind: str, title: str) -> None:
        if self._invoice is None:
            return
        name = f"{self._invoice.number or 'draft'}.{kind}".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, str(Path.home() / name), f"{kind.upper()} (*.{kind})"
        )
        if chosen:
            self._write(Path(chosen), self._on_saved, kind)

    def _write(self, path: Path, then: Callable[[Path], object], kind: str = "pdf") -> None:
        assert self._invoice is not None
        self._desk.fetch(
            partial(_written, self._office, self._invoice.id, path, kind),
            then=then,
            failed=self.troubled.emit,
        )

    def _on_sheet(self, looked: tuple[Sheet, list[HistoryLine], list[str]]) -> None:
        sheet, lines, problems = looked
        if self._invoice is not None and sheet.invoice.id == self._invoice.id:
            self._history.show_records(lines)
            self._problem.setText("\n".join(problems))
            self._problem.setVisible(bool(problems))

    def _on_page(self, drawn: tuple[tuple[int, int], QImage]) -> None:
        key, page = drawn
        if key == self._key and self._invoice is not None:
            number = self._invoice.number or t("the draft")
            self._paper.show_page(page, t("Preview of {number}", number=number))

    def _on_no_page(self, key: tuple[int, int], _error: Exception) -> None:
        if key == self._key:  # another may be shown by now
            self._paper.show_page(None, t("No picture of this document"))

    def _on_copy(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_saved(self, path: Path) -> None:
        self.said.emit(t("Saved as {name}", name=path.name))


def _open_words(invoice: Invoice) -> str:
    if invoice.surplus:
        over = money_text(invoice.surplus, invoice.currency)
        return t("Paid {amount} too much, a credit of {client}", amount=over, client=invoice.client)
    amount = money_text(invoice.open, invoice.currency)
    return t("{amount} open", amount=amount) if invoice.open > 0 else ""


def _looked(office: Office, invoice_id: int) -> tuple[Sheet, list[HistoryLine], list[str]]:
    sheet = office.invoices.show(invoice_id)
    lines = history(sheet, office.zone())
    if sheet.invoice.number:
        return sheet, lines, []
    return sheet, lines, [each.words for each in office.invoices.obstacles(invoice_id)]


def _written(office: Office, invoice_id: int, path: Path, kind: str) -> Path:
    invoices = office.invoices
    document = invoices.xml(invoice_id, "cii") if kind == "xml" else invoices.pdf(invoice_id)
    try:
        path.write_bytes(document.content)
    except OSError as error:
        raise Trouble(
            t("{name} cannot be written", name=path.name), t("Choose another place.")
        ) from error
    return path


def _picture(
    office: Office, invoice_id: int, key: tuple[int, int]
) -> tuple[tuple[int, int], QImage]:
    return key, page_image(office.invoices.pdf(invoice_id).content)


def page_image(pdf: bytes, scale: float = 1.6) -> QImage:
    """The first page of a PDF as a picture."""
    import pypdfium2

    with _DRAWING:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[0].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            wide, high = bitmap.width, bitmap.height
            data = bytes(bitmap.buffer)
            rgbx = bitmap.n_channels == 4
            form = QImage.Format.Format_RGBX8888 if rgbx else QImage.Format.Format_RGB888
            return QImage(data, wide, high, bitmap.stride, form).copy()
        finally:
            document.close()
