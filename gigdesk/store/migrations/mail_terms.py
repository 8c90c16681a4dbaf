"""The words that mails use, each once a batch: so that the beginning of a word is looked up in a short
list, and not in every place where all words that begin so occur."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    """CREATE VIRTUAL TABLE mail_terms USING fts5 (
        people, subject, words,
        content='', detail=column, columnsize=0,
        tokenize="unicode61 remove_diacritics 2"
    )""",
    "CREATE VIRTUAL TABLE mail_vocabulary USING fts5vocab(mail_terms, 'col')",
)
_COLUMNS = {"sender": 0, "recipients": 0, "subject": 1, "body": 2, "files": 2}
_AT_ONCE = 20_000


def apply(db: Database) -> None:
    """Make the tables, and fill them from what is indexed already."""
    for statement in TABLES:
        db.conn.execute(statement)
    # The keeping of mails joins the pieces of their index evenly; see store/inbox/keeping.
    db.conn.execute("INSERT INTO mail_words (mail_words, rank) VALUES ('automerge', 0)")
    db.conn.execute("CREATE VIRTUAL TABLE mail_words_terms USING fts5vocab(mail_words, 'col')")
    found = db.conn.execute("SELECT col, term FROM mail_words_terms WHERE col != 'marks'")
    number = 0
    while rows := found.fetchmany(_AT_ONCE):
        columns: tuple[list[str], ...] = ([], [], [])
        for column, term in rows:
            columns[_COLUMNS[column]].append(term)
        number -= 1  # mails count from one upwards
        db.conn.execute(
            "INSERT INTO mail_terms (rowid, people, subject, words) VALUES (?, ?, ?, ?)",
            (number, *map(" ".join, columns)),
        )
    db.conn.execute("DROP TABLE mail_words_terms")
