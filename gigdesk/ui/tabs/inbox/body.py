"""One mail's words: sanitised HTML or plain text, its quotes folded, its links told before they open."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QMimeData, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from gigdesk.domain.inbox.folds import Fold, plain_folds
from gigdesk.domain.inbox.links import Target, target_of
from gigdesk.domain.inbox.markup_folds import fold_link, folded, markup_folds
from gigdesk.domain.words import t
from gigdesk.ui.tabs.inbox.prose import prose
from gigdesk.ui.tabs.inbox.weighing import (
    BREAK,
    HEAVIEST,
    LARGEST,
    fitting,
    prepared,
    weight_of,
)
from gigdesk.ui.theme.look import look

OPENED_MOST = 2 * HEAVIEST  # what may be laid out at once after a click
_FOLD = "gigdesk:fold/"
_NO_PICTURE = QImage(1, 1, QImage.Format.Format_ARGB32)
_NO_PICTURE.fill(0)


class MailText(QTextBrowser):
    """One mail's body. Nothing is loaded but what lies in the mail; links ask before they open."""

    linked = Signal(QUrl, str)  # where it goes, and its words
    whole = Signal()  # what was opened is too long to be laid out here

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mail")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(self.verticalScrollBarPolicy().ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.shortened = False
        self._markup = self._plain = self._sent = ""
        self._folds: Sequence[Fold] = ()
        self._opened: frozenset[int] = frozenset()
        self._pictures: dict[str, QImage] = {}
        self.anchorClicked.connect(self._on_anchor)
        self.highlighted.connect(self._on_pointed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """The mail's own pictures; nothing else is fetched, from the network or from the disk."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        plain = QUrl(name).toString().removeprefix("cid:")
        own = self._pictures.get(plain) or self._pictures.get(unquote(plain))
        # Never no picture at all: Qt would then look for a file of that name.
        return own or _NO_PICTURE

    def show_html(self, markup: str) -> None:
        """Show HTML that was made light, in the colours of the look."""
        self._markup = markup
        sheet = (
            f"a {{ color: {look.c.accent}; }} blockquote {{ color: {look.c.soft}; }}"
            f" a.fold {{ color: {look.c.faint}; text-decoration: none; }}"
        )
        self.document().setDefaultStyleSheet(sheet)
        self.setHtml(markup)

    @property
    def rich(self) -> bool:
        """Whether it is shown as it was sent."""
        return bool(self._sent)

    def show_rich(self, sent: str, most: int, far: Mapping[str, QImage]) -> int | None:
        """Show sanitised HTML as it was sent, its quotes folded, with the far pictures that were
        loaded before; its weight. None when that is more than may be: then nothing is shown."""
        if len(sent) > LARGEST:
            return None
        self._sent, self._folds, self._opened = sent, markup_folds(sent), frozenset()
        self._pictures |= far
        return self._draw_rich(most)

    def show_plain(self, words: str, most: int = HEAVIEST) -> int:
        """Show plain text as prose, with what is quoted and signed in it folded to a line each; its
        weight. What weighs more than may be is `shortened`."""
        self._plain, self._sent, self._opened = words, "", frozenset()
        self._folds = plain_folds(words)
        self.shortened = self._weight(self._opened) > most
        if self.shortened:
            self._plain = fitting(words, most)
            self._folds = plain_folds(self._plain)
        self._draw_plain()
        return self._weight(self._opened)

    def fold_again(self, folds: Sequence[Fold]) -> None:
        """Somebody looked closer at a plain text: fold it so, unless the person has opened some."""
        if not (self._opened or self._sent or self.shortened) and list(folds) != list(self._folds):
            self._folds = folds
            self._draw_plain()

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """Show pictures of the mail, which came later than its words."""
        if not pictures:
            return
        room = self.viewport().width()
        self._pictures |= {
            name: image if image.width() <= room else image.scaledToWidth(room)
            for name, image in pictures.items()
        }
        if self._sent:
            self._draw_rich(None)
        else:
            self.show_html(self._markup)

    def open_fold(self, number: int) -> None:
        """Show what is folded there."""
        opened = self._opened | {number}
        if self._sent:
            self._opened = opened
            if self._draw_rich(OPENED_MOST) is None:
                self.whole.emit()
        elif self._weight(opened) > OPENED_MOST:
            self.whole.emit()
        else:
            self._opened = opened
            self._draw_plain()

    def target(self, link: str) -> Target:
        """Where a link of this mail goes."""
        return target_of(link, _words_of(self._markup, link))

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is what was sent, without the places put in for the layout."""
        data = super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(data.text().replace(BREAK, ""))
        copied.setHtml(data.html().replace(BREAK, ""))
        return copied

    def told(self, link: str) -> str:
        """What is said of a link under the pointer."""
        if link.startswith(_FOLD):
            return t("Show it")
        if link.startswith(("mailto:", "tel:")):
            return link.partition(":")[2].partition("?")[0]
        target = self.target(link)
        if target.said:
            return t("Says {said}, goes to {host}", said=target.said, host=target.shown)
        return target.shown

    def _draw_rich(self, most: int | None) -> int | None:
        loaded = frozenset(name for name in self._pictures if name.startswith("far:"))
        found = prepared(folded(self._sent, self._folds, self._opened), loaded)
        if found is None or (most is not None and found.weight > most):
            return None
        self.show_html(found.html)
        return found.weight

    def _draw_plain(self) -> None:
        parts, at = list[str](), 0
        for number, fold in enumerate(self._folds):
            parts += self._proses(at, fold.start)
            if number in self._opened:
                parts += self._proses(fold.start, fold.end)
            else:
                parts.append(fold_link(fold, number))
            at = fold.end
        parts += self._proses(at, len(self._plain))
        self.show_html(f'<div style="line-height:142%">{"<br>".join(parts)}</div>')

    def _proses(self, start: int, end: int) -> list[str]:
        return [prose(self._plain[start:end].removesuffix("\n"))] if start < end else []

    def _weight(self, opened: frozenset[int]) -> int:
        """What the plain text weighs with these folds open."""
        parts, at = list[str](), 0
        for number, fold in enumerate(self._folds):
            parts.append(self._plain[at : fold.start])
            at = fold.start if number in opened else fold.end
        parts.append(self._plain[at:])
        return weight_of("".join(parts)) + len(self._folds)

    def _on_anchor(self, url: QUrl) -> None:
        link = url.toString()
        number = link.removeprefix(_FOLD)
        if link.startswith(_FOLD) and number.isdecimal() and int(number) < len(self._folds):
            self.open_fold(int(number))
        elif not link.startswith("gigdesk:"):
            full = bytes(url.toEncoded().data()).decode("ascii")
            self.linked.emit(url, _words_of(self._markup, full) or _words_of(self._markup, link))

    def _on_pointed(self, url: QUrl) -> None:
        """A link tells its host before it is clicked."""
        link = bytes(url.toEncoded().data()).decode("ascii")
        self.viewport().setToolTip(html.escape(self.told(link)) if link else "")

    def _fit(self) -> None:
        # Later, or the layout that just told its size is asked again in the middle of it.
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 6)


def _words_of(markup: str, link: str) -> str:
    """The words of the first link that goes there."""
    at = markup.find(f'href="{html.escape(link)}"')
    if at < 0:
        return ""
    begin, end = markup.find(">", at), markup.find("</a>", at)
    inner = markup[begin + 1 : min(end, begin + 1000)] if 0 <= begin < end else ""
    return html.unescape(re.sub(r"<[^>]*>", "", inner)).replace(BREAK, "").strip()
