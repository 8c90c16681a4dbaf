"""The recovery key: shown once, to print or to save; a new one when the old is lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.layout import ground, row, stack
from gigdesk.ui.kit.words import Button, Ground, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office


class RecoveryDialog(QDialog):
    """Shows the key until the person says that they have it, then never again."""

    done_with = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self._key = ""
        self.setWindowTitle(t("Recovery key"))
        ground(self, "page")
        self.setFixedWidth(u(540))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words("", tokens.TITLE, weight=tokens.SEMIBOLD, wrap=True)
        self._words = Words("", ink="soft", wrap=True)
        self._shown = Words("", tokens.LEAD, weight=tokens.SEMIBOLD, wrap=True, figures=True)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._well = Ground(row(self._shown, margins=(18, 14, 18, 14)))
        self._print = Button(t("Print"), "Ctrl+P", "plain", "file-text")
        self._print.clicked.connect(self._on_print)
        self._save = Button(t("Save"), "Ctrl+S", "plain", "download")
        self._save.clicked.connect(self._on_save)
        self._have = Button(t("I have it"), "", "primary", "check")
        self._have.clicked.connect(self._on_have)
        self._anew = Button(t("Make a new one"), "", "plain", "lock")
        self._anew.clicked.connect(self._on_anew)
        away = Button(t("Not now"), "Esc", "quiet")
        away.clicked.connect(self.reject)
        keys = row(self._have, self._print, self._save, self._anew, None, away)
        self.setLayout(
            stack(self._title, self._words, 4, self._well, 8, keys, margins=(28, 24, 28, 22))
        )

    def open_it(self) -> None:
        """Show the key, or say that it was shown already."""
        self._desk.ask(
            self._office.keys.recovery_to_show, then=self._on_key, failed=self.troubled.emit
        )

    def _on_key(self, key: str | None) -> None:
        self._key = key or ""
        there = bool(key)
        self._title.setText(
            t("Keep this key on paper") if there else t("The recovery key was shown already")
        )
        self._words.setText(
            t("It opens this desk when the keyring or the passphrase is lost. It is shown only "
              "now. Keep it away from this machine.")
            if there
            else t("GigDesk does not keep it. If yours is lost, make a new one; the old one opens "
                   "nothing from then on.")
        )  # fmt: skip
        self._shown.setText(self._key)
        self._well.setAccessibleName(t("Recovery key"))
        for piece in (self._well, self._print, self._save, self._have):
            piece.setVisible(there)
        self._anew.setVisible(not there)
        self.setFixedHeight(self.layout().heightForWidth(self.width()))  # type: ignore[union-attr]
        self.show()
        self.raise_()
        self.activateWindow()

    def _on_have(self) -> None:
        self._desk.do(partial(_kept, self._office), then=self._on_kept, failed=self.troubled.emit)

    def _on_kept(self, changed: Changed[None]) -> None:
        self.done_with.emit(changed)
        self.accept()

    def _on_anew(self) -> None:
        # Asks for the whole desk's lock, which may take a moment: not on the writing thread.
        self._desk.fetch(
            self._office.keys.renew_recovery, then=self._on_key, failed=self.troubled.emit
        )

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            document = QTextDocument()
            document.setPlainText(self._page())
            document.print_(printer)

    def _on_save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, t("Save the recovery key"), str(Path.home() / "gigdesk-recovery-key.txt")
        )
        if chosen:
            self._desk.fetch(
                partial(_write, Path(chosen), self._page()),
                then=self._on_saved,
                failed=self.troubled.emit,
            )

    def _on_saved(self, path: Path) -> None:
        self._words.setText(t("Saved as {name}. Move it away from this machine.", name=path.name))

    def _page(self) -> str:
        today = self._office.now().astimezone(self._office.zone()).date()
        return "\n\n".join(
            (
                t("GigDesk recovery key, {day}", day=date_text(today)),
                self._key,
                t("Where it goes: start GigDesk on your desk's folder and enter it when the key is "
                  "asked for, or: gigdesk restore FILE --recovery-key-file THIS."),
            )
        )  # fmt: skip


def _kept(office: Office) -> Changed[None]:
    office.keys.recovery_shown()
    return Changed(None, Topic.SETTINGS, t("The recovery key is yours alone now"))


def _write(path: Path, words: str) -> Path:
    import os

    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(words + "\n")
    return path
