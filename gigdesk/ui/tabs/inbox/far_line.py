"""The line that says which pictures of a mail are not loaded, and the two ways to load them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from gigdesk.domain.inbox.far import SMALLEST, far_words
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.layout import row
from gigdesk.ui.kit.words import Button, Ground, Words
from gigdesk.ui.sheet import Sheet, SheetLine, TwoLines
from gigdesk.ui.tabs.inbox.pictures import Album, decoded

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.far import Allowed
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.topics import Changed
    from gigdesk.services.office import Office

Pictures = dict[str, QImage]


class FarLine(QWidget):
    """What was not loaded. Nothing is asked for before a click, here or once for the sender."""

    came = Signal(object)  # Pictures
    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, desk: Desk, office: Office, mail: Mail) -> None:
        super().__init__()
        self._desk, self._office, self._mail = desk, office, mail
        self._said = Words(far_words(mail.far, mail.trackers), ink="soft", wrap=True)
        self._once = Button(t("Load once"))
        self._once.clicked.connect(self.load)
        self._always = Button(t("Always for this sender"), "", "quiet")
        self._always.clicked.connect(self.always)
        self._once.setVisible(bool(mail.far))
        self._always.setVisible(bool(mail.far and mail.sender.email and not doubted(mail)))
        inner = row(self._said, self._once, self._always, margins=(14, 8, 8, 8))
        inner.setStretch(0, 1)
        laid = QVBoxLayout(self)
        laid.setContentsMargins(0, 0, 0, 0)
        laid.addWidget(Ground(inner, "sunk"))
        if mail.far:
            desk.ask(
                partial(office.pictures.load_by_itself, mail),
                then=self._on_allowed,
                failed=self.troubled.emit,
            )

    def load(self) -> None:
        """Ask for them now."""
        for button in (self._once, self._always):
            button.setEnabled(False)
        self._said.setText(t("Loading the pictures"))
        self._desk.fetch(
            partial(far_pictures, self._office, self._mail),
            then=self._on_came,
            failed=self._on_failed,
        )

    def always(self) -> None:
        """Ask for them now, and from now on for those of this sender."""
        self._desk.do(
            partial(self._office.pictures.always, self._mail.sender.email),
            then=self._on_always,
            failed=self.troubled.emit,
        )

    def _on_allowed(self, allowed: bool) -> None:
        if allowed and isValid(self):
            self.load()

    def _on_always(self, changed: Changed[None]) -> None:
        self.done.emit(changed)
        if isValid(self):
            self.load()

    def _on_came(self, found: Pictures) -> None:
        if not isValid(self):
            return
        missing = len(self._mail.far) - len(found)
        self._once.say(t("Try again"))
        self.setVisible(bool(missing))
        self._again(
            n("{n} picture did not come", "{n} pictures did not come", missing) if missing else ""
        )
        self.came.emit({name: image for name, image in found.items() if _shows(image)})

    def _on_failed(self, error: Exception) -> None:
        if isValid(self):
            self._again(far_words(self._mail.far, self._mail.trackers))
        self.troubled.emit(error)

    def _again(self, words: str) -> None:
        self._said.setText(words)
        for button in (self._once, self._always):
            button.setEnabled(True)
            button.update()


class AllowedSenders(Sheet):
    """The senders whose pictures are always loaded; a click on one ends that."""

    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, office: Office) -> None:
        super().__init__(
            parent,
            t("Senders whose pictures are loaded"),
            TwoLines,
            t("None. A mail's pictures are loaded when you ask for them."),
        )
        self._desk, self._office = desk, office
        self.picked.connect(self._on_picked)
        self._ask()

    def _ask(self) -> None:
        self._desk.ask(self._office.pictures.allowed, then=self._show, failed=self.troubled.emit)

    def _show(self, allowed: Sequence[Allowed]) -> None:
        if isValid(self):
            self.show_lines(map(self._line, allowed))

    def _line(self, each: Allowed) -> SheetLine:
        day = date_text(each.at.astimezone(self._office.zone()).date(), form="d MMM")
        return SheetLine(each.sender, t("Since {day}. A click ends it.", day=day), mark="mail")

    def _on_picked(self, line: SheetLine) -> None:
        self._desk.do(
            partial(self._office.pictures.no_more, line.title),
            then=self._on_ended,
            failed=self.troubled.emit,
        )

    def _on_ended(self, changed: Changed[None]) -> None:
        self.done.emit(changed)
        self._ask()


def doubted(mail: Mail) -> bool:
    """Whether something says that the sender is not who it seems."""
    return mail.label.code == "suspicious"


def far_pictures(office: Office, mail: Mail) -> Pictures:
    """The far pictures of a mail by their names in its HTML, decoded where nobody waits for it."""
    found = Album()
    for picture in office.pictures.load(mail):
        found.keep(f"far:{picture.number}", decoded(picture.data))
    return found


def _shows(image: QImage) -> bool:
    return image.width() > SMALLEST and image.height() > SMALLEST
