"""Bills read: both syntaxes of XML, XML inside a page, a page's own words, and what is hostile."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.expenses.quoting import quoted_bill
from gigdesk.worker.bill_reader.pages import read_pdf
from gigdesk.worker.bill_reader.structured import is_bill, read_xml
from tests.services.handoff.papers import IBAN, LINES, cii, pdf, ubl

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 24)
WHOLE = {
    "supplier": "Hostbird GmbH", "number": "2026-17", "issued": "2026-11-12", "due": "2026-11-26",
    "net": "100.00", "tax": "19.00", "gross": "119.00", "currency": "EUR", "iban": IBAN,
    "vat_id": "DE136695976",
}  # fmt: skip


@pytest.mark.parametrize(("data", "form"), [(cii(), "Factur-X"), (ubl(), "XRechnung")])
def test_both_syntaxes_say_the_same(data: bytes, form: str) -> None:
    bill = read_xml(data)
    assert {name: said.value for name, said in bill.fields.items()} == WHOLE
    assert (bill.form, bill.structured, bill.credit, bill.missing) == (form, True, False, ())
    assert bill.fields["gross"].words.endswith("119.00 EUR" if form == "XRechnung" else "119.00")


def test_a_credit_note_says_so() -> None:
    assert read_xml(cii(code="381")).credit
    note = ubl().replace(b"<Invoice ", b"<CreditNote ").replace(b"</Invoice>", b"</CreditNote>")
    assert read_xml(note).credit


def test_the_xml_inside_a_page_goes_before_its_words() -> None:
    bill = read_pdf(pdf("Total due 999.00 EUR", attached=cii()), TODAY)
    assert (bill.form, bill.get("gross")) == ("Factur-X", "119.00")
    broken = read_pdf(pdf(*LINES, attached=b"<CrossIndustryInvoice"), TODAY)
    assert (broken.structured, broken.get("gross")) == (False, "119.00")


def test_a_page_is_quoted_each_value_with_its_line() -> None:
    bill = read_pdf(pdf(*LINES), TODAY)
    values = {name: said.value for name, said in bill.fields.items()}
    assert values == {k: v for k, v in WHOLE.items() if k not in {"supplier", "vat_id"}}
    assert bill.fields["gross"].words == "Total due 119.00 EUR"
    assert bill.fields["due"].words == "Due date: 26 November 2026"
    assert all(said.words in LINES for said in bill.fields.values())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Rechnungs-Nr.: RE-2026/044\nRechnungsdatum: 01.11.2026\nZahlbar bis 15.11.2026\n"
         "Nettobetrag 1.000,00 €\nMwSt 19 % 190,00 €\nGesamtbetrag 1.190,00 €",
         {"number": "RE-2026/044", "issued": "2026-11-01", "due": "2026-11-15", "net": "1000.00",
          "tax": "190.00", "gross": "1190.00", "currency": "EUR"}),
        ("Facture n° F-881\nDate de facture : 3 novembre 2026\nTotal TTC 84,50 €",
         {"number": "F-881", "issued": "2026-11-03", "gross": "84.50", "currency": "EUR"}),
        ("Hello, lunch was 12.00 EUR and the train 30.00 EUR.", {}),
        ("Total 10.00 EUR\nTotal 20.00 EUR", {}),
        ("Total due 20.00 EUR\nTotal 10.00 EUR", {"gross": "20.00", "currency": "EUR"}),
        ("Subtotal 90.00 EUR\nVAT 20.00 EUR\nTotal due 120.00 EUR", {"gross": "120.00", "currency": "EUR"}),
        ("Due date: 11/12/2026\nTotal due 5.00 USD", {"gross": "5.00", "currency": "USD"}),
        ("Invoice 12 November 2026", {}),
        ("IBAN DE02 1203 0000 0000 2020 52", {}),
    ],
)  # fmt: skip
def test_nothing_is_guessed(text: str, values: dict[str, str]) -> None:
    found, _ = quoted_bill(text, TODAY)
    assert {name: said.value for name, said in found.items()} == values
    lines = [" ".join(line.split()) for line in text.split("\n")]
    assert all(said.words in lines for said in found.values())


def test_what_stands_there_twice_is_said_and_not_taken() -> None:
    found, notes = quoted_bill(
        "Invoice no. A-1\nInvoice no. A-2\nTotal 1.00 EUR\nTotal 2.00 EUR", TODAY
    )
    assert found == {}
    assert len(notes) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"<Invoice",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><Invoice>&a;</Invoice>",
        b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><Invoice/>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><Invoice>&f;</Invoice>",
        b"<html><Invoice/></html>",
        b"<Invoice>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Invoice>",
    ],
)  # fmt: skip
def test_hostile_xml_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_xml(data)


@pytest.mark.allow_log
@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\nnothing", b"%PDF", pdf("x")[:-200], pdf("x").replace(b"/Pages", b"/Pagex")]
)
def test_a_broken_page_is_unreadable_or_empty(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert read_pdf(data, TODAY).fields == {}


def test_nonsense_in_a_field_is_no_value() -> None:
    odd = cii(iban="DE00 0000").replace(b"119.00", b"NaN").replace(b"20261126", b"20261399")
    bill = read_xml(odd)
    assert [bill.get(name) for name in ("gross", "due", "iban")] == ["", "", ""]
    assert bill.missing == ("gross",)


@pytest.mark.shared_data
def test_every_bill_of_others_is_read(shared: Path) -> None:
    files = sorted((shared / "einvoice").rglob("*.xml"))
    assert len(files) > 50
    for file in files:
        data = file.read_bytes()
        assert is_bill(data), file.name
        assert read_xml(data).missing == (), file.name
    for file in sorted((shared / "einvoice").rglob("*.pdf")):
        bill = read_pdf(file.read_bytes(), TODAY)
        assert (bill.structured, bill.missing) == (True, ()), file.name
