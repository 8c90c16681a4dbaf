"""Reading children that go wrong on the mails that say so; everything else they read as ever."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing.connection import Connection


def fragile(connection: Connection) -> None:
    """Dies at a mail with DIE in it, hangs at one with HANG."""
    from gigdesk.worker.mail_reader import child, parsing, replies

    read, fold = parsing.parsed, replies.folds_of

    def parsed(raw: bytes) -> object:
        if b"DIE" in raw:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"HANG" in raw:
            threading.Event().wait()
        return read(raw)

    def folds_of(text: str) -> object:
        if "HANG" in text:
            threading.Event().wait()
        return fold(text)

    parsing.parsed = parsed  # type: ignore[assignment]
    replies.folds_of = folds_of  # type: ignore[assignment]
    child.serve(connection)
