"""The reading child: takes raw mails over a pipe, gives ParsedMails back one by one, may be killed.

Protocol, over one multiprocessing connection:
    parent: ("read", [(raw, reason or None), …])     child: one ParsedMail for each, in order
    parent: ("part", raw, number)                    child: (name, type, bytes) or None
    parent: None, or a closed pipe                   child: ends
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from gigdesk.worker.limits import keep_small, stay

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MEMORY_LIMIT = 1536 * 1024 * 1024


def serve(connection: Connection) -> None:
    """The child's whole life."""
    from gigdesk.worker.mail_reader.parsing import parsed

    stay()
    keep_small(MEMORY_LIMIT)
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    # The pipe is always being emptied, so the parent never waits for us while we wait for it.
    threading.Thread(target=_receive, args=(connection, jobs), daemon=True).start()
    connection.send("ready")
    while (job := jobs.get()) is not None:
        try:
            if job[0] == "read":
                for raw in job[1]:
                    connection.send(parsed(raw))
            else:
                connection.send(_part(job[1], job[2]))
        except (BrokenPipeError, ConnectionResetError):
            return


def _receive(connection: Connection, jobs: queue.SimpleQueue[Any]) -> None:
    try:
        while (job := connection.recv()) is not None:
            jobs.put(job)
    except (EOFError, OSError):
        pass
    jobs.put(None)


def _part(raw: bytes, number: int) -> tuple[str, str, bytes] | None:
    from gigdesk.worker.mail_reader.bodies import files, payload
    from gigdesk.worker.mail_reader.parsing import message_of

    try:
        for at, part in enumerate(files(message_of(raw)[0]), 1):
            if at == number:
                return part.name, part.type, payload(part)[0]
    except Exception:  # noqa: BLE001 - then it cannot be had
        return None
    return None
