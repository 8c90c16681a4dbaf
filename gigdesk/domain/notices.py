"""Notices: what the assistant tells the person, kept in the notification centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import NewType

from gigdesk.domain.records import Ref

NoticeId = NewType("NoticeId", int)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing told. `key` names the occasion, so that it is told once; `record` is what opens."""

    id: NoticeId
    at: datetime
    key: str
    title: str
    words: str
    record: Ref | None = None
    seen: bool = False


def is_quiet(clock: time, start: time, end: time) -> bool:
    """Whether this time of day lies in the quiet hours, which may pass midnight."""
    if start == end:
        return False
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end
