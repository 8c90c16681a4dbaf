"""Invoices from JSON and back: what can be billed is read exactly, the rest refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.codes import (
    CATEGORIES,
    COUNTRIES,
    CURRENCIES,
    LATER,
    MAX_AMOUNT,
    MAX_DECIMALS,
    REASONS,
    unit_codes,
)
from gigdesk.domain.invoices.papers import BUYER_FIELDS
from gigdesk.domain.invoices.records import (
    Content,
    Discount,
    Exemption,
    Kind,
    Line,
    Tax,
)
from gigdesk.domain.money import minor_digits, parse_decimal
from gigdesk.domain.texts import shown
from gigdesk.domain.words import t

# Days that can stand on an invoice.
_YEARS = range(1970, 2200)
FIELDS = {
    "client",
    "kind",
    "currency",
    "prices",
    "issue_date",
    "due_date",
    "service_period",
    "lines",
    "discounts",
    "prepaid",
    "note",
    "exemption",
    "corrects",
    "buyer",
}


def read_content(data: Mapping[str, Any], currency: str = "") -> Content:
    """What the JSON of an invoice says; `currency` stands in where it names none.

    Raises Refused for what is wrong and for what cannot be billed yet.
    """
    _known_fields(data)
    _possible_now(data)
    lines = tuple(
        _line(each, t("Line {n}", n=at)) for at, each in enumerate(_list(data, "lines"), 1)
    )
    discounts = tuple(
        _discount(each, t("Discount {n}", n=at))
        for at, each in enumerate(_list(data, "discounts"), 1)
    )
    content = Content(
        currency=_currency(data.get("currency") or currency),
        lines=lines,
        discounts=discounts,
        prepaid=_amount(data.get("prepaid") or "0", t("What was paid before")),
        issue_date=_day(data.get("issue_date"), t("The issue date")),
        due_date=_day(data.get("due_date"), t("The due date")),
        service_period=_period(data.get("service_period")),
        note=_text(data.get("note"), t("The note"), 4000),
        exemption=_exemption(data.get("exemption")),
        buyer=tuple(sorted(_buyer(data.get("buyer") or {}).items())),
    )
    one_tax(content)
    return content


def content_json(content: Content) -> dict[str, Any]:
    """The same back as JSON."""
    return {
        "kind": str(content.kind),
        "currency": content.currency,
        "prices": "net",
        "issue_date": content.issue_date and content.issue_date.isoformat(),
        "due_date": content.due_date and content.due_date.isoformat(),
        "service_period": content.service_period
        and [day.isoformat() for day in content.service_period],
        "lines": [line_json(line) for line in content.lines],
        "discounts": [_discount_json(each) for each in content.discounts],
        "prepaid": format(content.prepaid, "f"),
        "note": content.note or None,
        "exemption": {
            "code": content.exemption.code or None,
            "text": content.exemption.text or None,
        },
        "corrects": None,
        "buyer": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in content.buyer
        },
    }


def line_json(line: Line) -> dict[str, Any]:
    """One line as JSON."""
    return {
        "text": line.text,
        "quantity": format(line.quantity, "f"),
        "unit": line.unit,
        "price": format(line.price, "f"),
        "tax": _tax_json(line.tax),
        "discount": _discount_json(line.discount) if line.discount else None,
    }


def one_tax(content: Content) -> None:
    """Raises Refused when a document has more than one VAT category or rate."""
    taxes = [line.tax for line in content.lines]
    taxes += [each.tax for each in content.discounts if each.tax]
    if len({(tax.category, tax.rate) for tax in taxes}) > 1:
        raise Refused(
            t("This invoice has more than one VAT rate"),
            t("GigDesk cannot issue that yet. Write one invoice for each rate."),
        )


def must_be_object(data: Any) -> None:
    """Raises Refused for what is no JSON object."""
    if not isinstance(data, Mapping):
        raise Refused(t("An invoice is one JSON object"), t("Nothing was made."))


def _known_fields(data: Mapping[str, Any]) -> None:
    must_be_object(data)
    strange = sorted(set(data) - FIELDS)
    if strange:
        raise Refused(
            t("An invoice has no field “{field}”", field=strange[0]),
            t("Nothing was made. Check the spelling."),
        )


def _possible_now(data: Mapping[str, Any]) -> None:
    kind = data.get("kind") or "invoice"
    if not isinstance(kind, str) or kind not in {str(each) for each in Kind}:
        raise Refused(
            t("There is no document of the kind “{kind}”", kind=kind), t("Write “invoice”.")
        )
    if kind != "invoice" or data.get("corrects"):
        raise Refused(
            t("GigDesk makes no quotes and credit notes yet"), t("Only invoices can be made now.")
        )
    prices = data.get("prices") or "net"
    if not isinstance(prices, str) or prices not in {"net", "gross"}:
        raise Refused(t("Prices are “net” or “gross”"), t("Nothing was made."))
    if prices == "gross":
        raise Refused(
            t("GigDesk cannot bill gross prices yet"), t("Give prices without VAT (“net”).")
        )


def _line(data: Any, where: str) -> Line:
    _object(data, where, {"text", "quantity", "unit", "price", "tax", "discount"})
    text = _text(data.get("text"), where, 1000)
    if not text:
        raise Refused(t("{where} has no text", where=where), t("Say in a few words what was done."))
    discount = data.get("discount")
    line = Line(
        text=text,
        quantity=_number(data.get("quantity", "1"), t("{where}: the quantity", where=where)),
        unit=_unit(data.get("unit") or "C62", where),
        price=_number(data.get("price"), t("{where}: the price", where=where)),
        tax=_tax(data.get("tax"), where),
        discount=_discount(discount, where) if discount else None,
    )
    if line.quantity <= 0 or line.price < 0:
        raise Refused(
            t("{where} is negative or has no quantity", where=where),
            t("To give money back, use a discount; credit notes come later."),
        )
    return line


def _unit(unit: Any, where: str) -> str:
    if not isinstance(unit, str) or unit not in unit_codes():
        raise Refused(
            t("{where}: “{unit}” is no unit", where=where, unit=unit),
            t("Units are UN/ECE codes: HUR hours, DAY days, C62 pieces."),
        )
    return unit


def _tax(data: Any, where: str) -> Tax:
    _object(data, t("{where}: the VAT", where=where), {"category", "rate"})
    category = str(data.get("category") or "S")
    if category in LATER:
        raise Refused(
            t(
                "{where}: VAT category {category} cannot be billed yet",
                where=where,
                category=category,
            ),
            t("S, Z, E, AE and O can."),
        )
    if category not in CATEGORIES:
        raise Refused(
            t("{where}: there is no VAT category “{category}”", where=where, category=category),
            t("S, Z, E, AE and O can be billed."),
        )
    rate = _number(data.get("rate", "0"), t("{where}: the VAT rate", where=where))
    if not 0 <= rate <= 100 or (rate > 0) != CATEGORIES[category]:
        raise Refused(
            t(
                "{where}: VAT category {category} does not go with {rate} %",
                where=where,
                category=category,
                rate=rate,
            ),
            t("S has a rate above 0; Z, E, AE and O have 0."),
        )
    return Tax(category, rate)


def _discount(data: Any, where: str) -> Discount:
    _object(data, where, {"percent", "amount", "reason", "tax"})
    percent, amount = data.get("percent"), data.get("amount")
    if (percent is None) == (amount is None):
        raise Refused(
            t("{where}: a discount is a percentage or an amount", where=where),
            t("Give one of the two."),
        )
    name = t("{where}: the discount", where=where)
    discount = Discount(
        percent=None if percent is None else _number(percent, name),
        amount=None if amount is None else _amount(amount, name),
        reason=_text(data.get("reason"), where, 200),
        tax=_tax(data["tax"], where) if data.get("tax") else None,
    )
    if discount.percent is not None and not 0 < discount.percent <= 100:
        raise Refused(
            t("{where}: {percent} % is no discount", where=where, percent=discount.percent),
            t("It lies between 0 and 100."),
        )
    return discount


def _number(value: Any, what: str) -> Decimal:
    if isinstance(value, (bool, float)) or value is None:
        raise Refused(
            t("{what} must be a decimal in quotes", what=what), t('Write it like "95.00".')
        )
    number = parse_decimal(value, what)
    exponent = number.as_tuple().exponent
    if (isinstance(exponent, int) and -exponent > MAX_DECIMALS) or abs(number) >= MAX_AMOUNT:
        raise Refused(
            t("{what} “{value}” is too long", what=what, value=value),
            t("Six decimals and twelve digits are the most."),
        )
    return number


def _amount(value: Any, what: str) -> Decimal:
    number = _number(value, what)
    if number < 0:
        raise Refused(t("{what} is negative", what=what), t("Nothing was made."))
    return number


def _currency(code: Any) -> str:
    if not isinstance(code, str) or code not in CURRENCIES:
        raise Refused(t("“{code}” is no currency", code=code), t("Use three letters such as EUR."))
    if minor_digits(code) > 2:
        raise Refused(
            t("Invoices in {code} cannot be made yet", code=code),
            t("An e-invoice has two decimals at most, {code} has three.", code=code),
        )
    return code


def _day(value: Any, what: str) -> date | None:
    if value in (None, ""):
        return None
    try:
        day = date.fromisoformat(value)
        if len(value) != 10 or day.year not in _YEARS:
            raise ValueError
        return day
    except (TypeError, ValueError):
        raise Refused(
            t("{what} “{value}” is no date", what=what, value=value), t("Write it like 2026-11-23.")
        ) from None


def _period(value: Any) -> tuple[date, date] | None:
    if not value:
        return None
    what = t("The service period")
    days = [_day(each, what) for each in value] if isinstance(value, Sequence) else []
    if len(days) != 2 or days[0] is None or days[1] is None or days[0] > days[1]:
        raise Refused(
            t("The service period has a first and a last day"), t("The first comes first.")
        )
    return days[0], days[1]


def _exemption(data: Any) -> Exemption:
    if not data:
        return Exemption()
    _object(data, t("The exemption"), {"code", "text"})
    code = _text(data.get("code"), t("The exemption"), 40).upper()
    if code and code not in REASONS:
        raise Refused(
            t("“{code}” is no code of an exemption", code=code),
            t("Codes look like VATEX-EU-AE. Words alone are fine as well."),
        )
    return Exemption(code, _text(data.get("text"), t("The exemption"), 500))


def _buyer(data: Any) -> dict[str, Any]:
    where = t("The buyer")
    _object(data, where, set(BUYER_FIELDS))
    found: dict[str, Any] = {
        name: _text(value, where, 300) for name, value in data.items() if name != "address"
    }
    if found.get("country") and found["country"] not in COUNTRIES:
        raise Refused(
            t("“{country}” is no country code", country=found["country"]),
            t("Two letters, such as DE."),
        )
    if "address" in data:
        found["address"] = tuple(_text(line, where, 300) for line in _list(data, "address"))
    return found


def _text(value: Any, where: str, most: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most:
        raise Refused(t("{where}: the text is too long or no text", where=where))
    return shown(value)


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name) or []
    if not isinstance(value, list) or len(value) > 2000:
        raise Refused(t("“{name}” is a list", name=name), t("Of 2,000 at most."))
    return value


def _object(data: Any, where: str, fields: set[str]) -> None:
    if not isinstance(data, Mapping):
        raise Refused(t("{where} is missing or no object", where=where))
    strange = sorted(set(data) - fields)
    if strange:
        raise Refused(
            t("{where} has no field “{field}”", where=where, field=strange[0]),
            t("Nothing was made. Check the spelling."),
        )


def _tax_json(tax: Tax) -> dict[str, str]:
    return {"category": tax.category, "rate": format(tax.rate, "f")}


def _discount_json(discount: Discount) -> dict[str, Any]:
    return {
        "percent": None if discount.percent is None else format(discount.percent, "f"),
        "amount": None if discount.amount is None else format(discount.amount, "f"),
        "reason": discount.reason or None,
        "tax": _tax_json(discount.tax) if discount.tax else None,
    }
