"""You and your business: filled, kept, and what does not fit said in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from gigdesk.ui.profile_dialog import ProfileDialog
from tests.bills import PROFILE

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


@pytest.fixture
def dialog(office: Office, window: Window, qtbot: QtBot) -> ProfileDialog:
    """The dialog, open and filled."""
    office.profile.update(PROFILE)
    window.profile()
    found: ProfileDialog = window.findChildren(ProfileDialog)[-1]
    qtbot.waitUntil(lambda: found._fields["name"].text() == "Erika Muster")
    return found


def test_it_shows_what_is_known(dialog: ProfileDialog) -> None:
    shown = {key: field.text() for key, field in dialog._fields.items()}
    assert shown["address"] == "Hauptstr. 1"
    assert shown["bank.iban"] == PROFILE["bank"]["iban"]
    assert shown["vat_id"] == "DE136695976"


def test_what_is_changed_is_kept_and_can_be_undone(
    dialog: ProfileDialog, office: Office, window: Window, qtbot: QtBot
) -> None:
    dialog._fields["city"].setText("Bonn")
    dialog._fields["address"].setText("Weg 1, Hof")
    with qtbot.waitSignal(dialog.kept):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    kept = office.profile.get()
    assert (kept.city, kept.address) == ("Bonn", ("Weg 1", "Hof"))
    assert kept.bank is not None
    window.undo()
    qtbot.waitUntil(lambda: office.profile.get().city == "Berlin")


def test_a_mistyped_iban_is_said_and_nothing_is_kept(
    dialog: ProfileDialog, office: Office, qtbot: QtBot
) -> None:
    dialog._fields["city"].setText("Bonn")
    dialog._fields["bank.iban"].setText("DE00 1234")
    dialog._keep()
    qtbot.waitUntil(lambda: "IBAN" in dialog._problem.text())
    assert dialog.isVisible()
    assert office.profile.get().city == "Berlin"


def test_leaving_keeps_nothing(dialog: ProfileDialog, office: Office, qtbot: QtBot) -> None:
    dialog._fields["city"].setText("Bonn")
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert office.profile.get().city == "Berlin"
