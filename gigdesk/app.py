"""The composition root: builds every object, once. The only file that knows every room."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.labels import Known
from gigdesk.domain.late import late
from gigdesk.domain.ports import AskKey, KeyQuestion, Keyring, Now
from gigdesk.domain.words import t
from gigdesk.services.assistant import Desk as Assistant
from gigdesk.services.assistant import routines_of
from gigdesk.services.backup import BackupService
from gigdesk.services.calendar import CalendarService
from gigdesk.services.clients import ClientService
from gigdesk.services.day_sources import day_sources
from gigdesk.services.door import Door, OpenDesk
from gigdesk.services.drafts import DraftService
from gigdesk.services.drafts.gathering import Sources as DraftSources
from gigdesk.services.first_steps import FirstSteps
from gigdesk.services.inbox import InboxService, MailRoom
from gigdesk.services.invoices import Bureau, InvoiceService
from gigdesk.services.keys import KeyService
from gigdesk.services.leads import LeadService
from gigdesk.services.ledger import LedgerService
from gigdesk.services.model import ModelService
from gigdesk.services.notices import NoticeService
from gigdesk.services.office import Changes, Office, Watch, Writer
from gigdesk.services.profile import ProfileService
from gigdesk.services.proposals import ProposalService
from gigdesk.services.routines import RoutineService
from gigdesk.services.settings import SettingsService
from gigdesk.services.today import TodayService
from gigdesk.store.calendar import CalendarStore
from gigdesk.store.clients import ClientStore
from gigdesk.store.inbox.keeping import MailKeeping
from gigdesk.store.inbox.shelf import MailShelf
from gigdesk.store.invoices import InvoiceStore
from gigdesk.store.leads import LeadStore
from gigdesk.store.ledger import LedgerStore
from gigdesk.store.models import ModelStore
from gigdesk.store.notices import NoticeStore
from gigdesk.store.profile import ProfileStore
from gigdesk.store.proposals import OutboxStore, ProposalStore
from gigdesk.store.routines import RoutineStore
from gigdesk.store.settings import SettingsStore

if TYPE_CHECKING:
    from gigdesk.gateways.calendars import CalendarReader
    from gigdesk.gateways.documents.press import Press
    from gigdesk.gateways.lead_files import LeadFiles
    from gigdesk.gateways.mail_files import MailFiles
    from gigdesk.gateways.mail_reader import MailReadingChild
    from gigdesk.gateways.model import LocalModel
    from gigdesk.services.doctor import Check
    from gigdesk.services.restore import Restored
    from gigdesk.services.sample import Step
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
    return Door(home, keyring, ask)


def open_office(home: Path, ask: AskKey, now: Now = system_now) -> Office:
    """Open the desk of this folder (or make it) and build everything on it.

    Raises Locked, Unreadable, Newer or another Trouble and leaves everything as it was.
    """
    return office_on(door_of(home, ask).open(), now)


def office_on(desk: OpenDesk, clock: Now) -> Office:
    """Everything built on an open desk."""
    writer, db, now = Writer(), desk.db, Watch(clock)
    outside = _Outside(desk.files.home / "models")
    settings = SettingsService(SettingsStore(db))
    notices = NoticeService(NoticeStore(db), settings, now)
    deciding = ProposalService(db, ProposalStore(db), OutboxStore(db), now)
    profile = ProfileService(ProfileStore(db))
    clients = ClientService(db, ClientStore(db), outside.clients)
    invoices = InvoiceService(
        Bureau(db, InvoiceStore(db), desk.blobs, outside.press, clients, profile, settings), now
    )
    calendar = CalendarService(db, CalendarStore(db), outside.calendars, settings, now, writer)
    known = partial(_known, profile, clients, invoices)
    room = MailRoom(
        MailKeeping(db), MailShelf(db), desk.blobs, outside.reader, outside.mails, known
    )
    inbox = InboxService(room, settings, now, writer)
    leads = LeadService(db, LeadStore(db), outside.leads, profile, settings, now, writer)
    sources = day_sources(invoices, calendar, clients, leads)
    backup = BackupService(desk, settings)
    keys = KeyService(desk)
    steps = FirstSteps(settings, profile, inbox, calendar, invoices, keys)
    model = ModelService(ModelStore(db), outside.model, now, writer)
    drafted_from = DraftSources(inbox, clients, invoices, calendar, profile, settings, now)
    assistant = Assistant(
        waiting=lambda: len(deciding.waiting()),
        late=sources.late,
        new_leads=leads.worth_count,
        back_up=backup.daily,
        tell=notices,
        settings=settings,
    )
    routines = RoutineService(RoutineStore(db), settings, routines_of(assistant), now)

    def close() -> None:
        for each in (outside.model.rest, outside.reader.close, desk.close):
            each()

    return Office(
        home=desk.files.home,
        now=now,
        watch=now,
        writer=writer,
        changes=Changes(db.data_version, db.counters),
        close=close,
        settings=settings,
        proposals=deciding,
        keys=keys,
        ledger=LedgerService(LedgerStore(db), settings, now),
        notices=notices,
        routines=routines,
        today=TodayService(deciding, routines, settings, sources, steps, now),
        first_steps=steps,
        backup=backup,
        model=model,
        profile=profile,
        clients=clients,
        inbox=inbox,
        invoices=invoices,
        calendar=calendar,
        drafts=DraftService(drafted_from, model, deciding, writer),
        leads=leads,
    )


def _known(profile: ProfileService, clients: ClientService, invoices: InvoiceService) -> Known:
    """What the inbox knows when it judges a mail."""
    mine = profile.get().email.lower()
    return Known(
        mine=frozenset({mine} if mine else ()),
        clients={each.email.lower(): each.name for each in clients.all() if each.email},
        numbers={number.casefold(): number for number in invoices.numbers()},
    )


class _Outside:
    """The gateways, each loaded when it is first used: the window's first picture needs none."""

    def __init__(self, models: Path) -> None:
        self.press = late(self._press)
        self.calendars = late(self._calendars)
        self.reader = late(self._reader)
        self.leads = late(self._leads)
        self.model = late(partial(self._model, models))

    @staticmethod
    def _press() -> Press:
        from gigdesk.gateways.documents.press import Press

        return Press()

    @staticmethod
    def _calendars() -> CalendarReader:
        from gigdesk.gateways.calendars import CalendarReader

        return CalendarReader()

    @staticmethod
    def _reader() -> MailReadingChild:
        from gigdesk.gateways.mail_reader import MailReadingChild

        return MailReadingChild()

    @staticmethod
    def _leads() -> LeadFiles:
        from gigdesk.gateways.lead_files import LeadFiles

        return LeadFiles()

    @staticmethod
    def _model(models: Path) -> LocalModel:
        from gigdesk.gateways.model import LocalModel

        return LocalModel(models)

    @staticmethod
    def mails(paths: Sequence[Path]) -> MailFiles:
        """The mails in these files and folders."""
        from gigdesk.gateways.mail_files import MailFiles

        return MailFiles(paths)

    @staticmethod
    def clients(path: Path) -> list[tuple[int, dict[str, str]]]:
        """The clients in a file."""
        from gigdesk.gateways.client_files import read_clients

        return read_clients(path)


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
    from gigdesk.cli.main import passphrase_from_file

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
    from gigdesk.gateways.net import watch
    from gigdesk.gateways.notifications import DesktopNotifications
    from gigdesk.services.door import fingerprint
    from gigdesk.ui.session import Session, Way

    watch()
    home, now = _options(arguments)
    clock: Now = (lambda: now) if now else system_now
    way = Way(
        home=home,
        name=fingerprint(home),
        open=lambda ask, _stop: _at_once(home, _file_first(ask), clock),
        notifications=DesktopNotifications if DesktopNotifications.possible() else None,
        sample=sample_way(home, clock),
    )
    return Session(way).run()


def sample_way(own: Path, clock: Now) -> Way:
    """The way to the sample that belongs to a desk: its own folder, its own key, no keyring."""
    from gigdesk.services.door import fingerprint
    from gigdesk.services.sample import NoKeyring, SamplePlace
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


def _at_once(home: Path, ask: AskKey, clock: Now) -> Generator[Step, None, Office]:
    """A person's own desk opens without steps."""
    yield from ()
    return open_office(home, ask, clock)


def _options(arguments: list[str]) -> tuple[Path, datetime | None]:
    """`--home` and `--now`, which may stand before a command or alone."""
    import argparse

    parser = argparse.ArgumentParser(prog="gigdesk")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--now", type=datetime.fromisoformat)
    parsed = parser.parse_args(arguments)
    return (parsed.home or home_folder()).expanduser(), parsed.now
