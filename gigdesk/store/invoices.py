"""Invoices and payments as rows; amounts in minor units."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from gigdesk.domain.clients import Client, ClientId
from gigdesk.domain.errors import NotFound, Refused
from gigdesk.domain.invoices.numbers import SeriesEnd
from gigdesk.domain.invoices.reading import content_json, read_content
from gigdesk.domain.invoices.reckoning import reckon
from gigdesk.domain.invoices.records import (
    Buyer,
    Content,
    Invoice,
    InvoiceId,
    Kind,
    Paper,
    Payment,
    PaymentId,
    Seller,
    Totals,
)
from gigdesk.domain.money import from_minor, to_minor
from gigdesk.domain.profile import Bank
from gigdesk.domain.texts import is_id
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb, updated

# What a list may show, as conditions; `paid` and `open` speak of issued ones.
_OPEN = "number IS NOT NULL AND paid < due"
# Late and due first by their day, then drafts, then what is paid, newest first: an index has it so.
_RANK = "CASE WHEN number IS NULL THEN 1 WHEN paid < due THEN 0 ELSE 2 END"
_ORDER = f"{_RANK}, CASE WHEN {_OPEN} THEN due_date END, issue_date DESC, id DESC"
FILTERS = {"all": "1 = 1", "open": f"{_RANK} = 0", "draft": f"{_RANK} = 1", "paid": f"{_RANK} = 2"}


@dataclass(frozen=True, slots=True)
class Issue:
    """Everything that makes a draft an issued document."""

    paper: Paper
    series: str
    counter: int
    pdf: str
    xml: str
    pdf_sha256: str
    xml_sha256: str
    warnings: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Files:
    """The kept documents of an issued invoice: ids of blobs and their hashes."""

    pdf: str | None
    xml: str | None
    pdf_sha256: str | None
    xml_sha256: str | None
    warnings: tuple[str, ...]


class InvoiceStore:
    """Rows in, invoices out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def page(self, which: str, offset: int, limit: int) -> list[Invoice]:
        """Invoices of one filter, in the order of the table."""
        rows = self._db.read().query(
            "SELECT * FROM invoices WHERE id IN (SELECT id FROM invoices"
            f" WHERE {FILTERS[which]} ORDER BY {_ORDER} LIMIT ? OFFSET ?) ORDER BY {_ORDER}",
            [limit, offset],
        )
        return [_invoice(row) for row in rows]

    def place(self, invoice_id: int, which: str) -> int:
        """How many of one filter stand before it in the table; -1 when it is not among them."""
        row = self._db.read().conn.execute(
            f"SELECT place FROM (SELECT id, row_number() OVER (ORDER BY {_ORDER}) - 1 AS place"
            f" FROM invoices WHERE {FILTERS[which]}) WHERE id = ?",
            (invoice_id,),
        ).fetchone()  # fmt: skip
        return int(row[0]) if row else -1

    def search(self, words: str, limit: int) -> list[Invoice]:
        """Those whose number or client has these words in it, in the order of the table."""
        rows = self._db.read().query(
            "SELECT * FROM invoices WHERE instr(lower(ifnull(number, '') || ' ' || client), ?) > 0"
            f" ORDER BY {_ORDER} LIMIT ?",
            [words.lower(), limit],
        )
        return [_invoice(row) for row in rows]

    def count(self, which: str) -> int:
        """How many there are of one filter."""
        conn = self._db.read().conn
        sql = f"SELECT count(*) FROM invoices WHERE {FILTERS[which]}"
        return int(conn.execute(sql).fetchone()[0])

    def get(self, invoice_id: int) -> Invoice:
        """One invoice. Raises NotFound."""
        return _invoice(self._row(invoice_id))

    def id_of(self, reference: str) -> InvoiceId:
        """By number, or by id. Raises NotFound."""
        conn = self._db.read().conn
        row = conn.execute("SELECT id FROM invoices WHERE number = ?", (reference,)).fetchone()
        if row is None and is_id(reference):
            row = conn.execute("SELECT id FROM invoices WHERE id = ?", (int(reference),)).fetchone()
        if row is None:
            raise NotFound(
                t("There is no invoice {number}", number=reference),
                t("See the list: gigdesk invoice list."),
            )
        return InvoiceId(row[0])

    def content(self, invoice_id: int) -> Content:
        """What the person wrote."""
        return read_content(json.loads(self._row(invoice_id)["content"]))

    def paper(self, invoice_id: int) -> Paper:
        """The issued document as it was issued, by its own snapshot of both parties."""
        row = self._row(invoice_id)
        content = read_content(json.loads(row["content"]))
        return Paper(
            number=row["number"],
            issue_date=date.fromisoformat(row["issue_date"]),
            due_date=date.fromisoformat(row["due_date"]),
            seller=_seller(json.loads(row["seller"])),
            buyer=_buyer(json.loads(row["buyer"])),
            content=content,
            totals=reckon(content),
            language=row["language"],
        )

    def files(self, invoice_id: int) -> Files:
        """The kept documents."""
        row = self._row(invoice_id)
        return Files(
            row["pdf"],
            row["xml"],
            row["pdf_sha256"],
            row["xml_sha256"],
            tuple(json.loads(row["warnings"])),
        )

    def has_number(self, number: str) -> bool:
        """Whether a document has this number."""
        conn = self._db.read().conn
        found = conn.execute("SELECT 1 FROM invoices WHERE number = ?", (number,)).fetchone()
        return found is not None

    def numbers(self) -> list[str]:
        """Every number that was given."""
        rows = self._db.read().conn.execute("SELECT number FROM invoices WHERE number IS NOT NULL")
        return [str(row[0]) for row in rows]

    def of_client(self, client_id: int) -> list[Invoice]:
        """A client's invoices, newest first."""
        rows = self._db.read().query(
            "SELECT * FROM invoices WHERE client_id = ? ORDER BY id DESC", [client_id]
        )
        return [_invoice(row) for row in rows]

    def open_ones(self) -> list[Invoice]:
        """Issued and not settled, the longest due first."""
        rows = self._db.read().query(f"SELECT * FROM invoices WHERE {_OPEN} ORDER BY due_date, id")
        return [_invoice(row) for row in rows]

    def paid_between(self, first: date, past: date) -> list[tuple[str, Decimal]]:
        """What came in from the first day to before the second, by currency."""
        rows = self._db.read().conn.execute(
            "SELECT i.currency, sum(p.amount) FROM payments p JOIN invoices i ON i.id = p.invoice_id"
            " WHERE p.paid_on >= ? AND p.paid_on < ? GROUP BY i.currency ORDER BY 2 DESC",
            (first.isoformat(), past.isoformat()),
        )
        return [(str(row[0]), from_minor(row[1], row[0])) for row in rows]

    def payments(self, invoice_id: int) -> list[Payment]:
        """An invoice's payments in their order."""
        currency = self._row(invoice_id)["currency"]
        rows = self._db.read().query(
            "SELECT * FROM payments WHERE invoice_id = ? ORDER BY paid_on, id", [invoice_id]
        )
        return [
            Payment(
                PaymentId(row["id"]),
                InvoiceId(row["invoice_id"]),
                from_minor(row["amount"], currency),
                date.fromisoformat(row["paid_on"]),
            )
            for row in rows
        ]

    def add(self, content: Content, client: Client, now: datetime) -> InvoiceId:
        """Keep a new draft."""
        values = {
            "kind": str(content.kind),
            "client_id": client.id,
            "client": client.name,
            "created": _instant(now),
            **_content_values(content, reckon(content)),
        }
        with self._db.change(Topic.INVOICES) as db:
            done = db.conn.execute(
                f"INSERT INTO invoices ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
            return InvoiceId(int(done.lastrowid or 0))

    def rewrite(self, invoice: Invoice, content: Content, client: Client) -> None:
        """Replace a draft's content. Raises Stale when it changed meanwhile."""
        values = {"client_id": client.id, "client": client.name}
        values |= _content_values(content, reckon(content))
        with self._db.change(Topic.INVOICES) as db:
            updated(db, "invoices", invoice.id, invoice.version, values)

    def discard(self, invoice: Invoice) -> None:
        """Throw a draft away. The database refuses it for what is issued."""
        with self._db.change(Topic.INVOICES) as db:
            db.conn.execute("DELETE FROM invoices WHERE id = ?", (invoice.id,))

    def series_end(self, series: str) -> SeriesEnd:
        """The last number given in a series."""
        row = self._db.read().conn.execute(
            "SELECT counter, issue_date FROM invoices WHERE series = ?"
            " ORDER BY counter DESC LIMIT 1",
            (series,),
        ).fetchone()  # fmt: skip
        return SeriesEnd(int(row[0]), date.fromisoformat(row[1])) if row else SeriesEnd()

    def issue(self, invoice: Invoice, done: Issue) -> None:
        """Make a draft a document. Raises Stale when the draft changed meanwhile."""
        paper = done.paper
        values = {
            **_content_values(paper.content, paper.totals),
            "number": paper.number,
            "series": done.series,
            "counter": done.counter,
            "issue_date": paper.issue_date.isoformat(),
            "due_date": paper.due_date.isoformat(),
            "client": paper.buyer.name,
            "seller": json.dumps(asdict(paper.seller), ensure_ascii=False),
            "buyer": json.dumps(asdict(paper.buyer), ensure_ascii=False),
            "language": paper.language,
            "pdf": done.pdf,
            "xml": done.xml,
            "pdf_sha256": done.pdf_sha256,
            "xml_sha256": done.xml_sha256,
            "warnings": json.dumps(done.warnings, ensure_ascii=False),
            "issued_at": _instant(done.at),
        }
        if paper.totals.due == 0:
            values["settled_on"] = paper.issue_date.isoformat()
        with self._db.change(Topic.INVOICES) as db:
            updated(db, "invoices", invoice.id, invoice.version, values)

    def pay(self, invoice: Invoice, amount: Decimal, day: date) -> PaymentId:
        """Write a payment down. Raises Stale when the invoice changed meanwhile."""
        minor = to_minor(amount, invoice.currency)
        settled = day.isoformat() if amount >= invoice.open else None
        paid = to_minor(invoice.paid + amount, invoice.currency)
        with self._db.change(Topic.INVOICES) as db:
            updated(
                db, "invoices", invoice.id, invoice.version, {"paid": paid, "settled_on": settled}
            )
            done = db.conn.execute(
                "INSERT INTO payments (invoice_id, amount, paid_on) VALUES (?, ?, ?)",
                (invoice.id, minor, day.isoformat()),
            )
            return PaymentId(int(done.lastrowid or 0))

    def unpay(self, payment_id: int) -> InvoiceId:
        """Take a payment back. Raises NotFound."""
        with self._db.change(Topic.INVOICES) as db:
            row = db.conn.execute(
                "DELETE FROM payments WHERE id = ? RETURNING invoice_id, amount", (payment_id,)
            ).fetchone()
            if row is None:
                raise NotFound(t("This payment is gone already"))
            db.conn.execute(
                "UPDATE invoices SET settled_on = CASE WHEN paid - ? >= due THEN settled_on END,"
                " paid = paid - ?, version = version + 1 WHERE id = ?",
                (row[1], row[1], row[0]),
            )
        return InvoiceId(row[0])

    def _row(self, invoice_id: int) -> dict[str, Any]:
        rows = self._db.read().query("SELECT * FROM invoices WHERE id = ?", [invoice_id])
        row = next(iter(rows), None)
        if row is None:
            raise NotFound(t("There is no invoice {number}", number=invoice_id))
        return row


def _content_values(content: Content, totals: Totals) -> dict[str, Any]:
    currency = content.currency
    values: dict[str, Any] = {
        "content": json.dumps(content_json(content), ensure_ascii=False),
        "currency": currency,
        "issue_date": content.issue_date.isoformat() if content.issue_date else None,
        "due_date": content.due_date.isoformat() if content.due_date else None,
    }
    try:
        for name in ("net", "tax", "gross", "due"):
            values[name] = to_minor(getattr(totals, name), currency)
    except OverflowError:
        raise Refused(t("The amounts are too large"), t("Nothing was kept.")) from None
    return values


def _invoice(row: dict[str, Any]) -> Invoice:
    currency = row["currency"]

    def day(name: str) -> date | None:
        return date.fromisoformat(row[name]) if row[name] else None

    return Invoice(
        id=InvoiceId(row["id"]),
        kind=Kind(row["kind"]),
        number=row["number"],
        client_id=ClientId(row["client_id"]),
        client=row["client"],
        currency=currency,
        issue_date=day("issue_date"),
        due_date=day("due_date"),
        net=from_minor(row["net"], currency),
        tax=from_minor(row["tax"], currency),
        gross=from_minor(row["gross"], currency),
        due=from_minor(row["due"], currency),
        paid=from_minor(row["paid"], currency),
        settled_on=day("settled_on"),
        created=datetime.fromisoformat(row["created"]),
        issued_at=datetime.fromisoformat(row["issued_at"]) if row["issued_at"] else None,
        version=row["version"],
    )


def _seller(data: dict[str, Any]) -> Seller:
    bank = Bank(**data["bank"]) if data["bank"] else None
    return Seller(**{**data, "bank": bank, "address": tuple(data["address"])})


def _buyer(data: dict[str, Any]) -> Buyer:
    return Buyer(**{**data, "address": tuple(data["address"])})


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
