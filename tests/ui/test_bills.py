"""The list of bills over the work: opened by key and by a chip, taken out with a way back, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from gigdesk.domain.records import Ref
from gigdesk.ui.bills import Bills
from gigdesk.ui.sheet import SheetLine
from tests.services.handoff.mails import with_file
from tests.services.handoff.papers import cii

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office
    from gigdesk.ui.window import Window


@pytest.fixture
def kept(office: Office) -> list[int]:
    """Two bills that are kept; their mails."""
    office.profile.update({"email": "nino@beridze.example"})
    mails = []
    for number, code in (("2026-1", "380"), ("2026-2", "381")):
        mail = with_file(office, cii(number, code=code), f"{number}.xml", "application/xml")
        (bill,) = office.handoff.bills.of(office.inbox.mail(mail))
        office.proposals.approve(office.handoff.bills.propose(mail, bill).value.id)
        mails.append(mail)
    return mails


def opened(window: Window, qtbot: QtBot) -> Bills:
    qtbot.waitUntil(lambda: bool(window.findChildren(Bills)))
    (sheet,) = window.findChildren(Bills)
    qtbot.waitUntil(lambda: sheet._model.rowCount() > 0)
    return sheet


def lines(sheet: Bills) -> list[SheetLine]:
    return [each for each in sheet._model._records if isinstance(each, SheetLine)]


def test_a_bill_is_found_taken_out_and_brought_back(
    kept: list[int], window: Window, office: Office, qtbot: QtBot
) -> None:
    first = office.handoff.bills.all()[1]
    window.open(Ref("expense", first.id))
    sheet = opened(window, qtbot)
    assert [(each.title, each.figure) for each in lines(sheet)] == [
        ("Hostbird GmbH", "-€119.00"), ("Hostbird GmbH", "€119.00"),
    ]  # fmt: skip
    assert lines(sheet)[1].words == "2026-1 · 12 Nov 2026 · due 26 Nov 2026"
    assert sheet.view.currentIndex().row() == 1, "the one that was asked for"
    assert lines(sheet)[1].ref == Ref("mail", kept[0])
    with qtbot.waitSignal(sheet.done) as done:
        qtbot.keyClick(sheet.view, Qt.Key.Key_X)
    assert [each.number for each in office.handoff.bills.all()] == ["2026-2"]
    office.writer.use(lambda call: call())
    done.args[0].undo()
    assert len(office.handoff.bills.all()) == 2
    sheet.close_it()


def test_the_file_a_bill_came_in_is_saved(
    kept: list[int], window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.go(4)
    page.show_bills()  # type: ignore[attr-defined]
    sheet = opened(window, qtbot)
    place = tmp_path / "saved.xml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    qtbot.keyClick(sheet.view, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: sheet._said.text() == "Saved as saved.xml")
    assert place.read_bytes() == cii("2026-2", code="381")
    sheet.close_it()


def test_a_client_says_what_is_only_guessed_of_it(office: Office) -> None:
    from gigdesk.ui import sheets
    from tests.letters import receive

    mail = receive(
        office, "Hallo, wir suchen jemanden für unsere Seite.", sender="Ada <ada@lee.de>"
    )
    people = office.handoff.newcomers
    values = {each.field: each.value for each in people.of(office.inbox.mail(mail)).guesses}
    client = people.make(mail, values, ["name", "contact", "language"]).value
    said = [str(each) for each in sheets.client(office, client.id)]
    assert any("Country: DE. Guessed. The address ends in .de." in each for each in said)
    assert not any("Language" in each for each in said)
