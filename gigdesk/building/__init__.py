"""The composition root: builds every object of an open desk, once. With app.py the only one that knows
every room. What the first picture of the window does not need is built when it is first asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gigdesk.building.neighbours import Neighbours
from gigdesk.building.outside import Outside
from gigdesk.domain.late import late
from gigdesk.services.assistant import Desk as Assistant
from gigdesk.services.assistant import routines_of
from gigdesk.services.calendar import CalendarService
from gigdesk.services.clients import ClientService
from gigdesk.services.day_sources import day_sources
from gigdesk.services.first_steps import FirstSteps
from gigdesk.services.invoices import Bureau, InvoiceService
from gigdesk.services.keys import KeyService
from gigdesk.services.leads import LeadService
from gigdesk.services.ledger import LedgerService
from gigdesk.services.notices import NoticeService
from gigdesk.services.office import Changes, Office, Watch, Writer
from gigdesk.services.profile import ProfileService
from gigdesk.services.proposals import ProposalService
from gigdesk.services.routines import RoutineService
from gigdesk.services.settings import SettingsService
from gigdesk.services.today import TodayService
from gigdesk.store.calendar import CalendarStore
from gigdesk.store.clients import ClientStore
from gigdesk.store.invoices import InvoiceStore
from gigdesk.store.leads import LeadStore
from gigdesk.store.ledger import LedgerStore
from gigdesk.store.notices import NoticeStore
from gigdesk.store.profile import ProfileStore
from gigdesk.store.proposals import OutboxStore, ProposalStore
from gigdesk.store.routines import RoutineStore
from gigdesk.store.settings import SettingsStore

if TYPE_CHECKING:
    from gigdesk.building.wing import MailWing
    from gigdesk.domain.ports import Now
    from gigdesk.services.backup import BackupService
    from gigdesk.services.door import OpenDesk
    from gigdesk.services.model import ModelService
    from gigdesk.store.desk_db import DeskDb


def office_on(desk: OpenDesk, clock: Now) -> Office:
    """Everything built on an open desk."""
    writer, db, now = Writer(), desk.db, Watch(clock)
    ledger = LedgerStore(db)
    outside = Outside(desk.files.home / "models", ledger, now)
    settings = SettingsService(SettingsStore(db))
    notices = NoticeService(NoticeStore(db), settings, now)
    outbox = OutboxStore(db)
    deciding = ProposalService(db, ProposalStore(db), outbox, now)
    profile = ProfileService(ProfileStore(db))
    clients = ClientService(db, ClientStore(db), outside.clients)
    invoices = InvoiceService(
        Bureau(db, InvoiceStore(db), desk.blobs, outside.press, clients, profile, settings), now
    )
    calendar = CalendarService(db, CalendarStore(db), outside.calendars, settings, now, writer)
    leads = LeadService(db, LeadStore(db), outside.leads, profile, settings, now, writer)
    sources = day_sources(invoices, calendar, clients, leads)
    backup = late(partial(_backup, desk, settings))
    keys = KeyService(desk)
    model = late(partial(_model, db, outside, now, writer))
    near = Neighbours(
        desk, outside, outbox, deciding, settings, notices, profile, clients, invoices, calendar,
        leads, model, now, writer,
    )  # fmt: skip
    wing = late(partial(_wing, near))
    inbox = late(lambda: wing.inbox)
    deciding.built_by(lambda: wing.handoff)
    steps = FirstSteps(settings, profile, inbox, calendar, invoices, keys)
    assistant = Assistant(
        waiting=lambda: len(deciding.waiting()),
        late=sources.late,
        new_leads=leads.worth_count,
        back_up=lambda day: backup.daily(day),
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
        attachments=late(lambda: wing.attachments),
        pictures=late(lambda: wing.pictures),
        sorting=late(lambda: wing.sorting),
        invoices=invoices,
        calendar=calendar,
        drafts=late(lambda: wing.drafts),
        manners=late(lambda: wing.manners),
        translating=late(lambda: wing.translating),
        leads=leads,
        first_contact=late(lambda: wing.first_contact),
        waiting=late(lambda: wing.waiting),
        leaving=late(lambda: wing.leaving),
        accounts=late(lambda: wing.accounts),
        setting_up=late(lambda: wing.setting_up),
        sending=late(lambda: wing.sending),
        composing=late(lambda: wing.composing),
        drafts_there=late(lambda: wing.drafts_there),
        sync=late(lambda: wing.sync),
        handoff=late(lambda: wing.handoff),
    )


def _wing(near: Neighbours) -> MailWing:
    from gigdesk.building.wing import mail_wing

    return mail_wing(near)


def _backup(desk: OpenDesk, settings: SettingsService) -> BackupService:
    from gigdesk.services.backup import BackupService

    return BackupService(desk, settings)


def _model(db: DeskDb, outside: Outside, now: Now, writer: Writer) -> ModelService:
    from gigdesk.services.model import ModelService
    from gigdesk.store.leases import LeaseStore
    from gigdesk.store.models import ModelStore

    return ModelService(ModelStore(db), LeaseStore(db), outside.model, now, writer)
