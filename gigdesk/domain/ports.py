"""The outside as the services see it: Protocols, filled in by gateways, handed in by app.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from gigdesk.domain.records import Ref

T = TypeVar("T")

# The clock: an aware instant in UTC.
Now = Callable[[], datetime]


class Write(Protocol):
    """Runs one short change where changes run: at once in the command line, behind the person's own
    clicks on the writing thread in the window. Returns its answer."""

    def __call__(self, call: Callable[[], T], /) -> T: ...


def write_here(call: Callable[[], T]) -> T:
    """The `Write` of the command line and of tests: at once, on this thread."""
    return call()


class Notifier(Protocol):
    """Notifications of the desktop. `clicked` is called with the record of the one clicked."""

    def show(self, title: str, words: str, record: Ref | None) -> bool:
        """Show one; False when the desktop has no place for it."""


class Keyring(Protocol):
    """The operating system's store of secrets, by name."""

    @property
    def available(self) -> bool:
        """Whether this session has one we trust, locked or not."""

    def get(self, name: str) -> str | None:
        """The secret; None when there is none. Raises Locked when it stays locked."""

    def put(self, name: str, secret: str) -> None:
        """Keep the secret. Raises Locked when it stays locked."""

    def forget(self, name: str) -> None:
        """Remove the secret, if there is one."""


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """What is asked of the person when the keyring cannot give the key."""

    kind: Literal["passphrase", "new passphrase", "recovery key"]
    words: str
    attempt: int = 1


# The person's answer; None when they gave none (cancelled, or nobody is there to ask).
AskKey = Callable[[KeyQuestion], str | None]
