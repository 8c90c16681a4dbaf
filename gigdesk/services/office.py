"""The office: everything a freelancer can do here, one field per feature.

app.py builds it once; the window and the command line get it handed in and know nothing behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from gigdesk.domain.ports import Now
from gigdesk.domain.topics import Changed

if TYPE_CHECKING:
    from gigdesk.domain.topics import Topic
    from gigdesk.services.accounts import AccountService, SettingUp
    from gigdesk.services.attachments import AttachmentService
    from gigdesk.services.backup import BackupService
    from gigdesk.services.calendar import CalendarService
    from gigdesk.services.clients import ClientService
    from gigdesk.services.composing import ComposingService
    from gigdesk.services.composing.there import DraftsThere
    from gigdesk.services.drafts import DraftService
    from gigdesk.services.drafts.manners import MannerService
    from gigdesk.services.drafts.translating import TranslationService
    from gigdesk.services.first_contact import FirstContact
    from gigdesk.services.first_steps import FirstSteps
    from gigdesk.services.handoff.handing import Handoff
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.keys import KeyService
    from gigdesk.services.leads import LeadService
    from gigdesk.services.leaving import LeavingService
    from gigdesk.services.ledger import LedgerService
    from gigdesk.services.model import ModelService
    from gigdesk.services.notices import NoticeService
    from gigdesk.services.pictures import PictureService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.proposals import ProposalService
    from gigdesk.services.routines import RoutineService
    from gigdesk.services.sending import SendingService
    from gigdesk.services.settings import SettingsService
    from gigdesk.services.sorting import SortingService
    from gigdesk.services.sync import SyncService
    from gigdesk.services.today import TodayService
    from gigdesk.services.waiting import WaitingService

T = TypeVar("T")


class Writer:
    """The `Write` port whose target the window sets: its writing lane instead of here and now."""

    def __init__(self) -> None:
        self._target: Callable[[Callable[[], Any]], Any] | None = None

    def use(self, target: Callable[[Callable[[], Any]], Any]) -> None:
        """Send changes of long verbs there from now on."""
        self._target = target

    def __call__(self, call: Callable[[], T]) -> T:
        if self._target is None:
            return call()
        answer: T = self._target(call)
        return answer


class Watch:
    """The `Now` port of a whole office. The sample desk lives through its year by it: it can be made
    to stand at an instant until it is let go."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._stands: datetime | None = None

    def __call__(self) -> datetime:
        return self._stands or self._now()

    def stand(self, moment: datetime) -> None:
        """Show this instant from now on."""
        self._stands = moment.astimezone(UTC)

    def go(self) -> None:
        """Show the time again."""
        self._stands = None


@dataclass(frozen=True)
class Changes:
    """How a window learns what other processes changed; read on the writing thread."""

    data_version: Callable[[], int]
    counters: Callable[[], dict[Topic, int]]


@dataclass(frozen=True)
class Office:
    """All services of one open desk."""

    home: Path
    now: Now
    watch: Watch
    writer: Writer
    changes: Changes
    close: Callable[[], None]
    settings: SettingsService
    proposals: ProposalService
    keys: KeyService
    ledger: LedgerService
    notices: NoticeService
    routines: RoutineService
    backup: BackupService
    today: TodayService
    first_steps: FirstSteps
    model: ModelService
    profile: ProfileService
    clients: ClientService
    inbox: InboxService
    attachments: AttachmentService
    pictures: PictureService
    sorting: SortingService
    invoices: InvoiceService
    calendar: CalendarService
    drafts: DraftService
    manners: MannerService
    translating: TranslationService
    leads: LeadService
    first_contact: FirstContact
    waiting: WaitingService
    leaving: LeavingService
    accounts: AccountService
    sending: SendingService
    composing: ComposingService
    drafts_there: DraftsThere
    setting_up: SettingUp
    sync: SyncService
    handoff: Handoff

    def warm(self) -> None:
        """Load what the first picture did without, away from whoever looks at it; throw away what a
        fall left behind."""
        self.sync.fetched()
        self.attachments.clear()

    def beat(self) -> Changed[None]:
        """What happens by itself every half minute: routines that are due, first answers,
        conversations that wake."""
        ran = self.routines.tick()
        self.writer(self.first_contact.answer)
        self.writer(self.waiting.due)
        self.attachments.tidy()
        self.manners.learn()
        return Changed(None, ran.topics)

    def zone(self) -> ZoneInfo:
        """The person's time zone."""
        return self.settings.zone()
