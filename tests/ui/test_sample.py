"""Looking around: from one's own desk to its sample and back, and away with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from gigdesk.app import _Ahead, _at_once, sample_way
from gigdesk.domain.errors import Locked
from gigdesk.ui.session import Session, Way
from gigdesk.ui.window import Window
from tests.conftest import NOW, PASSPHRASE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office

pytestmark = pytest.mark.slow
LONG_MS = 30_000


def own_way(home: Path) -> Way:
    return Way(
        home=home,
        name="test-own",
        open=lambda _ask, _stop: _at_once(_Ahead(home), lambda _question: PASSPHRASE, lambda: NOW),
        sample=sample_way(home, lambda: NOW),
    )


@pytest.fixture
def session(tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    made = Session(own_way(tmp_path / "desk"))
    yield made
    made.end()


def shown(session: Session, qtbot: QtBot) -> Window:
    qtbot.waitUntil(
        lambda: session.window is not None and session.window.isVisible(), timeout=LONG_MS
    )
    assert session.window is not None
    return session.window


def test_there_and_back_and_away(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.begin()
    own = shown(session, qtbot)
    assert not own.sample.isVisible()
    own.around.emit()
    there = shown(session, qtbot)
    assert there is not own
    assert there.sample.isVisible()
    assert "made-up" in there.sample.accessibleName()
    assert (tmp_path / "desk-sample" / "desk.db").exists()
    assert office_of(there).inbox.total() == 400

    there.sample.home.click()
    back = shown(session, qtbot)
    assert not back.sample.isVisible()
    assert office_of(back).inbox.total() == 0
    assert office_of(back).clients.all() == []
    assert (tmp_path / "desk-sample").exists(), "the sample stays as it was left"

    back.around.emit()
    again = shown(session, qtbot)
    again.sample.away.click()
    end = shown(session, qtbot)
    assert not end.sample.isVisible()
    assert not (tmp_path / "desk-sample").exists()
    assert (tmp_path / "desk" / "desk.db").exists()


def test_stopped_while_it_is_made(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.begin()
    shown(session, qtbot).around.emit()
    qtbot.waitUntil(
        lambda: session.opening is not None and session.opening.isVisible(), timeout=LONG_MS
    )
    assert session.opening is not None
    session.opening.stopped.emit()
    assert not shown(session, qtbot).sample.isVisible()
    assert not (tmp_path / "desk-sample").exists()


def test_from_a_desk_that_cannot_be_opened(
    tmp_path: Path, dressed: QApplication, qtbot: QtBot
) -> None:
    def refused() -> Iterator[object]:
        yield from ()
        raise Locked("The desk stays locked", "Try again.")

    home = tmp_path / "desk"
    way = Way(
        home, "test-locked", lambda _ask, _stop: refused(), sample=sample_way(home, lambda: NOW)
    )  # type: ignore[arg-type, return-value]
    session = Session(way)
    session.begin()
    qtbot.waitUntil(
        lambda: session.opening is not None and session.opening.isVisible(), timeout=LONG_MS
    )
    assert session.opening is not None
    session.opening.around.emit()
    assert shown(session, qtbot).sample.isVisible()
    session.end()


def office_of(window: Window) -> Office:
    return window._office
