"""The process of the syncing campaign: one that fetches until it is killed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.gateways.imap import box  # noqa: F401 - loaded before the fork
from tests.soak.issuing import opened

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def sync_on(home: Path, say: Connection) -> None:
    """Fetch again and again, saying each step."""
    office = opened(home)
    while True:
        for step in office.sync.sync():
            say.send(step.done)
