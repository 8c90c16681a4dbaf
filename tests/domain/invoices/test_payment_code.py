"""The payment code's text: where it stands, where it must not."""

from __future__ import annotations

from typing import Any

import pytest

from gigdesk.domain.invoices.payment_code import payment_code
from tests.bills import CLIENT, PROFILE, line, paper, profile

BANK = PROFILE["bank"]


def test_it_has_its_eleven_lines() -> None:
    code = payment_code(paper())
    assert code is not None
    assert code.split("\n") == [
        "BCD", "002", "1", "SCT", "BYLADEM1001", "Erika Muster", "DE02120300000000202051",
        "EUR904.40", "", "", "2026-001",
    ]  # fmt: skip


def test_it_asks_for_what_is_due_and_not_for_the_sum() -> None:
    assert "EUR804.40" in str(payment_code(paper(prepaid="100")))


@pytest.mark.parametrize(
    "more",
    [
        {"number": None},
        {"currency": "CHF"},
        {"prepaid": "904.40"},
        {"lines": [line(price="900000000", quantity="2")]},
        {"seller": profile(bank=None)},
    ],
)
def test_it_does_not_stand_where_it_would_lie(more: dict[str, Any]) -> None:
    assert payment_code(paper(**more)) is None


def test_a_long_holder_is_cut_and_a_strange_bic_left_out() -> None:
    long = profile(bank={**BANK, "holder": "Müller " * 20, "bic": "NOBIC"})
    code = payment_code(paper(seller=long, client=CLIENT))
    assert code is not None
    assert len(code.split("\n")[5]) <= 70
    assert code.split("\n")[4] == ""
    assert len(code.encode()) <= 331
