"""A small business that gets mail: what tests of drafting need on a desk."""

from __future__ import annotations

import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.prompts import Never

if TYPE_CHECKING:
    from gigdesk.domain.invoices.records import Invoice
    from gigdesk.domain.prompts import Stop
    from gigdesk.domain.proposals import Proposal
    from gigdesk.services.office import Office

IBAN = "DE02120300000000202051"


def business(office: Office) -> Invoice:
    """The person, one client in Germany, and one issued invoice over 1,190.00 €."""
    office.profile.update(
        {
            "name": "Nino Beridze", "trade": "Beridze Design", "email": "nino@beridze.example",
            "country": "DE", "zone": "Europe/Berlin", "language": "en", "currency": "EUR",
            "vat_id": "DE136695976", "address": ["Hauptstr. 1"], "postcode": "10115",
            "city": "Berlin", "bank": {"holder": "Nino Beridze", "iban": IBAN, "bic": "BYLADEM1001"},
        }
    )  # fmt: skip
    made = office.invoices.new(
        {
            "client": {
                "name": "Brückner GmbH", "email": "jonas@brueckner.example", "country": "DE",
                "language": "de", "zone": "Europe/Berlin", "address": ["Ring 2"],
                "postcode": "50667", "city": "Köln",
            },
            "currency": "EUR",
            "lines": [
                {
                    "text": "Design", "quantity": "8", "unit": "HUR", "price": "125.00",
                    "tax": {"category": "S", "rate": "19"},
                }
            ],
        }
    )  # fmt: skip
    return office.invoices.issue(made.value.invoice.id).value.invoice


def receive(
    office: Office,
    text: str = "Hello Nino,\n\nwhen is the invoice due that you sent us?\n\nBest, Jonas",
    *,
    subject: str = "Question about the invoice",
    sender: str = "Jonas Brückner <jonas@brueckner.example>",
    html: str = "",
    **headers: str,
) -> int:
    """A mail comes in; its id."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "nino@beridze.example"
    message["Subject"], message["Date"] = subject, "Mon, 23 Nov 2026 08:00:00 +0100"
    if "Message-ID" not in headers:
        message["Message-ID"] = f"<{office.inbox.total() + 1}@brueckner.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return receive_raw(office, message.as_bytes())


def receive_raw(office: Office, raw: bytes) -> int:
    """Bytes of a mail come in; its id."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mail.eml"
        path.write_bytes(raw)
        list(office.inbox.import_paths([path]))
    return max(line.id for line in office.inbox.lines(limit=10_000))


def drafted(office: Office, mail: int, tone: str = "", stop: Stop | None = None) -> Proposal:
    """A draft written to its end."""
    steps = office.drafts.draft(mail, tone, stop or Never())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            proposal: Proposal = end.value
            return proposal


def use_model(office: Office, path: Path) -> None:
    """Draft with this file from now on."""
    office.model.use(office.model.add(path).value.name)
