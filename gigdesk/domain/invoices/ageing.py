"""What is owed, by currency and by how late it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gigdesk.domain.invoices.records import ZERO

BUCKETS = ("not_due", "days_1_30", "days_31_60", "days_over_60")


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in one currency; the four ages add up to the amount."""

    currency: str
    amount: Decimal
    not_due: Decimal = ZERO
    days_1_30: Decimal = ZERO
    days_31_60: Decimal = ZERO
    days_over_60: Decimal = ZERO

    @property
    def overdue(self) -> Decimal:
        """What is late."""
        return self.days_1_30 + self.days_31_60 + self.days_over_60

    @property
    def ages(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Not due, 1 to 30, 31 to 60, over 60 days late."""
        return self.not_due, self.days_1_30, self.days_31_60, self.days_over_60


def bucket(days_late: int) -> str:
    """The age an open amount belongs to."""
    if days_late <= 0:
        return BUCKETS[0]
    if days_late <= 30:
        return BUCKETS[1]
    return BUCKETS[2] if days_late <= 60 else BUCKETS[3]


def owed(open_amounts: Iterable[tuple[str, int, Decimal]]) -> list[Owed]:
    """From (currency, days late, open amount) to one sum per currency, the largest first.

    Currencies are never added together; the order is only for showing.
    """
    sums: dict[str, dict[str, Decimal]] = {}
    for currency, days, amount in open_amounts:
        ages = sums.setdefault(currency, dict.fromkeys(BUCKETS, ZERO))
        ages[bucket(days)] += amount
    found = [Owed(currency, sum(ages.values(), ZERO), **ages) for currency, ages in sums.items()]
    return sorted(found, key=lambda each: (-each.amount, each.currency))
