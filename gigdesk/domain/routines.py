"""Routines: what happens by itself, when next, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

LEASE = timedelta(minutes=15)
_FIRST_WAIT = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Task:
    """One routine's row: its civil rule, its next turn and how the last one went."""

    name: str
    rule: str
    zone: str
    due: datetime | None
    last_run: datetime | None
    last_day: date | None
    outcome: str
    failures: int
    paused: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the log: when, which routine, what it did."""

    at: datetime
    name: str
    outcome: str
    good: bool
    icon: str


def wait_after(failures: int) -> timedelta:
    """How long a routine that failed so many times in a row waits: 2, 4, 8 … minutes, six hours at
    most."""
    times: int = 2 ** min(failures - 1, 12)
    return min(_FIRST_WAIT * times, _LONGEST_WAIT)
