"""The reading pane: nothing is fetched, nothing stalls, nothing is overwritten."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMessageBox

from gigdesk.domain.errors import Trouble
from gigdesk.ui.kit.words import Chip
from gigdesk.ui.tabs.inbox.body import MailText
from gigdesk.ui.tabs.inbox.files import Files
from gigdesk.ui.tabs.inbox.pictures import MOST_PIXELS, Album, decoded
from gigdesk.ui.tabs.inbox.tab import InboxPage
from gigdesk.ui.tabs.inbox.weighing import (
    _TAG,
    BREAK,
    HEAVIEST,
    LARGEST,
    WIDEST,
    WORD_MOST,
    _Making,
    broken,
    fitting,
    prepared,
    weight_of,
)
from gigdesk.worker.mail_reader.markup import sanitised
from tests.letters import receive, receive_raw
from tests.ui.inbox.conftest import Filled, png, receive_html, with_picture
from tests.ui.inbox.test_inbox_list import choose

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gigdesk.services.office import Office


def texts(page: InboxPage) -> list[MailText]:
    return page._reading.findChildren(MailText)


def text_of(page: InboxPage) -> MailText:
    return texts(page)[-1]


def button(page: InboxPage, words: str) -> QAbstractButton:
    return next(
        each for each in page._reading.findChildren(QAbstractButton) if each.text() == words
    )


def said(page: InboxPage) -> str:
    return "\n".join(each.text() for each in page._reading.findChildren(QLabel))


class Listener:
    """Counts the connections to a port of this machine."""

    def __init__(self) -> None:
        self.hits = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.place = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


TRACKERS = (
    '<img src="{p}/a.png">', '<table background="{p}/b"><tr><td background="{p}/c">x</td></tr></table>',
    '<link rel="stylesheet" href="{p}/d"><style>@import url({p}/e); p {{background: url({p}/f)}}</style>',
    '<p style="background-image: url({p}/g)">x</p><iframe src="{p}/h"></iframe>',
    '<img src="//127.0.0.1/i"><img srcset="{p}/j"><video poster="{p}/k"></video>',
    '<img src="file:///etc/hostname"><object data="{p}/l"></object><svg><image href="{p}/m"/></svg>',
)  # fmt: skip


def shown_raw(markup: str) -> MailText:
    """Markup handed to the widget as it is: the second wall, when the first had a hole."""
    text = MailText()
    text.resize(700, 400)
    text.show_html(markup)
    text.grab()
    return text


@pytest.mark.parametrize("markup", TRACKERS)
@pytest.mark.parametrize("clean", [True, False])
def test_nothing_is_fetched(
    dressed: QApplication, listener: Listener, markup: str, *, clean: bool
) -> None:
    markup = markup.format(p=listener.place)
    found = prepared(sanitised(markup).html if clean else markup)
    assert found is not None
    text = shown_raw(found.html if clean else markup.replace("<img srcset", "<img src"))
    dressed.processEvents()
    assert listener.hits == 0
    place = QUrl.fromLocalFile(__file__)
    kinds = QTextDocument.ResourceType
    empty = text.loadResource(kinds.ImageResource.value, place)
    assert (empty.width(), empty.height()) == (1, 1), "none at all would make Qt read the file"
    assert not text.loadResource(kinds.StyleSheetResource.value, listener.place)
    assert not text.loadResource(kinds.HtmlResource.value, place)


def test_a_file_of_this_machine_is_no_picture(dressed: QApplication, tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(png(300, 300))
    for source in (str(tmp_path / "own.png"), (tmp_path / "own.png").as_uri()):
        assert shown_raw(f'<img src="{source}">').document().size().height() < 100


@pytest.mark.slow
@pytest.mark.shared_data
def test_nothing_is_fetched_over_the_outsiders_mails(
    office: Office, shared: Path, listener: Listener, dressed: QApplication
) -> None:
    list(office.inbox.import_paths([shared / "mail"]))
    rich = 0
    for line in office.inbox.lines(limit=5000):
        markup = office.inbox.mail(line.id).html
        found = prepared(markup.replace("https://", f"{listener.place}/")) if markup else None
        if found is not None and found.weight <= HEAVIEST:
            rich += 1
            shown_raw(found.html).deleteLater()
    for path in (shared / "mail" / "cure53+DOMPurify").rglob("*"):
        if path.is_file() and path.stat().st_size < 1_000_000:
            vectors = sanitised(path.read_text("utf-8", "replace")).html
            found = prepared(vectors)
            if found is not None and found.weight <= HEAVIEST:
                shown_raw(found.html).deleteLater()
    dressed.processEvents()
    assert rich > 50
    assert listener.hits == 0


# --- what is too heavy ------------------------------------------------------------------------------
def nested(deep: int, inner: str) -> str:
    return "<table><tr><td>" * deep + inner + "</td></tr></table>" * deep


HEAVY = {
    "rows": "<table>" + "<tr><td>a</td><td>b</td></tr>" * 3000 + "</table>",
    "lines": "a<br>" * 8000,
    "words": "<p>" + "lorem ipsum " * 20_000 + "</p>",
    "cells": ("<table><tr>" + "<td>a</td>" * 1500 + "</tr></table>") * 3,
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_html_is_shown_as_plain_text(filled: Filled, name: str) -> None:
    found = prepared(sanitised(HEAVY[name]).html)
    assert found is None or found.weight > HEAVIEST
    page = filled(lambda office: receive_html(office, HEAVY[name]))
    text = text_of(page)
    assert "<table" not in text._markup
    assert weight_of(text.toPlainText()) <= HEAVIEST + 100
    assert text.toPlainText().strip()


def test_tables_in_tables_are_made_flat() -> None:
    found = prepared(sanitised(nested(8, "<p>deep</p>") * 20).html)
    assert found is not None
    deepest = deep = 0
    for piece in found.html.split("<"):
        deep += piece.startswith("table") - piece.startswith("/table")
        deepest = max(deep, deepest)
    assert deepest == 2
    assert found.html.count("deep") == 20
    assert found.html.count("<div>") == found.html.count("</div>")


def test_what_one_conversation_weighs_is_shared(filled: Filled) -> None:
    long = "".join(f"line {at}\n" for at in range(1900))

    def fill(office: Office) -> None:
        receive(office, "first\n" + long, subject="Long")
        receive(office, "second\n" + long, subject="Re: Long", References="<1@brueckner.example>")

    page = filled(fill)
    assert len(texts(page)) == 2
    first, second = (each.toPlainText() for each in texts(page))
    assert second.startswith("second")
    assert "line 1899" in second
    assert first.startswith("first")
    assert "line 1899" not in first
    assert "longer than is laid out at once" in said(page)


def test_too_much_html_is_not_looked_at() -> None:
    assert prepared("x" * (LARGEST + 1)) is None


def test_plain_text_is_cut_by_letters_and_by_lines() -> None:
    assert fitting("abc\n" * 5, 100) == "abc\n" * 5
    assert weight_of(fitting("\n" * 10_000, 100)) <= 101
    assert weight_of(fitting("x" * 100_000, 100)) <= 101


def longest(words: str) -> int:
    """The letters of the longest word, as Qt breaks lines."""
    return max(map(len, words.replace(BREAK, " ").replace("\n", " ").split(" ")), default=0)


ENDLESS = {
    "one": "x" * 150_000,
    "words": "a " + "x" * 401 + " b",
    "no break": "\u00a0".join(["word"] * 5_000),
    "over elements": "<b>" + "</b><i>".join(["x" * 90] * 800) + "</i>",
    "entities": "&amp;" * 5_000,
    "link": f'<a href="https://x.example/{"p" * 1500}">{"p" * 1500}</a>',
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_words_may_break_and_are_read_as_sent(dressed: QApplication, name: str) -> None:
    markup = sanitised(f"<p>{ENDLESS[name]}</p>").html
    found = prepared(markup)
    assert found is not None
    assert found.weight <= HEAVIEST
    assert found.html.replace(BREAK, "") == prepared_words(markup)
    text = shown_raw(found.html)
    assert longest(text.toPlainText()) <= 2 * WORD_MOST
    text.selectAll()
    copied = text.createMimeDataFromSelection()
    assert BREAK not in copied.text() + copied.html()
    assert len(copied.text()) > 400


def prepared_words(markup: str) -> str:
    """The same markup where every word is short enough: nothing is put in."""
    made = _Making()
    return _TAG.sub(made.tag, markup)


def test_endless_words_of_plain_text_may_break(dressed: QApplication) -> None:
    address = f"https://x.example/{'p' * 1500}"
    text = MailText()
    text.show_plain(f"{'x' * 150_000}\n{'short ' * 200}\n> {'q' * 900}\n{address}")
    assert longest(text.toPlainText()) <= WORD_MOST
    assert f'href="{address}"' in text._markup
    assert broken("short words, " * 1000) == "short words, " * 1000


def test_spans_and_sizes_stay_modest() -> None:
    found = prepared(
        sanitised('<table><tr><td colspan="9999">a</td></tr></table>'
                  '<img src="cid:a" width="9000" height="2"><img alt="A &amp; B" src="http://x/">').html
    )  # fmt: skip
    assert found is not None
    assert "9999" not in found.html
    assert "9000" not in found.html
    assert "cid:a" in found.html
    assert "A &amp; B" in found.html
    assert found.html.count("<img") == 1


# --- pictures ---------------------------------------------------------------------------------------
def picture(text: MailText, cid: str) -> Any:
    return text.document().resource(
        QTextDocument.ResourceType.ImageResource.value, QUrl(f"cid:{cid}")
    )


def test_its_own_pictures_are_shown_no_wider_than_the_column(filled: Filled, qtbot: QtBot) -> None:
    markup = '<p>x</p><img src="cid:pic+1@b.example"><img src="cid:other"><img src="http://127.0.0.1:9/x">'
    raw = with_picture(markup, png(2000, 100), "pic+1@b.example")
    page = filled(lambda office: receive_raw(office, raw))
    text = text_of(page)
    qtbot.waitUntil(lambda: bool(text._pictures))
    (image,) = text._pictures.values()
    assert image.width() == min(WIDEST, text.viewport().width())
    assert text.horizontalScrollBar().maximum() == 0
    shown = picture(text, "pic+1@b.example")
    assert isinstance(shown, QImage)
    assert shown.size() == image.size()
    assert picture(text, "other").width() == 1
    qtbot.waitUntil(lambda: text.height() > 40)


def test_a_part_that_is_no_picture_is_not_decoded(dressed: QApplication) -> None:
    assert decoded(b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>") is None
    assert decoded(b"%PDF-1.7") is None
    assert decoded(b"") is None
    assert decoded(png(20, 10)[:40]) is None
    small = decoded(png(20, 10))
    assert small is not None
    assert (small.width(), small.height()) == (20, 10)


def test_a_picture_that_unpacks_to_too_much_is_not_decoded(dressed: QApplication) -> None:
    side = int(MOST_PIXELS**0.5) + 10
    data = png(side, side)
    assert len(data) < 1_000_000
    assert decoded(data) is None


def test_pictures_of_one_mail_are_kept_within_what_there_is(dressed: QApplication) -> None:
    album = Album()
    album.keep("none", None)
    for at in range(4):
        album.keep(str(at), QImage(4000, 4000, QImage.Format.Format_Mono))
    album.keep("small", QImage(100, 100, QImage.Format.Format_Mono))
    assert list(album) == ["0", "1", "small"]


# --- reading ----------------------------------------------------------------------------------------
def test_between_plain_text_and_as_sent(page: InboxPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "News")
    assert "<a href" in text_of(page)._markup
    page._reading.switch()
    assert "News" in text_of(page).toPlainText()
    assert "142%" in text_of(page)._markup
    page._reading.switch()
    assert "142%" not in text_of(page)._markup


def test_a_quote_unfolds_by_its_link(page: InboxPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "Colours")
    text = text_of(page)
    assert "line 3" not in text.toPlainText()
    assert "5 quoted lines" in text.toPlainText()
    text.anchorClicked.emit(QUrl("gigdesk:fold/0"))
    assert "> line 3" in text.toPlainText()


@pytest.mark.parametrize("yes", [True, False])
def test_a_link_asks_and_names_its_host(
    page: InboxPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, yes: bool
) -> None:
    asked, opened = [], []
    choice = QMessageBox.StandardButton.Yes if yes else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *a: (asked.append(a[2]), choice)[1])
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    choose(page, qtbot, "News")
    text_of(page).anchorClicked.emit(QUrl("https://place.example/x?y=1"))
    assert "place.example" in asked[0]
    assert opened == (["https://place.example/x?y=1"] if yes else [])


def test_no_other_link_is_opened(
    page: InboxPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked"))
    choose(page, qtbot, "News")
    with qtbot.waitSignal(page.said) as heard:
        text_of(page).anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert "cannot be opened" in heard.args[0]


# --- saving -----------------------------------------------------------------------------------------
def to(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    offered: list[str] = []

    def answer(_parent: object, _title: str, start: str, **_: object) -> tuple[str, str]:
        offered.append(start)
        return (str(path) if path else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return offered


def test_a_broken_mail_gives_its_original(
    page: InboxPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at = page._rows.row_of(lambda each: each.kind == "bad")
    page._list.setCurrentIndex(page._rows.index(at, 0))
    qtbot.waitUntil(lambda: "it has no header" in said(page))
    to(monkeypatch, tmp_path / "o.eml")
    with qtbot.waitSignal(page.said):
        button(page, "Save the original").click()
    assert (tmp_path / "o.eml").read_bytes() == b"no header at all, only \xff words\n"


def attached(office: Office) -> int:
    body = (
        b"From: a@x.example\nSubject: Files\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nhi\n--b\nContent-Type: text/csv\n'
        b'Content-Disposition: attachment; filename="../../a.csv"\n\n1,2\n--b--\n'
    )
    return receive_raw(office, body)


def test_an_attachment_is_saved_under_a_free_name(
    filled: Filled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "a.csv").write_text("mine")
    page = filled(attached)
    offered = to(monkeypatch, None)
    files = page._reading.findChild(Files)
    assert files is not None
    qtbot.waitUntil(lambda: any(c.isVisible() for c in files.findChildren(Chip)))
    (file,) = files._files
    files.save(file)
    assert offered == [str(tmp_path / "a.csv")]
    to(monkeypatch, tmp_path / "a.csv")
    with qtbot.waitSignal(page.said) as heard:
        files.save(file)
    assert heard.args == ["Saved as a (2).csv"]
    assert (tmp_path / "a.csv").read_text() == "mine", "what lies there stays, whoever asks"
    assert (tmp_path / "a (2).csv").read_text().strip() == "1,2"


def test_a_place_that_cannot_be_written_is_told(
    filled: Filled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = filled(attached)
    files = page._reading.findChild(Files)
    assert files is not None
    to(monkeypatch, tmp_path / "none" / "a.csv")
    with qtbot.waitSignal(page.troubled) as told:
        files.save(files._files[0])
    assert isinstance(told.args[0], Trouble)
