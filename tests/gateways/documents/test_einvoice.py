"""The e-invoice: valid by schema and by the rules of EN 16931, equal to the invoice, and checked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from facturx import get_level
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gigdesk.domain.invoices.codes import COUNTRIES, CURRENCIES, REASONS, UNITS, unit_codes
from gigdesk.domain.invoices.reckoning import line_net
from gigdesk.gateways.documents.einvoice import check, to_xml
from tests.bills import CLIENT, PROFILE, line, paper, profile

RULES = files("facturx") / "xsd_and_schematron" / "facturx-en16931"
NS = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "svrl": "http://purl.oclc.org/dsdl/svrl",
}
Judge = Callable[[bytes], list[str]]

FREE = {"category": "E", "rate": "0"}
CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "reduced": {"lines": [line(tax={"category": "S", "rate": "7"})]},
    "discounts": {
        "lines": [
            line(discount={"percent": "10"}),
            line(discount={"amount": "5", "reason": "Sorry"}),
        ],
        "discounts": [{"amount": "25", "reason": "Loyalty"}, {"percent": "3"}],
    },
    "prepaid": {"prepaid": "904.40"},
    "partly prepaid": {"prepaid": "100", "service_period": ["2026-10-01", "2026-10-31"]},
    "small business": {
        "lines": [line(tax=FREE)],
        "seller": profile(small_business=True, vat_id=""),
    },
    "exempt by code": {
        "lines": [line(tax=FREE)],
        "exemption": {"code": "VATEX-EU-132-1I", "text": "Unterricht"},
    },
    "reverse charge": {
        "lines": [line(tax={"category": "AE", "rate": "0"})],
        "client": {**CLIENT, "country": "FR", "vat_id": "FR40303265045"},
    },
    "outside scope": {
        "lines": [line(tax={"category": "O", "rate": "0"})],
        "client": {**CLIENT, "country": "US", "vat_id": ""},
    },
    "zero rate": {"lines": [line(tax={"category": "Z", "rate": "0"})]},
    "franc": {"currency": "CHF"},
    "yen": {"currency": "JPY", "lines": [line("950", "3")]},
    "no bank": {"seller": profile(bank=None)},
    "no vat id": {"seller": profile(vat_id="")},
    "bare client": {"client": {"name": "Zoë", "country": "DE"}},
    "rounding": {"lines": [line("0.33", "1")] * 3 + [line("0.123456", "7.123456")]},
    "comes to nothing": {"lines": [line("0")]},
    "sixty lines": {"lines": [line(text=f"Step {at}") for at in range(60)]},
    "strange letters": {"lines": [line(text="<&>\"' 🎨 ไทย \u202e")], "note": "a\nb"},
}


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The official rules of Factur-X EN 16931, run here."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    sheet = processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(RULES / "FACTUR-X_EN16931.xslt")
    )

    def judged(xml: bytes) -> list[str]:
        node = processor.parse_xml(xml_text=xml.decode())
        report = etree.fromstring(sheet.transform_to_string(xdm_node=node).encode())
        return [
            f"{each.get('id')}: {' '.join(each.itertext()).strip()}"
            for each in report.iterfind(".//svrl:failed-assert", NS)
        ]

    return judged


@pytest.mark.parametrize("case", CASES)
def test_it_is_valid_by_schema_by_its_sums_and_by_the_rules(case: str, judge: Judge) -> None:
    xml = to_xml(paper(**CASES[case]))
    assert check(xml) == []
    assert judge(xml) == []


def test_the_rules_find_what_is_wrong(judge: Judge) -> None:
    xml = to_xml(paper())
    assert judge(xml.replace(b">904.40<", b">905.40<"))
    assert judge(xml.replace(b'unitCode="HUR"', b'unitCode="QQQ"'))


def found(root: Any, path: str) -> str:
    return str(root.findtext(f".//ram:{path}", namespaces=NS))


def test_what_is_read_back_equals_the_invoice() -> None:
    made = paper(
        lines=[line("95.00", "8", discount={"percent": "10"}), line("0.30", "578.5", unit="KMT")],
        discounts=[{"amount": "25.00", "reason": "Loyalty"}],
        prepaid="100",
        service_period=["2026-10-01", "2026-10-31"],
        note="Danke",
    )
    xml = to_xml(made)
    root = etree.fromstring(xml)
    assert get_level(root) == "en16931"
    seller, buyer = (root.find(f".//ram:{party}TradeParty", NS) for party in ("Seller", "Buyer"))
    assert found(seller, "Name") == "Erika Muster"
    assert found(buyer, "Name") == "Acme GmbH"
    assert found(buyer, "SpecifiedTaxRegistration/ram:ID") == "DE123456788"
    assert found(root, "BuyerReference") == "04011000-12345-03"
    assert found(root, "IBANID") == PROFILE["bank"]["iban"]
    assert found(root, "InvoiceCurrencyCode") == "EUR"
    for name, day in (
        ("SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString", "20261207"),
        ("BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString", "20261001"),
        ("BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString", "20261031"),
    ):
        assert found(root, name) == day
    lines = root.findall(".//ram:IncludedSupplyChainTradeLineItem", NS)
    for each, item in zip(lines, made.content.lines, strict=True):
        assert found(each, "SpecifiedTradeProduct/ram:Name") == item.text
        assert Decimal(found(each, "BilledQuantity")) == item.quantity
        assert Decimal(found(each, "NetPriceProductTradePrice/ram:ChargeAmount")) == item.price
        assert Decimal(found(each, "LineTotalAmount")) == line_net(item, "EUR")
    sums = root.find(".//ram:SpecifiedTradeSettlementHeaderMonetarySummation", NS)
    for name, amount in (
        ("LineTotalAmount", made.totals.lines),
        ("AllowanceTotalAmount", made.totals.discount),
        ("TaxBasisTotalAmount", made.totals.net),
        ("TaxTotalAmount", made.totals.tax),
        ("GrandTotalAmount", made.totals.gross),
        ("TotalPrepaidAmount", made.totals.prepaid),
        ("DuePayableAmount", made.totals.due),
    ):
        assert Decimal(found(sums, name)) == amount


prices = st.decimals("0", "9999", places=4).map(lambda price: format(price, "f"))
quantities = st.decimals("0.001", "999", places=3).map(lambda number: format(number, "f"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(line, prices, quantities), min_size=1, max_size=8), st.sampled_from(["EUR", "JPY"]))  # fmt: skip
def test_whatever_is_billed_it_is_valid(lines: list[dict[str, Any]], currency: str) -> None:
    assert check(to_xml(paper(lines=lines, currency=currency))) == []


@pytest.mark.parametrize(
    "tampered",
    [
        lambda xml: xml.replace(b">904.40<", b">905.40<"),
        lambda xml: xml.replace(b">144.40<", b">144.41<"),
        lambda xml: xml.replace(b"ram:GrandTotalAmount>", b"ram:GrandAmount>"),
        lambda xml: xml[:-40],
        lambda _: b"",
        lambda _: b"\x00\xff",
        lambda _: b"<a/>",
        lambda _: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ],
)
def test_what_was_tampered_with_is_found(tampered: Callable[[bytes], bytes]) -> None:
    assert check(tampered(to_xml(paper())))


def test_our_codes_are_those_of_the_standard() -> None:
    lists = [
        {each.get("value") for each in one}
        for one in etree.parse(str(RULES / "FACTUR-X_EN16931_codedb.xml")).getroot()
    ]

    def with_code(code: str) -> list[set[str | None]]:
        return [one for one in lists if code in one]

    assert set(UNITS) <= unit_codes()
    assert unit_codes() in with_code("HUR")
    assert any(one >= COUNTRIES for one in with_code("DE"))
    assert any(one >= CURRENCIES for one in with_code("EUR"))
    assert REASONS in with_code("VATEX-EU-AE")


@pytest.mark.shared_data
def test_real_e_invoices_are_judged_sensibly(shared: Path) -> None:
    place = shared / "einvoice"
    cii = [*place.rglob("*.cii.xml"), *place.rglob("*_uncefact.xml")]
    ubl = [*place.rglob("*ubl.xml")]
    assert len(cii) > 20
    assert len(ubl) > 20
    assert {path.name: found for path in cii if (found := check(path.read_bytes()))} == {}
    # The other syntax is not Factur-X, and the check says so.
    assert [path.name for path in ubl if not check(path.read_bytes())] == []


@pytest.mark.shared_data
def test_real_e_invoices_with_a_sum_of_their_own_are_rejected(shared: Path) -> None:
    for path in (shared / "einvoice" / "zugferd-corpus").rglob("*.cii.xml"):
        root = etree.fromstring(path.read_bytes())
        gross = root.find(".//ram:GrandTotalAmount", NS)
        gross.text = str(Decimal(gross.text) + 1)
        assert any(each.startswith("BR-CO-15") for each in check(etree.tostring(root))), path.name
