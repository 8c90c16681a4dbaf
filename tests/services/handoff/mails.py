"""Mails that bring something for another room, made by hand."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

from tests.letters import receive_raw

if TYPE_CHECKING:
    from gigdesk.services.office import Office

ME = "nino@beridze.example"
ORGANIZER = "jonas@brueckner.example"


def event(*lines: str, uid: str = "kickoff@brueckner.example", sequence: int = 0) -> str:
    """A VEVENT on Thursday 3 December 2026, 15:00 in New York: 21:00 in Berlin."""
    own = {line.partition(":")[0].partition(";")[0] for line in lines}
    usual = [
        "DTSTART;TZID=America/New_York:20261203T150000",
        "DTEND;TZID=America/New_York:20261203T160000",
        "SUMMARY:Kick-off",
        "LOCATION:https://meet.example/kick",
        f"ORGANIZER;CN=Jonas Brückner:mailto:{ORGANIZER}",
        f"ATTENDEE;CN=Nino;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{ME}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ORGANIZER}",
    ]
    kept = [each for each in usual if each.partition(":")[0].partition(";")[0] not in own]
    return "\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", f"SEQUENCE:{sequence}", "DTSTAMP:20261120T100000Z",
         *kept, *[each for each in lines if ":" in each], "END:VEVENT"]
    )  # fmt: skip


def calendar(*events: str, method: str = "REQUEST") -> str:
    said = [f"METHOD:{method}"] if method else []
    return "\r\n".join(
        "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *said, *events,
                   "END:VCALENDAR", ""]).split("\n")
    )  # fmt: skip


def invite(office: Office, *events: str, method: str = "REQUEST", sender: str = "") -> int:
    """A mail with a calendar in it comes in; its id."""
    message = _letter(office, sender or f"Jonas Brückner <{ORGANIZER}>", "Kick-off")
    message.set_content("Hello Nino,\n\nplease join us for the kick-off of the project.\n\nJonas")
    text = calendar(*events, method=method)
    message.add_alternative(text, subtype="calendar", params={"method": method} if method else {})
    return receive_raw(office, message.as_bytes())


def with_file(
    office: Office,
    data: bytes,
    name: str,
    kind: str,
    *,
    sender: str = "Hostbird <bill@host.example>",
) -> int:
    """A mail with a file comes in; its id."""
    message = _letter(office, sender, "Your bill")
    message.set_content("Please find the bill attached.")
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return receive_raw(office, message.as_bytes())


def _letter(office: Office, sender: str, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, f"Nino <{ME}>"
    message["Subject"], message["Date"] = subject, "Mon, 23 Nov 2026 08:00:00 +0100"
    message["Message-ID"] = f"<{office.inbox.total() + 1}@brueckner.example>"
    return message
