"""Backups: a whole desk in one file, a daily copy beside it, and the way back.

What is kept is encrypted as it lies: the database under its key, each blob under its own. The key
file goes along, so the keyring, the passphrase or the recovery key opens a backup as well.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Full, Refused, Trouble, Unreadable
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gigdesk.services.door import DeskFiles, OpenDesk
    from gigdesk.services.settings import SettingsService

DATABASE, HEADER, BLOBS = "desk.db", "desk.json", "blobs"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made."""

    file: Path
    bytes: int


class BackupService:
    """Copies of an open desk."""

    def __init__(self, desk: OpenDesk, settings: SettingsService) -> None:
        self._desk, self._settings = desk, settings

    def to_file(self, path: Path) -> Kept:
        """The whole desk as one file. It is written beside its place and renamed when whole."""
        with _translated(), tempfile.TemporaryDirectory(dir=path.parent) as folder:
            copy = Path(folder) / DATABASE
            self._desk.db.copy_to(copy)
            partial = Path(folder) / "backup.tar"
            with tarfile.open(partial, "w") as tar:
                tar.add(self._desk.files.header, HEADER)
                tar.add(copy, DATABASE)
                for name in sorted(self._desk.blobs.names()):
                    tar.add(self._desk.files.blobs / name[:2] / name, f"{BLOBS}/{name[:2]}/{name}")
            partial.chmod(0o600)
            partial.replace(path)
        return Kept(path, path.stat().st_size)

    def daily(self, day: date) -> str:
        """The day's copy: the database anew, of the blobs only the new ones; old days are let go.
        What it did, in words."""
        folder = self._folder()
        with _translated():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target = folder / f"desk-{day}.db"
            partial = folder / f"desk-{day}.part"
            partial.unlink(missing_ok=True)
            self._desk.db.copy_to(partial)
            partial.replace(target)
            shutil.copy2(self._desk.files.header, folder / HEADER)
            fresh = self._copy_blobs(folder / BLOBS)
            keep = int(self._settings.number("backups_kept"))
            for old in sorted(folder.glob("desk-????-??-??.db"))[:-keep]:
                old.unlink(missing_ok=True)
        return t("Backed up, {n} new files", n=fresh)

    def _folder(self) -> Path:
        named = self._settings.get("backup_folder")
        return Path(named).expanduser() if named else self._desk.files.home / "backups"

    def _copy_blobs(self, target: Path) -> int:
        fresh = 0
        for name in self._desk.blobs.names():
            place = target / name[:2] / name
            if place.exists():
                continue
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial = place.with_suffix(".part")
            shutil.copy2(self._desk.files.blobs / name[:2] / name, partial)
            partial.replace(place)
            fresh += 1
        return fresh


def unpack(backup: Path, into: Path) -> None:
    """Lay the parts of a backup (one file, or a day of the daily folder) into an empty folder.

    Raises Unreadable when it is no backup of ours or is torn.
    """
    with _translated():
        if backup.suffix == ".db" and (backup.parent / HEADER).exists():
            shutil.copy2(backup, into / DATABASE)
            shutil.copy2(backup.parent / HEADER, into / HEADER)
            if (backup.parent / BLOBS).is_dir():
                shutil.copytree(backup.parent / BLOBS, into / BLOBS)
            return
        try:
            with tarfile.open(backup, "r:") as tar:
                for member in _our_members(tar):
                    _lay(tar, member, into)
        except (tarfile.TarError, EOFError) as error:
            raise _not_ours() from error
    if not ((into / DATABASE).is_file() and (into / HEADER).is_file()):
        raise _not_ours()


def put_in_place(fresh: Path, files: DeskFiles, stamp: str) -> Path | None:
    """Put an unpacked and checked desk where the old one lies; the old one is moved aside whole.
    Where it went, if there was one. The caller holds the desk's lock alone."""
    parts = (DATABASE, HEADER, BLOBS, "desk.db-wal", "desk.db-shm")
    aside: Path | None = None
    if files.header.exists() or files.database.exists():
        aside = files.home / f"before-restore-{stamp}"
        if aside.exists():
            raise Refused(t("A restore was begun at this very moment"), t("Try again."))
        aside.mkdir(mode=0o700)
        for part in parts:
            with contextlib.suppress(FileNotFoundError):
                (files.home / part).rename(aside / part)
    for part in parts:
        if (fresh / part).exists():
            (fresh / part).rename(files.home / part)
    return aside


def _our_members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for member in tar:
        parts = member.name.split("/")
        ours = member.name in {DATABASE, HEADER} or (
            len(parts) == 3
            and parts[2].isalnum()
            and len(parts[2]) == 64
            and parts[:2] == [BLOBS, parts[2][:2]]
        )
        if member.isfile() and ours:
            yield member


def _lay(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> None:
    # By hand: of what a member says of itself only its name and content count. (The filter of
    # `extractall` is missing in Debian 12's Python.)
    place = into / member.name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = tar.extractfile(member)
    assert content is not None, "a member that is a file has a content"
    descriptor = os.open(place, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with content, os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(content, file)


def _not_ours() -> Unreadable:
    return Unreadable(
        t("This is no whole backup of a desk"), t("Nothing was changed. Choose another file.")
    )


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Trouble(
            t("{file} is not there", file=Path(str(error.filename)).name), t("Nothing was changed.")
        ) from error
    except PermissionError as error:
        raise Trouble(
            t("The folder cannot be written"), t("Choose another one. Nothing was changed.")
        ) from error
    except OSError as error:
        raise Full(
            t("The backup could not be written"), t("Make room on the disk and try again.")
        ) from error
