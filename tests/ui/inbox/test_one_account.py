"""One account alone: its conversations, their counts, and the way back to all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenu

from gigdesk.domain.inbox.mails import Section
from gigdesk.ui.tabs.inbox.tab import InboxPage
from tests import dovecot
from tests.dovecot import Dovecot
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

pytestmark = pytest.mark.slow
ALL = tuple(Section)


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


def mail(number: int) -> bytes:
    """A small mail; the third is in both accounts."""
    return (
        f"From: Jonas <jonas@x.example>\r\nTo: anna@desk.example\r\nSubject: Nr {number}\r\n"
        f"Message-ID: <{number}@x.example>\r\nDate: Mon, 23 Nov 2026 08:00:0{number} +0100\r\n\r\n"
        "hello\r\n"
    ).encode()


@pytest.fixture
def filled(office: Office, imap: Dovecot, request: pytest.FixtureRequest) -> Office:
    """Two accounts: one has 1, 2, 3, the other 3, 4."""
    for name, numbers in (("one", (1, 2, 3)), ("two", (3, 4))):
        user = f"{name}{abs(hash(request.node.name))}"
        with imap.elsewhere(user) as there:
            for number in numbers:
                there.put(mail(number))
        office.accounts.add(replace(imap.account(user), name=name), "test")
    for _ in office.sync.sync():
        pass
    return office


def subjects(office: Office, account: int) -> list[str]:
    return sorted(each.subject for each in office.inbox.threads(ALL, 0, 50, "", account))


def test_the_list_is_narrowed_to_one_account(filled: Office) -> None:
    one, two = filled.accounts.all()
    assert subjects(filled, 0) == ["Nr 1", "Nr 2", "Nr 3", "Nr 4"]
    assert subjects(filled, one.id) == ["Nr 1", "Nr 2", "Nr 3"]
    assert subjects(filled, two.id) == ["Nr 3", "Nr 4"]
    assert [filled.inbox.counts("", each).all for each in (0, one.id, two.id)] == [4, 3, 2]
    ranked = filled.inbox.threads(ALL, 0, 50, "", two.id)
    assert [filled.inbox.place(ALL, each.id, "", two.id) for each in ranked] == [0, 1]
    other = filled.inbox.threads(ALL, 0, 50, "", one.id)
    alone = next(each for each in other if each.subject == "Nr 1")
    assert filled.inbox.place(ALL, alone.id, "", two.id) is None


def test_the_page_shows_one_and_goes_back_to_all(
    filled: Office, bridge: Desk, qtbot: QtBot
) -> None:
    page = InboxPage(bridge, filled)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    settled(bridge, qtbot)
    narrowing = page._accounts
    assert narrowing.tool.isVisible()
    narrowing.tool.click()
    menu = next(each for each in narrowing.findChildren(QMenu) if each.isVisible())
    assert [each.text() for each in menu.actions()] == ["All accounts", "one", "two"]
    menu.actions()[2].trigger()
    menu.close()
    qtbot.waitUntil(lambda: page._counts.all == 2)
    assert narrowing._clear.text() == "two alone"
    assert narrowing.isVisible()
    narrowing._clear.click()
    qtbot.waitUntil(lambda: page._counts.all == 4)
    assert not narrowing.isVisible()
    narrowing.pick(filled.accounts.all()[0].id)
    qtbot.waitUntil(lambda: page._counts.all == 3)
    bridge.fetch(lambda: filled.sync.let_go(filled.accounts.all()[0].id, with_mails=False))
    qtbot.waitUntil(lambda: narrowing.id == 0)
    qtbot.waitUntil(lambda: page._counts.all == 4)
    assert not narrowing.tool.isVisible()
