"""The outside as the services see it: Protocols, filled in by gateways, handed in by app.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

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
