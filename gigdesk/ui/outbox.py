"""The outbox over the work: how each mail stands, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from gigdesk.domain.proposals import OutboxItem, OutboxState
from gigdesk.domain.records import Ref
from gigdesk.domain.sending import FOR_ACCOUNT, LATE_HOLD, waits_until
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.later import ask_later
from gigdesk.ui.kit.layout import row, rule, stack
from gigdesk.ui.kit.rows import RecordRole, RecordRow
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.sheet import Sheet, SheetLine
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u
from gigdesk.ui.theme.paint import RIGHT, glyph, text, width

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_SECOND_MS = 1000
# State -> its word, the colour of the word, its mark.
_STATES: dict[str, tuple[Callable[[], str], str, str]] = {
    OutboxState.WAITING: (lambda: t("Waits"), "soft", "clock"),
    OutboxState.SENDING: (lambda: t("Leaves now"), "accent", "send"),
    OutboxState.SENT: (lambda: t("Sent"), "good", "check"),
    OutboxState.UNCERTAIN: (lambda: t("Was it sent?"), "warn", "triangle-alert"),
    OutboxState.FAILED: (lambda: t("Did not leave"), "bad", "x"),
    LATE_HOLD: (lambda: t("Late: send it now?"), "warn", "triangle-alert"),
    FOR_ACCOUNT: (lambda: t("Waits for an account"), "warn", "clock"),
}


@dataclass(frozen=True, slots=True)
class OutLine(SheetLine):
    """One mail on its way."""

    item: OutboxItem | None = None
    state: str = ""
    role: str = "soft"


class OutRow(RecordRow):
    """Subject and when; to whom and how it stands, in the colour of its state."""

    height, hairline = 56, True

    def draw(self, p: QPainter, area: QRectF, record: Any, chosen: bool) -> None:  # noqa: ARG002
        """Paint one."""
        glyph(p, QRectF(area.left() + 6, area.top() + u(10), 16, 16), record.mark, record.role)
        line = QRectF(area.left() + 34, area.top() + u(8), area.width() - 34, u(20))
        room = width(record.figure, tokens.CAPTION, figures=True)
        text(p, line, record.figure, tokens.CAPTION, "faint", align=RIGHT, figures=True)
        text(p, line.adjusted(0, 0, -room - 12, 0), record.title, weight=tokens.MEDIUM)
        line.translate(0, u(20))
        used = text(p, line, record.state, role=record.role, weight=tokens.MEDIUM, figures=True)
        text(p, line.adjusted(used + 8, 0, 0, 0), record.words, role="soft")


@dataclass(frozen=True)
class _Act:
    """Something that can be done about the chosen one."""

    title: str
    key: str
    mark: str
    do: Callable[[int], Changed[Any]] | None = None  # none: asks when


class OutboxSheet(Sheet):
    """The list, and below it the chosen one with its words and its buttons."""

    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office, parent: QWidget, at: int = 0) -> None:
        self._head = Words("", weight=tokens.SEMIBOLD, wrap=True)
        self._said = Words("", ink="soft", wrap=True)
        self._acts: list[tuple[_Act, Button]] = []
        self._row = row(gap=tokens.S)
        self._at = at
        nothing = t("Nothing. What you approve or write waits here until it leaves.")
        super().__init__(parent, t("Outbox"), OutRow, nothing)
        self._desk, self._office = desk, office
        self._items: Sequence[OutboxItem] = ()
        self._resting = ""
        self._foot = QWidget()
        self._foot.setLayout(
            stack(rule(), stack(self._head, self._said, 4, self._row, gap=4,
                                margins=(20, 12, 20, 16)), gap=0)
        )  # fmt: skip
        self._foot.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._foot)
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND_MS)
        self._tick.timeout.connect(self._show)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        desk.changed.connect(self._on_changed)
        self.load()

    def load(self) -> None:
        """Read how all stand."""
        self._desk.ask(partial(_read, self._office), then=self._on_read)

    def place(self) -> None:
        """A little wider than other sheets: words stand in it."""
        super().place()
        parent = self._behind
        self.setFixedWidth(min(u(600), parent.width() - 48))
        self.move((parent.width() - self.width()) // 2, self.y())

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes round: the list, what can be done, and away."""
        stops: list[QWidget] = [self.view, *(button for _, button in self._acts), self._away]
        now = next((at for at, each in enumerate(stops) if each.hasFocus()), 0)
        step = 1 if onward else -1
        stops[(now + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A single letter does what its button says; the page below does not hear it."""
        if isinstance(event, QKeyEvent) and (act := self._meant(event)) is not None:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._act(act)
                return True
        return super().eventFilter(watched, event)

    def _meant(self, event: QKeyEvent) -> _Act | None:
        pressed = event.text().upper()
        return next((act for act, _ in self._acts if pressed and pressed == act.key), None)

    # --- what is shown --------------------------------------------------------------------------
    def _on_changed(self, topics: Topic) -> None:
        if topics & (Topic.OUTBOX | Topic.PROPOSALS):
            self.load()

    def _on_read(self, found: tuple[Sequence[OutboxItem], str]) -> None:
        self._items, self._resting = sorted(found[0], key=_urgency), found[1]
        self._show()

    def _show(self) -> None:
        now = self._office.now()
        lines = [self._line(each, now) for each in self._items]
        kept, focus = self._at, self.view.hasFocus() or not self._acts
        self._model.show(lines)
        self._book.setCurrentIndex(1 if lines else 0)
        ids = [each.id for each in self._items]
        place = ids.index(kept) if kept in ids else 0  # type: ignore[arg-type]
        if lines:
            self.view.setCurrentIndex(self._model.index(place, 0))
        if focus:
            (self.view if lines else self._away).setFocus()
        counting = any(self._leaves_soon(each, now) for each in self._items)
        self._tick.start() if counting else self._tick.stop()
        if not lines:
            self._foot.hide()

    def _line(self, item: OutboxItem, now: datetime) -> OutLine:
        say, role, mark = _STATES[item.hold or item.state]
        state = say()
        if self._leaves_soon(item, now):
            left = max(0, round((waits_until(item) - now).total_seconds()))
            state = t("Leaves in {n} s", n=left)
        at = item.left_at or (waits_until(item) if item.state is OutboxState.WAITING else item.due)
        return OutLine(
            item.subject or t("no subject"),
            t("to {people}", people=item.to),
            self._when(at),
            mark,
            item=item,
            state=state,
            role=role,
        )

    def _leaves_soon(self, item: OutboxItem, now: datetime) -> bool:
        soon = item.state is OutboxState.WAITING and not item.hold and not self._resting
        return soon and (waits_until(item) - now).total_seconds() < 60

    def _when(self, at: datetime) -> str:
        zone = self._office.zone()
        here, today = at.astimezone(zone), self._office.now().astimezone(zone).date()
        clock = f"{here:%H:%M}"
        if here.date() == today:
            return clock
        return f"{date_text(here.date(), form='d MMM')} {clock}"

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        line = now.data(RecordRole) if now.isValid() else None
        if not isinstance(line, OutLine) or line.item is None:
            return
        item = line.item
        self._at = item.id
        waits = item.state is OutboxState.WAITING and self._resting
        self._head.setText(waits or item.words or line.state)
        files = [str(each["name"]) for each in item.payload.get("files", ())]
        said = [item.advice, t("With it: {files}", files=", ".join(files)) if files else ""]
        self._said.setText("\n".join(filter(None, said)))
        self._said.setVisible(any(said))
        self._offer(self._acts_of(item))
        self._foot.show()

    def _acts_of(self, item: OutboxItem) -> list[_Act]:
        sending = self._office.sending
        back = _Act(t("Take back"), "X", "undo-2", sending.take_back)
        if item.state is OutboxState.WAITING:
            return [
                _Act(t("Send now"), "A", "send", sending.send_now),
                _Act(t("Later"), "H", "clock"),
                back,
            ]
        if item.state is OutboxState.FAILED:
            return [_Act(t("Try again"), "A", "send", sending.try_again), back]
        if item.state is OutboxState.UNCERTAIN:
            return [
                _Act(t("It was sent"), "A", "check", sending.it_was_sent),
                _Act(t("Send again"), "W", "send", sending.send_again),
                _Act(t("Look in Sent"), "L", "search", sending.look_again),
                back,
            ]
        return []

    def _offer(self, acts: Sequence[_Act]) -> None:
        if [act.title for act in acts] == [act.title for act, _ in self._acts]:
            self._acts = [(act, button) for act, (_, button) in zip(acts, self._acts, strict=True)]
            return
        while self._row.count():
            piece = self._row.takeAt(0)
            gone = piece.widget() if piece is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._acts = []
        for at, act in enumerate(acts):
            button = Button(act.title, act.key, "primary" if at == 0 else "plain", act.mark)
            button.clicked.connect(partial(self._press, at))
            self._row.addWidget(button)
            self._acts.append((act, button))
        self._row.addStretch(1)

    # --- what is done ---------------------------------------------------------------------------
    def _press(self, at: int) -> None:
        self._act(self._acts[at][0])

    def _act(self, act: _Act) -> None:
        if act.do is None:
            self._ask_when()
            return
        self._do(partial(act.do, self._at))

    def _ask_when(self) -> None:
        button = next(button for act, button in self._acts if act.do is None)
        ask_later(self._office, button, partial(self._put_off, self._at))

    def _put_off(self, item: int, at: datetime) -> None:
        self._do(partial(self._office.sending.send_later, item, at))

    def _do(self, call: Callable[[], Changed[Any]]) -> None:
        self._desk.do(call, then=self.done.emit, failed=self.troubled.emit)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Enter opens what a sent one became part of; a click only chooses."""
        line = index.data(RecordRole) if index.isValid() else None
        if not isinstance(line, OutLine) or line.item is None:
            return
        mail = line.item.payload.get("mail")
        if line.item.state is OutboxState.SENT and isinstance(mail, int):
            self.close_it()
            self.opened.emit(Ref("mail", mail, line.item.subject))


def _read(office: Office) -> tuple[Sequence[OutboxItem], str]:
    return office.sending.shown(), office.sending.resting()


def _urgency(item: OutboxItem) -> tuple[int, float]:
    """What asks stands first, then what waits by its hour, then what left, the newest first."""
    asks = item.state in {OutboxState.UNCERTAIN, OutboxState.FAILED} or bool(item.hold)
    if asks:
        return 0, -item.due.timestamp()
    if item.state is OutboxState.SENT:
        return 2, -(item.left_at or item.due).timestamp()
    return 1, item.due.timestamp()
