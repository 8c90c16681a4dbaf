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


def test_codes_are_taken_as_people_write_them(
    dialog: ProfileDialog, office: Office, qtbot: QtBot
) -> None:
    dialog._fields["country"].setText("at")
    dialog._fields["currency"].setText("chf")
    with qtbot.waitSignal(dialog.kept):
        dialog._keep()
    assert (office.profile.get().country, office.profile.get().currency) == ("AT", "CHF")


def test_what_does_not_fit_is_said_in_the_forms_words_and_has_the_focus(
    dialog: ProfileDialog, qtbot: QtBot
) -> None:
    dialog._fields["rates.floor"].setText("much")
    dialog._keep()
    qtbot.waitUntil(lambda: "Lowest rate" in dialog._problem.text())
    assert "much" in dialog._problem.text()
    assert "rates" not in dialog._problem.text()
    assert dialog.focusWidget() is dialog._fields["rates.floor"]


def test_skills_and_a_rate_can_be_said_and_what_has_no_field_stays(
    dialog: ProfileDialog, office: Office, qtbot: QtBot
) -> None:
    office.profile.update({
        "skills": [{"name": "Figma", "years": 8, "aliases": ["UI"]}, {"name": "PHP"}],
        "rates": [
            {"unit": "day", "floor": "500", "target": None, "currency": "CHF"},
            {"unit": "word", "floor": None, "target": "0.12", "currency": "EUR"},
        ],
    })  # fmt: skip
    dialog.open_it()
    qtbot.waitUntil(lambda: dialog._fields["skills"].text() == "Figma, PHP")
    assert dialog._unit.currentData() == "day"
    dialog._fields["skills"].setText("Figma, Book covers")
    dialog._fields["rates.target"].setText("650,50")
    with qtbot.waitSignal(dialog.kept):
        dialog._keep()
    kept = office.profile.get()
    assert [(each.name, each.years) for each in kept.skills] == [
        ("Figma", 8),
        ("Book covers", None),
    ]
    said = [(r.unit, str(r.floor), str(r.target), r.currency) for r in kept.rates]
    assert said == [("day", "500", "650.50", "CHF"), ("word", "None", "0.12", "EUR")]


def test_a_rate_emptied_is_gone(dialog: ProfileDialog, office: Office, qtbot: QtBot) -> None:
    dialog._fields["rates.floor"].setText("60")
    dialog._unit.setCurrentIndex(dialog._unit.findData("hour"))
    with qtbot.waitSignal(dialog.kept):
        dialog._keep()
    (rate,) = office.profile.get().rates
    assert (rate.unit, str(rate.floor), rate.target, rate.currency) == ("hour", "60", None, "EUR")
