"""What a plain page of a bill says, quoted: each value with its line. What stands there twice and
differs, or in no line that names it, is not taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from gigdesk.domain.drafts.amounts import amounts_in
from gigdesk.domain.drafts.days import days_in
from gigdesk.domain.expenses.records import Said
from gigdesk.domain.inbox.wording.accounts import accounts_in, plain
from gigdesk.domain.words import t

TEXT_MOST = 100_000
_LINES_MOST, _LINE_MOST = 2000, 300

# The words a value stands behind, in the languages of the templates; those of a line that come first
# are surest.
_GROSS = (
    "amount due|total due|balance due|zahlbetrag|zu zahlen|noch zu zahlen|montant à payer|net à payer"
    "|total a pagar|importe a pagar|totale da pagare|te betalen|do zapłaty|total a pagar",
    "rechnungsbetrag|gesamtbetrag|bruttobetrag|endbetrag|grand total|invoice total|total ttc"
    "|importe total|totale fattura|totale documento|totaalbedrag|total da fatura|razem brutto",
    "total|gesamt|summe|totale|totaal|razem",
)
_NET = ("netto|nettobetrag|net amount|net total|subtotal|sub-total|zwischensumme|total ht"
        "|base imponible|imponibile|totaal excl|valor líquido",)  # fmt: skip
_TAX = ("mwst|ust|umsatzsteuer|mehrwertsteuer|vat|sales tax|tva|iva|btw|podatek",)
_DUE = (
    "due date|payment due|due on|pay by|due by|fällig|fälligkeit|zahlbar bis|zahlungsziel|échéance"
    "|à payer avant|vencimiento|scadenza|vencimento|vervaldatum|uiterlijk|termin płatności|due",
)
_ISSUED = (
    "invoice date|date of issue|issue date|issued|rechnungsdatum|ausstellungsdatum|date de facture"
    "|date de la facture|date d'émission|fecha de factura|fecha de emisión|data fattura"
    "|data de emissão|factuurdatum|data wystawienia",
)
_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:invoice|rechnungs?|facture|factura|fattura|fatura|factuur|faktura)[ -]{0,2}"
    r"(?:number|no\.?|nr\.?|num\.?|nummer|n°|nº|n\.|numéro|número|numero|id|#)?[ .:#]{0,4}"
    r"(?P<value>(?=[\w./-]{0,24}\d)[A-Z0-9][A-Z0-9./_-]{0,28}[A-Z0-9])(?![\w])",
    re.IGNORECASE,
)


def quoted_bill(text: str, today: date) -> tuple[dict[str, Said], tuple[str, ...]]:
    """The fields a page says, and in words what it leaves open."""
    lines = [" ".join(line.split())[:_LINE_MOST] for line in text[:TEXT_MOST].splitlines()]
    lines = [line for line in lines if line][:_LINES_MOST]
    found: dict[str, Said] = {}
    notes = []
    for name, candidates in (
        ("number", _numbers(lines, today)),
        ("issued", _days(lines, _ISSUED, today)),
        ("due", _days(lines, _DUE, today)),
        ("iban", _accounts(lines)),
    ):
        said, doubtful = _one(candidates)
        if said is not None:
            found[name] = said
        if doubtful:
            notes.append(_TWICE[name]())
    notes += _amounts(lines, found)
    return found, tuple(notes)


_TWICE: dict[str, Callable[[], str]] = {
    "number": lambda: t("It names more than one number; none was taken."),
    "issued": lambda: t("It names more than one date; none was taken."),
    "due": lambda: t("It names more than one day it is due; none was taken."),
    "iban": lambda: t("It names more than one account; none was taken."),
}


def _amounts(lines: list[str], found: dict[str, Said]) -> list[str]:
    """The total, and what it is made of where the sum is right."""
    seen = {name: _surest(lines, words) for name, words in (("gross", _GROSS), ("net", _NET), ("tax", _TAX))}  # fmt: skip
    totals = {(amount, currency) for amount, currency, _ in seen["gross"]}
    if len(totals) != 1:
        return [t("It names more than one total; none was taken.")] if totals else []
    gross, currency, words = seen["gross"][0]
    found["gross"], found["currency"] = Said(f"{gross:f}", words), Said(currency, words)
    for net, _, net_words in (each for each in seen["net"] if each[1] == currency):
        for tax, _, tax_words in (each for each in seen["tax"] if each[1] == currency):
            if net + tax == gross:
                found["net"], found["tax"] = (
                    Said(f"{net:f}", net_words),
                    Said(f"{tax:f}", tax_words),
                )
    return []


def _surest(lines: list[str], words: Iterable[str]) -> list[tuple[Decimal, str, str]]:
    """The amounts behind the surest words that stand in any line."""
    for label in words:
        found = [
            (*value, line)
            for line in _lines_with(lines, label)
            for value in [_last_amount(line)]
            if value is not None
        ]
        if found:
            return found
    return []


def _last_amount(line: str) -> tuple[Decimal, str] | None:
    """A line of a table ends in its sum."""
    values = [each.value for each in amounts_in(line)]
    last = values[-1] if values else None
    if isinstance(last, tuple) and last[1]:
        return last[0], last[1]
    return None


def _numbers(lines: list[str], today: date) -> Iterator[Said]:
    for line in lines:
        days = [(each.start, each.end) for each in days_in(line, today)]
        for each in _NUMBER.finditer(line):
            start = each.start("value")
            if not any(first <= start < past for first, past in days):  # a date is no number
                yield Said(each["value"], line)


def _days(lines: list[str], words: Iterable[str], today: date) -> Iterator[Said]:
    for label in words:
        for line in _lines_with(lines, label):
            behind = line[_place(line, label) :]
            day = next((each.value for each in days_in(behind, today)), None)
            if isinstance(day, date):
                yield Said(day.isoformat(), line)


def _accounts(lines: list[str]) -> Iterator[Said]:
    for line in lines:
        yield from (Said(plain(each), line) for each in accounts_in(line))


def _one(candidates: Iterable[Said]) -> tuple[Said | None, bool]:
    found = {each.value: each for each in candidates}
    return (next(iter(found.values())), False) if len(found) == 1 else (None, len(found) > 1)


def _lines_with(lines: list[str], label: str) -> Iterator[str]:
    pattern = _pattern(label)
    return (line for line in lines if pattern.search(line))


def _place(line: str, label: str) -> int:
    match = _pattern(label).search(line)
    return match.end() if match else 0


def _pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{label})(?![^\W\d_])", re.IGNORECASE)
