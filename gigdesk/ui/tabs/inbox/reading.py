"""The reading pane: a conversation's mails, sanitised, that never touch the network."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextOption
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QMessageBox,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gigdesk.domain.inbox.labels import label_words, why_words
from gigdesk.domain.inbox.mails import Attachment, Mail, Thread, reason_words
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.layout import emptied, ground, panel, row, scroll, stack
from gigdesk.ui.kit.words import Button, Chip, Ground, Line, Words
from gigdesk.ui.tabs.inbox.composer import Composer
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u
from gigdesk.ui.theme.paint import width

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

# Larger HTML is not laid out: the window must stay quick whatever somebody sent.
RICH_MOST = 300_000
SHOWN = 12
_QUOTED = re.compile(r"(?:^>.*\n?){3,}", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]']")
_UNFOLD = "gigdesk:unfold"


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
        self._folded = ""
        self.anchorClicked.connect(self._on_anchor)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """No picture, style or file is ever fetched, from the network or from the disk."""
        return QByteArray()

    def show_html(self, markup: str) -> None:
        """Show sanitised HTML in the colours of the look."""
        sheet = f"a {{ color: {look.c.accent}; }} blockquote {{ color: {look.c.soft}; }}"
        self.document().setDefaultStyleSheet(sheet)
        self.setHtml(markup)

    def show_plain(self, words: str) -> None:
        """Show plain text as prose; long quotes are folded behind a link that unfolds them."""
        parts, at = [], 0
        for found in _QUOTED.finditer(words):
            parts.append(_prose(words[at : found.start()]))
            lines = found[0].count("\n") or 1
            said = n("{n} quoted line", "{n} quoted lines", lines)
            parts.append(f'<a href="{_UNFOLD}">{html.escape(said)}</a>')
            at = found.end()
        parts.append(_prose(words[at:]))
        self._folded = words
        self.show_html(f'<div style="line-height:142%">{"<br>".join(filter(None, parts))}</div>')

    def _on_anchor(self, url: QUrl) -> None:
        if url.toString() == _UNFOLD:
            self.show_html(f'<div style="line-height:142%">{_prose(self._folded)}</div>')
        else:
            self.linked.emit(url)

    def _fit(self) -> None:
        # Later, or the layout that just told its size is asked again in the middle of it.
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        self.setFixedHeight(int(self.document().size().height()) + 6)


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
        tools = row(None, self._plainer, unread, away, gap=tokens.XS, margins=(0, 0, 20, 0))
        bar = panel("", tools)
        bar.setFixedHeight(u(tokens.HEADER_H))
        return bar

    def show_thread(self, thread: Thread, mails: Sequence[Mail]) -> None:
        """Show these; an unchanged conversation stays where it was scrolled to."""
        if self._shown == (thread, mails):
            return
        same = self._shown is not None and self._shown[0].id == thread.id
        self._shown = thread, mails
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
                thread.subject or t("No subject"), tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True
            )
        )
        label, why = label_words(thread.label), why_words(thread.label)
        if label:
            kind = "bad" if thread.broken else "plain"
            inner = row(Chip(label, kind), Line(why), gap=tokens.S, margins=(10, 5, 8, 5))
            self._flow.addWidget(Ground(inner))
        hidden = len(mails) - SHOWN
        if hidden > 0:
            self._flow.addWidget(Words(t("{n} earlier mails", n=hidden), ink="faint"))
        for mail in mails[-SHOWN:]:
            self._flow.addSpacing(10)
            self._flow.addWidget(self._mail(mail))

    def _mail(self, mail: Mail) -> QWidget:
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
        pieces.append(self._body(mail))
        files = [each for each in mail.attachments if not each.inline]
        if files:
            pieces.append(self._files(mail, files))
        return panel("", stack(*pieces, gap=6))

    def _broken(self, mail: Mail) -> QWidget:
        assert mail.broken is not None
        saving = Button(t("Save the original"))
        saving.clicked.connect(partial(self._save_original, mail))
        said = Words(reason_words(mail.broken), ink="bad", wrap=True)
        inner = row(said, saving, margins=(14, 10, 10, 10))
        inner.setStretch(0, 1)
        return Ground(inner, "bad_wash")

    def _body(self, mail: Mail) -> QWidget:
        text = MailText()
        text.setAccessibleName(t("Mail from {name}", name=mail.sender.shown))
        text.linked.connect(self._on_link)
        rich = mail.html and not self._plain and len(mail.html) <= RICH_MOST
        text.show_html(mail.html) if rich else text.show_plain(mail.text)
        return text

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

    def _on_link(self, url: QUrl) -> None:
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
        chosen, _ = QFileDialog.getSaveFileName(self, t("Save"), str(Path.home() / Path(name).name))
        return Path(chosen) if chosen else None

    def _on_saved(self, path: Path) -> None:
        self.said.emit(t("Saved as {name}", name=path.name))


def _write(path: Path, content: partial[bytes]) -> Path:
    path.write_bytes(content())
    return path


def _prose(words: str) -> str:
    """Plain text as HTML: blanks and lines kept, web addresses as links that ask."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(words):
        parts.append(_kept(words[at : found.start()]))
        safe = html.escape(found[0])
        parts.append(f'<a href="{safe}">{safe}</a>')
        at = found.end()
    parts.append(_kept(words[at:]))
    return "".join(parts)


def _kept(words: str) -> str:
    plain = html.escape(words).replace("  ", "\u00a0 ").replace("\t", "\u00a0\u00a0 ")
    return plain.replace("\n", "<br>")


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
