"""The composition root: builds every object of an open desk, once. With app.py the only file that
knows every room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.labels import Known
from gigdesk.domain.inbox.wording.accounts import plain
from gigdesk.domain.late import late
from gigdesk.domain.ports import Now
from gigdesk.domain.sending import keeps_sent
from gigdesk.domain.words import t
from gigdesk.gateways.cupboard import Cupboard
from gigdesk.gateways.far_pictures import FarPictures
from gigdesk.services.accounts import AccountService, SettingUp
from gigdesk.services.accounts.proofs import Proofs
from gigdesk.services.assistant import Desk as Assistant
from gigdesk.services.assistant import routines_of
from gigdesk.services.attachments import AttachmentService
from gigdesk.services.backup import BackupService
from gigdesk.services.calendar import CalendarService
from gigdesk.services.clients import ClientService
from gigdesk.services.composing import ComposingService
from gigdesk.services.composing.people import Acquaintances
from gigdesk.services.composing.templates import Filling
from gigdesk.services.composing.there import DraftsThere, ThereRoom
from gigdesk.services.day_sources import day_sources
from gigdesk.services.door import OpenDesk
from gigdesk.services.drafts import DraftService
from gigdesk.services.drafts.gathering import Sources as DraftSources
from gigdesk.services.drafts.manners import MannerRoom, MannerService
from gigdesk.services.drafts.translating import TranslationService
from gigdesk.services.first_contact import ContactRoom, FirstContact
from gigdesk.services.first_steps import FirstSteps
from gigdesk.services.handoff.handing import Handoff
from gigdesk.services.handoff.room import HandoffRoom
from gigdesk.services.inbox import InboxService, MailRoom
from gigdesk.services.invoices import Bureau, InvoiceService
from gigdesk.services.keys import KeyService
from gigdesk.services.leads import LeadService
from gigdesk.services.leaving import LeavingRoom, LeavingService
from gigdesk.services.ledger import LedgerService
from gigdesk.services.model import ModelService
from gigdesk.services.notices import NoticeService
from gigdesk.services.office import Changes, Office, Watch, Writer
from gigdesk.services.pictures import PictureService
from gigdesk.services.profile import ProfileService
from gigdesk.services.proposals import ProposalService
from gigdesk.services.routines import RoutineService
from gigdesk.services.sample.mark import SAMPLE
from gigdesk.services.sending import SendingService
from gigdesk.services.sending.room import SendingRoom
from gigdesk.services.settings import SettingsService
from gigdesk.services.sorting import SortingService, with_learned
from gigdesk.services.sync import SyncService
from gigdesk.services.sync.post import Post
from gigdesk.services.today import TodayService
from gigdesk.services.waiting import WaitingRoom, WaitingService
from gigdesk.store.accounts import AccountStore
from gigdesk.store.calendar import CalendarStore
from gigdesk.store.clients import ClientStore
from gigdesk.store.expenses import ExpenseStore
from gigdesk.store.inbox.answers import AnswerStore
from gigdesk.store.inbox.drafts_there import DraftsThereStore
from gigdesk.store.inbox.far_senders import FarSenderStore
from gigdesk.store.inbox.folders import FolderStore
from gigdesk.store.inbox.keeping import MailKeeping
from gigdesk.store.inbox.lessons import LessonStore
from gigdesk.store.inbox.letters import LetterStore
from gigdesk.store.inbox.links import LinkStore
from gigdesk.store.inbox.manners import MannerStore
from gigdesk.store.inbox.places import PlaceStore
from gigdesk.store.inbox.queue import MailQueue
from gigdesk.store.inbox.shelf import MailShelf
from gigdesk.store.inbox.unsent import UnsentStore
from gigdesk.store.inbox.waits import WaitStore
from gigdesk.store.invoices import InvoiceStore
from gigdesk.store.leads import LeadStore
from gigdesk.store.leases import LeaseStore
from gigdesk.store.ledger import LedgerStore
from gigdesk.store.models import ModelStore
from gigdesk.store.notices import NoticeStore
from gigdesk.store.profile import ProfileStore
from gigdesk.store.proposals import OutboxStore, ProposalStore
from gigdesk.store.routines import RoutineStore
from gigdesk.store.secrets import SecretStore
from gigdesk.store.settings import SettingsStore

if TYPE_CHECKING:
    from gigdesk.domain.proposals import OutboxItem
    from gigdesk.domain.topics import Changed
    from gigdesk.gateways.bill_files import BillReader
    from gigdesk.gateways.calendars import CalendarReader
    from gigdesk.gateways.documents.press import Press
    from gigdesk.gateways.doors import MailDoors
    from gigdesk.gateways.imap.box import ImapServers
    from gigdesk.gateways.lead_files import LeadFiles
    from gigdesk.gateways.list_servers import ListServers
    from gigdesk.gateways.mail_files import MailFiles
    from gigdesk.gateways.mail_reader import MailReadingChild
    from gigdesk.gateways.model import LocalModel
    from gigdesk.gateways.net import Gate
    from gigdesk.gateways.oauth import OAuthServers
    from gigdesk.gateways.smtp import Smtp


def office_on(desk: OpenDesk, clock: Now) -> Office:
    """Everything built on an open desk."""
    writer, db, now = Writer(), desk.db, Watch(clock)
    ledger = LedgerStore(db)
    outside = _Outside(desk.files.home / "models", ledger, now)
    settings = SettingsService(SettingsStore(db))
    resting, lending = partial(_resting, settings), Cupboard(desk.files.home / "lent")
    notices = NoticeService(NoticeStore(db), settings, now)
    outbox = OutboxStore(db)
    deciding = ProposalService(db, ProposalStore(db), outbox, now)
    profile = ProfileService(ProfileStore(db))
    accounts = AccountService(
        AccountStore(db),
        Proofs(desk, SecretStore(db), writer),
        LeaseStore(db),
        outside.logins,
        profile,
        now,
        writer,
    )
    setting_up = SettingUp(
        accounts, outside.doors, outside.mailboxes, outside.carrier, outside.logins, now
    )
    clients = ClientService(db, ClientStore(db), outside.clients)
    invoices = InvoiceService(
        Bureau(db, InvoiceStore(db), desk.blobs, outside.press, clients, profile, settings), now
    )
    calendar = CalendarService(db, CalendarStore(db), outside.calendars, settings, now, writer)
    lessons, shelf = LessonStore(db), MailShelf(db)
    known = partial(_known, accounts, clients, invoices, profile, lessons)
    sorting = SortingService(lessons, shelf, known, now, writer)
    room = MailRoom(
        MailKeeping(db), shelf, desk.blobs, outside.reader, outside.mails, known, sorting.look_again
    )
    inbox = InboxService(room, settings, now, writer)
    post = Post(FolderStore(db), PlaceStore(db), MailQueue(db), inbox, known, now, writer)
    sync = SyncService(
        post, accounts, outside.mailboxes, LeaseStore(db, _SYNCING_SECONDS), notices.tell
    )
    sending_room = SendingRoom(
        outbox=outbox,
        leases=LeaseStore(db, _SENDING_SECONDS),
        blobs=desk.blobs,
        carrier=outside.carrier,
        servers=outside.mailboxes,
        accounts=accounts,
        inbox=inbox,
        profile=profile,
        settings=settings,
        notices=notices,
        keeps_sent=keeps_sent,
        now=now,
        write=writer,
    )
    composing = ComposingService(
        db,
        (UnsentStore(db), outbox),
        desk.blobs,
        (inbox, accounts, settings),
        Acquaintances(clients, inbox, accounts),
        Filling(clients, invoices, profile, settings, now),
        now,
    )
    there = ThereRoom(
        UnsentStore(db),
        DraftsThereStore(db),
        LeaseStore(db, _SENDING_SECONDS),
        desk.blobs,
        outside.mailboxes,
        accounts,
        profile,
        settings,
    )
    sending = SendingService(sending_room, partial(_taken_back, deciding, composing), resting)
    waiting = WaitingRoom(db, WaitStore(db), inbox, deciding, notices, profile, settings)
    leaving = LeavingRoom(LetterStore(db), outbox, inbox, outside.lists, accounts.mine, resting)
    contact = ContactRoom(db, AnswerStore(db), outbox, inbox, known, profile, settings)
    leads = LeadService(db, LeadStore(db), outside.leads, profile, settings, now, writer)
    handing = HandoffRoom(
        db, desk.blobs, LinkStore(db), inbox, deciding, calendar, clients, leads, accounts, profile,
        settings, now, writer,
    )  # fmt: skip
    handoff = Handoff(
        handing,
        (CalendarStore(db), ExpenseStore(db), ClientStore(db)),
        (outside.calendars, outside.bills),
    )
    sources = day_sources(invoices, calendar, clients, leads)
    backup = BackupService(desk, settings)
    keys = KeyService(desk)
    steps = FirstSteps(settings, profile, inbox, calendar, invoices, keys)
    model = ModelService(ModelStore(db), LeaseStore(db), outside.model, now, writer)
    manners = MannerService(MannerRoom(MannerStore(db), inbox, clients, profile), writer)
    drafted_from = DraftSources(inbox, clients, invoices, calendar, profile, settings, manners, now)
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
        ledger=LedgerService(ledger, settings, now, lambda: outside.gate.going()),
        notices=notices,
        routines=routines,
        today=TodayService(deciding, routines, settings, sources, steps, now),
        first_steps=steps,
        backup=backup,
        model=model,
        profile=profile,
        clients=clients,
        inbox=inbox,
        attachments=AttachmentService(inbox.raw, outside.reader, lending, clock),
        pictures=PictureService(FarSenderStore(db), FarPictures(outside.gate), resting, now),
        sorting=sorting,
        invoices=invoices,
        calendar=calendar,
        drafts=DraftService(drafted_from, model, deciding, writer),
        manners=manners,
        translating=TranslationService(drafted_from, model, ProposalStore(db), writer),
        leads=leads,
        first_contact=FirstContact(contact, now),
        waiting=WaitingService(waiting, now),
        leaving=LeavingService(leaving, now, writer),
        accounts=accounts,
        setting_up=setting_up,
        sending=sending,
        composing=composing,
        drafts_there=DraftsThere(there, now, writer),
        sync=sync,
        handoff=handoff,
    )


# Longer than any attempt may take: whoever died over one is known by its process.
_SENDING_SECONDS = 900.0
# Longer than a server may be silent, and than the largest batch takes.
_SYNCING_SECONDS = 180.0


def _taken_back(
    deciding: ProposalService, composing: ComposingService, item: OutboxItem
) -> Changed[Any]:
    """Back to where it came from: the assistant's proposals, or the person's own pen."""
    return (composing.take_back if item.proposal_id is None else deciding.take_back)(item.id)


def _resting(settings: SettingsService) -> str:
    """Why nothing leaves from this desk; empty where it does."""
    return t("Sample desk: nothing leaves") if settings.state(SAMPLE) is not None else ""


def _known(
    accounts: AccountService,
    clients: ClientService,
    invoices: InvoiceService,
    profile: ProfileService,
    lessons: LessonStore,
) -> Known:
    """What the inbox knows when it judges a mail."""
    records = Known(
        mine=accounts.mine(),
        clients={each.email.lower(): each.name for each in clients.all() if each.email},
        numbers={number.casefold(): number for number in invoices.numbers()},
    )
    bank = profile.get().bank
    return with_learned(records, lessons, [plain(bank.iban)] if bank else [])


class _Outside:
    """The gateways, each loaded when it is first used: the window's first picture needs none."""

    def __init__(self, models: Path, ledger: LedgerStore, now: Now) -> None:
        self.gate = late(partial(self._gate, ledger, now))
        self.logins = late(partial(self._logins, self.gate))
        self.doors = late(partial(self._doors, self.gate))
        self.mailboxes = late(partial(self._mailboxes, self.gate))
        self.carrier = late(partial(self._carrier, self.gate))
        self.lists = late(partial(self._lists, self.gate))
        self.press = late(self._press)
        self.calendars = late(self._calendars)
        self.bills = late(self._bills)
        self.reader = late(self._reader)
        self.leads = late(self._leads)
        self.model = late(partial(self._model, models))

    @staticmethod
    def _gate(ledger: LedgerStore, now: Now) -> Gate:
        from gigdesk.gateways.net import Gate

        return Gate(ledger, now)

    @staticmethod
    def _logins(gate: Gate) -> OAuthServers:
        from gigdesk.gateways.oauth import OAuthServers

        return OAuthServers(gate)

    @staticmethod
    def _doors(gate: Gate) -> MailDoors:
        from gigdesk.gateways.doors import MailDoors

        return MailDoors(gate)

    @staticmethod
    def _mailboxes(gate: Gate) -> ImapServers:
        from gigdesk.gateways.imap.box import ImapServers

        return ImapServers(gate)

    @staticmethod
    def _carrier(gate: Gate) -> Smtp:
        from gigdesk.gateways.smtp import Smtp

        return Smtp(gate)

    @staticmethod
    def _lists(gate: Gate) -> ListServers:
        from gigdesk.gateways.list_servers import ListServers

        return ListServers(gate)

    @staticmethod
    def _press() -> Press:
        from gigdesk.gateways.documents.press import Press

        return Press()

    @staticmethod
    def _calendars() -> CalendarReader:
        from gigdesk.gateways.calendars import CalendarReader

        return CalendarReader()

    @staticmethod
    def _bills() -> BillReader:
        from gigdesk.gateways.bill_files import BillReader

        return BillReader()

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
