"""The accounts in the settings: their state in words, tried again, logged in again, removed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QMenu, QWidget

from gigdesk.domain.accounts import Account, AccountId, AccountState, Endpoint
from gigdesk.ui.accounts.section import AccountsSection
from gigdesk.ui.kit.words import Chip
from tests.dovecot import free_port
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

ANNA = Account(
    AccountId(0), "Studio", "anna@studio.example", Endpoint("127.0.0.1", free_port()), None, "anna"
)


@pytest.fixture
def section(office: Office, bridge: Desk, qtbot: QtBot) -> AccountsSection:
    made = AccountsSection(bridge, office)
    qtbot.addWidget(made)
    made.show()
    return made


def press(section: QWidget, name: str, qtbot: QtBot) -> None:
    """Press what is called so, once it is seen."""
    found: list[QAbstractButton] = []

    def seen() -> bool:
        found[:] = [
            each for each in section.findChildren(QAbstractButton)
            if each.accessibleName() == name and each.isVisible()
        ]  # fmt: skip
        return bool(found)

    qtbot.waitUntil(seen)
    found[0].click()


def more(section: QWidget, words: str, qtbot: QtBot) -> None:
    """Choose from what the three dots offer."""
    press(section, "More: Studio", qtbot)
    menu = next(each for each in section.findChildren(QMenu) if each.isVisible())
    next(each for each in menu.actions() if each.text() == words).trigger()
    menu.close()


def chips(section: QWidget) -> list[str]:
    return [each.accessibleName() for each in section.findChildren(Chip) if each.isVisible()]


def test_each_says_how_it_stands(
    section: AccountsSection, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    section.load()
    settled(bridge, qtbot)
    assert section._says.isVisible()
    for state in AccountState:
        kept = office.accounts.add(replace(ANNA, name=state.value), "secret").value
        office.accounts.mark(kept, state)
    section.load()
    settled(bridge, qtbot)
    assert chips(section) == [
        "Works",
        "Not tried yet",
        "Cannot log in",
        "Not reached",
        "Switched off",
    ]
    assert not section._says.isVisible()
    texts = [each.text() for each in section.findChildren(QAbstractButton)]
    assert texts.count("Try again") == 3
    assert texts.count("Switch on") == 1
    assert texts.count("Log in again") == 5


def test_trying_again_says_what_stands_in_the_way(
    section: AccountsSection, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    office.accounts.add(ANNA, "secret")
    section.load()
    settled(bridge, qtbot)
    with qtbot.waitSignal(section.troubled) as told:
        press(section, "Try Studio again", qtbot)
    assert "127.0.0.1 does not answer" in str(told.args)
    qtbot.waitUntil(lambda: chips(section) == ["Not reached"])


def test_removing_asks_in_its_place_and_can_be_left(
    section: AccountsSection, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    office.accounts.add(ANNA, "secret")
    section.load()
    settled(bridge, qtbot)
    more(section, "Remove…", qtbot)
    press(section, "Keep it", qtbot)
    assert len(office.accounts.all()) == 1
    more(section, "Remove…", qtbot)
    qtbot.waitUntil(lambda: bool(section.findChildren(QCheckBox)))
    with_mails = next(each for each in section.findChildren(QCheckBox))
    assert not with_mails.isChecked()
    with qtbot.waitSignal(section.done) as done:
        press(section, "Remove Studio", qtbot)
    assert done.args is not None
    assert done.args[0].words == "Studio removed"
    assert office.accounts.all() == []
    qtbot.waitUntil(section._says.isVisible)


def test_a_change_elsewhere_is_seen(
    section: AccountsSection, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    bridge.do(lambda: office.accounts.add(ANNA, "secret"))
    qtbot.waitUntil(lambda: chips(section) == ["Not tried yet"])


def test_the_settings_find_it(window: Window, bridge: Desk, qtbot: QtBot) -> None:
    window.settings()
    dialog = window._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    for typed, seen in (("account", True), ("mail", True), ("text size", False), ("", True)):
        dialog._find.setText(typed)
        assert dialog._accounts.isVisible() is seen, typed


def test_one_is_left_alone_and_used_again(
    section: AccountsSection, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    office.accounts.add(ANNA, "secret")
    section.load()
    settled(bridge, qtbot)
    more(section, "Switch off", qtbot)
    qtbot.waitUntil(lambda: chips(section) == ["Switched off"])
    assert office.sync.fetched() == []
    press(section, "Switch Studio on", qtbot)
    qtbot.waitUntil(lambda: chips(section) == ["Not tried yet"])
