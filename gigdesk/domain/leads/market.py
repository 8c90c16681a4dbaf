"""What others get: the spread of pay in comparable leads, or nothing when they are too few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from gigdesk.domain.leads.records import Market
from gigdesk.domain.money import Money, quantize

LEAST = 8


def market_of(found: Sequence[tuple[float, datetime]], unit: str, currency: str) -> Market:
    """The 10, 50 and 90 of 100 of these amounts; `found` are at least eight, with their dates."""
    amounts = sorted(middle for middle, _ in found)

    def at(share: float) -> Money:
        place = share * (len(amounts) - 1)
        low, high = amounts[int(place)], amounts[min(int(place) + 1, len(amounts) - 1)]
        amount = low + (high - low) * (place - int(place))
        return Money(currency, quantize(Decimal(str(amount)), currency))

    return Market(at(0.1), at(0.5), at(0.9), unit, len(amounts), min(when for _, when in found))
