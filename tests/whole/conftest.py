"""A whole desktop for the whole app."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.whole.session import XFCONFD, Desktop, Session, missing

BENCH = (
    "Xvfb", "dbus-daemon", "dunst", "openbox", "xfce4-panel", "gnome-keyring-daemon", "xdotool",
    "xprop", "wmctrl", XFCONFD,
)  # fmt: skip


def need(*programs: str) -> None:
    """Skip where the machine lacks what a test stands on; CI must have it."""
    lacking = missing(*programs)
    if lacking and os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {', '.join(lacking)}: packaging/setup.sh test")
    if lacking:
        pytest.skip(f"this machine has no {', '.join(lacking)}: packaging/setup.sh test")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session with a bus and nothing on it."""
    need("dbus-daemon", "gnome-keyring-daemon")
    made = Session(tmp_path / "session")
    yield made
    made.close()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop with keyring, notifications and tray."""
    need(*BENCH)
    made = Desktop(tmp_path / "desktop", tray=True)
    made.open_keyring = made.keyring()
    yield made
    made.close()


@pytest.fixture
def plain_desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop with neither keyring nor tray."""
    need(*BENCH)
    made = Desktop(tmp_path / "desktop", tray=False)
    yield made
    made.close()
