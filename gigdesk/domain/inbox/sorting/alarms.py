"""Signs of fraud in a mail: each with a sentence, and how much it weighs. None is proof; the weights are
set so that a clear one suffices, and words that only press never do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.labels import public_domain
from gigdesk.domain.inbox.mails import Address, Note, ParsedMail
from gigdesk.domain.inbox.names import RISKY, hides_its_kind
from gigdesk.domain.inbox.sorting.lookalikes import (
    core_of,
    looks_like,
    mixed_scripts,
    owner_of,
    skeleton,
    words_alike,
)
from gigdesk.domain.inbox.warnings import BETWEEN
from gigdesk.domain.inbox.wording.accounts import masked
from gigdesk.domain.inbox.wording.reading import folded, longest
from gigdesk.domain.inbox.wording.words.places import BAIT_DOMAINS, OFFICE_DOMAINS
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.inbox.wording.reading import Read

SUSPICIOUS = 4.0

_ARCHIVES = frozenset("zip rar 7z gz tgz cab ace arj z".split())
_PAGES = frozenset("html htm shtml xhtml mht mhtml svg xhtm".split())
_MACROS = frozenset("docm xlsm pptm dotm xlam xll one".split())
_SCRIPTS = RISKY | frozenset("lzh vhdx wsc ps1 psm1 jnlp chm xpi apk scf settingcontent-ms".split())
_TOP = frozenset(
    "com net org info biz example de at ch fr es it nl pl pt se no ge eu uk ie us io co app".split()
)
_LINK = re.compile(
    r'<a\b[^>]{0,200}?href="(https?://[^"]{1,2000})"[^>]{0,200}>(.{0,400}?)</a>', re.I | re.S
)
_HREF = re.compile(r"https?://([^\s/\"'<>)\]]{3,200})", re.I)
_HOST = re.compile(r"(?<![\w@.-])(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?![\w@-])", re.I)
_BRACKETED = re.compile(r"[<(\[]\s?https?://([^\s/>)\]]{1,200})", re.I)
_SAID_BEFORE = re.compile(r"(?:^|\s)((?:[\w-]+\.)+[a-z]{2,24})(?:/\S{0,80})?\s{0,2}$", re.I)
_NUMBER = re.compile(
    r"\b[a-z]{2}\d{2}(?: ?[\da-z]{4}){3,}|\b\d{2}-\d{2}-\d{2}\b"
    r"|\b(?:account|acct|konto|kontonummer|compte|cuenta|conto)\D{0,12}\d{6,}",
    re.I,
)
_BANK_FILE = re.compile(r"rib|iban|bank|banc|cuenta|konto|compte", re.I)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign and its weight. One that only `supports` never makes a mail suspicious without another."""

    note: Note
    weight: float
    supports: bool = False


def suspicious(signs: list[Sign]) -> bool:
    """Whether these signs together make a mail suspicious."""
    return sum(each.weight for each in signs) >= SUSPICIOUS and not all(
        each.supports for each in signs
    )


def signs_of_fraud(mail: ParsedMail, known: Known, said: Read) -> list[Sign]:
    """Every sign, the heaviest first."""
    case = _Case(mail, known, said)
    found = [
        *_accounts(case),
        *_sender(case),
        *_links(case),
        *_answers(case),
        *_files(case),
        *_words(case),
        *_checks(case),
    ]
    return sorted(found, key=lambda each: -each.weight)


class _Case:
    """A mail with what is looked at more than once."""

    def __init__(self, mail: ParsedMail, known: Known, said: Read) -> None:
        self.mail, self.known, self.said = mail, known, said
        self.host = _host(mail.sender)
        self.name = mail.sender.name.strip().strip("\"'")
        self.client = known.client(mail.sender)
        self.trusted = mail.sender.email.lower() in known.trusted
        failed = {each.code for each in mail.signs}
        self.failed = "failed" in failed
        # Who forges a client's address is not the client.
        self.theirs = (bool(self.client) and not self.failed) or self.trusted
        self.by_name = "" if self.theirs else _by_name(self)
        self.alike = "" if self.theirs else resembled(self.host, known.hosts)
        self.whose = (
            self.client or known.domains.get(self.alike, "") or known.people.get(self.by_name, "")
        )
        self.listed = mail.bulk or bool(mail.list_id) or mail.unsubscribe


def _host(address: Address) -> str:
    return address.email.rpartition("@")[2].lower()


def _by_name(case: _Case) -> str:
    """Whose name it carries, as it is kept: a person at a client, or a client."""
    name = folded(case.name)
    if " via " in f" {name}" or "(via" in name:
        return ""
    known = case.known
    email = case.mail.sender.email.lower()
    strange = not (case.client or email in known.acquainted or email in known.mine)
    return name if name in case.known.people and strange else ""


@lru_cache(maxsize=4096)
def resembled(host: str, hosts: frozenset[str]) -> str:
    """Which of the known hosts this one was made to look like."""
    if not host or public_domain(host) or any(owner_of(host) == owner_of(each) for each in hosts):
        return ""
    return next((each for each in sorted(hosts) if looks_like(host, each)), "")


def _accounts(case: _Case) -> Iterator[Sign]:
    own = case.known.own_accounts
    named = [each for each in case.said.accounts if each not in own]
    kept = _usual(case)
    fresh = [each for each in named if each not in kept]
    changed = case.said.said.get("new account", 0) + case.said.titled.get("new account", 0)
    who = case.whose or case.mail.sender.shown
    if kept and fresh:
        detail = BETWEEN.join((who, masked(fresh[0]), masked(kept[0])))
        yield Sign(Note("account", detail), SUSPICIOUS + 1)
    elif fresh and changed:
        yield Sign(Note("account words", BETWEEN.join((who, masked(fresh[0])))), SUSPICIOUS + 1)
    elif changed and not named and _names_account(case):
        yield Sign(Note("account words", BETWEEN.join((who, t("another one")))), SUSPICIOUS + 1)


def _usual(case: _Case) -> list[str]:
    """The accounts that were known of this client before the mail came."""
    came = case.mail.date or case.mail.received
    since = case.known.accounts.get(case.whose, {}) if case.whose else {}
    return sorted(iban for iban, first in since.items() if came is None or first < came)


def _names_account(case: _Case) -> bool:
    files = any(_BANK_FILE.search(each.name) for each in case.mail.attachments)
    return files or _NUMBER.search(case.said.own) is not None


def _sender(case: _Case) -> Iterator[Sign]:
    host = case.host
    if case.theirs or not host:
        return
    if case.alike:
        yield Sign(Note("look-alike", f"{host}{BETWEEN}{case.alike}"), SUSPICIOUS)
    elif case.by_name:
        shown = f"{case.name}{BETWEEN}{case.mail.sender.email}"
        yield Sign(Note("known name", shown[:300]), 3.0)
    if mixed_scripts(host):
        yield Sign(Note("scripts", host), SUSPICIOUS)
    inner = host.split(".")[:-2]
    if any(each in _TOP for each in inner[1:]):
        yield Sign(Note("nested host", owner_of(host)), SUSPICIOUS)
    yield from _made_up(case)


def _made_up(case: _Case) -> Iterator[Sign]:
    """A domain like the name it is sent under, but not quite; or that name and a word of bait."""
    core = core_of(case.host)
    names = [each for each in re.findall(r"\w+", folded(case.name)) if len(each) > 4]
    parts = core.split("-")
    for part in parts:
        like = next(
            (each for each in names if part != each and skeleton(part) == skeleton(each)), ""
        )
        if like and any(each.isdigit() for each in part):
            yield Sign(Note("look-alike", f"{case.host}{BETWEEN}{like}"), SUSPICIOUS)
            return
    weight = _bait(core)
    if weight:
        named = any(each in parts for each in names)
        yield Sign(Note("bait host", case.host), weight + 0.5 * named)


def _bait(core: str) -> float:
    """How much a domain's word looks made up for a fraud: several words, one of them of bait."""
    parts = core.split("-")
    bait = sum(each in BAIT_DOMAINS for each in parts)
    office = sum(each in OFFICE_DOMAINS for each in parts)
    if len(parts) == 1 or not bait + (office > 1):
        return 0.0
    return 3.0 if bait + office > 1 else 2.0


def _links(case: _Case) -> Iterator[Sign]:
    worst: Sign | None = None
    for said, goes in _links_elsewhere(case.mail):
        weight = _weight_of_link(case, said, goes)
        if weight and (worst is None or weight > worst.weight):
            worst = Sign(Note("link elsewhere", f"{said}{BETWEEN}{goes}"[:300]), weight)
    if worst is not None:
        yield worst
    else:
        yield from _foreign_links(case)


def _foreign_links(case: _Case) -> Iterator[Sign]:
    """Links to somebody else's place in a mail that wants something at once."""
    said = case.said.said
    wants = any(
        said.get(kind) or case.said.titled.get(kind) for kind in ("bait", "urgency", "fraud")
    )
    if case.theirs or not wants or case.mail.automatic:
        return
    hosts = dict.fromkeys(_link_hosts(case.mail))
    foreign = [each for each in hosts if owner_of(each) != owner_of(case.host)
               and owner_of(each) not in case.known.own_hosts]  # fmt: skip
    if foreign:
        worst = max(foreign, key=lambda each: _bait(core_of(each)))
        weight = 1.0 + min(2.0, _bait(core_of(worst))) * 0.75
        yield Sign(Note("foreign link", worst), weight if case.listed else weight + 0.5)


def _link_hosts(mail: ParsedMail) -> Iterator[str]:
    for found in _HREF.finditer(mail.html[:300_000] or mail.text[:20_000]):
        yield found[1].rpartition("@")[2].partition(":")[0].lower()


def _weight_of_link(case: _Case, said: str, goes: str) -> float:
    """A counter of clicks takes everybody elsewhere; a link that names a place which is not even the
    sender's does so for a reason."""
    sender, named = owner_of(case.host), owner_of(said)
    if case.theirs:
        return 0.0
    if sender == named and not case.failed:
        return 0.5 if case.listed or owner_of(goes) != named else 0.0
    core = core_of(said)
    folded_name = skeleton(re.sub(r"\W", "", folded(case.name)))
    posing = (
        words_alike(core_of(case.host), core)
        or (len(core) > 4 and skeleton(core.replace("-", "")) in folded_name)
        or (folded_name and folded_name in skeleton(core.replace("-", "")) and len(folded_name) > 4)
        or any(owner_of(each) == named for each in case.known.hosts)
    )  # fmt: skip
    if posing:
        return 4.0
    asks = any(case.said.said.get(kind) for kind in ("bait", "urgency", "fraud", "invoice"))
    return 2.0 if case.listed else 3.0 + asks


def _links_elsewhere(mail: ParsedMail) -> Iterator[tuple[str, str]]:
    """(what a link says, where it goes), for those that say another owner's place."""
    for found in _LINK.finditer(mail.html[:300_000]):
        goes = found[1].split("/", 3)[2].rpartition("@")[2].partition(":")[0].lower()
        words = re.sub(r"<[^>]*>", "", found[2])
        for said in _HOST.findall(words):
            if owner_of(said) != owner_of(goes) and _is_host(said):
                yield said.lower(), goes
    for link in _BRACKETED.finditer(mail.text[:20_000]):
        before = _SAID_BEFORE.search(mail.text[max(0, link.start() - 160) : link.start()])
        said, goes = (before[1] if before else ""), link[1]
        if said and owner_of(said) != owner_of(goes) and _is_host(said):
            yield said.lower(), goes.lower()


_FILES = frozenset(
    "pdf doc docx xls xlsx ppt pptx jpg jpeg png gif txt zip csv htm html php asp aspx jsp cgi".split()
)


def _is_host(word: str) -> bool:
    """`parcelo.example`, not `report.pdf`."""
    ending = word.rpartition(".")[2].lower()
    return ending not in _FILES


def _answers(case: _Case) -> Iterator[Sign]:
    if case.listed or case.theirs or case.mail.automatic or case.known.is_mine(case.mail.sender):
        return
    for each in case.mail.reply_to:
        host = _host(each)
        if host and owner_of(host) != owner_of(case.host) and not case.known.is_mine(each):
            if owner_of(case.host) in case.known.own_hosts:
                return  # one's own form, answering to whom filled it in
            yield Sign(Note("reply elsewhere", each.email[:200]), 2.0)
            return


def _files(case: _Case) -> Iterator[Sign]:
    unknown = not case.theirs
    for each in case.mail.attachments:
        ending = each.name.rpartition(".")[2].lower()
        if hides_its_kind(each.name) or _dressed(each.name, ending):
            yield Sign(Note("risky file", each.name), SUSPICIOUS + 1)
        elif ending in _SCRIPTS or ending in _MACROS:
            yield Sign(Note("risky file", each.name), SUSPICIOUS)
        elif ending in _PAGES and ending != "svg":
            yield Sign(Note("risky file", each.name), 3 if unknown else 2)
        elif ending in _ARCHIVES:
            yield Sign(Note("locked file", each.name), _packed(case) if unknown else 0.5)


def _packed(case: _Case) -> float:
    """How much an archive from somebody unknown weighs: more with its password beside it, with
    pressure, with money."""
    said = case.said.said
    return (
        1.5
        + 2.0 * bool(said.get("password"))
        + 1.0 * bool(said.get("urgency"))
        + 0.8 * bool(said.get("invoice") or case.said.titled.get("invoice"))
    )


def _dressed(name: str, ending: str) -> bool:
    """`contract.pdf.html`: a page dressed as a document."""
    before = name.lower().split(".")[-2:-1]
    return ending in _PAGES and bool(before) and before[0] in {"pdf", "doc", "docx", "xls", "xlsx"}


def _words(case: _Case) -> Iterator[Sign]:
    if case.theirs:
        return
    said, titled = case.said.said, case.said.titled
    for kind, code, least, most in (
        ("bait", "secrets", 1.5, 3.0),
        ("fraud", "fraud", 2.0, 4.5),
    ):
        weight = said.get(kind, 0) + titled.get(kind, 0)
        if weight:
            first = case.said.first[kind]
            many = len(longest(first)) > 1
            full = most if many else least
            yield Sign(
                Note(code, ", ".join(longest(first))[:120]),
                full * (0.5 if case.listed and kind == "fraud" else 1),
                supports=kind == "bait" or not many,
            )
    if said.get("urgency", 0) + titled.get("urgency", 0):
        words = ", ".join(longest(case.said.first["urgency"]))[:120]
        yield Sign(Note("pressure", words), 1.0, supports=True)


def _checks(case: _Case) -> Iterator[Sign]:
    if case.failed and not case.listed:
        if owner_of(case.host) in case.known.own_hosts:
            yield Sign(Note("own domain"), 3.0)
        else:
            yield Sign(Note("failed check", case.host), 1.5, supports=True)
