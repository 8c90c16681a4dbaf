"""What is enclosed in a mail: where it lies, what opening it may do, and mails within mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from gigdesk.domain.inbox.mails import Attachment, Label, Mail, MailId, ParsedMail, ThreadId
from gigdesk.domain.inbox.names import RISKY, hides_its_kind
from gigdesk.domain.words import t

COPY_HOURS = 24  # how long a copy for another program stays
_MACROS = frozenset("docm dotm xlsm xltm xlam pptm potm ppsm sldm xll iqy slk".split())
_PAGES = frozenset("html htm xhtml shtml svg mht mhtml xml xsl".split())
_MORE = frozenset(
    "pif gadget msc ps2 psm1 scf inf jnlp chm hlp py pyc pyw rb pl php bash zsh csh run bin deb rpm apk"
    " pkg dmg vbscript wsc sct application xbap settingcontent-ms lz so elf out workflow action osx scpt"
    " applescript terminal webloc library-ms search-ms diagcab theme".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Where bytes lie: a mail of the desk, then the numbers of the attachments one within another."""

    mail: int
    path: tuple[int, ...] = ()

    def inside(self, number: int) -> Enclosed:
        """An attachment of what lies here."""
        return Enclosed(self.mail, (*self.path, number))


class Risk(StrEnum):
    """What opening a file may do."""

    PROGRAM = "program"
    HIDDEN = "hidden"
    MACRO = "macro"
    PAGE = "page"


def risk_of(name: str) -> Risk | None:
    """What opening a file of this name may do; None for what only shows something."""
    ending = name.lower().rstrip(" .").rpartition(".")[2]
    if hides_its_kind(name):
        return Risk.HIDDEN
    if ending in RISKY or ending in _MORE:
        return Risk.PROGRAM
    if ending in _MACROS:
        return Risk.MACRO
    return Risk.PAGE if ending in _PAGES else None


def risk_words(name: str, risk: Risk) -> str:
    """The same as a warning."""
    return {
        Risk.PROGRAM: t("{name} is a program. Opened, it can do all that you can do on this machine.",
                        name=name),
        Risk.HIDDEN: t("{name} is a program that is dressed as a document. Honest senders do not do that.",
                       name=name),
        Risk.MACRO: t("{name} is a document that may hold programs (macros). Open it only if you expect it.",
                      name=name),
        Risk.PAGE: t("{name} is a web page. Your browser may load from the network what it names, and"
                     " tell so that you opened it.", name=name),
    }[risk]  # fmt: skip


def is_mail(file: Attachment) -> bool:
    """Whether an attachment is a mail, to be read here."""
    return file.type == "message/rfc822" or file.name.lower().endswith(".eml")


def mail_within(read: ParsedMail, outer: int) -> Mail:
    """An attached mail as one that is shown: it is nobody's row, and loads nothing."""
    return Mail(
        id=MailId(outer),
        thread=ThreadId(0),
        message_id=read.message_id,
        sender=read.sender,
        to=read.to,
        cc=read.cc,
        reply_to=read.reply_to,
        subject=read.subject,
        date=read.date,
        at=read.date or read.received or datetime.fromtimestamp(0, UTC),
        text=read.text,
        html=read.html,
        snippet=read.snippet,
        attachments=read.attachments,
        notes=read.notes,
        label=Label(),
        unread=False,
        flagged=False,
        mine=False,
        bulk=read.bulk,
        source="",
        broken=read.broken,
        far=read.far,
        trackers=read.trackers,
    )
