"""Writing mails: kept while one types, sent once, taken back whole, never mixed up with drafts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from gigdesk.domain.accounts import Account, AccountId, Endpoint
from gigdesk.domain.errors import Stale
from gigdesk.domain.proposals import ProposalState
from gigdesk.domain.records import Ref
from gigdesk.ui.sheet import Sheet
from gigdesk.ui.tabs.inbox.tab import InboxPage
from gigdesk.ui.tabs.inbox.writing.printing import document_of
from tests.services.test_inbox import brought
from tests.smtp_servers import LOGIN, PASSWORD

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.domain.inbox.unsent import Unsent
    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.inbox.writing.writer import Writer
    from gigdesk.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window, office: Office, tmp_path: Path, qtbot: QtBot) -> InboxPage:
    office.profile.update({"name": "Nino Beridze", "email": LOGIN})
    door = Endpoint("smtp.studio.example", 465)
    office.accounts.add(Account(AccountId(0), "Studio", LOGIN, None, door, LOGIN), PASSWORD)
    for at, (sender, subject) in enumerate((("ada", "Icons"), ("jonas", "Invoice"))):
        (tmp_path / f"{at}.eml").write_text(
            f"From: {sender.title()} <{sender}@x.example>\nTo: {LOGIN}\nSubject: {subject}\n"
            f"Message-ID: <{sender}@x.example>\nDate: Mon, 23 Nov 2026 08:0{at}:00 +0000\n\n"
            "Are 24 pixels enough?\n"
        )
    brought(office, tmp_path / "0.eml", tmp_path / "1.eml")
    found = window.go(1)
    assert isinstance(found, InboxPage)
    found.load()
    qtbot.waitUntil(lambda: found._answerable != 0)
    window.activateWindow()
    return found


def unsent(office: Office) -> list[Unsent]:
    return office.composing.all()


def begun(page: InboxPage, qtbot: QtBot) -> Writer:
    qtbot.waitUntil(page.writer.is_writing)
    return page.writer


def test_what_is_typed_is_kept_without_a_word(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.write()
    writer = begun(page, qtbot)
    assert unsent(office) == [], "nothing was typed yet"
    qtbot.keyClicks(writer.fields.subject, "Offer")
    qtbot.keyClicks(writer.fields.body, "Hi ")
    qtbot.waitUntil(lambda: [each.subject for each in unsent(office)] == ["Offer"])
    qtbot.keyClicks(writer.fields.body, "Ada")
    qtbot.waitUntil(lambda: unsent(office)[0].body.startswith("Hi Ada"))
    assert len(unsent(office)) == 1
    qtbot.waitUntil(lambda: writer._state.accessibleName() == "Kept at 09:30")


def test_a_mail_that_was_not_touched_is_nothing(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.reply()
    writer = begun(page, qtbot)
    qtbot.keyClick(writer.fields.body, Qt.Key.Key_Escape)
    assert not writer.is_writing()
    assert unsent(office) == []


def test_an_answer_is_left_and_gone_on_with(page: InboxPage, office: Office, qtbot: QtBot) -> None:
    page.reply_all()
    writer = begun(page, qtbot)
    assert writer.fields.to.text() == "Jonas <jonas@x.example>"
    assert writer.fields.subject.text() == "Re: Invoice"
    qtbot.keyClicks(writer.fields.body, "Yes")
    page.step(1)
    assert not writer.is_writing(), "another conversation was chosen"
    qtbot.waitUntil(lambda: [each.body[:3] for each in unsent(office)] == ["Yes"])
    page.show_unsent()
    qtbot.waitUntil(lambda: bool(page.window().findChildren(Sheet)))
    (sheet,) = page.window().findChildren(Sheet)
    qtbot.waitUntil(lambda: sheet._model.rowCount() == 1)
    qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
    begun(page, qtbot)
    qtbot.waitUntil(lambda: writer.fields.body.toPlainText().startswith("Yes"))


def test_what_is_typed_while_it_is_being_kept_is_kept_too(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.write()
    writer = begun(page, qtbot)
    qtbot.keyClicks(writer.fields.subject, "One")
    writer.keep()
    assert writer._keeping
    qtbot.keyClicks(writer.fields.subject, " two")
    writer.leave()
    qtbot.waitUntil(lambda: [each.subject for each in unsent(office)] == ["One two"])


def test_it_is_sent_by_key_and_comes_back_by_undo(
    page: InboxPage, office: Office, window: Window, qtbot: QtBot
) -> None:
    page.reply()
    writer = begun(page, qtbot)
    qtbot.keyClicks(writer.fields.body, "Yes, they are.")
    qtbot.keyClick(writer.fields.body, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(office.sending.all()) == 1)
    qtbot.waitUntil(lambda: not writer.is_writing())
    assert unsent(office) == []
    assert office.sending.all()[0].body.startswith("Yes, they are.")
    window.undo()
    qtbot.waitUntil(writer.is_writing)
    qtbot.waitUntil(lambda: writer.fields.body.toPlainText().startswith("Yes, they are."))
    assert office.sending.all() == []
    assert writer.fields.to.text() == "Jonas <jonas@x.example>"


def test_sending_at_once_after_the_first_word_sends_one(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.write()
    writer = begun(page, qtbot)
    qtbot.keyClicks(writer.fields.to, "ada@x.example")
    writer.keep()
    writer.send()
    writer.send()
    qtbot.waitUntil(lambda: not writer.is_writing())
    assert len(office.sending.all()) == 1
    assert unsent(office) == []


def test_what_is_missing_is_said_and_nothing_is_lost(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.write()
    writer = begun(page, qtbot)
    qtbot.keyClicks(writer.fields.subject, "Offer")
    with qtbot.waitSignal(writer.troubled) as told:
        writer.send()
    assert "nobody to go to" in str(told.args[0])
    assert writer.is_writing()
    qtbot.waitUntil(lambda: [each.subject for each in unsent(office)] == ["Offer"])


def test_a_draft_out_of_sight_is_not_approved(
    page: InboxPage, office: Office, window: Window, qtbot: QtBot
) -> None:
    page._reading.composer.begin()
    qtbot.waitUntil(lambda: len(office.proposals.waiting()) == 1)
    composer = page._reading.composer
    qtbot.waitUntil(lambda: composer.proposal is not None)
    page.write()
    writer = begun(page, qtbot)
    page._list.setFocus()
    qtbot.keyClick(page._list, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(writer.fields.body, Qt.Key.Key_Return, CTRL)
    qtbot.wait(50)
    (proposal,) = office.proposals.waiting()
    assert proposal.state is ProposalState.WAITING
    assert office.sending.all() == []


def test_known_people_are_offered_and_taken_by_key(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.write()
    field = begun(page, qtbot).fields.to
    field.setFocus()
    qtbot.keyClicks(field, "ad")
    qtbot.waitUntil(lambda: field.offers() == ["Ada <ada@x.example>"])
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "Ada <ada@x.example>, "
    qtbot.keyClicks(field, "jon")
    qtbot.waitUntil(lambda: field.offers() == ["Jonas <jonas@x.example>"])
    field._popup.hide()
    field.setCursorPosition(2)
    field.put("Adam <adam@n.example>")
    assert field.text() == "Adam <adam@n.example>, jon"


def test_files_dropped_go_along_and_can_be_left_out(
    page: InboxPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    page.write()
    writer = begun(page, qtbot)
    (tmp_path / "offer.pdf").write_bytes(b"%PDF")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "offer.pdf"))])
    writer.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(unsent(office)) and len(unsent(office)[0].files) == 1)
    assert writer.mail is not None
    writer.fields.file_removed.emit(writer.mail.files[0])
    qtbot.waitUntil(lambda: unsent(office)[0].files == ())


def test_a_template_stands_above_the_signature(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.reply()
    writer = begun(page, qtbot)
    template = office.composing.templates(writer.fields.to.text())[0]
    writer._extras._put(template)
    body = writer.fields.body.toPlainText()
    assert body.index("come back to my last mail") < body.index("\n-- \nNino Beridze")
    assert body.count("> Are 24 pixels enough?") == 1
    assert writer.fields.subject.text() == "Re: Invoice", "a subject that stands is kept"


def test_a_mail_changed_elsewhere_is_kept_as_its_own(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.write()
    writer = begun(page, qtbot)
    qtbot.keyClicks(writer.fields.subject, "Here")
    qtbot.waitUntil(lambda: len(unsent(office)) == 1)
    office.composing.keep(replace(unsent(office)[0], subject="Elsewhere"))
    with qtbot.waitSignal(writer.troubled) as told:
        qtbot.keyClicks(writer.fields.subject, " again")
    assert isinstance(told.args[0], Stale)
    qtbot.waitUntil(
        lambda: {each.subject for each in unsent(office)} == {"Elsewhere", "Here again"}
    )


def test_another_account_signs_in_its_way(page: InboxPage, office: Office, qtbot: QtBot) -> None:
    door = Endpoint("smtp.other.example", 465)
    other = Account(AccountId(0), "Other", "nino@other.example", None, door, "nino")
    other = office.accounts.add(other, PASSWORD).value
    office.composing.sign(other.id, "N. B.")
    page.write()
    writer = begun(page, qtbot)
    qtbot.waitUntil(lambda: writer.fields._rows["from"].isVisible())
    writer.fields._chosen(other)
    qtbot.waitUntil(lambda: "-- \nN. B." in writer.fields.body.toPlainText())
    assert "Nino Beridze" not in writer.fields.body.toPlainText()
    assert writer.mail is not None
    assert writer.mail.account == other.id


def test_it_is_opened_from_anywhere(
    page: InboxPage, office: Office, window: Window, qtbot: QtBot
) -> None:
    kept = office.composing.keep(replace(office.composing.new("a@b.example"), subject="Hi")).value
    window.go(0)
    window.open(Ref("unsent", kept.id))
    writer = begun(page, qtbot)
    assert writer.fields.subject.text() == "Hi"
    writer.throw_away()
    qtbot.waitUntil(lambda: unsent(office) == [])


def test_paper_shows_words_and_no_markup() -> None:
    document = document_of("A <b>", [("To", "x & y"), ("Copy", "")], "1 < 2\n<img src=x>")
    words = document.toPlainText()
    assert "1 < 2" in words
    assert "<img src=x>" in words
    assert "x & y" in words
    assert "Copy" not in words


def test_a_conversation_says_that_an_answer_was_begun(
    page: InboxPage, office: Office, qtbot: QtBot
) -> None:
    page.reply()
    writer = begun(page, qtbot)
    assert page._go_on.isHidden()
    qtbot.keyClicks(writer.fields.body, "Yes")
    writer.leave()
    qtbot.waitUntil(lambda: len(unsent(office)) == 1)
    qtbot.waitUntil(page._go_on.isVisible)
    page._go_on.click()
    begun(page, qtbot)
    qtbot.waitUntil(lambda: writer.fields.body.toPlainText().startswith("Yes"))
    writer.throw_away()
    qtbot.waitUntil(page._go_on.isHidden)
