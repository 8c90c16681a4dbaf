"""Reading kept mails: lists, threads, single mails, search; and the marks a person sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.inbox.folders import Mark, Role
from gigdesk.domain.inbox.mails import Attachment, Counts, Mail, MailLine, Section, Thread
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.store.inbox.queue import MailQueue
from gigdesk.store.inbox.rows import LINE, STAMP_BITS, line_of, mail_of, thread_of
from gigdesk.store.inbox.vocabulary import Vocabulary

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

_LATEST = (1 << 62) - 1


# Conversations of which a mail lies on the server of an account.
_OF_ACCOUNT = """ AND id IN (SELECT m.thread FROM mail_folders f JOIN mail_places p ON p.folder = f.id
    JOIN messages m ON m.id = p.message WHERE f.account = ? AND p.deleted = 0)"""


# Left to itself SQLite takes the index of all threads, and looks at each for its label.
_BY_LABEL = " INDEXED BY threads_label"


def _only(label: str, account: int) -> tuple[str, list[object]]:
    """What narrows a list of conversations to one label, to one account, to both."""
    words = (" AND label = ?" if label else "") + (_OF_ACCOUNT if account else "")
    return words, [each for each in (label, account) if each]


class MailShelf:
    """Mails as they are read."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db
        self._queue = MailQueue(db)
        self.words = Vocabulary(db).beginning_with

    def counts(self, label: str = "", account: int = 0) -> Counts:
        """How many threads stand in each section: all, or those of one label or one account."""
        named, values = _only(label, account)
        rows = self._db.read().conn.execute(
            f"SELECT section, count(*) FROM threads WHERE put_away = 0{named} GROUP BY section",
            values,
        )
        found = dict(rows.fetchall())
        return Counts(*(found.get(int(section), 0) for section in Section))

    def total(self) -> int:
        """How many mails are kept."""
        row = self._db.read().conn.execute(
            "SELECT (SELECT count(*) FROM messages) - (SELECT count(*) FROM messages WHERE gone = 1)"
        )
        return int(row.fetchone()[0])

    def label_counts(self) -> dict[str, int]:
        """How many threads of each label there are in the list."""
        rows = self._db.read().conn.execute(
            f"SELECT label, count(*) FROM threads{_BY_LABEL} WHERE put_away = 0 GROUP BY label"
        )
        return dict(rows.fetchall())

    def threads(
        self, section: Section, offset: int, limit: int, label: str = "", account: int = 0
    ) -> list[Thread]:
        """Threads of one section, and of one label or account if it is named, the newest first."""
        named, values = _only(label, account)
        rows = self._db.read().query(
            f"SELECT * FROM threads{_BY_LABEL if label else ''}"
            f" WHERE put_away = 0{named} AND section = ?"
            " ORDER BY last DESC LIMIT ? OFFSET ?",
            [*values, int(section), limit, offset],
        )
        return [thread_of(row) for row in rows]

    def place(
        self, thread_id: int, label: str = "", account: int = 0
    ) -> tuple[Section, int] | None:
        """In which section it stands, and how many of it are newer; None when it is in no list."""
        named, values = _only(label, account)
        row = self._db.read().conn.execute(
            f"SELECT section, (SELECT count(*) FROM threads o WHERE o.put_away = 0{named}"
            " AND o.section = t.section AND o.last > t.last)"
            f" FROM threads t WHERE id = ? AND put_away = 0{named}",
            (*values, thread_id, *values),
        ).fetchone()  # fmt: skip
        return None if row is None else (Section(row[0]), int(row[1]))

    def thread(self, thread_id: int) -> Thread:
        """One thread. Raises NotFound."""
        rows = self._db.read().query("SELECT * FROM threads WHERE id = ?", [thread_id])
        row = next(iter(rows), None)
        if row is None:
            raise NotFound(t("There is no such conversation"), t("It may have been joined."))
        return thread_of(row)

    def mails(self, thread_id: int, limit: int) -> list[Mail]:
        """The newest mails of a thread, oldest first."""
        rows = self._db.read().query(
            "SELECT * FROM (SELECT m.*, b.text, b.html, b.details FROM messages m"
            " JOIN mail_bodies b ON b.message = m.id WHERE m.thread = ? AND (m.gone = 0 OR NOT EXISTS"
            " (SELECT 1 FROM messages o WHERE o.thread = m.thread AND o.gone = 0))"
            " ORDER BY m.stamp DESC LIMIT ?) ORDER BY stamp",
            [thread_id, limit],
        )
        return [self._mail(row) for row in rows]

    def mail(self, mail_id: int) -> Mail:
        """One mail. Raises NotFound."""
        rows = self._db.read().query(
            "SELECT m.*, b.text, b.html, b.details FROM messages m"
            " JOIN mail_bodies b ON b.message = m.id WHERE m.id = ?",
            [mail_id],
        )
        row = next(iter(rows), None)
        if row is None:
            raise NotFound(t("There is no mail {id}", id=mail_id))
        return self._mail(row)

    def threads_of(self, mail_ids: Iterable[int]) -> set[int]:
        """The threads these mails belong to."""
        run = self._db.read().conn.execute
        found = (run("SELECT thread FROM messages WHERE id = ?", (each,)).fetchone()
                 for each in mail_ids)  # fmt: skip
        return {int(row[0]) for row in found if row is not None}

    def raw_place(self, mail_id: int) -> tuple[str, int, int]:
        """The blob that holds the mail's bytes, where they begin, how many they are."""
        row = self._db.read().conn.execute(
            "SELECT raw_blob, raw_at, raw_bytes FROM messages WHERE id = ?", (mail_id,)
        ).fetchone()  # fmt: skip
        if row is None:
            raise NotFound(t("There is no mail {id}", id=mail_id))
        return str(row[0]), int(row[1]), int(row[2])

    def lines(self, label: str, limit: int) -> list[MailLine]:
        """The newest mails, of one label if it is named."""
        where, values = (" AND m.label = ?", [label]) if label else ("", [])
        rows = self._db.read().conn.execute(
            f"SELECT {LINE} FROM messages m WHERE m.gone = 0{where} ORDER BY m.stamp DESC LIMIT ?",
            (*values, limit),
        )
        return [line_of(row) for row in rows]

    def lines_of(self, mail_ids: Sequence[int]) -> list[MailLine]:
        """These mails as rows, in the order they are named."""
        marks = ",".join("?" * len(mail_ids))
        rows = self._db.read().conn.execute(
            f"SELECT {LINE} FROM messages m WHERE m.id IN ({marks})", tuple(mail_ids)
        )
        found = {line.id: line for line in map(line_of, rows)}
        return [found[each] for each in mail_ids if each in found]  # type: ignore[index]

    def search(
        self, match: str, label: str, since: int | None, until: int | None, limit: int
    ) -> list[MailLine]:
        """The newest mails that fit, between two seconds since 1970 (the second not included)."""
        first = (since or 0) << STAMP_BITS
        past = _LATEST if until is None else until << STAMP_BITS
        # The index of labels holds no empty ones, and is only used where that is said.
        named, values = (" AND m.label = ? AND m.label != ''", [label]) if label else ("", [])
        if match:
            sql = (
                f"SELECT {LINE} FROM mail_words w JOIN messages m ON m.stamp = w.rowid"
                " WHERE mail_words MATCH ? AND w.rowid >= ? AND w.rowid < ?"
                f"{named} ORDER BY w.rowid DESC LIMIT ?"
            )
            rows = self._db.read().conn.execute(sql, (match, first, past, *values, limit))
        else:
            sql = (
                f"SELECT {LINE} FROM messages m WHERE m.gone = 0 AND m.stamp >= ? AND m.stamp < ?"
                f"{named} ORDER BY m.stamp DESC LIMIT ?"
            )
            rows = self._db.read().conn.execute(sql, (first, past, *values, limit))
        return [line_of(row) for row in rows]

    def mark_read(self, thread_id: int, *, unread: bool) -> list[int]:
        """Mark a thread's mails; the ids of those that changed."""
        with self._db.change(Topic.INBOX) as db:
            rows = db.conn.execute(
                "UPDATE messages SET unread = ? WHERE thread = ? AND unread != ? RETURNING id",
                (int(unread), thread_id, int(unread)),
            ).fetchall()
            self._recount(thread_id)
            changed = [int(row[0]) for row in rows]
            self._queue.marked(changed, Mark.SEEN, on=not unread)
        return changed

    def mark_mails(self, mail_ids: Sequence[int], thread_id: int, *, unread: bool) -> None:
        """Mark single mails of a thread."""
        with self._db.change(Topic.INBOX) as db:
            db.conn.executemany(
                "UPDATE messages SET unread = ? WHERE id = ?",
                [(int(unread), mail_id) for mail_id in mail_ids],
            )
            self._recount(thread_id)
            self._queue.marked(mail_ids, Mark.SEEN, on=not unread)

    def flag(self, mail_id: int, *, on: bool) -> bool:
        """Flag one mail or take its flag off; whether that changed it."""
        with self._db.change(Topic.INBOX) as db:
            done = db.conn.execute(
                "UPDATE messages SET flagged = ?, version = version + 1 WHERE id = ? AND flagged != ?",
                (int(on), mail_id, int(on)),
            )
            if done.rowcount:
                self._queue.marked([mail_id], Mark.FLAGGED, on=on)
        return done.rowcount > 0

    def put_away(self, thread: Thread, *, away: bool, to: Role = Role.ARCHIVE) -> Thread:
        """Put a thread away, into the archive or another folder of its server, or back out of it.
        Raises Stale when something newer happened to it."""
        with self._db.change(Topic.INBOX) as db:
            done = db.conn.execute(
                "UPDATE threads SET put_away = ?, version = version + 1"
                " WHERE id = ? AND version = ?",
                (int(away), thread.id, thread.version),
            )
            if done.rowcount != 1:
                raise Stale(
                    t("Something newer happened here"), t("Nothing was changed. Look again.")
                )
            (self._queue.put_away if away else self._queue.put_back)(thread.id, to)
        return self.thread(thread.id)

    def put_away_count(self) -> int:
        """How many threads are put away."""
        conn = self._db.read().conn
        return int(conn.execute("SELECT count(*) FROM threads WHERE put_away = 1").fetchone()[0])

    def _recount(self, thread_id: int) -> None:
        self._db.read().conn.execute(
            "UPDATE threads SET unread ="
            " (SELECT coalesce(sum(unread), 0) FROM messages WHERE thread = ? AND gone = 0) WHERE id = ?",
            (thread_id, thread_id),
        )

    def _mail(self, row: dict[str, Any]) -> Mail:
        found = self._db.read().conn.execute(
            "SELECT number, name, type, bytes, digest, cid, inline FROM attachments"
            " WHERE message = ? ORDER BY number",
            (row["id"],),
        )
        kept = tuple(
            Attachment(number, name, kind, size, digest, cid, bool(inline))
            for number, name, kind, size, digest, cid, inline in found
        )
        return mail_of(row, kept)
