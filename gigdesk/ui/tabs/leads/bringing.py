"""Bringing leads in: files picked or dropped, how far they are, and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from gigdesk.domain.leads.records import LeadImport
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t
from gigdesk.ui.kit.messages import Progress

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class Bringing(Progress):
    """The line at the foot of the list while files are read."""

    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._stop = threading.Event()
        self.stopped.connect(self._stop.set)

    def choose(self) -> None:
        """Pick files of leads."""
        kinds = t("Leads (*.csv *.tsv *.txt *.json *.rss *.xml)")
        title = t("Leads from a table, Remote OK or an RSS feed")
        chosen, _ = QFileDialog.getOpenFileNames(
            self, title, str(Path.home()), f"{kinds};;{t('All files')} (*)"
        )
        if chosen:
            self.bring_in([Path(path) for path in chosen])

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import these, each by itself: a bad one does not stop the others."""
        self._stop.clear()
        self.begin(t("Reading leads"))
        for path in paths:
            self._desk.fetch(
                partial(self._office.leads.import_file, path, stop=self._stop.is_set),
                piece=self._on_piece,
                then=self._on_done,
                failed=self._on_failed,
            )

    def _on_piece(self, result: LeadImport) -> None:
        self.step(t("Reading leads, {n} in", n=result.new), result.done, result.total)

    def _on_done(self, changed: Changed[object]) -> None:
        self.end()
        self.done.emit(changed)

    def _on_failed(self, error: Exception) -> None:
        self.end()
        self.troubled.emit(error)
