"""The cards of Today: what is being written is never lost, what is being read is never moved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from gigdesk.domain.proposals import Fact, Finding, Proposal
from gigdesk.domain.records import Ref
from gigdesk.ui.kit.page import Page
from gigdesk.ui.kit.rounds import focus_round
from gigdesk.ui.profile_dialog import ProfileDialog
from gigdesk.ui.tabs.today.steps import StepRow
from gigdesk.ui.tabs.today.tab import TodayPage
from tests.bills import PROFILE
from tests.ui.test_window import proposal, propose, waiting

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


def today(window: Window, qtbot: QtBot, count: int) -> TodayPage:
    page: TodayPage = window.go(0)  # type: ignore[assignment]
    qtbot.waitUntil(lambda: len(page._cards) == count)
    return page


def test_what_comes_in_while_one_writes_takes_nothing_away(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One")
    page = today(window, qtbot, 1)
    page.edit()
    card = page._cards[0]
    qtbot.keyClicks(card._field, "mine ")
    propose(office, bridge, qtbot, "Two")
    qtbot.waitUntil(lambda: page._day is not None and len(page._day.proposals) == 2)
    assert page._cards == [card]
    assert "mine" in card._field.toPlainText()
    qtbot.keyClick(card._field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page._cards) == 2)
    assert any(each.draft.startswith("mine ") for each in office.proposals.waiting())


def test_escape_leaves_the_field_and_the_words_stay(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One")
    page = today(window, qtbot, 1)
    page.edit()
    card = page._cards[0]
    qtbot.keyClicks(card._field, "mine ")
    qtbot.keyClick(card._field, Qt.Key.Key_Escape)
    assert not card._field.isVisible()
    assert card._prose.isVisible()
    assert card._yes.isVisible()
    page.edit()
    assert "mine" in card._field.toPlainText()


def test_the_open_card_stays_open_when_another_comes(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One", "Two")
    page = today(window, qtbot, 2)
    page.step(1)
    opened = page._cards[page._at].proposal.id
    propose(office, bridge, qtbot, "Three")
    qtbot.waitUntil(lambda: len(page._cards) == 3)
    assert page._cards[page._at].proposal.id == opened


def opened(page: TodayPage) -> str:
    return page._cards[page._at].proposal.title if page._cards else ""


def test_what_is_chosen_while_the_day_is_read_again_stays_open(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One", "Two", "Three")
    page = today(window, qtbot, 3)
    propose(office, bridge, qtbot, "Four")  # the day is being read again from here on
    page.step(1)
    qtbot.waitUntil(lambda: len(page._cards) == 4)
    assert opened(page) == "Two"


def test_a_proposal_opened_before_the_day_is_read_comes_to_the_front(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One", "Two", "Three")
    third = office.proposals.waiting()[2]
    page = TodayPage(bridge, office)
    qtbot.addWidget(page)
    assert page.open(Ref("proposal", third.id))
    qtbot.waitUntil(lambda: opened(page) == "Three")
    page.step(-1)
    page.load()
    qtbot.waitUntil(lambda: opened(page) == "Two")


def test_a_choice_after_an_opening_that_is_still_read_wins(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One", "Two")
    page = TodayPage(bridge, office)
    qtbot.addWidget(page)
    page.load()
    qtbot.waitUntil(lambda: len(page._cards) == 2)
    propose(office, bridge, qtbot, "Three")
    page.open(Ref("proposal", office.proposals.waiting()[2].id))
    page.step(1)
    qtbot.waitUntil(lambda: len(page._cards) == 3)
    assert opened(page) == "Two"


def test_what_came_while_one_wrote_is_laid_when_the_writing_is_taken_back(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One")
    page = today(window, qtbot, 1)
    page.edit()
    card = page._cards[0]
    qtbot.keyClicks(card._field, "mine ")
    propose(office, bridge, qtbot, "Two")
    qtbot.waitUntil(lambda: page._day is not None and len(page._day.proposals) == 2)
    card._field.undo()
    card._field.document().setModified(False)  # all taken back: nothing is being written
    page.load()
    qtbot.waitUntil(lambda: len(page._cards) == 2)


def test_what_is_written_waits_while_one_looks_at_another(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One", "Two")
    page = today(window, qtbot, 2)
    page.edit()
    qtbot.keyClicks(page._cards[0]._field, "mine ")
    qtbot.keyClick(page._cards[0]._field, Qt.Key.Key_Escape)
    page.step(1)
    assert not page._cards[1].written_in
    page.step(-1)
    page.edit()
    assert page._cards[0]._field.toPlainText().startswith("mine ")
    page._cards[0]._on_keep()
    qtbot.waitUntil(lambda: office.proposals.waiting()[0].draft.startswith("mine "))
    qtbot.waitUntil(lambda: page._cards[0].proposal.draft.startswith("mine "))
    assert not page._cards[0].written_in


def test_the_card_one_steps_to_is_seen(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    window.resize(1024, 640)
    propose(office, bridge, qtbot, *(f"Card {at}" for at in range(9)))
    page = today(window, qtbot, 9)

    def seen(at: int) -> bool:
        card, view = page._cards[at], page._area.viewport()
        top = card.mapTo(view, QPoint(0, 0)).y()
        return top >= 0 and top + card.height() <= view.height()

    assert not seen(8)
    page._choose(8)
    qtbot.waitUntil(lambda: seen(8))
    page.step(-7)
    qtbot.waitUntil(lambda: seen(1))


def test_the_focus_goes_on_to_the_next_card(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One", "Two")
    page = today(window, qtbot, 2)
    page.setFocus()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page._cards[0])
    qtbot.keyClick(window, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: len(page._cards) == 1)
    assert len(waiting(office)) == 1
    assert QApplication.focusWidget() is page._cards[0]


DRAFT = "Hello Maya,\nit was 1,250.00 EUR, due on 3 May. Send it to [your office], 3 May at last."


def doubtful() -> Proposal:
    """A draft with a fact from a record and three places that stand in none, two of them alike."""
    places = [(DRAFT.index(each), each) for each in ("3 May", "[your office]")]
    places.append((DRAFT.rindex("3 May"), "3 May"))
    findings = tuple(
        Finding("gap" if each[0] == "[" else "day", each, at, at + len(each), "it stands nowhere")
        for at, each in places
    )
    amount = DRAFT.index("1,250.00")
    fact = Fact(amount, amount + len("1,250.00 EUR"), Ref("invoice", 1, "2026-038"))
    plain = proposal("doubt", "Answer Maya about “Invoice”")
    return replace(plain, draft=DRAFT, facts=(fact,), findings=findings)


def test_a_doubt_blocks_the_card_until_it_is_settled(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.proposals.propose(doubtful()))
    page = today(window, qtbot, 1)

    def settling() -> dict[str, QAbstractButton]:
        found = page._cards[0]._checks.findChildren(QAbstractButton)
        return {each.accessibleName(): each for each in found}

    assert not page._cards[0]._yes.isEnabled()
    assert page._cards[0]._yes.toolTip() == "Settle what is marked first"
    assert set(settling()) == {"“3 May” is right", "“[your office]” is right"}, "alike: one line"
    settling()["“3 May” is right"].click()
    qtbot.waitUntil(lambda: set(settling()) == {"“[your office]” is right"})
    assert not page._cards[0]._yes.isEnabled()
    with qtbot.waitSignal(page.troubled) as troubled:
        page.approve()
    assert "[your office]" in str(troubled.args[0])
    settling()["“[your office]” is right"].click()
    qtbot.waitUntil(lambda: page._cards[0]._yes.isEnabled())
    assert not page._cards[0]._checks.isVisible()
    with qtbot.waitSignal(page.done) as done:
        page._cards[0]._yes.click()
    assert done.args[0].words.endswith("It waits in the outbox; nothing is sent yet.")
    assert office.proposals.outbox()[0].body == DRAFT


def test_undo_marks_what_was_settled_again(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.proposals.propose(doubtful()))
    page = today(window, qtbot, 1)
    with qtbot.waitSignal(page.done):
        page._on_settled(0)
    qtbot.waitUntil(lambda: page._cards[0].proposal.findings[2].settled)
    window.undo()
    qtbot.waitUntil(lambda: not any(each.settled for each in page._cards[0].proposal.findings))


def steps_of(page: QWidget) -> list[StepRow]:
    return [each for each in focus_round(page) if isinstance(each, StepRow)]


def test_on_a_new_desk_the_first_step_has_the_focus(window: Window, qtbot: QtBot) -> None:
    page = window.go(0)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in steps_of(page)[:1])
    qtbot.keyClick(steps_of(page)[0], Qt.Key.Key_Return)
    dialog = window.findChild(ProfileDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)


def test_every_step_leads_to_its_beginning(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    for at, tab in enumerate(window._tabs):
        page = window._page(at)
        monkeypatch.setattr(page, "begin", partial(begun.append, tab.name))
        assert tab.name in {"Today"} or type(page).begin is not Page.begin, tab.name
    for step in ("mail", "calendar", "invoice"):
        window._on_step(step)
    assert begun == ["Inbox", "Calendar", "Invoices"]


def test_the_next_step_has_the_focus_not_one_that_is_done(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    page = today(window, qtbot, 0)
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.profile.update(PROFILE))
    qtbot.waitUntil(lambda: any(each.done for each in page.findChildren(StepRow)))
    focus = page.focusProxy()
    assert isinstance(focus, StepRow)
    assert not focus.done


def test_while_one_writes_only_what_works_then_is_offered(
    window: Window, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    propose(office, bridge, qtbot, "One")
    page = today(window, qtbot, 1)
    card = page._cards[0]
    page.edit()
    assert not any(each.isVisible() for each in (card._yes, card._change, card._no, card._later))
    assert card._keep.isVisible()
    qtbot.mouseClick(card._back, Qt.MouseButton.LeftButton)
    assert not card._field.isVisible()
    assert all(each.isVisible() for each in (card._yes, card._change, card._no, card._later))
