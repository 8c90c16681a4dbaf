"""What happened to an invoice, as lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from gigdesk.domain.invoices.records import Sheet
from gigdesk.domain.words import date_text, money_text, t


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line."""

    title: str
    figure: str
    mark: str
    score: str = ""
    role: str = "soft"

    def __str__(self) -> str:
        return f"{self.title}, {self.figure}"


def history(sheet: Sheet, zone: ZoneInfo) -> list[HistoryLine]:
    """From the first to the last, by the days of this zone."""
    invoice = sheet.invoice
    lines = [
        HistoryLine(
            t("Draft written"), _day(invoice.created.astimezone(zone).date()), "pencil-line"
        )
    ]
    if invoice.number and invoice.issue_date:
        lines.append(HistoryLine(t("Issued with XML inside"), _day(invoice.issue_date), "lock"))
    for payment in sheet.payments:
        amount = money_text(payment.amount, invoice.currency)
        lines.append(
            HistoryLine(t("{amount} came in", amount=amount), _day(payment.paid_on), "banknote")
        )
    lines += [HistoryLine(words, "", "triangle-alert") for words in sheet.warnings]
    return lines


def _day(day: date) -> str:
    return date_text(day, form="d MMM")
