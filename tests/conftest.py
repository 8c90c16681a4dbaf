"""What every test may ask for: a real encrypted desk, a fixed clock, outsiders' cases."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "en_GB.UTF-8"
os.environ["TZ"] = "Europe/Berlin"
for _name in ("DBUS_SESSION_BUS_ADDRESS", "GIGDESK_HOME", "GIGDESK_PASSPHRASE_FILE"):
    os.environ.pop(_name, None)

if TYPE_CHECKING:
    from gigdesk.services.office import Office
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.desk_db import DeskDb

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
KEY = bytes(range(32))
PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, 08:30 UTC."""
    return NOW


@pytest.fixture
def db(tmp_path: Path) -> Iterator[DeskDb]:
    """A real encrypted database with every migration."""
    from gigdesk.store.desk_db import DeskDb

    opened = DeskDb.open(tmp_path / "desk" / "desk.db", KEY)
    yield opened
    opened.close()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """A real folder of encrypted blobs."""
    from gigdesk.store.blobs import Blobs

    return Blobs(tmp_path / "desk" / "blobs", KEY)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The whole office on a desk of its own, its key in a pocket."""
    from gigdesk.app import door_of, office_on
    from tests.pocket import Pocket

    door = door_of(tmp_path / "office", lambda _question: None, Pocket(tmp_path / "office.key"))
    opened = office_on(door.open(), lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Outsiders' cases beside the checkout: skipped without them, demanded by CI."""
    place = ROOT.parent / "shared" / "data"
    if not place.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs the cases beside the checkout")
        pytest.skip("the outsiders' cases are not beside the checkout")
    return place


@pytest.fixture(autouse=True)
def net_taken_away() -> Iterator[None]:
    """The net beneath a command that ran here does not hold the next test's servers."""
    yield
    net = sys.modules.get("gigdesk.gateways.net")
    if net is not None:
        net._watching.clear()


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected warning in the log fails a test, unless it is marked `allow_log`."""
    yield
    if request.node.get_closest_marker("allow_log"):
        return
    loud = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not loud, f"unexpected in the log: {[r.getMessage() for r in loud]}"
