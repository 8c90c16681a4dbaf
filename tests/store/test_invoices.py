"""Rows of invoices: amounts in minor units, and the database's own lock on what is issued."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Stale
from gigdesk.domain.invoices.reading import read_content
from gigdesk.domain.invoices.records import Invoice
from gigdesk.domain.topics import Topic
from gigdesk.store.clients import ClientStore
from gigdesk.store.invoices import InvoiceStore, Issue
from tests.bills import CLIENT, TODAY, bill, line, paper
from tests.conftest import NOW

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.store.desk_db import DeskDb

LOCKED = (
    "kind", "number", "series", "counter", "client", "content", "currency", "issue_date", "due_date",
    "net", "tax", "gross", "due", "seller", "buyer", "language", "pdf", "xml", "pdf_sha256",
    "xml_sha256", "issued_at",
)  # fmt: skip


@pytest.fixture
def client(db: DeskDb) -> Client:
    """A kept client."""
    from gigdesk.services.clients import client_of

    return ClientStore(db).add(client_of(CLIENT))


@pytest.fixture
def store(db: DeskDb) -> InvoiceStore:
    """The store of invoices."""
    return InvoiceStore(db)


def issue(store: InvoiceStore, client: Client, counter: int = 1) -> Invoice:
    draft = store.get(store.add(read_content(bill()), client, NOW))
    done = Issue(
        paper(f"2026-{counter:03}"), "2026-{n}", counter, "p" * 64, "x" * 64, "a", "b", (), NOW
    )
    store.issue(draft, done)
    return store.get(draft.id)


def test_what_is_kept_comes_back(store: InvoiceStore, client: Client) -> None:
    content = read_content(bill(currency="JPY", lines=[line(price="950")], note="Danke"))
    kept = store.add(content, client, NOW)
    assert store.content(kept) == content
    assert store.get(kept).gross == Decimal(9044)


def test_amounts_lie_in_minor_units(db: DeskDb, store: InvoiceStore, client: Client) -> None:
    store.add(read_content(bill()), client, NOW)
    row = db.read().conn.execute("SELECT net, tax, gross, due, paid FROM invoices").fetchone()
    assert row == (76000, 14440, 90440, 90440, 0)


def test_an_issued_document_comes_back_as_it_was_printed(
    store: InvoiceStore, client: Client
) -> None:
    done = issue(store, client)
    assert store.paper(done.id) == paper("2026-001")


@pytest.mark.parametrize("column", LOCKED)
def test_the_database_refuses_to_change_what_is_issued(
    db: DeskDb, store: InvoiceStore, client: Client, column: str
) -> None:
    done = issue(store, client)
    with (
        pytest.raises(Exception, match="issued invoice cannot be changed"),
        db.change(Topic.INVOICES) as changing,
    ):
        changing.conn.execute(f"UPDATE invoices SET {column} = NULL WHERE id = ?", (done.id,))
    assert store.get(done.id) == done


def test_the_database_refuses_to_delete_what_is_issued(
    db: DeskDb, store: InvoiceStore, client: Client
) -> None:
    done = issue(store, client)
    with pytest.raises(Exception, match="issued invoice cannot be deleted"):
        store.discard(done)
    assert store.get(done.id) == done


def test_a_client_with_invoices_cannot_be_deleted(
    db: DeskDb, store: InvoiceStore, client: Client
) -> None:
    issue(store, client)
    with pytest.raises(Exception, match="FOREIGN KEY"), db.change(Topic.CLIENTS) as changing:
        changing.conn.execute("DELETE FROM clients WHERE id = ?", (client.id,))


def test_no_number_and_no_place_in_a_series_is_given_twice(
    store: InvoiceStore, client: Client
) -> None:
    issue(store, client)
    with pytest.raises(Exception, match="UNIQUE"):
        issue(store, client)
    assert store.numbers() == ["2026-001"]
    assert store.series_end("2026-{n}").counter == 1
    assert store.series_end("2026-{n}").day == TODAY
    assert store.series_end("2027-{n}").counter == 0


def test_an_older_state_changes_nothing(store: InvoiceStore, client: Client) -> None:
    done = issue(store, client)
    store.pay(done, Decimal("100.00"), TODAY)
    with pytest.raises(Stale):
        store.pay(done, Decimal("100.00"), TODAY)
    assert store.get(done.id).paid == 100
    assert len(store.payments(done.id)) == 1


def test_a_payment_of_nothing_is_refused_by_the_database(
    db: DeskDb, store: InvoiceStore, client: Client
) -> None:
    done = issue(store, client)
    with pytest.raises(Exception, match="CHECK"):
        store.pay(done, Decimal(0), TODAY)
    assert store.get(done.id).paid == 0
