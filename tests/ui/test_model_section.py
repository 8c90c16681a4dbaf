"""The model in the settings: a file is added, used, measured, switched off, forgotten and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.topics import Changed
from gigdesk.ui.model_section import ModelSection
from tests.models import tiny

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

pytestmark = pytest.mark.model


def test_a_model_from_file_to_forgotten(
    office: Office, bridge: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    section = ModelSection(bridge, office)
    qtbot.addWidget(section)
    section.show()
    done: list[Changed[object]] = []
    section.done.connect(done.append)

    section.add(tiny.random(tmp_path / "small.gguf"))
    qtbot.waitUntil(lambda: [each.state for each in office.model.all()] == ["ready"])
    section.use("small")
    qtbot.waitUntil(lambda: section._state.power == "resting")
    section.measure("small")
    qtbot.waitUntil(lambda: "tokens a second" in section._speeds.get("small", ""), timeout=30_000)
    section.switch()
    qtbot.waitUntil(lambda: section._state.power == "off")
    section.switch()
    qtbot.waitUntil(lambda: section._state.power != "off")
    section.remove("small")
    qtbot.waitUntil(lambda: office.model.all() == [])
    qtbot.waitUntil(lambda: "forgotten" in done[-1].words)
    assert done[-1].undo is not None
    bridge.do(done[-1].undo)
    qtbot.waitUntil(lambda: [each.state for each in office.model.all()] == ["in use"])
