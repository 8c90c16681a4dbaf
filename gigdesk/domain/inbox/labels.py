"""The fact labels: what a mail is by what stands in it, each with its reasons; and who must act."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gigdesk.domain.inbox.mails import Address, Label, Note, ParsedMail, Section
from gigdesk.domain.words import t

# Code -> how it is called, in the order in which a mail's facts are weighed.
LABELS: dict[str, Callable[[], str]] = {
    "broken": lambda: t("Broken"),
    "meeting": lambda: t("Meeting"),
    "invoice": lambda: t("Invoice"),
    "newsletter": lambda: t("Newsletter"),
    "automatic": lambda: t("Automatic"),
    "client": lambda: t("Client"),
}

_REASONS: dict[str, Callable[[str], str]] = {
    "broken": lambda d: d,
    "invitation": lambda _: t("an invitation is inside"),
    "number": lambda d: t("it names {number}", number=d),
    "client": lambda d: t("it comes from {name}, a client", name=d),
    "to client": lambda d: t("it goes to {name}, a client", name=d),
    "list": lambda d: t("it comes through the list {name}", name=d),
    "unsubscribe": lambda _: t("it offers to unsubscribe"),
    "automatic": lambda _: t("a program sent it"),
    "question": lambda _: t("it asks a question"),
}

# After this long an unanswered mail no longer asks for an answer by itself.
FRESH = timedelta(days=60)

_TOKEN = re.compile(r"[^\W_][\w./-]*\d")
_NO_REPLY = re.compile(
    r"^(?:no.?reply|do.?not.?reply|mailer-daemon|postmaster|bounces?|notifications?|notify)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows when it judges a mail: addresses in lower case."""

    mine: Set[str] = frozenset()
    clients: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)

    def is_mine(self, address: Address) -> bool:
        """Whether this is one of the person's own addresses."""
        return bool(address.email) and address.email.lower() in self.mine

    def client(self, address: Address) -> str:
        """The client of this address, or nothing."""
        return self.clients.get(address.email.lower(), "")


def label_of(mail: ParsedMail, known: Known) -> Label:
    """The first label that fits, with every reason for it."""
    if mail.broken is not None:
        return Label("broken", (Note("broken"),))
    if known.is_mine(mail.sender):
        return _of_own(mail, known)
    facts = _facts(mail, known)
    for code, fitting in (
        ("meeting", "invitation"),
        ("invoice", "number"),
        ("newsletter", "unsubscribe"),
        ("newsletter", "list"),
        ("automatic", "automatic"),
        ("client", "client"),
    ):
        if fitting in facts:
            first = Note(fitting, facts.pop(fitting))
            rest = (Note(code, detail) for code, detail in facts.items())
            return Label(code, (first, *rest) if code != "newsletter" else (first,))
    return Label()


def _facts(mail: ParsedMail, known: Known) -> dict[str, str]:
    facts: dict[str, str] = {}
    if mail.invitation:
        facts["invitation"] = ""
    number = _number_in(mail, known)
    if number:
        facts["number"] = number
    client = known.client(mail.sender)
    if client:
        facts["client"] = client
    if mail.unsubscribe:
        facts["unsubscribe"] = ""
    elif mail.list_id:
        facts["list"] = mail.list_id
    elif mail.automatic or is_no_reply(mail.sender):
        facts["automatic"] = ""
    if (client or number) and asks(mail.text):
        facts["question"] = ""
    return facts


def _of_own(mail: ParsedMail, known: Known) -> Label:
    number = _number_in(mail, known)
    if number:
        return Label("invoice", (Note("number", number),))
    client = next(filter(None, (known.client(each) for each in mail.to)), "")
    return Label("client", (Note("to client", client),)) if client else Label()


def _number_in(mail: ParsedMail, known: Known) -> str:
    if not known.numbers:
        return ""
    for token in _TOKEN.findall(f"{mail.subject}\n{mail.text[:20000]}"):
        number = known.numbers.get(token.casefold())
        if number:
            return number
    return ""


def asks(text: str) -> bool:
    """Whether the sender's own lines (not the quoted ones) hold a question."""
    own = (line for line in text[:8000].splitlines() if not line.startswith(">"))
    return any(re.search(r"\w[?？](?:\s|$)", line) for line in own)


def is_no_reply(address: Address) -> bool:
    """Whether nobody reads what is sent there."""
    return _NO_REPLY.match(address.email) is not None


@dataclass(frozen=True, slots=True)
class LastWord:
    """What the last mail of a thread says about who must act."""

    at: datetime
    mine: bool = False
    bulk: bool = False
    broken: bool = False
    personal: bool = False
    to_others: bool = False


def section_of(last: LastWord, now: datetime) -> Section:
    """Who must act: the person, the others, or nobody. Of a person's mail (`personal`: from a
    client, from somebody written to before, or addressed to oneself) it is the person."""
    if last.broken or now - last.at > FRESH:
        return Section.REST
    if last.mine:
        return Section.WAITING if last.to_others else Section.REST
    return Section.NEEDS_YOU if last.personal and not last.bulk else Section.REST


def label_words(label: Label) -> str:
    """How the label is called."""
    say = LABELS.get(label.code)
    return say() if say else ""


def why_words(label: Label) -> str:
    """The reasons as half a sentence: `because it names 2026-038 and comes from a client`."""
    said = [_REASONS[each.code](each.detail) for each in label.reasons if each.code in _REASONS]
    if not said:
        return ""
    if label.code == "broken":
        return said[0]
    if len(said) == 1:
        return t("because {reason}", reason=said[0])
    return t("because {reasons} and {last}", reasons=", ".join(said[:-1]), last=said[-1])
