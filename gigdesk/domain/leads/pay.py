"""Pay read out of text: what is plainly said becomes an offer; what is not sure is left unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import islice

from gigdesk.domain.leads import pay_words as words
from gigdesk.domain.leads.records import Offer, Reading
from gigdesk.domain.words import t

_MOST_OFFERS = 6
_MOST_NUMBERS = 400
_TEXT_MOST = 20_000
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,'’]\d+)*)"
_TIMES = {"k": 10**3, "m": 10**6, "mio": 10**6, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5,
          "crore": 10**7, "cr": 10**7}  # fmt: skip
_DASH = r"(?:-|–|—|−|~|\bto\b|\bbis\b|\bà\b|\ba\b|\bor more up to\b|\bup to\b)"
_TOO_MUCH = {"USD", "EUR", "GBP", "CHF", "CAD", "AUD"}


class _Unsure(Exception):
    """The amount can be read in two ways."""


def read_pay(text: str, *, about_pay: bool = False) -> Reading:
    """All offers a text makes. `about_pay`: the text is a field for pay, so that a bare number
    with a unit is enough."""
    text = text[:_TEXT_MOST]
    offers: list[Offer] = []
    met = ""
    for found in islice(_pattern().finditer(text), _MOST_NUMBERS):
        try:
            offer = _offer(text, found, about_pay=about_pay)
        except _Unsure:
            met = met or t("“{words}” can be read in two ways.", words=found[0].strip())
            continue
        if offer is None:
            continue
        if not offer.low and not offer.high:
            met = met or t("“{words}” names nothing: unknown.", words=offer.span)
        elif not any(offer.same_as(known) for known in offers):
            offers.append(offer)
    if offers:
        return Reading(tuple(offers[:_MOST_OFFERS]))
    if not met and (said := words.NEGOTIABLE.search(text)):
        met = t("“{words}”: open, no figure.", words=said[0])
    return Reading((), met or t("No pay is named."))


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(words.CURRENCIES, key=len, reverse=True))
    sign = rf"(?:(?<![A-Za-z])(?:{signs})(?![A-Za-z])|(?<=[\dkKmM])(?:{signs})(?![A-Za-z]))"
    times = r"(?:k|m|mio|lakhs?|lac|crore|cr)(?![^\W\d_])"
    return re.compile(
        rf"(?P<between>between\s+)?(?P<c1>{sign})?\s?(?<![\w.,/+#-])(?P<n1>{_NUMBER})\s?(?P<t1>{times})?\s?(?P<c2>{sign})?"
        rf"(?:\s?\+)?(?:\s*(?P<dash>(?(between)(?:\band\b|{_DASH})|{_DASH}))\s*(?P<c3>{sign})?\s?(?P<n2>{_NUMBER})\s?(?P<t2>{times})?"
        rf"\s?(?P<c4>{sign})?)?(?P<plus>\+)?",
        re.IGNORECASE,
    )


def _offer(text: str, found: re.Match[str], *, about_pay: bool) -> Offer | None:
    before, after = text[max(0, found.start() - 48) : found.start()], text[found.end() :][:60]
    if words.NOT_AFTER.match(after) or words.NOT_BEFORE.search(before):
        return None
    sign = next((found[name] for name in ("c1", "c2", "c3", "c4") if found[name]), "").upper()
    unit, said = _unit(before, after, with_sign=bool(sign))
    if not sign and not _plain_enough(found, before, after, unit, about_pay=about_pay):
        return None
    currency, assumed = words.CURRENCIES.get(sign, ""), sign in words.ASSUMED
    if not currency and "月" in after[:4]:
        currency, assumed = "CNY", True
    low, high = _amounts(found, currency, lpa=bool(re.match(r"\s*lpa\b", after, re.IGNORECASE)))
    if _absurd(high if high is not None else low, currency, unit):
        return None
    least, most = _bounds(low, high, before, plus="+" in found[0])
    span = f"{found[0]}{after[:said]}".strip(" ,;(\n\t")
    return Offer(least, most, unit, currency, span, assumed)


def _plain_enough(
    found: re.Match[str], before: str, after: str, unit: str, *, about_pay: bool
) -> bool:
    """Whether a number without a currency is pay all the same."""
    if not unit or words.COUNTED.match(after):
        return False
    if before.rstrip().endswith(("+", "#", "№")):
        return False
    if found["t1"] or found["t2"] or about_pay or re.match(r"\s*\(?lpa\b", after, re.IGNORECASE):
        return True
    return bool(words.ABOUT_PAY.search(before)) or _says_alone(after)


def _says_alone(after: str) -> bool:
    return re.match(r"\s*(?:hourly|ph\b|per ann?um|p\.a\.)", after, re.IGNORECASE) is not None


def _unit(before: str, after: str, *, with_sign: bool) -> tuple[str, int]:
    """The unit, and how many signs of what follows say it."""
    minutes = re.match(r"\s*(?:/|per|for)\s*(\d{1,3})\s*-?\s*min(?:ute)?s?\b", after, re.IGNORECASE)
    if minutes:
        return f"minutes:{int(minutes[1])}", minutes.end()
    for unit, pattern in _after():
        met = pattern.match(after)
        if met:
            return unit, met.end()
    for unit, pattern in _before():
        if pattern.search(before) and (with_sign or unit != "fixed"):
            return unit, 0
    return "", 0


@cache
def _after() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for unit, known in words.UNITS.items():
        named = "|".join(known.split())
        joined = rf"\s*\(?(?:/|(?:per|pro|par|por|al|je|each)\b)\s*(?:{named})(?![a-zß-ÿ])"
        alone = rf"\s*\(?(?:{words.ADVERBS[unit]})" if unit in words.ADVERBS else r"(?!)"
        found.append((unit, re.compile(rf"(?:{joined}|{alone})\)?", re.IGNORECASE)))
    fixed = rf"\s*\(?(?:{words.ADVERBS['fixed']})\b"
    return (*found, ("fixed", re.compile(fixed, re.IGNORECASE)))


@cache
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    filler = r"\W{0,3}(?:is|of|from|up to|:)?\W{0,3}$"
    return tuple(
        (unit, re.compile(rf"\b(?:{known}){filler}", re.IGNORECASE))
        for unit, known in words.BEFORE.items()
    )


def _amounts(found: re.Match[str], currency: str, *, lpa: bool) -> tuple[Decimal, Decimal | None]:
    first, second = found["n1"], found["n2"]
    times1, times2 = _times(found["t1"], lpa), _times(found["t2"], lpa)
    scaled = bool(found["t1"] or found["t2"])
    low = _number(first, currency, scaled=scaled)
    if second is None:
        return low * times1, None
    high = _number(second, currency, scaled=scaled)
    if not found["t1"] and times2 > 1:
        times1 = times2
    low, high = low * times1, high * times2
    if low and low * 1000 <= high * Decimal("1.05") and not found["t1"]:
        low *= 1000
    if low > high:
        raise _Unsure
    return low, high


def _times(said: str | None, lpa: bool) -> int:
    return 10**5 if lpa else _TIMES.get((said or "").lower(), 1)


def _number(said: str, currency: str, *, scaled: bool) -> Decimal:
    """The number, or _Unsure when its separators can mean two things."""
    plain = re.sub(r"[\s'’]", "", said)
    if re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?", plain):
        return Decimal(plain.replace(",", ""))
    marks = [sign for sign in plain if sign in ".,"]
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    head, _, tail = plain.rpartition(last)
    other = "," if last == "." else "."
    if other in head or marks.count(last) > 1:
        return _grouped(head, tail, last, other)
    return _with_one_mark(head, tail, last, currency, scaled=scaled)


def _grouped(head: str, tail: str, last: str, other: str) -> Decimal:
    if last in head:  # the same sign twice: thousands, whatever the currency
        groups = f"{head}{last}{tail}".split(last)
        if other in head or any(len(group) != 3 for group in groups[1:]):
            raise _Unsure
        return Decimal("".join(groups))
    if any(len(group) != 3 for group in head.split(other)[1:]):
        raise _Unsure
    return Decimal(f"{head.replace(other, '')}.{tail}")


def _with_one_mark(head: str, tail: str, mark: str, currency: str, *, scaled: bool) -> Decimal:
    comma_decimals = currency in {"EUR", "BRL", "PLN", "CZK", "SEK", "NOK", "DKK", "CHF", ""}
    if len(tail) == 3 and head != "0":
        if scaled or (mark == "." and not comma_decimals) or len(head) > 3:
            raise _Unsure
        return Decimal(head + tail)
    if mark == "," and not comma_decimals and not scaled:
        raise _Unsure
    if len(tail) > 2 and head != "0":
        raise _Unsure
    return Decimal(f"{head}.{tail}")


def _absurd(amount: Decimal | None, currency: str, unit: str) -> bool:
    """Millions are a company's money, and a bare year is no pay."""
    if amount is None:
        return False
    if amount >= 1_000_000 and (currency in _TOO_MUCH or not currency):
        return True
    return not currency and not unit


def _bounds(
    low: Decimal, high: Decimal | None, before: str, *, plus: bool
) -> tuple[Decimal | None, Decimal | None]:
    if high is not None:
        return low, high
    if words.UP_TO.search(before):
        return None, low
    if words.FROM_ON.search(before) or plus:
        return low, None
    return low, low


def with_default(offer: Offer, currency: str) -> Offer:
    """The offer in the source's own currency where the text names none."""
    return (
        offer if offer.currency or not currency else replace(offer, currency=currency, assumed=True)
    )
