"""What the person changed here and the server does not know yet, in its order.

A change is written in the transaction of what it changes. One that is taken back before it left is simply
no more; one taken back after is followed by its opposite. Mails that lie on no server wait for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.folders import FolderId, Mark, Role
from gigdesk.domain.topics import Topic

if TYPE_CHECKING:
    from gigdesk.domain.accounts import AccountId
    from gigdesk.store.desk_db import DeskDb

_COLUMNS = "id, account, message, verb, value, folder, copied_after, tries"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One change on its way. `value` is `1` or `0` for a mark, a role for a move; `folder` where the
    mail is moved from; `copied_after` the first UID a copy begun earlier may have got."""

    id: int
    account: AccountId
    message: int
    verb: str
    value: str
    folder: FolderId | None
    copied_after: int
    tries: int


class MailQueue:
    """Rows of changes."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def marked(self, messages: Iterable[int], mark: Mark, *, on: bool) -> None:
        """The person set or took off a mark: every server that has it otherwise is to be told."""
        wanted = json.dumps(list(messages))
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "DELETE FROM mail_queue WHERE verb = ? AND message IN"
                " (SELECT value FROM json_each(?))",
                (mark.value, wanted),
            )
            db.conn.execute(
                "INSERT INTO mail_queue (account, message, verb, value)"
                " SELECT DISTINCT f.account, p.message, ?, ? FROM mail_places p"
                " JOIN mail_folders f ON f.id = p.folder"
                f" WHERE p.deleted = 0 AND p.{mark.value} != ? AND p.message IN"
                " (SELECT value FROM json_each(?)) ORDER BY p.message",
                (mark.value, str(int(on)), int(on), wanted),
            )

    def put_away(self, thread: int, to: Role = Role.ARCHIVE) -> None:
        """A conversation leaves the inbox: each of its mails that lies there is to be moved."""
        with self._db.change(Topic.NONE) as db:
            self._take_back(db.conn.execute, thread, Role.INBOX)
            db.conn.execute(
                "INSERT INTO mail_queue (account, message, verb, value, folder)"
                " SELECT DISTINCT f.account, p.message, 'move', ?, f.id FROM messages m"
                " JOIN mail_places p ON p.message = m.id JOIN mail_folders f ON f.id = p.folder"
                " WHERE m.thread = ? AND p.deleted = 0 AND f.role = 'inbox' AND NOT EXISTS"
                " (SELECT 1 FROM mail_queue q WHERE q.message = p.message AND q.folder = f.id"
                " AND q.verb = 'move' AND q.done IS NULL) ORDER BY m.stamp",
                (to.value, thread),
            )

    def put_back(self, thread: int, out_of: Role = Role.ARCHIVE) -> None:
        """It is back: what did not leave yet stays, what did is to be moved again."""
        with self._db.change(Topic.NONE) as db:
            self._take_back(db.conn.execute, thread, out_of)
            db.conn.execute(
                "INSERT INTO mail_queue (account, message, verb, value, folder)"
                " SELECT account, message, 'move', ?, NULL FROM mail_queue WHERE verb = 'move'"
                " AND value = ? AND done IS NOT NULL AND message IN"
                " (SELECT id FROM messages WHERE thread = ?) ORDER BY id",
                (Role.INBOX.value, out_of.value, thread),
            )
            db.conn.execute(
                "DELETE FROM mail_queue WHERE verb = 'move' AND done IS NOT NULL AND message IN"
                " (SELECT id FROM messages WHERE thread = ?)",
                (thread,),
            )

    def waiting(self, account: AccountId) -> list[Waiting]:
        """What is to go to a server, in its order."""
        rows = self._db.read().conn.execute(
            f"SELECT {_COLUMNS} FROM mail_queue WHERE account = ? AND done IS NULL ORDER BY id",
            (account,),
        )
        return [Waiting(*row) for row in rows]

    def count(self) -> int:
        """How many changes wait."""
        row = self._db.read().conn.execute("SELECT count(*) FROM mail_queue WHERE done IS NULL")
        return int(row.fetchone()[0])

    def accounts(self) -> frozenset[int]:
        """The accounts that something waits for."""
        rows = self._db.read().conn.execute(
            "SELECT DISTINCT account FROM mail_queue WHERE done IS NULL"
        )
        return frozenset(int(row[0]) for row in rows)

    def copying(self, changes: Sequence[Waiting], first_uid: int) -> None:
        """A copy is about to be made; should nobody hear how it ended, it is looked for from here."""
        with self._db.change(Topic.NONE) as db:
            db.conn.executemany(
                "UPDATE mail_queue SET copied_after = ? WHERE id = ? AND copied_after = 0",
                [(first_uid, each.id) for each in changes],
            )

    def done(self, changes: Iterable[Waiting], at: str) -> None:
        """They have arrived. What the person took back meanwhile is to be taken back there as well."""
        with self._db.change(Topic.NONE) as db:
            for each in changes:
                self._arrived(db.conn.execute, each, at)

    def dropped(self, changes: Iterable[Waiting]) -> None:
        """The server went on without them: what it has is newer."""
        with self._db.change(Topic.NONE) as db:
            db.conn.executemany(
                "DELETE FROM mail_queue WHERE id = ?", [(each.id,) for each in changes]
            )

    def tried(self, changes: Iterable[Waiting]) -> None:
        """The server refused them this time."""
        with self._db.change(Topic.NONE) as db:
            db.conn.executemany(
                "UPDATE mail_queue SET tries = tries + 1 WHERE id = ?",
                [(each.id,) for each in changes],
            )

    # --- beneath --------------------------------------------------------------------------------
    @staticmethod
    def _take_back(run: Any, thread: int, role: Role) -> None:
        run(
            "DELETE FROM mail_queue WHERE verb = 'move' AND value = ? AND done IS NULL"
            " AND message IN (SELECT id FROM messages WHERE thread = ?)",
            (role.value, thread),
        )

    def _arrived(self, run: Any, change: Waiting, at: str) -> None:
        if change.verb == "move":
            done = run("UPDATE mail_queue SET done = ? WHERE id = ?", (at, change.id))
            run("DELETE FROM mail_places WHERE folder = ? AND message = ?",
                (change.folder, change.message))  # fmt: skip
            # Where it is now is found when that folder is read.
            run("INSERT OR IGNORE INTO mail_unsettled VALUES (?, ?)",
                (change.account, change.message))  # fmt: skip
            if done.rowcount == 0:
                # Out of where it is put, or into the archive again.
                back = Role.ARCHIVE if change.value == Role.INBOX.value else Role.INBOX
                run(
                    "INSERT INTO mail_queue (account, message, verb, value) VALUES (?, ?, 'move', ?)",
                    (change.account, change.message, back.value),
                )
            return
        run(
            f"UPDATE mail_places SET {change.verb} = ? WHERE message = ? AND folder IN"
            " (SELECT id FROM mail_folders WHERE account = ?)",
            (int(change.value), change.message, change.account),
        )
        done = run("DELETE FROM mail_queue WHERE id = ?", (change.id,))
        if done.rowcount == 0:
            wished = "1 - unread" if change.verb == "seen" else "flagged"
            (now,) = run(
                f"SELECT {wished} FROM messages WHERE id = ?", (change.message,)
            ).fetchone()
            self.marked([change.message], Mark(change.verb), on=bool(now))
