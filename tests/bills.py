"""A freelancer, a client and invoices to test with: hand-made, small, everything named."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

from gigdesk.domain.invoices.papers import Terms, paper_of
from gigdesk.domain.invoices.reading import read_content
from gigdesk.domain.invoices.records import Paper
from gigdesk.domain.profile import Profile
from gigdesk.domain.profile_json import read_profile
from gigdesk.services.clients import client_of

TODAY = date(2026, 11, 23)
STANDARD = {"category": "S", "rate": "19"}
PROFILE: dict[str, Any] = {
    "name": "Erika Muster",
    "trade": "Muster Design",
    "email": "erika@muster.example",
    "phone": "+49 30 1234567",
    "address": ["Hauptstr. 1"],
    "postcode": "10115",
    "city": "Berlin",
    "country": "DE",
    "zone": "Europe/Berlin",
    "language": "de",
    "currency": "EUR",
    "vat_id": "DE136695976",
    "tax_number": "12/345/67890",
    "small_business": False,
    "bank": {"holder": "Erika Muster", "iban": "DE02120300000000202051", "bic": "BYLADEM1001"},
}
CLIENT: dict[str, Any] = {
    "name": "Acme GmbH",
    "email": "ap@acme.example",
    "country": "DE",
    "vat_id": "DE123456788",
    "address": ["Ring 2"],
    "postcode": "80331",
    "city": "München",
    "language": "de",
    "zone": "Europe/Berlin",
    "buyer_reference": "04011000-12345-03",
}


def line(price: str = "95.00", quantity: str = "8", **more: Any) -> dict[str, Any]:
    """One line of an invoice as JSON."""
    given = {"text": "Consulting", "quantity": quantity, "unit": "HUR", "price": price}
    return {**given, "tax": STANDARD, **more}


def bill(**more: Any) -> dict[str, Any]:
    """An invoice as JSON, with these fields otherwise."""
    return copy.deepcopy({"client": CLIENT, "currency": "EUR", "lines": [line()], **more})


def profile(**more: Any) -> Profile:
    """The freelancer, with these fields otherwise."""
    return read_profile({**PROFILE, **more})


def paper(number: str | None = "2026-001", seller: Profile | None = None, **more: Any) -> Paper:
    """The document of `bill(**more)` as it would be printed today."""
    data = bill(**more)
    made = paper_of(
        read_content(data), client_of(data["client"]), seller or profile(), TODAY, Terms(14)
    )
    return replace(made, number=number)
