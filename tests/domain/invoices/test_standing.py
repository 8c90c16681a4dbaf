"""Where an invoice stands on a day, and what is owed by age."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.clients import ClientId
from gigdesk.domain.invoices.ageing import bucket, owed
from gigdesk.domain.invoices.records import Invoice, InvoiceId, Kind, Status

DUE = date(2026, 11, 23)


def invoice(**more: Any) -> Invoice:
    fields: dict[str, Any] = {
        "id": InvoiceId(1), "kind": Kind.INVOICE, "number": "2026-001", "client_id": ClientId(1),
        "client": "Acme", "currency": "EUR", "issue_date": date(2026, 11, 9), "due_date": DUE,
        "net": Decimal(100), "tax": Decimal(19), "gross": Decimal(119), "due": Decimal(119),
        "paid": Decimal(0), "settled_on": None, "created": datetime(2026, 11, 9, tzinfo=UTC),
        "issued_at": datetime(2026, 11, 9, tzinfo=UTC), "version": 1,
    }  # fmt: skip
    return Invoice(**{**fields, **more})


@pytest.mark.parametrize(
    ("more", "day", "status"),
    [
        ({"number": None}, DUE + timedelta(90), Status.DRAFT),
        ({}, DUE, Status.ISSUED),
        ({}, DUE + timedelta(1), Status.OVERDUE),
        ({"paid": Decimal(19)}, DUE, Status.PARTLY_PAID),
        ({"paid": Decimal(19)}, DUE + timedelta(1), Status.OVERDUE),
        ({"paid": Decimal(119)}, DUE + timedelta(90), Status.PAID),
        ({"due": Decimal(0)}, DUE, Status.PAID),
    ],
)
def test_a_day_decides_where_it_stands(more: dict[str, Any], day: date, status: Status) -> None:
    assert invoice(**more).status(day) is status


def test_a_draft_owes_nothing_and_is_never_late() -> None:
    draft = invoice(number=None)
    assert draft.open == 0
    assert draft.days_late(DUE + timedelta(30)) == 0


@pytest.mark.parametrize(
    ("days", "age"),
    [(-5, "not_due"), (0, "not_due"), (1, "days_1_30"), (30, "days_1_30"), (31, "days_31_60"),
     (60, "days_31_60"), (61, "days_over_60")],
)  # fmt: skip
def test_ages_have_their_edges(days: int, age: str) -> None:
    assert bucket(days) == age


amounts = st.decimals("0.01", "10000", places=2)


@given(st.lists(st.tuples(st.sampled_from(["EUR", "USD"]), st.integers(-90, 200), amounts)))
def test_ages_add_up_to_what_is_owed_and_currencies_stay_apart(
    several: list[tuple[str, int, Decimal]],
) -> None:
    found = owed(several)
    for each in found:
        assert sum(each.ages) == each.amount
        assert each.overdue == each.amount - each.not_due
        assert each.amount == sum(amount for code, _, amount in several if code == each.currency)
    assert {each.currency for each in found} == {code for code, _, _ in several}
