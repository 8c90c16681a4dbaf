"""Invoices from JSON: the whole example, and everything that must be refused in words."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.reading import content_json, read_content
from tests.bills import bill, line


def test_what_was_read_is_written_back_the_same() -> None:
    data = bill(
        issue_date="2026-11-02",
        due_date="2026-11-16",
        service_period=["2026-10-01", "2026-10-31"],
        lines=[line(discount={"percent": "10", "reason": "Friends"}), line(price="0.123456")],
        discounts=[{"amount": "25.00", "reason": "Loyalty", "tax": None}],
        prepaid="10",
        note="Thanks",
        buyer={"city": "Augsburg", "address": ["A 1", "B 2"]},
    )
    content = read_content(data)
    assert read_content({"client": None, **content_json(content)}) == content


@pytest.mark.parametrize(
    "more",
    [
        {"lines": [line(price="1e3")]},
        {"lines": [line(price="1_000")]},
        {"lines": [line(price="9,50")]},
        {"lines": [line(price="NaN")]},
        {"lines": [line(price="-1")]},
        {"lines": [line(price="1.1234567")]},
        {"lines": [line(price="1000000000000")]},
        {"lines": [line(price=95.0)]},
        {"lines": [line(price=None)]},
        {"lines": [line(quantity="0")]},
        {"lines": [line(text="")]},
        {"lines": [line(text="\u200b\x00")]},
        {"lines": [line(text="x" * 1001)]},
        {"lines": [line(unit="hours")]},
        {"lines": [line(unit="QQQ")]},
        {"exemption": {"code": "VATEX-EU-NO"}},
        {"lines": [line(tax={"category": "S", "rate": "0"})]},
        {"lines": [line(tax={"category": "Z", "rate": "19"})]},
        {"lines": [line(tax={"category": "K", "rate": "0"})]},
        {"lines": [line(tax={"category": ["S"], "rate": "19"})]},
        {"lines": [line(tax=None)]},
        {"lines": [line(), line(tax={"category": "S", "rate": "7"})]},
        {"lines": [line(discount={"percent": "10", "amount": "1"})]},
        {"lines": [line(discount={"percent": "101"})]},
        {"lines": [line(colour="red")]},
        {"lines": "one"},
        {"lines": [line()] * 2001},
        {"kind": "quote"},
        {"kind": ["invoice"]},
        {"prices": "gross"},
        {"prices": {"net": 1}},
        {"corrects": "2026-001"},
        {"currency": "ABC"},
        {"currency": "KWD"},
        {"currency": "eur"},
        {"issue_date": "02.11.2026"},
        {"issue_date": "9999-12-31"},
        {"due_date": 20261102},
        {"service_period": ["2026-10-31", "2026-10-01"]},
        {"service_period": ["2026-10-01"]},
        {"service_period": "2026-10"},
        {"prepaid": "-1"},
        {"exemption": {"code": "EU-AE"}},
        {"buyer": ["x"]},
        {"buyer": {"name": 5}},
        {"buyer": {"country": "zz"}},
        {"note": 5},
        {"amount": "100"},
    ],
    ids=str,
)
def test_what_cannot_be_billed_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read_content(bill(**more))
    assert refused.value.title


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@given(
    st.sampled_from(
        ["currency", "lines", "discounts", "prepaid", "issue_date", "due_date", "service_period",
         "note", "exemption", "buyer", "kind", "prices"]
    ),
    anything,
)  # fmt: skip
def test_whatever_stands_in_a_field_it_is_read_or_refused(field: str, value: object) -> None:
    with contextlib.suppress(Refused):
        read_content({**bill(), field: value})


@given(st.sampled_from(["text", "quantity", "unit", "price", "tax", "discount"]), anything)
def test_whatever_stands_in_a_line_it_is_read_or_refused(field: str, value: object) -> None:
    with contextlib.suppress(Refused):
        read_content({**bill(), "lines": [line(**{field: value})]})
