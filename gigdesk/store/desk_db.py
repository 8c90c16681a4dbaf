"""The encrypted database of one desk: connections, transactions, change counters, migrations.

SQLCipher under sqlite-utils, keyed with a raw 32-byte key (no derivation at open). Every thread has
its own connection, query-only but inside `change()`. Every change starts with BEGIN IMMEDIATE: a
deferred read-then-write fails at once with "database is locked" whatever the timeout.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Full, Locked, Newer, Stale, Trouble, Unreadable
from gigdesk.domain.topics import EVERYTHING, Topic
from gigdesk.domain.words import t
from gigdesk.store.locks import DeskLock
from gigdesk.store.migrations.steps import migrations, unknown_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

log = logging.getLogger(__name__)

BUSY_SECONDS = 15.0
_COPIES_KEPT = 3
_LOG_PAGES = 4_000  # of 4 kB: where nobody cared until then


class DeskDb:
    """One desk's database file, open with its key."""

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the data key has 32 bytes")
        self.path = path
        self._key = key
        self._local = threading.local()
        self._writing = threading.RLock()
        self._open: list[Any] = []
        self._open_lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, key: bytes, lock: DeskLock | None = None) -> DeskDb:
        """Open or make the database and bring it up to date; a copy is kept before each migration.

        Raises Unreadable when the key does not fit or the file is damaged, Newer when a later
        version of GigDesk wrote it.
        """
        fresh = not path.exists()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if fresh:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        db = cls(path, key)
        with translated():
            connection = db._connection()
            strange = unknown_steps(connection)
            if strange:
                db.close()
                raise Newer(
                    t("This desk was written by a newer GigDesk"),
                    t("Nothing was changed. Install the newer version to open it."),
                )
            if migrations.pending(connection):
                db._migrate(connection, lock, fresh=fresh)
        return db

    def read(self) -> Database:
        """This thread's connection: query-only, or the writing one inside `change()`."""
        return self._connection()

    @contextlib.contextmanager
    def change(self, topics: Topic) -> Iterator[Database]:
        """One transaction. It commits at the end, rolls back on an error, and raises the counters
        of `topics`, by which other processes see what changed. Nested calls join the outer one."""
        if getattr(self._local, "depth", 0):
            self._local.topics |= topics
            yield self._connection()
            return
        with self._writing, translated():
            db = self._connection()
            db.conn.execute("PRAGMA query_only = 0")
            try:
                db.conn.execute("BEGIN IMMEDIATE")
                self._local.depth, self._local.topics = 1, topics
                try:
                    yield db
                    self._count(db, self._local.topics)
                    db.conn.execute("COMMIT")
                except BaseException:
                    if db.conn.in_transaction:
                        db.conn.execute("ROLLBACK")
                    raise
                finally:
                    self._local.depth = 0
            finally:
                db.conn.execute("PRAGMA query_only = 1")

    @contextlib.contextmanager
    def durably(self, topics: Topic) -> Iterator[Database]:
        """The same, and on the disk before it returns: for what is followed by something that even a
        power cut must not make happen twice."""
        conn = self._connection().conn
        if conn.in_transaction:
            raise ValueError("a change inside another one is as durable as that one")
        conn.execute("PRAGMA synchronous = FULL")
        try:
            with self.change(topics) as db:
                yield db
        finally:
            conn.execute("PRAGMA synchronous = NORMAL")

    def data_version(self) -> int:
        """Differs from before when another connection than this thread's has committed."""
        return int(self.read().conn.execute("PRAGMA data_version").fetchone()[0])

    def counters(self) -> dict[Topic, int]:
        """How often each topic was changed, by any process."""
        rows = self.read().conn.execute("SELECT topic, changes FROM topic_counters").fetchall()
        return {Topic[name]: changes for name, changes in rows if name in Topic.__members__}

    def copy_to(self, target: Path) -> None:
        """A whole, compact copy under the same key, made beside other writers (VACUUM INTO)."""
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        conn = self.read().conn
        with translated():
            conn.execute("PRAGMA query_only = 0")
            try:
                conn.execute("VACUUM INTO ?", (str(target),))
            finally:
                conn.execute("PRAGMA query_only = 1")

    def checkpoint(self) -> None:
        """Bring what was committed from the log into the file, beside other writers and readers.
        Long work does this between its changes, so that no person's change has to."""
        with translated():
            self.read().conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def check(self) -> list[str]:
        """What SQLite and SQLCipher find wrong with the file; empty when all is well."""
        conn = self.read().conn
        found = [str(row[0]) for row in conn.execute("PRAGMA cipher_integrity_check").fetchall()]
        if not found:
            found = [str(row[0]) for row in conn.execute("PRAGMA quick_check(20)").fetchall()]
        return [line for line in found if line != "ok"]

    def close(self) -> None:
        """Close every thread's connection. The desk must not be used after."""
        with self._open_lock:
            for conn in self._open:
                with contextlib.suppress(Exception):
                    conn.close()
            self._open.clear()
        self._local = threading.local()

    def _connection(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = self._connect()
            self._local.db = db
        return db

    def _connect(self) -> Database:
        import sqlcipher3.dbapi2 as sqlcipher

        from gigdesk.store.sqlite import Database

        with translated():
            conn = sqlcipher.connect(
                str(self.path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            # SQLCipher writes its complaints to the console otherwise.
            conn.execute("PRAGMA cipher_log_level = NONE")
            conn.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            try:
                conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except sqlcipher.DatabaseError as error:
                conn.close()
                if "not a database" in str(error):
                    raise Unreadable(
                        t("The desk's file does not fit its key"),
                        t(
                            "It is damaged, or of another desk. It is kept as it is; restore the"
                            " last backup."
                        ),
                    ) from None
                raise
            for pragma in (
                "journal_mode = WAL",
                "synchronous = NORMAL",
                "foreign_keys = ON",
                "temp_store = MEMORY",
                "cache_size = -16000",
                f"wal_autocheckpoint = {_LOG_PAGES}",
                "query_only = 1",
            ):
                conn.execute(f"PRAGMA {pragma}")
        with self._open_lock:
            self._open.append(conn)
        return Database(conn, execute_plugins=False, recursive_triggers=False)

    def _migrate(self, db: Database, lock: DeskLock | None, *, fresh: bool) -> None:
        whole = lock.whole() if lock else contextlib.nullcontext()
        with whole, self._writing:
            if not fresh:
                self._keep_copy(db)
            db.conn.execute("PRAGMA query_only = 0")
            try:
                # Another process may have done it while we waited for the lock.
                db.conn.execute("BEGIN IMMEDIATE")
                migrations.apply(db)
                self._count(db, EVERYTHING)
                db.conn.execute("COMMIT")
            except BaseException:
                if db.conn.in_transaction:
                    db.conn.execute("ROLLBACK")
                raise
            finally:
                db.conn.execute("PRAGMA query_only = 1")

    def _keep_copy(self, db: Database) -> None:
        done = len(migrations.applied(db))
        if not done:
            return
        target = self.path.with_name(f"{self.path.stem}-before-{done:03}.db")
        if not target.exists():
            partial = target.with_suffix(".part")
            partial.unlink(missing_ok=True)
            self.copy_to(partial)
            partial.replace(target)
        copies = sorted(self.path.parent.glob(f"{self.path.stem}-before-*.db"))
        for old in copies[:-_COPIES_KEPT]:
            old.unlink(missing_ok=True)

    @staticmethod
    def _count(db: Database, topics: Topic) -> None:
        db.conn.executemany(
            "INSERT INTO topic_counters (topic, changes) VALUES (?, 1)"
            " ON CONFLICT (topic) DO UPDATE SET changes = changes + 1",
            [(topic.name,) for topic in topics],
        )


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """SQLite's failures that are the world's, as Trouble with kind words."""
    import sqlcipher3.dbapi2 as sqlcipher

    try:
        yield
    except sqlcipher.OperationalError as error:
        raise _trouble(str(error)) or error from error
    except sqlcipher.DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise Unreadable(
                t("The desk's file is damaged"),
                t("It is kept as it is. Restore the last backup."),
            ) from error
        raise


def _trouble(words: str) -> Trouble | None:
    if "full" in words or "disk I/O" in words:
        return Full(t("The disk is full"), t("Nothing was lost. Make room and do it again."))
    if "locked" in words or "busy" in words:
        return Locked(
            t("The desk is busy"), t("Another GigDesk is writing. Try again in a moment.")
        )
    if "readonly" in words or "unable to open" in words:
        return Trouble(
            t("The desk's folder cannot be written"),
            t("Nothing was changed. Check the folder's permissions."),
        )
    return None


def updated(db: Database, table: str, row_id: int, version: int, fields: dict[str, Any]) -> int:
    """Change one row if it still has this version; its new version. Raises Stale otherwise.

    The table has columns `id` and `version`; names come from code, never from outside.
    """
    sets = ", ".join(f"{name} = ?" for name in fields)
    done = db.conn.execute(
        f"UPDATE {table} SET {sets}, version = version + 1 WHERE id = ? AND version = ?",
        (*fields.values(), row_id, version),
    )
    if done.rowcount != 1:
        raise Stale(
            t("Something newer happened here"), t("Nothing was changed. Look again, then decide.")
        )
    return version + 1
