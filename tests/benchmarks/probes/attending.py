"""A window at rest, then fetching its account; prints its longest gaps as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gigdesk.app import open_office
from gigdesk.background.desk import Desk
from gigdesk.ui.mailing import Mailing
from gigdesk.ui.session import TABS
from gigdesk.ui.theme.look import look
from gigdesk.ui.window import Window
from tests.benchmarks.ground import PASSPHRASE
from tests.benchmarks.probes.busy import REST_MS, SETTLE_MS, Pulse, wait


def main() -> None:
    """Measure at rest, then busy."""
    app = QApplication(sys.argv[:1])
    look.start(app)
    office = open_office(Path(sys.argv[1]), ask=lambda _question: PASSPHRASE)
    desk = Desk()
    office.writer.use(desk.write)
    window = Window(desk, office, TABS)
    window.resize(1440, 900)
    window.show()
    window.go(1)
    wait(SETTLE_MS)
    pulse = Pulse()
    wait(REST_MS)
    rest = pulse.taken()
    mailing = Mailing(desk, office)
    begun = time.perf_counter()
    mailing.start()
    looking = QTimer()
    looking.setInterval(50)

    def look_at() -> None:
        if any(state.at is not None for state in office.sync.watch.states()):
            looking.stop()
            app.quit()

    looking.timeout.connect(look_at)
    looking.start()
    app.exec()
    seconds = time.perf_counter() - begun
    busy = pulse.taken()
    mailing.stop()
    desk.close()
    office.close()
    print(json.dumps({"rest": max(rest), "busy": max(busy), "seconds": seconds}))


if __name__ == "__main__":
    main()
