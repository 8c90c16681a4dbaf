"""The way back: a backup opened with its key, checked, and put where the desk lies."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.ports import AskKey, Keyring
from gigdesk.domain.words import t
from gigdesk.services.backup import put_in_place, unpack
from gigdesk.services.door import DeskFiles, Door
from gigdesk.store.locks import DeskLock


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the database's size, and where the old desk went, if there was one."""

    file: Path
    bytes: int
    aside: Path | None


def restore(backup: Path, home: Path, keyring: Keyring, ask: AskKey, now: datetime) -> Restored:
    """Put a backup in place of the desk in `home`. The old desk is moved aside, never deleted.

    Raises Unreadable for what is no whole backup, Locked without its key or while another GigDesk
    uses the desk; nothing was changed then.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = DeskFiles(home)
    lock = DeskLock(files.lock)
    try:
        with lock.whole(), tempfile.TemporaryDirectory(dir=home, prefix="restoring-") as folder:
            fresh = Path(folder)
            unpack(backup, fresh)
            _check(fresh, keyring, ask)
            aside = put_in_place(fresh, files, f"{now:%Y%m%dT%H%M%S}")
    finally:
        lock.close()
    return Restored(files.database, files.database.stat().st_size, aside)


def _check(fresh: Path, keyring: Keyring, ask: AskKey) -> None:
    desk = Door(fresh, keyring, ask).open()
    try:
        wrong = desk.db.check()
    finally:
        desk.close()
    if wrong:
        raise Unreadable(
            t("The backup is damaged"), t("Nothing was changed. Choose another backup.")
        )
