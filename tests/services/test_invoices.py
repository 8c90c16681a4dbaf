"""Invoices as verbs: drafts, issuing with a number, the lock, payments and the way back."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gigdesk.domain.errors import NotFound, Refused, Stale
from gigdesk.domain.invoices.records import Paper, Rendered, Status
from gigdesk.services.finding import find
from gigdesk.services.invoices import Bureau, InvoiceService
from tests.bills import CLIENT, PROFILE, bill, line
from tests.conftest import NOW, PASSPHRASE

if TYPE_CHECKING:
    from gigdesk.services.office import Office

DAY = date(2026, 11, 23)


@pytest.fixture
def shop(office: Office) -> Office:
    """The office of someone who can write invoices."""
    office.profile.update(PROFILE)
    return office


def drafted(office: Office, **more: Any) -> int:
    return office.invoices.new(bill(**more)).value.invoice.id


def issued(office: Office, **more: Any) -> int:
    return office.invoices.issue(drafted(office, **more)).value.invoice.id


class BrokenPress:
    """A press whose paper jams."""

    def render(self, paper: Paper) -> Rendered:
        """Never prints."""
        raise OSError(f"the press is jammed at {paper.number}")

    preview = render


def with_press(office: Office, press: Any) -> InvoiceService:
    bureau: Bureau = office.invoices._bureau
    return InvoiceService(replace(bureau, press=press), lambda: NOW)


def test_a_draft_has_no_number_and_owes_nothing(shop: Office) -> None:
    sheet = shop.invoices.new(bill()).value
    assert sheet.invoice.number is None
    assert sheet.invoice.gross == Decimal("904.40")
    assert sheet.invoice.open == 0
    assert sheet.pdf is None
    assert shop.invoices.owed(DAY) == []


def test_issuing_gives_number_documents_and_hashes_at_once(shop: Office) -> None:
    sheet = shop.invoices.issue(drafted(shop)).value
    assert sheet.invoice.number == "2026-001"
    assert sheet.invoice.status(DAY) is Status.ISSUED
    pdf, xml = shop.invoices.pdf(sheet.invoice.id), shop.invoices.xml(sheet.invoice.id, "cii")
    assert (pdf.findings, xml.findings) == ((), ())
    assert hashlib.sha256(pdf.content).hexdigest() == sheet.pdf_sha256
    assert hashlib.sha256(xml.content).hexdigest() == sheet.xml_sha256
    assert b"2026-001" in xml.content


def test_numbers_follow_one_another_and_a_new_year_begins_anew(shop: Office) -> None:
    days = ("2026-12-30", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02")
    given = [
        shop.invoices.issue(drafted(shop, issue_date=day)).value.invoice.number for day in days
    ]
    assert given == ["2026-001", "2026-002", "2026-003", "2027-001", "2027-002"]


def test_an_earlier_date_cannot_follow_a_later_one(shop: Office) -> None:
    issued(shop, issue_date="2026-11-20")
    draft = drafted(shop, issue_date="2026-11-19")
    with pytest.raises(Refused, match="20 November 2026"):
        shop.invoices.issue(draft)
    assert shop.invoices.numbers() == ["2026-001"]


def test_a_render_that_fails_uses_no_number(shop: Office) -> None:
    draft = drafted(shop)
    jammed = with_press(shop, BrokenPress())
    with pytest.raises(OSError, match="jammed"):
        jammed.issue(draft)
    assert shop.invoices.show(draft).invoice.number is None
    assert shop.invoices.issue(draft).value.invoice.number == "2026-001"


def test_what_stands_in_the_way_is_said_and_uses_no_number(shop: Office) -> None:
    draft = drafted(shop, lines=[])
    with pytest.raises(Refused, match="It has no lines"):
        shop.invoices.issue(draft)
    assert issued(shop)
    assert shop.invoices.numbers() == ["2026-001"]


def test_two_patterns_that_meet_give_no_number_twice(shop: Office) -> None:
    shop.settings.set("invoice_pattern", "{year}{month}{n}")
    assert issued(shop)
    assert shop.invoices.numbers() == ["2026111"]
    shop.settings.set("invoice_pattern", "{year}1{n:02}")
    others = [issued(shop) for _ in range(10)]
    assert len(others) == len(shop.invoices.numbers()) - 1
    with pytest.raises(Refused, match="given already"):
        issued(shop)


def test_what_is_issued_is_locked_for_every_verb(shop: Office) -> None:
    invoice_id = issued(shop)
    before = shop.invoices.show(invoice_id)
    for verb in (
        lambda: shop.invoices.edit(invoice_id, bill()),
        lambda: shop.invoices.discard(invoice_id),
        lambda: shop.invoices.issue(invoice_id),
    ):
        with pytest.raises(Refused, match="issued and cannot be changed"):
            verb()
    assert shop.invoices.show(invoice_id) == before


def test_a_client_or_profile_that_changes_leaves_issued_documents_alone(shop: Office) -> None:
    sheet = shop.invoices.issue(drafted(shop)).value
    shop.clients.update(sheet.invoice.client_id, {"name": "Acme AG", "city": "Bonn"})
    shop.profile.update({"trade": "Muster & Co", "vat_id": ""})
    after = shop.invoices.show(sheet.invoice.id)
    assert after.paper.buyer.city == "München"
    assert after.paper.seller.trade == "Muster Design"
    assert after.invoice.client == "Acme GmbH"


def test_what_an_invoice_says_otherwise_of_a_known_client_stands_on_it_only(shop: Office) -> None:
    first = shop.invoices.show(drafted(shop))
    other = {**CLIENT, "buyer_reference": "PO 7", "address": ["Neue Str. 3"]}
    second = shop.invoices.show(drafted(shop, client=other))
    assert second.invoice.client_id == first.invoice.client_id
    assert second.paper.buyer.buyer_reference == "PO 7"
    assert second.paper.buyer.address == ("Neue Str. 3",)
    assert shop.clients.get(first.invoice.client_id).address == ("Ring 2",)
    assert shop.invoices.show(first.invoice.id).paper.buyer.buyer_reference.startswith("0401")


def test_a_new_draft_an_edit_and_a_discard_can_be_undone(shop: Office) -> None:
    made = shop.invoices.new(bill())
    edited = shop.invoices.edit(made.value.invoice.id, bill(lines=[line(price="1.00")]))
    assert edited.value.invoice.net == 8
    assert edited.undo is not None
    assert edited.undo().value.invoice.net == 760
    thrown = shop.invoices.discard(made.value.invoice.id)
    assert shop.invoices.count() == 0
    assert thrown.undo is not None
    back = thrown.undo().value
    assert back.invoice.net == 760
    again = shop.invoices.new(bill())
    assert again.undo is not None
    again.undo()
    assert [each.id for each in shop.invoices.page()] == [back.invoice.id]


def test_an_edit_that_something_newer_followed_is_not_undone(shop: Office) -> None:
    draft = drafted(shop)
    first = shop.invoices.edit(draft, bill(note="one"))
    shop.invoices.edit(draft, bill(note="two"))
    assert first.undo is not None
    with pytest.raises(Stale):
        first.undo()
    assert shop.invoices.show(draft).paper.content.note == "two"


def test_it_is_paid_in_parts_then_wholly(shop: Office) -> None:
    invoice_id = issued(shop)
    part = shop.invoices.pay(invoice_id, Decimal("400.00"), DAY).value
    assert part.invoice.status(DAY) is Status.PARTLY_PAID
    assert part.invoice.open == Decimal("504.40")
    whole = shop.invoices.mark_paid(invoice_id).value
    assert whole.invoice.status(DAY) is Status.PAID
    assert whole.invoice.settled_on == DAY
    assert [payment.amount for payment in whole.payments] == [Decimal("400.00"), Decimal("504.40")]
    assert shop.invoices.paid_this_month(DAY) == [("EUR", Decimal("904.40"))]


def test_too_much_is_a_credit_and_owed_by_nobody(shop: Office) -> None:
    invoice_id = issued(shop)
    paid = shop.invoices.pay(invoice_id, Decimal("924.40"), DAY)
    invoice = paid.value.invoice
    assert (invoice.open, invoice.surplus) == (Decimal(0), Decimal("20.00"))
    assert (invoice.status(DAY), invoice.settled_on) == (Status.PAID, DAY)
    assert paid.words == "€924.40 came in for 2026-001, €20.00 too much"
    assert shop.invoices.owed(DAY) == []
    assert shop.invoices.count("paid") == 1
    with pytest.raises(Refused, match="paid already"):
        shop.invoices.pay(invoice_id, Decimal(1), DAY)
    assert paid.undo is not None
    back = paid.undo().value.invoice
    assert (back.open, back.surplus, back.settled_on) == (Decimal("904.40"), Decimal(0), None)


@pytest.mark.parametrize("amount", ["0", "-1", "1.001"])
def test_what_is_no_amount_is_not_written_down(shop: Office, amount: str) -> None:
    invoice_id = issued(shop)
    with pytest.raises(Refused):
        shop.invoices.pay(invoice_id, Decimal(amount), DAY)
    assert shop.invoices.show(invoice_id).payments == ()


def test_a_draft_and_a_paid_one_cannot_be_paid(shop: Office) -> None:
    with pytest.raises(Refused, match="draft"):
        shop.invoices.mark_paid(drafted(shop))
    invoice_id = issued(shop)
    shop.invoices.mark_paid(invoice_id)
    with pytest.raises(Refused, match="paid already"):
        shop.invoices.mark_paid(invoice_id)


def test_a_payment_is_taken_back(shop: Office) -> None:
    invoice_id = issued(shop)
    shop.invoices.pay(invoice_id, Decimal("400.00"), DAY)
    paid = shop.invoices.mark_paid(invoice_id)
    assert paid.undo is not None
    back = paid.undo().value.invoice
    assert (back.paid, back.settled_on) == (Decimal("400.00"), None)
    with pytest.raises(NotFound):
        paid.undo()


def test_what_comes_to_nothing_is_settled_at_once(shop: Office) -> None:
    sheet = shop.invoices.issue(drafted(shop, prepaid="904.40")).value
    assert sheet.invoice.status(DAY) is Status.PAID
    assert sheet.invoice.settled_on == DAY


def test_overdue_ones_are_found_by_the_persons_day(shop: Office) -> None:
    shop.settings.set("zone", "Pacific/Kiritimati")  # 14 hours ahead: the 23rd there at 08:30 UTC
    early = issued(shop, issue_date="2026-11-01", due_date="2026-11-22")
    issued(shop, issue_date="2026-11-01", due_date="2026-11-23")
    today = shop.invoices.today()
    assert today == DAY
    assert [each.id for each in shop.invoices.late(today)] == [early]
    owed = shop.invoices.owed(today)[0]
    assert (owed.not_due, owed.days_1_30) == (Decimal("904.40"), Decimal("904.40"))


def test_lists_put_late_ones_first_then_drafts_then_paid(shop: Office) -> None:
    paid = issued(shop, issue_date="2026-10-01")
    shop.invoices.mark_paid(paid)
    later = issued(shop, issue_date="2026-10-02", due_date="2026-12-01")
    late = issued(shop, issue_date="2026-10-03", due_date="2026-10-20")
    draft = drafted(shop)
    assert [each.id for each in shop.invoices.page()] == [late, later, draft, paid]
    counts = {which: shop.invoices.count(which) for which in ("all", "open", "paid", "draft")}
    assert counts == {"all": 4, "open": 2, "paid": 1, "draft": 1}
    assert [each.id for each in shop.invoices.page("all", 1, 2)] == [later, draft]
    assert [shop.invoices.place(each) for each in (late, later, draft, paid)] == [0, 1, 2, 3]
    assert [shop.invoices.place(each, "open") for each in (late, later, paid)] == [0, 1, -1]


def test_a_number_is_found_before_an_id(shop: Office) -> None:
    shop.settings.set("invoice_pattern", "{n}")
    first, second = drafted(shop), drafted(shop)
    shop.invoices.issue(second)
    assert shop.invoices.find("1") == second
    assert shop.invoices.find(str(second)) == second
    with pytest.raises(NotFound):
        shop.invoices.find("2026-999")
    assert first != second


def test_a_twin_desk_starts_a_series_of_its_own(shop: Office) -> None:
    issued(shop)
    assert shop.invoices.start_new_series() == "B-{year}-{n:03}"
    issued(shop)
    assert shop.invoices.start_new_series() == "C-{year}-{n:03}"
    issued(shop)
    assert shop.invoices.numbers() == ["2026-001", "B-2026-001", "C-2026-001"]


def test_a_kept_document_that_was_tampered_with_says_so(shop: Office) -> None:
    sheet = shop.invoices.issue(drafted(shop)).value
    other = shop.invoices._bureau.blobs.put(b"another document")
    store = shop.invoices._bureau.db
    with store.change(shop.invoices.new(bill()).topics) as db:
        db.conn.execute("DROP TRIGGER issued_is_locked")
        db.conn.execute("UPDATE invoices SET pdf = ? WHERE id = ?", (other, sheet.invoice.id))
    assert shop.invoices.pdf(sheet.invoice.id).findings


def _issue_many(home: str, count: int) -> None:
    from gigdesk.app import open_office

    office = open_office(Path(home), ask=lambda _question: PASSPHRASE, now=lambda: NOW)
    try:
        for _ in range(count):
            issued(office)
    finally:
        office.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A desk that several processes open."""
    from gigdesk.app import open_office

    place = tmp_path / "several"
    office = open_office(place, ask=lambda _question: PASSPHRASE, now=lambda: NOW)
    office.profile.update(PROFILE)
    office.close()
    return place


@pytest.mark.slow
def test_two_processes_issuing_at_once_leave_no_gap_and_no_double(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_issue_many, args=(str(home), 20)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=120)
        assert each.exitcode == 0
    from gigdesk.app import open_office

    office = open_office(home, ask=lambda _question: PASSPHRASE, now=lambda: NOW)
    try:
        given = sorted(office.invoices.numbers())
    finally:
        office.close()
    assert given == [f"2026-{at:03}" for at in range(1, 41)]


def test_a_pattern_that_makes_no_numbers_is_refused_where_it_is_set(shop: Office) -> None:
    with pytest.raises(Refused, match="makes no invoice numbers"):
        shop.settings.set("invoice_pattern", "{year}")
    assert shop.settings.get("invoice_pattern") == "{year}-{n:03}"


def test_invoices_are_found_by_number_and_by_client(shop: Office) -> None:
    first = issued(shop)
    other = drafted(shop, client={"name": "Brückner Studio", "country": "DE"})
    assert [each.id for each in shop.invoices.search("2026-0", 5)] == [first]
    assert [each.id for each in shop.invoices.search("BRÜCK", 5)] == [other]
    assert [each.id for each in shop.invoices.search("m", 1)] == [first]
    assert shop.invoices.search("100%", 5) == []
    hits = {hit.title: hit.hint for hit in find(shop, "brückner") if hit.ref.kind == "invoice"}
    assert hits == {"Draft": "Brückner Studio · €904.40"}
