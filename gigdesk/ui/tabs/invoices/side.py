"""The chosen invoice: its picture, what happened, and what can be done."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QFrame

from gigdesk.domain.invoices.records import Invoice, Sheet
from gigdesk.domain.words import money_text, t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.pictures import Paper
from gigdesk.ui.kit.rows import ShortRow, WholeList
from gigdesk.ui.kit.words import Button, Chip, Counted, Words
from gigdesk.ui.tabs.invoices.history import history
from gigdesk.ui.tabs.invoices.model import state_of
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class InvoiceSide(QFrame):
    """The side panel."""

    said = Signal(str)
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(u(344))
        self._desk, self._office = desk, office
        self._invoice: Invoice | None = None
        self._key: tuple[int, int] = (0, 0)
        self._pages = Path(tempfile.mkdtemp(prefix="gigdesk-"))
        self._number = Words("", tokens.TITLE, weight=tokens.SEMIBOLD, figures=True)
        self._client = Words("", ink="soft", wrap=True)
        self._state = Chip("", "plain")
        self._paper = Paper()
        self._open = Words("", weight=tokens.MEDIUM, figures=True, wrap=True)
        self._history = WholeList(ShortRow, t("History"))
        pdf = Button(t("Open PDF"), "O", "plain", "file-text")
        pdf.clicked.connect(self.open_pdf)
        save = Button(t("Save"), "S", "quiet", "download")
        save.clicked.connect(self.save_pdf)
        self._state_place = row(self._state)
        head = row(stack(self._number, self._client, gap=0), None, self._state_place)
        self.setLayout(
            stack(
                head, 8, self._paper, 16, self._open, 8, Counted(t("History")), self._history, None,
                row(pdf, save, None), gap=tokens.XS, margins=(20, 16, 20, 20),
            )
        )  # fmt: skip
        look.changed.connect(self._again)

    def show_invoice(self, invoice: Invoice | None) -> None:
        """Show this one; its page comes when it is drawn."""
        self._invoice = invoice
        self.setVisible(invoice is not None)
        if invoice is None:
            return
        today = self._office.invoices.today()
        words, role = state_of(invoice, today)
        self._number.setText(invoice.number or t("Draft"))
        self._client.setText(invoice.client)
        fresh = Chip(words, role if role in {"good", "warn", "bad", "pencil"} else "plain")
        self._state_place.replaceWidget(self._state, fresh)
        self._state.deleteLater()
        self._state = fresh
        open_words = t("{amount} open", amount=money_text(invoice.open, invoice.currency))
        self._open.setText(open_words if invoice.open > 0 else "")
        key = (invoice.id, invoice.version)
        if key != self._key:
            self._key = key
            self._paper.show_page(None, t("Drawing the page"))
            self._desk.ask(
                partial(self._office.invoices.show, invoice.id), then=self._on_sheet,
                failed=self.troubled.emit,
            )  # fmt: skip
            self._desk.fetch(
                partial(_picture, self._office, invoice.id, key), then=self._on_page,
                failed=self._on_no_page,
            )  # fmt: skip

    def open_pdf(self) -> None:
        """Show the PDF in the system's program: a temporary copy."""
        if self._invoice is not None:
            name = f"{self._invoice.number or 'draft'}.pdf".replace("/", "-")
            self._write(self._pages / name, self._on_copy)

    def save_pdf(self) -> None:
        """Keep the PDF where the person says."""
        if self._invoice is None:
            return
        name = f"{self._invoice.number or 'draft'}.pdf".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(self, t("Save the PDF"), str(Path.home() / name))
        if chosen:
            self._write(Path(chosen), self._on_saved)

    def forget_copies(self) -> None:
        """Remove the temporary copies."""
        shutil.rmtree(self._pages, ignore_errors=True)

    def _write(self, path: Path, then: object) -> None:
        assert self._invoice is not None
        self._desk.fetch(
            partial(_written, self._office, self._invoice.id, path),
            then=then,  # type: ignore[arg-type]
            failed=self.troubled.emit,
        )

    def _again(self) -> None:
        self._key = (0, 0)
        self.show_invoice(self._invoice)

    def _on_sheet(self, sheet: Sheet) -> None:
        if self._invoice is not None and sheet.invoice.id == self._invoice.id:
            self._history.show_records(history(sheet))

    def _on_page(self, drawn: tuple[tuple[int, int], QImage]) -> None:
        key, page = drawn
        if key == self._key and self._invoice is not None:
            number = self._invoice.number or t("the draft")
            self._paper.show_page(page, t("Preview of {number}", number=number))

    def _on_no_page(self, _error: Exception) -> None:
        self._paper.show_page(None, t("No picture of this document"))

    def _on_copy(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_saved(self, path: Path) -> None:
        self.said.emit(t("Saved as {name}", name=path.name))


def _written(office: Office, invoice_id: int, path: Path) -> Path:
    path.write_bytes(office.invoices.pdf(invoice_id).content)
    return path


def _picture(
    office: Office, invoice_id: int, key: tuple[int, int]
) -> tuple[tuple[int, int], QImage]:
    return key, page_image(office.invoices.pdf(invoice_id).content)


def page_image(pdf: bytes, scale: float = 1.6) -> QImage:
    """The first page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        wide, high = bitmap.width, bitmap.height
        data = bytes(bitmap.buffer)
        form = (
            QImage.Format.Format_RGBX8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
        )
        return QImage(data, wide, high, bitmap.stride, form).copy()
    finally:
        document.close()
