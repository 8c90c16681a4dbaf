"""What helps while one writes: templates, signatures, paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from gigdesk.domain.inbox.unsent import Template, Unsent
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t
from gigdesk.ui.kit.page import Command
from gigdesk.ui.tabs.inbox.writing.printing import ask_and_print, document_of

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.services.office import Office
    from gigdesk.ui.tabs.inbox.writing.fields import Fields


class Extras(QObject):
    """Serves one pane; `mail` gives what is being written there."""

    done = Signal(object)  # Changed
    troubled = Signal(object)

    def __init__(
        self, desk: Desk, office: Office, fields: Fields, mail: Callable[[], Unsent | None]
    ) -> None:
        super().__init__(fields)
        self._desk, self._office = desk, office
        self._fields, self._mail = fields, mail
        self._below: QWidget = fields

    def commands(self, there: Callable[[], bool]) -> Sequence[Command]:
        """What can be done with them."""
        return (
            Command(t("Begin with a template"), "", "file-text", self.choose, there),
            Command(
                t("Keep these words as a template"), "", "file-text", self.keep_template, there
            ),
            Command(t("Signature of this account"), "", "pencil-line", self.sign, there),
            Command(t("Print this mail"), "", "printer", self.print_it, there),
        )

    # --- templates ------------------------------------------------------------------------------
    def choose(self, below: QWidget | None = None, _checked: bool = False) -> None:
        """Which words to begin with; they are filled in for the first recipient."""
        self._below = below if isinstance(below, QWidget) else self._fields
        mail = self._mail()
        if mail is not None:
            self._desk.ask(
                partial(self._office.composing.templates, mail.to),
                then=self._offer,
                failed=self.troubled.emit,
            )

    def _offer(self, templates: Sequence[Template]) -> None:
        menu = QMenu(self._fields)
        own = [each for each in templates if each.own]
        for each in templates:
            if not each.own and own and each is templates[len(own)]:
                menu.addSeparator()
            menu.addAction(each.name).triggered.connect(partial(self._put, each))
        menu.addSeparator()
        menu.addAction(t("Keep these words as a template"), self.keep_template)
        if own:
            removing = menu.addMenu(t("Remove a template"))
            for each in own:
                removing.addAction(each.name).triggered.connect(partial(self._remove, each.name))
        at = QPoint(0, 0 if self._below is self._fields else self._below.height())
        menu.popup(self._below.mapToGlobal(at))

    def _put(self, template: Template, _checked: bool = False) -> None:
        if self._mail() is not None:
            self._fields.put(template)

    def _remove(self, name: str, _checked: bool = False) -> None:
        self._do(partial(self._office.composing.remove_template, name))

    def keep_template(self) -> None:
        """Keep what stands above the signature under a name."""
        mail = self._mail()
        if mail is None:
            return
        name, said = QInputDialog.getText(
            self._fields,
            t("Keep as a template"),
            t("Its name. {first}, {name}, {number}, {amount}, {due} are filled in from records:",
              first="{first}", name="{name}", number="{number}", amount="{amount}", due="{due}"),
            text=mail.subject,
        )  # fmt: skip
        if said and name.strip():
            words = mail.body.split("\n-- \n")[0]
            self._do(partial(self._office.composing.keep_template, name, mail.subject, words))

    # --- signatures -----------------------------------------------------------------------------
    def sign(self) -> None:
        """Change what stands under the mails of the chosen account."""
        mail = self._mail()
        if mail is None or mail.account is None:
            return
        self._desk.ask(
            partial(self._office.composing.signature, mail.account),
            then=partial(self._ask_signature, mail.account),
            failed=self.troubled.emit,
        )

    def _ask_signature(self, account: int, before: str) -> None:
        text, said = QInputDialog.getMultiLineText(
            self._fields, t("Signature"), t("Stands under the mails of this account:"), before
        )
        if said:
            self._do(partial(self._office.composing.sign, account, text))
            self._fields.sign(before, text.strip())

    def change_signature(self, before: int | None, now: int) -> None:
        """Another account signs in another way."""
        composing = self._office.composing

        def both() -> tuple[str, str]:
            return composing.signature(before or 0), composing.signature(now)

        self._desk.ask(both, then=lambda two: self._fields.sign(*two))

    # --- paper ----------------------------------------------------------------------------------
    def print_it(self) -> None:
        """On paper, as it stands."""
        mail = self._mail()
        if mail is None:
            return
        lines = [(t("To"), mail.to), (t("Copy"), mail.cc)]
        ask_and_print(self._fields, document_of(mail.title, lines, mail.body))

    def _do(self, call: Callable[[], Changed[object]]) -> None:
        self._desk.do(call, then=self.done.emit, failed=self.troubled.emit)
