"""Reading children that go wrong on the leads that say so; everything else they read as ever."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from gigdesk.worker.lead_reader import child, reading


def fragile(pipe: Connection, request: child.ReadLeads) -> None:
    """Dies at a lead with DIE in it, hangs at one with HANG; so for files with it in their names."""
    reading.opened = _guarded(reading.opened)
    reading.posting_of = _guarded(reading.posting_of)
    child.serve(pipe, request)


def absent(_pipe: Connection, _request: child.ReadLeads) -> None:
    """Ends before it has begun."""


def _guarded(read: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*args: Any) -> Any:
        said = " ".join(str(each) for each in args)
        if "DIE" in said:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in said:
            threading.Event().wait()
        return read(*args)

    return guarded
