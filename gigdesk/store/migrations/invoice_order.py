"""The order of the table of invoices as an index: a page far down is there at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def apply(db: Database) -> None:
    """Make the index; its expressions are those the store sorts by."""
    db.conn.execute(
        "CREATE INDEX invoices_table ON invoices ("
        "CASE WHEN number IS NULL THEN 1 WHEN paid < due THEN 0 ELSE 2 END,"
        " CASE WHEN number IS NOT NULL AND paid < due THEN due_date END,"
        " issue_date DESC, id DESC)"
    )
