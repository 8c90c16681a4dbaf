"""Folders of mail servers as rows: what each is for, and how far it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.folders import FolderId, Role, ServerFolder, Standing
from gigdesk.domain.topics import Topic

if TYPE_CHECKING:
    from gigdesk.domain.accounts import AccountId
    from gigdesk.store.desk_db import DeskDb

# So often in a row a folder is not listed before it counts as removed: a list may be cut short.
_MISSING = 2


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder and how far it was read. `whole` when all its mails were fetched once."""

    id: FolderId
    account: AccountId
    name: str
    separator: str
    role: Role
    uidvalidity: int = 0
    uidnext: int = 0
    modseq: int = 0
    whole: bool = False


class FolderStore:
    """Rows in, folders out."""

    def __init__(self, db: DeskDb) -> None:
        self._db = db

    def of(self, account: AccountId) -> list[Folder]:
        """All folders of an account."""
        rows = self._db.read().conn.execute(
            "SELECT id, account, name, separator, role, uidvalidity, uidnext, modseq, whole"
            " FROM mail_folders WHERE account = ? ORDER BY id",
            (account,),
        )
        return [
            Folder(FolderId(row[0]), account, row[2], row[3], Role(row[4]),
                   row[5], row[6], row[7], bool(row[8]))
            for row in rows
        ]  # fmt: skip

    def listed(self, account: AccountId, found: Iterable[ServerFolder]) -> list[Folder]:
        """Write down what the server lists; the folders that are there. One that is missing for the
        second time is removed, and where its mails are now is to be settled."""
        seen = list(found)
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "UPDATE mail_folders SET missing = missing + 1 WHERE account = ?", (account,)
            )
            db.conn.executemany(
                "INSERT INTO mail_folders (account, name, separator, role) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (account, name) DO UPDATE SET missing = 0, role = excluded.role,"
                " separator = excluded.separator",
                [(account, each.name, each.separator, each.role.value) for each in seen],
            )
            lost = "SELECT id FROM mail_folders WHERE account = ? AND missing >= ?"
            db.conn.execute(
                "INSERT OR IGNORE INTO mail_unsettled SELECT ?, message FROM mail_places"
                f" WHERE message IS NOT NULL AND folder IN ({lost})",
                (account, account, _MISSING),
            )
            db.conn.execute(
                "DELETE FROM mail_folders WHERE account = ? AND missing >= ?", (account, _MISSING)
            )
        names = {each.name for each in seen}
        return [folder for folder in self.of(account) if folder.name in names]

    def anew(self, folder: FolderId, uidvalidity: int) -> None:
        """Its UIDs mean something else now: what it had is remembered, its mails are to be found
        again."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "INSERT OR IGNORE INTO mail_places_before SELECT folder, message FROM mail_places"
                " WHERE folder = ? AND message IS NOT NULL AND deleted = 0",
                (folder,),
            )
            for table in ("mail_places", "mail_refused"):
                db.conn.execute(f"DELETE FROM {table} WHERE folder = ?", (folder,))
            db.conn.execute(
                "UPDATE mail_folders SET uidvalidity = ?, uidnext = 0, modseq = 0, whole = 0"
                " WHERE id = ?",
                (uidvalidity, folder),
            )

    def read_to(self, folder: Folder, standing: Standing, *, whole: bool) -> None:
        """How far it is read now. What was there before its UIDs changed and is not found again has
        left it."""
        with self._db.change(Topic.NONE) as db:
            db.conn.execute(
                "UPDATE mail_folders SET uidnext = ?, modseq = ?, whole = ? WHERE id = ?",
                (standing.uidnext, standing.modseq if whole else 0, whole, folder.id),
            )
            if whole:
                db.conn.execute(
                    "INSERT OR IGNORE INTO mail_unsettled SELECT ?, message FROM mail_places_before"
                    " WHERE folder = ?",
                    (folder.account, folder.id),
                )
                db.conn.execute("DELETE FROM mail_places_before WHERE folder = ?", (folder.id,))

    def refused(self, folder: FolderId, uids: Iterable[int]) -> dict[int, int]:
        """The server did not give these though it names them; how often by now."""
        wanted = list(uids)
        with self._db.change(Topic.NONE) as db:
            db.conn.executemany(
                "INSERT INTO mail_refused VALUES (?, ?, 1)"
                " ON CONFLICT (folder, uid) DO UPDATE SET tries = tries + 1",
                [(folder, uid) for uid in wanted],
            )
            rows = dict(
                db.conn.execute("SELECT uid, tries FROM mail_refused WHERE folder = ?", (folder,))
            )
        return {uid: rows[uid] for uid in wanted}
