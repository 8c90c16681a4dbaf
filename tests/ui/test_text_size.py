"""Another text size while the window is open: it is made anew, at the place it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from gigdesk.ui.session import Session
from gigdesk.ui.theme.look import look, u
from gigdesk.ui.theme.tokens import SIDEBAR

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.ui.window import Window

LONG_MS = 30_000


@pytest.fixture(autouse=True)
def as_before(dressed: QApplication) -> Iterator[None]:
    """The text has its size again for the next test."""
    yield
    look.wear(dressed, "light", 1.0)


def test_the_window_is_made_anew_where_it_was(session: Session, qtbot: QtBot) -> None:
    session.begin()
    qtbot.waitUntil(partial(_is_shown, session), timeout=LONG_MS)
    old = session.window
    assert old is not None
    old.resize(1400, 820)
    old.go(3)
    old.settings()
    qtbot.waitUntil(lambda: old.in_settings)
    dialog = old._dialog
    assert dialog is not None
    dialog._rows["text_size"].field.setValue(110)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: session.window is not old)
    new = session.window
    assert new is not None
    qtbot.waitUntil(lambda: new.isVisible() and new.in_settings)
    assert (new.width(), new.height()) == (1400, 820)
    assert new._bar.at == 3
    assert look.scale == 1.1
    assert new._bar.width() == u(SIDEBAR) == round(SIDEBAR * 1.1)
    again: Window = new
    again.settings()
    field = again._dialog._rows["text_size"].field  # type: ignore[union-attr]
    assert field.value() == 110  # type: ignore[attr-defined]


def _is_shown(session: Session) -> bool:
    return session.window is not None and session.window.isVisible()
