"""To whom an answer goes, under which subject, in which thread: never anything a mail could inject."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.labels import is_no_reply
from gigdesk.domain.inbox.subjects import reply_subject
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail

_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]{1,64}@[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]{1,255}"
)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,400}>")
REFERENCES_MOST = 40
_NAME = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_ORGANISATION = re.compile(
    r"\b(?:gmbh|ag|kg|ug|ltd|llc|inc|corp|co|sarl|sas|sa|srl|spa|bv|nv|oy|ab|lda|sl|sp|zoo|team|"
    r"support|info|accounts?|billing|office|sales|buchhaltung|service|studio|agency|group)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers of an answer."""

    to: str
    subject: str
    sender: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def payload(self) -> dict[str, Any]:
        """What the outbox keeps of it."""
        return {
            "to": self.to,
            "subject": self.subject,
            "from": self.sender,
            "in_reply_to": self.in_reply_to,
            "references": list(self.references),
            "warnings": list(self.warnings),
        }


def envelope_of(mail: Mail, sender: str) -> Envelope:
    """The headers of an answer to this mail. It goes to its sender and nobody else; a Reply-To that
    names another address is only told. Raises Refused when there is nobody to answer."""
    if mail.broken is not None:
        raise Refused(
            t("This mail could not be read"), t("There is nothing to answer. Look at the original.")
        )
    if mail.mine:
        raise Refused(t("You wrote this mail"), t("Choose one that somebody wrote to you."))
    to = one_line(mail.sender.email)
    if not _ADDRESS.fullmatch(to):
        raise Refused(
            t("This mail has no sender to answer"),
            t("Its address cannot be read. Nothing was made."),
        )
    if is_no_reply(mail.sender):
        raise Refused(
            t("Nobody reads what is sent to {address}", address=to), t("Nothing was made.")
        )
    others = [one_line(each.email) for each in mail.reply_to if each.email.lower() != to.lower()]
    warnings = [
        t("It asks for answers at {address}; this one goes to its sender.", address=address)
        for address in dict.fromkeys(others)
    ]
    own = mail.message_id if mail.message_id.startswith("<") else f"<{mail.message_id}>"
    replied = own if _MESSAGE_ID.fullmatch(own) else ""
    chain = [each if each.startswith("<") else f"<{each}>" for each in mail.references]
    known = list(dict.fromkeys(each for each in chain if _MESSAGE_ID.fullmatch(each)))
    return Envelope(
        to=to,
        subject=one_line(reply_subject(one_line(mail.subject))) or "Re:",
        sender=one_line(sender),
        in_reply_to=replied,
        references=(*known[1 - REFERENCES_MOST :], *([replied] if replied else [])),
        warnings=tuple(warnings),
    )


def one_line(text: str) -> str:
    """Without anything that could end a header or hide in it."""
    shown = (
        " " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each
        for each in text
        if unicodedata.category(each) not in {"Cf", "Cs"}
    )  # fmt: skip
    return " ".join("".join(shown).split())


def first_name(shown: str) -> str:
    """How somebody is greeted; nothing where the name is none: an address, a firm, a sentence."""
    name = one_line(shown).strip("\"'")
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    words = [
        word
        for word in name.split()
        if not re.fullmatch(r"(?i)(?:dr|prof|mr|mrs|ms|herr|frau|m|mme)\.?", word)
    ]
    if not words or len(words) > 5 or _ORGANISATION.search(name):
        return ""
    fits = all(_NAME.fullmatch(word) for word in words) and 1 < len(words[0]) <= 24
    return words[0] if fits and words[0][0].isupper() else ""
