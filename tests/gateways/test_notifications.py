"""Notifications on a real desktop: shown by dunst, clicked, and the record comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gigdesk.domain.records import Ref
from gigdesk.gateways.notifications import DesktopNotifications
from tests.whole.conftest import BENCH, need
from tests.whole.session import Desktop, Session, until

pytestmark = [pytest.mark.slow, pytest.mark.window]

INVOICE, MAIL = Ref("invoice", 7, "2026-007"), Ref("mail", 3, "Question")


class Listener:
    """The notification service's thread, and what was clicked."""

    def __init__(self) -> None:
        self.clicked: list[Ref | None] = []
        self.service = DesktopNotifications(self.clicked.append)
        self._thread = threading.Thread(target=self.service.run)
        self._thread.start()

    def stop(self) -> None:
        self.service.stop()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def plain_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    """A desktop whose bus is this process's session bus."""
    need(*BENCH)
    made = Desktop(tmp_path / "desktop", tray=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.env["DBUS_SESSION_BUS_ADDRESS"])
    yield made
    made.close()


@pytest.fixture
def listener(plain_desktop: Desktop) -> Iterator[Listener]:
    made = Listener()
    yield made
    made.stop()


def act(desktop: Desktop, place: int) -> None:
    """What `dunstctl action` does: the default action of the popup at this place."""
    path = "/org/freedesktop/Notifications"
    service = "org.freedesktop.Notifications"
    desktop.call(service, path, "org.dunstproject.cmd0", "NotificationAction", "u", (place,))


def test_a_click_brings_the_record_back(plain_desktop: Desktop, listener: Listener) -> None:
    assert DesktopNotifications.possible()
    listener.service.show("2026-007 is late", "Acme & Sons <14 days>", INVOICE)
    until(plain_desktop.popups, "the popup")
    plain_desktop.click_popup()
    until(lambda: listener.clicked, "the click")
    assert listener.clicked == [INVOICE]
    until(lambda: plain_desktop.notified() == ["2026-007 is late"], "the history")


def test_each_click_is_of_its_own_notification(plain_desktop: Desktop, listener: Listener) -> None:
    listener.service.show("2026-007 is late", "Acme", INVOICE)
    until(plain_desktop.popups, "the first")
    listener.service.show("Jonas asks", "Question", MAIL)
    listener.service.show("Good morning", "Nothing to click", None)

    def count() -> int:
        path, service = "/org/freedesktop/Notifications", "org.dunstproject.cmd0"
        name = "org.freedesktop.Notifications"
        return int(plain_desktop.property(name, path, service, "displayedLength"))

    until(lambda: count() == 3, "all three")
    for _ in range(3):
        act(plain_desktop, 0)
        before = count()
        plain_desktop.call(
            "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
            "org.dunstproject.cmd0", "NotificationCloseLast",
        )  # fmt: skip
        until(lambda before=before: count() < before, "one less")  # type: ignore[misc]
    until(lambda: len(listener.clicked) == 2, "both clicks")
    assert set(listener.clicked) == {INVOICE, MAIL}


def test_without_a_service_nothing_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("dbus-daemon")
    session = Session(tmp_path / "session")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.env["DBUS_SESSION_BUS_ADDRESS"])
    listener = Listener()
    for at in range(5):
        listener.service.show(f"Number {at}", "", INVOICE)
    listener.stop()
    assert listener.clicked == []
    session.close()


def test_a_bus_that_goes_away_ends_it_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("dbus-daemon")
    session = Session(tmp_path / "session")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.env["DBUS_SESSION_BUS_ADDRESS"])
    listener = Listener()
    listener.service.show("Before", "", INVOICE)
    until(listener.service._wanted.empty, "the service's first notice")
    session.close()
    # Nobody hears it any more, and nobody waits for that either.
    for at in range(2000):
        listener.service.show(f"After, {at}", "", INVOICE)
    listener.stop()


def test_without_a_bus_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not DesktopNotifications.possible()
