"""What the invoice's form asks of the office: its beginning, the page while one writes, keeping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from gigdesk.domain.clients import Client
from gigdesk.domain.errors import Trouble
from gigdesk.domain.invoices.records import Sheet, Totals
from gigdesk.domain.topics import Changed, Topic
from gigdesk.ui.tabs.invoices.side import page_image

if TYPE_CHECKING:
    from gigdesk.domain.invoices.papers import Obstacle
    from gigdesk.domain.profile import Profile
    from gigdesk.services.office import Office


@dataclass(frozen=True, slots=True)
class Drawn:
    """The page of what is being written, and what was found on the way."""

    turn: int
    page: QImage
    totals: Totals
    currency: str
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the form begins with."""

    clients: list[Client]
    profile: Profile
    today: date
    due: date
    sheet: Sheet | None


def beginning(office: Office, invoice_id: int | None) -> Beginning:
    """What a new form begins with, or one for this draft."""
    from datetime import timedelta

    today = office.invoices.today()
    days = int(office.settings.number("terms_days"))
    sheet = office.invoices.show(invoice_id) if invoice_id is not None else None
    return Beginning(
        office.clients.all(), office.profile.get(), today, today + timedelta(days=days), sheet
    )


def drawn(office: Office, data: dict[str, Any], turn: int) -> Drawn:
    """The page that these words become."""
    trial = office.invoices.trial(data)
    content = trial.paper.content
    page = page_image(trial.pdf)
    return Drawn(turn, page, trial.paper.totals, content.currency, trial.obstacles)


def kept_as(
    office: Office,
    invoice_id: int | None,
    data: dict[str, Any],
    client: tuple[int, dict[str, Any]] | None,
    *,
    issue: bool,
) -> Changed[Sheet]:
    """Keep the draft with what was said of its client; issue it if it was asked."""
    invoices, topics = office.invoices, Topic.INVOICES | Topic.CLIENTS
    if client is not None:
        office.clients.update(*client)
    changed = invoices.new(data) if invoice_id is None else invoices.edit(invoice_id, data)
    if not issue:
        return Changed(changed.value, topics, changed.words, changed.undo)
    try:
        issued = invoices.issue(changed.value.invoice.id)
    except Trouble:
        # The editor stays open with everything in it: no half-done draft is left beside it.
        if invoice_id is None:
            invoices.discard(changed.value.invoice.id)
        raise
    return Changed(issued.value, topics, issued.words)
