"""A window at rest, then importing and drafting at once; prints its longest gaps as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gigdesk.app import open_office
from gigdesk.background.desk import Desk
from gigdesk.ui.session import TABS
from gigdesk.ui.theme.look import look
from gigdesk.ui.window import Window
from tests.benchmarks.ground import PASSPHRASE

if TYPE_CHECKING:
    from gigdesk.services.office import Office

BEAT_MS, REST_MS, SETTLE_MS = 5, 4000, 3000


class Pulse:
    """The gaps between the beats of a timer on the UI thread, in milliseconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(BEAT_MS)

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def taken(self) -> list[float]:
        """The gaps until now; it begins anew."""
        gaps, self.gaps = self.gaps, []
        return gaps


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Drafting:
    """One draft after the other until told to end."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self._desk, self._office = desk, office
        self.done, self.on = 0, True
        self._mails = [each.id for each in office.inbox.lines(limit=50) if each.sender.email]
        self._next()

    def _next(self) -> None:
        mail = self._mails[self.done % len(self._mails)]
        self._desk.fetch(
            lambda: self._office.drafts.draft(mail),
            piece=self._on_piece, then=self._on_done, failed=self._on_done,
        )  # fmt: skip

    def _on_piece(self, _piece: Any) -> None:
        """As the composer does, the text lands on the UI thread."""

    def _on_done(self, _answer: Any) -> None:
        self.done += 1
        if self.on:
            self._next()


def main() -> None:
    """Rest, then work."""
    home, maildir = Path(sys.argv[1]), Path(sys.argv[2])
    app = QApplication(sys.argv[:1])
    look.start(app, bundled=True)
    office = open_office(home, ask=lambda _question: PASSPHRASE)
    desk = Desk()
    office.writer.use(desk.write)
    window = Window(desk, office, TABS)
    window.show()
    page: Any = window.go(1)
    wait(SETTLE_MS)
    pulse = Pulse()
    wait(REST_MS)
    rest = pulse.taken()
    drafting = Drafting(desk, office)
    wait(SETTLE_MS)
    pulse.taken()
    page.bring_in([maildir])
    total = office.inbox.total() + sum(1 for _ in (maildir / "cur").iterdir())
    while office.inbox.total() < total:
        wait(200)
    drafting.on = False
    busy = sorted(pulse.taken())
    window.close()
    print(
        json.dumps(
            {
                "rest": max(rest),
                "busy": busy[-1],
                "p999": busy[int(len(busy) * 0.999)],
                "drafts": drafting.done,
            }
        ),
        flush=True,
    )
    desk.close()
    office.close()


if __name__ == "__main__":
    main()
