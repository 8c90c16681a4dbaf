"""Everything a mail can be handed on to, looked at together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gigdesk.domain.calendar.invitations import Standing
from gigdesk.domain.errors import NotFound
from gigdesk.domain.expenses.records import BillStanding
from gigdesk.domain.newcomers import Newcomer
from gigdesk.domain.records import Ref, RefKind
from gigdesk.services.handoff.alerts import AlertService
from gigdesk.services.handoff.bills import BillService
from gigdesk.services.handoff.invitations import InvitationService
from gigdesk.services.handoff.newcomers import NewcomerService

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import BillFiles, CalendarFiles
    from gigdesk.services.handoff.room import HandoffRoom
    from gigdesk.store.calendar import CalendarStore
    from gigdesk.store.clients import ClientStore
    from gigdesk.store.expenses import ExpenseStore

# A mail with one of these labels is offered to be a lead.
_LEAD = "lead"


@dataclass(frozen=True)
class Handed:
    """What a mail holds for the other rooms, and what was made of it. `postings` counts the leads it
    offers, 0 when it does not look like one."""

    invitations: tuple[Standing, ...] = ()
    bills: tuple[BillStanding, ...] = ()
    postings: int = 0
    newcomer: Newcomer = field(default_factory=Newcomer)
    made: tuple[Ref, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to show."""
        open_ = bool(self.newcomer.open)
        return not (self.invitations or self.bills or self.postings or self.made or open_)


class Handoff:
    """The four ways out of the inbox."""

    def __init__(
        self,
        room: HandoffRoom,
        stores: tuple[CalendarStore, ExpenseStore, ClientStore],
        files: tuple[CalendarFiles, BillFiles],
    ) -> None:
        self._room = room
        calendar, expenses, clients = stores
        self.invitations = InvitationService(room, calendar, files[0])
        self.bills = BillService(room, expenses, files[1])
        self.alerts = AlertService(room)
        self.newcomers = NewcomerService(room, clients)

    def look(self, mail: Mail) -> Handed:
        """What a mail holds. Long work where it has files: they are read in children."""
        if mail.broken is not None:
            return Handed()
        made = self.made_of(mail.id)
        kinds = {each.kind for each in made}
        postings = 0
        if _LEAD not in kinds and not mail.mine and mail.label.code == _LEAD:
            postings = len(self.alerts.postings(mail))
        return Handed(
            tuple(self.invitations.of(mail)) if self.invitations.concerns(mail) else (),
            tuple(self.bills.of(mail)) if self.bills.concerns(mail) else (),
            postings,
            self.newcomers.of(mail),
            made,
        )

    def made_of(self, mail_id: int) -> tuple[Ref, ...]:
        """The records that were made of a mail and are still there."""
        found = []
        for kind, record in self._room.links.of_mail(mail_id):
            with suppress(NotFound):
                found.append(self._ref(kind, record))
        return tuple(found)

    def mail_of(self, kind: RefKind, record: int) -> Ref | None:
        """The mail a record was made from."""
        for mail_id in self._room.links.mails_of(kind, record):
            with suppress(NotFound):
                mail = self._room.inbox.mail(mail_id)
                return Ref("mail", mail.id, mail.subject or mail.sender.shown)
        return None

    def _ref(self, kind: str, record: int) -> Ref:
        if kind == "lead":
            return Ref("lead", record, self._room.leads.get(record).title)
        if kind == "client":
            return Ref("client", record, self._room.clients.get(record).name)
        bill = self.bills.get(record)
        return Ref("expense", record, f"{bill.supplier} {bill.number}")
