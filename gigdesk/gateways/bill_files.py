"""Files that may be bills, read by a child that is killed when one of them takes too long."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from gigdesk.domain.errors import Trouble, Unreadable
from gigdesk.domain.expenses.records import ReadBill
from gigdesk.domain.words import t
from gigdesk.gateways.children import START_SECONDS, TOO_LONG, Child, Died
from gigdesk.worker.bill_reader.child import BillFile, serve

FILE_SECONDS = 10.0


class BillReader:
    """Reads bills where hostile ones do no harm. A child that did its work is kept for the next,
    until it has waited too long and ends by itself."""

    def __init__(self, seconds: float = FILE_SECONDS, target: Callable[..., None] = serve) -> None:
        self._seconds, self._target = seconds, target
        self._lock = threading.Lock()
        self._spare: Child | None = None

    def read(self, name: str, data: bytes, today: date) -> ReadBill | None:
        """The bill a file holds; None when it is none. Raises Unreadable."""
        child = self._taken(BillFile(name, data, today))
        try:
            found: ReadBill | Trouble | None = child.next(self._seconds)
        except Died as death:
            child.kill()
            raise Unreadable(
                t("{name} takes too long to read", name=name)
                if death.code == TOO_LONG
                else t("{name} stops whoever reads it", name=name),
                t("It can still be saved and looked at."),
            ) from None
        self._keep(child)
        if isinstance(found, Trouble):
            raise found
        return found

    def _taken(self, file: BillFile) -> Child:
        """The spare child if it is still there, else a new one; it has the file."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            with suppress(Died, OSError):
                spare.pipe.send(file)
                spare.next(START_SECONDS)
                return spare
            spare.kill()
        child = Child(self._target, name="gigdesk-bill", duplex=True)
        with suppress(Died, OSError):  # its answer will say so
            child.pipe.send(file)
            child.next(START_SECONDS)
        return child

    def _keep(self, child: Child) -> None:
        with self._lock:
            if self._spare is None:
                self._spare = child
                return
        child.kill()
