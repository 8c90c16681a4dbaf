"""The words of mails by their beginnings, also those that were indexed before there was a list of them."""

from __future__ import annotations

from gigdesk.domain.topics import Topic
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.inbox.vocabulary import Vocabulary, learn
from gigdesk.store.migrations import mail_terms

MAILS = (
    (
        "Logo colours",
        "Ada ada@logic.example",
        "me@me.example",
        "the logo is late",
        "a.pdf",
        "xxevery",
    ),
    ("Rechnung", "Jörg joerg@x.example", "me@me.example", "Löwe logo", "", "xxevery"),
)


def test_words_are_found_by_their_beginning_the_commonest_first(db: DeskDb) -> None:
    with db.change(Topic.INBOX) as desk:
        for number, mail in enumerate(MAILS, 1):
            learn(desk.conn.execute, number, [mail])
    words = Vocabulary(db)
    assert words.beginning_with("lo", "", 9) == (["logo", "logic", "lowe"], True)
    assert words.beginning_with("lo", "", 1) == (["logo"], False)
    assert words.beginning_with("lo", "sender", 9) == (["logic"], True)
    assert words.beginning_with("lo", "subject", 9) == (["logo"], True)
    assert words.beginning_with("xx", "", 9) == ([], True)


def test_what_was_indexed_before_is_learnt(db: DeskDb) -> None:
    with db.change(Topic.INBOX) as desk:
        desk.conn.execute("DROP TABLE mail_vocabulary")
        desk.conn.execute("DROP TABLE mail_terms")
        desk.conn.executemany("INSERT INTO mail_words (subject, sender, recipients, body, files, marks)"
                              " VALUES (?, ?, ?, ?, ?, ?)", MAILS)  # fmt: skip
        mail_terms.apply(desk)
    words = Vocabulary(db)
    assert words.beginning_with("lo", "", 9) == (["logo", "logic", "lowe"], True)
    assert words.beginning_with("lo", "sender", 9) == (["logic"], True)
    assert words.beginning_with("pd", "", 9) == (["pdf"], True)
    assert words.beginning_with("xx", "", 9) == ([], True)
