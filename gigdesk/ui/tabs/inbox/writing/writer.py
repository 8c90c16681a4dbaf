"""The pane in which a mail is written. Everything typed is kept at once; nothing is lost by leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from gigdesk.domain.errors import NotFound, Stale
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.unsent import KeptFile, Unsent, UnsentId
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t
from gigdesk.ui.kit.later import ask_later
from gigdesk.ui.kit.layout import ground, panel, row, rule, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Line, Words
from gigdesk.ui.tabs.inbox.writing.extras import Extras
from gigdesk.ui.tabs.inbox.writing.fields import Fields
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.proposals import OutboxItem
    from gigdesk.services.office import Office

_KEEP_MS = 700
_TITLES: dict[str, Callable[[], str]] = {
    "new": lambda: t("New mail"),
    "reply": lambda: t("Reply"),
    "reply all": lambda: t("Reply to all"),
    "forward": lambda: t("Forward"),
}


class Writer(QWidget):
    """One mail being written."""

    done = Signal(object)  # Changed
    troubled = Signal(object)
    left = Signal()  # back to reading
    kept = Signal()  # what was left is kept

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        ground(self, "detail")
        self._desk, self._office = desk, office
        self._mail: Unsent | None = None  # as it was kept last; its files as they are now
        self._dirty = self._keeping = self._sending = False
        self._wish: tuple[datetime | None] | None = None  # to send as soon as it is kept
        self._rest: Unsent | None = None  # to keep after leaving
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_KEEP_MS)
        self._wait.timeout.connect(self.keep)
        self.fields = Fields(self._meant)
        self.fields.typed.connect(self._on_typed)
        self.fields.account_chosen.connect(self._on_account)
        self.fields.file_removed.connect(self._on_file_removed)
        self._extras = Extras(desk, office, self.fields, lambda: self.mail)
        self._extras.done.connect(self.done)
        self._extras.troubled.connect(self.troubled)
        self._build()
        self.setAcceptDrops(True)

    def _build(self) -> None:
        self._title = Words("", tokens.LEAD, weight=tokens.SEMIBOLD)
        self._state = Line("", tokens.CAPTION, "faint")  # gives way to what can be done
        send = Button(t("Send"), "Ctrl+Return", "primary", "send")
        self._later = Button(t("Later"), "", "quiet", "clock")
        templates = Button(t("Templates"), "Ctrl+Shift+T", "quiet", "file-text", bare=True)
        tools: list[tuple[Button, Callable[[], object]]] = [
            (Button(t("Attach files"), "Ctrl+Shift+A", "quiet", "paperclip", bare=True), self.choose_files),
            (templates, partial(self._extras.choose, templates)),
            (Button(t("Print"), "Ctrl+P", "quiet", "printer", bare=True), self._extras.print_it),
            (Button(t("Throw away"), "", "quiet", "x", bare=True), self.throw_away),
            (self._later, self.ask_when),
            (send, self.send),
        ]  # fmt: skip
        for button, call in tools:
            button.clicked.connect(call)
        head = row(
            self._title, 4, self._state, *(button for button, _ in tools),
            gap=tokens.XS, margins=(36, 0, 20, 0),
        )  # fmt: skip
        head.setStretch(2, 1)
        bar = panel("", head)
        bar.setFixedHeight(u(tokens.HEADER_H))
        self.fields.setMaximumWidth(u(852))
        self.setLayout(stack(bar, rule(), self.fields, gap=0))
        self._keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.send, "Ctrl+Enter": self.send, "Esc": self.leave,
            "Ctrl+Shift+A": self.choose_files, "Ctrl+Shift+T": self._extras.choose,
            "Ctrl+P": self._extras.print_it,
        }  # fmt: skip
        fields = self.fields
        for each in (fields.to, fields.cc, fields.bcc, fields.subject, fields.body, send):
            each.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Where words are typed the page's keys rest, and these are the writer's own."""
        if not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(plain, Qt.Key(event.key()))).toString()
        call = self._keys.get(pressed)
        if call is not None and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if call is not None and event.type() == QEvent.Type.KeyPress:
            call()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        """What can be done while one writes."""
        there = self.is_writing
        return (
            Command(t("Send this mail"), "", "send", self.send, there),
            Command(t("Send this mail later"), "", "clock", self.ask_when, there),
            Command(t("Attach files"), "", "paperclip", self.choose_files, there),
            *self._extras.commands(there),
            Command(t("Throw this mail away"), "", "x", self.throw_away, there),
        )

    # --- what is shown --------------------------------------------------------------------------
    def is_writing(self) -> bool:
        """Whether a mail is being written."""
        return self._mail is not None

    @property
    def mail(self) -> Unsent | None:
        """The mail as it stands now."""
        return None if self._mail is None else self.fields.as_typed(self._mail)

    def show_mail(self, mail: Unsent, warnings: Sequence[str] = ()) -> None:
        """Write this one; the one before is kept."""
        self._put_down()
        self._mail, self._dirty = mail, False
        self._title.setText(_TITLES[mail.kind]())
        self._state.say("")
        self.fields.show_mail(mail, warnings)
        self._desk.ask(self._office.accounts.all, then=self._on_accounts)
        if mail.files and not mail.id:
            self._on_typed()  # a forward's files were taken out already: they are not lost
        self.fields.lend_focus()

    def _on_accounts(self, accounts: Sequence[Account]) -> None:
        if self._mail is not None:
            sending = [each for each in accounts if each.smtp is not None]
            self.fields.show_accounts(sending, self._mail.account)

    def _on_account(self, account: int) -> None:
        if self._mail is None:
            return
        before, self._mail = self._mail.account, replace(self._mail, account=account)
        self._extras.change_signature(before, account)
        self._on_typed()

    def _meant(self, begun: str, landed: Callable[[Sequence[Address]], None]) -> None:
        self._desk.ask(partial(self._office.composing.meant, begun), then=landed)

    # --- keeping --------------------------------------------------------------------------------
    def _on_typed(self) -> None:
        if self._mail is not None:
            self._dirty = True
            self._state.say("")
            self._wait.start()

    def keep(self) -> None:
        """Keep it as it is now; one keeping at a time."""
        self._wait.stop()
        if self._mail is not None and self._dirty and not self._keeping and not self._sending:
            self._dirty = False
            self._do_keep(self.fields.as_typed(self._mail))

    def _do_keep(self, mail: Unsent) -> None:
        self._keeping = True
        self._desk.do(
            partial(self._office.composing.keep, mail),
            then=self._on_kept,
            failed=partial(self._on_not_kept, mail),
        )

    def _on_kept(self, changed: Changed[Unsent]) -> None:
        self._keeping, kept = False, changed.value
        if self._rest is not None:
            rest, self._rest = self._rest, None
            self._do_keep(replace(rest, id=kept.id, version=kept.version))
            return
        if self._mail is None:
            self.kept.emit()
            return
        if self._mail.id in {UnsentId(0), kept.id}:
            self._mail = replace(self._mail, id=kept.id, version=kept.version)
            here = self._office.now().astimezone(self._office.zone())
            self._state.say(t("Kept at {time}", time=f"{here:%H:%M}"))
        if self._wish is not None:
            (at,), self._wish = self._wish, None
            self._leave_by(at)
        elif self._dirty:
            self._wait.start()

    def _on_not_kept(self, mail: Unsent, error: Exception) -> None:
        self._keeping, self._wish = False, None
        if self._mail is not None and self._mail.id == mail.id:
            self._dirty = True
            if isinstance(error, Stale | NotFound):
                # Changed or sent elsewhere: what stands here goes on as a mail of its own.
                self._mail = replace(self._mail, id=UnsentId(0), version=0)
                self._wait.start()
        self.troubled.emit(error)

    def _put_down(self) -> None:
        """Let go of the shown one; what was typed is kept, what was not touched is nothing."""
        self._wait.stop()
        if self._mail is not None and self._dirty and not self._sending:
            now = self.fields.as_typed(self._mail)
            if self._keeping:
                self._rest = now
            else:
                self._do_keep(now)
        self._mail, self._dirty, self._wish = None, False, None

    def leave(self) -> None:
        """Back to reading."""
        if self._mail is not None:
            self._put_down()
            self.left.emit()

    # --- sending --------------------------------------------------------------------------------
    def send(self) -> None:
        """Into the outbox, with ten seconds to take it back."""
        self._leave_by(None)

    def ask_when(self) -> None:
        """Choose when it shall leave."""
        if self._mail is not None:
            ask_later(self._office, self._later, self._leave_by)

    def _leave_by(self, at: datetime | None) -> None:
        if self._mail is None or self._sending:
            return
        if self._keeping:
            self._wish = (at,)
            return
        self._wait.stop()
        self._sending = True
        self._desk.do(
            partial(self._office.composing.send, self.fields.as_typed(self._mail), at),
            then=self._on_sent,
            failed=self._on_not_sent,
        )

    def _on_sent(self, changed: Changed[OutboxItem]) -> None:
        self._mail, self._sending, self._dirty = None, False, False
        self.done.emit(changed)
        self.left.emit()

    def _on_not_sent(self, error: Exception) -> None:
        self._sending, self._dirty = False, True
        self._wait.start()
        self.troubled.emit(error)

    def throw_away(self) -> None:
        """Do not write it any more; undo brings it back."""
        mail, self._mail, self._dirty = self._mail, None, False
        self._wait.stop()
        if mail is not None and mail.id:
            self._desk.do(
                partial(self._office.composing.throw_away, mail.id),
                then=self.done.emit,
                failed=self.troubled.emit,
            )
        if mail is not None:
            self.left.emit()

    # --- files ----------------------------------------------------------------------------------
    def choose_files(self) -> None:
        """Ask which files go along."""
        if self._mail is not None:
            chosen, _ = QFileDialog.getOpenFileNames(self, t("Attach files"), str(Path.home()))
            self.attach([Path(each) for each in chosen])

    def attach(self, paths: Sequence[Path]) -> None:
        """These go along."""
        if self._mail is None or not paths:
            return
        self._desk.fetch(
            partial(self._office.composing.attach, self._mail, list(paths)),
            then=partial(self._on_attached, self._mail.files),
            failed=self.troubled.emit,
        )

    def _on_attached(self, before: tuple[KeptFile, ...], mail: Unsent | None) -> None:
        if self._mail is not None and mail is not None:
            self._show_files((*self._mail.files, *mail.files[len(before) :]))

    def _on_file_removed(self, file: KeptFile) -> None:
        if self._mail is not None:
            self._show_files(tuple(each for each in self._mail.files if each is not file))

    def _show_files(self, files: tuple[KeptFile, ...]) -> None:
        assert self._mail is not None
        self._mail = replace(self._mail, files=files)
        self.fields.show_files(files)
        self._on_typed()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if self.is_writing() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What was dropped goes along."""
        urls = event.mimeData().urls()
        self.attach([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
