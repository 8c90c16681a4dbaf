"""You and your business: what stands on invoices and what drafts and scores may know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.profile_json import Unfit
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.layout import panel, row, rule, scroll, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

if TYPE_CHECKING:
    from gigdesk.background.desk import Desk
    from gigdesk.domain.topics import Changed
    from gigdesk.services.office import Office

# (heading, ((field of the profile, what it is called, an example), ...))
_PARTS = (
    (
        "You",
        (
            ("name", "Name", "Ada Muster"),
            ("trade", "Business name", "Muster Design"),
            ("email", "Mail", "ada@muster.example"),
            ("phone", "Phone", ""),
        ),
    ),
    (
        "Your address",
        (
            ("address", "Street", "Seestraße 1"),
            ("postcode", "Postcode", "10115"),
            ("city", "City", "Berlin"),
            ("country", "Country, two letters", "DE"),
        ),
    ),
    (
        "Tax and money",
        (
            ("currency", "Currency, three letters", "EUR"),
            ("vat_id", "VAT id", "DE123456788"),
            ("tax_number", "Tax number", ""),
            ("bank.holder", "Account holder", ""),
            ("bank.iban", "IBAN", "DE89 3704 0044 0532 0130 00"),
            ("bank.bic", "BIC", ""),
        ),
    ),
    (
        "Your work",
        (
            ("skills", "Skills, with commas", "Illustration, Book covers, InDesign"),
            ("rates.floor", "Lowest rate", "60"),
            ("rates.target", "Wanted rate", "90"),
        ),
    ),
)
_CODES = ("country", "currency", "bank.bic")  # people write them small, too
_UNITS = {
    "hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year",
    "fixed": "a project", "word": "a word", "article": "an article", "piece": "a piece",
}  # fmt: skip


class ProfileDialog(QDialog):
    """A form beside the work. Nothing is kept until everything fits."""

    kept = Signal(object)  # Changed

    def __init__(self, desk: Desk, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self.setWindowTitle(t("You and your business"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(u(560), parent.width() - 48), min(u(720), parent.height() - 64))
        self._before: dict[str, Any] = {}
        self._fields: dict[str, QLineEdit] = {}
        self._names: dict[str, str] = {}
        self._unit = QComboBox()
        self._unit.setAccessibleName(t("What the rate is for"))
        for unit, words in _UNITS.items():
            self._unit.addItem(t(words), unit)
        self._small = Check(t("I charge no VAT as a small business"))
        self._problem = Words("", ink="bad", wrap=True)
        self._problem.hide()
        form = QFormLayout()
        form.setSpacing(tokens.S)
        for heading, fields in _PARTS:
            form.addRow(Words(t(heading), tokens.LEAD, weight=tokens.SEMIBOLD))
            for key, name, example in fields:
                field = self._field(key, t(name), example)
                beside = row(field, self._unit) if key == "rates.floor" else field
                form.addRow(Words(t(name), ink="soft"), beside)
                if key == "bank.bic":
                    form.addRow(self._small)
        keep = Button(t("Keep"), "Ctrl+Return", "primary")
        keep.clicked.connect(self._keep)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._keep)
        leave = Button(t("Not now"), "Esc", "quiet")
        leave.clicked.connect(self.reject)
        foot = panel("", stack(self._problem, row(keep, leave, None), margins=(24, 12, 24, 16)))
        inner = panel("", stack(form, None, margins=(24, 20, 24, 12)))
        self.setLayout(stack(scroll(inner), rule(), foot, gap=0))

    def open_it(self) -> None:
        """Show it, filled with what is known."""
        self._desk.ask(self._office.profile.data, then=self._fill, failed=self._on_failed)
        self.show()
        self._fields["name"].setFocus()

    def _field(self, key: str, name: str, example: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(example)
        field.returnPressed.connect(partial(self.focusNextPrevChild, True))
        self._fields[key], self._names[key] = field, name
        return field

    def _fill(self, data: dict[str, Any]) -> None:
        if not isValid(self):
            return
        self._before = data
        for key, field in self._fields.items():
            field.setText(_shown(data, key))
        self._small.setChecked(bool(data.get("small_business")))
        self._unit.setCurrentIndex(self._unit.findData(_rate(data).get("unit", "hour")))

    def _keep(self) -> None:
        self._desk.do(
            partial(self._office.profile.update, self._said()),
            then=self._on_kept,
            failed=self._on_failed,
        )

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {"small_business": self._small.isChecked()}
        typed = {key: self._typed(key) for key in self._fields}
        changed = {k: words for k, words in typed.items() if words != _shown(self._before, k)}
        for key, words in changed.items():
            if key == "address":
                said[key] = _parts(words)
            elif key == "skills":
                said[key] = _skills(self._before, _parts(words))
            elif "." not in key:
                said[key] = words
        if any(key.startswith("bank.") for key in changed):
            bank = dict(self._before.get("bank") or {})
            bank |= {key[5:]: words for key, words in changed.items() if key.startswith("bank.")}
            said["bank"] = bank if bank.get("iban") else None
        if self._rate_said() != _rate(self._before):
            rest = (self._before.get("rates") or [])[1:]
            said["rates"] = [*filter(None, [self._rate_said()]), *rest]
        return said

    def _typed(self, key: str) -> str:
        words = self._fields[key].text().strip()
        return words.upper() if key in _CODES else words

    def _rate_said(self) -> dict[str, Any]:
        """The first rate as it stands in the form; nothing where neither amount is said."""
        said = {
            name: self._typed(f"rates.{name}").replace(",", ".") or None
            for name in ("floor", "target")
        }
        if not any(said.values()):
            return {}
        before = _rate(self._before)
        currency = before.get("currency") or self._typed("currency") or "EUR"
        return {**before, "unit": self._unit.currentData(), "currency": currency, **said}

    def _on_kept(self, changed: Changed[Any]) -> None:
        if not isValid(self):
            return
        self.kept.emit(changed)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        """Said in the words of the form, and the focus is where it is."""
        if not isValid(self):
            return
        words = f"{error.title}. {error.advice}" if isinstance(error, Trouble) else str(error)
        field = self._fields.get(error.field) if isinstance(error, Unfit) else None
        if field is not None and isinstance(error, Unfit):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
            if error.field != "bank.iban":
                words = t(
                    "{name} does not fit: “{said}”. Such as: {example}.",
                    name=self._names[error.field],
                    said=field.text(),
                    example=field.placeholderText(),
                )
        self._problem.setText(words.strip())
        self._problem.show()


def _shown(data: dict[str, Any], key: str) -> str:
    if key == "skills":
        return ", ".join(_name(each) for each in data.get("skills") or [])
    first, _, inner = key.partition(".")
    value: Any = _rate(data) if first == "rates" else data.get(first)
    if inner:
        value = (value or {}).get(inner)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    return str(value or "")


def _rate(data: dict[str, Any]) -> dict[str, Any]:
    """The rate the form shows: the first one."""
    return dict((data.get("rates") or [{}])[0])


def _skills(data: dict[str, Any], names: list[str]) -> list[Any]:
    """These skills; of those known before the years and the other names stay."""
    known = {_name(each): each for each in data.get("skills") or []}
    return [known.get(name, {"name": name}) for name in names]


def _name(skill: str | dict[str, Any]) -> str:
    return skill if isinstance(skill, str) else str(skill.get("name", ""))


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]
