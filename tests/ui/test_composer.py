"""Answering in the Inbox: the draft streams, stops, is changed, blocked, approved, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from gigdesk.domain.proposals import ProposalState
from gigdesk.ui.kit.messages import Toast
from gigdesk.ui.kit.words import Button
from tests.letters import business, drafted, receive, use_model
from tests.models import tiny

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.inbox.composer import Composer
    from gigdesk.ui.window import Window

SLOW = tiny.Shape(width=512, inner=1024, layers=4, context=4096)


@pytest.fixture
def mail(office: Office) -> int:
    """A client's mail lies in the Inbox before the window opens."""
    business(office)
    return receive(office)


@pytest.fixture
def composer(mail: int, window: Window, qtbot: QtBot) -> Composer:
    """The composer below the client's mail."""
    page = window.go(1)
    found: Composer = page._reading.composer  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: found._answers == mail)
    page.setFocus()
    return found


def ready(composer: Composer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: composer.proposal is not None and not composer._is_writing())


def visible(composer: Composer) -> set[str]:
    return {each.accessibleName() for each in composer.findChildren(Button) if each.isVisible()}


def toast(window: Window) -> str:
    shown = [each for each in window.findChildren(Toast) if each.isVisible()]
    return shown[-1].accessibleName() if shown else ""


def press(window: Window, qtbot: QtBot, key: Qt.Key, *, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def test_r_drafts_and_ctrl_enter_approves_and_undo_takes_it_back(
    composer: Composer, window: Window, office: Office, qtbot: QtBot
) -> None:
    assert visible(composer) == {"Draft a reply"}
    press(window, qtbot, Qt.Key.Key_R)
    ready(composer, qtbot)
    assert composer._text.accessibleName().startswith("Hello Jonas,")
    assert {"Approve", "Edit", "Write again", "Throw away"} <= visible(composer)
    assert "by template" in composer._by.accessibleName()
    assert [each.id for each in office.proposals.waiting()] == [composer.proposal.id]  # type: ignore[union-attr]

    press(window, qtbot, Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: len(office.proposals.outbox()) == 1)
    qtbot.waitUntil(lambda: composer.proposal is None)
    assert visible(composer) == {"Draft a reply"}
    assert composer._said.isVisible()
    assert composer._said.text() == "Your answer waits in the outbox; nothing is sent yet."
    assert "waits in the outbox; nothing is sent yet." in toast(window)

    press(window, qtbot, Qt.Key.Key_Z, control=True)
    qtbot.waitUntil(lambda: composer.proposal is not None)
    assert office.proposals.outbox() == []
    assert not composer._said.isVisible()


def test_the_next_conversation_says_nothing_of_this_one_s_answer(
    mail: int, composer: Composer, office: Office, window: Window, qtbot: QtBot
) -> None:
    composer.begin()
    ready(composer, qtbot)
    composer.approve()
    qtbot.waitUntil(composer._said.isVisible)
    other = receive(office, "Another one?", subject="Other", sender="Ada <ada@x.example>")
    page = window.go(1)
    page._show_thread(office.inbox.mail(other).thread)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: composer._answers == other)
    assert not composer._said.isVisible()
    page._show_thread(office.inbox.mail(mail).thread)  # type: ignore[attr-defined]
    qtbot.waitUntil(composer._said.isVisible)


def test_another_tone_is_another_draft_in_its_place(
    composer: Composer, office: Office, qtbot: QtBot
) -> None:
    composer.begin()
    ready(composer, qtbot)
    composer.set_tone("warm")
    qtbot.waitUntil(lambda: "Warm regards" in composer._text.accessibleName())
    assert composer._tones.accessibleName() == "Tone: warm"
    assert len(office.proposals.waiting()) == 1


def test_the_person_s_words_are_kept_as_ink(
    composer: Composer, window: Window, office: Office, qtbot: QtBot
) -> None:
    composer.begin()
    ready(composer, qtbot)
    press(window, qtbot, Qt.Key.Key_E)
    assert composer._field.isVisible()
    assert composer._well._pencil
    qtbot.keyClicks(composer._field, "wer")
    assert not composer._well._pencil
    assert composer._field.toPlainText().startswith("werHello")
    press(window, qtbot, Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: composer._text.accessibleName().startswith("werHello"))
    assert office.proposals.outbox() == []
    assert not composer._field.isVisible()


def test_escape_leaves_the_draft_as_it_was(
    composer: Composer, window: Window, office: Office, qtbot: QtBot
) -> None:
    composer.begin()
    ready(composer, qtbot)
    composer.edit()
    qtbot.keyClicks(composer._field, "never kept")
    qtbot.keyClick(composer._field, Qt.Key.Key_Escape)
    assert not composer._field.isVisible()
    assert "never kept" not in office.proposals.waiting()[0].draft


def test_thrown_away_and_back(
    composer: Composer, window: Window, office: Office, qtbot: QtBot
) -> None:
    composer.begin()
    ready(composer, qtbot)
    composer.throw_away()
    qtbot.waitUntil(lambda: composer.proposal is None)
    assert office.proposals.waiting() == []
    press(window, qtbot, Qt.Key.Key_Z, control=True)
    qtbot.waitUntil(lambda: composer.proposal is not None)
    assert composer.proposal is not None
    assert composer.proposal.state is ProposalState.WAITING


def test_what_another_process_drafted_shows(
    composer: Composer, mail: int, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    drafted(office, mail)
    ready(composer, qtbot)


@pytest.mark.model
def test_a_model_s_words_stream_and_stop(
    composer: Composer, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    use_model(office, tiny.random(tmp_path / "slow.gguf", SLOW))
    composer.begin()
    assert visible(composer) == {"Stop"}
    qtbot.waitUntil(lambda: composer._by.accessibleName() == "The model is writing", timeout=20_000)
    first = composer._text.accessibleName()
    qtbot.waitUntil(lambda: len(composer._text.accessibleName()) > len(first))
    composer._stop.click()
    ready(composer, qtbot)
    assert composer.proposal is not None
    assert composer.proposal.payload["by_why"] == "You stopped the model"
    assert "You stopped the model" in composer._by.accessibleName()


@pytest.mark.model
def test_a_doubt_blocks_until_it_is_settled(
    composer: Composer, window: Window, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    use_model(office, tiny.recite(tmp_path / "say.gguf", "Send it to [your office], thank you."))
    composer.begin()
    ready(composer, qtbot)
    assert not composer._yes.isEnabled()
    press(window, qtbot, Qt.Key.Key_Return, control=True)
    (right,) = (
        each
        for each in composer._checks.findChildren(QAbstractButton)
        if each.isVisible() and each.accessibleName() == "“[your office]” is right"
    )
    right.click()
    qtbot.waitUntil(composer._yes.isEnabled)
    assert office.proposals.outbox() == []
    press(window, qtbot, Qt.Key.Key_Return, control=True)
    qtbot.waitUntil(lambda: len(office.proposals.outbox()) == 1)


@pytest.mark.model
def test_a_draft_goes_on_while_another_conversation_is_read(
    mail: int, office: Office, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    other = receive(office, "Another one?", subject="Other", sender="Ada <ada@x.example>")
    use_model(office, tiny.recite(tmp_path / "say.gguf", "It will be looked at."))
    page = window.go(1)
    composer: Composer = page._reading.composer  # type: ignore[attr-defined]
    page._show_thread(office.inbox.mail(mail).thread)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: composer._answers == mail)
    composer.begin()
    page._show_thread(office.inbox.mail(other).thread)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: composer._answers == other)
    assert visible(composer) == {"Draft a reply"}
    qtbot.waitUntil(lambda: len(office.proposals.waiting()) == 1, timeout=20_000)
    assert composer.proposal is None
    page._show_thread(office.inbox.mail(mail).thread)  # type: ignore[attr-defined]
    ready(composer, qtbot)
    assert "It will be looked at." in composer._text.accessibleName()
