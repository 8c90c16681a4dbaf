"""The composition root: builds every object, once. The only file that knows every room."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gigdesk.domain.ports import AskKey, Keyring, Now
from gigdesk.services.assistant import Desk as Assistant
from gigdesk.services.assistant import routines_of
from gigdesk.services.backup import BackupService
from gigdesk.services.door import Door, OpenDesk
from gigdesk.services.keys import KeyService
from gigdesk.services.ledger import LedgerService
from gigdesk.services.notices import NoticeService
from gigdesk.services.office import Changes, Office, Writer
from gigdesk.services.proposals import ProposalService
from gigdesk.services.routines import RoutineService
from gigdesk.services.settings import SettingsService
from gigdesk.store.ledger import LedgerStore
from gigdesk.store.notices import NoticeStore
from gigdesk.store.proposals import OutboxStore, ProposalStore
from gigdesk.store.routines import RoutineStore
from gigdesk.store.settings import SettingsStore


def home_folder() -> Path:
    """The person's desk: `GIGDESK_HOME`, else the system's place for an app's data."""
    named = os.environ.get("GIGDESK_HOME")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("gigdesk", appauthor=False) / "desk"


def system_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


def door_of(home: Path, ask: AskKey, keyring: Keyring | None = None) -> Door:
    """The way into the desk of this folder."""
    if keyring is None:
        from gigdesk.gateways import vault

        keyring = vault.Keyring()
    return Door(home, keyring, ask)


def open_office(home: Path, ask: AskKey, now: Now = system_now) -> Office:
    """Open the desk of this folder (or make it) and build everything on it.

    Raises Locked, Unreadable, Newer or another Trouble and leaves everything as it was.
    """
    return office_on(door_of(home, ask).open(), now)


def office_on(desk: OpenDesk, now: Now) -> Office:
    """Everything built on an open desk."""
    writer, db = Writer(), desk.db
    closing: list[Callable[[], None]] = [desk.close]
    settings = SettingsService(SettingsStore(db))
    proposals = ProposalStore(db)
    deciding = ProposalService(db, proposals, OutboxStore(db), now)
    notices = NoticeService(NoticeStore(db), settings, now)
    backup = BackupService(desk, settings)
    assistant = Assistant(
        waiting=lambda: len(deciding.waiting()),
        late=lambda _day: (),
        new_leads=lambda: 0,
        back_up=backup.daily,
        tell=notices,
        settings=settings,
    )

    def close() -> None:
        for each in reversed(closing):
            each()

    return Office(
        home=desk.files.home,
        now=now,
        writer=writer,
        changes=Changes(db.data_version, db.counters),
        close=close,
        settings=settings,
        proposals=deciding,
        keys=KeyService(desk),
        ledger=LedgerService(LedgerStore(db), settings, now),
        notices=notices,
        routines=RoutineService(RoutineStore(db), settings, routines_of(assistant), now),
        backup=backup,
    )


def run_command(arguments: list[str]) -> int:
    """Do one command of the command line; its exit code."""
    from gigdesk.cli.main import run

    return run(arguments, _open_for_command)


def _open_for_command(home: Path | None, ask: AskKey, now: Now | None) -> Office:
    return open_office(home or home_folder(), ask, now or system_now)
