"""Quotes and signatures folded to a line that opens, links told before they open, long mails whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QMouseEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from gigdesk.ui.tabs.inbox.body import MailText
from gigdesk.ui.tabs.inbox.whole import LINE_MOST, WholeText, cut
from tests.letters import receive
from tests.ui.inbox.conftest import Filled, receive_html
from tests.ui.inbox.test_reading import button, said, text_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.ui.tabs.inbox.tab import InboxPage

ANSWER = (
    "Passt so.\n\nViele Grüße\nJonas\nBrückner GmbH\nRing 2, 50667 Köln\n+49 221 555 01\n\n"
    "Am 02.11.2026 um 10:00 schrieb Nino Beridze:\n\n> eins\n> zwei\n> drei\n"
)


def test_the_child_looks_closer_and_each_fold_opens_by_its_line(
    filled: Filled, qtbot: QtBot
) -> None:
    page = filled(lambda office: receive(office, ANSWER))
    text = text_of(page)
    qtbot.waitUntil(lambda: "schrieb" not in text.toPlainText())
    seen = text.toPlainText()
    assert "Jonas" in seen
    assert "› Signature" in seen
    assert "quoted lines" in seen
    assert "+49" not in seen
    text.anchorClicked.emit(QUrl("gigdesk:fold/0"))
    assert "+49 221" in text.toPlainText()
    assert "> zwei" not in text.toPlainText()
    text.anchorClicked.emit(QUrl("gigdesk:fold/1"))
    assert "schrieb Nino" in text.toPlainText()
    words = [line.strip() for line in ANSWER.split("\n") if line.strip()]
    assert [line for line in text.toPlainText().split("\n") if line.strip()] == words


def test_what_the_person_opened_is_not_folded_again(dressed: QApplication) -> None:
    text = MailText()
    text.show_plain("a\n> 1\n> 2\n> 3\nb")
    text.open_fold(0)
    text.fold_again([])
    assert "> 2" in text.toPlainText()
    for link in ("gigdesk:fold/9", "gigdesk:fold/x", "gigdesk:else"):
        text.anchorClicked.emit(QUrl(link))


QUOTING = (
    '<p>New words</p><div class="gmail_signature">Ada GmbH</div><div class="gmail_quote">'
    "<div>On Mon Nino wrote:</div><blockquote><p>old words</p></blockquote></div>"
)


def test_quotes_in_html_open_by_their_line(filled: Filled, qtbot: QtBot) -> None:
    page = filled(lambda office: receive_html(office, QUOTING))
    text = text_of(page)
    assert "old words" not in text.toPlainText()
    assert "Ada GmbH" not in text.toPlainText()
    text.anchorClicked.emit(QUrl("gigdesk:fold/1"))
    assert "old words" in text.toPlainText()
    text.anchorClicked.emit(QUrl("gigdesk:fold/0"))
    assert "Ada GmbH" in text.toPlainText()
    page._reading.switch()
    plain = text_of(page).toPlainText()
    assert "old words" in plain or "quoted" in plain


def test_a_heavy_quote_does_not_make_a_mail_plain(filled: Filled) -> None:
    heavy = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 2500 + "</table>"
    page = filled(
        lambda office: receive_html(
            office, f'<p>New <b>words</b></p><div class="gmail_quote">{heavy}</div>'
        )
    )
    text = text_of(page)
    assert text.rich
    text.open_fold(0)
    (whole,) = page._reading.findChildren(WholeText)
    assert "New words" in whole.toPlainText()


def test_a_long_mail_says_so_and_shows_all_behind_a_word(filled: Filled, qtbot: QtBot) -> None:
    long = "".join(f"line {at}\n" for at in range(9000))
    page = filled(lambda office: receive(office, long, subject="Long"))
    assert "longer than is laid out at once" in said(page)
    assert "line 8999" not in text_of(page).toPlainText()
    button(page, "Show all").click()
    (whole,) = page._reading.findChildren(WholeText)
    qtbot.waitUntil(lambda: whole.is_whole)
    assert whole.toPlainText().strip() == long.strip()
    qtbot.waitUntil(lambda: not button(page, "Show all").isVisible())


def test_a_long_fold_opens_where_it_can_be_scrolled(filled: Filled, qtbot: QtBot) -> None:
    quoted = "".join(f"> line {at}\n" for at in range(20_000))
    page = filled(lambda office: receive(office, f"Yes.\n\n{quoted}"))
    text = text_of(page)
    assert not text.shortened, "what is folded weighs nothing"
    text.open_fold(0)
    (whole,) = page._reading.findChildren(WholeText)
    qtbot.waitUntil(lambda: whole.is_whole)
    assert "> line 19999" in whole.toPlainText()


def test_endless_lines_are_cut_for_the_layout_and_copied_whole(dressed: QApplication) -> None:
    words = "x" * 200_000 + "\nshort\n" + "word " * 5000
    whole = WholeText(words)
    assert max(map(len, whole.toPlainText().split("\n"))) <= LINE_MOST + 1
    whole.selectAll()
    assert whole.createMimeDataFromSelection().text() == words
    assert cut("short\r\nlines\r") == ["short", "lines", ""]


# --- links ------------------------------------------------------------------------------------------
LINKS = (
    '<p><a href="https://xn--brckner-o2a.example/pay?utm_source=x&amp;id=7">Pay</a>'
    ' <a href="https://www.google.com/url?q=https%3A%2F%2Fshop.example%2Fa">Shop</a>'
    ' <a href="https://evil.example/login">bank.example</a> <a href="mailto:a@b.example">Ada</a></p>'
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    yes = QMessageBox.StandardButton.Yes
    monkeypatch.setattr(QMessageBox, "question", lambda *a: (heard.append(a[2]), yes)[1])
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: heard.append(url.toString()))
    return heard


def links_of(page: InboxPage) -> MailText:
    text = text_of(page)
    assert text.rich
    return text


def test_a_host_in_foreign_letters_is_asked_as_what_it_is(filled: Filled, asked: list[str]) -> None:
    text = links_of(filled(lambda office: receive_html(office, LINKS)))
    link = "https://xn--brckner-o2a.example/pay?id=7"
    text.anchorClicked.emit(QUrl(link))
    question, opened = asked
    assert "Open xn--brckner-o2a.example in the browser?" in question
    assert "“brückner.example”" in question
    assert "utm" not in question
    assert (
        QUrl(opened).host(QUrl.ComponentFormattingOption.FullyEncoded) == "xn--brckner-o2a.example"
    )
    assert text.told(link) == "xn--brckner-o2a.example (brückner.example)"


def test_words_that_name_another_host_are_warned_of(filled: Filled, asked: list[str]) -> None:
    text = links_of(filled(lambda office: receive_html(office, LINKS)))
    text.anchorClicked.emit(QUrl("https://evil.example/login"))
    assert "Its words say bank.example. It goes to evil.example." in asked[0]
    assert text.told("https://evil.example/login") == "Says bank.example, goes to evil.example"


def test_a_door_is_gone_through_before_it_is_asked(filled: Filled, asked: list[str]) -> None:
    text = links_of(filled(lambda office: receive_html(office, LINKS)))
    assert "google" not in text._markup
    text.anchorClicked.emit(QUrl("https://shop.example/a"))
    assert asked[1] == "https://shop.example/a"


def test_a_door_in_plain_text_is_gone_through_as_well(filled: Filled, asked: list[str]) -> None:
    door = "https://l.facebook.com/l.php?u=https%3A%2F%2Fshop.example%2Fa%3Ffbclid%3D1&h=x"
    page = filled(lambda office: receive(office, f"See {door}"))
    text_of(page).anchorClicked.emit(QUrl(door))
    assert "Open shop.example" in asked[0]
    assert asked[1] == "https://shop.example/a"


def test_an_address_is_told_and_asked(filled: Filled, asked: list[str]) -> None:
    text = links_of(filled(lambda office: receive_html(office, LINKS)))
    assert text.told("mailto:a@b.example?subject=x") == "a@b.example"
    text.anchorClicked.emit(QUrl("mailto:a@b.example"))
    assert asked == ["Open a@b.example?", "mailto:a@b.example"]


def test_a_link_tells_its_host_under_the_pointer(filled: Filled, qtbot: QtBot) -> None:
    page = filled(lambda office: receive_html(office, LINKS))
    qtbot.waitUntil(lambda: links_of(page).height() > 10)
    text, told = links_of(page), set()
    none = Qt.MouseButton.NoButton
    for y in range(4, text.height(), 6):
        for x in range(2, 300, 6):
            # Straight to the text: nothing is laid anew, and thrown away, between two of them.
            here = QPointF(x, y)
            move = QMouseEvent(
                QEvent.Type.MouseMove, here, here, none, none, Qt.KeyboardModifier.NoModifier
            )
            QApplication.sendEvent(text.viewport(), move)
            told.add(text.viewport().toolTip())
    assert told == {
        "", "shop.example", "Says bank.example, goes to evil.example", "a@b.example",
        "xn--brckner-o2a.example (brückner.example)",
    }  # fmt: skip
