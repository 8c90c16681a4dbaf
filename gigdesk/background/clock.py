"""When things happen by themselves: one heartbeat that only ever posts to the bridge.

The truth is the table of routines; APScheduler only beats, every 30 seconds. While the computer
sleeps nothing beats, and the first beat after it finds what came due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 30


class Clock:
    """The heartbeat. `beat` is what a beat does; it runs on the bridge's pool, one at a time."""

    def __init__(
        self, desk: Desk, beat: Callable[[], Any], seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        from apscheduler.schedulers.background import BackgroundScheduler

        self._desk, self._beat, self._seconds = desk, beat, seconds
        self._running = False
        # The zone is named, or APScheduler asks the system; the rules are our own anyway.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Beat now, then again and again."""
        self._scheduler.add_job(self._on_beat, "interval", seconds=self._seconds, id="heart")
        self._scheduler.start()
        self._on_beat()

    def now(self) -> None:
        """Beat at once, as when a rule changed."""
        self._on_beat()

    def stop(self) -> None:
        """No beat after this."""
        if self._scheduler.running:
            # A beat only posts, so there is nothing long to wait for.
            self._scheduler.shutdown(wait=True)

    def _on_beat(self) -> None:
        if self._running:
            return
        self._running = True
        self._desk.post(self._guarded)

    def _guarded(self) -> Any:
        try:
            return self._beat()
        finally:
            self._running = False
