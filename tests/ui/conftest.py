"""A desk with its bridge, and a window on it, for everything that is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from gigdesk.background.desk import Desk
from gigdesk.ui.theme.look import look

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in the look, with the fonts we bring."""
    look.start(qapp, bundled=True)
    look.wear(qapp, "light", 1.0)
    return qapp


@pytest.fixture
def bridge(office: Office, dressed: QApplication) -> Iterator[Desk]:
    """The bridge of `office`; a failure nobody caught fails the test."""
    desk = Desk()
    office.writer.use(desk.write)
    failures: list[Exception] = []
    desk.failed.connect(failures.append)
    yield desk
    desk.close()
    assert not failures


@pytest.fixture
def window(office: Office, bridge: Desk, qtbot: QtBot) -> Iterator[Window]:
    """The whole window, shown, at 1440x900."""
    from gigdesk.ui.session import TABS
    from gigdesk.ui.window import Window

    made = Window(bridge, office, TABS)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
