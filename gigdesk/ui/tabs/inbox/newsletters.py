"""The newsletters by who sends them: choose some, leave them with one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from gigdesk.domain.inbox.leaving import Left, Letters, Way
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.layout import panel, row, rule
from gigdesk.ui.kit.page import Command, Page
from gigdesk.ui.kit.rows import RecordRole
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.sheet import Sheet, SheetLine, TwoLines

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


def newsletters(page: Page, link: Callable[[QUrl], object]) -> Command:
    """The command that shows them over a page; `link` opens a page on the web."""

    def show() -> None:
        sheet = Newsletters(page.window(), page.desk, page.office)
        sheet.linked.connect(link)
        sheet.troubled.connect(page.troubled)

    return Command(t("Newsletters: leave some"), "Shift+U", "list-filter", show)


class Newsletters(Sheet):
    """Who sends newsletters, the busiest first. Nothing is asked of anybody before the click."""

    linked = Signal(object)  # QUrl: a page the person wants to look at
    troubled = Signal(object)  # an Exception

    def __init__(self, parent: QWidget, desk: Desk, office: Office) -> None:
        super().__init__(parent, t("Newsletters"), TwoLines, t("No newsletters."))
        self._desk, self._office = desk, office
        self._all: Sequence[Letters] = ()
        self._chosen: set[str] = set()
        self._told: dict[str, Left] = {}
        self._said = Words(t("Choose whom to leave: Space or a click."), ink="soft")
        self._leave = Button(t("Unsubscribe"), "", "primary")
        self._leave.setEnabled(False)
        self._leave.clicked.connect(self.leave)
        foot = panel("", row(self._said, None, self._leave, margins=(20, 10, 16, 12)))
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.addWidget(rule())
        layout.addWidget(foot)
        self.picked.connect(self._on_picked)
        desk.ask(office.leaving.letters, then=self._show, failed=self.troubled.emit)

    def leave(self) -> None:
        """Leave the chosen ones; each line says how it went."""
        chosen = [each for each in self._all if each.sender in self._chosen]
        if not chosen:
            return
        self._leave.setEnabled(False)
        self._said.setText(n("Leaving {n} newsletter", "Leaving {n} newsletters", len(chosen)))
        self._desk.fetch(
            partial(self._office.leaving.leave, chosen),
            piece=self._on_left,
            then=self._on_done,
            failed=self.troubled.emit,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space chooses, as a click does."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Space:  # type: ignore[attr-defined]
            self._on_clicked(self.view.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab reaches the button as well."""
        if self.view.hasFocus() and onward and self._leave.isEnabled():
            self._leave.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(onward)

    def _show(self, letters: Sequence[Letters]) -> None:
        self._all = letters
        self._draw()

    def _draw(self) -> None:
        at = self.view.currentIndex().row()
        top = self.view.verticalScrollBar().value()
        self.show_lines([self._line(each) for each in self._all])
        if at > 0:
            self.view.setCurrentIndex(self._model.index(at, 0))
        self.view.verticalScrollBar().setValue(top)
        count = len(self._chosen)
        self._leave.say(
            n("Unsubscribe from {n}", "Unsubscribe from {n}", count) if count else t("Unsubscribe")
        )
        self._leave.setEnabled(bool(count))

    def _line(self, each: Letters) -> SheetLine:
        told = self._told.get(each.sender)
        here = each.last.astimezone(self._office.zone())
        mails = n("{n} mail", "{n} mails", each.mails)
        read = n("{n} unread", "{n} unread", each.unread) if each.unread else t("all read")
        words = told.words if told else " · ".join((mails, read, self._way(each)))
        return SheetLine(
            each.name,
            words,
            date_text(here.date(), form="d MMM"),
            mark="circle-check" if each.sender in self._chosen else "mail",
        )

    def _way(self, each: Letters) -> str:
        if each.left is not None:
            day = date_text(each.left.astimezone(self._office.zone()).date(), form="d MMM")
            return t("left on {day}", day=day)
        return {
            Way.CLICK: t("one click leaves it"),
            Way.MAIL: t("a mail leaves it"),
            Way.LINK: t("only its page leaves it"),
            Way.NONE: t("offers no way to leave"),
        }[each.exits.way]

    def _on_picked(self, line: SheetLine) -> None:  # noqa: ARG002 - two may be called alike
        index = self.view.currentIndex()
        if not isinstance(index.data(RecordRole), SheetLine):
            return
        each = self._all[index.row()]
        told = self._told.get(each.sender)
        if told is not None and told.page:
            self.linked.emit(QUrl(told.page))
            return
        if each.exits.way is not Way.NONE:
            self._chosen ^= {each.sender}
            self._draw()

    def _on_left(self, left: Left) -> None:
        self._told[left.sender] = left
        self._chosen.discard(left.sender)
        self._draw()
        self._leave.setEnabled(False)

    def _on_done(self, all_left: Sequence[Left]) -> None:
        done = sum(each.done for each in all_left)
        words = n("Left {n} newsletter.", "Left {n} newsletters.", done)
        pages = sum(bool(each.page) for each in all_left)
        if pages:
            words += " " + n(
                "{n} wants you to look at its page: click its line.",
                "{n} want you to look at their pages: click their lines.",
                pages,
            )
        self._said.setText(words)
        self._desk.ask(self._office.leaving.letters, then=self._show, failed=self.troubled.emit)
