"""A sender becomes a client: a short form in which what is guessed says so until it is confirmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCompleter, QDialog, QFormLayout, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.civil import known_zones
from gigdesk.domain.errors import Trouble
from gigdesk.domain.newcomers import FIELDS, Guess, Newcomer
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Chip, Line, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.services.office import Office


class _Field:
    """A field, the reason of its guess, and the tick that confirms it."""

    def __init__(self, name: str, value: str, guess: Guess | None) -> None:
        self.name, self.guess = name, guess
        self.edit = QLineEdit(value)
        self.edit.setAccessibleName(FIELDS[name]())
        self.right = Check(t("Right"))
        self.right.setAccessibleName(t("{field} is right", field=FIELDS[name]()))
        said = t("Guessed. {why}", why=guess.reason) if guess else ""
        self.why = Line(said, tokens.CAPTION, "pencil")
        self.settled = Words("", tokens.CAPTION, "soft")
        self.right.setVisible(guess is not None)
        self.right.toggled.connect(self._show)
        self.edit.textEdited.connect(self._show)
        self._show()

    @property
    def guessed(self) -> bool:
        """Whether it still stands as it was guessed, unconfirmed."""
        same = self.guess is not None and self.edit.text().strip() == self.guess.value
        return same and not self.right.isChecked()

    def _show(self) -> None:
        guess = self.guess
        same = guess is not None and self.edit.text().strip() == guess.value
        self.why.setVisible(self.guessed)
        self.settled.setText(t("Right, you say.") if same else t("Your own words."))
        self.settled.setVisible(guess is not None and not self.guessed)


class NewcomerForm(QDialog):
    """What is known and guessed of somebody. Beside the work: the window stays usable."""

    changed = Signal(object)  # Changed
    wanted = Signal(object)  # Ref
    troubled = Signal(object)

    def __init__(
        self, desk: Desk, office: Office, mail: Mail, newcomer: Newcomer, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._office, self._mail, self._newcomer = desk, office, mail, newcomer
        known = newcomer.known
        self.setWindowTitle(
            t("What is guessed of {name}", name=known.name) if known else t("New client")
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(u(480))
        guesses = {each.field: each for each in (newcomer.open if known else newcomer.guesses)}
        self.fields = {
            name: _Field(name, str(getattr(known, name)) if known else newcomer.value(name),
                         None if name == "email" else guesses.get(name))
            for name in FIELDS
            if known is None or name in guesses
        }  # fmt: skip
        form = QFormLayout()
        form.setSpacing(tokens.S)
        for name, field in self.fields.items():
            line = row(field.edit, field.right)
            line.setStretch(0, 1)
            form.addRow(
                Words(FIELDS[name](), ink="soft"), stack(line, field.why, field.settled, gap=2)
            )
        if "zone" in self.fields:
            _complete(self.fields["zone"].edit)
        self._problem = Words("", ink="bad", wrap=True)
        self._problem.hide()
        keep = Button(
            t("Keep") if known else t("Make the client"), "Ctrl+Return", "primary", "check"
        )
        keep.clicked.connect(self.keep)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.keep)
        every = Button(t("All are right"), "", "plain")
        every.clicked.connect(self.confirm_all)
        away = Button(t("Cancel"), "Esc", "quiet")
        away.clicked.connect(self.reject)
        pieces: list[Any] = [self._similar()] if newcomer.similar else []
        pieces += [form, self._problem, 4, row(keep, every, away, None)]
        self.setLayout(stack(*pieces, gap=tokens.M, margins=(24, 20, 24, 20)))

    def confirm_all(self) -> None:
        """Everything is right as it stands."""
        for field in self.fields.values():
            if field.guess is not None:
                field.right.setChecked(True)

    def keep(self) -> None:
        """Make the client, or keep what was confirmed; what is still guessed stays marked."""
        values = {name: field.edit.text().strip() for name, field in self.fields.items()}
        confirmed = [name for name, field in self.fields.items() if not field.guessed]
        people, known = self._office.handoff.newcomers, self._newcomer.known
        if known is not None:
            call = partial(people.confirm, known.id, {name: values[name] for name in confirmed})
        else:
            call = partial(people.make, self._mail.id, values, confirmed)
        self._desk.do(call, then=self._on_kept, failed=self._on_problem)

    def _similar(self) -> QWidget:
        holder = QWidget()
        chips = [
            Chip(each.name, "warn", "users",
                 partial(self.wanted.emit, Ref("client", each.id, each.name)))
            for each in self._newcomer.similar[:3]
        ]  # fmt: skip
        said = Words(t("Perhaps a client already:"), ink="warn")
        holder.setLayout(row(said, *chips, None, gap=6))
        return holder

    def _on_kept(self, changed: Changed[Any]) -> None:
        if isValid(self):  # it may have been closed meanwhile
            self.changed.emit(changed)
            self.close()

    def _on_problem(self, error: Exception) -> None:
        if isinstance(error, Trouble) and isValid(self):
            self._problem.setText(f"{error.title}. {error.advice}".strip())
            self._problem.show()
        elif isValid(self):
            self.troubled.emit(error)


def _complete(field: QLineEdit) -> None:
    completer = QCompleter(sorted(known_zones()), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
