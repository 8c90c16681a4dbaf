"""Bills as XML: Cross Industry Invoice (Factur-X, ZUGFeRD 1 and 2, XRechnung) and UBL.

Names are compared without their namespaces: versions differ in those and in little else. Nothing is
resolved, loaded or fetched: a document with a DTD is refused.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.expenses.records import ReadBill, Said
from gigdesk.domain.inbox.wording.accounts import accounts_in
from gigdesk.domain.words import t

XML_MOST = 5_000_000
_DEEPEST = 60
_HEAD = 64_000  # licences may stand before the first element
_WORD_MOST = 200
_CREDITS = {"381", "396", "261", "262", "308", "296"}

_CII = "SupplyChainTradeTransaction/ApplicableHeaderTrade"
_CII_1 = "SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTrade"
# Field -> where it stands, the first place that says something counts. `@` asks for an attribute.
_PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "CrossIndustryInvoice": {
        "number": ("ExchangedDocument/ID",),
        "type": ("ExchangedDocument/TypeCode",),
        "issued": ("ExchangedDocument/IssueDateTime/DateTimeString",),
        "supplier": (f"{_CII}Agreement/SellerTradeParty/Name",),
        "vat_id": (f"{_CII}Agreement/SellerTradeParty/SpecifiedTaxRegistration/ID@VA",),
        "currency": (f"{_CII}Settlement/InvoiceCurrencyCode",),
        "due": (f"{_CII}Settlement/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",),
        "iban": (f"{_CII}Settlement/SpecifiedTradeSettlementPaymentMeans"
                 "/PayeePartyCreditorFinancialAccount/IBANID",),
        "net": (f"{_CII}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation"
                "/TaxBasisTotalAmount",),
        "tax": (f"{_CII}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount",),
        "gross": (f"{_CII}Settlement/SpecifiedTradeSettlementHeaderMonetarySummation"
                  "/GrandTotalAmount",),
        "guideline": ("ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",),
    },
    "CrossIndustryDocument": {
        "number": ("HeaderExchangedDocument/ID",),
        "type": ("HeaderExchangedDocument/TypeCode",),
        "issued": ("HeaderExchangedDocument/IssueDateTime/DateTimeString",),
        "supplier": (f"{_CII_1}Agreement/SellerTradeParty/Name",),
        "vat_id": (f"{_CII_1}Agreement/SellerTradeParty/SpecifiedTaxRegistration/ID@VA",),
        "currency": (f"{_CII_1}Settlement/InvoiceCurrencyCode",),
        "due": (f"{_CII_1}Settlement/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",),
        "iban": (f"{_CII_1}Settlement/SpecifiedTradeSettlementPaymentMeans"
                 "/PayeePartyCreditorFinancialAccount/IBANID",),
        "net": (f"{_CII_1}Settlement/SpecifiedTradeSettlementMonetarySummation/TaxBasisTotalAmount",),
        "tax": (f"{_CII_1}Settlement/SpecifiedTradeSettlementMonetarySummation/TaxTotalAmount",),
        "gross": (f"{_CII_1}Settlement/SpecifiedTradeSettlementMonetarySummation/GrandTotalAmount",),
    },
    "Invoice": {
        "number": ("ID",),
        "type": ("InvoiceTypeCode", "CreditNoteTypeCode"),
        "issued": ("IssueDate",),
        "supplier": ("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
                     "AccountingSupplierParty/Party/PartyName/Name"),
        "vat_id": ("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID",),
        "currency": ("DocumentCurrencyCode",),
        "due": ("DueDate", "PaymentMeans/PaymentDueDate"),
        "iban": ("PaymentMeans/PayeeFinancialAccount/ID",),
        "net": ("LegalMonetaryTotal/TaxExclusiveAmount",),
        "tax": ("TaxTotal/TaxAmount",),
        "gross": ("LegalMonetaryTotal/TaxInclusiveAmount",),
        "guideline": ("CustomizationID",),
    },
}  # fmt: skip
_PLACES["CreditNote"] = _PLACES["Invoice"]


def is_bill(data: bytes) -> bool:
    """Whether bytes may be such a document: enough to look closer."""
    head = data[:_HEAD].replace(b"\0", b"")  # some write UTF-16
    return b"<" in head and any(name.encode() in head for name in _PLACES)


def read_xml(data: bytes) -> ReadBill:
    """The bill. Raises Unreadable when it is none."""
    root = _root(data)
    kind = _local(root)
    places = _PLACES.get(kind)
    if places is None:
        raise Unreadable(t("This XML is no invoice"))
    currency = _first(root, places["currency"])[0].upper()
    fields: dict[str, Said] = {}
    for name, paths in places.items():
        value, words = _first(root, paths, currency)
        value = _plain(name, value)
        if value and name not in {"type", "guideline"}:
            fields[name] = Said(value, words)
    code, guideline = _first(root, places["type"])[0], _first(root, places.get("guideline", ()))[0]
    credit = kind == "CreditNote" or code in _CREDITS
    return ReadBill(_form(kind, guideline), fields, structured=True, credit=credit)


def _root(data: bytes) -> Any:
    from lxml import etree

    if len(data) > XML_MOST:
        raise Unreadable(t("It is larger than an invoice may be"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(t("Its XML cannot be read"), " ".join(str(error).split())[:200]) from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable(t("Its XML asks for more than an invoice may"))
    return root


def _first(root: Any, paths: tuple[str, ...], currency: str = "") -> tuple[str, str]:
    """The first value that stands in any of these places, and the words it stands in."""
    for path in paths:
        path, _, scheme = path.partition("@")
        for each in _at(root, path.split("/")):
            said = " ".join("".join(each.itertext())[:2000].split())[:_WORD_MOST]
            fits = not scheme or (each.get("schemeID") or "").upper() == scheme
            other = currency and (each.get("currencyID") or currency).upper() != currency
            if said and fits and not other:
                unit = each.get("currencyID") or ""
                return said, f"{_called(path)}: {said} {unit}".strip()
    return "", ""


def _called(path: str) -> str:
    """A place by its last name, with the one above where that alone says little."""
    names = path.split("/")
    return "/".join(names[-2:] if names[-1] in {"ID", "Name", "DateTimeString"} else names[-1:])


def _at(element: Any, names: list[str]) -> list[Any]:
    found = [element]
    for name in names[:_DEEPEST]:
        found = [child for each in found for child in each if _local(child) == name]
    return found


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _plain(name: str, value: str) -> str:
    """A value in our own writing; empty when it is none."""
    if name in {"net", "tax", "gross"}:
        return _amount(value)
    if name in {"issued", "due"}:
        return _day(value)
    if name == "iban":
        return next(iter(accounts_in(value)), "")
    if name == "currency":
        return value.upper() if re.fullmatch("[A-Za-z]{3}", value) else ""
    return value


def _amount(value: str) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return ""
    fits = amount.is_finite() and abs(amount) < 10**12 and len(value) < 30
    return f"{amount:f}" if fits else ""


def _day(value: str) -> str:
    digits = re.sub(r"[^0-9]", "", value)[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return ""


def _form(kind: str, guideline: str) -> str:
    if "xrechnung" in guideline.lower():
        return "XRechnung"
    if kind == "CrossIndustryDocument":
        return "ZUGFeRD 1"
    return "Factur-X" if kind == "CrossIndustryInvoice" else "UBL"
