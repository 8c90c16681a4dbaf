"""Clients: who they are, where and how they are billed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

ClientId = NewType("ClientId", int)


@dataclass(frozen=True, slots=True)
class Client:
    """One client. Codes: country ISO 3166-1, language 639-1, currency 4217; zone IANA."""

    id: ClientId
    name: str
    email: str = ""
    country: str = ""
    language: str = ""
    zone: str = ""
    currency: str = ""
    terms_days: int | None = None
    vat_id: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    buyer_reference: str = ""
    contact: str = ""  # the person, where the client is a company
    phone: str = ""
    version: int = 1
