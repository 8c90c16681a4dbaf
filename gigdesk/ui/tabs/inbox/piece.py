"""One mail of a conversation: who and when, what to know of it, its words, its files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from gigdesk.domain.inbox.folds import LARGEST
from gigdesk.domain.inbox.mails import reason_words
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.layout import row
from gigdesk.ui.kit.words import Button, Ground, Line, Words
from gigdesk.ui.tabs.inbox.body import MailText
from gigdesk.ui.tabs.inbox.far_line import FarLine
from gigdesk.ui.tabs.inbox.files import Files, asked_place
from gigdesk.ui.tabs.inbox.pictures import named_pictures, pictures_of
from gigdesk.ui.tabs.inbox.whole import WholeText
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.paint import width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.enclosed import Enclosed
    from gigdesk.domain.inbox.folds import Fold
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office

_SAID_ELSEWHERE = frozenset({"remote"})  # by the line of far pictures


class MailPiece(QWidget):
    """A mail that lies at a place. `weight` is what its words cost the window."""

    linked = Signal(QUrl, str)
    said = Signal(str)
    done = Signal(object)  # Changed
    troubled = Signal(object)
    read = Signal(object)  # Enclosed: a mail in it is to be read
    loaded = Signal(object)  # far pictures that came

    def __init__(self, desk: Desk, office: Office, place: Enclosed, mail: Mail) -> None:
        super().__init__()
        self._desk, self._office, self._place, self._mail = desk, office, place, mail
        self.weight = 0
        self._cuts: list[QWidget] = []
        self._flow = QVBoxLayout(self)
        self._flow.setSpacing(6)
        self._flow.setContentsMargins(0, 0, 0, 0)

    def lay(self, most: int, *, plain: bool = False, far: dict[str, QImage] | None = None) -> None:
        """Build it, for at most this weight; `far` are pictures that were loaded before."""
        mail = self._mail
        text = self._text = self._body(most, plain=plain, far=far or {})
        self._flow.addLayout(self._head())
        if mail.broken is not None:
            self._flow.addWidget(self._broken(reason_words(mail.broken)))
        told = _SAID_ELSEWHERE if mail.far or mail.trackers else frozenset()
        notes = [note for note in mail.notes if note.code not in told]
        for note in notes[:4]:
            self._flow.addWidget(Words(note.words, tokens.CAPTION, "warn", wrap=True))
        if (mail.far or mail.trackers) and not far and not plain and text.rich:
            self._flow.addWidget(self._far())
        self._flow.addWidget(text)
        if text.shortened:
            self._flow.addWidget(self._cut())
        shown = set(named_pictures(mail).values()) if text.rich else set()
        files = [each for each in mail.attachments if each.number not in shown]
        if files:
            self._flow.addWidget(self._enclosed(files))

    def show_whole(self) -> None:
        """All words as plain text, in a field of its own that scrolls."""
        for cut in self._cuts:
            cut.hide()
        whole = WholeText(self._mail.text)
        self._flow.replaceWidget(self._text, whole)
        self._text.hide()
        self._text.deleteLater()
        whole.setFocus()

    def _head(self) -> Any:
        mail = self._mail
        who = Words(mail.sender.shown or t("Sender unknown"), weight=tokens.SEMIBOLD)
        address = Line(mail.sender.email if mail.sender.name else "", tokens.CAPTION, "faint")
        here, there = self._when()
        when = Words(here, tokens.CAPTION, "faint", figures=True)
        sent = Line(there, tokens.CAPTION, "faint")  # their clock gives way before ours
        sent.setMaximumWidth(width(there, tokens.CAPTION) + 2)
        sent.setVisible(bool(there))
        return row(who, address, when, sent)

    def _when(self) -> tuple[str, str]:
        here = self._mail.at.astimezone(self._office.zone())
        words = f"{date_text(here.date(), form='medium')} {here:%H:%M}"
        sent = self._mail.date
        if sent is not None and sent.utcoffset() != here.utcoffset() and sent.utcoffset():
            return words, t("{time} where it was sent", time=f"{sent:%H:%M}")
        return words, ""

    def _body(self, most: int, *, plain: bool, far: dict[str, QImage]) -> MailText:
        mail, text = self._mail, MailText()
        text.setAccessibleName(t("Mail from {name}", name=mail.sender.shown))
        text.linked.connect(self.linked)
        text.whole.connect(self.show_whole)
        weight = text.show_rich(mail.html, most, far) if mail.html and not plain else None
        if weight is not None:
            self._ask_pictures(text)
        else:
            weight = text.show_plain(mail.text, most)
            self._ask_folds(text)
        self.weight = weight
        return text

    def _ask_pictures(self, text: MailText) -> None:
        own = named_pictures(self._mail)
        if own:
            self._desk.fetch(
                partial(pictures_of, self._office, self._place, own),
                then=lambda found: text.show_pictures(found) if isValid(text) else None,
                failed=self.troubled.emit,
            )

    def _ask_folds(self, text: MailText) -> None:
        """A closer look at how it quotes, where nobody waits for it."""
        words = self._mail.text
        if text.shortened or words.count("\n") < 2 or len(words) > LARGEST:
            return

        def landed(folds: Sequence[Fold]) -> None:
            if isValid(text):
                text.fold_again(folds)

        self._desk.fetch(
            partial(self._office.attachments.folds, words), then=landed, failed=self.troubled.emit
        )

    def _far(self) -> FarLine:
        line = FarLine(self._desk, self._office, self._mail)
        line.came.connect(self._on_came)
        line.done.connect(self.done)
        line.troubled.connect(self.troubled)
        return line

    def _on_came(self, found: dict[str, QImage]) -> None:
        self._text.show_pictures(found)
        self.loaded.emit(found)

    def _enclosed(self, files: Any) -> Files:
        made = Files(self._desk, self._office, self._place, files)
        made.said.connect(self.said)
        made.troubled.connect(self.troubled)
        made.read.connect(self.read)
        return made

    def _broken(self, words: str) -> QWidget:
        return _ground(Words(words, ink="bad", wrap=True), "bad_wash", self._saving())

    def _cut(self) -> QWidget:
        said = Words(t("This mail is longer than is laid out at once."), ink="soft", wrap=True)
        more = Button(t("Show all"))
        more.clicked.connect(self.show_whole)
        self._cuts.append(_ground(said, "sunk", more, self._saving()))
        return self._cuts[-1]

    def _saving(self) -> Button:
        saving = Button(t("Save the original"))
        saving.clicked.connect(self.save_original)
        return saving

    def save_original(self) -> None:
        """Ask where, then write the mail's own bytes there."""
        path = asked_place(self, "original.eml")
        if path is not None:
            self._desk.fetch(
                partial(self._office.attachments.save, self._place, path),
                then=self._on_saved,
                failed=self.troubled.emit,
            )

    def _on_saved(self, path: Path) -> None:
        if isValid(self):
            self.said.emit(t("Saved as {name}", name=path.name))


def _ground(said: Words, kind: str, *buttons: Button) -> QWidget:
    inner = row(said, *buttons, margins=(14, 10, 10, 10))
    inner.setStretch(0, 1)
    return Ground(inner, kind)
