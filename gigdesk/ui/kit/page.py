"""What every tab is: a page that loads when it is seen and stale, and names its commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from gigdesk.domain.topics import Changed, Topic
from gigdesk.ui.kit.layout import ground

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office


def always() -> bool:
    """A command that can be done at any time."""
    return True


@dataclass(frozen=True)
class Command:
    """Something the person can do here; menus, shortcuts and the palette are made of it."""

    title: str
    key: str
    icon: str
    call: Callable[[], object]
    when: Callable[[], bool] = field(default=always)


class Page(QWidget):
    """A tab. It reloads when something it shows changed: at once when seen, later when hidden."""

    wanted = Signal(object)  # Ref: open this record, whoever has it
    done = Signal(object)  # Changed: after a verb, with its words and its undo
    said = Signal(str)  # words for the toast
    troubled = Signal(object)  # an Exception to show
    counted = Signal(int, bool)  # what waits here for the person; whether it is urgent

    retitled = Signal()  # another record is shown: the window's title follows
    asked = Signal(str)  # a first step: profile, mail, calendar, invoice, sample

    topics = Topic.NONE

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        ground(self, "page")
        self.desk, self.office = desk, office
        self._stale = True
        desk.changed.connect(self._on_changed)

    def load(self) -> None:
        """Read what is shown, through the bridge."""
        raise NotImplementedError

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        return ()

    def open(self, ref: Ref) -> bool:  # noqa: ARG002 - what a page without records says
        """Show this record, if it is of this page; whether it is."""
        return False

    def begin(self) -> None:
        """The one thing an empty page offers: bring something in, make the first one."""

    def chosen(self) -> Ref | None:
        """The chosen record: the window opens it again at its next start."""
        return None

    def panes(self) -> list[QWidget]:
        """Where F6 goes, in the order they are read."""
        found = [
            view
            for view in self.findChildren(QAbstractScrollArea)
            if view.isVisible() and view.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        placed = [(view.mapTo(self, view.rect().topLeft()), view) for view in found]
        placed.sort(key=lambda each: (each[0].x(), each[0].y()))
        return [view for _, view in placed]

    def title(self) -> str:
        """What the window's title adds: the shown record's name."""
        return ""

    def do(self, call: Callable[[], Changed[object]]) -> None:
        """Run a verb on the writing thread; its words and undo go to the window."""
        self.desk.do(call, then=self.done.emit, failed=self.troubled.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """Load what went stale while hidden."""
        super().showEvent(event)
        self._load_if_seen()

    def _on_changed(self, topics: Topic) -> None:
        self._stale = self._stale or bool(topics & self.topics)
        self._load_if_seen()

    def _load_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.load()
