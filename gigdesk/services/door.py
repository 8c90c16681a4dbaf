"""The way into a desk: finds or makes its key, then opens database and blobs.

Keyring first; where there is none, a passphrase; the recovery key when the other is lost. A locked
keyring or a cancelled question is waited for, never answered with a second, empty desk.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Locked, Trouble, Unreadable
from gigdesk.domain.ports import AskKey, KeyQuestion, Keyring
from gigdesk.domain.words import t
from gigdesk.store.blobs import Blobs
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.header import (
    Header,
    new_recovery_key,
    read_header,
    recovery_secret,
    wrap,
    write_header,
)
from gigdesk.store.locks import DeskLock

if TYPE_CHECKING:
    from gigdesk.store.header import OpenerKind

log = logging.getLogger(__name__)

ATTEMPTS = 3
RECOVERY_TO_SHOW = "recovery key, not shown yet"


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """Where the parts of a desk lie in its folder."""

    home: Path

    @property
    def header(self) -> Path:
        """The key file."""
        return self.home / "desk.json"

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.home / "desk.db"

    @property
    def blobs(self) -> Path:
        """The folder of encrypted files."""
        return self.home / "blobs"

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self.home / "desk.lock"


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """An open desk: what the rest of the house is built on."""

    files: DeskFiles
    db: DeskDb
    blobs: Blobs
    lock: DeskLock
    data_key: bytes
    keyring: Keyring

    def close(self) -> None:
        """Leave the desk."""
        self.db.close()
        self.lock.close()


class Door:
    """Opens one desk's folder, or makes a new desk in it."""

    def __init__(self, home: Path, keyring: Keyring, ask: AskKey) -> None:
        self.files = DeskFiles(home)
        self._keyring, self._ask = keyring, ask
        self._lock = DeskLock(self.files.lock)

    @property
    def exists(self) -> bool:
        """Whether there is a desk in this folder."""
        return self.files.header.exists() or self.files.database.exists()

    def open(self) -> OpenDesk:
        """Open the desk, or make it. Raises Locked, Unreadable or Newer and keeps all as it was."""
        home = self.files.home
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with contextlib.suppress(PermissionError):
                home.chmod(0o700)
        except OSError as error:
            raise Trouble(
                t("The desk's folder cannot be made"),
                t("Choose another folder, or check its permissions."),
            ) from error
        self._lock.share()
        try:
            return self._opened()
        except BaseException:
            self._lock.close()
            raise

    def _opened(self) -> OpenDesk:
        header, recovery = read_header(self.files.header), None
        if header is None:
            with self._lock.whole():
                header = read_header(self.files.header)
                if header is None:
                    header, key, recovery = self._make()
                else:
                    key = self._key(header)
        else:
            key = self._key(header)
        db = DeskDb.open(self.files.database, key, self._lock)
        if recovery is not None:
            keep_secret(db, RECOVERY_TO_SHOW, recovery)
        return OpenDesk(
            self.files, db, Blobs(self.files.blobs, key), self._lock, key, self._keyring
        )

    def _make(self) -> tuple[Header, bytes, str]:
        if self.files.database.exists():
            raise Unreadable(
                t("The desk's key file desk.json is missing"),
                t("The desk itself is kept. Restore desk.json from a backup."),
            )
        key = secrets.token_bytes(32)
        header = Header.new(key)
        header = self._with_first_opener(header, key)
        recovery = new_recovery_key()
        header = wrap(header, "recovery", recovery_secret(recovery), key)
        write_header(self.files.header, header)
        return header, key, recovery

    def _with_first_opener(self, header: Header, key: bytes) -> Header:
        if self._keyring.available:
            return self._with_keyring(header, key)
        said = self._ask(KeyQuestion("new passphrase", t("Choose a passphrase for your desk")))
        if not said:
            raise Locked(
                t("There is no keyring here and no passphrase was given"),
                t("No desk was made. Start again and choose a passphrase."),
            )
        return wrap(header, "passphrase", said.encode(), key)

    def _with_keyring(self, header: Header, key: bytes) -> Header:
        secret = secrets.token_hex(32)
        self._keyring.put(header.uuid, secret)
        if self._keyring.get(header.uuid) != secret:
            raise Locked(t("The keyring did not keep the key"), t("No desk was made. Try again."))
        return wrap(header, "keyring", secret.encode(), key)

    def _key(self, header: Header) -> bytes:
        waiting: Locked | None = None
        if header.opener("keyring"):
            try:
                key = self._by_keyring(header)
                if key is not None:
                    return key
            except Locked as locked:
                waiting = locked
        if header.opener("passphrase"):
            try:
                return self._asked(header, "passphrase", waiting)
            except Locked as locked:
                # Whoever forgot the passphrase may have the recovery key.
                waiting = locked
        elif waiting is not None and self._keyring.available:
            return self._by_locked_keyring(header, waiting)
        return self._by_recovery(header, waiting)

    def _by_keyring(self, header: Header) -> bytes | None:
        secret = self._keyring.get(header.uuid) if self._keyring.available else None
        return header.unwrap("keyring", secret.encode()) if secret else None

    def _by_locked_keyring(self, header: Header, waiting: Locked) -> bytes:
        """The person unlocks it and says so with an empty answer, or has the recovery key."""
        words = t("The keyring is locked. Unlock it and open again, or enter the recovery key")
        attempt = 1
        while attempt <= ATTEMPTS:
            said = self._ask(KeyQuestion("recovery key", words, attempt))
            if said is None:
                break
            if not said:
                with contextlib.suppress(Locked):
                    key = self._by_keyring(header)
                    if key is not None:
                        return key
                continue
            key = header.unwrap("recovery", recovery_secret(said))
            if key is not None:
                return key
            attempt += 1
            words = t("That did not open it. Try again")
        raise waiting

    def _by_recovery(self, header: Header, waiting: Locked | None) -> bytes:
        key = self._asked(header, "recovery", waiting)
        with contextlib.suppress(Locked):
            write_header(self.files.header, self._with_another_opener(header, key))
        return key

    def _with_another_opener(self, header: Header, key: bytes) -> Header:
        """Opened by the recovery key: from now on by the keyring, or a new passphrase."""
        if self._keyring.available:
            return self._with_keyring(header, key)
        said = self._ask(KeyQuestion("new passphrase", t("Choose a new passphrase for your desk")))
        return wrap(header, "passphrase", said.encode(), key) if said else header

    def _asked(self, header: Header, kind: OpenerKind, waiting: Locked | None) -> bytes:
        words = {
            "passphrase": t("The passphrase of your desk"),
            "recovery": t("The keyring has no key for this desk. Enter the recovery key"),
        }[kind]
        for attempt in range(1, ATTEMPTS + 1):
            question = "recovery key" if kind == "recovery" else "passphrase"
            said = self._ask(KeyQuestion(question, words, attempt))  # type: ignore[arg-type]
            if said is None:
                break
            secret = recovery_secret(said) if kind == "recovery" else said.encode()
            key = header.unwrap(kind, secret)
            if key is not None:
                return key
            words = t("That did not open it. Try again")
        raise waiting or Locked(
            t("The desk stays locked"),
            t(
                "Nothing was changed. Unlock the keyring, give the passphrase, or use the recovery"
                " key."
            ),
        )


def keep_secret(db: DeskDb, name: str, secret: str) -> None:
    """Keep a larger secret inside the encrypted store."""
    from gigdesk.domain.topics import Topic

    with db.change(Topic.NONE) as writing:
        writing.conn.execute(
            "INSERT INTO secrets (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, secret.encode()),
        )


def fingerprint(home: Path) -> str:
    """A short name for a desk's folder: of its window's socket, of its lock."""
    return hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
