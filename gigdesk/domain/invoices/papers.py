"""From what the person wrote to a document ready to print, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from gigdesk.domain.clients import Client
from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.codes import COUNTRIES, EXEMPTIONS, SMALL_BUSINESS, UNITS
from gigdesk.domain.invoices.reckoning import reckon
from gigdesk.domain.invoices.records import Buyer, Content, Exemption, Paper, Seller
from gigdesk.domain.profile import Profile
from gigdesk.domain.words import t

BUYER_FIELDS = (
    "name",
    "email",
    "address",
    "postcode",
    "city",
    "country",
    "language",
    "vat_id",
    "buyer_reference",
)
_EU = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something wrong with a document: an error stops it, a warning only says so."""

    kind: Literal["error", "warning"]
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in where neither document nor client says it."""

    days: int
    language: str = "en"


def seller_of(profile: Profile) -> Seller:
    """The person as seller."""
    return Seller(
        name=profile.name,
        trade=profile.trade,
        email=profile.email,
        phone=profile.phone,
        address=profile.address,
        postcode=profile.postcode,
        city=profile.city,
        country=profile.country,
        vat_id=compact(profile.vat_id),
        tax_number=profile.tax_number,
        small_business=profile.small_business,
        bank=profile.bank,
    )


def buyer_of(client: Client, differing: tuple[tuple[str, object], ...] = ()) -> Buyer:
    """The client as buyer; `differing` is what this document says otherwise."""
    buyer = Buyer(**{name: getattr(client, name) for name in BUYER_FIELDS})
    known = {name: value for name, value in differing if name in BUYER_FIELDS}
    buyer = replace(buyer, **known)  # type: ignore[arg-type]
    return replace(buyer, vat_id=compact(buyer.vat_id))


def differing(
    said: Client, known: Client, named: Iterable[str] = BUYER_FIELDS
) -> tuple[tuple[str, object], ...]:
    """What a document says otherwise of a client than their record does, of the fields it names."""
    fields = (name for name in BUYER_FIELDS if name in named and getattr(said, name))
    return tuple(
        (name, getattr(said, name))
        for name in sorted(fields)
        if getattr(said, name) != getattr(known, name)
    )


def paper_of(
    content: Content, client: Client, profile: Profile, today: date, terms: Terms
) -> Paper:
    """The document as it would be printed today, without a number yet."""
    issue = content.issue_date or today
    days = client.terms_days if client.terms_days is not None else terms.days
    buyer = buyer_of(client, content.buyer)
    seller = seller_of(profile)
    return Paper(
        number=None,
        issue_date=issue,
        due_date=content.due_date or issue + timedelta(days=days),
        seller=seller,
        buyer=buyer,
        content=replace(content, exemption=_exemption(content, seller)),
        totals=reckon(content),
        language=buyer.language or terms.language or "en",
    )


def compact(identifier: str) -> str:
    """A VAT id or IBAN without the spaces and marks people put into it."""
    return "".join(each for each in identifier.upper() if each.isalnum())


def obstacles(paper: Paper) -> list[Obstacle]:
    """All that is wrong or odd with a document, errors first."""
    found = [
        *_seller_obstacles(paper),
        *_buyer_obstacles(paper),
        *_date_obstacles(paper),
        *_tax_obstacles(paper),
        *_bank_obstacles(paper),
    ]
    return sorted(found, key=lambda each: each.kind != "error")


def must_be_whole(paper: Paper) -> None:
    """Raises Refused with every error of the document."""
    errors = [each.words for each in obstacles(paper) if each.kind == "error"]
    if errors:
        raise Refused(
            t("This invoice cannot be issued yet"),
            " ".join(errors) + " " + t("The draft is kept."),
        )


def _seller_obstacles(paper: Paper) -> Iterator[Obstacle]:
    seller = paper.seller
    missing = {
        "name": (seller.name or seller.trade, t("Your name is missing.")),
        "address": (seller.address, t("Your street is missing.")),
        "postcode": (seller.postcode, t("Your postcode is missing.")),
        "city": (seller.city, t("Your city is missing.")),
        "country": (_is_country(seller.country), t("Your country is missing (two letters).")),
    }
    for field, (value, words) in missing.items():
        if not value:
            kind: Literal["error", "warning"] = "warning" if field == "postcode" else "error"
            yield Obstacle(kind, f"seller.{field}", words)
    if not seller.vat_id and not seller.tax_number:
        yield Obstacle(
            "error", "seller.vat_id", t("Your VAT id or tax number is missing in the profile.")
        )
    if seller.vat_id and not vat_id_fits(seller.vat_id):
        yield Obstacle(
            "error", "seller.vat_id", t("Your VAT id {id} is mistyped.", id=seller.vat_id)
        )


def _buyer_obstacles(paper: Paper) -> Iterator[Obstacle]:
    buyer = paper.buyer
    if not buyer.name:
        yield Obstacle("error", "buyer.name", t("The client's name is missing."))
    if not _is_country(buyer.country):
        yield Obstacle(
            "error",
            "buyer.country",
            t("The client's country is missing (two letters, such as DE)."),
        )
    if not (buyer.address and buyer.city):
        yield Obstacle(
            "warning",
            "buyer.address",
            t("The client's address is not complete; most countries ask for it."),
        )
    if buyer.vat_id and not vat_id_fits(buyer.vat_id):
        yield Obstacle(
            "error", "buyer.vat_id", t("The client's VAT id {id} is mistyped.", id=buyer.vat_id)
        )


def _date_obstacles(paper: Paper) -> Iterator[Obstacle]:
    if paper.due_date < paper.issue_date:
        yield Obstacle("error", "due_date", t("It would be due before it is issued."))
    if not paper.content.lines:
        yield Obstacle("error", "lines", t("It has no lines."))
    elif paper.totals.gross == 0:
        yield Obstacle("warning", "lines", t("It comes to nothing."))
    strange = sorted({line.unit for line in paper.content.lines} - set(UNITS))
    if strange:
        yield Obstacle(
            "warning",
            "lines.unit",
            t("“{unit}” is a rare unit; it is printed as it stands.", unit=strange[0]),
        )


def _tax_obstacles(paper: Paper) -> Iterator[Obstacle]:
    categories = {line.tax.category for line in paper.content.lines}
    seller, buyer, why = paper.seller, paper.buyer, paper.content.exemption
    if seller.small_business and "S" in categories:
        yield Obstacle(
            "error",
            "lines.tax",
            t("Your profile says small business: its invoices carry no VAT. Use category E."),
        )
    if "E" in categories and not (why.text or why.code):
        yield Obstacle(
            "error", "exemption", t("It must say why no VAT is charged (the exemption's text).")
        )
    if "AE" in categories and not (seller.vat_id and buyer.vat_id):
        yield Obstacle(
            "error",
            "buyer.vat_id",
            t("Reverse charge needs the VAT ids of both, yours and the client's."),
        )


def _bank_obstacles(paper: Paper) -> Iterator[Obstacle]:
    bank = paper.seller.bank
    if bank is None or not bank.iban:
        yield Obstacle(
            "warning", "seller.bank", t("Your bank account is missing: nobody knows where to pay.")
        )
    elif not iban_fits(bank.iban):
        yield Obstacle("error", "seller.bank", t("Your IBAN {iban} is mistyped.", iban=bank.iban))


def _exemption(content: Content, seller: Seller) -> Exemption:
    why = content.exemption
    categories = {line.tax.category for line in content.lines}
    if len(categories) != 1 or not categories & set(EXEMPTIONS):
        return Exemption()
    category = categories.pop()
    code = why.code or EXEMPTIONS[category]
    text = why.text
    if category == "E" and not text and not code and seller.small_business:
        text = SMALL_BUSINESS.get(seller.country, "")
    return Exemption(code, text)


def vat_id_fits(vat_id: str) -> bool:
    """Whether a VAT id of the EU passes its check digits; others are taken as they are."""
    if vat_id[:2] not in _EU.split(" "):
        return True
    from stdnum.eu import vat

    return bool(vat.is_valid(vat_id))


def iban_fits(iban: str) -> bool:
    """Whether an IBAN passes its check digits and its country's form."""
    from stdnum import iban as rules

    return bool(rules.is_valid(iban))


def _is_country(code: str) -> bool:
    return code in COUNTRIES
