"""The reading pane: a conversation's mails, sanitised, that never touch the network."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QMimeData, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QMessageBox,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.mails import Attachment, Mail, Thread, reason_words
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.layout import emptied, ground, panel, row, scroll, stack
from gigdesk.ui.kit.words import Button, Chip, Ground, Line, Words
from gigdesk.ui.tabs.inbox.composer import Composer
from gigdesk.ui.tabs.inbox.labelling import Labelling
from gigdesk.ui.tabs.inbox.lines import subject_words
from gigdesk.ui.tabs.inbox.pictures import named_pictures, pictures_of
from gigdesk.ui.tabs.inbox.prose import prose
from gigdesk.ui.tabs.inbox.weighing import BREAK, HEAVIEST, fitting, prepared, weight_of
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u
from gigdesk.ui.theme.paint import width

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

SHOWN = 12
_LEAST = 100  # what every mail may weigh, however heavy those after it are
_QUOTED = re.compile(r"(?:^>.*\n?){3,}", re.MULTILINE)
_UNFOLD = "gigdesk:unfold"
_NO_PICTURE = QImage(1, 1, QImage.Format.Format_ARGB32)
_NO_PICTURE.fill(0)


class MailText(QTextBrowser):
    """One mail's body. Nothing is loaded but what lies in the mail; links ask before they open."""

    linked = Signal(QUrl)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mail")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(self.verticalScrollBarPolicy().ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._folded = self._markup = ""
        self._pictures: Mapping[str, QImage] = {}
        self.anchorClicked.connect(self._on_anchor)
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
        """Show sanitised HTML in the colours of the look."""
        self._markup = markup
        sheet = f"a {{ color: {look.c.accent}; }} blockquote {{ color: {look.c.soft}; }}"
        self.document().setDefaultStyleSheet(sheet)
        self.setHtml(markup)

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """Show the mail's own pictures, which came later than its words."""
        if pictures:
            room = self.viewport().width()
            self._pictures = {
                cid: image if image.width() <= room else image.scaledToWidth(room)
                for cid, image in pictures.items()
            }
            self.show_html(self._markup)

    def show_plain(self, words: str) -> None:
        """Show plain text as prose; long quotes are folded behind a link that unfolds them."""
        parts, at = [], 0
        for found in _QUOTED.finditer(words):
            parts.append(prose(words[at : found.start()]))
            lines = found[0].count("\n") or 1
            said = n("{n} quoted line", "{n} quoted lines", lines)
            parts.append(f'<a href="{_UNFOLD}">{html.escape(said)}</a>')
            at = found.end()
        parts.append(prose(words[at:]))
        self._folded = words
        self.show_html(f'<div style="line-height:142%">{"<br>".join(filter(None, parts))}</div>')

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is what was sent, without the places put in for the layout."""
        data = super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(data.text().replace(BREAK, ""))
        copied.setHtml(data.html().replace(BREAK, ""))
        return copied

    def _on_anchor(self, url: QUrl) -> None:
        if url.toString() == _UNFOLD:
            self.show_html(f'<div style="line-height:142%">{prose(self._folded)}</div>')
        else:
            self.linked.emit(url)

    def _fit(self) -> None:
        # Later, or the layout that just told its size is asked again in the middle of it.
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 6)


@dataclass(frozen=True, slots=True)
class _Body:
    """A mail's words as they are shown, what they weigh, and whether there are more."""

    text: MailText
    weight: int
    cut: bool = False


class Reading(QWidget):
    """The chosen conversation."""

    wanted = Signal(object)
    said = Signal(str)
    troubled = Signal(object)
    away = Signal()  # put this conversation away
    unread = Signal()  # mark it unread

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        ground(self, "detail")
        self._desk, self._office = desk, office
        self._plain = False
        self._shown: tuple[Thread, Sequence[Mail]] | None = None
        self._flow = QVBoxLayout()
        self._flow.setSpacing(tokens.S)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.composer = Composer(desk, office)
        self.labelling = Labelling(desk, office, self)
        self.labelling.troubled.connect(self.troubled)
        column = QWidget()
        column.setLayout(stack(self._flow, self.composer, None, gap=18, margins=(36, 4, 36, 28)))
        column.setMaximumWidth(852)
        self._area = scroll(column)
        self._bar = self._tools()
        self._bar.hide()
        self.setLayout(stack(self._bar, self._area, gap=0))
        look.changed.connect(self._again)

    def _tools(self) -> QWidget:
        away = Button(t("Put away"), "X", "quiet", "archive")
        away.clicked.connect(self.away)
        unread = Button(t("Mark unread"), "U", "quiet", "mail")
        unread.clicked.connect(self.unread)
        self._plainer = Button(t("Plain text"), "V", "quiet", "file-text")
        self._plainer.clicked.connect(self.switch)
        self._answering = row(gap=tokens.XS)
        tools = row(self._answering, None, self._plainer, unread, away,
                    gap=tokens.XS, margins=(28, 0, 20, 0))  # fmt: skip
        bar = panel("", tools)
        bar.setFixedHeight(u(tokens.HEADER_H))
        return bar

    def offer(self, tools: Sequence[Button]) -> None:
        """Ways to answer, at the left of the bar."""
        for each in tools:
            self._answering.addWidget(each)

    def show_thread(self, thread: Thread, mails: Sequence[Mail]) -> None:
        """Show these; an unchanged conversation stays where it was scrolled to."""
        before, self._shown = self._shown, (thread, mails)
        if before is not None and _looks(*before) == _looks(thread, mails):
            return
        same = before is not None and before[0].id == thread.id
        self._lay()
        self.composer.show_mails(mails)
        if not same:
            self._plain = False
            self._area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        self._bar.hide()
        emptied(self._flow)
        self.composer.clear()

    def switch(self) -> None:
        """Between plain text and as it was sent."""
        self._plain = not self._plain
        self._lay()

    def _again(self) -> None:
        if self._shown is not None:
            self._lay()

    def _lay(self) -> None:
        assert self._shown is not None
        thread, mails = self._shown
        self._bar.show()
        self._plainer.setVisible(any(mail.html for mail in mails))
        self._plainer.say(t("As sent") if self._plain else t("Plain text"))
        emptied(self._flow)
        self._flow.addWidget(
            Words(
                thread.subject or subject_words(broken=thread.broken),
                tokens.TITLE,
                weight=tokens.SEMIBOLD,
                wrap=True,
            )
        )
        self.labelling.look(thread, mails)
        for each in (self.labelling.warning(), self.labelling.bar()):
            if each is not None:
                self._flow.addWidget(each)
        hidden = len(mails) - SHOWN
        if hidden > 0:
            self._flow.addWidget(Words(t("{n} earlier mails", n=hidden), ink="faint"))
        left, pieces = HEAVIEST, []
        for mail in reversed(mails[-SHOWN:]):  # the newest is shown as it was sent, if any is
            body = self._body(mail, max(left, _LEAST))
            left -= body.weight
            pieces.append(self._mail(mail, body))
        for piece in reversed(pieces):
            self._flow.addSpacing(10)
            self._flow.addWidget(piece)

    def _mail(self, mail: Mail, body: _Body) -> QWidget:
        who = Words(mail.sender.shown or t("Sender unknown"), weight=tokens.SEMIBOLD)
        address = Line(mail.sender.email if mail.sender.name else "", tokens.CAPTION, "faint")
        here, there = self._when(mail)
        when = Words(here, tokens.CAPTION, "faint", figures=True)
        sent = Line(there, tokens.CAPTION, "faint")  # their clock gives way before ours
        sent.setMaximumWidth(width(there, tokens.CAPTION) + 2)
        sent.setVisible(bool(there))
        pieces: list[Any] = [row(who, address, when, sent)]
        if mail.broken is not None:
            pieces.append(self._broken(mail))
        pieces += [Words(note.words, tokens.CAPTION, "warn", wrap=True) for note in mail.notes[:4]]
        pieces.append(body.text)
        if body.cut:
            pieces.append(self._cut(mail))
        files = [each for each in mail.attachments if not each.inline]
        if files:
            pieces.append(self._files(mail, files))
        return panel("", stack(*pieces, gap=6))

    def _broken(self, mail: Mail) -> QWidget:
        assert mail.broken is not None
        return self._original(
            mail, Words(reason_words(mail.broken), ink="bad", wrap=True), "bad_wash"
        )

    def _cut(self, mail: Mail) -> QWidget:
        said = t("This mail is longer than can be shown here. The rest is in the original.")
        return self._original(mail, Words(said, ink="soft", wrap=True), "sunk")

    def _original(self, mail: Mail, said: Words, kind: str) -> QWidget:
        saving = Button(t("Save the original"))
        saving.clicked.connect(partial(self._save_original, mail))
        inner = row(said, saving, margins=(14, 10, 10, 10))
        inner.setStretch(0, 1)
        return Ground(inner, kind)

    def _body(self, mail: Mail, most: int) -> _Body:
        text = MailText()
        text.setAccessibleName(t("Mail from {name}", name=mail.sender.shown))
        text.linked.connect(self.open_link)
        rich = prepared(mail.html) if mail.html and not self._plain else None
        if rich is not None and rich.weight <= most:
            text.show_html(rich.html)
            self._ask_pictures(mail, text)
            return _Body(text, rich.weight)
        words = fitting(mail.text, most)
        text.show_plain(words)
        return _Body(text, weight_of(words), cut=len(words) < len(mail.text))

    def _ask_pictures(self, mail: Mail, text: MailText) -> None:
        own = named_pictures(mail)
        if own:
            self._desk.fetch(
                partial(pictures_of, self._office, mail.id, own),
                then=lambda found: text.show_pictures(found) if isValid(text) else None,
                failed=self.troubled.emit,
            )

    def _files(self, mail: Mail, files: Sequence[Attachment]) -> QWidget:
        chips = [
            Chip(
                f"{each.name} · {_size(each.bytes)}",
                mark="paperclip",
                open_it=partial(self._save, mail, each),
            )
            for each in files[:8]
        ]
        holder = QWidget()
        holder.setLayout(row(*chips, None, gap=6))
        return holder

    def _when(self, mail: Mail) -> tuple[str, str]:
        zone = self._office.zone()
        here = mail.at.astimezone(zone)
        words = f"{date_text(here.date(), form='medium')} {here:%H:%M}"
        sent = mail.date
        if sent is not None and sent.utcoffset() != here.utcoffset() and sent.utcoffset():
            return words, t("{time} where it was sent", time=f"{sent:%H:%M}")
        return words, ""

    def open_link(self, url: QUrl) -> None:
        """Ask, naming the host, then open it in the browser."""
        if url.scheme() not in {"http", "https", "mailto"}:
            self.said.emit(t("This link cannot be opened safely."))
            return
        host = url.host() or url.path()
        asked = QMessageBox.question(
            self,
            t("Open a link"),
            t("Open {host} in the browser?\n\n{url}", host=host, url=url.toString()[:300]),
        )
        if asked == QMessageBox.StandardButton.Yes:
            QDesktopServices.openUrl(url)

    def _save(self, mail: Mail, attachment: Attachment) -> None:
        path = self._target(attachment.name)
        if path is not None:
            self._desk.fetch(
                partial(
                    _write, path, partial(self._office.inbox.attachment, mail.id, attachment.number)
                ),
                then=self._on_saved,
                failed=self.troubled.emit,
            )

    def _save_original(self, mail: Mail) -> None:
        path = self._target("original.eml")
        if path is not None:
            self._desk.fetch(
                partial(_write, path, partial(self._office.inbox.raw, mail.id)),
                then=self._on_saved,
                failed=self.troubled.emit,
            )

    def _target(self, name: str) -> Path | None:
        start = free_place(Path.home() / Path(name).name)
        chosen, _ = QFileDialog.getSaveFileName(self, t("Save"), str(start))
        return Path(chosen) if chosen else None

    def _on_saved(self, path: Path) -> None:
        self.said.emit(t("Saved as {name}", name=path.name))


def _looks(thread: Thread, mails: Sequence[Mail]) -> object:
    """What the pane is laid out from: having been read changes nothing in it."""
    return thread.id, thread.subject, thread.label, thread.broken, [mail.id for mail in mails]


def free_place(path: Path) -> Path:
    """This place, or the first numbered one beside it where no file lies yet."""
    numbered = (path.with_name(f"{path.stem} ({at}){path.suffix}") for at in range(2, 1000))
    return next((each for each in (path, *numbered) if not each.exists()), path)


def _write(path: Path, content: partial[bytes]) -> Path:
    data = content()  # first: a file that is there stays whole when this fails
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Trouble(
            t("{name} cannot be written", name=path.name), t("Choose another place.")
        ) from error
    return path


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
