"""A new sender: what is guessed has its reason, is marked until confirmed, and nobody is made twice."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.newcomers import FIELDS, guesses_of
from tests.letters import receive_raw

if TYPE_CHECKING:
    from gigdesk.domain.newcomers import Newcomer
    from gigdesk.services.office import Office

ENGLISH = (
    "Hello Nino,\n\nwe are looking for somebody who could do our booking pages. Would you?\n\n"
)
GERMAN = (
    "Hallo Nino,\n\nwir suchen jemanden für unsere Webseite und würden gerne mit Ihnen reden.\n\n"
)


def came(
    office: Office, sender: str, text: str, date: str = "Mon, 23 Nov 2026 08:00:00 +0100"
) -> int:
    message = EmailMessage()
    message["From"], message["To"] = sender, "nino@beridze.example"
    message["Subject"], message["Date"] = "A question", date
    message["Message-ID"] = f"<{office.inbox.total() + 1}@x.example>"
    message.set_content(text)
    return receive_raw(office, message.as_bytes())


def seen(office: Office, mail: int) -> Newcomer:
    return office.handoff.newcomers.of(office.inbox.mail(mail))


def values(office: Office, mail: int) -> dict[str, str]:
    return {each.field: each.value for each in guesses_of(office.inbox.mail(mail))}


SIGNED = (
    ENGLISH + "Best regards\n-- \nAoife Byrne\nHead of Product\nHarbour Rooms Ltd\n+353 1 234 5678"
)


def test_everything_a_signature_says_is_a_guess_with_its_reason(desk: Office) -> None:
    mail = came(
        desk, "Aoife Byrne <aoife@harbour.example>", SIGNED, "Mon, 23 Nov 2026 08:00:00 +0000"
    )
    found = {each.field: (each.value, each.reason) for each in seen(desk, mail).guesses}
    assert found["name"] == (
        "Harbour Rooms Ltd", "It stands in the signature: Harbour Rooms Ltd",
    )  # fmt: skip
    assert found["contact"][0] == "Aoife Byrne"
    assert found["email"][0] == "aoife@harbour.example"
    assert found["phone"][0] == "+353 1 234 5678"
    assert found["country"] == ("IE", "The phone number begins with +353.")
    assert found["zone"][0] == "Europe/Dublin"
    assert found["language"] == ("en", "The mail is written in English.")


@pytest.mark.parametrize(
    ("sender", "text", "date", "country", "zone"),
    [
        ("a@brandl.de", GERMAN, "+0100", "DE", "Europe/Berlin"),
        ("a@shop.co.uk", ENGLISH, "+0000", "GB", "Europe/London"),
        ("a@x.io", ENGLISH, "+0100", None, None),
        ("a@x.example", GERMAN, "+0100", None, "Europe/Berlin"),
        ("a@x.example", GERMAN, "+0000", None, None),
        ("a@gmail.com", ENGLISH + "Tel +1 415 555 0100", "-0800", None, None),
        ("a@studio.us", ENGLISH, "-0800", "US", "America/Los_Angeles"),
        ("a@studio.us", ENGLISH, "-0500", "US", "America/New_York"),
        ("a@studio.us", ENGLISH, "+0000", "US", None),
        ("a@studio.us", ENGLISH, "+0900", "US", None),
        ("a@x.example", ENGLISH + "Nino\n+995 32 212 34 56", "+0400", "GE", "Asia/Tbilisi"),
        ("a@sydney.com.au", ENGLISH, "+1100", "AU", "Australia/Sydney"),
        ("a@perth.com.au", ENGLISH, "+0800", "AU", "Australia/Perth"),
    ],
)
def test_country_and_zone_only_where_something_says_so(
    desk: Office, sender: str, text: str, date: str, country: str | None, zone: str | None
) -> None:
    found = values(desk, came(desk, sender, text, f"Mon, 23 Nov 2026 08:00:00 {date}"))
    assert (found.get("country"), found.get("zone")) == (country, zone)


def test_a_quoted_signature_is_not_the_senders(desk: Office) -> None:
    text = ENGLISH + "Ada\n\nOn Mon, Jo wrote:\n> Jo Doe\n> Doe GmbH\n> +49 30 123456789\n"
    found = values(desk, came(desk, "Ada <ada@gmail.com>", text))
    assert "phone" not in found
    assert found["name"] == "Ada"


def test_what_is_neither_changed_nor_confirmed_stays_marked(desk: Office) -> None:
    mail = came(
        desk, "Aoife Byrne <aoife@harbour.example>", SIGNED, "Mon, 23 Nov 2026 08:00:00 +0000"
    )
    fields = {name: seen(desk, mail).value(name) for name in FIELDS}
    fields["phone"] = "+353 1 999 9999"
    done = desk.handoff.newcomers.make(mail, fields, ["name", "country"])
    client = done.value
    assert (client.name, client.contact, client.phone) == (
        "Harbour Rooms Ltd", "Aoife Byrne", "+353 1 999 9999",
    )  # fmt: skip
    assert {each.field for each in seen(desk, mail).open} == {"contact", "zone", "language"}
    assert "3 things are guessed" in done.words
    assert [each.kind for each in desk.handoff.made_of(mail)] == ["client"]
    confirmed = desk.handoff.newcomers.confirm(
        client.id, {"zone": "Europe/London", "language": "en"}
    )
    assert confirmed.value.zone == "Europe/London"
    assert [each.field for each in desk.handoff.newcomers.guesses(client.id)] == ["contact"]
    assert confirmed.undo is not None
    confirmed.undo()
    assert desk.clients.get(client.id).zone == "Europe/Dublin"
    assert len(desk.handoff.newcomers.guesses(client.id)) == 3


def test_what_the_person_changes_elsewhere_is_no_guess_any_more(desk: Office) -> None:
    mail = came(desk, "Ada <ada@brandl.de>", GERMAN)
    client = desk.handoff.newcomers.make(mail, values(desk, mail), []).value
    desk.clients.update(client.id, {"zone": "Europe/Vienna"})
    assert "zone" not in {each.field for each in desk.handoff.newcomers.guesses(client.id)}


def test_undo_takes_the_client_out_unless_something_newer_happened(desk: Office) -> None:
    mail = came(desk, "Ada <ada@brandl.de>", GERMAN)
    done = desk.handoff.newcomers.make(mail, values(desk, mail), [])
    assert done.undo is not None
    done.undo()
    assert desk.clients.all() == []
    assert desk.handoff.made_of(mail) == ()
    again = desk.handoff.newcomers.make(mail, values(desk, mail), [])
    desk.clients.update(again.value.id, {"city": "Köln"})
    assert again.undo is not None
    with pytest.raises(Stale):
        again.undo()


def test_who_is_here_already_is_found_first(desk: Office) -> None:
    mail = came(desk, "Ada <ada@brandl.de>", GERMAN)
    client = desk.handoff.newcomers.make(mail, values(desk, mail), []).value
    other = came(desk, "Bo <bo@brandl.de>", GERMAN)
    assert [each.id for each in seen(desk, other).similar] == [client.id]
    with pytest.raises(Refused, match="already"):
        desk.handoff.newcomers.make(other, values(desk, other), [])
    assert seen(desk, came(desk, "Ada <ADA@brandl.de>", GERMAN)).known is not None
    stranger = came(desk, "Cy <cy@gmail.com>", ENGLISH)
    desk.handoff.newcomers.make(stranger, values(desk, stranger), [])
    assert seen(desk, came(desk, "Di <di@gmail.com>", ENGLISH)).similar == ()


def test_a_hostile_name_or_field_is_refused_or_plain(desk: Office) -> None:
    mail = came(desk, '"Ada\u202e <script>" <ada@x.example>', ENGLISH + "+" + "1" * 4000)
    found = values(desk, mail)
    assert "\u202e" not in "".join(found.values())
    assert all(len(each) < 400 for each in found.values())
    with pytest.raises(Refused):
        desk.handoff.newcomers.make(mail, {**found, "zone": "Mars/Olympus"}, [])
    assert desk.clients.all() == []
