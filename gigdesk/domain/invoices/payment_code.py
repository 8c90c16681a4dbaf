"""What an EPC payment code says: twelve fixed lines that banking apps fill a transfer from."""

from __future__ import annotations

from decimal import Decimal

from gigdesk.domain.invoices.papers import compact, iban_fits
from gigdesk.domain.invoices.records import Paper

MOST = Decimal("999999999.99")
MOST_BYTES = 331


def payment_code(paper: Paper) -> str | None:
    """The code's text; None where it must not stand: not euro, nothing to pay, no valid IBAN.

    The number is free text (line 11): line 10 is for structured RF references only.
    """
    bank, due = paper.seller.bank, paper.totals.due
    if paper.content.currency != "EUR" or not 0 < due <= MOST or not paper.number:
        return None
    if bank is None or not iban_fits(bank.iban):
        return None
    holder = " ".join((bank.holder or paper.seller.name).split())[:70].strip()
    if not holder:
        return None
    bic = compact(bank.bic)
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        bic if len(bic) in (8, 11) else "",
        holder,
        compact(bank.iban),
        f"EUR{due:.2f}",
        "",
        "",
        paper.number[:140],
    )
    text = "\n".join(lines)
    return text if len(text.encode()) <= MOST_BYTES else None
