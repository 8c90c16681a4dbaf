"""Bringing calendar files in: one after the other, what came of each, what was left out and why."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gigdesk.domain.calendar.events import Event, Imported
from gigdesk.domain.errors import Trouble
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.messages import Progress
from gigdesk.ui.kit.rows import Section
from gigdesk.ui.sheet import SheetLine
from gigdesk.ui.tabs.calendar.lines import BrokenLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_LINES_MOST = 2000


class Bringing(QObject):
    """An import under way: its progress at the foot of the page, its end, its report."""

    done = Signal(object)  # Changed: all of it, with the way back
    troubled = Signal(object)
    ended = Signal(bool)  # whether something was left out

    def __init__(self, desk: Desk, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self._stop = threading.Event()
        self.foot, self.first_foot = Progress(), Progress()
        self.report: list[object] = []
        for foot in (self.foot, self.first_foot):
            foot.stopped.connect(self._stop.set)

    def start(self, paths: Sequence[Path]) -> None:
        """Bring these in."""
        self._stop.clear()
        for foot in (self.foot, self.first_foot):
            foot.begin(t("Reading the calendar"))
        self._desk.fetch(
            partial(bring, self._office, paths, self._stop),
            piece=self._on_step,
            then=self._on_brought,
            failed=self._on_failed,
        )

    def _on_step(self, step: Step) -> None:
        words = t("{name}: {done} of {total}", name=step.name, done=step.done, total=step.total)
        for foot in (self.foot, self.first_foot):
            foot.step(words, step.done, step.total)

    def _on_brought(self, brought: list[Brought]) -> None:
        self._end()
        self.report = report_lines(brought)
        self.done.emit(together(brought))
        self.ended.emit(any(each.left_out for each in brought))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.troubled.emit(error)

    def _end(self) -> None:
        for foot in (self.foot, self.first_foot):
            foot.end()


@dataclass(frozen=True, slots=True)
class Step:
    """How far one file is."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one file: its result with the way back, or why nothing did."""

    name: str
    changed: Changed[Imported] | None = None
    trouble: Trouble | None = None

    @property
    def left_out(self) -> bool:
        """Whether something of it is not in the calendar now."""
        return self.changed is None or bool(self.changed.value.skipped)


def bring(
    office: Office, paths: Sequence[Path], stop: threading.Event
) -> Generator[Step, None, list[Brought]]:
    """Import these files. One that cannot be read does not stop the others."""
    brought = []
    for path in paths:
        if stop.is_set():
            break
        try:
            changed = yield from _one(office, path, stop)
        except Trouble as trouble:
            brought.append(Brought(path.name, trouble=trouble))
        else:
            brought.append(Brought(path.name, changed))
    return brought


def _one(
    office: Office, path: Path, stop: threading.Event
) -> Generator[Step, None, Changed[Imported]]:
    coming = office.calendar.import_file(path, stop=stop.is_set)
    while True:
        try:
            step = next(coming)
        except StopIteration as end:
            changed: Changed[Imported] = end.value
            return changed
        yield Step(path.name, step.done, step.total)


def together(brought: Sequence[Brought]) -> Changed[None]:
    """All of it as one change, taken back as one; what changed nothing has nothing to take back."""
    kept = [each.changed for each in brought if each.changed is not None]
    failed = [each.trouble for each in brought if each.trouble is not None]
    said = [each.words for each in kept]
    if len(kept) > 1:
        said = [_sum_words([each.value for each in kept])]
    said += [f"{each.title}. {each.advice}".strip() for each in failed]
    undos = [each.undo for each in kept if each.undo is not None]
    undo = partial(_undone, undos) if undos else None
    return Changed(None, Topic.CALENDAR, " ".join(said), undo)


def _sum_words(results: Sequence[Imported]) -> str:
    from gigdesk.services.calendar.importing import words_of

    whole = Imported(
        sum(each.imported for each in results),
        sum(each.updated for each in results),
        sum(each.unchanged for each in results),
        [skipped for each in results for skipped in each.skipped],
        [waiting for each in results for waiting in each.needs_zone],
    )
    files = n("{n} file", "{n} files", len(results))
    return f"{files}: {words_of(whole)}"


def _undone(undos: Sequence[Callable[[], Changed[object]]]) -> Changed[None]:
    for undo in reversed(undos):
        undo()
    return Changed(None, Topic.CALENDAR, t("Taken out again"))


def report_lines(brought: Sequence[Brought]) -> list[object]:
    """What was left out, file by file, each with its reason."""
    lines: list[object] = []
    for each in brought:
        if each.trouble is not None:
            lines.append(SheetLine(each.trouble.title, each.trouble.advice, mark="triangle-alert"))
            continue
        assert each.changed is not None
        skipped = each.changed.value.skipped
        if skipped:
            lines.append(Section(each.name, n("{n} skipped", "{n} skipped", len(skipped))))
        lines += [
            SheetLine(one.reason, one.uid or t("without UID"), mark="triangle-alert")
            for one in skipped[:_LINES_MOST]
        ]
        if others := each.changed.value.others:
            kinds = ", ".join(f"{count} {kind}" for kind, count in others)
            words = t("Only events are kept here.")
            lines.append(SheetLine(t("Not brought in: {kinds}", kinds=kinds), words, mark="info"))
    return lines


def broken_lines(events: Sequence[Event]) -> list[object]:
    """What could not be read and is kept: a click shows it whole."""
    return [
        BrokenLine(each.title or t("no title"), each.reason, each.calendar, "triangle-alert",
                   event=each)
        for each in events[:_LINES_MOST]
    ]  # fmt: skip
