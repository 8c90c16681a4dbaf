"""The fact labels: what a mail is by what stands in it, each with its reasons; and who must act."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gigdesk.domain.inbox.lessons import Lessons
from gigdesk.domain.inbox.mails import Address, Label, Section
from gigdesk.domain.inbox.warnings import sign_words
from gigdesk.domain.words import n, t

# Code -> how it is called, in the order in which a mail's facts are weighed.
LABELS: dict[str, Callable[[], str]] = {
    "broken": lambda: t("Broken"),
    "suspicious": lambda: t("Suspicious"),
    "meeting": lambda: t("Meeting"),
    "invoice": lambda: t("Invoice"),
    "newsletter": lambda: t("Newsletter"),
    "notification": lambda: t("Notification"),
    "lead": lambda: t("Lead"),
    "client": lambda: t("Client"),
    "other": lambda: t("Other"),
}

_REASONS: dict[str, Callable[[str], str]] = {
    "broken": lambda d: d,
    "invitation": lambda _: t("an invitation is inside"),
    "number": lambda d: t("it names {number}", number=d),
    "client": lambda d: t("it comes from {name}, a client", name=d),
    "client name": lambda d: t("its sender has the name of somebody at {name}, a client", name=d),
    "to client": lambda d: t("it goes to {name}, a client", name=d),
    "list": lambda d: t("it comes through the list {name}", name=d),
    "bulk": lambda _: t("it was sent to many"),
    "everybody": lambda _: t("it does not name your address"),
    "unsubscribe": lambda _: t("it offers to unsubscribe"),
    "automatic": lambda _: t("a program sent it"),
    "answered by itself": lambda _: t("a program answered for somebody"),
    "report": lambda _: t("a mail server reports what became of a mail"),
    "question": lambda _: t("it asks a question"),
    "words": lambda d: t("it says “{words}”", words=d),
    "time": lambda _: t("it names a time"),
    "amount": lambda _: t("it names an amount"),
    "account": lambda _: t("it names a bank account"),
    "file": lambda _: t("files to work on are attached"),
    "paper": lambda d: t("{name} is attached", name=d),
    "form": lambda _: t("it comes from the form on your own site"),
    "jobs": lambda _: t("it offers work"),
    "nothing": lambda _: t("nothing in it says what it is about"),
    "by you": lambda _: t("you said so"),
    "taught": lambda d: _taught(d),
    "reads like": lambda d: _reads_like(d),
}  # fmt: skip


def _taught(detail: str) -> str:
    count, _, label = detail.partition("\t")
    return n(
        "you moved {n} mail from this sender to {label}",
        "you moved {n} mails from this sender to {label}",
        int(count or 1),
        label=label_words(Label(label)),
    )


def _reads_like(detail: str) -> str:
    count, label, words = (*detail.split("\t"), "", "")[:3]
    return n(
        "it reads like {n} mail you moved to {label} (“{words}”)",
        "it reads like {n} mails you moved to {label} (“{words}”)",
        int(count or 1),
        label=label_words(Label(label)),
        words=words,
    )


# After this long an unanswered mail no longer asks for an answer by itself.
FRESH = timedelta(days=60)

# Providers where everybody may have an address; those with servers of their own are in domain/providers.
_PUBLIC = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.es"
    " hotmail.it live.com live.fr live.de live.it msn.com outlook.de outlook.fr outlook.es outlook.it"
    " yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk ymail.com aol.com icloud.com me.com mac.com"
    " gmx.de gmx.net gmx.at gmx.ch gmx.com web.de freenet.de t-online.de posteo.de mailbox.org"
    " proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io fastmail.com"
    " fastmail.fm zoho.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr neuf.fr libero.it"
    " virgilio.it tiscali.it alice.it tim.it pec.it aruba.it telefonica.net movistar.es terra.es"
    " mail.ru yandex.ru yandex.com bk.ru inbox.ru list.ru ukr.net wp.pl onet.pl o2.pl interia.pl gazeta.pl"
    " seznam.cz centrum.cz email.cz ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl hetnet.nl telenet.be"
    " skynet.be bluewin.ch btinternet.com sky.com virginmedia.com talktalk.net comcast.net verizon.net att.net"
    " sbcglobal.net cox.net qq.com 163.com 126.com naver.com hey.com mail.com email.com".split()
)
_NO_REPLY = re.compile(
    r"^(?:no.?reply|do.?not.?reply|mailer-daemon|postmaster|bounces?|notifications?|notify)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows when it judges a mail: addresses, domains and names in small letters.
    `people` says at which client somebody of a name is, if at any; `acquainted` are addresses the person
    wrote to, `accounts` are IBANs by client, `trusted` senders
    whose warnings the person lifted, `lessons` what corrections taught."""

    mine: Set[str] = frozenset()
    clients: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    acquainted: Set[str] = frozenset()
    accounts: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    own_accounts: Set[str] = frozenset()
    own_hosts: Set[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    trusted: Set[str] = frozenset()
    lessons: Lessons = field(default_factory=Lessons)

    def is_mine(self, address: Address) -> bool:
        """Whether this is one of the person's own addresses."""
        return bool(address.email) and address.email.lower() in self.mine

    def client(self, address: Address) -> str:
        """The client of this address, or of everybody at its domain, or nothing."""
        email = address.email.lower()
        return self.clients.get(email) or self.domains.get(email.rpartition("@")[2], "")


def domains_of(clients: Mapping[str, str]) -> dict[str, str]:
    """The domains that are one client's alone: not where everybody may have an address, nor where
    several clients have theirs."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for email, name in clients.items():
        host = email.rpartition("@")[2]
        if found.setdefault(host, name) != name:
            shared.add(host)
    return {host: name for host, name in found.items()
            if host and host not in shared and not public_domain(host)}  # fmt: skip


def public_domain(host: str) -> bool:
    """Whether anybody may have an address there."""
    return host in _PUBLIC


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


def label_code(typed: str) -> str:
    """The label somebody means: by its code, or as it is called here."""
    said = typed.strip().lower()
    named = {say().lower(): code for code, say in LABELS.items()}
    return {"automatic": "notification"}.get(said) or named.get(said, said)


def why_words(label: Label) -> str:
    """The reasons as half a sentence: `because it names 2026-038 and comes from a client`. What
    warns is said in whole sentences."""
    if label.code == "suspicious" and "by you" not in {each.code for each in label.reasons}:
        return ". ".join(sign_words(each) for each in label.reasons[:4])
    said = [_REASONS[each.code](each.detail) for each in label.reasons if each.code in _REASONS]
    if not said:
        return ""
    if label.code == "broken":
        return said[0]
    if len(said) == 1:
        return t("because {reason}", reason=said[0])
    return t("because {reasons} and {last}", reasons=", ".join(said[:-1]), last=said[-1])
