"""Files that leave the desk for the disk: new ones only, the owner's alone; copies for other programs lie
in a folder of the desk's and do not stay."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.names import numbered, safe_name
from gigdesk.domain.words import t

_TRIES = 1000
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)  # fmt: skip


class Cupboard:
    """Writes files and lends copies from `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, path: Path, data: bytes) -> Path:
        """Write a new file here, or under the first free name beside it; where. Raises Trouble."""
        for place in _places(path):
            try:
                return _written(place, data, 0o600)
            except FileExistsError:
                continue
            except OSError as error:
                raise _unwritable(path) from error
        raise _unwritable(path)

    def lend(self, name: str, data: bytes) -> Path:
        """A copy another program may read, and nobody else, until it is cleared away. It cannot be
        written to, so that nobody works on what will be gone."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            place = self._folder / secrets.token_hex(8)
            place.mkdir(mode=0o700)
            return _written(place / safe_name(name), data, 0o400)
        except OSError as error:
            raise _unwritable(Path(name)) from error

    def clear(self, before: datetime | None = None) -> int:
        """Clear away the copies lent before an instant, or all; how many."""
        count = 0
        for place in self._lent():
            with contextlib.suppress(OSError):
                lent = datetime.fromtimestamp(place.stat().st_mtime, UTC)
                if before is None or lent < before:
                    place.chmod(0o700)
                    shutil.rmtree(place)
                    count += 1
        return count

    def _lent(self) -> list[Path]:
        if self._folder.is_symlink() or not self._folder.is_dir():
            return []
        return [each for each in self._folder.iterdir() if each.is_dir() and not each.is_symlink()]


def _places(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, _TRIES):
        yield path.with_name(numbered(path.name, number))


def _written(path: Path, data: bytes, mode: int) -> Path:
    handle = os.open(path, _NEW, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()  # half a file is worse than none
        raise
    return path


def _unwritable(path: Path) -> Trouble:
    return Trouble(t("{name} cannot be written", name=path.name), t("Choose another place."))
