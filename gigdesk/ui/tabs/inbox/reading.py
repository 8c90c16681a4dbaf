"""The reading pane: a conversation's mails, sanitised, that never touch the network by themselves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QMessageBox, QWidget

from gigdesk.domain.inbox.enclosed import Enclosed
from gigdesk.domain.inbox.links import Target, target_of
from gigdesk.domain.inbox.mails import Mail, Thread
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import emptied, ground, panel, row, scroll, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.tabs.inbox.enclosed_sheet import MailSheet
from gigdesk.ui.tabs.inbox.far_line import AllowedSenders
from gigdesk.ui.tabs.inbox.files import Files
from gigdesk.ui.tabs.inbox.handing import Below
from gigdesk.ui.tabs.inbox.labelling import Labelling
from gigdesk.ui.tabs.inbox.lines import subject_words
from gigdesk.ui.tabs.inbox.piece import MailPiece
from gigdesk.ui.tabs.inbox.weighing import HEAVIEST
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import look, u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

SHOWN = 12
_LEAST = 100  # what every mail may weigh, however heavy those after it are
_LOADED = 12  # mails whose far pictures are kept while the window is open


class Reading(QWidget):
    """The chosen conversation."""

    wanted = Signal(object)
    said = Signal(str)
    done = Signal(object)  # Changed
    troubled = Signal(object)
    away = Signal()  # put this conversation away
    unread = Signal()  # mark it unread

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        ground(self, "detail")
        self._desk, self._office = desk, office
        self._plain = False
        self._shown: tuple[Thread, Sequence[Mail]] | None = None
        self._pictures: OrderedDict[int, dict[str, QImage]] = OrderedDict()
        self._flow = stack()
        self.below = Below(desk, office)
        self.composer = self.below.composer
        self.labelling = Labelling(desk, office, self)
        self.labelling.troubled.connect(self.troubled)
        column = QWidget()
        column.setLayout(stack(self._flow, self.below, None, gap=18, margins=(36, 4, 36, 28)))
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
        self.below.show_mails(mails)
        if not same:
            self._plain = False
            self._area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing."""
        self._shown = None
        self._bar.hide()
        emptied(self._flow)
        self.below.clear()

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
            piece = self._piece(mail, max(left, _LEAST))
            left -= piece.weight
            pieces.append(piece)
        for piece in reversed(pieces):
            self._flow.addSpacing(10)
            self._flow.addWidget(piece)

    def _piece(self, mail: Mail, most: int) -> MailPiece:
        piece = MailPiece(self._desk, self._office, Enclosed(mail.id), mail)
        piece.linked.connect(self.open_link)
        piece.said.connect(self.said)
        piece.done.connect(self.done)
        piece.troubled.connect(self.troubled)
        piece.read.connect(self.read_within)
        piece.loaded.connect(partial(self._on_loaded, mail.id))
        piece.lay(most, plain=self._plain, far=self._pictures.get(mail.id))
        return piece

    def _on_loaded(self, mail_id: int, found: dict[str, QImage]) -> None:
        self._pictures[mail_id] = found
        if len(self._pictures) > _LOADED:
            self._pictures.popitem(last=False)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with what is read."""
        return (
            Command(t("Plain text or as sent"), "V", "eye-off", self.switch, self._reads),
            Command(t("Save all files"), "", "download", self.save_files, self._has_files),
            Command(t("Senders whose pictures are loaded"), "", "eye-off", self.show_allowed),
        )

    def save_files(self) -> None:
        """Save all files of the newest mail that has some."""
        with_files = self.findChildren(Files)
        if with_files:
            with_files[-1].save_all()

    def show_allowed(self) -> None:
        """The senders whose pictures are always loaded."""
        sheet = AllowedSenders(self.window(), self._desk, self._office)
        sheet.done.connect(self.done)
        sheet.troubled.connect(self.troubled)

    def read_within(self, place: Enclosed) -> None:
        """A mail that is enclosed in another, over the work."""
        sheet = MailSheet(self.window(), self._desk, self._office, place)
        sheet.linked.connect(self.open_link)
        sheet.said.connect(self.said)
        sheet.troubled.connect(self.troubled)
        sheet.read.connect(self.read_within)

    def _reads(self) -> bool:
        return self._shown is not None

    def _has_files(self) -> bool:
        return bool(self.findChildren(Files))

    def open_link(self, url: QUrl, words: str = "") -> None:
        """Ask, naming the host as it is asked for, then open it in the browser."""
        if url.scheme() not in {"http", "https", "mailto", "tel"}:
            self.said.emit(t("This link cannot be opened safely."))
            return
        target = target_of(bytes(url.toEncoded().data()).decode("ascii"), words)
        title, question = _asked(url, target)
        asked = QMessageBox.question(self, title, question)
        if asked == QMessageBox.StandardButton.Yes:
            QDesktopServices.openUrl(QUrl(target.link) if target.host else url)


def _asked(url: QUrl, target: Target) -> tuple[str, str]:
    """What is asked before a link is opened."""
    if not target.host:
        return t("Open a link"), t("Open {place}?", place=url.path())
    asked = [t("Open {host} in the browser?", host=target.host), target.link[:300]]
    if target.looks:
        asked.insert(1, t("It looks like “{looks}”, and that is another name.", looks=target.looks))
    if target.said:
        asked.insert(1, t("Its words say {said}. It goes to {host}.",
                          said=target.said, host=target.host))  # fmt: skip
    return t("Open a link"), "\n\n".join(asked)


def _looks(thread: Thread, mails: Sequence[Mail]) -> object:
    """What the pane is laid out from: having been read changes nothing in it."""
    return thread.id, thread.subject, thread.label, thread.broken, [mail.id for mail in mails]
