"""Copies for other programs do not outlive the window: cleared away when it opens and when it ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.gateways.cupboard import Cupboard
from gigdesk.ui.session import Session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG_MS = 30_000


def test_copies_go_when_the_window_opens_and_when_it_ends(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    cupboard = Cupboard(tmp_path / "desk" / "lent")
    left_behind = cupboard.lend("a.pdf", b"from before a fall")
    session.begin()
    qtbot.waitUntil(lambda: not left_behind.exists(), timeout=LONG_MS)
    assert session.window is not None
    lent = cupboard.lend("b.pdf", b"lent now")
    session.end()
    assert not lent.exists()
