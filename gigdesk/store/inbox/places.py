"""Where mails lie on servers: places, the marks they have there, and what follows for the lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.folders import FolderId, Head, Marks
from gigdesk.domain.inbox.mails import MailId
from gigdesk.domain.topics import Topic
from gigdesk.store.inbox.joining import hashed
from gigdesk.store.inbox.settling import Settling

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.accounts import AccountId
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.inbox.folders import Folder


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A mail under a UID; `fresh` when the desk had never seen it."""

    uid: int
    message: MailId
    marks: Marks
    fresh: bool = False


class PlaceStore:
    """Rows of places, and their effects on mails and threads."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def marks(self, folder: FolderId) -> dict[int, Marks]:
        """Every UID we know in a folder, with the marks it had there."""
        rows = self._db.read().conn.execute(
            "SELECT uid, seen, flagged, deleted FROM mail_places WHERE folder = ?", (folder,)
        )
        return {row[0]: Marks(bool(row[1]), bool(row[2]), bool(row[3])) for row in rows}

    def count(self, folder: FolderId) -> int:
        """How many UIDs we know in a folder."""
        rows = self._db.read().conn.execute(
            "SELECT count(*) FROM mail_places WHERE folder = ?", (folder,)
        )
        return int(rows.fetchone()[0])

    def of(self, folder: FolderId, messages: Iterable[int]) -> dict[int, list[int]]:
        """The UIDs of these mails in a folder."""
        found: dict[int, list[int]] = {}
        rows = self._db.read().conn.execute(
            "SELECT message, uid FROM mail_places WHERE folder = ? AND deleted = 0"
            " AND message IN (SELECT value FROM json_each(?))",
            (folder, json.dumps(list(messages))),
        )
        for message, uid in rows:
            found.setdefault(message, []).append(uid)
        return found

    def anywhere(self, message: int, account: AccountId) -> list[tuple[FolderId, int]]:
        """Every place of a mail on an account's server."""
        rows = self._db.read().conn.execute(
            "SELECT p.folder, p.uid FROM mail_places p JOIN mail_folders f ON f.id = p.folder"
            " WHERE p.message = ? AND f.account = ? AND p.deleted = 0",
            (message, account),
        )
        return [(FolderId(row[0]), int(row[1])) for row in rows]

    def recognised(self, heads: Mapping[int, Head]) -> dict[int, MailId]:
        """Which of these mails are kept already: by their Message-ID and their size."""
        by_id: dict[str, list[int]] = {}
        for uid, head in heads.items():
            if head.message_id:
                by_id.setdefault(head.message_id, []).append(uid)
        rows = self._db.read().conn.execute(
            "SELECT m.id, m.message_id, m.raw_bytes FROM mail_ids i JOIN messages m ON m.thread = i.thread"
            " WHERE i.id IN (SELECT value FROM json_each(?)) AND m.message_id IN"
            " (SELECT value FROM json_each(?))",
            (json.dumps([hashed(each) for each in by_id]), json.dumps(list(by_id))),
        )
        found: dict[int, MailId] = {}
        for message, message_id, size in rows:
            for uid in by_id.get(message_id, ()):
                if heads[uid].bytes == size:
                    found[uid] = MailId(message)
        return found

    def add(self, folder: Folder, places: Sequence[NewPlace], known: Known, now: datetime) -> int:
        """Mails were found in a folder. How many of the known ones changed by it."""
        with self._db.change(Topic.INBOX) as db:
            run, run_many = db.conn.execute, db.conn.executemany
            run_many(
                "INSERT OR REPLACE INTO mail_places VALUES (?, ?, ?, ?, ?, ?)",
                [(folder.id, p.uid, p.message, p.marks.seen, p.marks.flagged, p.marks.deleted)
                 for p in places],
            )  # fmt: skip
            run_many(
                "DELETE FROM mail_refused WHERE folder = ? AND uid = ?",
                [(folder.id, each.uid) for each in places],
            )
            back = self._back(folder, places, run, run_many)
            settling = Settling(run, run_many, known, now)
            settling.came(folder, [each.message for each in places if each.fresh])
            settling.returned(folder, back)
        found = {each.uid: each.marks for each in places if not each.fresh}
        return self.marked(folder, found, anew=True) if found else 0

    def add_deleted(self, folder: FolderId, uids: Iterable[int]) -> None:
        """These are marked deleted there and were never fetched."""
        with self._db.change(Topic.NONE) as db:
            db.conn.executemany(
                "INSERT OR REPLACE INTO mail_places VALUES (?, ?, NULL, 0, 0, 1)",
                [(folder, uid) for uid in uids],
            )

    def marked(self, folder: Folder, marks: Mapping[int, Marks], *, anew: bool = False) -> int:
        """The server's marks of known mails; how many mails changed by it. What the person changed
        here and still waits to go there stays. `anew`: all of them count, changed or not."""
        with self._db.change(Topic.INBOX) as db:
            run, run_many = db.conn.execute, db.conn.executemany
            rows = run(
                "SELECT uid, message, seen, flagged, deleted FROM mail_places WHERE folder = ?"
                " AND uid IN (SELECT value FROM json_each(?))",
                (folder.id, json.dumps(list(marks))),
            ).fetchall()
            changed: set[int] = set()
            for uid, message, seen, flagged, deleted in rows:
                new, old = marks[uid], Marks(bool(seen), bool(flagged), bool(deleted))
                if new != old:
                    self._remark(folder, uid, message, old, new, run)
                if message is not None and (anew or new != old):
                    changed |= self._follow(message, old, new, run, anew=anew)
            _recount(changed, run, run_many)
        return len(changed)

    def removed(self, folder: Folder, uids: Iterable[int]) -> None:
        """These are not in the folder any more; what became of their mails is settled later."""
        with self._db.change(Topic.INBOX) as db:
            wanted = json.dumps(list(uids))
            db.conn.execute(
                "INSERT OR IGNORE INTO mail_unsettled SELECT ?, message FROM mail_places WHERE folder = ?"
                " AND message IS NOT NULL AND uid IN (SELECT value FROM json_each(?))",
                (folder.account, folder.id, wanted),
            )
            db.conn.execute(
                "DELETE FROM mail_places WHERE folder = ?"
                " AND uid IN (SELECT value FROM json_each(?))",
                (folder.id, wanted),
            )

    def settle(self, account: AccountId, known: Known, now: datetime) -> int:
        """All folders were read: what left one is put away, or gone when it is in none. How many are
        gone."""
        with self._db.change(Topic.INBOX) as db:
            run, run_many = db.conn.execute, db.conn.executemany
            rows = run("SELECT message FROM mail_unsettled WHERE account = ?", (account,))
            messages = [int(row[0]) for row in rows]
            if not messages:
                return 0
            gone = Settling(run, run_many, known, now).left(messages)
            run("DELETE FROM mail_unsettled WHERE account = ?", (account,))
        return gone

    def unsettled(self, account: AccountId) -> bool:
        """Whether something left a folder and was not settled."""
        row = self._db.read().conn.execute(
            "SELECT 1 FROM mail_unsettled WHERE account = ? LIMIT 1", (account,)
        )
        return row.fetchone() is not None

    def leave(self, account: AccountId, known: Known, now: datetime) -> int:
        """The account goes and takes its mails along: those that lie on no other server are gone. How
        many."""
        with self._db.change(Topic.INBOX) as db:
            run, run_many = db.conn.execute, db.conn.executemany
            of_it = "folder IN (SELECT id FROM mail_folders WHERE account = ?)"
            rows = run(
                f"SELECT DISTINCT message FROM mail_places WHERE message IS NOT NULL AND {of_it}",
                (account,),
            )
            messages = [int(row[0]) for row in rows]
            for table in ("mail_places", "mail_places_before"):
                run(f"DELETE FROM {table} WHERE {of_it}", (account,))
            return Settling(run, run_many, known, now).left(messages)

    # --- beneath --------------------------------------------------------------------------------
    def _back(
        self, folder: Folder, places: Sequence[NewPlace], run: Any, run_many: Any
    ) -> list[int]:
        """The known mails that are new in this folder, not only found again in it."""
        known = [(folder.id, each.message) for each in places if not each.fresh]
        before = {
            row[0]
            for row in run(
                "SELECT message FROM mail_places_before WHERE folder = ?", (folder.id,)
            )
        }  # fmt: skip
        run_many("DELETE FROM mail_places_before WHERE folder = ? AND message = ?", known)
        return [message for _, message in known if message not in before]

    def _remark(self, folder: Folder, uid: int, message: int | None, old: Marks, new: Marks, run: Any) -> None:  # fmt: skip
        if message is None and not new.deleted:
            # It is wanted after all: it comes as a new one.
            run("DELETE FROM mail_places WHERE folder = ? AND uid = ?", (folder.id, uid))
            return
        run(
            "UPDATE mail_places SET seen = ?, flagged = ?, deleted = ? WHERE folder = ? AND uid = ?",
            (new.seen, new.flagged, new.deleted, folder.id, uid),
        )
        if message is not None and new.deleted != old.deleted:
            run("INSERT OR IGNORE INTO mail_unsettled VALUES (?, ?)", (folder.account, message))

    def _follow(self, message: int, old: Marks, new: Marks, run: Any, *, anew: bool) -> set[int]:
        changed = False
        for name, verb, before, now, value in (
            ("unread", "seen", old.seen, new.seen, not new.seen),
            ("flagged", "flagged", old.flagged, new.flagged, new.flagged),
        ):
            if before == now and not anew:
                continue
            done = run(
                f"UPDATE messages SET {name} = ? WHERE id = ? AND {name} != ? AND NOT EXISTS"
                " (SELECT 1 FROM mail_queue WHERE message = ? AND verb = ? AND done IS NULL)",
                (value, message, value, message, verb),
            )
            changed = changed or done.rowcount > 0
        return {message} if changed else set()


def _recount(messages: Iterable[int], run: Any, run_many: Any) -> None:
    rows = run(
        "SELECT DISTINCT thread FROM messages WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(messages)),),
    )
    run_many(
        "UPDATE threads SET version = version + 1, unread = (SELECT coalesce(sum(unread), 0)"
        " FROM messages WHERE thread = threads.id AND gone = 0) WHERE id = ?",
        rows.fetchall(),
    )
