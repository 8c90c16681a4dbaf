"""Which rows name blobs: for the sweep of orphans and for the doctor."""

from __future__ import annotations

from gigdesk.store.desk_db import DeskDb

# Every column that holds a blob's id. A feature that keeps blobs adds its line.
BLOB_COLUMNS: tuple[tuple[str, str], ...] = (
    ("messages", "raw_blob"),
    ("invoices", "pdf"),
    ("invoices", "xml"),
    ("outbox", "raw_blob"),
    ("expenses", "file_blob"),
    ("outbox, json_each(outbox.payload, '$.files')", "json_extract(value, '$.blob')"),
    ("proposals, json_each(proposals.payload, '$.files')", "json_extract(value, '$.blob')"),
    ("unsent, json_each(unsent.files)", "json_extract(value, '$.blob')"),
)


def live_blobs(db: DeskDb) -> set[str]:
    """The ids of all blobs that a row names."""
    conn = db.read().conn
    return {
        str(row[0])
        for table, column in BLOB_COLUMNS
        for row in conn.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        if row[0]
    }
