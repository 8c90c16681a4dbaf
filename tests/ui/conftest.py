"""A desk with its bridge, and a window on it, for everything that is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from gigdesk.background.desk import Desk
from gigdesk.ui.theme.look import look

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.session import Session
    from gigdesk.ui.window import Window


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in the look, with the fonts we bring."""
    look.start(qapp, bundled=True)
    look.wear(qapp, "light", 1.0)
    return qapp


def complete(window: Window) -> bool:
    """Whether what comes beside the first page is there as well."""
    foot = window.findChild(QAbstractButton, "ledger-foot")
    return isinstance(foot, QAbstractButton) and bool(foot.text())


def _bridged(office: Office) -> Iterator[Desk]:
    desk = Desk()
    office.writer.use(desk.write)
    failures: list[Exception] = []
    desk.failed.connect(failures.append)
    yield desk
    desk.close()
    assert not failures


@pytest.fixture
def bridge(office: Office, dressed: QApplication) -> Iterator[Desk]:
    """The bridge of `office`; a failure nobody caught fails the test."""
    yield from _bridged(office)


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
    qtbot.waitUntil(made.isActiveWindow)  # keys go to the active window
    qtbot.waitUntil(lambda: complete(made))
    yield made
    made.close()


@pytest.fixture
def session(tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    """One run of the window on a desk of its own that does not exist yet; not begun."""
    from gigdesk.app import _Ahead, _at_once
    from gigdesk.ui.session import Session, Way
    from tests.conftest import NOW, PASSPHRASE

    home = tmp_path / "desk"
    way = Way(
        home=home,
        name=f"test-{tmp_path.name}",
        open=lambda _ask, _stop: _at_once(_Ahead(home), lambda _question: PASSPHRASE, lambda: NOW),
    )
    made = Session(way)
    yield made
    made.end()


@pytest.fixture(scope="session")
def sample_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The sample desk, filled once for all who only look at it."""
    from gigdesk.app import door_of, office_on
    from gigdesk.services.sample.filling import fill
    from tests.conftest import NOW
    from tests.pocket import Pocket

    home = tmp_path_factory.mktemp("sample")
    door = door_of(home / "office", lambda _question: None, Pocket(home / "office.key"))
    opened = office_on(door.open(), lambda: NOW)
    for _ in fill(opened, seed=1):
        pass
    yield opened
    opened.close()


@pytest.fixture
def sample_bridge(sample_office: Office, dressed: QApplication) -> Iterator[Desk]:
    """The bridge of `sample_office`."""
    yield from _bridged(sample_office)


@pytest.fixture
def scale(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[float]:
    """The person's text size, 1 unless a test asks for another."""
    asked = float(getattr(request, "param", 1.0))
    look.wear(dressed, "light", asked)
    yield asked
    look.wear(dressed, "light", 1.0)


@pytest.fixture
def sample_window(
    sample_office: Office, sample_bridge: Desk, scale: float, qtbot: QtBot
) -> Iterator[Window]:
    """The whole window on the sample desk, at 1440x900, in the text size of `scale`."""
    from gigdesk.ui.session import TABS
    from gigdesk.ui.window import Window

    made = Window(sample_bridge, sample_office, TABS)
    made.sample.offer(ways=True)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)  # keys go to the active window
    qtbot.waitUntil(lambda: complete(made))
    yield made
    made.close()
