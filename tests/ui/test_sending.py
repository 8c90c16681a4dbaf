"""Sending as it is seen: the count-down at the foot, the outbox, and leaving in the ten seconds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu

from gigdesk.domain.proposals import OutboxState
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Topic
from gigdesk.ui.kit.messages import Banner
from gigdesk.ui.kit.words import Button
from gigdesk.ui.outbox import OutboxSheet, OutLine
from gigdesk.ui.posting import Posting
from gigdesk.ui.tabs.today.doubts import Doubts
from tests.certificates import Authority
from tests.conftest import NOW
from tests.services.sending.desk import approved, at, row, with_account
from tests.smtp_servers import Post, Temper, serving_mail

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.domain.proposals import OutboxItem
    from gigdesk.services.office import Office
    from gigdesk.ui.farewell import Farewell
    from gigdesk.ui.window import Window


@pytest.fixture
def temper() -> Temper:
    return Temper()


@pytest.fixture
def post(tmp_path: Path, office: Office, temper: Temper) -> Iterator[Post]:
    authority = Authority(tmp_path)
    with serving_mail(authority, temper) as there:
        with_account(office, there, authority)
        yield there


@pytest.fixture
def posting(bridge: Desk, office: Office, post: Post, window: Window) -> Iterator[Posting]:
    made = Posting(bridge, office)
    made.mind(window)
    yield made
    made.stop()


def foot(window: Window) -> QAbstractButton:
    found = window.findChild(QAbstractButton, "outbox-foot")
    assert isinstance(found, QAbstractButton)
    return found


def sheet(window: Window, qtbot: QtBot) -> OutboxSheet:
    qtbot.waitUntil(lambda: window.findChild(OutboxSheet) is not None)
    found = window.findChild(OutboxSheet)
    assert isinstance(found, OutboxSheet)
    return found


def lines(found: OutboxSheet) -> list[OutLine]:
    model = found.view.model()
    records = (found._model._records[at] for at in range(model.rowCount()))
    return [each for each in records if isinstance(each, OutLine)]


def buttons(found: OutboxSheet) -> list[str]:
    return [button.text() for _, button in found._acts]


def state(office: Office, item: OutboxItem) -> OutboxState:
    return row(office, item).state


def test_the_foot_counts_down_and_it_leaves(
    window: Window, posting: Posting, office: Office, bridge: Desk, post: Post, qtbot: QtBot
) -> None:
    posting.start()
    kept = approved(office)
    bridge.changed.emit(Topic.OUTBOX)
    qtbot.waitUntil(lambda: foot(window).text() == "Leaves in 10 s · Undo")
    at(office, seconds=4)
    posting.tell()
    assert foot(window).text() == "Leaves in 6 s · Undo"
    assert post.taken == []
    at(office, seconds=10)
    posting._plan()
    qtbot.waitUntil(lambda: state(office, kept) is OutboxState.SENT)
    qtbot.waitUntil(lambda: foot(window).text() == "Nothing waits to leave")
    assert len(post.taken) == 1


def test_the_foot_takes_back_what_counts_down(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    approved(office)
    posting.start()
    qtbot.waitUntil(lambda: "Undo" in foot(window).text())
    foot(window).click()
    qtbot.waitUntil(lambda: office.sending.all() == [])
    qtbot.waitUntil(lambda: foot(window).text() == "Nothing waits to leave")
    foot(window).click()
    assert sheet(window, qtbot).isVisible(), "with nothing to take back it shows the outbox"
    assert post.taken == []


@pytest.mark.parametrize("temper", [Temper(hangs_up=["dot"])])
def test_a_doubt_is_settled_in_the_outbox(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    kept = approved(office)
    at(office, minutes=1)
    posting.start()
    qtbot.waitUntil(lambda: foot(window).text() == "1 mail asks for your word")
    window.open(Ref("outbox", kept.id))
    found = sheet(window, qtbot)
    qtbot.waitUntil(lambda: [each.state for each in lines(found)] == ["Was it sent?"])
    qtbot.waitUntil(
        lambda: buttons(found) == ["It was sent", "Send again", "Look in Sent", "Take back"]
    )
    assert "Nobody knows" in found._head.text()
    qtbot.keyClick(found.view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: state(office, kept) is OutboxState.SENT)
    qtbot.waitUntil(lambda: [each.state for each in lines(found)] == ["Sent"])
    assert len(post.taken) == 1


@pytest.mark.parametrize(
    "temper", [Temper(says={"rcpt jonas@brueckner.example": ["550 5.1.1 No such user"]})]
)
def test_what_failed_says_why_and_goes_again(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    kept = approved(office)
    at(office, minutes=1)
    posting.start()
    qtbot.waitUntil(lambda: state(office, kept) is OutboxState.FAILED)
    window.over.outbox()
    found = sheet(window, qtbot)
    qtbot.waitUntil(lambda: buttons(found) == ["Try again", "Take back"])
    assert found._head.text() == "jonas@brueckner.example was refused"
    assert "No such user" in found._said.text()
    next(button for _, button in found._acts).click()
    qtbot.waitUntil(lambda: state(office, kept) is OutboxState.WAITING)
    at(office, minutes=2)
    posting._plan()
    qtbot.waitUntil(lambda: state(office, kept) is OutboxState.SENT, timeout=10_000)


def test_the_outbox_waits_puts_off_and_takes_back(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    first, second = approved(office, "reply:1"), approved(office, "reply:2")
    window.over.outbox(second.id)
    found = sheet(window, qtbot)
    qtbot.waitUntil(lambda: len(lines(found)) == 2)
    qtbot.waitUntil(lambda: buttons(found) == ["Send now", "Later", "Take back"])
    assert found._at == second.id
    found._do(lambda: office.sending.send_later(second.id, NOW + timedelta(hours=1)))
    qtbot.waitUntil(lambda: row(office, second).timed)
    qtbot.waitUntil(lambda: [each.state for each in lines(found)] == ["Leaves in 10 s", "Waits"])
    assert found._at == second.id, "the choice stays"
    qtbot.keyClick(found.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: [each.id for each in office.sending.all()] == [first.id])
    qtbot.waitUntil(lambda: len(lines(found)) == 1)
    qtbot.keyClick(found.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(OutboxSheet) is None)


def farewell(posting: Posting, window: Window, qtbot: QtBot) -> Farewell:
    posting.leave(window)
    qtbot.waitUntil(lambda: posting._farewell is not None)
    assert posting._farewell is not None
    return posting._farewell


def press(asking: Farewell, words: str) -> None:
    next(each for each in asking.findChildren(Button) if each.text() == words).click()


def test_leaving_with_nothing_under_way_asks_nothing(
    window: Window, posting: Posting, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(posting.left):
        posting.leave(window)
    assert posting._farewell is None


def test_leaving_in_the_ten_seconds_sends_when_told(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    kept = approved(office)
    asking = farewell(posting, window, qtbot)
    with qtbot.waitSignal(posting.left, timeout=10_000):
        press(asking, "Send and leave")
    assert state(office, kept) is OutboxState.SENT
    assert len(post.taken) == 1


def test_leaving_in_the_ten_seconds_keeps_when_told(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    kept = approved(office)
    asking = farewell(posting, window, qtbot)
    with qtbot.waitSignal(posting.left):
        press(asking, "Keep for next start")
    assert state(office, kept) is OutboxState.WAITING
    assert post.taken == []


def test_leaving_in_the_ten_seconds_takes_back_when_told(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    approved(office)
    asking = farewell(posting, window, qtbot)
    with qtbot.waitSignal(posting.left):
        press(asking, "Take back")
    assert office.sending.all() == []
    assert len(office.proposals.waiting()) == 1


def test_staying_leaves_all_as_it_was(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    kept = approved(office)
    asking = farewell(posting, window, qtbot)
    with qtbot.assertNotEmitted(posting.left), qtbot.waitSignal(asking.stayed):
        press(asking, "Stay")
    assert state(office, kept) is OutboxState.WAITING
    assert posting._farewell is None


@pytest.mark.parametrize("temper", [Temper(hangs_up=["dot"])])
def test_today_asks_first_of_all(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    kept = approved(office)
    at(office, minutes=1)
    window.go(0)
    posting.start()
    doubts = window.findChild(Doubts)
    assert isinstance(doubts, Doubts)
    qtbot.waitUntil(doubts.isVisible)
    (banner,) = doubts.findChildren(Banner)
    assert "Was “Re: Question” sent?" in banner.accessibleName()
    banner.button.click()
    assert sheet(window, qtbot)._at == kept.id
    office.sending.it_was_sent(kept.id)
    window._desk.changed.emit(Topic.OUTBOX)
    qtbot.waitUntil(doubts.isHidden)


def test_what_is_approved_may_leave_later(
    window: Window, posting: Posting, office: Office, post: Post, qtbot: QtBot
) -> None:
    from gigdesk.ui.tabs.today.tab import TodayPage
    from tests.services.sending.desk import proposal

    office.proposals.propose(proposal())
    page = window.go(0)
    assert isinstance(page, TodayPage)
    page.load()
    qtbot.waitUntil(lambda: len(page._cards) == 1)
    page.approve_later()
    menus = [each for each in page.findChildren(QMenu) if each.isVisible()]
    assert menus[0].actions()[0].text() == "In an hour"
    menus[0].actions()[0].trigger()
    qtbot.waitUntil(lambda: len(office.sending.all()) == 1)
    (item,) = office.sending.all()
    assert (item.due, item.timed) == (NOW + timedelta(hours=1), True)
    menus[0].close()
