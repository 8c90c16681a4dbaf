"""The Inbox on a desk that has mail."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage

from gigdesk.ui.tabs.inbox.tab import InboxPage
from tests.letters import receive, receive_raw

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

Filled = Callable[..., InboxPage]


def head(subject: str, more: str) -> str:
    return (
        f"From: Ada <ada@x.example>\nTo: nino@beridze.example\nSubject: {subject}\n"
        f"Message-ID: <{subject}@x.example>\nDate: Mon, 23 Nov 2026 07:00:00 +0100\n"
        f"MIME-Version: 1.0\n{more}\n\n"
    )


def receive_html(office: Office, markup: str, subject: str = "html") -> int:
    more = "Content-Type: text/html; charset=utf-8"
    return receive_raw(office, (head(subject, more) + markup).encode())


def png(wide: int, high: int) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def with_picture(markup: str, picture: bytes, cid: str, kind: str = "image/png") -> bytes:
    encoded = base64.encodebytes(picture).decode()
    return (
        head("pictured", 'Content-Type: multipart/related; boundary="b"')
        + f"--b\nContent-Type: text/html\n\n{markup}\n--b\nContent-Type: {kind}\n"
        f"Content-ID: <{cid}>\nContent-Transfer-Encoding: base64\n\n{encoded}\n--b--\n"
    ).encode()


@pytest.fixture
def filled(office: Office, bridge: Desk, qtbot: QtBot) -> Filled:
    """Give a shown page after `fill` brought mail in."""

    def make(*fill: Callable[[Office], object]) -> InboxPage:
        office.writer.use(lambda call: call())
        for each in fill:
            each(office)
        office.writer.use(bridge.write)
        page = InboxPage(bridge, office)
        qtbot.addWidget(page)
        page.resize(1224, 860)
        page.show()
        qtbot.waitExposed(page)
        if office.inbox.counts().all:
            qtbot.waitUntil(lambda: page.chosen() is not None)
        return page

    return make


@pytest.fixture
def page(filled: Filled) -> InboxPage:
    """Three conversations, one with a quote, one in HTML, one broken."""

    def fill(office: Office) -> None:
        quoted = "".join(f"> line {at}\n" for at in range(5))
        receive(
            office, f"Which colour?\n\n{quoted}\nBest", subject="Colours", sender="ada@x.example"
        )
        receive(office, "The plan", subject="Plan", sender="bob@y.example")
        receive_html(office, '<p>News <a href="https://place.example/x?y=1">here</a></p>', "News")
        receive_raw(office, b"no header at all, only \xff words\n")

    return filled(fill)
