"""The automatic first answer: to whom it may go, and why not. RFC 3834, and stricter where in doubt.

It goes once to somebody who writes for the first time, to the person's own address, by hand. What a
program sent, what came over a list and what nobody reads gets none, so that two programs never talk.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.labels import is_no_reply
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.inbox.mails import Mail, Note

# RFC 3834, section 2: one answer to a sender within seven days.
ONCE_IN = timedelta(days=7)
# What was fetched late (a long sleep, a first sync) is not greeted any more.
FRESH = timedelta(days=2)

# What a mail's header says against an automatic answer, and how it is said.
SIGNS: dict[str, Callable[[str], str]] = {
    "auto": lambda d: t("a program sent it (Auto-Submitted: {value})", value=d),
    "program": lambda d: t("a program sent it ({header})", header=d),
    "list": lambda d: t("it came over a list or to many ({header})", header=d),
    "precedence": lambda d: t("it came over a list or to many (Precedence: {value})", value=d),
    "suppress": lambda d: t("its sender wants no automatic answer ({value})", value=d),
    "null": lambda _: t("it has no envelope sender: it is a report about another mail"),
    "report": lambda _: t("it is a report about another mail"),
    "envelope": lambda d: t("its envelope names another sender, {address}", address=d),
    "failed": lambda d: t("your server could not prove its sender ({check})", check=d),
    "spam": lambda _: t("your server holds it for spam"),
}

# RFC 3834, section 2: addresses that belong to programs, beside the usual no-reply ones.
_OF_PROGRAMS = re.compile(
    r"^(?:owner-|.*-owner@|.*-request@|.*-bounces?[@+]|bounces?[-+]|listserv@|majordomo@|root@"
    r"|daemon@|nobody@|news(?:letter)?@|alerts?@|mailer@|autoreply@|auto-reply@|robot@|bot@"
    r"|.*\bno-?reply\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Past:
    """What there was with this sender before the mail: whether they wrote, whether they were written
    to; the last automatic answer to them, and how many there were to anybody in the last day."""

    wrote: bool = False
    written_to: bool = False
    answered: datetime | None = None
    today: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an automatic answer may go, and why in words."""

    would_answer: bool
    why: str


def verdict(mail: Mail, known: Known, past: Past, now: datetime, cap: int) -> Verdict:
    """Look at everything that speaks against it; the first thing found is the reason."""
    for against in (_sender, _signs, _addressed, _acquainted):
        why = against(mail, known, past)
        if why:
            return Verdict(False, why)
    why = _spent(past, now, cap)
    if why:
        return Verdict(False, why)
    return Verdict(
        True, t("{name} writes for the first time, to you, by hand", name=mail.sender.shown)
    )


def answer_id(mail: Mail, host: str) -> str:
    """The Message-ID of the answer to this mail: always the same, so that there is one at most."""
    seed = (mail.message_id or f"{mail.sender.email} {mail.at.isoformat()}").encode()
    return f"<auto.{hashlib.blake2b(seed, digest_size=16).hexdigest()}@{host}>"


def _sender(mail: Mail, known: Known, _past: Past) -> str:
    address = mail.sender
    if mail.broken is not None:
        return t("it could not be read")
    if not address.email or "@" not in address.email:
        return t("it has no sender to answer to")
    if mail.mine or known.is_mine(address):
        return t("you wrote it yourself")
    if is_no_reply(address) or _OF_PROGRAMS.match(address.email):
        return t("nobody reads mail to {address}", address=address.email)
    return ""


def _signs(mail: Mail, _known: Known, _past: Past) -> str:
    for sign in mail.signs:
        return sign_words(sign)
    if mail.bulk:
        return t("it came over a list or to many")
    if mail.label.code in {"newsletter", "automatic", "notification", "suspicious"}:
        return t("it is no mail from a person, by its label")
    return ""


def sign_words(sign: Note) -> str:
    """What a header says against an answer."""
    say = SIGNS.get(sign.code)
    return say(sign.detail) if say else sign.code


def _addressed(mail: Mail, known: Known, _past: Past) -> str:
    if not any(known.is_mine(each) for each in (*mail.to, *mail.cc)):
        return t("it does not name your address in To or Cc")
    return ""


def _acquainted(mail: Mail, known: Known, past: Past) -> str:
    client = known.client(mail.sender)
    if client:
        return t("{client} is a client: you answer yourself", client=client)
    if past.written_to:
        return t("you have written to {address} before", address=mail.sender.email)
    if past.wrote:
        return t("{address} has written before", address=mail.sender.email)
    return ""


def _spent(past: Past, now: datetime, cap: int) -> str:
    if past.answered is not None and now - past.answered < ONCE_IN:
        return t("they got an automatic answer within the last 7 days")
    if past.today >= cap:
        return n(
            "there was {n} automatic answer in a day, as many as you allow",
            "there were {n} automatic answers in a day, as many as you allow",
            past.today,
        )
    return ""
