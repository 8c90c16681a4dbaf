"""Large things beside the database: content-addressed files, each encrypted on its own.

A blob's name is a keyed hash of its content (so that the names tell nothing about known files), its
file AES-256-GCM under a key derived from the data key. Blob first, row after; what no row names is
swept. A file is written whole beside its place and renamed, so a reader never sees half of one.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from gigdesk.domain.errors import Full, NotFound, Unreadable
from gigdesk.domain.words import t

T = TypeVar("T")
_NONCE = 12
_TOGETHER = 128  # files open at once


class Blobs:
    """One desk's folder of encrypted blobs."""

    def __init__(self, folder: Path, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.folder = folder
        self._naming = _derived(key, b"gigdesk blob names")
        self._sealing = AESGCM(_derived(key, b"gigdesk blob contents"))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def name(self, content: bytes) -> str:
        """The id this content has or would have."""
        return hmac.new(self._naming, content, hashlib.sha256).hexdigest()

    def put(self, content: bytes) -> str:
        """Keep this content and say its id; putting it again costs nothing."""
        return self.put_many([content])[0]

    def put_many(self, contents: Sequence[bytes]) -> list[str]:
        """Keep many at once: all written first, then all made safe on the disk together."""
        names = [self.name(content) for content in contents]
        fresh = {
            name: content
            for name, content in zip(names, contents, strict=True)
            if not self._path(name).exists()
        }
        for batch in _batches(list(fresh.items()), _TOGETHER):
            self._put_batch(batch)
        return names

    def _put_batch(self, batch: list[tuple[str, bytes]]) -> None:
        written: list[tuple[int, Path, Path]] = []
        try:
            for name, content in batch:
                written.append(self._write(name, content))
            for descriptor, _, _ in written:
                os.fsync(descriptor)
        except OSError as error:
            for _, partial, _ in written:
                partial.unlink(missing_ok=True)
            raise Full(
                t("The disk is full"), t("Nothing was lost. Make room and do it again.")
            ) from error
        finally:
            for descriptor, _, _ in written:
                os.close(descriptor)
        for _, partial, path in written:
            partial.replace(path)

    def get(self, name: str) -> bytes:
        """The content back. Raises NotFound or, when the file was damaged, Unreadable."""
        from cryptography.exceptions import InvalidTag

        try:
            sealed = self._path(name).read_bytes()
        except FileNotFoundError:
            raise NotFound(t("A kept file is missing"), t("A backup may still have it.")) from None
        try:
            return self._sealing.decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
        except (InvalidTag, ValueError):
            raise Unreadable(
                t("A kept file is damaged"), t("A backup may still have it whole.")
            ) from None

    def has(self, name: str) -> bool:
        """Whether this content is kept."""
        return self._path(name).exists()

    def names(self) -> Iterable[str]:
        """All ids that are kept."""
        return (path.name for path in self.folder.glob("??/*") if "." not in path.name)

    def sweep(self, live: set[str], older_than: float) -> int:
        """Remove what no row names and what is older than this instant (seconds since the epoch;
        a younger one may wait for its row). How many went."""
        gone = 0
        for path in self.folder.glob("??/*"):
            if path.name not in live and path.stat().st_mtime < older_than:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _write(self, name: str, content: bytes) -> tuple[int, Path, Path]:
        path = self._path(name)
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        nonce = secrets.token_bytes(_NONCE)
        partial = path.with_name(f"{name}.{secrets.token_hex(4)}.part")
        descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        try:
            _write_all(descriptor, nonce + self._sealing.encrypt(nonce, content, name.encode()))
        except OSError:
            os.close(descriptor)
            partial.unlink(missing_ok=True)
            raise
        return descriptor, partial, path

    def _path(self, name: str) -> Path:
        if len(name) != 64 or not name.isalnum():
            raise ValueError("not a blob's id")
        return self.folder / name[:2] / name


def _batches(items: list[T], size: int) -> Iterable[list[T]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _derived(key: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(key)
