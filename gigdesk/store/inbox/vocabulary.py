"""Which words there are: a word still being typed is looked for as the words that it may become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

# The columns of the word index, and where the words of each are found.
_PLACES = {"sender": "people", "recipients": "people", "subject": "subject"}
_LAST = "\U0010ffff"
# A letter or two begin more words than are worth counting while the next is on its way.
_LOOKED_AT = 3000


class Vocabulary:
    """The words of all mails, by their beginnings. What was once a word stays one."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def beginning_with(self, letters: str, column: str, most: int) -> tuple[list[str], bool]:
        """The words that begin so, those of most mails first, and whether these are all. `column` is
        one of the word index, or nothing for any."""
        place = _PLACES.get(column, "")
        rows = self._db.read().conn.execute(
            "SELECT term, col, doc FROM mail_vocabulary WHERE term >= ? AND term <= ? LIMIT ?",
            (letters, letters + _LAST, _LOOKED_AT),
        ).fetchall()  # fmt: skip
        mails: Counter[str] = Counter()
        for term, where, count in rows:
            if not place or where == place:
                mails[term] += count
        found = sorted(mails, key=lambda term: (-mails[term], term))
        return found[:most], len(found) <= most and len(rows) < _LOOKED_AT


def terms_of(mails: Iterable[Sequence[str]]) -> tuple[str, str, str]:
    """The words of rows of the word index (subject, sender, recipients, body, files, marks), each once: the
    people's, the subjects', and all."""
    people: set[str] = set()
    subjects: set[str] = set()
    words: set[str] = set()
    for subject, sender, recipients, body, files, _marks in mails:
        people.update(sender.split(), recipients.split())
        subjects.update(subject.split())
        words.update(body.split(), files.split())
    return " ".join(people), " ".join(subjects), " ".join(words)


def learn(run: Any, number: int, mails: Iterable[Sequence[str]]) -> None:
    """Keep the words of a batch, within the caller's transaction; `number` is its first mail."""
    run(
        "INSERT INTO mail_terms (rowid, people, subject, words) VALUES (?, ?, ?, ?)",
        (number, *terms_of(mails)),
    )
