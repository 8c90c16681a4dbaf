"""Amounts of money in a text, in the spellings of eight languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Seen:
    """A value and where it stands in the folded text; no value means it can be none we know."""

    start: int
    end: int
    value: object


_CODES = (
    "EUR USD GBP CHF PLN CZK SEK NOK DKK JPY BRL CAD AUD NZD HUF RON BGN TRY GEL CNY INR MXN ARS"
    " ZAR UAH ISK HRK RSD SGD HKD KRW AED ILS THB CLP COP"
).split()
_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "zł": "PLN", "kč": "CZK", "r$": "BRL", "us$": "USD",
    "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "mx$": "MXN", "$": "USD", "₽": "RUB", "₴": "UAH", "₾": "GEL", "₹": "INR",
    "₺": "TRY", "₿": "XBT", "₩": "KRW", "fr.": "CHF", "sfr.": "CHF",
}  # fmt: skip
_NAMES = {
    "euros?": "EUR", "eurów": "EUR", "us dollars?": "USD", "dollars?": "USD", "dollari": "USD",
    "dólares": "USD", "dólar": "USD", "dolarów": "USD", "dolary": "USD", "pounds?": "GBP",
    "pfund": "GBP", "livres": "GBP", "libras": "GBP", "sterline": "GBP", "pond": "GBP",
    "funtów": "GBP", "quid": "GBP", "franken": "CHF", "francs?": "CHF", "franchi": "CHF",
    "francos": "CHF", "frank": "CHF", "franków": "CHF", "reais": "BRL", "real": "BRL",
    "złotych": "PLN", "złote": "PLN", "złoty": "PLN", "zloty": "PLN", "kronen": "SEK",
    "kronor": "SEK", "yen": "JPY", "koron": "CZK",
}  # fmt: skip
_BY_NAME = [(re.compile(name, re.IGNORECASE), code) for name, code in _NAMES.items()]
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_CODE = "|".join(_CODES)
_NAME = "|".join(sorted(_NAMES, key=len, reverse=True))
# A letter that looks like a digit counts as one, so that it cannot hide an amount.
_D = r"[0-9OolIіОоІ|]"
_SPACE = r"[ ]?(?:\n(?!\n))?[ ]?"
_NUMBER = (
    rf"(?=[OolIіОоІ|.,]{{0,12}}[0-9])(?:{_D}{{1,3}}(?:[.,'’ \n]{_D}{{3}}){{1,8}}(?!{_D})(?:[.,]{_D}{{1,2}})?"
    rf"|{_D}{{1,24}}(?:[.,'’]{_D}{{1,24}}){{0,8}})(?!{_D})"
)
_TAIL = r"(?:[.,][-–—]{1,2}(?![0-9]))?"
_MINUS = r"(?:(?<![\w.,)–-])[-–−])?"
_LED = re.compile(
    rf"{_MINUS}(?<![^\W\d_])(?:{_SIGN}|(?:{_CODE})|(?:{_NAME})(?=\s)){_SPACE}[-–−]?"
    rf"(?P<n>{_NUMBER})(?P<k>[ ]?k(?![^\W_]))?{_TAIL}",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    rf"{_MINUS}(?<![\w.,'’])(?P<n>{_NUMBER})(?P<k>[ ]?k(?=[ €£$¥]))?{_TAIL}{_SPACE}"
    rf"(?:{_SIGN}|(?:{_CODE})|(?:{_NAME}))(?![^\W_])",
    re.IGNORECASE,
)


def amounts_in(text: str) -> Iterator[Seen]:
    """Every amount with its currency, in order; none overlaps another."""
    found = sorted(
        [*_FOLLOWED.finditer(text), *_LED.finditer(text)],
        key=lambda each: (each.start(), -each.end()),
    )
    end = -1
    for each in found:
        if each.start() >= end:
            yield Seen(each.start(), each.end(), _value(each))
            end = each.end()


def _value(found: re.Match[str]) -> tuple[Decimal, str] | None:
    number = figure(found["n"])
    if number is None:
        return None
    if found["k"]:
        number *= 1000
    around = found[0].replace(found["n"], " ", 1)
    if re.search(r"[-–−](?![-–—]*\Z)", around.split(" ")[0]) or around.lstrip()[:1] in "-–−":
        number = -number
    return number, _currency(around, bool(found["k"]))


def _currency(around: str, thousands: bool) -> str:
    words = re.sub(r"[-–—−.,\s]+\Z|\A[-–—−\s]+", "", around).strip()
    if thousands:
        words = re.sub(r"(?i)^k\s*|\s*k$", "", words).strip()
    words = re.sub(r"^[.,]?[-–—]+\s*|\s*[.,]?[-–—−]+$", "", words).strip()
    low = " ".join(words.lower().split())
    if low in _SIGNS or f"{low}." in _SIGNS:
        return _SIGNS.get(low) or _SIGNS[f"{low}."]
    named = next((code for name, code in _BY_NAME if name.fullmatch(low)), "")
    return named or low.upper()


def figure(written: str) -> Decimal | None:
    """The number, however it is grouped; none when a letter stands in a digit's place."""
    plain = re.sub(r"[ \n'’]", "", written)
    if re.search(r"[^0-9.,]", plain):
        return None
    marks = re.findall(r"[.,]", plain)
    last = max(plain.rfind("."), plain.rfind(","))
    behind = len(plain) - last - 1
    whole = not marks or (len(set(marks)) == 1 and (len(marks) > 1 or behind == 3))
    if whole:
        return Decimal(re.sub(r"[.,]", "", plain))
    return Decimal(f"{re.sub(r'[.,]', '', plain[:last]) or '0'}.{plain[last + 1 :] or '0'}")
