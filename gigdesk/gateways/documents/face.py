"""What stands on a printed document: every word and figure, in the client's language."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from gigdesk.domain.invoices.codes import UNITS
from gigdesk.domain.invoices.payment_code import payment_code
from gigdesk.domain.invoices.reckoning import document_discounts, line_net
from gigdesk.domain.invoices.records import Discount, Line, Paper, TaxRow
from gigdesk.domain.money import minor_digits
from gigdesk.domain.places import resources

CITY_FIRST = {"GB", "IE", "US", "CA", "AU", "NZ", "IN"}


@cache
def words_of(language: str) -> dict[str, Any]:
    """The table of document words in a language, English where there is none."""
    tables = json.loads((resources() / "invoice" / "words.json").read_text("utf-8"))
    words: dict[str, Any] = tables.get(language, tables["en"])
    return words


def languages() -> list[str]:
    """The languages documents can be written in."""
    return list(json.loads((resources() / "invoice" / "words.json").read_text("utf-8")))


class Face:
    """One document in words and figures, ready for the template."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        known = paper.language if paper.language in languages() else "en"
        self.words = words_of(known)
        self.language = known
        self.locale = _locale(known, paper.buyer.country)

    def data(self) -> dict[str, Any]:
        """All that the template prints."""
        paper, say = self.paper, self.words
        issued = paper.issue_date
        return {
            "lang": self.language,
            "region": paper.buyer.country,
            "title": say["invoice"],
            "draft": "" if paper.number else say["draft"],
            "number": paper.number or "",
            "date": {"year": issued.year, "month": issued.month, "day": issued.day},
            "page": say["page"],
            "seller": self._seller(),
            "buyer": self._buyer(),
            "facts": self._facts(),
            "heads": self._heads(),
            "lines": [self._line(at, line) for at, line in enumerate(paper.content.lines, 1)],
            "sums": self._sums(),
            "remarks": self._remarks(),
            "payment": self._payment(),
        }

    def money(self, amount: Decimal) -> str:
        """An amount with its currency."""
        from babel.numbers import format_currency

        return str(format_currency(amount, self.paper.content.currency, locale=self.locale))

    def figure(self, amount: Decimal) -> str:
        """An amount without its currency, with all its decimals."""
        from babel.numbers import format_decimal

        digits = minor_digits(self.paper.content.currency)
        form = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(amount, form, locale=self.locale))

    def number(self, value: Decimal, least: int = 0) -> str:
        """A number with the decimals it has."""
        from babel.numbers import format_decimal

        form = "#,##0." + "0" * least + "#" * (6 - least)
        return str(format_decimal(value, form, locale=self.locale))

    def day(self, day: date) -> str:
        """A civil date, written out."""
        from babel.dates import format_date

        return str(format_date(day, "long", locale=self.locale))

    def short_day(self, day: date) -> str:
        """A civil date for a column."""
        from babel.dates import format_date

        return str(format_date(day, "medium", locale=self.locale))

    def percent(self, value: Decimal) -> str:
        """A percentage, with the space the language puts before the sign."""
        number = self.number(value)
        return f"{number}%" if self.language in {"en", "it", "pt", "nl"} else f"{number}\u00a0%"

    def _seller(self) -> dict[str, Any]:
        seller, say = self.paper.seller, self.words
        name = seller.trade or seller.name
        address = _address(seller.address, seller.postcode, seller.city, seller.country)
        ids = [(say["vat_id"], seller.vat_id), (say["tax_number"], seller.tax_number)]
        return {
            "name": name,
            "person": seller.name if seller.name and seller.name != name else "",
            "address": address,
            "contact": [each for each in (seller.phone, seller.email) if each],
            "ids": [[label, value] for label, value in ids if value],
            "bank": self._account(),
            "bank_title": say["bank"],
        }

    def _buyer(self) -> list[str]:
        buyer = self.paper.buyer
        lines = [buyer.name, *_address(buyer.address, buyer.postcode, buyer.city, buyer.country)]
        if buyer.country and buyer.country != self.paper.seller.country:
            lines.append(_country(buyer.country, self.language))
        return [line for line in lines if line]

    def _facts(self) -> list[list[str]]:
        paper, say = self.paper, self.words
        period = paper.content.service_period
        rows = [
            (say["number"], paper.number or say["draft"]),
            (say["date"], self.short_day(paper.issue_date)),
            (say["due"], self.short_day(paper.due_date)),
            (say["period"], self._period(period) if period else ""),
            (say["reference"], paper.buyer.buyer_reference),
            (say["your_vat"], paper.buyer.vat_id),
        ]
        return [[label, value] for label, value in rows if value]

    def _period(self, period: tuple[date, date]) -> str:
        """As short as the language has it (1–31 Oct 2026), on one line."""
        from babel.dates import format_interval

        said = format_interval(*period, skeleton="yMMMd", locale=self.locale)
        return str(said).replace(" ", "\u00a0").replace("\u2009", "\u00a0")

    def _heads(self) -> list[str]:
        """The headings of the lines; the last two say the currency, as their figures do not."""
        say, currency = self.words, self.paper.content.currency
        heads = [say[name] for name in ("text", "quantity", "price", "amount")]
        return [*heads[:3], f"{heads[3]} ({currency})"]

    def _line(self, at: int, line: Line) -> dict[str, str]:
        currency = self.paper.content.currency
        return {
            "at": str(at),
            "text": line.text,
            "note": self._off(line.discount) if line.discount else "",
            "quantity": self.number(line.quantity),
            "unit": self._unit(line),
            "price": self.number(line.price, minor_digits(currency)),
            "amount": self.figure(line_net(line, currency)),
        }

    def _unit(self, line: Line) -> str:
        forms = self.words["units"].get(UNITS.get(line.unit, ""))
        if not forms:
            return line.unit
        return str(forms[0] if line.quantity == 1 else forms[1])

    def _off(self, discount: Discount) -> str:
        if discount.percent is not None:
            said = self.words["less"].format(percent=self.percent(discount.percent))
        else:
            said = self.words["less_amount"].format(
                amount=self.money(discount.amount or Decimal(0))
            )
        return f"{said} ({discount.reason})" if discount.reason else str(said)

    def _sums(self) -> list[dict[str, str]]:
        totals, say = self.paper.totals, self.words
        rows: list[tuple[str, str, str]] = []
        if totals.discount:
            rows.append((say["subtotal"], self.figure(totals.lines), "plain"))
            for discount, amount in document_discounts(self.paper.content, totals.lines):
                rows.append((self._discount_label(discount), "−" + self.figure(amount), "plain"))
        taxes = [self._tax(row) for row in totals.taxes if row.category in ("S", "Z")]
        if taxes:
            rows.append((say["net"], self.figure(totals.net), "plain"))
            rows += taxes
        # Where no VAT is charged there is one sum, and it is neither with nor without VAT.
        rows.append((say["total" if taxes else "sum"], self.money(totals.gross), "total"))
        if totals.prepaid:
            rows.append((say["prepaid"], "−" + self.figure(totals.prepaid), "plain"))
            rows.append((say["to_pay"], self.money(totals.due), "total"))
        return [{"label": label, "value": value, "kind": kind} for label, value, kind in rows]

    def _discount_label(self, discount: Discount) -> str:
        label: str = self.words["discount"]
        if discount.reason:
            label = discount.reason
        if discount.percent is not None:
            label += f" ({self.percent(discount.percent)})"
        return label

    def _tax(self, row: TaxRow) -> tuple[str, str, str]:
        label = self.words["vat"].format(rate=self.percent(row.rate))
        return label, self.figure(row.tax), "plain"

    def _remarks(self) -> list[str]:
        """Why no VAT is charged, then the person's own note."""
        content = self.paper.content
        category = content.lines[0].tax.category if content.lines else ""
        why = content.exemption.text
        if not why and category in ("AE", "O"):
            why = self.words[category]
        return [each for each in (why, content.note) if each]

    def _payment(self) -> dict[str, Any]:
        paper, say = self.paper, self.words
        bank, due = paper.seller.bank, paper.totals.due
        if due == 0:
            return {"words": say["nothing"], "rows": [], "code": "", "scan": "", "alt": ""}
        told = {"amount": self.money(due), "date": self.day(paper.due_date)}
        code = payment_code(paper)
        rows = [*self._account()]
        if bank and paper.number:
            rows.append([say["purpose"], paper.number])
        return {
            "words": say["pay" if bank else "pay_later"].format(**told),
            "rows": rows,
            "code": _qr(code) if code else "",
            "scan": say["scan"],
            "alt": say["scan_alt"].format(
                amount=told["amount"],
                name=(bank.holder or paper.seller.name) if bank else "",
                iban=grouped(bank.iban) if bank else "",
                number=paper.number or "",
            ),
        }

    def _account(self) -> list[list[str]]:
        bank, say = self.paper.seller.bank, self.words
        if bank is None or not bank.iban:
            return []
        rows = [
            (say["holder"], bank.holder or self.paper.seller.name),
            (say["iban"], grouped(bank.iban)),
            (say["bic"], bank.bic),
        ]
        return [[label, value] for label, value in rows if value]


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as people read it, never broken across lines."""
    plain = "".join(iban.split()).upper()
    return "\u00a0".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _qr(text: str) -> str:
    import io

    import segno

    code = segno.make_qr(text.encode(), error="m", boost_error=False)
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()


def _address(street: tuple[str, ...], postcode: str, city: str, country: str) -> list[str]:
    pair = (city, postcode) if country in CITY_FIRST else (postcode, city)
    return [line for line in (*street, " ".join(each for each in pair if each)) if line]


def _country(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).territories.get(code, code))


@cache
def _locale(language: str, country: str) -> str:
    from babel import Locale, UnknownLocaleError

    for name in (f"{language}_{country}", language):
        try:
            return str(Locale.parse(name))
        except (ValueError, UnknownLocaleError):
            continue
    return "en_GB" if language == "en" else language
