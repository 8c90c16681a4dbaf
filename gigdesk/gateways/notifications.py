"""Notifications of a Linux desktop: the freedesktop service over D-Bus, with a click that works.

Qt's tray cannot hear the click (it sends an empty list of actions), so we speak to the service
ourselves. One thread owns the connection; `show` may be called from any.
"""

from __future__ import annotations

import contextlib
import html
import logging
import os
import queue
import selectors
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gigdesk.domain.records import Ref
from gigdesk.domain.words import t

log = logging.getLogger(__name__)

_PATH = "/org/freedesktop/Notifications"
_NAME = "org.freedesktop.Notifications"
_EXPIRE_MS = 12_000
_KEPT = 100  # shown ones whose click we still know
_ANSWER_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Wanted:
    title: str
    words: str
    record: Ref | None


class DesktopNotifications:
    """The desktop's notification service. `run` blocks until `stop`; give it a thread of its own.

    `clicked` is called on that thread with the record of the notification that was clicked.
    """

    def __init__(self, clicked: Callable[[Ref | None], None]) -> None:
        self._clicked = clicked
        self._wanted: queue.SimpleQueue[_Wanted | None] = queue.SimpleQueue()
        self._wake, self._woken = socket.socketpair()
        # Nobody waits here: a byte that finds no room has one before it that wakes as well.
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        self._sent: dict[int, Ref | None] = {}
        self._shown: dict[int, Ref | None] = {}
        self._markup = False

    @staticmethod
    def possible() -> bool:
        """Whether this session has a bus to speak on."""
        return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))

    def show(self, title: str, words: str, record: Ref | None = None) -> None:
        """Show one, as soon as the service takes it."""
        self._wanted.put(_Wanted(title, words, record))
        self._ring()

    def stop(self) -> None:
        """Let `run` end."""
        self._wanted.put(None)
        self._ring()

    def run(self) -> None:
        """Show what is wanted, listen for clicks, until stopped or the bus goes away."""
        from jeepney.io.blocking import open_dbus_connection

        try:
            with open_dbus_connection("SESSION") as bus:
                self._serve(bus)
        except (OSError, EOFError, KeyError) as error:
            log.info("no notification service: %s", type(error).__name__)
        finally:
            self._wake.close()
            self._woken.close()

    def _ring(self) -> None:
        # Full, or closed because the bus went away: the notice stands in the centre anyway.
        with contextlib.suppress(OSError):
            self._wake.send(b"!")

    def _serve(self, bus: Any) -> None:
        from jeepney import MatchRule, message_bus
        from jeepney.io.blocking import Proxy

        rule = MatchRule(type="signal", interface=_NAME, path=_PATH)
        Proxy(message_bus, bus).AddMatch(rule)
        self._markup = "body-markup" in self._capabilities(bus)
        with selectors.DefaultSelector() as ready:
            ready.register(bus.sock, selectors.EVENT_READ)
            ready.register(self._woken, selectors.EVENT_READ)
            while True:
                ready.select()
                self._receive(bus)
                if not self._send_wanted(bus):
                    return

    def _send_wanted(self, bus: Any) -> bool:
        try:
            self._woken.recv(4096)
        except BlockingIOError:
            return True
        while not self._wanted.empty():
            wanted = self._wanted.get()
            if wanted is None:
                return False
            self._notify(bus, wanted)
        return True

    def _notify(self, bus: Any, wanted: _Wanted) -> None:
        body = html.escape(wanted.words, quote=False) if self._markup else wanted.words
        actions = ["default", t("Open")] if wanted.record else []
        hints = {"desktop-entry": ("s", "gigdesk"), "urgency": ("y", 1)}
        message = _call(
            "Notify",
            "susssasa{sv}i",
            ("GigDesk", 0, "gigdesk", wanted.title, body, actions, hints, _EXPIRE_MS),
        )
        serial = next(bus.outgoing_serial)
        self._sent[serial] = wanted.record
        bus.send(message, serial=serial)

    def _receive(self, bus: Any) -> None:
        while True:
            try:
                message = bus.receive(timeout=0)
            except TimeoutError:
                return
            self._take(message)

    def _take(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        fields, kind = message.header.fields, message.header.message_type
        if kind is MessageType.method_return:
            serial = fields.get(HeaderFields.reply_serial)
            if serial in self._sent:
                self._shown[int(message.body[0])] = self._sent.pop(serial)
                while len(self._shown) > _KEPT:
                    self._shown.pop(next(iter(self._shown)))
        elif kind is MessageType.error:
            self._sent.pop(fields.get(HeaderFields.reply_serial), None)
        elif kind is MessageType.signal:
            self._on_signal(str(fields.get(HeaderFields.member)), message.body)

    def _on_signal(self, member: str, body: tuple[Any, ...]) -> None:
        if member == "ActionInvoked" and body[0] in self._shown and body[1] == "default":
            self._clicked(self._shown[body[0]])
        elif member == "NotificationClosed":
            # Some services close first and tell of the click after: keep the record.
            return

    @staticmethod
    def _capabilities(bus: Any) -> list[str]:
        try:
            reply = bus.send_and_get_reply(_call("GetCapabilities"), timeout=_ANSWER_SECONDS)
        except TimeoutError:
            return []
        from jeepney import MessageType

        if reply.header.message_type is not MessageType.method_return:
            return []
        return list(reply.body[0])


def _call(method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Any:
    from jeepney import DBusAddress, new_method_call

    address = DBusAddress(_PATH, bus_name=_NAME, interface=_NAME)
    return new_method_call(address, method, signature, body)
