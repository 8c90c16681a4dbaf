"""A conversation sleeps, says so when it is looked at, and wakes; whom one waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from gigdesk.domain.records import Ref
from gigdesk.ui.sheet import Sheet
from gigdesk.ui.tabs.inbox.tab import InboxPage
from tests.letters import receive
from tests.ui.inbox.conftest import Filled
from tests.ui.inbox.test_inbox_list import ALL, choose, listed, wait_for

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def command(page: InboxPage, key: str) -> None:
    chosen = next(each for each in page.commands() if each.key == key)
    assert chosen.when()
    chosen.call()


def pick(page: InboxPage, at: int) -> None:
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    menu.actions()[at].trigger()
    menu.close()


def test_sleeping_and_waking(page: InboxPage, qtbot: QtBot) -> None:
    wait_for(page, qtbot, *ALL)
    choose(page, qtbot, "Plan")
    shown = page.chosen()
    assert shown is not None
    assert not page._resting.isVisible()
    with qtbot.waitSignal(page.done) as done:
        command(page, "H")
        pick(page, 0)
    assert "Sleeps until" in done.args[0].words
    wait_for(page, qtbot, *(set(ALL) - {"Plan"}))
    qtbot.waitUntil(lambda: page.chosen() not in {None, shown} and not page._resting.isVisible())
    page.open(Ref("mail", shown.id))
    qtbot.waitUntil(lambda: page.chosen() == shown and page._resting.isVisible())
    assert "Asleep until" in page._resting._said.accessibleName()
    page._resting.show_asleep()
    qtbot.waitUntil(lambda: bool(page.window().findChildren(Sheet)))
    with qtbot.waitSignal(page.done):
        page._resting._end.click()
    wait_for(page, qtbot, *ALL)
    qtbot.waitUntil(lambda: not page._resting.isVisible())


def test_one_is_reminded_only_of_ones_own_last_word(filled: Filled, qtbot: QtBot) -> None:
    def fill(office: object) -> None:
        receive(office, "Shall we?", subject="Asked", sender="nino@beridze.example")  # type: ignore[arg-type]
        receive(office, "Hello", subject="Told", sender="ada@x.example")  # type: ignore[arg-type]

    page = filled(lambda office: office.profile.update({"email": "nino@beridze.example"}), fill)
    choose(page, qtbot, "Told")
    assert not page._resting._may_follow()
    choose(page, qtbot, "Asked")
    qtbot.waitUntil(lambda: page.title() == "Asked" and page._resting._may_follow())
    with qtbot.waitSignal(page.done):
        command(page, "F")
        pick(page, 2)
    qtbot.waitUntil(page._resting.isVisible)
    assert "if nobody answers" in page._resting._said.accessibleName()
    qtbot.waitUntil(lambda: "Asked" in listed(page))
