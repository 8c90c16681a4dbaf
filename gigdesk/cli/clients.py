"""`gigdesk client`: the clients."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "client", t("Clients")).add_subparsers()
    command(own, "list", t("Every client"), _list)
    showing = command(own, "show", t("One client"), _show)
    showing.add_argument("name")
    importing = command(own, "import", t("Clients from CSV or vCard"), _import)
    importing.add_argument("file", type=Path)


def _list(office: Office, _args: argparse.Namespace) -> Answer:
    found = office.clients.all()
    rows = [(str(c.id), c.name, c.email, c.country) for c in found]
    return Answer([client_json(client) for client in found], table(rows, t("No clients yet.")))


def _show(office: Office, args: argparse.Namespace) -> Answer:
    client = office.clients.named(args.name)
    data = client_json(client)
    return Answer(data, "\n".join(f"{name}: {value}" for name, value in data.items()))


def _import(office: Office, args: argparse.Namespace) -> Answer:
    done = office.clients.import_file(args.file.expanduser())
    brought = done.value
    aside = [t("Row {row}: {reason}", row=row, reason=reason) for row, reason in brought.rejected]
    if brought.known:
        count = len(brought.known)
        aside.insert(0, n("{n} was known already.", "{n} were known already.", count))
    found = [client_json(client) for client in (*brought.imported, *brought.known)]
    return Answer(found, done.words, "\n".join(aside))


def client_json(client: Client) -> dict[str, Any]:
    """A client as interchange wants it."""
    return {
        "id": client.id,
        "name": client.name,
        "email": client.email or None,
        "country": client.country or None,
        "language": client.language or None,
        "zone": client.zone or None,
        "currency": client.currency or None,
        "terms_days": client.terms_days,
        "vat_id": client.vat_id or None,
        "address": list(client.address),
        "postcode": client.postcode or None,
        "city": client.city or None,
        "buyer_reference": client.buyer_reference or None,
    }
