"""A mail on paper: who, when, what about, then its words."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from gigdesk.domain.words import date_text, t

if TYPE_CHECKING:
    from datetime import tzinfo

    from gigdesk.domain.inbox.mails import Mail


def document_of(title: str, lines: Sequence[tuple[str, str]], text: str) -> QTextDocument:
    """The mail as a page: nothing in it comes from outside the machine."""
    head = "".join(
        f"<tr><td style='color:gray; padding-right:12px'>{html.escape(name)}</td>"
        f"<td>{html.escape(words)}</td></tr>"
        for name, words in lines
        if words
    )
    body = html.escape(text).replace("\n", "<br>")
    document = QTextDocument()
    document.setHtml(f"<h2>{html.escape(title)}</h2><table>{head}</table><hr><p>{body}</p>")
    return document


def paper_of(mail: Mail, zone: tzinfo) -> QTextDocument:
    """A mail that came or went."""
    at = mail.at.astimezone(zone)
    lines = [
        (t("From"), mail.sender.full),
        (t("To"), ", ".join(each.full for each in mail.to)),
        (t("Copy"), ", ".join(each.full for each in mail.cc)),
        (t("Date"), f"{date_text(at.date())} {at:%H:%M}"),
        (t("With it"), ", ".join(each.name for each in mail.attachments if not each.inline)),
    ]
    return document_of(mail.subject or t("no subject"), lines, mail.text)


def ask_and_print(parent: QWidget, document: QTextDocument) -> bool:
    """Ask which printer, and print; whether it was."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return False
    document.print_(printer)
    return True
