"""The ways in: the window and the command line, each with the desk that it opens."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Generator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble
from gigdesk.domain.ports import AskKey, KeyQuestion, Keyring, Now
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.doctor import Check
    from gigdesk.services.door import Door, OpenDesk
    from gigdesk.services.office import Office
    from gigdesk.services.restore import Restored
    from gigdesk.services.sample.filling import Step
    from gigdesk.ui.session import Way


_PATIENCE_SECONDS = 3.0


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
    from gigdesk.services.door import Door

    return Door(home, keyring, ask)


def open_office(home: Path, ask: AskKey, now: Now = system_now) -> Office:
    """Open the desk of this folder (or make it) and build everything on it.

    Raises Locked, Unreadable, Newer or another Trouble and leaves everything as it was.
    """
    return office_on(door_of(home, ask).open(), now)


def office_on(desk: OpenDesk, clock: Now) -> Office:
    """Everything built on an open desk."""
    from gigdesk import building

    return building.office_on(desk, clock)


def run_command(arguments: list[str]) -> int:
    """Do one command of the command line; its exit code."""
    from gigdesk.cli.main import run

    os.umask(0o077)
    return run(arguments, _Entrance)


class _Entrance:
    """The command line's way in."""

    def __init__(self, home: Path | None, now: datetime | None) -> None:
        from gigdesk.cli.answer import is_terminal
        from gigdesk.cli.main import ask_key
        from gigdesk.gateways.net import watch
        from gigdesk.gateways.vault import Keyring as SystemKeyring

        watch()
        self._home = home or home_folder()
        self._now: Now = (lambda: now) if now else system_now
        self._ask = ask_key
        # A locked keyring asks by itself; without a terminal nobody may be there to answer.
        self._keyring = SystemKeyring(None if is_terminal() else _PATIENCE_SECONDS)

    def open(self) -> Office:
        return office_on(door_of(self._home, self._ask, self._keyring).open(), self._now)

    def restore(self, backup: Path, key_file: Path | None, *, keeps_running: bool) -> Restored:
        from gigdesk.services.restore import restore

        asking = _recovery_first(key_file, self._ask) if key_file else self._ask
        done = restore(backup, self._home, self._keyring, asking, self._now())
        if keeps_running:
            office = office_on(door_of(self._home, asking, self._keyring).open(), self._now)
            try:
                office.invoices.start_new_series()
            finally:
                office.close()
        return done

    def examine(self) -> list[Check]:
        from gigdesk.services.doctor import examine

        return examine(self._home, self._keyring, self._ask)


def _file_first(ask: AskKey) -> AskKey:
    """Answers for the passphrase from the file the environment names; asks for the rest."""
    from gigdesk.cli.passphrase import passphrase_from_file

    def asking(question: KeyQuestion) -> str | None:
        return passphrase_from_file(question) or ask(question)

    return asking


def _recovery_first(key_file: Path, ask: AskKey) -> AskKey:
    """Answers for the recovery key from a file, everything else as before."""

    def asking(question: KeyQuestion) -> str | None:
        if question.kind != "recovery key":
            return ask(question)
        try:
            return key_file.read_text("utf-8") if question.attempt == 1 else None
        except (OSError, UnicodeDecodeError) as error:
            raise Trouble(
                t("The recovery key's file cannot be read"), t("Nothing was changed.")
            ) from error

    return asking


def run_window(arguments: list[str]) -> int:
    """Open the desk in its window; its exit code."""
    os.umask(0o077)
    if not _may_show():
        words = t("There is no display here: the window cannot open.")
        sys.stderr.write(f"{words} {t('The command line works: gigdesk --help.')}\n")
        return 1
    # What is loaded now stays: the session switches the collector on when the window stands.
    gc.disable()
    home, now = _options(arguments)
    ahead = _Ahead(home)
    from gigdesk.gateways.net import watch
    from gigdesk.gateways.notifications import DesktopNotifications
    from gigdesk.services.door import fingerprint
    from gigdesk.ui.session import Session, Way

    watch()
    clock: Now = (lambda: now) if now else system_now
    way = Way(
        home=home,
        name=fingerprint(home),
        open=lambda ask, _stop: _at_once(ahead, _file_first(ask), clock),
        notifications=DesktopNotifications if DesktopNotifications.possible() else None,
        sample=sample_way(home, clock),
    )
    return Session(way).run()


def sample_way(own: Path, clock: Now) -> Way:
    """The way to the sample that belongs to a desk: its own folder, its own key, no keyring."""
    from gigdesk.services.door import fingerprint
    from gigdesk.services.sample.place import NoKeyring, SamplePlace
    from gigdesk.ui.session import Way

    place = SamplePlace(own)

    def opened() -> Office:
        return office_on(door_of(place.folder, place.key, NoKeyring()).open(), clock)

    return Way(
        home=place.folder,
        name=fingerprint(place.folder),
        open=lambda _ask, stop: place.open(opened, stop),
        throw_away=place.throw_away,
    )


def _may_show() -> bool:
    """Whether there is a display, or a platform of Qt's that needs none. Qt would abort without."""
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


class _Ahead:
    """Opens a desk that is there while the window is still being loaded: most of it is waiting for
    the keyring or reckoning a key, and needs no Python."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._ask: Future[AskKey] = Future()
        self._desk: Future[OpenDesk] | None = None
        if (home / "desk.json").exists():
            self._desk = Future()
            threading.Thread(target=self._open, name="desk-ahead", daemon=True).start()

    def desk(self, ask: AskKey) -> OpenDesk:
        """The open desk; `ask` answers what it waits for. A second call opens it anew."""
        desk, self._desk = self._desk, None
        if desk is None:
            return door_of(self._home, ask).open()
        self._ask.set_result(ask)
        return desk.result()

    def _open(self) -> None:
        assert self._desk is not None
        desk = self._desk
        try:
            desk.set_result(door_of(self._home, self._asking).open())
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever asks for the desk
            desk.set_exception(error)

    def _asking(self, question: KeyQuestion) -> str | None:
        from gigdesk.cli.passphrase import passphrase_from_file

        return passphrase_from_file(question) or self._ask.result()(question)


def _at_once(ahead: _Ahead, ask: AskKey, clock: Now) -> Generator[Step, None, Office]:
    """A person's own desk opens without steps."""
    yield from ()
    return office_on(ahead.desk(ask), clock)


def _options(arguments: list[str]) -> tuple[Path, datetime | None]:
    """`--home` and `--now`, which may stand before a command or alone."""
    import argparse

    parser = argparse.ArgumentParser(prog="gigdesk")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--now", type=datetime.fromisoformat)
    parsed = parser.parse_args(arguments)
    if parsed.now is not None and parsed.now.tzinfo is None:
        parser.error("argument --now: an instant needs an offset, such as +01:00")
    return (parsed.home or home_folder()).expanduser(), parsed.now
