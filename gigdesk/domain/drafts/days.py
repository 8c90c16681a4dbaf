"""Dates in a text, in the spellings of eight languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gigdesk.domain.drafts.amounts import Seen

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń",
    "february feb februar feber février févr fevr febrero febbraio fevereiro fev februari lutego luty",
    "march mar märz maerz mrz mars marzo março maart mrt marca marzec",
    "april apr avril avr abril abr aprile kwietnia kwiecień",
    "may mai mayo maggio mag maio mei maja maj",
    "june jun juni juin junio giugno giu junho czerwca czerwiec",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec",
    "august aug août aout agosto augustus sierpnia sierpień",
    "september sep sept septembre septiembre settembre setembro września wrzesień",
    "october oct oktober okt octobre octubre ottobre outubro października październik",
    "november nov novembre noviembre novembro listopada listopad",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień",
)
_MONTH = {word: at for at, words in enumerate(_MONTHS, start=1) for word in words.split()}
_WORD = "|".join(sorted(_MONTH, key=len, reverse=True))
# Letters of another alphabet that look like ours: such a word is a date, and never a known one.
_ALIKE = str.maketrans("аеорсхуіјѕԁАЕОРСХУІЈЅМТВН", "aeopcxyijsdAEOPCXYIJSMTBH")
_GAP = r"(?:[ ]*\n[ ]*|[ ]+)"
_YEAR = rf"(?:,?{_GAP}(?:del?{_GAP})?(?P<y>\d{{4}})(?!\d)|,?{_GAP}['’](?P<yy>\d{{2}})(?!\d))?"
_DAY_FIRST = re.compile(
    rf"(?<![\w.,/-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|[eªº°.])?(?:{_GAP}(?:of|de|di))?{_GAP}?"
    rf"(?P<m>{_WORD})(?![^\W\d_])\.?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![\w-])(?P<m>{_WORD})(?![^\W\d_])\.?{_GAP}(?P<d>\d{{1,2}})(?![\d/:])(?![.,]\d)(?:st|nd|rd|th)?{_YEAR}",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?<![\w./-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\w-]|[./]\d)"
)
_DOTS = re.compile(
    r"(?<![\w.,/-])(?P<d>\d{1,2})\.[ ]?(?P<m>\d{1,2})\.(?:[ ]?(?P<y>\d{4})(?!\d)|(?P<yy>\d{2})(?!\d))?(?!\w|[.,]\d)"
)
_DASHES = re.compile(r"(?<![\w./-])(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})(?![\w-])")
_SLASHES = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?(?![\w/]|[.,]\d)"
)
_IDIOMS = {"24/7", "50/50", "9/5"}


def days_in(text: str, today: date) -> Iterator[Seen]:
    """Every date, in order. The value is its day, the string itself for one that can be read in
    two ways, or nothing for one that can be none we know."""
    found = sorted(_all(text, today), key=lambda each: (each.start, -each.end))
    end = -1
    for each in found:
        if each.start >= end:
            yield each
            end = each.end


def _all(text: str, today: date) -> Iterator[Seen]:
    alike = text.translate(_ALIKE)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO, _DOTS, _DASHES):
        for each in pattern.finditer(alike):
            seen = _seen(each, text, today)
            if seen is not None:
                yield seen
    for each in _SLASHES.finditer(text):
        seen = _slashed(each, today)
        if seen is not None:
            yield seen


def _seen(each: re.Match[str], text: str, today: date) -> Seen | None:
    parts = each.groupdict()
    word = parts["m"]
    if word.lower() == "may" and word[0] != "M":
        return None
    month = _MONTH.get(word.lower()) or int(word)
    day = int(parts["d"])
    if each.re is _DASHES and month > 12 >= day:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    end = each.end() if each.re is _DOTS else each.start() + len(each[0].rstrip(". "))
    plain = text[each.start() : each.end()] == each[0]
    return Seen(each.start(), end, _day(day, month, _year(parts), today) if plain else None)


def _slashed(each: re.Match[str], today: date) -> Seen | None:
    one, two, year = int(each["a"]), int(each["b"]), each["y"]
    if each[0] in _IDIOMS or not one or not two or max(one, two) > 31 or min(one, two) > 12:
        return None
    if one == two or max(one, two) > 12:
        value = _day(max(one, two), min(one, two), _year({"y": year}), today)
        return Seen(each.start(), each.end(), value)
    return Seen(each.start(), each.end(), each[0])


def _year(parts: dict[str, str]) -> int | None:
    written = parts.get("y") or parts.get("yy")
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)


def _day(day: int, month: int, year: int | None, today: date) -> date | None:
    """The day; without a year the one next to today. None when there is no such day."""
    years = [year] if year is not None else [today.year - 1, today.year, today.year + 1]
    possible = []
    for each in years:
        try:
            possible.append(date(each, month, day))
        except ValueError:
            continue
    return min(possible, key=lambda each: abs(each - today)) if possible else None
