"""The line over a conversation that waits, and the menus that let it: sleep, be reminded, wake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from gigdesk.domain.inbox.waiting import Wait, WaitKind, at_clock, wait_words
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.days import DayField
from gigdesk.ui.kit.layout import panel, row, rule, stack
from gigdesk.ui.kit.page import Command
from gigdesk.ui.kit.words import Button, Line
from gigdesk.ui.sheet import Sheet, SheetLine, TwoLines
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import MailLine
    from gigdesk.services.office import Office

FOLLOW_DAYS = (1, 2, 3, 5, 10)


class Resting(QWidget):
    """Says how the shown conversation waits; hidden when it does not."""

    done = Signal(object)  # Changed
    troubled = Signal(object)  # an Exception
    wanted = Signal(object)  # Ref

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._thread = 0
        self._mine = False
        self._waits: Sequence[Wait] = ()
        self._said = Line("", tokens.CAPTION)
        self._end = Button(t("Wake now"), "", "quiet")
        self._end.clicked.connect(self.end)
        line = panel("", row(self._said, self._end, gap=tokens.S, margins=(28, 4, 20, 4)))
        line.setFixedHeight(u(36))
        self.setLayout(stack(line, rule(), gap=0))
        self.hide()

    def commands(self) -> tuple[Command, ...]:
        """What can be done with a conversation that is not for now."""
        return (
            Command(
                t("Let it sleep until"), "H", "alarm-clock", self.choose_sleep, self._may_sleep
            ),
            Command(
                t("Remind me without an answer"), "F", "timer", self.choose_follow, self._may_follow
            ),
            Command(t("Wake it, or no reminder"), "Shift+H", "sun-medium", self.end, self._waiting),
            Command(t("What sleeps"), "", "moon", self.show_asleep),
        )

    def look(self, thread_id: int, *, mine: bool) -> None:
        """Another conversation is shown; `mine` says whose the last word in it is."""
        other = thread_id != self._thread
        self._thread, self._mine = thread_id, mine
        if other:
            self._show(thread_id, ())  # what waits there is not known yet
        if not thread_id:
            return
        self._desk.ask(
            partial(self._office.waiting.of, thread_id),
            then=partial(self._show, thread_id),
            failed=self.troubled.emit,
        )

    def choose_sleep(self) -> None:
        """Ask until when."""
        menu = QMenu(self.parentWidget())
        zone = self._office.zone()
        for each in self._office.waiting.choices():
            here = each.until.astimezone(zone)
            when = f"{date_text(here.date(), form='EEE d MMM')}, {here:%H:%M}"
            act = menu.addAction(f"{_lettered(each.words, each.key)}\t{when}")
            act.triggered.connect(partial(self._sleep, self._thread, each.until))
        menu.addSeparator()
        menu.addAction(self._day_choice(menu))
        self._pop_up(menu)

    def choose_follow(self) -> None:
        """Ask after how many working days."""
        menu = QMenu(self.parentWidget())
        for days in FOLLOW_DAYS:
            words = n("After {n} working day", "After {n} working days", days)
            act = menu.addAction(_lettered(words, str(days)[0]))
            call = partial(self._office.waiting.follow, self._thread, days)
            act.triggered.connect(partial(self._do, call))
        self._pop_up(menu)

    def end(self) -> None:
        """Wake what sleeps; remind no more."""
        waiting = self._office.waiting
        for each in self._waits[:1]:
            ending = waiting.wake if each.kind is WaitKind.SLEEP else waiting.forget
            self._do(partial(ending, self._thread))

    def show_asleep(self) -> None:
        """The sleeping conversations, the soonest to wake first."""
        self._desk.ask(self._office.waiting.asleep, then=self._on_asleep, failed=self.troubled.emit)

    def _on_asleep(self, lines: Sequence[tuple[Wait, MailLine]]) -> None:
        parent = self.parentWidget()
        assert parent is not None
        sheet = Sheet(parent.window(), t("What sleeps"), TwoLines, t("Nothing sleeps."))
        sheet.opened.connect(self.wanted)
        zone = self._office.zone()
        sheet.show_lines(
            SheetLine(
                line.subject or t("no subject"),
                line.sender.shown,
                date_text(wait.until.astimezone(zone).date(), form="EEE d MMM"),
                mark="alarm-clock",
                ref=Ref("mail", line.id, line.subject),
            )
            for wait, line in lines
        )

    def _show(self, thread_id: int, waits: Sequence[Wait]) -> None:
        if thread_id != self._thread:
            return  # another is shown by now
        self._waits = waits
        zone = self._office.zone()
        self._said.say("  ·  ".join(wait_words(each, zone) for each in waits))
        asleep = any(each.kind is WaitKind.SLEEP for each in waits)
        self._end.say(t("Wake now") if asleep else t("No reminder"))
        self.setVisible(bool(waits))

    def _day_choice(self, menu: QMenu) -> QWidgetAction:
        """Any day, in its morning."""
        tomorrow = self._office.now().astimezone(self._office.zone()).date() + timedelta(days=1)
        field = DayField(t("Another day"))
        field.setMinimumDate(field.date().fromString(tomorrow.isoformat(), "yyyy-MM-dd"))
        field.show_day(tomorrow + timedelta(days=13))
        there = Button(t("Until then"), "", "quiet")
        thread = self._thread

        def chosen() -> None:
            menu.close()
            settings = self._office.settings
            self._sleep(thread, at_clock(field.day, settings.clock("morning"), settings.zone()))

        there.clicked.connect(chosen)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(panel("", row(field, there, None, margins=(12, 6, 12, 6))))
        return holder

    def _sleep(self, thread: int, until: datetime) -> None:
        self._do(partial(self._office.waiting.sleep, thread, until))

    def _do(self, call: Callable[[], Changed[object]]) -> None:
        self._desk.do(call, then=self.done.emit, failed=self.troubled.emit)

    def _pop_up(self, menu: QMenu) -> None:
        parent = self.parentWidget()
        assert parent is not None
        wide = parent.width() - menu.sizeHint().width() - u(tokens.L)
        menu.popup(parent.mapToGlobal(QPoint(max(0, wide), u(tokens.HEADER_H))))
        menu.setActiveAction(menu.actions()[0])

    def _may_sleep(self) -> bool:
        return bool(self._thread)

    def _may_follow(self) -> bool:
        return bool(self._thread) and self._mine

    def _waiting(self) -> bool:
        return bool(self._waits)


def _lettered(words: str, letter: str) -> str:
    """The words with the letter that chooses them marked."""
    at = words.lower().find(letter.lower())
    return f"{words[:at]}&{words[at:]}" if at >= 0 else words
