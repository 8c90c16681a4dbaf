"""From what was written to a document: dates, parties, and what stands in its way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.papers import differing, must_be_whole, obstacles
from gigdesk.services.clients import client_of
from tests.bills import CLIENT, TODAY, line, paper, profile

FREE = {"category": "E", "rate": "0"}
REVERSE = {"category": "AE", "rate": "0"}


def errors(**more: Any) -> set[str]:
    return {each.field for each in obstacles(paper(**more)) if each.kind == "error"}


def test_the_plain_case_has_nothing_in_its_way() -> None:
    assert obstacles(paper()) == []
    must_be_whole(paper())


def test_it_is_due_after_the_clients_days_else_after_ones_own() -> None:
    assert paper().due_date == date(2026, 12, 7)
    assert paper(client={**CLIENT, "terms_days": 30}).due_date == date(2026, 12, 23)
    assert paper(client={**CLIENT, "terms_days": 0}).due_date == TODAY
    assert paper(issue_date="2026-12-31").due_date == date(2027, 1, 14)
    assert paper(due_date="2026-11-24").due_date == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"lines": []}, "lines"),
        ({"client": {**CLIENT, "country": ""}}, "buyer.country"),
        ({"issue_date": "2026-11-20", "due_date": "2026-11-19"}, "due_date"),
        ({"lines": [line(tax=FREE)]}, "exemption"),
        ({"lines": [line(tax=REVERSE)], "client": {**CLIENT, "vat_id": ""}}, "buyer.vat_id"),
        ({"seller": profile(country="")}, "seller.country"),
        ({"seller": profile(city="")}, "seller.city"),
        ({"seller": profile(vat_id="", tax_number="")}, "seller.vat_id"),
        ({"seller": profile(vat_id="DE136695977")}, "seller.vat_id"),
        ({"seller": profile(small_business=True)}, "lines.tax"),
    ],
)
def test_what_stands_in_the_way_is_named(more: dict[str, Any], field: str) -> None:
    assert field in errors(**more)
    with pytest.raises(Refused, match="draft is kept"):
        must_be_whole(paper(**more))


@pytest.mark.parametrize(
    "more",
    [
        {"seller": profile(bank=None)},
        {"client": {**CLIENT, "address": [], "city": ""}},
        {"lines": [line(price="0")]},
        {"lines": [line(unit="KBA")]},
    ],
)
def test_what_is_only_odd_does_not_stop_it(more: dict[str, Any]) -> None:
    found = obstacles(paper(**more))
    assert [each.kind for each in found] == ["warning"]
    must_be_whole(paper(**more))


def test_a_small_business_says_why_it_charges_no_vat() -> None:
    made = paper(lines=[line(tax=FREE)], seller=profile(small_business=True))
    assert "§ 19 UStG" in made.content.exemption.text
    assert obstacles(made) == []


def test_reverse_charge_says_its_code_by_itself() -> None:
    assert paper(lines=[line(tax=REVERSE)]).content.exemption.code == "VATEX-EU-AE"


def test_a_document_says_otherwise_only_what_it_names() -> None:
    known = client_of(CLIENT)
    moved = {**CLIENT, "city": "Augsburg", "phone": "1"}
    assert differing(client_of(moved), known, moved) == (("city", "Augsburg"),)
    assert differing(client_of({"name": "Acme GmbH"}), known, {"name"}) == ()
