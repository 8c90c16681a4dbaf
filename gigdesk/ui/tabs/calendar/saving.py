"""Calendar files on their way out and in: names, writing, what is dragged and dropped."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.calendar.entries import Entry

FILES = "iCalendar (*.ics *.ical *.icalendar);;(*)"
_ENDINGS = {".ics", ".ical", ".icalendar", ".ifb", ".vcs"}


class Saving(QObject):
    """Saves calendar files where the person says, beside the work."""

    said = Signal(str)
    troubled = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    def ask(self, name: str, content: Callable[[], bytes | Whole]) -> None:
        """Ask where, then write."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, t("Save as a calendar file"), str(Path.home() / file_name(name)), FILES
        )
        if chosen:
            self.write(Path(chosen), content)

    def write(self, path: Path, content: Callable[[], bytes | Whole]) -> None:
        """Write it there and say so, and what is not in it."""
        self._desk.fetch(
            partial(_written, path, content), then=self._on_written, failed=self.troubled.emit
        )

    def _on_written(self, done: tuple[Path, int]) -> None:
        path, waiting = done
        said = t("Saved as {name}", name=path.name)
        self.said.emit(f"{said}. {left_out(waiting)}" if waiting else said)


@dataclass(frozen=True, slots=True)
class DragFile:
    """An event as a file that can leave by the mouse."""

    key: tuple[int, int, date]
    name: str
    content: bytes

    def mime(self) -> QMimeData:
        """The file itself, and its text for what takes that."""
        place = Path(tempfile.mkdtemp(prefix="gigdesk-")) / self.name
        place.write_bytes(self.content)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(place))])
        mime.setData("text/calendar", self.content)
        return mime


def for_drag(office: Office, entry: Entry) -> DragFile:
    """The file of an event, made ready."""
    content = office.calendar.export_one(entry.occurrence.event_id)
    return DragFile(entry.key, file_name(entry.occurrence.title), content)


def file_name(title: str) -> str:
    """A title as a file's name."""
    kept = re.sub(r"[^\w .,+-]+", " ", title).strip(" .")[:60].strip()
    return f"{kept or t('event')}.ics"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole calendar as a file, and how many events are not in it for want of a zone."""

    content: bytes
    waiting: int


def whole(office: Office) -> Whole:
    """The whole calendar as a file."""
    return Whole(office.calendar.export()[0], len(office.calendar.unplaced()))


def left_out(waiting: int) -> str:
    """How many events a saved calendar does not hold, and why."""
    return n("{n} event waits for its zone and is left out",
             "{n} events wait for their zone and are left out", waiting)  # fmt: skip


def _written(path: Path, content: Callable[[], bytes | Whole]) -> tuple[Path, int]:
    made = content()
    data, waiting = (made.content, made.waiting) if isinstance(made, Whole) else (made, 0)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Unreadable(
            t("{name} cannot be written", name=path.name), t("Pick another place.")
        ) from error
    return path, waiting


def dropped(mime: QMimeData) -> list[Path]:
    """The calendar files among what is dropped."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in _ENDINGS]
