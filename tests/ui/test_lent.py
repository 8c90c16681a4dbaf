"""Copies for other programs do not outlive the window: cleared away when it opens and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from gigdesk.app import _Ahead, _at_once
from gigdesk.gateways.cupboard import Cupboard
from gigdesk.ui.session import Session, Way
from tests.conftest import NOW, PASSPHRASE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG_MS = 30_000


@pytest.fixture
def session(tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    home = tmp_path / "desk"
    way = Way(
        home=home,
        name="test-lent",
        open=lambda _ask, _stop: _at_once(_Ahead(home), lambda _question: PASSPHRASE, lambda: NOW),
    )
    made = Session(way)
    yield made
    made.end()


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
