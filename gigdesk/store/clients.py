"""Clients as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from gigdesk.domain.clients import Client, ClientId
from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.newcomers import Guess
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb, updated


class ClientStore:
    """Rows in, clients out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def all(self) -> list[Client]:
        """Every client by name."""
        return self._found("1 = 1 ORDER BY lower(name), id")

    def get(self, client_id: int) -> Client:
        """One client. Raises NotFound."""
        found = self._found("id = ?", client_id)
        if not found:
            raise NotFound(t("There is no client {id}", id=client_id))
        return found[0]

    def by_email(self, email: str) -> Client | None:
        """The client of this address."""
        return next(iter(self._found("lower(email) = ? AND email != ''", email.lower())), None)

    def by_vat_id(self, vat_id: str) -> Client | None:
        """The client of this VAT id."""
        return next(iter(self._found("vat_id = ? AND vat_id != ''", vat_id)), None)

    def by_name(self, name: str) -> Client | None:
        """The client of this name, capitals aside."""
        wanted = name.strip().casefold()
        if wanted.isascii():
            return next(iter(self._found("lower(name) = ? ORDER BY id", wanted)), None)
        # SQLite lowers only ASCII.
        return next((each for each in self.all() if each.name.casefold() == wanted), None)

    def add(self, client: Client) -> Client:
        """Add one."""
        values = _row(client)
        with self._db.change(Topic.CLIENTS) as db:
            done = db.conn.execute(
                f"INSERT INTO clients ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
            return replace(client, id=ClientId(int(done.lastrowid or 0)), version=1)

    def save(self, client: Client) -> Client:
        """Change one. Raises Stale when it changed meanwhile."""
        with self._db.change(Topic.CLIENTS) as db:
            version = updated(db, "clients", client.id, client.version, _row(client))
        return replace(client, version=version)

    def remove(self, client: Client) -> None:
        """Take out one that nothing hangs on yet. Raises Stale when it changed, or was used."""
        with self._db.change(Topic.CLIENTS) as db:
            done = db.conn.execute(
                "DELETE FROM clients WHERE id = ? AND version = ?"
                " AND NOT EXISTS (SELECT 1 FROM invoices WHERE client_id = clients.id)",
                (client.id, client.version),
            )
            if done.rowcount != 1:
                raise Stale(t("Something newer happened to {name}", name=client.name),
                            t("Nothing was taken back."))  # fmt: skip

    # --- what is only guessed -------------------------------------------------------------------
    def guesses(self, client_id: int) -> tuple[Guess, ...]:
        """What was guessed of a client and not confirmed, as far as it still stands there."""
        rows = self._db.read().conn.execute(
            "SELECT field, value, reason FROM client_guesses WHERE client_id = ? ORDER BY rowid",
            (client_id,),
        )
        client = self.get(client_id)
        found = (Guess(*row) for row in rows)
        return tuple(each for each in found if getattr(client, each.field, "") == each.value)

    def put_guesses(self, client_id: int, guesses: Iterable[Guess]) -> None:
        """These alone are guessed of a client now."""
        with self._db.change(Topic.CLIENTS) as db:
            db.conn.execute("DELETE FROM client_guesses WHERE client_id = ?", (client_id,))
            db.conn.executemany(
                "INSERT INTO client_guesses (client_id, field, value, reason) VALUES (?, ?, ?, ?)",
                [(client_id, each.field, each.value, each.reason) for each in guesses],
            )

    def _found(self, where: str, *values: object) -> list[Client]:
        rows = self._db.read().query(f"SELECT * FROM clients WHERE {where}", list(values))
        return [_client(row) for row in rows]


def _row(client: Client) -> dict[str, Any]:
    row = asdict(client)
    del row["id"], row["version"]
    row["address"] = json.dumps(client.address, ensure_ascii=False)
    return row


def _client(row: dict[str, Any]) -> Client:
    return Client(**{**row, "address": tuple(json.loads(row["address"]))})
