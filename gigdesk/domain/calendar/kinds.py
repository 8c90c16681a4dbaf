"""What an event is for its owner: a meeting, time for work, a private one, one not yet answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from gigdesk.domain.calendar.events import Attendee, Occurrence
from gigdesk.domain.clients import Client

# How people call time they keep for work, in the languages they write it in.
_FOCUS = ("focus", "fokus", "deep work", "concentration", "foco", "skupienie")


class Kind(StrEnum):
    """What an event is for."""

    MEETING = "meeting"
    FOCUS = "focus"
    OWN = "own"
    UNANSWERED = "unanswered"


def kind_of(
    each: Occurrence, people: Sequence[Attendee], client: Client | None, own_email: str
) -> Kind:
    """What this one is: unanswered when its owner was asked and has not said; a meeting when
    others are asked or a client is named; focus when it is called so; else one's own."""
    me = own_email.casefold()
    if me and any(one.email.casefold() == me and one.answer == "needs-action" for one in people):
        return Kind.UNANSWERED
    if each.title.casefold().startswith(_FOCUS):
        return Kind.FOCUS
    return Kind.MEETING if people or client is not None else Kind.OWN


def client_of(title: str, emails: Iterable[str], clients: Sequence[Client]) -> Client | None:
    """The client an event is about: by a mail address, else by their name in its title."""
    asked = {email.casefold() for email in emails if email}
    for client in clients:
        if client.email and client.email.casefold() in asked:
            return client
    said = title.casefold()
    named = [each for each in clients if each.name and each.name.casefold() in said]
    return max(named, key=lambda each: len(each.name), default=None)
