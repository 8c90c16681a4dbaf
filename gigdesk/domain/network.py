"""The ledger of connections: when, which host, who asked and why, how many bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Connection:
    """One outbound connection. `state` is open, closed, failed or blocked."""

    id: int
    at: datetime
    host: str
    port: int
    asker: str
    why: str
    state: str = "open"
    sent: int = 0
    received: int = 0
