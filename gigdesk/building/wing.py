"""The mail wing: accounts, inbox, fetching, sending, drafts. Built when a door to it is first opened, so
that the window's first picture does not wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.inbox.labels import Known
from gigdesk.domain.inbox.wording.accounts import plain
from gigdesk.domain.sending import keeps_sent
from gigdesk.domain.words import t
from gigdesk.gateways.cupboard import Cupboard
from gigdesk.gateways.far_pictures import FarPictures
from gigdesk.services.accounts import AccountService, SettingUp
from gigdesk.services.accounts.proofs import Proofs
from gigdesk.services.attachments import AttachmentService
from gigdesk.services.composing import ComposingService
from gigdesk.services.composing.people import Acquaintances
from gigdesk.services.composing.templates import Filling
from gigdesk.services.composing.there import DraftsThere, ThereRoom
from gigdesk.services.drafts import DraftService
from gigdesk.services.drafts.gathering import Sources as DraftSources
from gigdesk.services.drafts.manners import MannerRoom, MannerService
from gigdesk.services.drafts.translating import TranslationService
from gigdesk.services.first_contact import ContactRoom, FirstContact
from gigdesk.services.handoff.handing import Handoff
from gigdesk.services.handoff.room import HandoffRoom
from gigdesk.services.inbox import InboxService, MailRoom
from gigdesk.services.leaving import LeavingRoom, LeavingService
from gigdesk.services.pictures import PictureService
from gigdesk.services.sample.mark import SAMPLE
from gigdesk.services.sending import SendingService
from gigdesk.services.sending.room import SendingRoom
from gigdesk.services.sorting import SortingService, with_learned
from gigdesk.services.sync import SyncService
from gigdesk.services.sync.post import Post
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
from gigdesk.store.leases import LeaseStore
from gigdesk.store.proposals import ProposalStore
from gigdesk.store.secrets import SecretStore

if TYPE_CHECKING:
    from gigdesk.building.neighbours import Neighbours
    from gigdesk.domain.proposals import OutboxItem
    from gigdesk.domain.topics import Changed
    from gigdesk.services.clients import ClientService
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.proposals import ProposalService
    from gigdesk.services.settings import SettingsService


@dataclass(frozen=True)
class MailWing:
    """The services of mail."""

    inbox: InboxService
    attachments: AttachmentService
    pictures: PictureService
    sorting: SortingService
    drafts: DraftService
    manners: MannerService
    translating: TranslationService
    first_contact: FirstContact
    waiting: WaitingService
    leaving: LeavingService
    accounts: AccountService
    setting_up: SettingUp
    sending: SendingService
    composing: ComposingService
    drafts_there: DraftsThere
    sync: SyncService
    handoff: Handoff


def mail_wing(near: Neighbours) -> MailWing:
    """Everything about mail."""
    db, outside, now, writer = near.desk.db, near.outside, near.now, near.writer
    settings, outbox, profile = near.settings, near.outbox, near.profile
    deciding, notices, model = near.proposals, near.notices, near.model
    clients, invoices, calendar, leads = near.clients, near.invoices, near.calendar, near.leads
    resting, lending = partial(_resting, settings), Cupboard(near.desk.files.home / "lent")
    accounts = AccountService(
        AccountStore(db),
        Proofs(near.desk, SecretStore(db), writer),
        LeaseStore(db),
        outside.logins,
        profile,
        now,
        writer,
    )
    setting_up = SettingUp(
        accounts, outside.doors, outside.mailboxes, outside.carrier, outside.logins, now
    )
    lessons, shelf = LessonStore(db), MailShelf(db)
    known = partial(_known, accounts, clients, invoices, profile, lessons)
    sorting = SortingService(lessons, shelf, known, now, writer)
    room = MailRoom(
        MailKeeping(db),
        shelf,
        near.desk.blobs,
        outside.reader,
        outside.mails,
        known,
        sorting.look_again,
    )
    inbox = InboxService(room, settings, now, writer)
    post = Post(FolderStore(db), PlaceStore(db), MailQueue(db), inbox, known, now, writer)
    sync = SyncService(
        post, accounts, outside.mailboxes, LeaseStore(db, _SYNCING_SECONDS), notices.tell
    )
    sending_room = SendingRoom(
        outbox=outbox,
        leases=LeaseStore(db, _SENDING_SECONDS),
        blobs=near.desk.blobs,
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
        near.desk.blobs,
        (inbox, accounts, settings),
        Acquaintances(clients, inbox, accounts),
        Filling(clients, invoices, profile, settings, now),
        now,
    )
    there = ThereRoom(
        UnsentStore(db),
        DraftsThereStore(db),
        LeaseStore(db, _SENDING_SECONDS),
        near.desk.blobs,
        outside.mailboxes,
        accounts,
        profile,
        settings,
    )
    sending = SendingService(sending_room, partial(_taken_back, deciding, composing), resting)
    waiting = WaitingRoom(db, WaitStore(db), inbox, deciding, notices, profile, settings)
    leaving = LeavingRoom(LetterStore(db), outbox, inbox, outside.lists, accounts.mine, resting)
    contact = ContactRoom(db, AnswerStore(db), outbox, inbox, known, profile, settings)
    handing = HandoffRoom(
        db, near.desk.blobs, LinkStore(db), inbox, deciding, calendar, clients, leads, accounts, profile,
        settings, now, writer,
    )  # fmt: skip
    handoff = Handoff(
        handing,
        (CalendarStore(db), ExpenseStore(db), ClientStore(db)),
        (outside.calendars, outside.bills),
    )
    manners = MannerService(MannerRoom(MannerStore(db), inbox, clients, profile), writer)
    drafted_from = DraftSources(inbox, clients, invoices, calendar, profile, settings, manners, now)
    return MailWing(
        inbox=inbox,
        attachments=AttachmentService(inbox.raw, outside.reader, lending, now),
        pictures=PictureService(FarSenderStore(db), FarPictures(outside.gate), resting, now),
        sorting=sorting,
        drafts=DraftService(drafted_from, model, deciding, writer),
        manners=manners,
        translating=TranslationService(drafted_from, model, ProposalStore(db), writer),
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
