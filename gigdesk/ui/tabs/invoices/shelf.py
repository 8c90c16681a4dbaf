"""What the Invoices tab shows, read at once on the reading thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gigdesk.domain.invoices.ageing import Owed
from gigdesk.domain.invoices.records import Invoice
from gigdesk.ui.kit.lazy import PAGE

if TYPE_CHECKING:
    from gigdesk.services.office import Office

FILTERS = ("all", "open", "paid")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the page shows, one filter of it: `rows` from the number `begun` on, the table fetches others.
    `place` is where the invoice `wanted` stands, -1 when it is not shown."""

    which: str
    wanted: int
    place: int
    begun: int
    rows: tuple[Invoice, ...]
    counts: tuple[int, int, int]
    owed: tuple[Owed, ...]
    late: int
    worst: Invoice | None
    paid: tuple[tuple[str, Decimal], ...]
    today: date


def read(office: Office, which: str, wanted: int, row_at: int) -> Shelf:
    """What the page shows of one filter: the rows about a wanted invoice, else about a row."""
    invoices = office.invoices
    today, late = invoices.today(), invoices.late(invoices.today())
    counts = invoices.count("all"), invoices.count("open"), invoices.count("paid")
    place = invoices.place(wanted, which) if wanted else -1
    at = place if place >= 0 else max(0, min(row_at, counts[FILTERS.index(which)] - 1))
    begun = at // PAGE * PAGE
    return Shelf(
        which,
        wanted,
        place,
        begun,
        tuple(invoices.page(which, begun, PAGE)),
        counts,
        tuple(invoices.owed(today)),
        len(late),
        late[0] if late else None,
        tuple(invoices.paid_this_month(today)),
        today,
    )
