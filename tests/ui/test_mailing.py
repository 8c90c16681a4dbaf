"""Mail in the window: fetched from the start, news seen at once, what is done here told at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gigdesk.background.desk import Desk
from gigdesk.domain.inbox.mails import Section
from gigdesk.services.office import Office
from gigdesk.ui.mailing import Mailing
from gigdesk.ui.sidebar import MailFoot
from gigdesk.ui.window import Window
from tests.dovecot import NO_IDLE, Dovecot, Kind, running

MAIL = (
    b"From: Jonas <jonas@x.example>\r\nTo: anna@desk.example\r\nSubject: %s\r\n"
    b"Date: Mon, 23 Nov 2026 08:00:00 +0000\r\nMessage-ID: <%s@x.example>\r\n\r\nHello\r\n"
)

pytestmark = pytest.mark.slow


def mail(name: str) -> bytes:
    return MAIL % (name.encode(), name.encode())


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    with running(getattr(request, "param", Kind())) as made:
        yield made


@pytest.fixture
def mailing(bridge: Desk, office: Office, window: Window) -> Iterator[Mailing]:
    made = Mailing(bridge, office)
    foot = window.findChild(MailFoot)
    assert foot is not None
    made.said.connect(foot.tell)
    foot.wanted.connect(made.now)
    yield made
    made.stop()


def subjects(office: Office) -> list[str]:
    return sorted(each.subject for each in office.inbox.threads(list(Section), 0, 100))


def joined(office: Office, server: Dovecot) -> None:
    office.accounts.add(server.account("anna"), "test")


def test_news_come_by_themselves_and_what_is_done_goes_there(
    server: Dovecot, mailing: Mailing, office: Office, window: Window, qtbot: QtBot
) -> None:
    joined(office, server)
    with server.elsewhere("anna") as other:
        other.put(mail("first"))
        mailing.start()
        qtbot.waitUntil(lambda: subjects(office) == ["first"], timeout=15000)
        foot = window.findChild(MailFoot)
        assert foot is not None
        qtbot.waitUntil(lambda: foot.text().startswith("Mail: up to date, "), timeout=15000)
        assert foot.isVisible()
        other.put(mail("second"))
        qtbot.waitUntil(lambda: subjects(office) == ["first", "second"], timeout=15000)
        (hit,) = office.inbox.search("second")
        window._desk.do(lambda: office.inbox.put_away(hit.thread))
        qtbot.waitUntil(lambda: other.ids("Archive") == ["<second@x.example>"], timeout=15000)
        assert subjects(office) == ["first"]


@pytest.mark.parametrize("server", [Kind(NO_IDLE)], indirect=True)
def test_f5_fetches_where_the_server_cannot_tell(
    server: Dovecot, mailing: Mailing, office: Office, window: Window, qtbot: QtBot
) -> None:
    joined(office, server)
    with server.elsewhere("anna") as other:
        mailing.start()
        qtbot.waitUntil(lambda: bool(office.sync.watch.states()), timeout=15000)
        qtbot.waitUntil(lambda: office.sync.watch.states()[0].at is not None, timeout=15000)
        other.put(mail("third"))
        (command,) = [each for each in window.commands() if each.key == "F5"]
        command.call()
        qtbot.waitUntil(lambda: subjects(office) == ["third"], timeout=15000)


def test_a_server_that_comes_back_is_found_again(
    server: Dovecot, mailing: Mailing, office: Office, window: Window, qtbot: QtBot
) -> None:
    joined(office, server)
    mailing.start()
    foot = window.findChild(MailFoot)
    assert foot is not None
    qtbot.waitUntil(lambda: foot.text().startswith("Mail: up to date"), timeout=15000)
    server.stop()
    qtbot.waitUntil(lambda: "127.0.0.1" in foot.text(), timeout=15000)
    server.start()
    with server.elsewhere("anna") as other:
        other.put(mail("again"))
    foot.wanted.emit()
    qtbot.waitUntil(lambda: subjects(office) == ["again"], timeout=15000)
    qtbot.waitUntil(lambda: foot.text().startswith("Mail: up to date"), timeout=15000)


def test_without_an_account_there_is_no_line_and_f5_says_so(
    mailing: Mailing, window: Window, qtbot: QtBot
) -> None:
    mailing.start()
    foot = window.findChild(MailFoot)
    assert foot is not None
    assert not foot.isVisible()
    with qtbot.waitSignal(mailing.troubled) as said:
        mailing.now()
    assert "no account" in str(said.args[0])
