"""In one's own tone, and in two languages: how one writes is shown and changed, mails and drafts are
translated, and what they said before is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit

from gigdesk.ui.kit.words import Button, Chip
from gigdesk.ui.tabs.inbox.answering import Answering
from gigdesk.ui.tabs.inbox.manner import MannerDialog
from tests.letters import business, receive
from tests.models import tiny
from tests.own_mail import close_friend

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window

SLOW = tiny.Shape(width=512, inner=1024, layers=4, context=4096)
JONAS = "jonas@brueckner.example"
ASKED = (
    "Hallo Nino,\n\nbis wann bekommen wir die Entwürfe? Am 7. Dezember drucken wir.\n\nGruß\nJonas"
)


@pytest.fixture
def mail(office: Office) -> int:
    """A German mail of a client one says du to."""
    business(office)
    close_friend(office, JONAS, "Jonas Brückner")
    return receive(office, ASKED, subject="Entwürfe")


@pytest.fixture
def answering(mail: int, window: Window, qtbot: QtBot) -> Answering:
    """What stands below that mail."""
    page = window.go(1)
    found: Answering = page._reading.composer  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: found._ways.mail == mail)
    page.setFocus()
    return found


def reciting(office: Office, bridge: Desk, folder: Path, text: str, qtbot: QtBot) -> None:
    """From now on there is a model, and the window knows."""
    path = folder / "recites.gguf"
    tiny.recite(path, text)
    landed: list[object] = []
    name = office.model.add(path).value.name
    bridge.do(lambda: office.model.use(name), then=landed.append)
    qtbot.waitUntil(lambda: len(landed) == 1)


def press(window: Window, qtbot: QtBot, key: Qt.Key) -> None:
    held = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(QApplication.focusWidget() or window, key, held)


def drafted(answering: Answering, qtbot: QtBot) -> None:
    answering.begin()
    qtbot.waitUntil(lambda: answering.proposal is not None and not answering._is_writing())


def visible(answering: Answering) -> set[str]:
    return {each.accessibleName() for each in answering.findChildren(Button) if each.isVisible()}


# --- translating --------------------------------------------------------------------------------
def test_without_a_model_it_is_greyed_and_says_why(answering: Answering, qtbot: QtBot) -> None:
    assert "Show in English" in visible(answering)
    assert not answering._reads.isEnabled()
    said = answering._why.accessibleName()
    assert said == "No model: templates draft. Nothing is sent out for it."
    assert answering._reads.accessibleDescription() == "No model: templates draft"
    drafted(answering, qtbot)
    assert not answering._speaks.isEnabled()
    can = {each.title: each.when() for each in answering.commands()}
    assert not can["Show in English"]
    assert can["How you write to Jonas"]


def test_a_mail_is_shown_in_one_s_own_language_below_its_original(
    answering: Answering, window: Window, office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    said = "By when do we get the drafts? We print on {a1}."
    reciting(office, bridge, tmp_path, said, qtbot)
    qtbot.waitUntil(answering._reads.isEnabled)
    press(window, qtbot, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: answering.translated.there and not answering.translated.busy)
    shown = answering.translated
    assert shown.isVisible()
    assert shown._text.accessibleName() == "By when do we get the drafts? We print on 7 December."
    assert "German into English" in shown._by.accessibleName()
    assert not shown._doubts.isVisible()
    assert office.inbox.mail(answering._answers).text.strip() == ASKED
    press(window, qtbot, Qt.Key.Key_V)
    assert not shown.isVisible()
    assert "Show in English" in visible(answering)


def test_what_the_model_made_up_is_marked_in_words(
    answering: Answering, office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    reciting(office, bridge, tmp_path, "We print on 9 December for 500 €.", qtbot)
    qtbot.waitUntil(answering._can_read)
    answering.show_in_own()
    qtbot.waitUntil(lambda: not answering.translated.busy)
    said = answering.translated._doubts.text()
    assert "“9 December”: the original does not say this" in said
    assert "“500 €”: the original does not say this" in said
    assert "“7. Dezember”: the original says this, the translation does not" in said


def test_a_translation_is_stopped_and_what_was_done_is_said(
    answering: Answering, office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "random.gguf"
    tiny.random(path, SLOW)
    name = office.model.add(path).value.name
    bridge.do(lambda: office.model.use(name))
    qtbot.waitUntil(answering._can_read)
    answering.show_in_own()
    qtbot.waitUntil(lambda: answering.translated.busy and answering.translated._stop.isVisible())
    answering.translated._stop.click()
    qtbot.waitUntil(lambda: not answering.translated.busy)


def test_a_draft_is_written_in_another_language_and_put_back(
    answering: Answering, window: Window, office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    drafted(answering, qtbot)
    before = answering.proposal
    assert before is not None
    said = "Hey {a1}! Thanks for the mail. I read your question and will answer. Best, N."
    reciting(office, bridge, tmp_path, said, qtbot)
    qtbot.waitUntil(answering._can_speak)
    assert {"Translate the draft", "How you write to Jonas"} <= visible(answering)
    answering.write_in("en")
    qtbot.waitUntil(answering._is_translated)
    assert answering._text.accessibleName().startswith("Hey Jonas! Thanks")
    assert answering._own_words.isVisible()
    assert answering._before.text() == before.draft
    assert "Write it in German" in visible(answering)
    press(window, qtbot, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: not answering._is_translated())
    assert answering.proposal is not None
    assert answering.proposal.draft == before.draft
    assert not answering._own_words.isVisible()


def test_a_translation_that_lost_a_fact_cannot_be_approved(
    answering: Answering, office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    drafted(answering, qtbot)
    reciting(office, bridge, tmp_path, "Hey {a1}! It costs 99 €.", qtbot)
    qtbot.waitUntil(answering._can_speak)
    answering.write_in("en")
    qtbot.waitUntil(answering._is_translated)
    assert not answering._yes.isEnabled()
    right = [each for each in answering._checks.findChildren(QAbstractButton) if each.isVisible()]
    assert len(right) == 1
    right[0].click()
    qtbot.waitUntil(answering._yes.isEnabled)


# --- manner -------------------------------------------------------------------------------------
@pytest.fixture
def dialog(answering: Answering, window: Window, qtbot: QtBot) -> MannerDialog:
    """How one writes to Jonas, opened by its key."""
    press(window, qtbot, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.findChild(MannerDialog) is not None)
    found = window.findChild(MannerDialog)
    assert found is not None
    qtbot.waitUntil(lambda: bool(found._fields))
    return found


def field(dialog: MannerDialog, name: str) -> QLineEdit:
    found = dialog._fields[name]  # type: ignore[index]
    assert isinstance(found, QLineEdit)
    return found


def test_each_habit_stands_with_its_count_and_its_mails(dialog: MannerDialog) -> None:
    assert dialog.windowTitle() == "How you write to Jonas"
    assert "Counted in 4 mails of yours in German" in dialog._said.text()
    assert field(dialog, "greeting").text() == "Hey {first}!"
    assert field(dialog, "closing").text() == "LG"
    choice = dialog._fields["formality"]
    assert isinstance(choice, QComboBox)
    assert choice.currentText() == "du"
    chips = [each.accessibleName() for each in dialog.findChildren(Chip) if each.isVisible()]
    assert "Greeting: as in your mail of 12 May 2026" in chips
    assert all(each.accessibleName() for each in dialog.findChildren(QAbstractButton))
    assert all(each.accessibleName() for each in dialog._fields.values())


def test_a_habit_s_mail_is_opened(dialog: MannerDialog, answering: Answering, qtbot: QtBot) -> None:
    chip = next(each for each in dialog.findChildren(Chip) if each.isVisible())
    with qtbot.waitSignal(answering.wanted) as opened:
        chip.click()
    ref = opened.args[0]  # type: ignore[index]
    assert ref.kind == "mail"
    assert not dialog.isVisible()


def test_a_habit_is_said_better_kept_and_learned_again(
    dialog: MannerDialog, office: Office, qtbot: QtBot
) -> None:
    greeting = field(dialog, "greeting")
    greeting.setFocus()
    greeting.setText("Moin {first},")
    with qtbot.waitSignal(dialog.kept) as kept:
        greeting.editingFinished.emit()
    assert kept.args[0].undo is not None  # type: ignore[index]
    qtbot.waitUntil(lambda: field(dialog, "greeting").text() == "Moin {first},")
    assert office.manners.towards(JONAS, "de").value("greeting") == "Moin {first},"
    with qtbot.waitSignal(dialog.kept):
        dialog._learn.click()
    qtbot.waitUntil(lambda: field(dialog, "greeting").text() == "Hey {first}!")


def test_what_does_not_fit_is_said_in_the_dialog(dialog: MannerDialog, qtbot: QtBot) -> None:
    length = field(dialog, "length")
    length.setText("long")
    length.editingFinished.emit()
    qtbot.waitUntil(dialog._problem.isVisible)
    assert "“long” does not fit here" in dialog._problem.text()
    assert field(dialog, "length").text().isdecimal()


def test_how_one_writes_to_everybody_says_that_it_knows_too_little(
    dialog: MannerDialog, qtbot: QtBot
) -> None:
    dialog._segments.pick(1)
    qtbot.waitUntil(lambda: "Too few" in dialog._said.text())
    assert "(4 of at least 5)" in dialog._said.text()
    assert field(dialog, "greeting").placeholderText() == "not known: as the template says"
    chosen = field(dialog, "closing")
    chosen.setText("Servus")
    with qtbot.waitSignal(dialog.kept):
        chosen.editingFinished.emit()
    qtbot.waitUntil(lambda: field(dialog, "closing").text() == "Servus")
