"""The first five minutes: what a new desk lacks, until it has it or the person says not now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gigdesk.domain.today import Step
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.calendar import CalendarService
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.invoices import InvoiceService
    from gigdesk.services.keys import KeyService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService

_STATE = "first steps"


class FirstSteps:
    """Looks at what is there; nothing is kept but the person's *not now*."""

    def __init__(
        self,
        settings: SettingsService,
        profile: ProfileService,
        inbox: InboxService,
        calendar: CalendarService,
        invoices: InvoiceService,
        keys: KeyService,
    ) -> None:
        self._settings, self._profile = settings, profile
        self._inbox, self._calendar, self._invoices = inbox, calendar, invoices
        self._keys = keys

    def left(self) -> tuple[Step, ...]:
        """The steps, done ones marked; none once all are done or were put aside."""
        if self._settings.state(_STATE):
            return ()
        steps = (
            Step("profile", bool(self._profile.get().name)),
            Step("mail", self._inbox.total() > 0),
            Step("calendar", self._calendar.count() > 0),
            Step("invoice", self._invoices.count() > 0),
            Step("key", self._keys.recovery_to_show() is None),
        )
        return () if all(step.done for step in steps) else steps

    def put_aside(self) -> Changed[None]:
        """Not now: they do not come back by themselves."""
        self._settings.remember(_STATE, "aside")
        return Changed(None, Topic.SETTINGS, t("Put aside"), self._back)

    def _back(self) -> Changed[None]:
        self._settings.remember(_STATE, "")
        return Changed(None, Topic.SETTINGS)
