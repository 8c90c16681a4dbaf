"""What the list of the Inbox reads, on the reading thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigdesk.ui.tabs.inbox.lines import ThreadLine, line_of_thread

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Counts, Section
    from gigdesk.services.office import Office

# One label alone, one account alone; empty and 0 are all.
Only = tuple[str, int]


def lines_of(
    office: Office, sections: Sequence[Section], only: Only, offset: int, count: int
) -> list[ThreadLine]:
    """Conversations of these sections, narrowed, as rows; those with a draft are marked."""
    zone, now = office.zone(), office.now()
    answers = (each.payload.get("mail") for each in office.proposals.waiting())
    drafted = office.inbox.threads_of(each for each in answers if each)
    return [
        line_of_thread(each, zone, now, drafted=each.id in drafted)
        for each in office.inbox.threads(sections, offset, count, *only)
    ]


def state_of(
    office: Office, sections: Sequence[Section], only: Only, shown: int
) -> tuple[Counts, int, int, int | None]:
    """How many stand where, how many mails there are, and where the shown conversation stands."""
    place = office.inbox.place(sections, shown, *only) if shown else None
    return office.inbox.counts(*only), office.inbox.total(), shown, place
