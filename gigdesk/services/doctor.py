"""The doctor: what this desk needs and whether it is there, in words, with advice."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.errors import Trouble
from gigdesk.domain.places import resources
from gigdesk.domain.words import t
from gigdesk.services.door import Door
from gigdesk.store.accounts import AccountStore
from gigdesk.store.blob_rows import live_blobs

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.ports import AskKey, Keyring

LEAST_ROOM = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `advice` says what to do when it is not well."""

    name: str
    ok: bool
    words: str
    advice: str = ""


def examine(home: Path, keyring: Keyring, ask: AskKey) -> list[Check]:
    """Look at everything; a failed look is a check that is not well, never an error."""
    looks: tuple[tuple[str, Callable[[], Check | list[Check]]], ...] = (
        ("python", _python),
        ("resources", _resources),
        ("folder", lambda: _folder(home)),
        ("room", lambda: _room(home)),
        ("keyring", lambda: _keyring(keyring)),
        ("desk", lambda: _desk(home, keyring, ask)),
    )
    return [check for name, look in looks for check in _looked(name, look)]


def _looked(name: str, look: Callable[[], Check | list[Check]]) -> list[Check]:
    try:
        found = look()
        return found if isinstance(found, list) else [found]
    except Trouble as trouble:
        return [Check(name, ok=False, words=trouble.title, advice=trouble.advice)]
    except OSError as error:
        return [Check(name, ok=False, words=str(error.strerror), advice=t("Check the disk."))]


def _python() -> Check:
    return Check("python", ok=True, words=f"Python {sys.version.split()[0]}, {sys.platform}")


def _resources() -> Check:
    there = resources().is_dir() and any(resources().iterdir())
    words = t("The app's own files are there") if there else t("The app's own files are missing")
    return Check("resources", there, words, "" if there else t("Install GigDesk again."))


def _folder(home: Path) -> Check:
    nearest = next(place for place in (home, *home.parents) if place.exists())
    with tempfile.TemporaryFile(dir=nearest):
        pass
    if not home.exists():
        return Check("folder", ok=True, words=t("There is no desk in {home} yet", home=home))
    private = sys.platform == "win32" or home.stat().st_mode & 0o077 == 0
    words = t("{home} is yours alone", home=home) if private else t("Others can look into {home}",
                                                                    home=home)  # fmt: skip
    return Check("folder", private, words, "" if private else f"chmod 700 {home}")


def _room(home: Path) -> Check:
    nearest = next(place for place in (home, *home.parents) if place.exists())
    free = shutil.disk_usage(nearest).free
    words = t("{free} GB free", free=f"{free / 1e9:.1f}")
    return Check("room", free > LEAST_ROOM, words, "" if free > LEAST_ROOM else t("Make room."))


def _keyring(keyring: Keyring) -> Check:
    if keyring.available:
        return Check("keyring", ok=True, words=t("The system's keyring answers"))
    return Check("keyring", ok=True, words=t("No keyring here: a passphrase opens the desk"))


def _desk(home: Path, keyring: Keyring, ask: AskKey) -> Check | list[Check]:
    door = Door(home, keyring, ask)
    if not door.exists:
        return Check("desk", ok=True, words=t("A desk will be made at the first start"))
    desk = door.open()
    try:
        wrong = desk.db.check()
        missing = [name for name in live_blobs(desk.db) if not desk.blobs.has(name)]
        accounts = [] if wrong else AccountStore(desk.db).all()
    finally:
        desk.close()
    if wrong or missing:
        words = t("The desk's file is damaged") if wrong else t("{n} kept files are missing",
                                                                n=len(missing))  # fmt: skip
        return Check("desk", ok=False, words=words, advice=t("Restore the last backup."))
    whole = Check("desk", ok=True, words=t("The desk opens and is whole"))
    return [whole, *(_account(each) for each in accounts)]


def _account(account: Account) -> Check:
    """How it stood when it was last used: the doctor connects nowhere."""
    advice = {
        AccountState.REFUSED: t("Your mails are kept. Log in again: Settings, Mail."),
        AccountState.UNREACHABLE: t("It is tried again by itself. Check the network."),
    }.get(account.state, "")
    words = f"{account.address}: {account.standing()}"
    return Check(f"account {account.name}", not advice, words, advice)
