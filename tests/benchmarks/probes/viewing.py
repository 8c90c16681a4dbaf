"""Shows every mail of a desk, one after the other, and prints how long each held the UI thread."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gigdesk.app import open_office
from gigdesk.background.desk import Desk
from gigdesk.domain.inbox.enclosed import Enclosed
from gigdesk.ui.tabs.inbox.piece import MailPiece
from gigdesk.ui.tabs.inbox.weighing import HEAVIEST
from gigdesk.ui.theme.look import look
from tests.benchmarks.ground import PASSPHRASE


def took(call: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Print the longest, and what an ordinary mail takes."""
    app = QApplication(sys.argv[:1])
    look.start(app, bundled=True)
    office = open_office(Path(sys.argv[1]), lambda _question: PASSPHRASE)
    desk = Desk()
    shown, clicked = list[tuple[float, str]](), list[tuple[float, str]]()
    for line in office.inbox.lines(limit=10_000):
        mail = office.inbox.mail(line.id)
        for plain in (False, True):
            piece = MailPiece(desk, office, Enclosed(mail.id), mail)
            piece.resize(780, 700)

            def show(piece: MailPiece = piece, *, plain: bool = plain) -> None:
                piece.lay(HEAVIEST, plain=plain)
                piece.show()
                piece.grab()
                app.processEvents()

            def open_all(piece: MailPiece = piece) -> None:
                piece.show_whole()
                piece.grab()

            shown.append((took(show), mail.subject))
            for number in range(min(2, len(piece._text._folds))):
                clicked.append((took(lambda n=number: piece._text.open_fold(n)), mail.subject))  # type: ignore[misc]  # noqa: B023
            clicked.append((took(open_all), mail.subject))
            piece.hide()
            piece.deleteLater()
            app.processEvents()
    (worst, name), (click, click_name) = max(shown), max(clicked)
    ordinary = sorted(ms for ms, _ in shown)[len(shown) // 2]
    desk.close()
    office.close()
    found = {"worst": worst, "name": name, "plain": ordinary, "click": click,
             "click_name": click_name, "mails": len(shown) // 2}  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main()
