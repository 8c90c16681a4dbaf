"""The e-invoice: a document as EN 16931 XML in the syntax of Factur-X, and its checking."""

from __future__ import annotations

import logging
import re
from decimal import Decimal
from typing import Any

from gigdesk.domain.invoices.reckoning import (
    contradictions,
    document_discounts,
    line_base,
    line_discount,
    line_net,
)
from gigdesk.domain.invoices.records import Line, Paper, Tax, TaxRow, Totals

# The library would log what stands in an invoice.
logging.getLogger("factur-x").disabled = True

INVOICE_TYPE = "380"
SEPA_TRANSFER, TRANSFER = "58", "30"
EMAIL_SCHEME = "EM"

_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_NS = {"ram": _RAM}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_xml(paper: Paper) -> bytes:
    """The XML of an issued document, checked against the schema.

    The library's schematron check stays off: it would post the invoice to a server.
    """
    from facturx import generate_xml

    xml: bytes = generate_xml(
        _legal(terms_of(paper)),
        flavor="factur-x",
        level="en16931",
        check_xsd=True,
        check_schematron=False,
    )
    return xml


def terms_of(paper: Paper) -> dict[str, Any]:
    """The document as business terms of EN 16931, made fresh: the library changes what it gets."""
    content, totals = paper.content, paper.totals
    terms = {
        "BT-1": paper.number,
        "BT-2": paper.issue_date,
        "BT-3": INVOICE_TYPE,
        "BT-5": content.currency,
        "BT-9": paper.due_date,
        "BT-10": paper.buyer.buyer_reference,
        "BT-83": paper.number,
        "BG-1": [{"BT-22": content.note}] if content.note else [],
        "BG-4": _seller(paper),
        "BG-7": _buyer(paper),
        "BG-20": [
            {
                "amount": _plain(amount),
                "reason": discount.reason or "Discount",
                **_percentage(discount.percent, totals.lines),
                **_category(discount.tax or content.lines[0].tax),
            }
            for discount, amount in document_discounts(content, totals.lines)
        ],
        "BG-23": [_tax_row(row, paper) for row in totals.taxes],
        "BG-25": [_line(at, line, content.currency) for at, line in enumerate(content.lines, 1)],
        "BT-106": _plain(totals.lines),
        "BT-107": _plain(totals.discount) if totals.discount else None,
        "BT-109": _plain(totals.net),
        "BT-110": _plain(totals.tax),
        "BT-112": _plain(totals.gross),
        "BT-113": _plain(totals.prepaid) if totals.prepaid else None,
        "BT-115": _plain(totals.due),
        **_delivery(paper),
        **_payment(paper),
    }
    return {name: value for name, value in terms.items() if value not in (None, "", [])}


def _legal(value: Any) -> Any:
    """The same terms without characters that XML forbids."""
    if isinstance(value, str):
        return _ILLEGAL.sub("", value)
    if isinstance(value, dict):
        return {name: _legal(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_legal(each) for each in value]
    return value


def check(xml: bytes) -> list[str]:
    """What is wrong with an e-invoice: against the schema, and among its own sums."""
    from facturx import xml_check_xsd
    from lxml import etree

    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"XML: {error}"]
    try:
        xml_check_xsd(xml, flavor="factur-x", level="en16931")
    except Exception as error:  # noqa: BLE001 - the library raises bare Exceptions
        return [f"XSD: {error}"]
    nets = [_number(node) for node in root.iterfind(f".//{{{_RAM}}}LineTotalAmount")][:-1]
    currency = root.findtext(f".//{{{_RAM}}}InvoiceCurrencyCode") or ""
    return contradictions(_totals(root), nets, currency)


def _totals(root: Any) -> Totals:
    settled = root.find(".//ram:SpecifiedTradeSettlementHeaderMonetarySummation", _NS)

    def amount(name: str) -> Decimal:
        node = settled.find(f"ram:{name}", _NS)
        return Decimal(0) if node is None else _number(node)

    rows = tuple(
        TaxRow(
            node.findtext("ram:CategoryCode", "", _NS),
            Decimal(node.findtext("ram:RateApplicablePercent", "0", _NS)),
            _number(node.find("ram:BasisAmount", _NS)),
            _number(node.find("ram:CalculatedAmount", _NS)),
        )
        for node in root.iterfind(
            ".//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax", _NS
        )
    )
    return Totals(
        lines=amount("LineTotalAmount"),
        # What is charged on top (ours never have it) is a discount the other way round.
        discount=amount("AllowanceTotalAmount") - amount("ChargeTotalAmount"),
        net=amount("TaxBasisTotalAmount"),
        tax=amount("TaxTotalAmount"),
        gross=amount("GrandTotalAmount"),
        prepaid=amount("TotalPrepaidAmount"),
        due=amount("DuePayableAmount"),
        taxes=rows,
    )


def _seller(paper: Paper) -> dict[str, Any]:
    seller = paper.seller
    outside = _outside_scope(paper)
    party: dict[str, Any] = {
        "name": seller.name or seller.trade,
        "biz_name": seller.trade if seller.name and seller.trade != seller.name else "",
        "vat_identifier": "" if outside else seller.vat_id,
        "tax_identifier": "" if outside else seller.tax_number,
        "contacts": _contacts(seller.name, seller.phone, seller.email),
        **_address(seller.address, seller.postcode, seller.city, seller.country),
        **_mailbox(seller.email),
    }
    if not party["vat_identifier"]:
        # BR-CO-26: without a VAT id the seller needs another identifier.
        party["identifiers"] = {None: seller.tax_number or seller.vat_id}
    return _filled(party)


def _buyer(paper: Paper) -> dict[str, Any]:
    buyer = paper.buyer
    return _filled(
        {
            "name": buyer.name,
            "vat_identifier": "" if _outside_scope(paper) else buyer.vat_id,
            **_address(buyer.address, buyer.postcode, buyer.city, buyer.country),
            **_mailbox(buyer.email),
        }
    )


def _contacts(name: str, phone: str, email: str) -> list[dict[str, str]]:
    return [_filled({"name": name, "phone": phone, "email": email})] if phone or email else []


def _mailbox(email: str) -> dict[str, str]:
    if not email:
        return {}
    return {"einvoicing_addr": email, "einvoicing_addr_schemeid": EMAIL_SCHEME}


def _address(street: tuple[str, ...], postcode: str, city: str, country: str) -> dict[str, str]:
    lines = [*street[:2], ", ".join(street[2:]), "", ""]
    return {
        "addr_l1": lines[0],
        "addr_l2": lines[1],
        "addr_l3": lines[2],
        "postcode": postcode,
        "city": city,
        "country_code": country,
    }


def _delivery(paper: Paper) -> dict[str, Any]:
    period = paper.content.service_period
    if period is None:
        # Without a period the service was done when it is billed.
        return {"BT-72": paper.issue_date}
    return {"BT-72": period[1], "BT-73": period[0], "BT-74": period[1]}


def _payment(paper: Paper) -> dict[str, Any]:
    bank = paper.seller.bank
    if bank is None or not bank.iban:
        return {}
    iban = "".join(bank.iban.split()).upper()
    return {
        "BT-81": SEPA_TRANSFER if paper.content.currency == "EUR" else TRANSFER,
        "BT-84": iban,
        "BT-85": bank.holder,
        "BT-86": "".join(bank.bic.split()).upper(),
    }


def _line(at: int, line: Line, currency: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "BT-126": str(at),
        "BT-129": _plain(line.quantity),
        "BT-130": line.unit,
        "BT-131": _plain(line_net(line, currency)),
        "BT-146": _plain(line.price),
        "BT-151": line.tax.category,
        "BT-153": line.text,
    }
    if line.tax.category != "O":
        item["BT-152"] = _plain(line.tax.rate)
    if line.discount is not None:
        item["BG-27"] = [
            {
                "amount": _plain(line_discount(line, currency)),
                "reason": line.discount.reason or "Discount",
                **_percentage(line.discount.percent, line_base(line, currency)),
            }
        ]
    return item


def _percentage(percent: Decimal | None, base: Decimal) -> dict[str, str]:
    return {} if percent is None else {"rate": _plain(percent), "base_amount": _plain(base)}


def _category(tax: Tax) -> dict[str, str]:
    found = {"vat_category_code": tax.category}
    if tax.category != "O":
        found["vat_rate"] = _plain(tax.rate)
    return found


def _tax_row(row: TaxRow, paper: Paper) -> dict[str, Any]:
    why = paper.content.exemption
    found: dict[str, Any] = {
        "BT-116": _plain(row.base),
        "BT-117": _plain(row.tax),
        "BT-118": row.category,
    }
    if row.category != "O":
        found["BT-119"] = _plain(row.rate)
    if row.category not in ("S", "Z"):
        found["BT-120"] = why.text
        found["BT-121"] = why.code
    return _filled(found)


def _outside_scope(paper: Paper) -> bool:
    return any(row.category == "O" for row in paper.totals.taxes)


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _plain(amount: Decimal) -> str:
    return format(amount, "f")


def _number(node: Any) -> Decimal:
    return Decimal(node.text)
