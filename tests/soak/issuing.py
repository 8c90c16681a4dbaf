"""The processes of the issuing campaign: one that issues until it is killed, one that writes on.

Imported once by the server that forks them, so that a fork is ready to issue soon. Nothing is
printed before the fork: the threads of the press would not live on in it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

# What issuing loads late, loaded before the fork.
import facturx  # noqa: F401
import typst  # noqa: F401

from gigdesk import building  # noqa: F401
from gigdesk.app import door_of, office_on
from tests.bills import PROFILE, bill, line
from tests.pocket import Pocket

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event

    from gigdesk.services.office import Office

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 23)
OPEN = "open"


def opened(home: Path) -> Office:
    """The office of this desk, with its key from the pocket beside it."""
    door = door_of(home, lambda _question: None, Pocket(home.with_suffix(".key")))
    return office_on(door.open(), lambda: NOW)


def prepared(home: Path) -> None:
    """A desk on which invoices can be issued."""
    office = opened(home)
    office.profile.update(PROFILE)
    office.close()


def issue_on(home: Path, say: Connection) -> None:
    """Draft, issue, get paid, again and again; each number is said once it is given."""
    office = opened(home)
    say.send(OPEN)
    at = 0
    while True:
        at += 1
        draft = office.invoices.new(bill(lines=[line(text=f"Step {at}")])).value.invoice.id
        sheet = office.invoices.issue(draft).value
        say.send(sheet.invoice.number)
        if at % 3 == 0:
            office.invoices.pay(sheet.invoice.id, Decimal("1.00"), DAY)


def write_on(home: Path, stop: Event, say: Connection) -> None:
    """Another program at work on the same desk, issuing too, until it is told to stop."""
    office: Any = opened(home)
    at = 0
    while not stop.wait(0.02):
        at += 1
        office.clients.found_or_made({"name": f"Client {at}", "email": f"c{at}@x.example"})
        draft = office.invoices.new(bill(client={"name": f"Client {at}", "country": "DE"}))
        if at % 2:
            say.send(office.invoices.issue(draft.value.invoice.id).value.invoice.number)
        else:
            office.invoices.discard(draft.value.invoice.id)
    office.close()
    say.close()
