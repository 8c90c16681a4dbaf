"""How an answer to a mail begins: to whom it goes, in which conversation, with what quoted below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gigdesk.domain.inbox.labels import is_no_reply
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.subjects import forward_subject, reply_subject
from gigdesk.domain.inbox.writing import REFERENCES_MOST, one_line, plain_text, valid_id
from gigdesk.domain.words import date_text, t

if TYPE_CHECKING:
    from datetime import tzinfo

    from gigdesk.domain.inbox.mails import Mail

Kind = Literal["new", "reply", "reply all", "forward"]
_QUOTED_LINES, _QUOTED_LETTERS = 1500, 60_000

# In the language of the mail, as programs of that language write it and recognise it.
_WROTE = {
    "en": "On {day} at {time}, {who} wrote:",
    "de": "Am {day} um {time} schrieb {who}:",
    "fr": "Le {day} à {time}, {who} a écrit :",
    "es": "El {day} a las {time}, {who} escribió:",
    "it": "Il giorno {day} alle {time}, {who} ha scritto:",
    "pt": "Em {day} às {time}, {who} escreveu:",
    "nl": "Op {day} om {time} schreef {who}:",
    "pl": "{day} o {time} {who} napisał(a):",
}
# The line over a forwarded mail, and its from, date, subject, to, copy.
_FORWARDED = {
    "en": ("Forwarded message", "From", "Date", "Subject", "To", "Cc"),
    "de": ("Weitergeleitete Nachricht", "Von", "Datum", "Betreff", "An", "Kopie"),
    "fr": ("Message transféré", "De", "Date", "Objet", "À", "Copie"),
    "es": ("Mensaje reenviado", "De", "Fecha", "Asunto", "Para", "Copia"),
    "it": ("Messaggio inoltrato", "Da", "Data", "Oggetto", "A", "Copia"),
    "pt": ("Mensagem encaminhada", "De", "Data", "Assunto", "Para", "Cópia"),
    "nl": ("Doorgestuurd bericht", "Van", "Datum", "Onderwerp", "Aan", "Kopie"),
    "pl": ("Przekazana wiadomość", "Od", "Data", "Temat", "Do", "Kopia"),
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands in an answer before the person writes. `warnings` are for them to know."""

    kind: Kind
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    quoted: str = ""
    warnings: tuple[str, ...] = ()


def reply_to(
    mail: Mail, mine: Iterable[str], language: str, zone: tzinfo, *, everyone: bool = False
) -> Beginning:
    """An answer to its sender, or to everyone. It goes where the sender asks for it; to one's own
    mail it goes where that went. One's own addresses are left out."""
    own = {each.lower() for each in mine}
    to = _others(mail.answer_to, own) or _once(mail.answer_to)
    taken = own | {each.email.lower() for each in to}
    copies = (mail.cc if mail.mine else (*mail.to, *mail.cc)) if everyone else ()
    return Beginning(
        "reply all" if everyone else "reply",
        to,
        _others(copies, taken),
        reply_subject(one_line(mail.subject)),
        *chain_of(mail),
        quoted=f"{wrote_line(mail, language, zone)}\n{quoted(mail.text)}",
        warnings=tuple(_warnings(mail, to)),
    )


def forward_of(mail: Mail, language: str, zone: tzinfo) -> Beginning:
    """A mail passed on, its head and words in the body. It begins a conversation of its own."""
    title, sender, date, subject, to, copy = _FORWARDED.get(language, _FORWARDED["en"])
    day, clock = _moment(mail, language, zone)
    lines = [
        (sender, mail.sender.full),
        (date, f"{day}, {clock}"),
        (subject, mail.subject),
        (to, ", ".join(each.full for each in mail.to)),
        (copy, ", ".join(each.full for each in mail.cc)),
    ]
    head = "\n".join(f"{name}: {one_line(words)}" for name, words in lines if words)
    text = plain_text(mail.text)[:_QUOTED_LETTERS]
    return Beginning(
        "forward",
        subject=forward_subject(one_line(mail.subject)),
        quoted=f"---------- {title} ----------\n{head}\n\n{text}",
    )


def chain_of(mail: Mail) -> tuple[str, tuple[str, ...]]:
    """In-Reply-To and References of an answer to it."""
    replied = valid_id(mail.message_id)
    known = dict.fromkeys(filter(None, (valid_id(each) for each in mail.references)))
    known.pop(replied, None)
    chain = [*known][1 - REFERENCES_MOST :]
    return replied, (*chain, *([replied] if replied else []))


def wrote_line(mail: Mail, language: str, zone: tzinfo) -> str:
    """Who wrote what is quoted below, and when."""
    day, clock = _moment(mail, language, zone)
    form = _WROTE.get(language, _WROTE["en"])
    return form.format(day=day, time=clock, who=one_line(mail.sender.full))


def quoted(text: str) -> str:
    """Each line behind its mark; what was quoted before stands one deeper."""
    lines = plain_text(text[:_QUOTED_LETTERS]).rstrip("\n").split("\n")
    kept = [(">" if line.startswith(">") else "> " if line else ">") + line for line in lines]
    if len(kept) > _QUOTED_LINES or len(text) > _QUOTED_LETTERS:
        kept = [*kept[:_QUOTED_LINES], "> […]"]
    return "\n".join(kept) + "\n"


def body_of(beginning: Beginning, signature: str) -> str:
    """The body before the person writes: room for their words, their signature, what is quoted."""
    parts = ["\n"]
    if signature.strip():
        parts.append(f"\n-- \n{signature.strip()}\n")
    if beginning.quoted:
        parts.append(f"\n{beginning.quoted}")
    return "".join(parts)


def _moment(mail: Mail, language: str, zone: tzinfo) -> tuple[str, str]:
    at = mail.at.astimezone(zone)
    # Plain English would put the month before the day.
    return date_text(at.date(), "en_GB" if language == "en" else language), f"{at:%H:%M}"


def _once(people: Iterable[Address]) -> tuple[Address, ...]:
    return _others(people, set())


def _others(people: Iterable[Address], taken: set[str]) -> tuple[Address, ...]:
    found: dict[str, Address] = {}
    for each in people:
        email = each.email.lower()
        if email and email not in taken:
            found.setdefault(email, each)
    return tuple(found.values())


def _warnings(mail: Mail, to: tuple[Address, ...]) -> Iterable[str]:
    if not mail.mine and mail.sender.email:
        sender = mail.sender.email.lower()
        if to and all(each.email.lower() != sender for each in to):
            yield t("It asks for answers at {address}, not at its sender's.", address=to[0].email)
    for each in to:
        if is_no_reply(each):
            yield t("Nobody reads what is sent to {address}.", address=each.email)
