"""Bills as records: what a file says of itself, each field with the words it came from, and what is
kept of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from gigdesk.domain.proposals import Proposal
from gigdesk.domain.words import t

# The fields of a bill, in the order they are shown.
FIELDS: dict[str, Callable[[], str]] = {
    "supplier": lambda: t("Supplier"),
    "number": lambda: t("Number"),
    "issued": lambda: t("Date"),
    "due": lambda: t("Due"),
    "net": lambda: t("Net"),
    "tax": lambda: t("Tax"),
    "gross": lambda: t("Total"),
    "currency": lambda: t("Currency"),
    "iban": lambda: t("IBAN"),
    "vat_id": lambda: t("VAT id"),
}
NEEDED = ("supplier", "number", "gross", "currency")
AMOUNTS = ("net", "tax", "gross")
DAYS = ("issued", "due")


@dataclass(frozen=True, slots=True)
class Said:
    """A value as plain text (amounts `1250.00`, days ISO) and the words it came from."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ReadBill:
    """What one file said. `form` is what it is: Factur-X, XRechnung, a PDF's text. `notes` say what
    could not be told."""

    form: str
    fields: Mapping[str, Said] = field(default_factory=dict)
    structured: bool = False
    credit: bool = False
    notes: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """A field's value; empty when the file does not say it."""
        said = self.fields.get(name)
        return said.value if said else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What an expense needs and the file does not say."""
        return tuple(name for name in NEEDED if not self.get(name))


@dataclass(frozen=True, slots=True)
class Expense:
    """A bill that is kept."""

    supplier: str
    number: str
    currency: str
    gross: Decimal
    net: Decimal | None = None
    tax: Decimal | None = None
    issued: date | None = None
    due: date | None = None
    iban: str = ""
    vat_id: str = ""
    credit: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    file_blob: str = ""
    mail: int | None = None
    kept_at: datetime | None = None
    id: int = 0


def supplier_key(name: str) -> str:
    """By what a supplier is known again: capitals, dots and the form of the company aside."""
    words = re.findall(r"\w+", name.casefold())
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)


def number_key(number: str) -> str:
    """By what a number is known again."""
    return re.sub(r"[\s_]+", "", number).casefold()


_FORMS = frozenset("gmbh ug ag kg ohg gbr mbh co ltd limited llc inc corp sarl sas sa srl spa bv nv"
                   " sl lda oy ab as aps sp zoo plc e u haftungsbeschränkt".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class BillStanding:
    """A bill of a mail beside what the desk knows. `number` is the file's in the mail; `double` the
    same bill, kept before; `other_iban` the account that supplier had on earlier bills."""

    read: ReadBill
    number: int
    name: str
    double: Expense | None = None
    other_iban: str = ""
    earlier: int = 0
    waiting: Proposal | None = None
