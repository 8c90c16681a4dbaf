"""Templates: words to begin a mail with, their fields filled in from records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.material import locale_of
from gigdesk.domain.drafts.replying import first_name
from gigdesk.domain.inbox.unsent import Template
from gigdesk.domain.invoices.records import Kind
from gigdesk.domain.places import resources
from gigdesk.domain.words import date_text, money_text, t
from gigdesk.services.drafts.writing import phrases_of

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.domain.invoices.records import Invoice
    from gigdesk.domain.ports import Now
    from gigdesk.services.clients import ClientService
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService

# What stands in braces, and what it is.
FIELDS = ("first", "name", "me", "trade", "number", "amount", "due", "today")
_FIELD = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")


@dataclass(frozen=True)
class Filling:
    """Where the fields come from."""

    clients: ClientService
    invoices: InvoiceService
    profile: ProfileService
    settings: SettingsService
    now: Now

    def language_for(self, email: str) -> str:
        """The client's language, else the person's own."""
        client = self._client(email)
        own = self.profile.get().language
        for each in (client.language if client else "", own):
            if each in LANGUAGES:
                return each
        return "en"

    def shipped(self, language: str, shown: str) -> list[Template]:
        """The templates that come with GigDesk, for somebody of this name."""
        return [
            _whole(each, language, shown, self.profile.get().name) for each in _table().values()
        ]

    def filled(self, template: Template, email: str, shown: str) -> Template:
        """With every field whose record is known; the others stay, to be seen."""
        values = self._values(email, shown)

        def put(found: re.Match[str]) -> str:
            return values.get(found[1]) or found[0]

        return Template(
            template.name, _FIELD.sub(put, template.subject), _FIELD.sub(put, template.body),
            template.own,
        )  # fmt: skip

    def _values(self, email: str, shown: str) -> dict[str, str]:
        client, profile = self._client(email), self.profile.get()
        today = self.now().astimezone(self.settings.zone()).date()
        language = self.language_for(email)
        where = locale_of(language, client.country if client else "")
        values = {
            "first": first_name(shown or (client.name if client else "")),
            "name": client.name if client else shown,
            "me": profile.name,
            "trade": profile.trade,
            "today": date_text(today, where),
        }
        invoice = self._invoice(client)
        if invoice is not None:
            values |= {
                "number": invoice.number or "",
                "amount": money_text(invoice.gross, invoice.currency, where),
                "due": date_text(invoice.due_date, where) if invoice.due_date else "",
            }
        return values

    def _client(self, email: str) -> Client | None:
        wanted = email.strip().casefold()
        found = (each for each in self.clients.all() if each.email.casefold() == wanted)
        return next(found, None) if wanted else None

    def _invoice(self, client: Client | None) -> Invoice | None:
        """The newest one with a number: what a mail about an invoice speaks of."""
        if client is None:
            return None
        issued = [
            each
            for each in self.invoices.of_client(client.id)
            if each.number and each.kind is Kind.INVOICE
        ]
        return max(issued, key=lambda each: (each.issued_at or each.created, each.id), default=None)


def open_fields(text: str) -> list[str]:
    """Fields nobody filled in."""
    return [found[0] for found in _FIELD.finditer(text)]


def _whole(each: Mapping[str, Any], language: str, shown: str, me: str) -> Template:
    words, phrases = each.get(language) or each["en"], phrases_of(language)
    name = first_name(shown)
    greeting = (
        phrases.greeting["named"].replace("{name}", name) if name else phrases.greeting["nobody"]
    )
    closing = "\n".join(filter(None, (phrases.closing["plain"], me)))
    return Template(
        t(each["name"]), words["subject"], f"{greeting}\n\n{words['body']}\n\n{closing}"
    )


@cache
def _table() -> dict[str, Any]:
    import tomllib

    return tomllib.loads((resources() / "templates.toml").read_text("utf-8"))
