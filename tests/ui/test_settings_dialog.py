"""The settings: each with the field that fits it, found by its words, kept at once, refused in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QTimeEdit

from gigdesk.domain.settings import SETTINGS
from gigdesk.ui.kit.checks import Check
from tests.ui.screens import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.settings_dialog import SettingsDialog
    from gigdesk.ui.window import Window

FITS = {
    "choice": QComboBox, "switch": Check, "number": QSpinBox, "time": QTimeEdit,
    "zone": QLineEdit, "text": QLineEdit,
}  # fmt: skip


@pytest.fixture
def dialog(window: Window, bridge: Desk, qtbot: QtBot) -> SettingsDialog:
    window.settings()
    opened = window._dialog
    assert opened is not None
    qtbot.waitUntil(opened.isVisible)
    return opened


def field(dialog: SettingsDialog, key: str) -> Any:
    return dialog._rows[key].field


def test_each_setting_has_the_field_that_fits(dialog: SettingsDialog) -> None:
    assert {
        each.key: type(field(dialog, each.key)) for each in SETTINGS
    } == {each.key: FITS[each.kind] for each in SETTINGS}  # fmt: skip


def test_what_is_chosen_is_kept_at_once(
    dialog: SettingsDialog, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    field(dialog, "morning").setTime(QTime(7, 15))
    field(dialog, "terms_days").setValue(30)
    field(dialog, "text_size").setValue(120)
    field(dialog, "notifications").click()
    tone = field(dialog, "tone")
    tone.activated.emit(1)
    settled(bridge, qtbot)
    get = office.settings.get
    assert (get("morning"), get("terms_days"), get("text_size")) == ("07:15", "30", "1.2")
    assert (get("notifications"), get("tone")) == ("off", "warm")


def test_a_refusal_stands_under_its_field_and_keeps_what_was_typed(
    dialog: SettingsDialog, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    pattern = field(dialog, "invoice_pattern")
    pattern.setText("no number in it")
    pattern.editingFinished.emit()
    settled(bridge, qtbot)
    line = dialog._rows["invoice_pattern"]
    assert line._problem.isVisibleTo(dialog)
    assert line._problem.text()
    assert pattern.text() == "no number in it"
    assert office.settings.get("invoice_pattern") == "{year}-{n:03}"
    pattern.setText("{n:04}")
    pattern.editingFinished.emit()
    settled(bridge, qtbot)
    assert office.settings.get("invoice_pattern") == "{n:04}"
    assert not line._problem.isVisibleTo(dialog)


def test_the_field_at_the_top_finds_settings(dialog: SettingsDialog) -> None:
    dialog._find.setText("quiet notif")
    assert shown(dialog) == {"quiet_from", "quiet_to"}
    dialog._find.setText("zone")
    assert {"zone", "second_zone", "third_zone"} <= shown(dialog)
    assert not dialog._model.isVisibleTo(dialog)
    dialog._find.setText("xyzzy")
    assert shown(dialog) == set()
    assert "xyzzy" in dialog._nothing.text()
    dialog._find.clear()
    assert shown(dialog) == {each.key for each in SETTINGS}


def shown(dialog: SettingsDialog) -> set[str]:
    return {key for key, line in dialog._rows.items() if line.isVisibleTo(dialog)}


def test_what_is_set_elsewhere_is_seen_while_it_is_open(
    dialog: SettingsDialog, office: Office, bridge: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.changed):
        bridge.do(lambda: office.settings.set("backups_kept", "21"))
    qtbot.waitUntil(lambda: field(dialog, "backups_kept").value() == 21)
    assert office.settings.get("backups_kept") == "21"


def test_asked_for_one_setting_it_opens_there_and_else_at_its_top(
    dialog: SettingsDialog, window: Window, qtbot: QtBot
) -> None:
    dialog._find.setText("tone")
    window._on_step("settings:second_zone")
    field = dialog._rows["second_zone"].field
    qtbot.waitUntil(lambda: dialog.focusWidget() is field)
    assert field.isVisible()
    dialog.come_to_model()
    bar = dialog._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    window.settings()
    qtbot.waitUntil(lambda: bar.value() == 0)
