"""The files of a mail: marked, opened as copies after a warning, saved together, mails among them read."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from gigdesk.domain.errors import Trouble
from gigdesk.ui.kit.words import Chip
from gigdesk.ui.tabs.inbox.enclosed_sheet import MailSheet
from gigdesk.ui.tabs.inbox.files import Files
from tests.letters import receive_raw
from tests.ui.inbox.conftest import Filled, png

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.domain.inbox.mails import Attachment
    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.inbox.tab import InboxPage

NAMES = ("brief.pdf", "prices.xlsm", "invoice.pdf.exe", "setup.sh", "page.html", "a.csv", "a.csv")


def message(subject: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Ada <a@x.example>", "me@me.example", subject
    made["Date"] = "Mon, 23 Nov 2026 08:00:00 +0100"
    made.set_content(f"The words of {subject}")
    return made


def enclosing(office: Office) -> int:
    inner = message("The old plan")
    inner.add_alternative("<p>The <b>old</b> plan</p>", subtype="html")
    inner.add_attachment(png(8, 8), maintype="image", subtype="png", filename="plan.png")
    outer = message("Files")
    for name in NAMES:
        outer.add_attachment(b"1,2", maintype="application", subtype="octet-stream", filename=name)
    outer.add_attachment(inner)
    return receive_raw(office, outer.as_bytes())


@pytest.fixture
def page(filled: Filled) -> InboxPage:
    return filled(enclosing)


def files(page: InboxPage) -> Files:
    return page._reading.findChildren(Files)[-1]


def file(page: InboxPage, name: str) -> Attachment:
    return next(each for each in files(page)._files if each.name == name)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    heard: list[Path] = []

    def open_it(url: QUrl) -> bool:
        heard.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_it)
    return heard


def test_each_file_says_what_it_is(page: InboxPage) -> None:
    chips = {each.accessibleName(): each._kind for each in files(page).findChildren(Chip)}
    assert chips == {
        "brief.pdf · 3 B": "plain",
        "prices.xlsm · 3 B · may hold macros": "warn",
        "invoice.pdf.exe · 3 B · hides that it is a program": "bad",
        "setup.sh · 3 B · program": "bad",
        "page.html · 3 B": "plain",
        "a.csv · 3 B": "plain",
        next(name for name in chips if name.startswith("The old plan.eml")): "plain",
    }


def test_a_chip_offers_what_can_be_done(page: InboxPage) -> None:
    def offers(name: str) -> list[str]:
        return [each.text() for each in files(page).menu(file(page, name)).actions()]

    assert offers("brief.pdf") == ["Open a copy", "Save as"]
    assert offers("The old plan.eml") == ["Read it here", "Open a copy", "Save as"]


def test_a_document_opens_as_a_copy_that_goes(
    page: InboxPage, qtbot: QtBot, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: pytest.fail("asked"))
    with qtbot.waitSignal(page.said) as heard:
        files(page).open(file(page, "brief.pdf"))
    assert "copy" in heard.args[0]
    (copy,) = opened
    assert copy.name == "brief.pdf"
    assert copy.is_relative_to(page.office.home)
    assert copy.stat().st_mode & 0o777 == 0o400
    page.office.attachments.clear()
    assert not copy.exists()


@pytest.mark.parametrize("name", ["invoice.pdf.exe", "setup.sh", "prices.xlsm", "page.html"])
@pytest.mark.parametrize("yes", [True, False])
def test_what_may_do_harm_is_asked_about_first(
    page: InboxPage,
    qtbot: QtBot,
    opened: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    *,
    yes: bool,
) -> None:
    asked: list[tuple[object, ...]] = []
    answer = QMessageBox.StandardButton.Yes if yes else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "warning", lambda *a: (asked.append(a), answer)[1])
    files(page).open(file(page, name))
    assert name in str(asked[0][2])
    assert asked[0][4] == QMessageBox.StandardButton.No, "Enter opens nothing"
    if yes:
        qtbot.waitUntil(lambda: len(opened) == 1)
        assert not opened[0].stat().st_mode & 0o111
    else:
        assert not (page.office.home / "lent").exists()


def test_where_no_program_opens_it_that_is_told(
    page: InboxPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    with qtbot.waitSignal(page.troubled) as told:
        files(page).open(file(page, "brief.pdf"))
    assert isinstance(told.args[0], Trouble)


def test_all_are_saved_at_once_over_nothing(
    page: InboxPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "brief.pdf").write_text("mine")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    with qtbot.waitSignal(page.said) as heard:
        page._reading.save_files()
    assert "Saved 8 files" in heard.args[0]
    assert (tmp_path / "brief.pdf").read_text() == "mine"
    assert {"brief (2).pdf", "a.csv", "a (2).csv", "The old plan.eml"} <= {
        each.name for each in tmp_path.iterdir()
    }


def test_an_enclosed_mail_is_read_over_the_work(page: InboxPage, qtbot: QtBot) -> None:
    mail = file(page, "The old plan.eml")
    action = files(page).menu(mail).actions()[0]
    action.trigger()
    sheet = page.window().findChild(MailSheet)
    assert sheet is not None
    qtbot.waitUntil(lambda: bool(sheet.findChildren(Files)))
    words = [each.text() for each in sheet.findChildren(QLabel)]
    assert "The old plan" in words
    (inner,) = sheet.findChildren(Files)
    assert [each.name for each in inner._files] == ["plan.png"]
    qtbot.keyClick(sheet, Qt.Key.Key_V)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.window().findChild(MailSheet) is None)


def test_a_file_of_an_enclosed_mail_is_saved(
    page: InboxPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page._reading.read_within(files(page)._place.inside(file(page, "The old plan.eml").number))
    sheet = page.window().findChild(MailSheet)
    assert sheet is not None
    qtbot.waitUntil(lambda: bool(sheet.findChildren(Files)))
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "plan.png"), "")
    )
    (inner,) = sheet.findChildren(Files)
    with qtbot.waitSignal(page.said):
        inner.save(inner._files[0])
    assert (tmp_path / "plan.png").read_bytes() == png(8, 8)
    sheet.close_it()


def test_a_mail_that_cannot_be_taken_out_is_told(page: InboxPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.troubled) as told:
        page._reading.read_within(files(page)._place.inside(99))
    assert isinstance(told.args[0], Trouble)
