"""The system goes dark or light while the window is open: nothing keeps a colour of before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QImage, QStyleHints

from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look
from tests.ui.conftest import complete
from tests.ui.screens import dialogs, floating, settled, tabs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

WAYS = [("light", "dark"), ("dark", "light")]
GROUNDS = ("desk", "paper", "sunk", "accent_wash")  # in no theme what another of them is elsewhere


class System:
    """What the desktop says of itself; `goes` is the person's hand on its switch."""

    def __init__(self, app: QApplication, patch: pytest.MonkeyPatch) -> None:
        self._app, self._now = app, Qt.ColorScheme.Light
        patch.setattr(QStyleHints, "colorScheme", lambda _hints: self._now)
        look.wear(app, "system")

    def goes(self, theme: str) -> None:
        """Light or dark, for every program at once."""
        self._now = Qt.ColorScheme.Dark if theme == "dark" else Qt.ColorScheme.Light
        self._app.styleHints().colorSchemeChanged.emit(self._now)


@pytest.fixture
def system(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    """The desktop, light at first."""
    yield System(dressed, monkeypatch)
    look.wear(dressed, "light")


def made(office: Office, bridge: Desk, qtbot: QtBot) -> Window:
    from gigdesk.ui.session import TABS
    from gigdesk.ui.window import Window

    window = Window(bridge, office, TABS)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: complete(window))
    settled(bridge, qtbot)
    return window


def seen(screen: QWidget) -> QImage:
    return screen.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def share(image: QImage, colour: str) -> float:
    """How much of a picture has this very colour."""
    wanted = QColor(colour).rgb().to_bytes(4, "little")
    points = bytes(image.constBits())
    of = range(0, len(points), 4 * 7)
    return sum(points[at : at + 4] == wanted for at in of) / len(of)


def test_the_look_follows_the_system_only_where_it_shall(
    system: System, dressed: QApplication
) -> None:
    system.goes("dark")
    assert look.dark
    assert look.c is tokens.DARK
    system.goes("light")
    assert not look.dark
    look.wear(dressed, "dark")
    system.goes("dark")
    system.goes("light")
    assert look.dark, "the person chose it"


def test_who_asks_the_system_for_contrast_sees_edges_and_no_faint_text(
    system: System, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.goes("light")
    assert look.c.line == tokens.LIGHT.line
    hints = dressed.styleHints().accessibility()
    wanted = [Qt.ContrastPreference.HighContrast]
    monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda _hints: wanted[0])
    hints.contrastPreferenceChanged.emit(wanted[0])
    assert (look.c.line, look.c.faint) == (tokens.LIGHT.edge, tokens.LIGHT.soft)
    assert tokens.contrast(look.c.line, look.c.desk) >= 3
    system.goes("dark")
    assert (look.c.line, look.c.faint) == (tokens.DARK.edge, tokens.DARK.soft)
    wanted[0] = Qt.ContrastPreference.NoPreference
    hints.contrastPreferenceChanged.emit(wanted[0])
    assert look.c is tokens.DARK


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), WAYS)
def test_every_tab_looks_as_if_it_had_been_opened_so(
    sample_office: Office,
    sample_bridge: Desk,
    system: System,
    qtbot: QtBot,
    before: str,
    after: str,
) -> None:
    system.goes(after)
    window = made(sample_office, sample_bridge, qtbot)
    fresh = {name: seen(screen) for name, screen in tabs(window, sample_bridge, qtbot)}
    window.close()
    system.goes(before)
    window = made(sample_office, sample_bridge, qtbot)
    for name, screen in tabs(window, sample_bridge, qtbot):
        assert seen(screen) != fresh[name], name
        system.goes(after)
        settled(sample_bridge, qtbot)
        assert seen(screen) == fresh[name], name
        system.goes(before)
    window.close()


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), WAYS)
def test_what_floats_and_the_dialogs_keep_no_ground_of_before(
    sample_office: Office,
    sample_bridge: Desk,
    system: System,
    qtbot: QtBot,
    before: str,
    after: str,
) -> None:
    system.goes(before)
    window = made(sample_office, sample_bridge, qtbot)
    parts = sample_bridge, qtbot
    for name, screen in chain(floating(window, *parts), dialogs(window, *parts)):
        old, new = tokens.THEMES[before], tokens.THEMES[after]
        assert share(seen(screen), old.paper) > 0.3, name
        system.goes(after)
        settled(*parts)
        image = seen(screen)
        assert share(image, new.paper) > 0.3, name
        for ground in GROUNDS:
            assert share(image, getattr(old, ground)) == 0, (name, ground)
        system.goes(before)
        settled(*parts)
    window.close()
