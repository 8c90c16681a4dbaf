"""The sums of an invoice as EN 16931 reckons them: half-up, VAT per category on rounded lines."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.codes import MAX_AMOUNT
from gigdesk.domain.invoices.records import ZERO, Content, Discount, Line, Tax, TaxRow, Totals
from gigdesk.domain.money import quantize
from gigdesk.domain.words import t

HUNDRED = Decimal(100)
_NO_TAX = Tax("Z", ZERO)


def line_base(line: Line, currency: str) -> Decimal:
    """Quantity times price, rounded, before the line's discount."""
    return quantize(line.quantity * line.price, currency)


def line_discount(line: Line, currency: str) -> Decimal:
    """What the line's discount takes off."""
    if line.discount is None:
        return ZERO
    return discount_amount(line.discount, line_base(line, currency), currency)


def line_net(line: Line, currency: str) -> Decimal:
    """The line's net amount (BT-131)."""
    return line_base(line, currency) - line_discount(line, currency)


def discount_amount(discount: Discount, base: Decimal, currency: str) -> Decimal:
    """What a discount takes off its base."""
    if discount.percent is not None:
        return quantize(base * discount.percent / HUNDRED, currency)
    return quantize(discount.amount or ZERO, currency)


def reckon(content: Content) -> Totals:
    """All sums of a document. Raises Refused when discounts or a prepayment exceed them, and for
    sums no bank could move."""
    currency = content.currency
    bases: dict[tuple[str, Decimal], Decimal] = {}
    for at, line in enumerate(content.lines, 1):
        net = line_net(line, currency)
        if net < 0:
            raise Refused(
                t("The discount of line {n} is larger than the line", n=at),
                t("Lower the discount."),
            )
        bases[_key(line.tax)] = bases.get(_key(line.tax), ZERO) + net
    lines = sum(bases.values(), ZERO)
    off = ZERO
    for discount, amount in document_discounts(content, lines):
        key = _key(discount.tax or (content.lines[0].tax if content.lines else _NO_TAX))
        bases[key] = bases.get(key, ZERO) - amount
        off += amount
    rows = tuple(_tax_row(key, base, currency) for key, base in sorted(bases.items()))
    net, tax = lines - off, sum((row.tax for row in rows), ZERO)
    prepaid = quantize(content.prepaid, currency)
    totals = Totals(
        lines=quantize(lines, currency),
        discount=quantize(off, currency),
        net=quantize(net, currency),
        tax=quantize(tax, currency),
        gross=quantize(net + tax, currency),
        prepaid=prepaid,
        due=quantize(net + tax - prepaid, currency),
        taxes=rows,
    )
    _sane(totals)
    return totals


def document_discounts(content: Content, lines: Decimal) -> Iterable[tuple[Discount, Decimal]]:
    """Each discount on the whole document with its amount; percentages are of the lines' sum."""
    for discount in content.discounts:
        yield discount, discount_amount(discount, lines, content.currency)


def contradictions(totals: Totals, line_nets: Iterable[Decimal], currency: str) -> list[str]:
    """Where sums that stand on paper do not agree with one another, by the rules of EN 16931."""
    wrong = []
    checks = (
        ("BR-CO-10", totals.lines, sum(line_nets, ZERO)),
        ("BR-CO-13", totals.net, totals.lines - totals.discount),
        ("BR-CO-14", totals.tax, sum((row.tax for row in totals.taxes), ZERO)),
        ("BR-CO-15", totals.gross, totals.net + totals.tax),
        ("BR-CO-16", totals.due, totals.gross - totals.prepaid),
        ("BR-S-08", totals.net, sum((row.base for row in totals.taxes), ZERO)),
    )
    for rule, stands, should in checks:
        if stands != should:
            wrong.append(f"{rule}: {stands} ≠ {should}")
    for row in totals.taxes:
        should = quantize(row.base * row.rate / HUNDRED, currency)
        if row.tax != should:
            wrong.append(f"BR-CO-17: {row.tax} ≠ {should}")
    return wrong


def _key(tax: Tax) -> tuple[str, Decimal]:
    return tax.category, tax.rate


def _tax_row(key: tuple[str, Decimal], base: Decimal, currency: str) -> TaxRow:
    category, rate = key
    tax = quantize(base * rate / HUNDRED, currency)
    return TaxRow(category, rate, quantize(base, currency), tax)


def _sane(totals: Totals) -> None:
    if totals.lines >= MAX_AMOUNT:
        raise Refused(t("The amounts are too large"), t("Nothing was kept."))
    if totals.net < 0 or any(row.base < 0 for row in totals.taxes):
        raise Refused(
            t("The discounts are larger than the lines"),
            t("An invoice cannot be negative. Lower the discount."),
        )
    if totals.due < 0:
        raise Refused(
            t("More was paid before than the invoice comes to"),
            t("Lower what was paid before to {gross} at most.", gross=totals.gross),
        )
