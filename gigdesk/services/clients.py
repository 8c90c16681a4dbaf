"""Clients: finding, making, changing, importing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.domain.civil import known_zones
from gigdesk.domain.clients import Client, ClientId
from gigdesk.domain.errors import NotFound, Refused
from gigdesk.domain.invoices.codes import COUNTRIES, CURRENCIES
from gigdesk.domain.invoices.papers import compact, vat_id_fits
from gigdesk.domain.texts import is_id, one_line
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.store.clients import ClientStore
    from gigdesk.store.desk_db import DeskDb

TEXTS = (
    "name", "email", "country", "language", "zone", "currency", "vat_id", "postcode", "city",
    "buyer_reference", "contact", "phone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClientImport:
    """What a file of clients brought: new ones, those known already, rows with their reason."""

    imported: tuple[Client, ...]
    known: tuple[Client, ...]
    rejected: tuple[tuple[int, str], ...]


class ClientService:
    """What the person can do with clients."""

    def __init__(
        self,
        db: DeskDb,
        store: ClientStore,
        read_file: Callable[[Path], list[tuple[int, dict[str, str]]]],
    ) -> None:
        self._db, self._store, self._read_file = db, store, read_file

    def all(self) -> list[Client]:
        """Every client by name."""
        return self._store.all()

    def get(self, client_id: int) -> Client:
        """One client. Raises NotFound."""
        return self._store.get(client_id)

    def named(self, name: str) -> Client:
        """The client of this name, address or id. Raises NotFound."""
        found = self._store.by_name(name) or self._store.by_email(name)
        if found is None and is_id(name):
            return self._store.get(int(name))
        if found is None:
            raise NotFound(
                t("There is no client “{name}”", name=name), t("See the list: gigdesk client list.")
            )
        return found

    def found_or_made(self, data: Mapping[str, Any]) -> Client:
        """The client these fields describe: known by address, VAT id or name, else made. Fields that
        are not known yet are filled in; what is known stays. Raises Refused for what cannot be."""
        wanted = client_of(data)
        known = self._known(wanted)
        if known is None:
            return self._store.add(wanted)
        fresh = {
            name: getattr(wanted, name)
            for name in (*TEXTS, "address", "terms_days")
            if getattr(wanted, name) not in {"", (), None} and not getattr(known, name)
        }
        return self._store.save(replace(known, **fresh)) if fresh else known

    def update(self, client_id: int, data: Mapping[str, Any]) -> Changed[Client]:
        """Change fields. Issued documents keep what they were issued with."""
        before = self._store.get(client_id)
        merged = {name: getattr(before, name) for name in (*TEXTS, "address", "terms_days")}
        wanted = client_of({**merged, **data})
        saved = self._store.save(replace(wanted, id=before.id, version=before.version))
        words = t("{name} kept", name=saved.name)
        return Changed(saved, Topic.CLIENTS, words, partial(self._back, before, saved.version))

    def import_file(self, path: Path) -> Changed[ClientImport]:
        """Clients from CSV or vCard. One that is known already (by mail, VAT id or name) is not
        doubled, but what was not known of it is filled in; bad rows are named with their reason."""
        imported: dict[int, Client] = {}
        known: dict[int, Client] = {}
        rejected: list[tuple[int, str]] = []
        rows = self._read_file(path)
        with self._db.change(Topic.CLIENTS):
            for at, row in rows:
                fields = {**row, "address": [row["street"]] if row.get("street") else []}
                try:
                    before = self._known(client_of(fields))
                    client = self.found_or_made(fields)
                except Refused as refused:
                    rejected.append((at, refused.title))
                    continue
                if before is None or client.id in imported:
                    imported[client.id] = client
                else:
                    known[client.id] = client
        done = ClientImport(tuple(imported.values()), tuple(known.values()), tuple(rejected))
        words = n("{n} client imported", "{n} clients imported", len(imported))
        return Changed(done, Topic.CLIENTS, words)

    def _known(self, wanted: Client) -> Client | None:
        return (
            (self._store.by_email(wanted.email) if wanted.email else None)
            or (self._store.by_vat_id(wanted.vat_id) if wanted.vat_id else None)
            or self._store.by_name(wanted.name)
        )

    def _back(self, before: Client, version: int) -> Changed[Client]:
        return Changed(self._store.save(replace(before, version=version)), Topic.CLIENTS)


def client_of(data: Mapping[str, Any]) -> Client:
    """A client from plain fields. Raises Refused and names what does not fit."""
    if not isinstance(data, Mapping):
        raise Refused(t("A client is an object with a name"), t("Nothing was made."))
    texts: dict[str, Any] = {name: _text(data.get(name), name) for name in TEXTS}
    texts["name"] = texts["name"] or texts["email"]
    if not texts["name"]:
        raise Refused(t("A client needs a name"), t("Nothing was made."))
    texts["vat_id"] = compact(texts["vat_id"])
    texts["country"] = texts["country"].upper()
    texts["currency"] = texts["currency"].upper()
    texts["language"] = re.split("[-_]", texts["language"])[0].lower()
    _check(texts)
    return Client(
        id=ClientId(0),
        **texts,
        address=_address(data.get("address")),
        terms_days=_terms(data.get("terms_days")),
    )


def _text(value: Any, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > 500:
        raise Refused(
            t("“{field}” of a client is a short text", field=name), t("Nothing was made.")
        )
    return one_line(value)


def _address(value: Any) -> tuple[str, ...]:
    lines = [value] if isinstance(value, str) else value or []
    if not isinstance(lines, list | tuple) or len(lines) > 10:
        raise Refused(t("An address is a list of lines"), t("Ten at most. Nothing was made."))
    return tuple(line for each in lines if (line := _text(each, "address")))


def _terms(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if not re.fullmatch("[0-9]{1,3}", str(value)) or int(value) > 365:
        raise Refused(t("“{value}” are no days to pay", value=value), t("Nothing was made."))
    return int(value)


def _check(texts: dict[str, str]) -> None:
    email, country, zone = texts["email"], texts["country"], texts["zone"]
    if email and ("@" not in email or " " in email):
        raise Refused(t("“{email}” is no mail address", email=email), t("Nothing was made."))
    if country and country not in COUNTRIES:
        raise Refused(
            t("“{country}” is no country code", country=country), t("Two letters, such as DE.")
        )
    if texts["currency"] and texts["currency"] not in CURRENCIES:
        raise Refused(
            t("“{code}” is no currency", code=texts["currency"]),
            t("Use three letters such as EUR."),
        )
    if texts["language"] and not re.fullmatch("[a-z]{2,3}", texts["language"]):
        raise Refused(
            t("“{language}” is no language code", language=texts["language"]),
            t("Two letters, such as de."),
        )
    if zone and zone not in known_zones():
        raise Refused(t("“{zone}” is no time zone", zone=zone), t("Such as Europe/Berlin."))
    if texts["vat_id"] and not vat_id_fits(texts["vat_id"]):
        raise Refused(t("The VAT id {id} is mistyped", id=texts["vat_id"]), t("Nothing was made."))
