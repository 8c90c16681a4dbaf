"""What an invoice is: its lines, its parties, what is owed on it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from gigdesk.domain.clients import ClientId
from gigdesk.domain.profile import Bank

InvoiceId = NewType("InvoiceId", int)
PaymentId = NewType("PaymentId", int)
ZERO = Decimal(0)


class Kind(StrEnum):
    """The kinds of documents."""

    INVOICE = "invoice"
    QUOTE = "quote"
    CREDIT_NOTE = "credit_note"


class Status(StrEnum):
    """Where an invoice stands on a given day."""

    DRAFT = "draft"
    ISSUED = "issued"
    PARTLY_PAID = "partly_paid"
    OVERDUE = "overdue"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Tax:
    """A VAT category of EN 16931 (S, Z, E, AE, O …) and its rate in percent."""

    category: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """Taken off a line or the whole document: a percentage or an amount, never both."""

    percent: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""
    tax: Tax | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing sold. `unit` is a UN/ECE code; `price` is net, for one unit."""

    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    tax: Tax
    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why no VAT is charged: a VATEX code, words, or both."""

    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What the person wrote: everything of a document but its number and the two parties.

    `buyer` holds what this document says differently of the client than their record does.
    """

    currency: str
    lines: tuple[Line, ...]
    discounts: tuple[Discount, ...] = ()
    prepaid: Decimal = ZERO
    issue_date: date | None = None
    due_date: date | None = None
    service_period: tuple[date, date] | None = None
    note: str = ""
    exemption: Exemption = Exemption()
    buyer: tuple[tuple[str, object], ...] = ()
    kind: Kind = Kind.INVOICE


@dataclass(frozen=True, slots=True)
class TaxRow:
    """The VAT of one category and rate over the whole document."""

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The document's sums, named as EN 16931 names them (BT-106 … BT-115)."""

    lines: Decimal
    discount: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    prepaid: Decimal
    due: Decimal
    taxes: tuple[TaxRow, ...]


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells, as printed on the document."""

    name: str
    trade: str = ""
    email: str = ""
    phone: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_id: str = ""
    tax_number: str = ""
    small_business: bool = False
    bank: Bank | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, as printed on the document."""

    name: str
    email: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    country: str = ""
    language: str = ""
    vat_id: str = ""
    buyer_reference: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document ready to be printed; a draft's has no number."""

    number: str | None
    issue_date: date
    due_date: date
    seller: Seller
    buyer: Buyer
    content: Content
    totals: Totals
    language: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed document: the PDF with the e-invoice inside, the e-invoice alone, what was odd."""

    pdf: bytes
    xml: bytes
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in for an invoice."""

    id: PaymentId
    invoice: InvoiceId
    amount: Decimal
    paid_on: date


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice as lists show it."""

    id: InvoiceId
    kind: Kind
    number: str | None
    client_id: ClientId
    client: str
    currency: str
    issue_date: date | None
    due_date: date | None
    net: Decimal
    tax: Decimal
    gross: Decimal
    due: Decimal
    paid: Decimal
    settled_on: date | None
    created: datetime
    issued_at: datetime | None
    version: int

    @property
    def open(self) -> Decimal:
        """What is still owed; a draft owes nothing yet."""
        return max(ZERO, self.due - self.paid) if self.number else ZERO

    @property
    def surplus(self) -> Decimal:
        """What was paid too much: a credit of the client's, never set off by itself."""
        return max(ZERO, self.paid - self.due) if self.number else ZERO

    def status(self, today: date) -> Status:
        """Where it stands on this day. The due day itself is not late."""
        if self.number is None:
            return Status.DRAFT
        if self.open <= 0:
            return Status.PAID
        if self.days_late(today) > 0:
            return Status.OVERDUE
        return Status.PARTLY_PAID if self.paid else Status.ISSUED

    def days_late(self, today: date) -> int:
        """Days since the due day while something is open; negative before it, 0 when settled."""
        if self.due_date is None or self.open <= 0:
            return 0
        return (today - self.due_date).days


@dataclass(frozen=True, slots=True)
class Sheet:
    """One invoice with all that belongs to it."""

    invoice: Invoice
    paper: Paper
    payments: tuple[Payment, ...]
    pdf: str | None
    xml: str | None
    pdf_sha256: str | None
    xml_sha256: str | None
    warnings: tuple[str, ...] = ()
