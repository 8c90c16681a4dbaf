"""Mail as records: what reading one gives, and what the desk keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NewType

from gigdesk.domain.inbox.leaving import Exits
from gigdesk.domain.inbox.wording.reading import Read
from gigdesk.domain.words import n, t

MailId = NewType("MailId", int)
ThreadId = NewType("ThreadId", int)


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: `email` as written but for its case, `name` as shown (may be empty)."""

    name: str = ""
    email: str = ""

    @property
    def shown(self) -> str:
        """The name, or the address when it has none."""
        return self.name or self.email

    @property
    def full(self) -> str:
        """`Name <email>`, as it can be read back from a list of them."""
        if not (self.name and self.email):
            return self.shown
        name = self.name.replace('"', "'")
        return f'"{name}" <{self.email}>' if set(name) & set(",;<>@") else f"{name} <{self.email}>"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is a file. `name` is safe to save under; `cid` is what HTML calls it by."""

    number: int
    name: str
    type: str
    bytes: int
    digest: str = ""
    cid: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know about how a mail was read; `code` is one of NOTES."""

    code: str
    detail: str = ""

    @property
    def words(self) -> str:
        """The note as a sentence."""
        say = NOTES.get(self.code)
        return say(self.detail) if say else f"{self.code} {self.detail}".strip()


def _count(detail: str) -> int:
    return int(detail) if detail.isdecimal() else 1


NOTES: dict[str, Callable[[str], str]] = {
    "remote": lambda d: n(
        "{n} remote picture was not loaded", "{n} remote pictures were not loaded", _count(d)
    ),
    "link": lambda d: t("A link says one place and goes to another: {place}", place=d),
    "charset": lambda d: t("Its character set “{name}” is not known; some letters are guessed", name=d),
    "encoding": lambda d: t("A part is damaged: {what}", what=d),
    "header": lambda _: t("Its header is longer than 64 kB and was cut for reading"),
    "parts": lambda _: t("It has more than 1,000 parts; the rest is only in the original"),
    "depth": lambda _: t("Its parts are nested too deep; the rest is only in the original"),
    "addresses": lambda _: t("It names more than 2,000 addresses; the rest is only in the original"),
    "html": lambda _: t("Its HTML is too large or too deep to show whole; the text is kept"),
    "text": lambda _: t("Its text is longer than is shown; the rest is only in the original"),
    "multipart": lambda _: t("Its parts are not separated as they should be"),
    "date": lambda d: t("Its date cannot be read: {date}", date=d),
    "name": lambda d: t("The sender's name contains another address: {name}", name=d),
    "reply": lambda d: t("Answers would go to another address: {address}", address=d),
    "bidi": lambda _: t("It holds characters that turn the direction of text"),
    "attachment": lambda d: t("The attachment {name} hides what kind of file it is", name=d),
    "torn": lambda _: t("The file ended in the middle of this mail"),
}  # fmt: skip

REASONS: dict[str, Callable[[str], str]] = {
    "empty": lambda _: t("The file is empty"),
    "not mail": lambda _: t("This is not a mail: it has no header"),
    "too large": lambda d: t("It is larger than can be read ({size})", size=d),
    "too deep": lambda _: t("Its parts are nested too deep to be read"),
    "too long": lambda _: t("Reading it took longer than 5 seconds"),
    "memory": lambda _: t("Reading it took more memory than a mail may"),
    "crashed": lambda _: t("It stopped the reader"),
    "file": lambda d: t("The file cannot be opened: {why}", why=d),
    "withheld": lambda _: t("The server lists it and does not give it"),
    "failed": lambda d: t("It cannot be read ({why})", why=d),
}


def reason_words(reason: Note) -> str:
    """Why a mail could not be read, as a sentence."""
    say = REASONS.get(reason.code)
    return say(reason.detail) if say else reason.code


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """What the reading of one raw mail gave. `broken` says why it could not be read, if so."""

    key: bytes
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address = Address()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    date_raw: str = ""
    received: datetime | None = None
    text: str = ""
    html: str = ""
    snippet: str = ""
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[Note, ...] = ()
    list_id: str = ""
    unsubscribe: bool = False
    bulk: bool = False
    automatic: bool = False
    invitation: bool = False
    unread: bool | None = None
    broken: Note | None = None
    signs: tuple[Note, ...] = ()  # what its header says against an automatic answer
    exits: Exits = field(default_factory=Exits)
    far: tuple[str, ...] = ()  # where the pictures lie that its HTML calls far:0, far:1 …
    trackers: int = 0
    said: Read | None = None  # its words weighed, by whoever read it


@dataclass(frozen=True, slots=True)
class RawMail:
    """One mail as its file holds it. `unread` and `at` are what the file says besides, if it does."""

    raw: bytes
    source: str
    unread: bool | None = None
    flagged: bool = False
    at: datetime | None = None
    torn: bool = False
    trouble: Note | None = None


class Section(IntEnum):
    """Where a thread stands in the list."""

    NEEDS_YOU = 0
    WAITING = 1
    REST = 2

    @property
    def words(self) -> str:
        """The heading."""
        return {
            Section.NEEDS_YOU: t("Needs you"),
            Section.WAITING: t("Waiting for them"),
            Section.REST: t("Everything else"),
        }[self]


@dataclass(frozen=True, slots=True)
class Label:
    """A judgement with its reasons. `code` is one of labels.LABELS, empty for none."""

    code: str = ""
    reasons: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail as a row of a list."""

    id: MailId
    thread: ThreadId
    sender: Address
    to: tuple[Address, ...]
    subject: str
    date: datetime | None
    at: datetime
    snippet: str
    label: Label
    unread: bool
    attachments: int
    broken: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """A kept mail whole. `at` is where it stands in time, also when `date` is not known."""

    id: MailId
    thread: ThreadId
    message_id: str
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    subject: str
    date: datetime | None
    at: datetime
    text: str
    html: str
    snippet: str
    attachments: tuple[Attachment, ...]
    notes: tuple[Note, ...]
    label: Label
    unread: bool
    flagged: bool
    mine: bool
    bulk: bool
    source: str
    references: tuple[str, ...] = ()
    broken: Note | None = None
    client: str = ""
    version: int = 1
    signs: tuple[Note, ...] = ()
    exits: Exits = field(default_factory=Exits)
    far: tuple[str, ...] = ()
    trackers: int = 0

    @property
    def answer_to(self) -> tuple[Address, ...]:
        """Where a reply goes: Reply-To, else the sender; for one's own mail its recipients."""
        if self.mine:
            return self.to
        return self.reply_to or ((self.sender,) if self.sender.email else ())


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as a row of the list; everything is said by its mails. `people` are the others;
    where all mails are the person's `own`, those they went to."""

    id: ThreadId
    subject: str
    people: str
    snippet: str
    at: datetime
    count: int
    unread: int
    attachments: bool
    label: Label
    section: Section
    mine_last: bool
    broken: bool
    put_away: bool
    version: int
    own: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many threads stand where."""

    needs_you: int = 0
    waiting: int = 0
    rest: int = 0

    @property
    def all(self) -> int:
        """All that is not put away."""
        return self.needs_you + self.waiting + self.rest

    def of(self, section: Section) -> int:
        """How many in one section."""
        return (self.needs_you, self.waiting, self.rest)[section]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is. `total` in bytes; 0 when it is not known yet."""

    imported: int = 0
    duplicates: int = 0
    unreadable: int = 0
    done: int = 0
    total: int = 0

    @property
    def part(self) -> float:
        """Between 0 and 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that gave no readable mail, and why. `mail` is its row, if it has one."""

    source: str
    reason: str
    mail: MailId | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought. `skipped` counts files that are no mail at all."""

    imported: int = 0
    duplicates: int = 0
    unreadable: tuple[Unread, ...] = field(default=())
    skipped: int = 0
    stopped: bool = False
