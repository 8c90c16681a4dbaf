"""Whom an invoice is for: pick a client, or write a new one where they are needed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFormLayout, QLineEdit, QListView, QWidget

from gigdesk.domain.clients import Client
from gigdesk.domain.words import t
from gigdesk.ui.kit.layout import row, stack
from gigdesk.ui.kit.words import Button, Words
from gigdesk.ui.theme import tokens
from gigdesk.ui.theme.look import u

# (field of a client, what it is called, an example)
_FIELDS = (
    ("email", "Mail", "ap@acme.example"),
    ("address", "Street", "Ring 2"),
    ("postcode", "Postcode", "80331"),
    ("city", "City", "München"),
    ("country", "Country", "DE"),
    ("vat_id", "VAT id", "DE123456788"),
    ("language", "Language", "de"),
    ("currency", "Currency", "EUR"),
    ("buyer_reference", "Their reference", ""),
)


class ClientBlock(QWidget):
    """A name with what is known of them; the fields unfold for a new client and for a change."""

    changed = Signal()
    picked = Signal(object)  # Client

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Client] = {}
        self._client: Client | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName(t("Client"))
        self.name.setPlaceholderText(t("Name of a client, known or new"))
        self.name.textChanged.connect(self._on_name)
        self.told = Words("", ink="soft", wrap=True)
        self.change = Button(t("Change"), "", "quiet", "pencil")
        self.change.setCheckable(True)
        self.change.toggled.connect(self._unfold)
        self.fields: dict[str, QLineEdit] = {}
        self._sheet = QWidget()
        self._sheet.setLayout(self._form())
        self._sheet.hide()
        line = row(self.told, self.change, gap=tokens.S)
        line.setStretch(0, 1)
        self.setLayout(stack(self.name, line, self._sheet, gap=tokens.XS))
        self.change.hide()

    def show_clients(self, clients: list[Client]) -> None:
        """Those that can be picked."""
        self._known = {each.name.casefold(): each for each in clients}
        completer = QCompleter(sorted(each.name for each in clients), self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = QListView()
        popup.setObjectName("popup")
        completer.setPopup(popup)
        self.name.setCompleter(completer)

    def data(self) -> Any:
        """The id of a known client; what was written of a new one."""
        if self._client is not None:
            return int(self._client.id)
        return {"name": self.name.text().strip(), **self._written()}

    def changes(self) -> tuple[int, dict[str, Any]] | None:
        """What was written otherwise of a known client."""
        if self._client is None:
            return None
        wanted = self._written()
        before = {key: getattr(self._client, key) for key in wanted}
        before["address"] = list(self._client.address)
        different = {key: said for key, said in wanted.items() if said != before[key]}
        return (int(self._client.id), different) if different else None

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named yet."""
        return not self.name.text().strip()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, tokens.S, 0, tokens.S)
        form.setSpacing(tokens.S)
        for key, name, example in _FIELDS:
            field = QLineEdit()
            field.setAccessibleName(t(name))
            field.setPlaceholderText(example)
            field.textChanged.connect(self.changed)
            self.fields[key] = field
        f = self.fields
        f["postcode"].setFixedWidth(u(96))
        f["country"].setFixedWidth(u(64))
        for key, together in (
            ("email", ()), ("address", ()), ("postcode", ("city", "country")),
            ("vat_id", ("buyer_reference",)), ("language", ("currency",)),
        ):  # fmt: skip
            shown = row(f[key], *(f[each] for each in together))
            form.addRow(Words(_label(key, together), ink="soft"), shown)
        return form

    def _written(self) -> dict[str, Any]:
        said: dict[str, Any] = {key: field.text().strip() for key, field in self.fields.items()}
        said["address"] = [part.strip() for part in said["address"].split(",") if part.strip()]
        for key in ("country", "currency"):
            said[key] = said[key].upper()
        return said

    def _on_name(self, typed: str) -> None:
        known = self._known.get(typed.strip().casefold())
        if known is not None and known != self._client:
            self._fill(known)
        self._client = known
        new = bool(typed.strip()) and known is None
        self.change.setVisible(known is not None)
        self.told.setText(_told(known) if known else (t("A new client.") if new else ""))
        self._sheet.setVisible(new or (known is not None and self.change.isChecked()))
        if known is not None:
            self.picked.emit(known)
        self.changed.emit()

    def _fill(self, client: Client) -> None:
        for key, field in self.fields.items():
            value = getattr(client, key)
            field.setText(", ".join(value) if isinstance(value, tuple) else value)

    def _unfold(self, open_it: bool) -> None:
        self._sheet.setVisible(open_it)
        if open_it:
            self.fields["email"].setFocus()


def _label(key: str, together: tuple[str, ...]) -> str:
    if key == "postcode":
        return t("Place")
    names = {each: t(name) for each, name, _ in _FIELDS}
    return ", ".join([names[key], *(names[each].lower() for each in together)])


def _told(client: Client) -> str:
    place = " ".join(part for part in (client.postcode, client.city) if part)
    parts = [*client.address, place, client.country, client.vat_id, client.email]
    return " · ".join(part for part in parts if part) or t("Nothing but the name is known.")
