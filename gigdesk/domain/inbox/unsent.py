"""Mails the person is still writing: kept while they type, gone when they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from gigdesk.domain.inbox.answering import Kind
from gigdesk.domain.words import t

UnsentId = NewType("UnsentId", int)
# More than this most servers refuse; a mail grows by a third on its way.
FILES_LARGEST = 25_000_000


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that will go along; its bytes lie in a blob."""

    name: str
    type: str
    bytes: int
    blob: str

    def as_json(self) -> dict[str, Any]:
        """As the store and the outbox keep it."""
        return {"name": self.name, "type": self.type, "bytes": self.bytes, "blob": self.blob}


@dataclass(frozen=True, slots=True)
class Unsent:
    """A mail as far as it is written. Recipients are kept as they were typed: half an address too.
    One that was never kept has the id 0."""

    id: UnsentId
    kind: Kind
    mail: int | None = None
    account: int | None = None
    to: str = ""
    cc: str = ""
    bcc: str = ""
    subject: str = ""
    body: str = ""
    in_reply_to: str = ""
    chain: tuple[str, ...] = ()
    files: tuple[KeptFile, ...] = ()
    changed: datetime | None = None
    version: int = 0

    @property
    def title(self) -> str:
        """How it is called in a list."""
        return self.subject.strip() or t("no subject")

    @property
    def bytes(self) -> int:
        """How much its files weigh."""
        return sum(each.bytes for each in self.files)


@dataclass(frozen=True, slots=True)
class Template:
    """Words to begin with. Fields in braces are filled in from records; `own` ones can be changed."""

    name: str
    subject: str
    body: str
    own: bool = False
