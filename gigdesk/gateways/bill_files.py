"""Files that may be bills, each read by a child of its own that is killed when it takes too long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gigdesk.domain.errors import Trouble, Unreadable
from gigdesk.domain.expenses.records import ReadBill
from gigdesk.domain.words import t
from gigdesk.gateways.children import START_SECONDS, TOO_LONG, Child, Died
from gigdesk.worker.bill_reader.child import BillFile, serve

FILE_SECONDS = 10.0


class BillReader:
    """Reads bills where hostile ones do no harm."""

    def __init__(self, seconds: float = FILE_SECONDS, target: Callable[..., None] = serve) -> None:
        self._seconds, self._target = seconds, target

    def read(self, name: str, data: bytes, today: date) -> ReadBill | None:
        """The bill a file holds; None when it is none. Raises Unreadable."""
        with Child(self._target, BillFile(name, data, today), name="gigdesk-bill") as child:
            try:
                child.next(START_SECONDS)
                found: ReadBill | Trouble | None = child.next(self._seconds)
            except Died as death:
                raise Unreadable(
                    t("{name} takes too long to read", name=name)
                    if death.code == TOO_LONG
                    else t("{name} stops whoever reads it", name=name),
                    t("It can still be saved and looked at."),
                ) from None
        if isinstance(found, Trouble):
            raise found
        return found
