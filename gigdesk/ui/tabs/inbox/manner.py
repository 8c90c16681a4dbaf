"""How the person writes to somebody: each habit, what it was counted in, and their word instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.drafts.languages import NAMES
from gigdesk.domain.drafts.manner import (
    FORMALITIES,
    FREQUENCIES,
    SAYS,
    TRAITS,
    Manner,
    Trait,
    TraitName,
    Whose,
    trait_words,
)
from gigdesk.domain.drafts.own_words import NOTHING
from gigdesk.domain.errors import Trouble
from gigdesk.domain.records import Ref
from gigdesk.domain.words import date_text, n, t
from gigdesk.ui.kit.layout import emptied, panel, row, rule, scroll, stack
from gigdesk.ui.kit.words import Button, Chip, Segments, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.topics import Changed
    from gigdesk.services.drafts.manners import Shown
    from gigdesk.services.office import Office

_CHOICES: Mapping[TraitName, tuple[str, ...]] = {
    "formality": FORMALITIES, "exclamations": FREQUENCIES, "emoji": FREQUENCIES,
}  # fmt: skip
_CHIPS = 2


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom one writes, and in which language."""

    name: str
    email: str
    language: str

    @property
    def first(self) -> str:
        """How they are called; nothing when only an address is known."""
        return self.name.split(" ")[0] if "@" not in self.name else ""

    @property
    def title(self) -> str:
        """What the dialog shows."""
        said = t("How you write to {name}", name=self.first)
        return said if self.first else t("How you write to them")


class MannerDialog(QDialog):
    """A list of habits beside the work. Each change counts at once and can be undone."""

    wanted = Signal(object)  # Ref: a mail that shows a habit
    kept = Signal(object)  # Changed

    def __init__(self, desk: Desk, office: Office, parent: QWidget, whom: Whom) -> None:
        super().__init__(parent)
        self._desk, self._office, self._email = desk, office, whom.email
        self._language = whom.language
        self.setWindowTitle(whom.title)
        self._shown: Shown | None = None
        self._fields: dict[TraitName, QWidget] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(u(680), parent.width() - 48), min(u(560), parent.height() - 64))
        self._said = Words("", ink="soft", wrap=True)
        self._problem = Words("", ink="bad", wrap=True)
        self._problem.hide()
        self._segments = Segments(
            t("To whom"),
            (
                (t("To {name}", name=whom.first) if whom.first else t("To them"), 0),
                (t("To everybody"), 0),
            ),
        )
        self._segments.picked.connect(self._draw)
        self._tongue = QComboBox()
        self._tongue.setAccessibleName(t("Language"))
        self._tongue.activated.connect(self._on_tongue)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.M)
        self._grid.setVerticalSpacing(tokens.S)
        self._grid.setColumnStretch(1, 1)
        hint = t(
            "{first}, {last} and {name} stand for the reader's name. An empty field: nothing stands there.",
            first="{first}", last="{last}", name="{name}",
        )  # fmt: skip
        self._learn = Button(t("Learn again"), "", "plain", "history")
        self._learn.clicked.connect(self._learn_again)
        leave = Button(t("Close"), "Esc", "quiet")
        leave.clicked.connect(self.accept)
        top = stack(
            row(self._segments, None, self._tongue), self._said, gap=tokens.M,
            margins=(24, 18, 24, 12),
        )  # fmt: skip
        inner = panel("", stack(self._grid, Words(hint, tokens.CAPTION, "faint", wrap=True), None,
                                gap=tokens.L, margins=(24, 16, 24, 12)))  # fmt: skip
        foot = stack(self._problem, row(self._learn, None, leave), margins=(24, 12, 24, 16))
        self.setLayout(
            stack(panel("", top), rule(), scroll(inner), rule(), panel("", foot), gap=0)
        )  # fmt: skip

    def open_it(self) -> None:
        """Show it, filled with what is known."""
        self._read()
        self.show()

    # --- reading and changing -------------------------------------------------------------------
    def _read(self) -> None:
        self._desk.fetch(
            partial(self._office.manners.shown, self._email, self._language),
            then=self._on_read,
            failed=self._on_failed,
        )

    def _on_read(self, shown: Shown) -> None:
        if isValid(self):
            self._shown = shown
            self._draw()

    def _on_tongue(self) -> None:
        self._language = str(self._tongue.currentData())
        self._read()

    def _whose(self) -> Whose:
        return Whose(self._language, "" if self._segments.at else self._email)

    def _manner(self) -> Manner | None:
        if self._shown is None:
            return None
        return self._shown.general if self._segments.at else self._shown.towards

    def _choose(self, name: TraitName, said: str) -> None:
        manner = self._manner()
        if manner is not None and said != manner.value(name):
            self._do(partial(self._office.manners.choose, self._whose(), name, said))

    def _pin(self, name: TraitName, said: str) -> None:
        self._do(partial(self._office.manners.choose, self._whose(), name, said))

    def _unpin(self, name: TraitName) -> None:
        self._do(partial(self._office.manners.unchoose, self._whose(), name))

    def _learn_again(self) -> None:
        self._do(partial(self._office.manners.learn_again, self._whose()))

    def _do(self, call: Callable[[], Changed[Any]]) -> None:
        self._problem.hide()
        self._desk.do(call, then=self._on_done, failed=self._on_failed)

    def _on_done(self, changed: Changed[Any]) -> None:
        if isValid(self):
            self.kept.emit(changed)
            self._read()

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        words = f"{error.title}. {error.advice}" if isinstance(error, Trouble) else str(error)
        self._problem.setText(words)
        self._problem.show()
        self._draw()

    def _open(self, mail: int) -> None:
        self.accept()
        self.wanted.emit(Ref("mail", mail))

    # --- drawing --------------------------------------------------------------------------------
    def _draw(self) -> None:
        manner, shown = self._manner(), self._shown
        if manner is None or shown is None:
            return
        at = self._focused()
        self._tongue.clear()
        for code in dict.fromkeys([*shown.languages, *NAMES]):
            self._tongue.addItem(NAMES[code](), code)
        self._tongue.setCurrentIndex(self._tongue.findData(self._language))
        self._said.setText(_from_words(manner, self._language))
        emptied(self._grid)
        for line, name in enumerate(TRAITS):
            if name != "formality" or self._language in SAYS:
                self._line(line, name, manner.traits.get(name), shown)
        if at is not None and (back := self._fields.get(at)) is not None:
            back.setFocus()

    def _focused(self) -> TraitName | None:
        found = next((name for name, field in self._fields.items() if field.hasFocus()), None)
        self._fields = {}
        return found

    def _line(self, line: int, name: TraitName, trait: Trait | None, shown: Shown) -> None:
        field = self._choice(name, trait) if name in _CHOICES else self._text(name, trait, shown)
        field.setAccessibleName(TRAITS[name]())
        self._fields[name] = field
        self._grid.addWidget(Words(TRAITS[name](), ink="soft"), line, 0)
        self._grid.addWidget(field, line, 1)
        count = Words(_count_words(trait), tokens.CAPTION, "faint", figures=True)
        self._grid.addWidget(count, line, 2)
        self._grid.addLayout(self._chips(name, trait, shown.when), line, 3)
        if trait is not None:
            self._grid.addWidget(self._pin_button(name, trait), line, 4)

    def _text(self, name: TraitName, trait: Trait | None, shown: Shown) -> QLineEdit:
        field = QLineEdit()
        value = _filled(trait.value, shown.own) if trait else ""
        field.setText("" if value == NOTHING else value)
        nothing = (
            t("nothing, usually") if value == NOTHING else t("not known: as the template says")
        )
        field.setPlaceholderText(nothing)
        field.editingFinished.connect(partial(self._on_edited, name, field, field.text()))
        return field

    def _on_edited(self, name: TraitName, field: QLineEdit, before: str) -> None:
        said = " ".join(field.text().split())
        if said != before and isValid(self):
            self._choose(name, said or NOTHING)

    def _choice(self, name: TraitName, trait: Trait | None) -> QComboBox:
        field = QComboBox()
        if trait is None:
            field.addItem(t("not known"), "")
        for value in _CHOICES[name]:
            field.addItem(trait_words(name, value, self._language), value)
        field.setCurrentIndex(max(0, field.findData(trait.value if trait else "")))
        field.activated.connect(partial(self._on_chosen, name, field))
        return field

    def _on_chosen(self, name: TraitName, field: QComboBox) -> None:
        if value := str(field.currentData() or ""):
            self._choose(name, value)

    def _chips(
        self, name: TraitName, trait: Trait | None, when: Mapping[int, datetime]
    ) -> Any:  # fmt: skip
        chips = []
        for mail in trait.mails[:_CHIPS] if trait else ():
            if mail in when:
                here = when[mail].astimezone(self._office.zone()).date()
                chip = Chip(date_text(here, form="d MMM"), "plain", "mail",
                            partial(self._open, mail))  # fmt: skip
                day = date_text(here, form="medium")
                said = t("{trait}: as in your mail of {day}", trait=TRAITS[name](), day=day)
                chip.setAccessibleName(said)
                chip.setToolTip(said)
                chips.append(chip)
        return row(*chips, None, gap=tokens.XS)

    def _pin_button(self, name: TraitName, trait: Trait) -> Button:
        own = trait.chosen and (not trait.general or bool(self._segments.at))
        if own:
            button = Button(t("Learn it from my mails again"), "", "quiet", "undo-2", bare=True)
            button.clicked.connect(partial(self._unpin, name))
        else:
            button = Button(t("Keep it so, whatever comes"), "", "quiet", "lock", bare=True)
            button.clicked.connect(partial(self._pin, name, trait.value))
        button.setAccessibleName(f"{TRAITS[name]()}: {button.accessibleName()}")
        return button


def _from_words(manner: Manner, language: str) -> str:
    tongue = NAMES[language]()
    if manner.mails < manner.whose.least:
        few = n(
            "Too few of your mails in {language} to say ({n} of at least {least}).",
            "Too few of your mails in {language} to say ({n} of at least {least}).",
            manner.mails, language=tongue, least=manner.whose.least,
        )  # fmt: skip
        return f"{few} {t('What you write to everybody counts.')}" if manner.whose.email else few
    return n(
        "Counted in {n} mail of yours in {language}; the newest weigh more.",
        "Counted in {n} mails of yours in {language}; the newest weigh more.",
        manner.mails, language=tongue,
    )  # fmt: skip


def _count_words(trait: Trait | None) -> str:
    if trait is None:
        return ""
    counted = t("{count} of {of}", count=trait.count, of=trait.of) if trait.of else ""
    words = [t("as you said") if trait.chosen else "", counted]
    words.append(t("to everybody") if trait.general else "")
    return ", ".join(filter(None, words))


def _filled(value: str, own: str) -> str:
    """A name as it will stand there."""
    initials = "".join(part[0] for part in own.split())
    slots = {"{my_first}": own.split(" ")[0], "{my_name}": own, "{my_initials}": initials}
    for slot, words in slots.items():
        value = value.replace(slot, words)
    return value
