"""Bills as PDF: the XML that lies inside, else what its pages say."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.expenses.quoting import TEXT_MOST, quoted_bill
from gigdesk.domain.expenses.records import ReadBill
from gigdesk.domain.words import t
from gigdesk.worker.bill_reader.structured import XML_MOST, is_bill, read_xml

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGES_MOST, _FILES_MOST = 6, 20


def read_pdf(data: bytes, today: date) -> ReadBill:
    """The bill. Raises Unreadable when it cannot be opened."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(t("It is locked with a password"))
        xml = _inside(reader)
        if xml is not None:
            return xml
        fields, notes = quoted_bill(_text(reader), today)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        words = " ".join(str(error).split())[:200]
        raise Unreadable(t("This PDF cannot be read"), words) from None
    if not fields:
        notes = (*notes, t("Its pages hold no text that names an amount or a number."))
    return ReadBill(t("PDF, by its text"), fields, notes=notes)


def _inside(reader: PdfReader) -> ReadBill | None:
    """The bill in a file that is attached, if one is; one that cannot be read is none."""
    for at, file in enumerate(reader.attachment_list):
        if at >= _FILES_MOST:
            return None
        if not (file.name or "").lower().endswith(".xml"):
            continue
        content = file.content
        if content and len(content) <= XML_MOST and is_bill(content):
            try:
                return read_xml(content)
            except Unreadable:
                continue
    return None


def _text(reader: PdfReader) -> str:
    found, length = [], 0
    for page in reader.pages[:_PAGES_MOST]:
        text = page.extract_text() or ""
        found.append(text)
        length += len(text)
        if length > TEXT_MOST:
            break
    return "\n".join(found)[:TEXT_MOST]
