"""Writing an event: a small form beside the work, checked before it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)

from gigdesk.domain.calendar.events import Event, Moment, NewEvent
from gigdesk.domain.errors import Trouble
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.days import DayField
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.tabs.calendar.side import zone_completer
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class EventEditor(QDialog):
    """An event being written. Beside the work: the window stays usable."""

    changed = Signal(object)  # Changed, its value the event's id
    troubled = Signal(object)

    def __init__(
        self, desk: Desk, office: Office, shown: Event | datetime, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self._id = shown.id if isinstance(shown, Event) else 0
        self.setWindowTitle(t("Edit the event") if self._id else t("New event"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(u(460))
        self._title = _field(t("What"))
        self._start = DayField(t("First day")), _times(t("Starts at"))
        self._end = DayField(t("Last day")), _times(t("Ends at"))
        self._all_day = Check(t("All day"))
        self._all_day.toggled.connect(self._on_all_day)
        self._zone = _field(t("Time zone"))
        self._zone.setCompleter(zone_completer(self._zone))
        self._where = _field(t("Where"))
        self._notes = QPlainTextEdit()
        self._notes.setAccessibleName(t("Notes"))
        self._notes.setTabChangesFocus(True)
        self._notes.setFixedHeight(u(90))
        self._problem = Words("", ink="bad", wrap=True)
        self._build()
        if isinstance(shown, Event):
            self._fill(shown)
        else:
            self._set(shown, shown + _HOUR)
            self._zone.setText(office.zone().key)
        self._length = self._span()[1] - self._span()[0]
        self._start[0].dateChanged.connect(self._on_start)
        self._start[1].timeChanged.connect(self._on_start)
        self._end[0].dateChanged.connect(self._on_end)
        self._end[1].timeChanged.connect(self._on_end)

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(tokens.S)
        for name, piece in (
            (t("What"), self._title),
            (t("From"), row(*self._start, self._all_day, None)),
            (t("To"), row(*self._end, None)),
            (t("Zone"), self._zone),
            (t("Where"), self._where),
            (t("Notes"), self._notes),
        ):
            form.addRow(Words(name, ink="soft"), piece)
        keep = Button(t("Keep"), "Ctrl+Return", "primary", "check")
        keep.clicked.connect(self.keep)
        away = Button(t("Cancel"), "Esc", "quiet")
        away.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep)
        self.setLayout(
            stack(
                form, self._problem, 4, row(keep, away, None), gap=tokens.M,
                margins=(24, 20, 24, 20),
            )
        )  # fmt: skip

    def keep(self) -> None:
        """Keep it, if it can be."""
        new = self._new()
        calendar = self._office.calendar
        verb = partial(calendar.move, self._id, new) if self._id else partial(calendar.add, new)
        self._desk.do(verb, then=self._on_kept, failed=self._on_problem)

    def _new(self) -> NewEvent:
        start, end = self._span()
        all_day = self._all_day.isChecked()
        zone = "" if all_day else self._zone.text().strip()
        return NewEvent(
            self._title.text().strip(), start, end + _DAY if all_day else end, zone, all_day,
            self._where.text().strip(), self._notes.toPlainText().strip(),
        )  # fmt: skip

    def _fill(self, event: Event) -> None:
        self._title.setText(event.title)
        self._where.setText(event.location)
        self._notes.setPlainText(event.description)
        self._zone.setText(event.zone)
        self._all_day.setChecked(event.all_day)
        assert event.start is not None
        assert event.end is not None
        end = _in_zone(event.end, event.zone)
        self._set(_in_zone(event.start, event.zone), end - _DAY if event.all_day else end)

    def _set(self, start: datetime, end: datetime) -> None:
        for (day, clock), moment in ((self._start, start), (self._end, max(start, end))):
            day.show_day(moment.date())
            clock.setTime(QTime(moment.hour, moment.minute))

    def _span(self) -> tuple[datetime, datetime]:
        found = []
        for day, clock in (self._start, self._end):
            on, at = day.day, clock.time()
            if self._all_day.isChecked():
                at = QTime(0, 0)
            found.append(
                datetime(on.year, on.month, on.day, at.hour(), at.minute())  # noqa: DTZ001
            )
        return found[0], found[1]

    def _on_all_day(self, on: bool) -> None:
        self._start[1].setVisible(not on)
        self._end[1].setVisible(not on)
        self._zone.setEnabled(not on)

    def _on_start(self) -> None:
        """The end moves along: the length stays."""
        start = self._span()[0]
        self._set(start, start + self._length)

    def _on_end(self) -> None:
        start, end = self._span()
        if end >= start:
            self._length = end - start

    def _on_kept(self, changed: Changed[int]) -> None:
        self.changed.emit(changed)
        self.close()

    def _on_problem(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self._problem.setText(f"{error.title}. {error.advice}".strip())
        else:
            self.troubled.emit(error)


def _in_zone(moment: Moment, zone: str) -> datetime:
    """A moment on the clock of the event's own zone; as it stands where that is unknown."""
    if moment.offset is None or not zone:
        return moment.civil
    try:
        return moment.here(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, OSError, LookupError):
        return moment.civil


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field


def _times(name: str) -> QTimeEdit:
    field = QTimeEdit()
    field.setDisplayFormat("HH:mm")
    field.setAccessibleName(name)
    return field
