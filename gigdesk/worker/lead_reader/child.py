"""What runs in the child: one file of leads, record by record over a pipe, then it ends.

READY when the child has started, then how many records there are or the Trouble of the file as a whole,
then lists of (number, posting or why it is none), then None.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble, Unreadable
from gigdesk.domain.words import t
from gigdesk.worker.limits import keep_quiet, keep_small, stay

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from gigdesk.domain.leads.records import Posting, Unusable
    from gigdesk.worker.lead_reader.reading import LeadFile

MEMORY_MOST = 2 << 30
# Handed over together: one by one, the pipe takes longer than the reading.
TOGETHER = 64
TOGETHER_SECONDS = 0.05
READY = "ready"


@dataclass(frozen=True, slots=True)
class ReadLeads:
    """Read a file from the record `start` on.

    Before `alone`, records are handed over one by one, so that the one that stops the child is known;
    the one of `skipped` stopped a child, see `why`.
    """

    path: Path
    source: str
    start: int = 0
    alone: int = 0
    skipped: int = -1
    why: str = ""


def serve(pipe: Connection, request: ReadLeads) -> None:
    """The child's main."""
    from gigdesk.worker.lead_reader.reading import opened

    stay()
    keep_small(MEMORY_MOST)
    keep_quiet()
    with suppress(BrokenPipeError, ConnectionResetError):
        pipe.send(READY)
        try:
            file = opened(request.path, request.source)
        except Exception as error:  # noqa: BLE001 - whatever a file does, it is said
            pipe.send(_trouble(error, request.path))
            return
        pipe.send(file.total)
        _send_all(pipe, request, file)
        pipe.send(None)


def _trouble(error: Exception, path: Path) -> Trouble:
    if isinstance(error, Trouble):
        return error
    title = t("{path} cannot be read ({kind})", path=path.name, kind=type(error).__name__)
    return Unreadable(title, t("Nothing was imported."))


def _send_all(pipe: Connection, request: ReadLeads, file: LeadFile) -> None:
    start = request.start
    if request.skipped >= 0:
        pipe.send([(request.skipped, file.unread(request.skipped, request.why))])
        start = request.skipped + 1
    ready: list[tuple[int, Posting | Unusable]] = []
    since = time.monotonic()
    for number, found in enumerate(file.leads(start), start):
        ready.append((number, found))
        full = len(ready) >= TOGETHER or number < request.alone
        if full or time.monotonic() - since > TOGETHER_SECONDS:
            pipe.send(ready)
            ready, since = [], time.monotonic()
    pipe.send(ready)
