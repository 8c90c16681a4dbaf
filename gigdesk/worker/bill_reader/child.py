"""What runs in the child: reads one file after the other, ends when none comes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble
from gigdesk.worker.limits import keep_quiet, keep_small, stay

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from gigdesk.domain.expenses.records import ReadBill

MEMORY_MOST = 1 << 30
IDLE_SECONDS = 5.0
READY = "ready"


@dataclass(frozen=True, slots=True)
class BillFile:
    """A file that may be a bill. `today` is for days without a year."""

    name: str
    data: bytes = field(repr=False)
    today: date


def serve(pipe: Connection) -> None:
    """The child's main: for each file that it is there, then the bill, None when it is none, or why
    not."""
    stay()
    keep_quiet()
    keep_small(MEMORY_MOST)
    with suppress(EOFError, OSError):
        while pipe.poll(IDLE_SECONDS):
            file: BillFile = pipe.recv()
            pipe.send(READY)
            pipe.send(_answer(file))
    pipe.close()


def _answer(file: BillFile) -> ReadBill | Trouble | None:
    from gigdesk.worker.bill_reader.pages import read_pdf
    from gigdesk.worker.bill_reader.structured import is_bill, read_xml

    try:
        if file.data[:1024].lstrip().startswith(b"%PDF"):
            return read_pdf(file.data, file.today)
        return read_xml(file.data) if is_bill(file.data) else None
    except Trouble as trouble:
        return trouble
