"""Money: decimal amounts with a currency, minor units in the store, half-up by default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gigdesk.domain.errors import Refused
from gigdesk.domain.words import t

# ISO 4217 minor units that are not two.
_DIGITS = {
    **dict.fromkeys(
        (
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}

# Neither exponents nor separators: `1e3` and `1_000` are slips, not amounts.
_PLAIN = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)$", re.ASCII)


def minor_digits(currency: str) -> int:
    """How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _DIGITS.get(currency.upper(), 2)


def quantum(currency: str) -> Decimal:
    """The smallest amount of a currency."""
    return Decimal(1).scaleb(-minor_digits(currency))


def quantize(amount: Decimal, currency: str) -> Decimal:
    """The amount rounded half-up to the currency's decimals."""
    return amount.quantize(quantum(currency), ROUND_HALF_UP)


def to_minor(amount: Decimal, currency: str) -> int:
    """Minor units for the store; an amount finer than them is a bug of the caller."""
    scaled = amount.scaleb(minor_digits(currency))
    whole = int(scaled)
    if scaled != whole:
        raise ValueError(f"{amount} {currency} is finer than its minor unit")
    return whole


def from_minor(minor: int, currency: str) -> Decimal:
    """The decimal amount back from minor units."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def parse_decimal(text: object, what: str = "") -> Decimal:
    """A plain decimal such as `1250.00`; anything else is refused with its name."""
    plain = str(text).strip()
    if not _PLAIN.match(plain):
        raise Refused(
            t("{what} “{value}” is not a number", what=what or t("The value"), value=plain[:40]),
            t("Write it like 1250.00, with a point and no currency."),
        )
    return Decimal(plain)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency."""

    currency: str
    amount: Decimal

    def as_json(self) -> dict[str, str]:
        """`{"amount": "1250.00", "currency": "EUR"}`."""
        return {"amount": amount_json(self.amount, self.currency), "currency": self.currency}


def amount_json(amount: Decimal, currency: str) -> str:
    """The amount as interchange wants it: a plain decimal string with the currency's decimals."""
    return format(quantize(amount, currency), "f")
