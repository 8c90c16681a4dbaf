"""The processes of the import campaign: one that brings mails in until it is killed, one that writes
beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.soak.issuing import opened

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event


def import_on(home: Path, box: Path, say: Connection) -> None:
    """Bring the whole box in, saying each batch, again from the start when it is through."""
    office = opened(home)
    while True:
        for step in office.inbox.import_paths([box]):
            say.send(step.imported)


def write_on(home: Path, stop: Event) -> None:
    """Make clients and settings beside the import, as a person does in the window."""
    office = opened(home)
    at = 0
    while not stop.is_set():
        at += 1
        office.clients.found_or_made({"name": f"Client {at}", "email": f"c{at}@beside.example"})
        office.settings.set("terms_days", str(at % 60))
        stop.wait(0.02)
    office.close()
