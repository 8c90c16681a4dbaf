"""Newsletters: chosen by key or click, left only by the button, and each says how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from gigdesk.ui.sheet import SheetLine
from gigdesk.ui.tabs.inbox.newsletters import Newsletters, newsletters
from gigdesk.ui.tabs.inbox.tab import InboxPage
from tests.letters import receive
from tests.ui.inbox.conftest import Filled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office


def fill(office: Office) -> None:
    office.profile.update({"email": "nino@beridze.example"})
    for name, offered in (
        ("ways", "<mailto:leave@ways.example?subject=bye>"),
        ("page", "<https://page.example/u>"),
        ("wall", "<http://wall.example/u>"),
    ):
        receive(
            office, "News", subject=name, sender=f"{name} <n@{name}.example>",
            List_Unsubscribe=offered, List_Id=f"<{name}>",
        )  # fmt: skip


def opened(page: InboxPage, qtbot: QtBot) -> Newsletters:
    newsletters(page, page._reading.open_link).call()
    (sheet,) = page.window().findChildren(Newsletters)
    qtbot.waitUntil(lambda: sheet._model.rowCount() == 3)
    return sheet


def lines(sheet: Newsletters) -> dict[str, SheetLine]:
    return {each.title: each for each in sheet._model._records if isinstance(each, SheetLine)}


def choose(sheet: Newsletters, qtbot: QtBot, name: str) -> None:
    at = list(lines(sheet)).index(name)
    sheet.view.setCurrentIndex(sheet._model.index(at, 0))
    sheet.view.setFocus()
    qtbot.keyClick(sheet.view, Qt.Key.Key_Space)


def test_chosen_ones_are_left_and_say_how(
    filled: Filled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = filled(fill)
    sheet = opened(page, qtbot)
    assert not sheet._leave.isEnabled()
    choose(sheet, qtbot, "wall")
    assert sheet._chosen == set(), "one that offers no way cannot be chosen"
    for name in ("ways", "page"):
        choose(sheet, qtbot, name)
    assert sheet._chosen == {"n@ways.example", "n@page.example"}
    choose(sheet, qtbot, "ways")
    choose(sheet, qtbot, "ways")
    assert page.office.proposals.outbox() == [], "choosing asks nobody"
    sheet._leave.click()
    qtbot.waitUntil(lambda: "Left 1 newsletter." in sheet._said.text())
    (item,) = page.office.proposals.outbox()
    assert (item.to, item.subject) == ("leave@ways.example", "bye")
    assert "waits to leave" in lines(sheet)["ways"].words
    asked: list[str] = []
    no = QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *a: (asked.append(a[2]), no)[1])
    choose(sheet, qtbot, "page")
    assert ["page.example" in each for each in asked] == [True], "a page is opened by its host only"
    sheet.close_it()
