"""Bills that are kept, as rows."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from gigdesk.domain.errors import NotFound
from gigdesk.domain.expenses.records import Expense, number_key, supplier_key
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.desk_db import DeskDb


class ExpenseStore:
    """Rows in, expenses out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def add(self, expense: Expense, now: datetime) -> Expense:
        """Keep one. The caller looked for doubles in the same transaction."""
        values = _row(expense, now)
        with self._db.change(Topic.INVOICES) as db:
            done = db.conn.execute(
                f"INSERT INTO expenses ({', '.join(values)})"
                f" VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )
            return self.get(int(done.lastrowid or 0))

    def get(self, expense_id: int) -> Expense:
        """One. Raises NotFound."""
        found = self._found("WHERE id = ?", expense_id)
        if not found:
            raise NotFound(t("There is no bill {id}", id=expense_id))
        return found[0]

    def remove(self, expense_id: int) -> None:
        """Take one out."""
        with self._db.change(Topic.INVOICES) as db:
            db.conn.execute("DELETE FROM expenses WHERE id = ?", (expense_id,))

    def all(self, count: int = 1000) -> list[Expense]:
        """The newest first, by the day they were written."""
        return self._found("ORDER BY coalesce(issued, kept_at) DESC, id DESC LIMIT ?", count)

    def by_number(self, supplier: str, number: str) -> Expense | None:
        """The bill of this number of this supplier."""
        key = supplier_key(supplier), number_key(number)
        return next(iter(self._found("WHERE supplier_key = ? AND number_key = ?", *key)), None)

    def of_supplier(self, supplier: str, vat_id: str) -> list[Expense]:
        """What is known of a supplier, by their name or VAT id, newest first."""
        return self._found(
            "WHERE supplier_key = ? OR (vat_id = ? AND vat_id <> '') ORDER BY id DESC LIMIT 50",
            supplier_key(supplier),
            vat_id,
        )

    def _found(self, rest: str, *values: object) -> list[Expense]:
        rows = self._db.read().query(f"SELECT * FROM expenses {rest}", list(values))
        return [_expense(row) for row in rows]


def _row(expense: Expense, now: datetime) -> dict[str, Any]:
    return {
        "supplier": expense.supplier,
        "supplier_key": supplier_key(expense.supplier),
        "number": expense.number,
        "number_key": number_key(expense.number),
        "credit": int(expense.credit),
        "issued": expense.issued.isoformat() if expense.issued else None,
        "due": expense.due.isoformat() if expense.due else None,
        "currency": expense.currency,
        "net": _text(expense.net),
        "tax": _text(expense.tax),
        "gross": f"{expense.gross:f}",
        "iban": expense.iban,
        "vat_id": expense.vat_id,
        "sources": json.dumps(dict(expense.sources), ensure_ascii=False),
        "file_name": expense.file_name,
        "file_blob": expense.file_blob,
        "mail_id": expense.mail,
        "kept_at": now.astimezone(UTC).isoformat(),
    }


def _expense(row: dict[str, Any]) -> Expense:
    return Expense(
        supplier=row["supplier"],
        number=row["number"],
        currency=row["currency"],
        gross=Decimal(row["gross"]),
        net=_amount(row["net"]),
        tax=_amount(row["tax"]),
        issued=_day(row["issued"]),
        due=_day(row["due"]),
        iban=row["iban"],
        vat_id=row["vat_id"],
        credit=bool(row["credit"]),
        sources=json.loads(row["sources"]),
        file_name=row["file_name"],
        file_blob=row["file_blob"],
        mail=row["mail_id"],
        kept_at=datetime.fromisoformat(row["kept_at"]),
        id=row["id"],
    )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
