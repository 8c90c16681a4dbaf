"""Folders of a mail server as people mean them, and what a server says of the mails in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

FolderId = NewType("FolderId", int)


class Role(StrEnum):
    """What a folder is for. `VIEW` shows mails that lie in another one; `PLAIN` is one that the person
    made, or nobody knows."""

    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    ARCHIVE = "archive"
    JUNK = "junk"
    TRASH = "trash"
    ALL = "all"
    VIEW = "view"
    PLAIN = "plain"


# Whose mails are fetched. Junk and trash are known, so that moving there and back is understood;
# drafts belong to the composer.
SYNCED = frozenset({Role.INBOX, Role.SENT, Role.ARCHIVE, Role.ALL, Role.PLAIN})

# Special use (RFC 6154), as servers write it.
_FLAGS = {
    "\\sent": Role.SENT,
    "\\drafts": Role.DRAFTS,
    "\\archive": Role.ARCHIVE,
    "\\junk": Role.JUNK,
    "\\spam": Role.JUNK,
    "\\trash": Role.TRASH,
    "\\all": Role.ALL,
    "\\allmail": Role.ALL,
    "\\inbox": Role.INBOX,
    "\\flagged": Role.VIEW,
    "\\important": Role.VIEW,
}

# How programs call them where the server does not say, folded; the first found has the role.
_NAMES = {
    Role.SENT: (
        "sent|sent items|sent messages|sent mail|gesendet|gesendete elemente|gesendete objekte"
        "|gesendete nachrichten|envoyés|éléments envoyés|messages envoyés|enviados|elementos enviados"
        "|mensajes enviados|itens enviados|inviati|posta inviata|elementi inviati|verzonden"
        "|verzonden items|wysłane|elementy wysłane|skickat|skickade|sendt|sendte elementer|lähetetyt"
        "|odeslané|отправленные|надіслані|გაგზავნილი|gönderilmiş öğeler|送信済み|已发送"
    ),
    Role.DRAFTS: (
        "drafts|draft|entwürfe|brouillons|borradores|rascunhos|bozze|concepten|szkice|wersje robocze"
        "|utkast|kladder|luonnokset|koncepty|черновики|чернетки|taslaklar|下書き|草稿箱"
    ),
    Role.ARCHIVE: (
        "archive|archives|archiv|archiviert|archivos|archivo|archivio|archief|archiwum|arquivo"
        "|arkiv|arkisto|архив|архів|arşiv|アーカイブ|归档"
    ),
    Role.JUNK: (
        "junk|spam|junk e-mail|junk email|junk mail|bulk mail|spamverdacht|unerwünscht|werbung"
        "|courrier indésirable|indésirables|pourriel|correo no deseado|lixo eletrônico"
        "|posta indesiderata|ongewenste e-mail|ongewenst|wiadomości-śmieci|niechciane|skräppost"
        "|søppelpost|uønsket e-mail|roskaposti|nevyžádaná pošta|спам|迷惑メール|垃圾邮件"
    ),
    Role.TRASH: (
        "trash|deleted|deleted items|deleted messages|bin|papierkorb|gelöscht|gelöschte elemente"
        "|corbeille|éléments supprimés|papelera|elementos eliminados|lixeira|itens excluídos|lixo"
        "|cestino|posta eliminata|prullenbak|verwijderde items|kosz|elementy usunięte"
        "|papperskorgen|borttaget|papirkurv|slettede elementer|roskakori|koš|корзина|удаленные"
        "|кошик|çöp kutusu|ゴミ箱|已删除"
    ),
    Role.ALL: "all mail|alle nachrichten|tous les messages|todos|tutti i messaggi|alle e-mail",
}  # fmt: skip
_ROLE_OF_NAME = {
    name.casefold(): role for role, names in _NAMES.items() for name in names.split("|")
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A folder as the server lists it: its name as people read it, `/` or `.` between the parts."""

    name: str
    separator: str = "/"
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """A folder that can be opened, and what it is for."""

    name: str
    separator: str
    role: Role

    @property
    def shown(self) -> str:
        """The name without the prefix that some servers put before everything."""
        prefix = f"INBOX{self.separator}"
        return self.name.removeprefix(prefix) if self.separator else self.name


def with_roles(listed: Iterable[Listed]) -> list[ServerFolder]:
    """The folders that can be opened, each with its role. One folder at most has a role: by what the
    server says, else by a well-known name, the shortest path first."""
    found = [ServerFolder(each.name, each.separator, _said(each)) for each in listed
             if not each.flags & {"\\noselect", "\\nonexistent"}]  # fmt: skip
    taken = {each.role for each in found}
    for each in sorted(found, key=lambda folder: (folder.name.count(folder.separator or "\0"), folder.name)):  # fmt: skip
        role = _named(each) if each.role is Role.PLAIN else Role.PLAIN
        if role is not Role.PLAIN and role not in taken:
            taken.add(role)
            found[found.index(each)] = replace(each, role=role)
    return _one_each(found)


def _said(listed: Listed) -> Role:
    if listed.name.upper() == "INBOX":
        return Role.INBOX
    flags = (flag.lower() for flag in sorted(listed.flags))
    return next((_FLAGS[flag] for flag in flags if flag in _FLAGS), Role.PLAIN)


def _named(folder: ServerFolder) -> Role:
    """By name: only at the top, below INBOX, or below what stands in brackets as Gmail's do."""
    parts = folder.name.split(folder.separator) if folder.separator else [folder.name]
    outer = parts[:-1]
    if outer and not (outer == ["INBOX"] or (len(outer) == 1 and outer[0].startswith("["))):
        return Role.PLAIN
    return _ROLE_OF_NAME.get(parts[-1].casefold(), Role.PLAIN)


def _one_each(found: list[ServerFolder]) -> list[ServerFolder]:
    seen: set[Role] = set()
    kept = []
    for each in found:
        twice = each.role in seen and each.role not in {Role.PLAIN, Role.VIEW}
        kept.append(replace(each, role=Role.PLAIN) if twice else each)
        seen.add(each.role)
    return kept


def folder_of(folders: Sequence[ServerFolder], *roles: Role) -> ServerFolder | None:
    """The folder of the first of these roles that there is."""
    by_role = {each.role: each for each in folders}
    return next((by_role[role] for role in roles if role in by_role), None)


class Mark(StrEnum):
    """What can be set on a mail and travels to its server."""

    SEEN = "seen"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one mail on its server. A `deleted` one is there until somebody expunges."""

    seen: bool = False
    flagged: bool = False
    deleted: bool = False

    def has(self, mark: Mark) -> bool:
        """Whether this one is set."""
        return self.seen if mark is Mark.SEEN else self.flagged


@dataclass(frozen=True, slots=True)
class Since:
    """Where a folder stood when it was last read: what a quick resync asks for."""

    uidvalidity: int
    modseq: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A folder as it is when it is opened. `modseq` is 0 when the server does not count changes.
    `vanished` and `changed` are what a quick resync told; `quick` says that it did."""

    uidvalidity: int
    exists: int
    uidnext: int = 0
    modseq: int = 0
    quick: bool = False
    vanished: tuple[tuple[int, int], ...] = ()
    changed: tuple[tuple[int, Marks], ...] = ()

    def gone(self, known: Iterable[int]) -> list[int]:
        """Which of these were told to have vanished. A server may name ranges of any length."""
        return [uid for uid in known if any(low <= uid <= high for low, high in self.vanished)]


@dataclass(frozen=True, slots=True)
class Head:
    """Enough of a mail to know it again without fetching it."""

    message_id: str
    bytes: int
    marks: Marks = Marks()


@dataclass(frozen=True, slots=True)
class ServerMail:
    """A mail as the server gave it. `whole` is false when its size is not the one that was promised.
    Of one that is too `large` only the beginning was fetched; `bytes` is its real size."""

    uid: int
    raw: bytes
    bytes: int
    marks: Marks = Marks()
    at: datetime | None = None
    whole: bool = True
    large: bool = False
