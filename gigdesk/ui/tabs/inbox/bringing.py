"""Bringing mail in: asking what, dropping it, its progress, and what could not be read."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from gigdesk.domain.inbox.mails import ImportProgress, ImportReport
from gigdesk.domain.records import Ref
from gigdesk.domain.words import t
from gigdesk.services.inbox import report_words
from gigdesk.ui.kit.messages import Progress
from gigdesk.ui.kit.page import Page
from gigdesk.ui.kit.words import Button
from gigdesk.ui.sheet import Sheet, SheetLine, TwoLines
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office

_SHOWN = 200


class BringingPage(Page):
    """A page that mail can be brought to."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__(desk, office)
        self._stop = threading.Event()
        self._report: ImportReport | None = None
        self._progress = Progress()
        self._progress.stopped.connect(self._stop.set)
        self.setAcceptDrops(True)

    def begin(self) -> None:
        """The first mails."""
        self.choose_files()

    def choose_files(self) -> None:
        """Ask what to bring in: files, or a folder."""
        menu = QMenu(self)
        menu.addAction(t("Your mail account"), partial(self.asked.emit, "account"))
        menu.addAction(t("Files: mbox or single mails"), self._choose_mails)
        menu.addAction(t("A folder or a Maildir"), self._choose_folder)
        place, corner = self._below_button()
        menu.popup(place.mapToGlobal(corner))
        menu.setActiveAction(menu.actions()[0])

    def _below_button(self) -> tuple[QWidget, QPoint]:
        """Where the menu opens: under the button that is seen now."""
        for button in self.findChildren(Button):
            if button.isVisible() and button.accessibleName() == t("Import mail"):
                return button, button.rect().bottomLeft() + QPoint(0, tokens.XS)
        return self, QPoint(u(20), u(tokens.HEADER_H))

    def _choose_mails(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            t("Mails to bring in"),
            str(Path.home()),
            t("Mails (*.mbox *.eml *.mbx *.emlx *.msg);;All files (*)"),
        )
        if chosen:
            self.bring_in([Path(each) for each in chosen])

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, t("A Maildir, or a folder of mails"), str(Path.home())
        )
        if folder:
            self.bring_in([Path(folder)])

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Import these, with progress and a way to stop."""
        self._stop.clear()
        self._progress.begin(t("Reading mails"))
        self.desk.fetch(
            partial(self.office.inbox.import_paths, paths, self._stop),
            piece=self._on_progress,
            then=self._on_imported,
            failed=self._on_import_failed,
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.bring_in(paths)

    def _on_progress(self, step: ImportProgress) -> None:
        words = t("Reading mails, {n} in", n=step.imported + step.duplicates)
        self._progress.step(words, step.done, step.total)

    def _on_imported(self, report: ImportReport) -> None:
        self._progress.end()
        self.said.emit(report_words(report))
        self._report = report
        if report.unreadable:
            self.show_unreadable()
        self.load()

    def show_unreadable(self) -> None:
        """What the last import could not read, and why; a click opens its row."""
        assert self._report is not None
        sheet = Sheet(self, t("What could not be read"), TwoLines, t("Everything could be read."))
        sheet.opened.connect(self.wanted)
        sheet.show_lines(
            SheetLine(
                each.reason,
                each.source,
                mark="triangle-alert",
                ref=Ref("mail", each.mail) if each.mail is not None else None,
            )
            for each in self._report.unreadable[:_SHOWN]
        )

    def _has_unreadable(self) -> bool:
        return self._report is not None and bool(self._report.unreadable)

    def _on_import_failed(self, error: Exception) -> None:
        self._progress.end()
        self.troubled.emit(error)
