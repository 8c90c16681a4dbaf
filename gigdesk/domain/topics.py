"""What can change: the vocabulary services use to tell the window what to reload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from gigdesk.domain.records import Ref

T_co = TypeVar("T_co", covariant=True)


class Topic(Flag):
    """Kinds of records; a change names all it touched."""

    NONE = 0
    PROFILE = auto()
    CLIENTS = auto()
    INBOX = auto()
    PROPOSALS = auto()
    OUTBOX = auto()
    LEADS = auto()
    CALENDAR = auto()
    INVOICES = auto()
    ROUTINES = auto()
    NOTICES = auto()
    MODEL = auto()
    NETWORK = auto()
    SETTINGS = auto()
    ACCOUNTS = auto()


EVERYTHING = Topic(sum(topic.value for topic in Topic))


@dataclass(frozen=True, slots=True)
class Changed(Generic[T_co]):
    """A mutating verb's answer: its value, what it touched, how to say it, how to undo it, and which
    record the person goes on with, if it is another one."""

    value: T_co
    topics: Topic
    words: str = ""
    undo: Callable[[], Changed[Any]] | None = None
    opens: Ref | None = None
