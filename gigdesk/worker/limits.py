"""What a child that reads strangers' words may have: so much memory and no more, no log, no Ctrl+C."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import suppress


def keep_small(memory: int) -> None:
    """So many bytes of memory and no more, where the system can say so."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def keep_quiet() -> None:
    """Nothing of what is read reaches a log: libraries quote the lines they cannot read."""
    logging.disable(logging.CRITICAL)


def stay() -> None:
    """Ctrl+C in a terminal is for the parent, which ends its children."""
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
