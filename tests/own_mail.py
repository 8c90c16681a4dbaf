"""Mails the person of a desk has sent, as they come in from a folder of sent ones."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formataddr
from typing import TYPE_CHECKING

from tests.letters import receive_raw

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def sent(
    office: Office, text: str, to: str, name: str = "", *, day: int = 12, minute: int = 0,
    message_id: str = "",
) -> int:  # fmt: skip
    """An own mail comes in; its id."""
    message = EmailMessage()
    message["From"] = "Nino Beridze <nino@beridze.example>"
    message["To"] = formataddr((name, to))
    message["Subject"] = f"From me {day} {minute}"
    message["Date"] = f"Tue, {day} May 2026 10:{minute:02} +0200"
    own = f"<own-{day}-{minute}-{office.inbox.total()}@beridze.example>"
    message["Message-ID"] = message_id or own
    message.set_content(text)
    return receive_raw(office, message.as_bytes())


def close_friend(office: Office, to: str, name: str, count: int = 4) -> None:
    """Short letters between people who say du."""
    first = name.split(" ")[0]
    for at in range(count):
        text = (
            f"Hey {first}!\n\nDanke dir für die Nachricht. Ich schicke dir das Plakat Nummer 4711"
            f" am {at + 3}. März, Frau Schmidt weiß es schon.\n\nLG\nN.\n\n-- \nNino Beridze\n"
        )
        sent(office, text, to, name, minute=at)
