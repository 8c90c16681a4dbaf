"""Printed invoices: what the PDF claims, what lies inside, the payment code, letters no font has."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from facturx import xml_check_xsd

from gigdesk.domain.invoices.payment_code import payment_code
from gigdesk.domain.invoices.records import Paper
from gigdesk.gateways.documents.face import languages
from gigdesk.gateways.documents.press import Press
from tests.bills import CLIENT, PROFILE, STANDARD, line, paper, profile

press = Press()


def opened(made: Paper) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(press.render(made).pdf))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "\n".join(pages).replace("\u00a0", " ").replace("\r\n", "\n")


def codes_in(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            picture = page.render(scale=3).to_numpy()
            found += [each.text for each in zxingcpp.read_barcodes(picture)]
        return found
    finally:
        document.close()


def test_it_claims_pdf_a_3a_and_pdf_ua_1_and_factur_x() -> None:
    with opened(paper()) as pdf:
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert xmp["pdfuaid:part"] == "1"
        fx = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
        assert xmp[f"{fx}ConformanceLevel"] == "EN 16931"
        assert xmp[f"{fx}DocumentFileName"] == "factur-x.xml"
        assert "Factur-X PDFA Extension Schema" in str(xmp)


def test_it_is_tagged_in_its_language_and_has_an_output_intent() -> None:
    with opened(paper()) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "de-DE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        intent = pdf.Root.OutputIntents[0]
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert "Rechnung 2026-001" in str(pdf.open_metadata()["dc:title"])


def test_the_e_invoice_lies_inside_as_an_alternative() -> None:
    made = press.render(paper())
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert list(pdf.attachments) == ["factur-x.xml"]
        file = pdf.Root.AF[0]
        assert file.AFRelationship == "/Alternative"
        assert file.EF.F.Subtype == "/text/xml"
        assert pdf.attachments["factur-x.xml"].get_file().read_bytes() == made.xml


def test_every_font_is_embedded() -> None:
    with opened(paper()) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        described = [each for each in fonts if each.get("/Type") == "/FontDescriptor"]
        assert described
        assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert press.render(paper()).pdf == Press().render(paper()).pdf


def test_the_page_says_what_the_invoice_says() -> None:
    made = paper(
        lines=[
            line(discount={"percent": "10", "reason": "Treue"}),
            line("0.30", "578.5", unit="KMT"),
        ],
        discounts=[{"amount": "25.00", "reason": "Skonto"}],
        prepaid="100",
        service_period=["2026-10-01", "2026-10-31"],
        note="Vielen Dank.",
    )
    said = text_of(press.render(made).pdf)
    for words in (
        "Muster Design", "Acme GmbH", "80331 München", "Rechnung 2026-001", "1.–31. Okt. 2026",
        "8 Stunden", "578,5 km", "abzüglich 10 % (Treue)", "−25,00", "USt. 19 %", "Bereits gezahlt",
        "DE02 1203 0000 0000 2020 51", "Vielen Dank.", "7. Dezember 2026", "Seite 1 von 1",
        "04011000-12345-03", "DE136695976",
    ):  # fmt: skip
        assert words in said, words


@pytest.mark.parametrize("language", languages())
def test_every_language_prints_without_a_missing_word(language: str) -> None:
    made = paper(
        client={**CLIENT, "language": language}, prepaid="10", service_period=["2026-10-01"] * 2
    )
    printed = press.render(made)
    assert printed.warnings == ()
    assert "{" not in text_of(printed.pdf)


def test_the_payment_code_reads_as_it_was_written() -> None:
    made = paper(client={**CLIENT, "name": "Zoë"}, seller=profile(name="Jürgen Großmann"))
    assert codes_in(press.render(made).pdf) == [payment_code(made)]


@pytest.mark.parametrize(
    "more",
    [
        {"currency": "CHF"},
        {"prepaid": "904.40"},
        {"seller": profile(bank=None)},
    ],
    ids=["not euro", "nothing due", "no bank"],
)
def test_no_code_stands_where_nobody_could_pay_by_it(more: dict[str, Any]) -> None:
    assert codes_in(press.render(paper(**more)).pdf) == []


def test_a_draft_says_so_and_has_neither_code_nor_e_invoice() -> None:
    printed = press.preview(paper(number=None))
    assert "Entwurf" in text_of(printed.pdf)
    assert codes_in(printed.pdf) == []
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        assert list(pdf.attachments) == []


@pytest.mark.parametrize(
    "name",
    ["Studio 🎨🦄", "บริษัท ไทย", "סטודיו שלום", "شركة العربية", "株式会社デザイン", "\u202eevil", "a\x07b\ue000c",
     "Ⓐ𝓑 ℂ", "e\u0301\u0301\u0301", "#panic() $a$ @ref [x] *b* \\u{41}"],
)  # fmt: skip
def test_a_letter_no_font_has_never_loses_an_invoice(name: str) -> None:
    made = paper(client={**CLIENT, "name": name}, lines=[line(text=f"For {name}\n{name}")])
    printed = press.render(made)
    said = text_of(printed.pdf)
    assert "904,40" in said
    # A font of the system may have what ours lack; else a stand-in is there and said.
    assert ("?" in said) == bool(printed.warnings)
    for letter in made.buyer.name:
        if letter.isalpha() and letter != "\ue000":
            assert letter in printed.xml.decode()


def test_markup_in_a_text_is_printed_as_it_stands() -> None:
    wild = "#panic(1) $x^2$ @ref *bold* `raw` <b>&amp;</b> //"
    assert wild in text_of(press.render(paper(lines=[line(text=wild)])).pdf)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (60, 3), (500, 15)])
def test_long_ones_run_over_pages_with_their_sums_whole(count: int, pages: int) -> None:
    made = paper(lines=[line("1.00", "1", text=f"Step {at}") for at in range(count)])
    printed = press.render(made)
    said = text_of(printed.pdf)
    document = pypdfium2.PdfDocument(printed.pdf)
    try:
        there, last = len(document), document[len(document) - 1]
        end = last.get_textpage().get_text_bounded()
    finally:
        document.close()
    assert pages <= there <= pages + 6
    assert f"Seite {there} von {there}" in said
    assert all(f"Step {at}" in said for at in range(count))
    # The sums and how to pay stand together with their headings.
    assert "Gesamtbetrag" in end
    assert "IBAN" in end
    assert codes_in(printed.pdf) == [payment_code(made)]


def test_a_word_without_end_and_a_long_address_stay_on_the_page() -> None:
    long = {**CLIENT, "name": "W" * 120, "address": ["A very long street name " * 4] * 4}
    printed = press.render(paper(client=long, lines=[line(text="x" * 400)]))
    document = pypdfium2.PdfDocument(printed.pdf)
    try:
        page = document[0]
        wide, text = page.get_width(), page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    finally:
        document.close()
    assert max(right for _, _, right, _ in boxes) <= wide


def test_yen_have_no_decimals_and_other_currencies_their_name() -> None:
    said = text_of(press.render(paper(currency="JPY", lines=[line("950")])).pdf)
    assert "9.044" in said
    assert "(JPY)" in said
    assert "9.044,00" not in said


def test_nothing_is_asked_of_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_args: object) -> None:
        raise AssertionError("something tried to connect")

    # The one stand-in here is for the network itself.
    monkeypatch.setattr(socket.socket, "connect", refuse)
    made = Press().render(paper())
    assert Press().check(made.xml) == []
    assert xml_check_xsd(made.xml, flavor="factur-x", level="en16931")


def test_what_is_due_is_what_the_sums_say() -> None:
    made = paper(lines=[line("0.33", "1", tax=STANDARD)] * 3)
    assert made.totals.tax == Decimal("0.19")
    assert "1,18" in text_of(press.render(made).pdf)
    assert PROFILE["bank"]["iban"] in str(payment_code(made))
