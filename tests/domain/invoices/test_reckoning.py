"""Sums by EN 16931: half-up, VAT per category on rounded lines, nothing that contradicts itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.reckoning import contradictions, line_net, reckon
from gigdesk.domain.invoices.records import ZERO, Content, Discount, Line, Tax
from gigdesk.domain.money import quantize, quantum

S19 = Tax("S", Decimal(19))


def made(price: str, quantity: str = "1", tax: Tax = S19, discount: Discount | None = None) -> Line:
    return Line("Work", Decimal(quantity), "HUR", Decimal(price), tax, discount)


def content(*lines: Line, currency: str = "EUR", **more: object) -> Content:
    return Content(currency, lines, **more)  # type: ignore[arg-type]


def test_the_plain_case_adds_up() -> None:
    totals = reckon(content(made("95.00", "8"), made("0.30", "578.5")))
    assert (totals.lines, totals.net) == (Decimal("933.55"), Decimal("933.55"))
    assert (totals.tax, totals.gross) == (Decimal("177.37"), Decimal("1110.92"))
    assert totals.due == totals.gross


def test_vat_is_reckoned_on_the_sum_and_not_line_by_line() -> None:
    assert reckon(content(*[made("0.33")] * 3)).tax == Decimal("0.19")
    thirds = content(*[made("696.22", tax=Tax("S", Decimal(25)))] * 3)
    assert reckon(thirds).tax == Decimal("522.17")


@pytest.mark.parametrize(
    ("price", "rounded"),
    [("0.125", "0.13"), ("0.135", "0.14"), ("2.675", "2.68"), ("1.005", "1.01")],
)
def test_halves_go_up(price: str, rounded: str) -> None:
    assert reckon(content(made(price, tax=Tax("Z", ZERO)))).net == Decimal(rounded)


@pytest.mark.parametrize(
    ("currency", "net", "tax"),
    [("JPY", "1001", "190"), ("EUR", "1000.50", "190.10"), ("KWD", "1000.500", "190.095")],
)
def test_every_currency_has_its_own_minor_unit(currency: str, net: str, tax: str) -> None:
    totals = reckon(content(made("1000.50"), currency=currency))
    assert (str(totals.net), str(totals.tax)) == (net, tax)


def test_a_line_is_discounted_by_percent_or_amount() -> None:
    tenth, five = Discount(percent=Decimal(10)), Discount(amount=Decimal(5))
    assert line_net(made("95.00", "8", discount=tenth), "EUR") == Decimal("684.00")
    assert line_net(made("95.00", "8", discount=five), "EUR") == Decimal("755.00")
    assert line_net(made("33.33", discount=Discount(percent=Decimal("33.3"))), "EUR") == Decimal(
        "22.23"
    )


def test_a_document_is_discounted_before_vat() -> None:
    discounts = (Discount(amount=Decimal(25)), Discount(percent=Decimal(10)))
    totals = reckon(content(made("100"), made("100"), discounts=discounts))
    assert (totals.lines, totals.discount, totals.net) == (200, 45, 155)
    assert totals.tax == Decimal("29.45")


def test_what_was_paid_before_is_taken_off_what_is_due_and_not_off_the_sum() -> None:
    totals = reckon(content(made("100"), prepaid=Decimal("19.00")))
    assert (totals.gross, totals.prepaid, totals.due) == (119, 19, 100)


@pytest.mark.parametrize(
    "wrong",
    [
        content(made("10"), discounts=(Discount(amount=Decimal(11)),)),
        content(discounts=(Discount(amount=Decimal(1)),)),
        content(made("10", discount=Discount(amount=Decimal(11))), made("100")),
        content(made("10"), prepaid=Decimal("11.91")),
        content(made("999999999999", "999999999999")),
    ],
    ids=["discount", "no lines", "line discount", "prepaid", "too large"],
)
def test_sums_that_cannot_be_are_refused(wrong: Content) -> None:
    with pytest.raises(Refused):
        reckon(wrong)


@pytest.mark.parametrize("field", ["lines", "net", "tax", "gross", "due"])
def test_a_sum_that_is_a_cent_off_is_found(field: str) -> None:
    bill = content(made("95.00", "8"), made("12.34"))
    right = reckon(bill)
    nets = [line_net(each, "EUR") for each in bill.lines]
    assert contradictions(right, nets, "EUR") == []
    wrong = replace(right, **{field: getattr(right, field) + Decimal("0.01")})
    assert contradictions(wrong, nets, "EUR")


def test_a_vat_row_that_is_a_cent_off_is_found() -> None:
    right = reckon(content(made("100")))
    row = replace(right.taxes[0], tax=Decimal("19.01"))
    found = contradictions(replace(right, taxes=(row,)), [Decimal(100)], "EUR")
    assert any(line.startswith("BR-CO-17") for line in found)


amounts = st.decimals("0.000001", "99999", places=6, allow_nan=False, allow_infinity=False)
percents = st.decimals("0.01", "100", places=2)
rates = st.sampled_from([Tax("S", Decimal(rate)) for rate in ("19", "7", "5.5", "25", "8.1")])
lines = st.builds(
    Line,
    st.just("Work"),
    st.decimals("0.001", "500", places=3),
    st.just("HUR"),
    amounts,
    rates,
    st.none() | st.builds(Discount, percent=percents),
)


@given(st.lists(lines, min_size=1, max_size=12), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_sums_never_contradict_themselves(several: list[Line], currency: str) -> None:
    totals = reckon(content(*several, currency=currency))
    nets = [line_net(each, currency) for each in several]
    assert contradictions(totals, nets, currency) == []
    for amount in (totals.lines, totals.net, totals.tax, totals.gross, totals.due):
        assert amount == quantize(amount, currency)
        assert amount.as_tuple().exponent == quantum(currency).as_tuple().exponent


@given(st.lists(lines, min_size=1, max_size=8), percents)
def test_a_discount_never_makes_more_of_it(several: list[Line], percent: Decimal) -> None:
    one_rate = [replace(each, tax=S19) for each in several]
    without = reckon(content(*one_rate))
    with_it = reckon(content(*one_rate, discounts=(Discount(percent=percent),)))
    assert with_it.net <= without.net
    assert with_it.net + with_it.discount == without.net


@given(st.lists(lines, min_size=1, max_size=8), st.randoms())
def test_the_order_of_lines_changes_no_sum(several: list[Line], chance: object) -> None:
    mixed = list(several)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert reckon(content(*mixed)) == reckon(content(*several))
