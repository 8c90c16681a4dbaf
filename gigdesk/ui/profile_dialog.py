"""You and your business: what stands on invoices and what drafts and scores may know."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t
from gigdesk.ui.kit.checks import Check
from gigdesk.ui.kit.layout import panel, row, rule, scroll, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens

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
)


class ProfileDialog(QDialog):
    """A form beside the work. Nothing is kept until everything fits."""

    kept = Signal(object)  # Changed

    def __init__(self, desk: Desk, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._office = desk, office
        self.setWindowTitle(t("You and your business"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 680)
        self._before: dict[str, Any] = {}
        self._fields: dict[str, QLineEdit] = {}
        self._small = Check(t("I charge no VAT as a small business"))
        self._problem = Words("", ink="bad", wrap=True)
        self._problem.hide()
        form = QFormLayout()
        form.setSpacing(tokens.S)
        for heading, fields in _PARTS:
            form.addRow(Words(t(heading), tokens.LEAD, weight=tokens.SEMIBOLD))
            for key, name, example in fields:
                form.addRow(Words(t(name), ink="soft"), self._field(key, t(name), example))
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
        self._fields[key] = field
        return field

    def _fill(self, data: dict[str, Any]) -> None:
        if not isValid(self):
            return
        self._before = data
        for key, field in self._fields.items():
            field.setText(_shown(data, key))
        self._small.setChecked(bool(data.get("small_business")))

    def _keep(self) -> None:
        self._desk.do(
            partial(self._office.profile.update, self._said()),
            then=self._on_kept,
            failed=self._on_failed,
        )

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {"small_business": self._small.isChecked()}
        bank = dict(self._before.get("bank") or {})
        for key, field in self._fields.items():
            words = field.text().strip()
            if words == _shown(self._before, key):
                continue
            if key.startswith("bank."):
                bank[key.removeprefix("bank.")] = words
                said["bank"] = bank if bank.get("iban") else None
            elif key == "address":
                said[key] = [part.strip() for part in words.split(",") if part.strip()]
            else:
                said[key] = words
        return said

    def _on_kept(self, changed: Changed[Any]) -> None:
        if not isValid(self):
            return
        self.kept.emit(changed)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        words = f"{error.title}. {error.advice}" if isinstance(error, Trouble) else str(error)
        self._problem.setText(words.strip())
        self._problem.show()


def _shown(data: dict[str, Any], key: str) -> str:
    value: Any = data
    for part in key.split("."):
        value = (value or {}).get(part)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)
    return str(value or "")
