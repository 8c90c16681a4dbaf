"""The reading child: takes raw mails over a pipe, gives ParsedMails back, may be killed.

Protocol, over one multiprocessing connection:
    parent: ("read", [raw, …], together)             child: a ParsedMail for each, in order, in lists:
                                                            of many, or each alone
    parent: ("part", raw, number)                    child: (name, type, bytes) or None
    parent: ("folds", text)                          child: the Folds of a plain text
    parent: None, or a closed pipe                   child: ends
"""

from __future__ import annotations

import gc
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from gigdesk.worker.limits import keep_small, stay

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from gigdesk.domain.inbox.mails import ParsedMail

MEMORY_LIMIT = 1536 * 1024 * 1024
_TOGETHER = 50
_HELD_SECONDS = 0.2


def serve(connection: Connection) -> None:
    """The child's whole life."""
    from gigdesk.worker.mail_reader.parsing import parsed
    from gigdesk.worker.mail_reader.replies import folds_of

    stay()
    keep_small(MEMORY_LIMIT)
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    # The pipe is always being emptied, so the parent never waits for us while we wait for it.
    threading.Thread(target=_receive, args=(connection, jobs), daemon=True).start()
    gc.freeze()  # what was loaded stays; only what mails leave behind is looked through
    connection.send("ready")
    while (job := jobs.get()) is not None:
        try:
            if job[0] == "read":
                for answer in _answers(map(parsed, job[1]), together=job[2]):
                    connection.send(answer)
            elif job[0] == "folds":
                connection.send(folds_of(job[1]))
            else:
                connection.send(_part(job[1], job[2]))
        except (BrokenPipeError, ConnectionResetError):
            return


def _answers(mails: Iterable[ParsedMail], *, together: bool) -> Iterator[list[ParsedMail]]:
    """What is read, as it is sent: many in one, for each sending costs as much as reading a mail,
    but none held back for long, since the parent waits for a sign of life."""
    ready: list[ParsedMail] = []
    begun = time.monotonic()
    for mail in mails:
        ready.append(mail)
        if not together or len(ready) >= _TOGETHER or time.monotonic() - begun > _HELD_SECONDS:
            yield ready
            ready, begun = [], time.monotonic()
    if ready:
        yield ready


def _receive(connection: Connection, jobs: queue.SimpleQueue[Any]) -> None:
    try:
        while (job := connection.recv()) is not None:
            jobs.put(job)
    except (EOFError, OSError):
        pass
    jobs.put(None)


def _part(raw: bytes, number: int) -> tuple[str, str, bytes] | None:
    from gigdesk.worker.mail_reader.bodies import file_of
    from gigdesk.worker.mail_reader.parsing import message_of

    try:
        return file_of(message_of(raw)[0], number)
    except Exception:  # noqa: BLE001 - then it cannot be had
        return None
