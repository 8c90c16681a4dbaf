"""What an event is for, and which client it is about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gigdesk.domain.calendar.events import Attendee, Moment, Occurrence
from gigdesk.domain.calendar.kinds import Kind, client_of, kind_of
from gigdesk.domain.clients import Client, ClientId

ACME = Client(ClientId(1), "Acme", "ada@acme.example")
ACME_LABS = Client(ClientId(2), "Acme Labs", "bo@labs.example")
ME = "erika@muster.example"


def event(title: str) -> Occurrence:
    moment = Moment.of(datetime(2026, 11, 23, 10, tzinfo=UTC))
    return Occurrence(1, "u", title, moment, moment, False, "UTC", "c")


@pytest.mark.parametrize(
    ("title", "people", "client", "kind"),
    [
        ("Focus: icons", (), None, Kind.FOCUS),
        ("Fokuszeit", (), None, Kind.FOCUS),
        ("Dentist", (), None, Kind.OWN),
        ("Call", (Attendee("ada@acme.example"),), None, Kind.MEETING),
        ("Acme, weekly", (), ACME, Kind.MEETING),
        ("Kick-off", (Attendee(ME.upper(), "", "needs-action"),), ACME, Kind.UNANSWERED),
        ("Kick-off", (Attendee(ME, "", "accepted"),), None, Kind.MEETING),
    ],
)
def test_the_kind(
    title: str, people: tuple[Attendee, ...], client: Client | None, kind: Kind
) -> None:
    assert kind_of(event(title), people, client, ME) is kind


def test_nobody_is_unanswered_where_the_owner_has_no_address() -> None:
    assert kind_of(event("x"), (Attendee("", "", "needs-action"),), None, "") is Kind.MEETING


def test_a_client_is_known_by_address_before_name_and_by_the_longest_name() -> None:
    clients = [ACME, ACME_LABS]
    assert client_of("Acme Labs, review", [], clients) is ACME_LABS
    assert client_of("acme, review", [], clients) is ACME
    assert client_of("Acme", ["BO@labs.example"], clients) is ACME_LABS
    assert client_of("Dentist", ["", "x@y.example"], clients) is None
