"""Who may use a desk: all share it; restore, migration and change of key take it whole."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import IO, TYPE_CHECKING

from gigdesk.domain.errors import Locked
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_SECONDS = 10.0


class DeskLock:
    """The lock file of one desk, held shared from `share()` to `close()`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def share(self, wait: float = WAIT_SECONDS) -> None:
        """Use the desk beside others. Raises Locked while another process has it whole."""
        if self._file is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            self._file = os.fdopen(descriptor, "r+b")
        self._take(wait, whole=False)

    @contextlib.contextmanager
    def whole(self) -> Iterator[None]:
        """Have the desk alone; gives back the shared use after."""
        self.share()
        self._take(WAIT_SECONDS, whole=True)
        try:
            yield
        finally:
            self._take(WAIT_SECONDS, whole=False)

    def close(self) -> None:
        """Leave the desk to others."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _take(self, wait: float, *, whole: bool) -> None:
        assert self._file is not None
        until = time.monotonic() + wait
        while not _locked(self._file, whole=whole):
            if time.monotonic() > until:
                raise Locked(
                    t("Another GigDesk is using this desk"),
                    t("Nothing was changed. Close its window and try again."),
                )
            time.sleep(0.05)


if sys.platform == "win32":

    def _locked(file: IO[bytes], *, whole: bool) -> bool:
        import portalocker

        try:
            kind = portalocker.LOCK_EX if whole else portalocker.LOCK_SH
            portalocker.lock(file, kind | portalocker.LOCK_NB)
        except portalocker.exceptions.LockException:
            return False
        return True

else:
    # The same call that portalocker makes here; importing it would bring asyncio into every start.
    def _locked(file: IO[bytes], *, whole: bool) -> bool:
        import fcntl

        try:
            fcntl.flock(file, (fcntl.LOCK_EX if whole else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
