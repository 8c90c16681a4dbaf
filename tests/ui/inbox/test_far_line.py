"""Far pictures in the window: no server hears of a mail before the click, and then of these alone."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from gigdesk.domain.inbox.leaving import may_be_asked
from gigdesk.ui.tabs.inbox.far_line import AllowedSenders, FarLine
from tests.certificates import Authority
from tests.gateways.test_far_pictures import Host, host
from tests.letters import receive
from tests.ui.inbox.conftest import Filled, png
from tests.ui.inbox.test_inbox_list import choose
from tests.ui.inbox.test_reading import said, text_of
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.inbox.tab import InboxPage

HTML = (
    '<p>News</p><img src="https://pictures.example/a.png" width="600" alt="The hall">'
    '<img src="http://pictures.example/b.png?utm_source=x"><img src="https://pictures.example/gone.png">'
    '<img src="https://pictures.example/open.gif?u=1">'
    '<img src="https://pictures.example/c.png" width="1" height="1">'
    '<img src="https://other.example/d.png" style="display:none"><img src="https://10.1.1.1/e.png">'
    "<style>@import url(https://pictures.example/f.css)</style>"
    '<table background="https://pictures.example/g.png"><tr><td>x</td></tr></table>'
)
WANTED = ["/a.png", "/b.png", "/gone.png"]


@pytest.fixture
def pictures(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A server all names lead to; what it is asked for is counted."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with host(authority.server("pictures.example", "other.example")) as server:
        here = server.server_address
        monkeypatch.setattr(
            "gigdesk.gateways.net._connected",
            lambda _host, _port, patience: socket.create_connection(here, patience),
        )
        # It stands on this machine, where no picture of a mail may lie.
        office.pictures._servers._may_ask = lambda url: may_be_asked(url)  # type: ignore[attr-defined]
        server.gives = {path: (200, png(300, 100), "") for path in WANTED[:2]}
        yield server


def news(office: Office) -> int:
    receive(office, "Plain words", subject="Other", sender="bob@y.example")
    return receive(office, "News", subject="News", sender="news@pictures.example", html=HTML)


def line(page: InboxPage) -> FarLine:
    return page._reading.findChildren(FarLine)[-1]


def press(page: InboxPage, words: str) -> None:
    next(each for each in line(page).findChildren(QAbstractButton) if each.text() == words).click()


def asked(server: Host) -> list[str]:
    return [path for path, _ in server.asked]


def test_nothing_is_asked_for_before_the_click_and_then_these_alone(
    filled: Filled, pictures: Host, qtbot: QtBot, dressed: QApplication
) -> None:
    page = filled(news)
    choose(page, qtbot, "News")
    assert "3 pictures of pictures.example are not loaded. 3 trackers are never loaded" in said(
        page
    )
    assert "The hall" in text_of(page).toPlainText(), "until then its words stand for a picture"
    page._reading.switch()
    page._reading.switch()
    text_of(page).grab()
    dressed.processEvents()
    assert pictures.asked == []
    with qtbot.waitSignal(line(page).came) as came:
        press(page, "Load once")
    assert sorted(asked(pictures)) == sorted(WANTED)
    assert set(came.args[0]) == {"far:0", "far:1"}
    text = text_of(page)
    qtbot.waitUntil(lambda: text.height() > 180)
    assert "1 picture did not come" in said(page)
    assert "The hall" not in text.toPlainText()
    (entry,) = page.office.ledger.latest(10)
    assert "see the pictures of a mail from news@pictures.example" in entry.why
    assert page.office.pictures.allowed() == [], "once is once"


def test_what_was_loaded_is_not_asked_for_again(
    filled: Filled, pictures: Host, qtbot: QtBot
) -> None:
    page = filled(news)
    choose(page, qtbot, "News")
    with qtbot.waitSignal(line(page).came):
        press(page, "Load once")
    choose(page, qtbot, "Other")
    choose(page, qtbot, "News")
    assert not any(each.isVisible() for each in page._reading.findChildren(FarLine))
    qtbot.waitUntil(lambda: text_of(page).height() > 180)
    assert len(pictures.asked) == len(WANTED)


def test_a_senders_pictures_always_until_that_is_ended(
    filled: Filled, pictures: Host, qtbot: QtBot
) -> None:
    page = filled(news)
    choose(page, qtbot, "News")
    with qtbot.waitSignals([page.done, line(page).came]) as _:
        press(page, "Always for this sender")
    count = len(pictures.asked)
    receive(page.office, "More", subject="More", sender="news@pictures.example", html=HTML)
    choose(page, qtbot, "More")
    qtbot.waitUntil(lambda: len(pictures.asked) == 2 * count)
    qtbot.waitUntil(lambda: text_of(page).height() > 180)
    page._reading.show_allowed()
    sheet = page.window().findChild(AllowedSenders)
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet._model.rowCount() == 1)
    with qtbot.waitSignal(sheet.done) as done:
        sheet.view.clicked.emit(sheet._model.index(0, 0))
    assert done.args[0].undo is not None
    assert page.office.pictures.allowed() == []
    qtbot.waitUntil(lambda: sheet._model.rowCount() == 0)
    sheet.close_it()
    receive(page.office, "Last", subject="Last", sender="news@pictures.example", html=HTML)
    choose(page, qtbot, "Last")
    settled(page.desk, qtbot)
    assert len(pictures.asked) == 2 * count


def test_a_server_that_is_not_there_leaves_the_mail_as_it_was(
    filled: Filled, pictures: Host, qtbot: QtBot
) -> None:
    pictures.gives = {}
    page = filled(news)
    choose(page, qtbot, "News")
    with qtbot.waitSignal(line(page).came) as came:
        press(page, "Load once")
    assert came.args[0] == {}
    assert "3 pictures did not come" in said(page)
    assert "The hall" in text_of(page).toPlainText()


def test_a_suspicious_sender_is_never_loaded_always(
    filled: Filled, pictures: Host, qtbot: QtBot
) -> None:
    def fill(office: Office) -> None:
        office.sorting.correct(news(office), "suspicious")

    page = filled(fill)
    choose(page, qtbot, "News")
    buttons = {
        each.text(): each.isVisibleTo(page) for each in line(page).findChildren(QAbstractButton)
    }
    assert buttons == {"Load once": True, "Always for this sender": False}
