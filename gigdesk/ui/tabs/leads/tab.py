"""Leads: the next gig, best first at the left, why at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from gigdesk.domain.leads.records import Lead, Shelf
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.column import list_column, step
from gigdesk.ui.kit.layout import panel, panes, row, stack
from gigdesk.ui.kit.lazy import LazyRows
from gigdesk.ui.kit.long_list import LongList
from gigdesk.ui.kit.messages import Empty
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.kit.rows import LeadRow, RecordRole
from gigdesk.ui.kit.words import Button, Line, Segments
from gigdesk.ui.tabs.leads.bringing import Bringing
from gigdesk.ui.tabs.leads.detail import Detail, Shelved, read_lead
from gigdesk.ui.tabs.leads.lines import (
    SEGMENTS,
    LeadLine,
    Listing,
    Stretch,
    read_lines,
    read_listing,
)
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_FILTER_MS = 120


class LeadsPage(Page):
    """Leads: looked at, switched, marked."""

    topics = Topic.LEADS | Topic.PROFILE | Topic.SETTINGS

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self._wanted_id = 0
        self._row = self._turn = 0
        self._listing: Listing | None = None
        self._line: LeadLine | None = None
        self._hidden = self._rescoring = self._placing = False
        self._rows = LazyRows(self._fetch)
        self._rows.dataChanged.connect(self._on_rows_came)
        self._list = LongList(self._rows, LeadRow, t("Leads"))
        self._list.selectionModel().currentChanged.connect(self._on_chosen)
        self._segments = Segments(t("Which leads"), ((t("New"), 0), (t("Asked"), 0), (t("Won"), 0)))
        self._segments.picked.connect(self._on_segment)
        self._field = QLineEdit()
        self._field.setPlaceholderText(t("Title, client, skill or source"))
        self._field.setAccessibleName(t("Filter leads"))
        self._field.hide()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_FILTER_MS)
        self._wait.timeout.connect(self.load)
        self._field.textChanged.connect(self._wait.start)
        self.bringing = Bringing(desk, office)
        self.bringing.done.connect(self.done)
        self.bringing.troubled.connect(self.troubled)
        self._marked = (0, 0)
        self._foot = Line("", tokens.CAPTION, "faint")
        self._show_hidden = Button(t("Show them"), "Ctrl+H", "quiet")
        self._show_hidden.clicked.connect(self.switch_hidden)
        self._low = panel("", row(self._foot, self._show_hidden, margins=(20, 4, 10, 6)))
        self._detail = Detail()
        self._detail.opening.connect(self.open_ad)
        self._detail.passing.connect(self.pass_by)
        self._detail.going_on.connect(self.go_on)
        self._detail.switched.connect(self._on_switched)
        self._detail.asked.connect(self.asked)
        self._detail.wanted.connect(self.wanted)
        self._book = QStackedWidget()
        self._build()
        self.setAcceptDrops(True)
        self.setFocusProxy(self._list)

    def _build(self) -> None:
        bringing = Button(t("Import leads"), "Ctrl+N", "quiet", "plus", bare=True)
        bringing.clicked.connect(self.bringing.choose)
        filtering = Button(t("Filter"), "Ctrl+F", "quiet", "list-filter", bare=True)
        filtering.clicked.connect(self.filter)
        low = (self._list, self.bringing, self._low)
        left = list_column(t("Leads"), (filtering, bringing), self._segments, self._field, *low)
        action = Button(t("Import leads"), "Ctrl+N", "primary", "download")
        action.clicked.connect(self.bringing.choose)
        empty = Empty(
            "compass",
            t("No leads yet"),
            t("Bring in a table (CSV), a Remote OK file or an RSS feed of jobs, or drop it here. "
              "Each lead gets a score against your profile, and every point says why."),
            action,
        )  # fmt: skip
        self._book.addWidget(panel("page", stack(empty, gap=0)))
        self._book.addWidget(panes(left, panel("detail", stack(self._detail, gap=0))))
        self.setLayout(row(self._book, gap=0))

    # --- what a page is -------------------------------------------------------------------------
    def load(self) -> None:
        """Read the counts; the rows follow as they are seen."""
        reading = partial(
            read_listing, self.office, self._shelf, self._field.text().strip(), self._hidden,
            self._kept,
        )  # fmt: skip
        self._turn += 1
        then = partial(self._show, self._turn)
        self.desk.ask(reading, then=then, failed=self.troubled.emit)

    def commands(self) -> Sequence[Command]:
        """What can be done with leads."""
        return (
            Command(t("Mark as asked, then as won"), "A", "check", self.go_on, self._may_go_on),
            Command(t("Not for me"), "X", "x", self.pass_by, self._may_pass),
            Command(t("Keep in view"), "I", "tag", self.keep_in_view, self._has_lead),
            Command(t("Open the ad"), "O", "arrow-up-right", self.open_ad, self._has_url),
            Command(t("Next lead"), "J", "chevron-right", partial(self.step, 1)),
            Command(t("Lead before"), "K", "chevron-left", partial(self.step, -1)),
            Command(t("Filter leads"), "Ctrl+F", "list-filter", self.filter),
            Command(t("Show what is hidden, or not"), "Ctrl+H", "eye-off", self.switch_hidden),
            Command(t("Import leads"), "Ctrl+N", "download", self.bringing.choose),
        )

    def begin(self) -> None:
        """The first leads."""
        self.bringing.choose()

    def chosen(self) -> Ref | None:
        """The chosen lead."""
        lead = self._detail.lead
        return Ref("lead", lead.id) if lead is not None else None

    def title(self) -> str:
        """The shown lead."""
        lead = self._detail.lead
        return lead.title if lead is not None else ""

    def open(self, ref: Ref) -> bool:
        """Show a lead, wherever it lies."""
        if ref.kind != "lead":
            return False
        self.desk.ask(
            partial(self.office.leads.get, ref.id), then=self._look_at, failed=self.troubled.emit
        )
        return True

    # --- what can be done -----------------------------------------------------------------------
    def go_on(self) -> None:
        """Asked; when it was asked, won."""
        lead = self._detail.lead
        if lead is not None and lead.shelf is not Shelf.WON:
            self._mark("won" if lead.shelf is Shelf.ASKED else "applied")

    def pass_by(self) -> None:
        """Not for me; when it was asked, lost; what is no lead goes out of the list."""
        if self._line is not None and self._line.unusable is not None:
            self.do(partial(self.office.leads.put_rejected_away, self._line.unusable.id))
        elif self._detail.lead is not None:
            self._mark("lost" if self._detail.lead.shelf is Shelf.ASKED else "dismissed")

    def keep_in_view(self) -> None:
        """Interested, not asked yet; brings a hidden one back."""
        if self._detail.lead is not None:
            self._mark("interested")

    def open_ad(self) -> None:
        """The ad where it stands, in the browser."""
        lead = self._detail.lead
        if lead is not None and lead.url:
            QDesktopServices.openUrl(QUrl(lead.url))

    def step(self, by: int) -> None:
        """Choose the next lead or the one before."""
        step(self._list, by)

    def filter(self) -> None:
        """Open the field that filters as one types, or close it when it is empty."""
        showing = not self._field.isVisible() or bool(self._field.text())
        self._field.setVisible(showing)
        if showing:
            self._field.setFocus()
            self._field.selectAll()
        else:
            self._list.setFocus()

    def switch_hidden(self) -> None:
        """Show what was hidden, or hide it again."""
        self._hidden = not self._hidden
        self._segments.pick(0)
        self.load()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.bringing.bring_in(paths)

    def _mark(self, mark: str) -> None:
        lead = self._detail.lead
        # A key held down must not act again on what was shown a moment ago.
        if lead is not None and self._marked != (lead.id, lead.version):
            self._marked = lead.id, lead.version
            self.do(partial(self.office.leads.mark, lead.id, mark))

    def _has_lead(self) -> bool:
        return self._detail.lead is not None

    def _has_url(self) -> bool:
        return self._detail.lead is not None and bool(self._detail.lead.url)

    def _may_go_on(self) -> bool:
        return self._detail.lead is not None and self._detail.lead.shelf is not Shelf.WON

    def _may_pass(self) -> bool:
        lead = self._detail.lead
        broken = self._line is not None and self._line.unusable is not None
        return broken or (lead is not None and lead.shelf in {Shelf.NEW, Shelf.ASKED})

    # --- showing --------------------------------------------------------------------------------
    @property
    def _shelf(self) -> Shelf:
        return SEGMENTS[self._segments.at]

    @property
    def _kept(self) -> int:
        """The lead that stays chosen when the list begins anew; 0: whatever stands there then."""
        return self._wanted_id or (self._line.id if self._line else 0)

    def _show(self, turn: int, found: Listing) -> None:
        if turn != self._turn:  # asked again meanwhile: that answer comes
            return
        if self._kept and found.lead != self._kept:  # another was chosen while this was read
            self.load()
            return
        self._listing = found
        counts = found.counts
        some = bool(counts.all or counts.unreadable)
        self._book.setCurrentIndex(1 if some else 0)
        self._segments.show_counts((counts.new, counts.asked, counts.won))
        self.counted.emit(counts.worth, False)
        self._show_foot(counts.away + counts.never)
        self._rows.start([heading for each in found.stretches for heading in each.headings])
        self._choose(found)
        if found.stale and not self._rescoring:
            self._rescoring = True
            self.desk.fetch(
                self.office.leads.rescore,
                piece=self._on_rescoring,
                then=self._on_rescored,
                failed=self._on_rest,
            )

    def _show_foot(self, hidden: int) -> None:
        self._low.setVisible(bool(hidden) and self._shelf is Shelf.NEW)
        self._foot.say(n("{n} hidden", "{n} hidden", hidden))
        self._show_hidden.say(t("Hide them") if self._hidden else t("Show them"))

    def _choose(self, found: Listing) -> None:
        """The wanted lead, else what stands now where the last one stood."""
        if found.place < 0:
            self._wanted_id = 0
        there = bool(self._kept) and found.place >= 0
        at = self._rows.row_at(found.place) if there else self._row
        at = min(at, self._rows.rowCount() - 1)
        while at >= 0 and not self._selectable(at):
            at += 1 if at + 1 < self._rows.rowCount() else -self._rows.rowCount()
        if at < 0:
            self._line = None
            self._detail.clear()
            return
        self._row = at
        index = self._rows.index(at, 0)
        self._placing = True
        self._list.setCurrentIndex(index)
        self._placing = False
        self._list.scrollTo(index)
        self._take(index)

    def _selectable(self, at: int) -> bool:
        return bool(self._rows.flags(self._rows.index(at, 0)) & Qt.ItemFlag.ItemIsSelectable)

    def _fetch(self, offset: int, count: int, landed: Callable[[Sequence[Any]], None]) -> None:
        stretches: Sequence[Stretch] = self._listing.stretches if self._listing else ()
        self.desk.ask(
            partial(read_lines, self.office, stretches, offset, count),
            then=landed,
            failed=self.troubled.emit,
        )

    def _on_rows_came(self) -> None:
        self._take(self._list.currentIndex())

    def _on_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._placing or not now.isValid():
            return
        # Its row may be on its way: then it is shown as soon as it is there.
        self._wanted_id, self._row, self._line = 0, now.row(), None
        self._take(now)

    def _take(self, index: QModelIndex) -> bool:
        """Show the lead of this row, if it has come; whether it has."""
        line = index.data(RecordRole) if index.isValid() else None
        if not isinstance(line, LeadLine):
            return False
        # Wanted until it is really there: another load may come before its row does.
        self._wanted_id = 0 if line.id == self._wanted_id else self._wanted_id
        self._row, self._line = index.row(), line
        if line.unusable is not None:
            self._detail.show_unusable(line.unusable)
            return True
        self.desk.ask(
            partial(read_lead, self.office, line.id),
            then=self._on_lead,
            failed=self.troubled.emit,
        )
        return True

    def _on_lead(self, shown: Shelved) -> None:
        if self._line is not None and self._line.id == shown.lead.id:
            self._detail.show_lead(shown)
            self.retitled.emit()

    def _look_at(self, lead: Lead) -> None:
        self._field.clear()
        self._wanted_id = lead.id
        self._hidden = self._hidden or bool(lead.hidden_by)
        shelf = Shelf.NEW if lead.hidden_by else lead.shelf
        self._segments.pick(SEGMENTS.index(shelf))
        self.load()

    def _on_segment(self) -> None:
        self._row = 0
        self._line = None
        self.load()

    def _on_switched(self, name: str) -> None:
        self.do(partial(self.office.leads.switch_point, name))

    def _on_rescoring(self, done: int) -> None:
        if done > 1000:  # fewer are there before one looks
            self._low.show()
            self._foot.say(n("{n} score reckoned anew", "{n} scores reckoned anew", done))

    def _on_rescored(self, _changed: Changed[int]) -> None:
        self._rescoring = False

    def _on_rest(self, error: Exception) -> None:
        self._rescoring = False
        self.troubled.emit(error)
