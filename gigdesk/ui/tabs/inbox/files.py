"""The files of a mail: what each is, opened as a copy, saved one by one or all, mails among them read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.enclosed import Enclosed, Risk, is_mail, risk_of, risk_words
from gigdesk.domain.words import n, t
from gigdesk.ui.kit.flow import Flow
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Chip, Words
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Attachment
    from gigdesk.services.office import Office

SHOWN = 24
_GAP = 6
_KINDS = {Risk.PROGRAM: "bad", Risk.HIDDEN: "bad", Risk.MACRO: "warn"}


class Files(QWidget):
    """The files enclosed at one place."""

    said = Signal(str)
    troubled = Signal(object)
    read = Signal(object)  # Enclosed: a mail to be read here

    def __init__(
        self, desk: Desk, office: Office, place: Enclosed, files: Sequence[Attachment]
    ) -> None:
        super().__init__()
        self._desk, self._office, self._place, self._files = desk, office, place, files
        rows: list[Any] = [Flow([self._chip(each) for each in files[:SHOWN]], _GAP)]
        if len(files) > 1:
            saving = Button(t("Save all {n}", n=len(files)), "", "quiet", "download")
            saving.clicked.connect(self.save_all)
            more = len(files) - SHOWN
            told = [Words(n("and {n} more", "and {n} more", more), tokens.CAPTION, "faint")] if more > 0 else []  # fmt: skip
            rows.append(row(saving, *told, None, gap=_GAP))
        self.setLayout(stack(*rows, gap=_GAP))

    def save_all(self) -> None:
        """Ask for a folder; each is written under its name, over nothing that is there."""
        chosen = QFileDialog.getExistingDirectory(self, t("Save all files into"), str(Path.home()))
        if chosen:
            named = [(self._place.inside(each.number), each.name) for each in self._files]
            self._desk.fetch(
                partial(self._office.attachments.save_all, named, Path(chosen)),
                then=self._on_all_saved,
                failed=self.troubled.emit,
            )

    def save(self, file: Attachment) -> None:
        """Ask where, then write a new file there."""
        path = asked_place(self, file.name)
        if path is not None:
            self._desk.fetch(
                partial(self._office.attachments.save, self._place.inside(file.number), path),
                then=self._on_saved,
                failed=self.troubled.emit,
            )

    def open(self, file: Attachment) -> None:
        """A copy for the program that opens such files; asked about first where that may do harm."""
        risk = risk_of(file.name)
        if risk is not None and not self._wanted(file.name, risk):
            return
        self._desk.fetch(
            partial(self._office.attachments.lend, self._place.inside(file.number), file.name),
            then=self._on_lent,
            failed=self.troubled.emit,
        )

    def menu(self, file: Attachment) -> QMenu:
        """What can be done with a file."""
        menu = QMenu(self)
        if is_mail(file):
            menu.addAction(t("Read it here")).triggered.connect(
                partial(self.read.emit, self._place.inside(file.number))
            )
        menu.addAction(t("Open a copy")).triggered.connect(partial(self.open, file))
        menu.addAction(t("Save as")).triggered.connect(partial(self.save, file))
        return menu

    def _chip(self, file: Attachment) -> Chip:
        risk = risk_of(file.name)
        words = f"{file.name} · {size_words(file.bytes)}"
        if risk is Risk.HIDDEN:
            words = t("{file} · hides that it is a program", file=words)
        elif risk is Risk.PROGRAM:
            words = t("{file} · program", file=words)
        elif risk is Risk.MACRO:
            words = t("{file} · may hold macros", file=words)
        kind = _KINDS.get(risk, "plain") if risk else "plain"
        mark = "mail" if is_mail(file) else ("triangle-alert" if kind == "bad" else "paperclip")
        chip = Chip(words, kind, mark)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setToolTip(words)
        chip.clicked.connect(partial(self._on_chip, chip, file))
        return chip

    def _on_chip(self, chip: Chip, file: Attachment) -> None:
        menu = self.menu(file)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def _wanted(self, name: str, risk: Risk) -> bool:
        asked = QMessageBox.warning(
            self,
            t("Open a file"),
            t("{warning}\n\nOpen it all the same?", warning=risk_words(name, risk)),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            QMessageBox.StandardButton.No,
        )
        return asked == QMessageBox.StandardButton.Yes

    def _on_lent(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.troubled.emit(
                Trouble(t("No program here opens {name}", name=path.name), t("It can be saved."))
            )
        elif isValid(self):
            self.said.emit(t("Opened as a copy. To keep changes, save the file first."))

    def _on_saved(self, path: Path) -> None:
        if isValid(self):
            self.said.emit(t("Saved as {name}", name=path.name))

    def _on_all_saved(self, paths: Sequence[Path]) -> None:
        if isValid(self):
            folder = paths[0].parent.name if paths else ""
            self.said.emit(
                n(
                    "Saved {n} file in {folder}",
                    "Saved {n} files in {folder}",
                    len(paths),
                    folder=folder,
                )
            )


def asked_place(parent: QWidget, name: str) -> Path | None:
    """Where the person wants a file to be written. What lies there already stays: the new file is
    numbered, so nobody is asked about replacing."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        t("Save"),
        str(Path.home() / Path(name).name),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return Path(chosen) if chosen else None


def size_words(count: int) -> str:
    """How large a file is."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
