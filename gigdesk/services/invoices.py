"""Invoices: writing, issuing, showing, getting paid.

A number is given in the transaction that issues: the document is rendered before, under a candidate
number, and confirmed at commit; when another process took the number meanwhile it is rendered anew.
So rendering never holds the write lock, and there is neither a gap nor a double.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Locked, Refused
from gigdesk.domain.invoices.ageing import Owed, owed
from gigdesk.domain.invoices.numbers import check_pattern, number_of, series_of
from gigdesk.domain.invoices.papers import (
    Obstacle,
    Terms,
    differing,
    must_be_whole,
    obstacles,
    paper_of,
)
from gigdesk.domain.invoices.reading import must_be_object, one_tax, read_content
from gigdesk.domain.invoices.records import Content, Invoice, Paper, Sheet
from gigdesk.domain.money import quantize
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import date_text, money_text, t
from gigdesk.services.clients import client_of
from gigdesk.store.invoices import Issue

if TYPE_CHECKING:
    from gigdesk.domain.clients import Client
    from gigdesk.domain.ports import Documents, Now
    from gigdesk.services.clients import ClientService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.invoices import InvoiceStore

ATTEMPTS = 20
FORMATS = ("factur-x", "cii")


@dataclass(frozen=True)
class Bureau:
    """What invoicing works with."""

    db: DeskDb
    store: InvoiceStore
    blobs: Blobs
    press: Documents
    clients: ClientService
    profile: ProfileService
    settings: SettingsService


@dataclass(frozen=True, slots=True)
class Checked:
    """A document as bytes, and what is wrong with it."""

    content: bytes
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A document being written: its page, its sums, what stands in its way."""

    pdf: bytes
    paper: Paper
    obstacles: tuple[Obstacle, ...]


class InvoiceService:
    """What the person can do with invoices."""

    def __init__(self, bureau: Bureau, now: Now) -> None:
        self._bureau, self._store, self._now = bureau, bureau.store, now

    def today(self) -> date:
        """The person's day."""
        return self._now().astimezone(self._bureau.settings.zone()).date()

    def new(self, data: Mapping[str, Any]) -> Changed[Sheet]:
        """Keep a draft from the JSON of an invoice. Raises Refused for what cannot be billed."""
        must_be_object(data)
        with self._bureau.db.change(Topic.INVOICES | Topic.CLIENTS):
            client = self._client(data)
            content = self._content(data, client)
            invoice_id = self._store.add(content, client, self._now())
        sheet = self.show(invoice_id)
        words = t("Draft for {client} kept", client=client.name)
        undo = partial(self._discard, sheet.invoice)
        return Changed(sheet, Topic.INVOICES | Topic.CLIENTS, words, undo)

    def edit(self, invoice_id: int, data: Mapping[str, Any]) -> Changed[Sheet]:
        """Replace a draft's content. An issued document is never changed."""
        must_be_object(data)
        invoice = self._draft(invoice_id)
        before = self._store.content(invoice_id)
        with self._bureau.db.change(Topic.INVOICES | Topic.CLIENTS):
            client = self._client(data)
            self._store.rewrite(invoice, self._content(data, client), client)
        sheet = self.show(invoice_id)
        undo = partial(self._unedit, sheet.invoice, before, invoice.client_id)
        return Changed(sheet, Topic.INVOICES | Topic.CLIENTS, t("Draft kept"), undo)

    def discard(self, invoice_id: int) -> Changed[None]:
        """Throw a draft away."""
        invoice = self._draft(invoice_id)
        undo = partial(self._undiscard, self._store.content(invoice_id), invoice)
        return replace(self._discard(invoice), undo=undo)

    def issue(self, invoice_id: int) -> Changed[Sheet]:
        """Give it its number, print it, lock it. Raises Refused with all that stands in the way."""
        for _ in range(ATTEMPTS):
            invoice = self._draft(invoice_id)
            done = self._printed(invoice)
            with self._bureau.db.change(Topic.INVOICES):
                # Rendered under a candidate number; it counts only if it is still free.
                if self._store.series_end(done.series).counter == done.counter - 1:
                    self._must_be_free(done.paper.number or "")
                    self._store.issue(invoice, done)
                    sheet = self.show(invoice_id)
                    words = t("Issued {number}", number=sheet.invoice.number)
                    return Changed(sheet, Topic.INVOICES, words)
        raise Locked(t("Another GigDesk is issuing invoices"), t("This draft is kept. Try again."))

    def page(self, which: str = "all", offset: int = 0, limit: int = -1) -> list[Invoice]:
        """Invoices of one filter: all, open, paid or draft; without a limit to the last."""
        return self._store.page(which, offset, limit)

    def place(self, invoice_id: int, which: str = "all") -> int:
        """Where an invoice stands in that page of all, -1 when it is not in it."""
        return self._store.place(invoice_id, which)

    def search(self, words: str, limit: int) -> list[Invoice]:
        """Those whose number or client has these words in it."""
        return self._store.search(words, limit)

    def count(self, which: str = "all") -> int:
        """How many of one filter."""
        return self._store.count(which)

    def find(self, reference: str) -> int:
        """The id of a number or an id as written. Raises NotFound."""
        return self._store.id_of(reference)

    def show(self, invoice_id: int) -> Sheet:
        """One invoice whole. A draft's paper is as it would be issued today."""
        invoice = self._store.get(invoice_id)
        paper = self._store.paper(invoice_id) if invoice.number else self._paper(invoice)
        files = self._store.files(invoice_id)
        return Sheet(
            invoice,
            paper,
            tuple(self._store.payments(invoice_id)),
            files.pdf,
            files.xml,
            files.pdf_sha256,
            files.xml_sha256,
            files.warnings,
        )

    def obstacles(self, invoice_id: int) -> list[Obstacle]:
        """What stands in the way of issuing a draft, and what is odd about it."""
        return self._obstacles(self._paper(self._store.get(invoice_id)))

    def trial(self, data: Mapping[str, Any]) -> Trial:
        """What is being written as it would be printed, and what stands in the way of issuing it;
        nothing is kept. Raises Refused for what cannot even be written."""
        profile, named = self._bureau.profile.get(), data.get("client")
        client = (
            self._bureau.clients.get(named)
            if isinstance(named, int)
            else client_of(named or {"name": "…"})
        )
        content = read_content(data, client.currency or profile.currency)
        paper = paper_of(content, client, profile, self.today(), self._terms())
        return Trial(self._bureau.press.preview(paper).pdf, paper, tuple(self._obstacles(paper)))

    def pay(self, invoice_id: int, amount: Decimal, day: date) -> Changed[Sheet]:
        """Money came in. What is more than was open is the client's credit, and said."""
        invoice = self._store.get(invoice_id)
        if invoice.number is None:
            raise Refused(t("A draft cannot be paid"), t("Issue it first."))
        if amount != quantize(amount, invoice.currency) or amount <= 0:
            raise Refused(
                t("{amount} is no amount of {currency}", amount=amount, currency=invoice.currency),
                t("Nothing was written down."),
            )
        if invoice.open <= 0:
            raise Refused(
                t("{number} is paid already", number=invoice.number), t("Nothing was written down.")
            )
        payment = self._store.pay(invoice, amount, day)
        sheet = self.show(invoice_id)
        words = _came_in(amount, sheet.invoice)
        return Changed(sheet, Topic.INVOICES, words, partial(self._unpay, payment))

    def mark_paid(self, invoice_id: int) -> Changed[Sheet]:
        """All that is open came in today."""
        invoice = self._store.get(invoice_id)
        if invoice.number is not None and invoice.open <= 0:
            raise Refused(t("{number} is paid already", number=invoice.number), "")
        return self.pay(invoice_id, invoice.open, self.today())

    def pdf(self, invoice_id: int) -> Checked:
        """The PDF: of an issued invoice the kept one, of a draft a preview."""
        sheet = self.show(invoice_id)
        if sheet.pdf is None:
            return Checked(self._bureau.press.preview(sheet.paper).pdf, ())
        return self._kept(sheet.pdf, sheet.pdf_sha256)

    def xml(self, invoice_id: int, form: str) -> Checked:
        """The e-invoice. Raises Refused for a draft and for formats that come later."""
        if form not in FORMATS:
            raise Refused(
                t("The format {form} comes later", form=form),
                t("These can be had now: {forms}.", forms=", ".join(FORMATS)),
            )
        sheet = self.show(invoice_id)
        if sheet.xml is None:
            raise Refused(t("A draft has no e-invoice"), t("Issue it first."))
        kept = self._kept(sheet.xml, sheet.xml_sha256)
        return replace(kept, findings=(*kept.findings, *self._bureau.press.check(kept.content)))

    def owed(self, today: date) -> list[Owed]:
        """What is owed by currency and age."""
        return owed(
            (each.currency, each.days_late(today), each.open) for each in self._store.open_ones()
        )

    def late(self, today: date) -> list[Invoice]:
        """Open past their due day, the longest first."""
        return [each for each in self._store.open_ones() if each.days_late(today) > 0]

    def paid_this_month(self, today: date) -> list[tuple[str, Decimal]]:
        """What came in this month, by currency."""
        first = today.replace(day=1)
        past = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        return self._store.paid_between(first, past)

    def of_client(self, client_id: int) -> list[Invoice]:
        """A client's invoices, newest first."""
        return self._store.of_client(client_id)

    def numbers(self) -> list[str]:
        """Every number that was given."""
        return self._store.numbers()

    def start_new_series(self) -> str:
        """From now on numbers carry a letter of their own: a desk whose twin stays in use must not
        give the same numbers. The new pattern."""
        pattern = self._bureau.settings.get("invoice_pattern")
        letter = re.match(r"([A-Y])-(.*)", pattern)
        fresh = f"{chr(ord(letter[1]) + 1)}-{letter[2]}" if letter else f"B-{pattern}"
        check_pattern(fresh)
        self._bureau.settings.set("invoice_pattern", fresh)
        return fresh

    def _printed(self, invoice: Invoice) -> Issue:
        paper = self._paper(invoice)
        must_be_whole(paper)
        one_tax(paper.content)
        pattern = self._bureau.settings.get("invoice_pattern")
        check_pattern(pattern)
        series = series_of(pattern, paper.issue_date)
        end = self._store.series_end(series)
        if end.day is not None and paper.issue_date < end.day:
            raise Refused(
                t("The last invoice was dated {day}", day=date_text(end.day)),
                t("An earlier date cannot follow it. The draft is kept."),
            )
        number = number_of(pattern, paper.issue_date, end.counter + 1)
        paper = replace(paper, number=number)
        printed = self._bureau.press.render(paper)
        pdf, xml = self._bureau.blobs.put_many([printed.pdf, printed.xml])
        return Issue(
            paper=paper,
            series=series,
            counter=end.counter + 1,
            pdf=pdf,
            xml=xml,
            pdf_sha256=hashlib.sha256(printed.pdf).hexdigest(),
            xml_sha256=hashlib.sha256(printed.xml).hexdigest(),
            warnings=printed.warnings,
            at=self._now(),
        )

    def _must_be_free(self, number: str) -> None:
        # Asked only when the series has not moved: else another process just gave this number.
        if self._store.has_number(number):
            raise Refused(
                t("The number {number} is given already", number=number),
                t("Two patterns meet there. Change the pattern of numbers in the settings."),
            )

    def _obstacles(self, paper: Paper) -> list[Obstacle]:
        pattern = self._bureau.settings.get("invoice_pattern")
        last = self._store.series_end(series_of(pattern, paper.issue_date)).day
        found = obstacles(paper)
        if last is not None and paper.issue_date < last:
            words = t(
                "The last invoice was dated {day}; it cannot be earlier.", day=date_text(last)
            )
            found.insert(0, Obstacle("error", "issue_date", words))
        return found

    def _paper(self, invoice: Invoice) -> Paper:
        content = self._store.content(invoice.id)
        client = self._bureau.clients.get(invoice.client_id)
        profile = self._bureau.profile.get()
        return paper_of(content, client, profile, self.today(), self._terms())

    def _terms(self) -> Terms:
        settings, profile = self._bureau.settings, self._bureau.profile.get()
        return Terms(int(settings.number("terms_days")), profile.language or "en")

    def _content(self, data: Mapping[str, Any], client: Client) -> Content:
        content = read_content(data, client.currency or self._bureau.profile.get().currency)
        named = data.get("client")
        if isinstance(named, Mapping) and not content.buyer:
            # What this document says otherwise of a known client stands on this document only.
            content = replace(content, buyer=differing(client_of(named), client, named))
        return content

    def _client(self, data: Mapping[str, Any]) -> Client:
        named = data.get("client")
        if isinstance(named, int) and not isinstance(named, bool):
            return self._bureau.clients.get(named)
        if isinstance(named, str):
            return self._bureau.clients.named(named)
        if not isinstance(named, Mapping):
            raise Refused(t("An invoice needs a client"), t("Nothing was made."))
        return self._bureau.clients.found_or_made(named)

    def _draft(self, invoice_id: int) -> Invoice:
        invoice = self._store.get(invoice_id)
        if invoice.number is not None:
            raise Refused(
                t("{number} is issued and cannot be changed", number=invoice.number),
                t("A credit note corrects it."),
            )
        return invoice

    def _kept(self, blob: str, sha256: str | None) -> Checked:
        content = self._bureau.blobs.get(blob)
        whole = hashlib.sha256(content).hexdigest() == sha256
        return Checked(content, () if whole else (t("It differs from what was issued"),))

    def _discard(self, invoice: Invoice) -> Changed[None]:
        self._store.discard(self._draft(invoice.id))
        return Changed(None, Topic.INVOICES, t("Draft thrown away"))

    def _unedit(self, invoice: Invoice, before: Content, client_id: int) -> Changed[Sheet]:
        self._draft(invoice.id)
        self._store.rewrite(invoice, before, self._bureau.clients.get(client_id))
        return Changed(self.show(invoice.id), Topic.INVOICES)

    def _undiscard(self, content: Content, gone: Invoice) -> Changed[Sheet]:
        client = self._bureau.clients.get(gone.client_id)
        back = self._store.add(content, client, gone.created)
        return Changed(self.show(back), Topic.INVOICES, t("The draft is back"))

    def _unpay(self, payment_id: int) -> Changed[Sheet]:
        return Changed(self.show(self._store.unpay(payment_id)), Topic.INVOICES)


def _came_in(amount: Decimal, invoice: Invoice) -> str:
    said = money_text(amount, invoice.currency)
    if not invoice.surplus:
        return t("{amount} came in for {number}", amount=said, number=invoice.number)
    over = money_text(invoice.surplus, invoice.currency)
    return t(
        "{amount} came in for {number}, {over} too much",
        amount=said, number=invoice.number, over=over,
    )  # fmt: skip
