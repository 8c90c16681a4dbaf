"""What floats over the work: the toast, the palette, and one sheet at a time."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t
from gigdesk.ui.kit.messages import Toast
from gigdesk.ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gigdesk.background.desk import Desk
    from gigdesk.domain.notices import Notice
    from gigdesk.domain.records import Ref
    from gigdesk.services.office import Office
    from gigdesk.ui.kit.page import Command
    from gigdesk.ui.kit.rows import RecordRow
    from gigdesk.ui.palette import Found, Palette
    from gigdesk.ui.sheet import Sheet, SheetLine


class Over(QObject):
    """One of each at most; a new one takes the place of the old."""

    opened = Signal(object)  # Ref
    undone = Signal()
    done = Signal(object)  # Changed: something was done in a sheet
    gone = Signal()  # the palette or a sheet was closed: the page has the focus again

    def __init__(self, desk: Desk, office: Office, whole: QWidget, bar: QWidget) -> None:
        super().__init__(whole)
        self._desk, self._office, self._whole, self._bar = desk, office, whole, bar
        self._toast: Toast | None = None
        self._palette: Palette | None = None
        self._sheet: Sheet | None = None
        whole.installEventFilter(self)

    @property
    def covered(self) -> bool:
        """Whether the page lies under the palette or a sheet: its keys rest."""
        return self._palette is not None or self._sheet is not None

    def uncover(self) -> None:
        """Away with the palette or the sheet."""
        if self._palette is not None:
            self._palette.close_it()
        self._fold()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """What floats follows the window's size."""
        if event.type() == QEvent.Type.Resize:
            for floating in (self._palette, self._sheet):
                if floating is not None:
                    floating.place()
            self._place_toast()
        return False

    # --- the toast ------------------------------------------------------------------------------
    def say(
        self,
        words: str,
        *,
        undo: bool = False,
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """A line at the foot for ten seconds, one at a time; `offer` is a button on it."""
        self.hush()
        toast = Toast(words, self._whole, undo=undo, offer=offer)
        toast.undone.connect(self.undone)
        toast.gone.connect(self.hush)
        self._toast = toast
        self._place_toast()
        toast.start()

    def toast_button(self) -> QWidget | None:
        """What can be pressed on the toast, while there is one."""
        return self._toast.button() if self._toast is not None else None

    def _place_toast(self) -> None:
        if self._toast is not None:
            left, low = self._bar.width() + tokens.L, self._whole.height() - 48
            self._toast.move(left, low - self._toast.height())

    def trouble(self, error: Exception) -> None:
        """The world's failure kindly; a bug of ours with its details to copy."""
        if isinstance(error, Trouble):
            self.say(f"{error.title}. {error.advice}".strip())
            return
        details = "".join(traceback.format_exception(error))
        self.say(
            t("Something broke here. Nothing was lost."),
            offer=(t("Copy details"), partial(_copy, details)),
        )

    def hush(self) -> None:
        """Away with the toast."""
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    # --- the palette ----------------------------------------------------------------------------
    def seek(self, commands: Sequence[Command]) -> Palette:
        """Find any record, run any of these commands."""
        from gigdesk.ui.palette import Palette

        if self._palette is None:
            self._fold()
            palette = Palette(self._whole, commands, self._find)
            palette.opened.connect(self.opened)
            palette.closed.connect(self._on_palette_closed)
            self._palette = palette
        return self._palette

    def _find(self, typed: str, landed: Callable[[Sequence[Found]], None]) -> None:
        self._desk.ask(partial(_found, self._office, typed), then=landed)

    def _on_palette_closed(self) -> None:
        self._palette = None
        self.gone.emit()

    # --- sheets ---------------------------------------------------------------------------------
    def notices(self) -> None:
        """What the assistant told."""
        from gigdesk.ui import sheets
        from gigdesk.ui.sheet import TwoLines

        nothing = t("Nothing was told yet. What needs you is said here too.")
        sheet = self._lay(t("Notices"), TwoLines, nothing)
        self._desk.ask(partial(sheets.notices, self._office), then=partial(self._on_notices, sheet))

    def ledger(self) -> None:
        """Every connection this desk made."""
        from gigdesk.ui import sheets
        from gigdesk.ui.sheet import TwoLines

        nothing = t("Nothing. No connection was ever made from this desk.")
        sheet = self._lay(t("What left this machine"), TwoLines, nothing)
        self._desk.ask(partial(sheets.connections, self._office), then=partial(self._show, sheet))

    def outbox(self, at: int = 0) -> None:
        """What was approved or written, and how it stands on its way out."""
        from gigdesk.ui.outbox import OutboxSheet

        self._fold()
        sheet = OutboxSheet(self._desk, self._office, self._whole, at)
        sheet.done.connect(self.done)
        sheet.troubled.connect(self.trouble)
        self._take(sheet)

    def bills(self, at: int = 0) -> None:
        """The bills that came in and are kept; one of them chosen."""
        from gigdesk.ui.bills import Bills

        self._fold()
        sheet = Bills(self._whole, self._desk, self._office, at)
        sheet.done.connect(self.done)
        sheet.troubled.connect(self.trouble)
        self._take(sheet)

    def shows(self, ref: Ref) -> bool:
        """Show what has no tab of its own; whether this is such a record."""
        if ref.kind == "client":
            self.client(ref)
        elif ref.kind == "expense":
            self.bills(ref.id)
        elif ref.kind == "outbox":
            self.outbox(ref.id)
        return ref.kind in {"client", "outbox", "expense"}

    def client(self, ref: Ref) -> None:
        """One client with everything of theirs."""
        from gigdesk.ui import sheets
        from gigdesk.ui.sheet import TwoLines

        sheet = self._lay(ref.label or t("Client"), TwoLines, t("Nothing of this client yet."))
        self._desk.ask(
            partial(sheets.client, self._office, ref.id), then=partial(self._show, sheet)
        )

    def keys(self, here: str, own: Sequence[Command], general: Sequence[Command]) -> None:
        """The keys of this screen."""
        from gigdesk.ui import sheets
        from gigdesk.ui.sheet import OneLine

        self._show(self._lay(t("Keys"), OneLine, ""), sheets.keys(here, own, general))

    def _lay(self, title: str, rows: type[RecordRow], nothing: str) -> Sheet:
        from gigdesk.ui.sheet import Sheet

        self._fold()
        return self._take(Sheet(self._whole, title, rows, nothing))

    def _take(self, sheet: Sheet) -> Sheet:
        sheet.opened.connect(self.opened)
        sheet.closed.connect(self._on_folded)
        self._sheet = sheet
        return sheet

    def _show(self, sheet: Sheet, lines: Sequence[object]) -> None:
        if sheet is self._sheet:
            sheet.show_lines(lines)

    def _on_notices(self, sheet: Sheet, found: tuple[list[Notice], list[SheetLine]]) -> None:
        told, lines = found
        self._show(sheet, lines)
        fresh = [each for each in told if not each.seen]
        if fresh:
            self._desk.do(partial(self._office.notices.saw, fresh))

    def _fold(self) -> None:
        if self._sheet is not None:
            self._sheet.close_it()

    def _on_folded(self) -> None:
        self._sheet = None
        self.gone.emit()


def _found(office: Office, typed: str) -> list[Found]:
    if len(typed) < 2:
        return []
    from gigdesk.services.finding import find
    from gigdesk.ui.palette import Found

    return [Found(each.icon, each.title, each.hint, ref=each.ref) for each in find(office, typed)]


def _copy(details: str) -> None:
    QApplication.clipboard().setText(details)
