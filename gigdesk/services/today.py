"""The day, gathered from every feature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.today import AgendaEntry, BestLead, Day, LateInvoice, Owed

if TYPE_CHECKING:
    from gigdesk.domain.ports import Now
    from gigdesk.services.first_steps import FirstSteps
    from gigdesk.services.proposals import ProposalService
    from gigdesk.services.routines import RoutineService
    from gigdesk.services.settings import SettingsService

BEST_LEADS = 3
LOG_LINES = 8


@dataclass(frozen=True)
class Sources:
    """Where the day comes from, as functions of the other features."""

    agenda: Callable[[date, ZoneInfo], Sequence[AgendaEntry]]
    owed: Callable[[date], Sequence[Owed]]
    late: Callable[[date], Sequence[LateInvoice]]
    best_leads: Callable[[int], Sequence[BestLead]]
    new_leads: Callable[[], int]
    worth_leads: Callable[[], int]


class TodayService:
    """What Today shows and `gigdesk today` prints."""

    def __init__(
        self,
        proposals: ProposalService,
        routines: RoutineService,
        settings: SettingsService,
        sources: Sources,
        steps: FirstSteps,
        now: Now,
    ) -> None:
        self._proposals, self._routines, self._settings = proposals, routines, settings
        self._sources, self._steps, self._now = sources, steps, now

    def day(self) -> Day:
        """The person's day, in their zone."""
        zone = self._settings.zone()
        here = self._now().astimezone(zone)
        day, sources = here.date(), self._sources
        return Day(
            day=day,
            zone=zone.key,
            offset=f"{here:%z}",
            proposals=tuple(self._proposals.waiting()),
            agenda=tuple(sources.agenda(day, zone)),
            tomorrow=tuple(sources.agenda(day + timedelta(days=1), zone)),
            owed=tuple(sources.owed(day)),
            late=tuple(sources.late(day)),
            leads=tuple(sources.best_leads(BEST_LEADS)),
            leads_new=sources.new_leads(),
            leads_worth=sources.worth_leads(),
            log=tuple(self._routines.log(LOG_LINES)),
            steps=self._steps.left(),
        )
