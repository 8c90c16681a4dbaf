"""The Inbox: conversations left, the chosen one right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from gigdesk.domain.inbox.mails import Counts, Mail, MailLine, Section, Thread
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Topic
from gigdesk.domain.words import t
from gigdesk.ui.kit.column import list_column, step
from gigdesk.ui.kit.layout import panel, panes, row, stack
from gigdesk.ui.kit.lazy import LazyRows
from gigdesk.ui.kit.long_list import LongList
from gigdesk.ui.kit.messages import Empty
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.rows import MailRow, RecordRole
from gigdesk.ui.kit.words import Button, Segments, Words
from gigdesk.ui.tabs.inbox.accounts import AccountFilter
from gigdesk.ui.tabs.inbox.labelling import LabelFilter
from gigdesk.ui.tabs.inbox.lines import ThreadLine, line_of_mail
from gigdesk.ui.tabs.inbox.listing import Only, lines_of, state_of
from gigdesk.ui.tabs.inbox.newsletters import newsletters
from gigdesk.ui.tabs.inbox.reading import Reading
from gigdesk.ui.tabs.inbox.resting import Resting
from gigdesk.ui.tabs.inbox.writing.page import WritingPage

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

SEGMENTS = (tuple(Section), (Section.NEEDS_YOU,), (Section.WAITING,))
_SEARCH_MS = 120
_HITS = 200


class InboxPage(WritingPage):
    """Mail: found, read, put away."""

    topics = Topic.INBOX | Topic.CLIENTS | Topic.PROFILE | Topic.PROPOSALS

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self._thread: Thread | None = None
        self._wanted_thread = self._newest = 0
        self._listed = True  # the shown conversation is one of the list
        self._placing = False
        self._counts = Counts()
        self._hits: Sequence[MailLine] | None = None
        self._rows = LazyRows(self._fetch)
        self._list = LongList(self._rows, MailRow, t("Conversations"))
        self._list.selectionModel().currentChanged.connect(self._on_chosen)
        self._rows.dataChanged.connect(self._on_rows_came)
        self._segments = Segments(
            t("Which conversations"), ((t("All"), 0), (t("Needs you"), 0), (t("Waiting"), 0))
        )
        self._segments.picked.connect(self._on_segment)
        self._labels = LabelFilter(desk, office)
        self._labels.picked.connect(self._on_segment)
        self._accounts = AccountFilter(desk, office)
        self._accounts.picked.connect(self._on_segment)
        self._search = QLineEdit()
        self._search.setPlaceholderText(
            t("Search: from: to: subject: has:attachment before: after:")
        )
        self._search.setAccessibleName(t("Search mail"))
        self._search.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SEARCH_MS)
        self._wait.timeout.connect(self._find)
        self._search.textChanged.connect(self._wait.start)
        self._search.returnPressed.connect(self._to_hits)
        self._reading = Reading(desk, office)
        self._resting = Resting(desk, office)
        composer = self._reading.composer
        for each in (self._reading, self._resting, composer):
            each.wanted.connect(self.wanted)
            each.troubled.connect(self.troubled)
        self._labels.troubled.connect(self.troubled)
        for part in (self._resting, composer, self._reading, self._reading.labelling):
            part.done.connect(self.done)
        self.wrote.connect(self.load)
        self._reading.said.connect(self.said)
        self._reading.away.connect(self.put_away)
        self._reading.unread.connect(self.mark_unread)
        self._nothing = Words("", ink="soft", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._shelf = QStackedWidget()
        self._shelf.addWidget(self._list)
        self._shelf.addWidget(panel("", stack(self._nothing, gap=0, margins=(28, 40, 28, 0))))
        self._book = QStackedWidget()
        self._build()
        self.setFocusProxy(self._list)

    def _build(self) -> None:
        bringing = Button(t("Import mail"), "Ctrl+O", "quiet", "download", bare=True)
        bringing.clicked.connect(self.choose_files)
        writing = Button(t("New mail"), "Ctrl+N", "quiet", "pencil", bare=True)
        writing.clicked.connect(self.write)
        seeking = Button(t("Search"), "Ctrl+F", "quiet", "search", bare=True)
        seeking.clicked.connect(self.search)
        tools = (self._accounts.tool, self._labels.tool, seeking, bringing, writing)
        parts = (self._search, self._accounts, self._labels, self._shelf, self._progress)
        left = list_column(t("Inbox"), tools, self._segments, *parts)
        leaving = QShortcut(QKeySequence(Qt.Key.Key_Escape), left)
        leaving.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self.leave_search)
        action = Button(t("Add your mail account"), "", "primary", "mail")
        action.clicked.connect(partial(self.asked.emit, "account"))
        empty = Empty(
            "inbox",
            t("No mail yet"),
            t("Add your account, and it comes in here. Or import an mbox, a Maildir or single"
              " mails; drop them here. Everything is read on this machine and stays on it."),
            action,
            t("Import mail"),
        )  # fmt: skip
        empty.other.clicked.connect(self.choose_files)
        self._book.addWidget(panel("page", stack(empty, gap=0)))
        right = panel("page", stack(self._resting, self._reading, gap=0))
        self.serves(self._reading)
        self._book.addWidget(panes(left, self.beside(right)))
        self.setLayout(row(self._book, gap=0))

    def load(self) -> None:
        """Read the counts; the rows follow as they are seen."""
        sections = SEGMENTS[self._segments.at]
        self.desk.ask(
            partial(state_of, self.office, sections, self._only(), self._wanted_thread),
            then=self._show,
            failed=self.troubled.emit,
        )

    def commands(self) -> Sequence[Command]:
        """What can be done with mail."""
        chosen = self._has_thread
        return (
            *self.writing_commands(),
            *self.at_rest(self._reading.below.commands()),
            Command(t("Put away"), "X", "archive", self.put_away, chosen),
            Command(t("Mark unread"), "U", "mail", self.mark_unread, chosen),
            *self._reading.labelling.commands(),
            *self._resting.commands(),
            *self._labels.commands(),
            *self._accounts.commands(),
            newsletters(self, self._reading.open_link),
            *self._reading.commands(),
            Command(t("Next conversation"), "J", "chevron-right", partial(self.step, 1)),
            Command(t("Conversation before"), "K", "chevron-left", partial(self.step, -1)),
            Command(t("Search mail"), "Ctrl+F", "search", self.search),
            Command(t("Import mail"), "Ctrl+O", "download", self.choose_files),
            Command(
                t("What could not be read"), "", "triangle-alert", self.show_unreadable,
                self._has_unreadable,
            ),
        )  # fmt: skip

    def open(self, ref: Ref) -> bool:
        """Show a mail in its conversation."""
        if ref.kind == "unsent":
            self.write_on(ref.id)
        if ref.kind != "mail":
            return ref.kind == "unsent"
        self.read_on()
        self.desk.ask(
            partial(self.office.inbox.mail, ref.id),
            then=lambda mail: self._go_to(mail.thread),
            failed=self.troubled.emit,
        )
        return True

    def chosen(self) -> Ref | None:
        """The newest mail of the shown conversation."""
        return Ref("mail", self._newest) if self._thread is not None and self._newest else None

    def title(self) -> str:
        """The shown conversation."""
        return self._thread.subject if self._thread else ""

    def put_away(self) -> None:
        """Out of the list; the next one is chosen, and is what a second press means."""
        if self._thread is not None:
            gone, self._thread = self._thread.id, None
            call, failed = partial(self.office.inbox.put_away, gone), partial(self._stays, gone)
            self.desk.do(call, then=self.done.emit, failed=failed)

    def mark_unread(self) -> None:
        """Leave it for later, marked."""
        if self._thread is not None:
            self.do(partial(self.office.inbox.mark_unread, self._thread.id))

    def step(self, by: int) -> None:
        """Choose the next conversation or the one before."""
        step(self._list, by)

    def search(self) -> None:
        """Open the search field, or close it when it is empty."""
        if self._search.isVisible() and not self._search.text():
            self.leave_search()
            return
        self._search.show()
        self._search.setFocus()
        self._search.selectAll()

    def leave_search(self) -> None:
        """Back to all conversations; the one that is shown stays."""
        if not self._search.isVisible():
            return
        self._hide_search()
        self._list.setFocus()
        if self._hits is not None:
            self._hits, self._listed = None, False
            self.load()

    def _stays(self, thread_id: int, error: Exception) -> None:
        self._show_thread(thread_id)
        self.troubled.emit(error)

    def _has_thread(self) -> bool:
        return self._thread is not None

    def _go_to(self, thread_id: int) -> None:
        """Show a conversation and choose its row, in whichever section it stands."""
        self._listed = False
        self._show_thread(thread_id)
        self._hits = None
        self._segments.pick(0)
        self._hide_search()
        self.load()

    def _show(self, state: tuple[Counts, int, int, int | None]) -> None:
        self._counts, total, shown, place = state
        if shown != self._wanted_thread:  # another was chosen while this was read
            place = None
            if self._wanted_thread and self._hits is None:
                self.load()
                return
        counts = self._counts
        self._book.setCurrentIndex(1 if total or self.writer.is_writing() else 0)
        self._segments.show_counts((counts.all, counts.needs_you, counts.waiting))
        if self._only() == ("", 0):
            self.counted.emit(counts.needs_you, False)
        if self._hits is None:
            self._start_list(place)
        if self._thread is not None and self._wanted_thread:
            self._show_thread(self._wanted_thread)

    def _start_list(self, place: int | None) -> None:
        """The rows anew. The shown conversation stays chosen; when it left, the next one is."""
        kept = self._list.currentIndex().row()
        scrolled = self._list.verticalScrollBar().value()
        wanted = SEGMENTS[self._segments.at]
        self._rows.start([(section.words, self._counts.of(section)) for section in wanted])
        rows = self._rows.rowCount()
        self._say_nothing("" if rows else t("Nothing is here. Search finds what was put away."))
        self._list.doItemsLayout()
        self._list.verticalScrollBar().setValue(scrolled)
        if place is not None and rows:
            self._listed = True
            self._place(self._rows.row_at(place))
        elif self._listed or not self._wanted_thread:
            self._wanted_thread = 0
            if rows:
                self._place(min(kept, rows - 1) if kept > 0 else self._rows.first())
            else:
                self._on_thread_failed()

    def _place(self, row_at: int) -> None:
        """Choose a row for the person, who did not."""
        self._placing = True
        self._list.setCurrentIndex(self._rows.index(row_at, 0))
        if not self._rows.flags(self._list.currentIndex()) & Qt.ItemFlag.ItemIsSelectable:
            self.step(1)
        self._placing = False
        if row_at <= self._rows.first():
            self._list.scrollToTop()  # its heading is seen as well
        self._on_rows_came()

    def _say_nothing(self, words: str) -> None:
        self._nothing.setText(words)
        self._shelf.setCurrentIndex(1 if words else 0)

    def _only(self) -> Only:
        return self._labels.code, self._accounts.id

    def _fetch(self, offset: int, count: int, landed: Callable[[Sequence[Any]], None]) -> None:
        if self._hits is not None:
            hits = self._hits[offset : offset + count]
            zone = self.office.zone()
            now = self.office.now()
            QTimer.singleShot(
                0, self, lambda: landed([line_of_mail(hit, zone, now) for hit in hits])
            )
            return
        sections = SEGMENTS[self._segments.at]
        self.desk.ask(
            partial(lines_of, self.office, sections, self._only(), offset, count),
            then=landed,
            failed=self.troubled.emit,
        )

    def _on_rows_came(self) -> None:
        record = self._list.currentIndex().data(RecordRole)
        if not isinstance(record, ThreadLine):
            return
        if not self._wanted_thread:
            self._show_thread(record.thread)
        elif record.thread != self._wanted_thread:
            self._follow()

    def _follow(self) -> None:
        """Something came in between: the shown conversation's row is another one by now."""
        shown = self._wanted_thread
        at = self._rows.row_of(lambda each: isinstance(each, ThreadLine) and each.thread == shown)
        if at >= 0 and at != self._list.currentIndex().row():
            self._place(at)

    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._placing or not now.isValid():
            return
        self.read_on()
        self._listed = True
        record = now.data(RecordRole)
        self._wanted_thread = 0  # shown as soon as its row is there
        if isinstance(record, ThreadLine):
            self._show_thread(record.thread)

    def _show_thread(self, thread_id: int) -> None:
        self._wanted_thread = thread_id
        self.desk.ask(
            partial(self.office.inbox.thread, thread_id),
            then=self._on_thread,
            failed=self._on_thread_failed,
        )

    def _on_thread(self, found: tuple[Thread, list[Mail]]) -> None:
        thread, mails = found
        if thread.id != self._wanted_thread:
            return
        self._thread, self._newest = thread, mails[-1].id
        self._reading.show_thread(thread, mails)
        self.answers(mails)
        self._resting.look(thread.id, mine=thread.mine_last)
        self.retitled.emit()
        if thread.unread and self.isVisible():
            self.desk.do(partial(self.office.inbox.mark_read, thread.id), failed=self.troubled.emit)

    def _on_thread_failed(self, _error: Exception | None = None) -> None:
        self._thread = None
        self._newest = 0
        self._reading.clear()
        self._resting.look(0, mine=False)
        self.retitled.emit()

    def _on_segment(self) -> None:
        self._hits = None
        self._hide_search()
        self._placing = True
        self._list.setCurrentIndex(QModelIndex())
        self._placing = False
        self.load()

    def _hide_search(self) -> None:
        with QSignalBlocker(self._search):
            self._search.clear()
        self._wait.stop()
        self._search.hide()

    def _find(self) -> None:
        typed = self._search.text()
        if not typed.strip():
            if self._hits is not None:
                self._hits, self._listed = None, False
                self.load()
            return
        self.desk.ask(
            partial(self.office.inbox.search, typed, _HITS, typing=True),
            then=partial(self._on_found, typed),
            failed=self.troubled.emit,
        )

    def _on_found(self, typed: str, hits: list[MailLine]) -> None:
        if typed != self._search.text():
            return  # more was typed meanwhile
        self._hits = hits
        self._rows.start([(t("Found"), len(hits))])
        self._list.scrollToTop()
        self._say_nothing("" if hits else t("No mail with “{typed}”", typed=typed))

    def _to_hits(self) -> None:
        if self._rows.rowCount():
            self._list.setFocus()
            self.step(1)
