"""The one catalogue of words for people, and how money, days and times are written.

`t` and `n` look a sentence up in gettext catalogues under resources/locale; the English source is
the key. Dates and money follow the locale handed in, or the person's own.
"""

from __future__ import annotations

import gettext
import locale
import os
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from gigdesk.domain.places import resources

# The parts of a day: weekday, day, month by name, year; in any order.
_PARTS = r"(?:E{1,4}|d|MMMM?|y)(?: (?:E{1,4}|d|MMMM?|y))*"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(
        "gigdesk", str(resources() / "locale"), [own_locale()], fallback=True
    )


@cache
def own_locale() -> str:
    """The person's locale as the system tells it, such as `de_DE`; `en_GB` when it tells none."""
    said = [os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LC_MESSAGES", "LANG")]
    for value in (each.split(".")[0] for each in said):
        if value and value not in {"C", "POSIX"}:
            return value
    if any(said):
        return "en_GB"  # C tells no country; Python's own answer would be a month before its day
    try:
        return locale.getlocale()[0] or "en_GB"
    except ValueError:
        return "en_GB"


def t(text: str, **fields: object) -> str:
    """A sentence in the person's language, its `{fields}` filled in."""
    said = _catalogue().gettext(text)
    return said.format(**fields) if fields else said


def n(one: str, many: str, count: int, **fields: object) -> str:
    """A sentence that counts; `{n}` is the number."""
    return _catalogue().ngettext(one, many, count).format(n=count, **fields)


def money_text(amount: Decimal, currency: str, where: str | None = None) -> str:
    """`1.250,00 €` in German, `€1,250.00` in English."""
    from babel.numbers import format_currency

    return str(format_currency(amount, currency, locale=_known(where)))


def number_text(value: Decimal | int, where: str | None = None) -> str:
    """A plain number with the locale's separators."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_known(where)))


def date_text(day: date, where: str | None = None, form: str = "long") -> str:
    """A civil date; `form` is short, medium, long, full, or which parts it has: `EEE d MMM`.
    Their order and the marks between them are the locale's."""
    from babel.dates import format_date

    known = _known(where)
    return str(format_date(day, _pattern(form, known), locale=known))


def time_text(moment: datetime, where: str | None = None) -> str:
    """The time of day of an aware moment in its own zone, without seconds."""
    from babel.dates import format_time

    return str(format_time(moment.timetz(), "HH:mm", locale=_known(where)))


@cache
def _pattern(form: str, known: str) -> str:
    """`EEE d MMM` as this locale writes it: `E, d. MMM` in German, each part as long as asked."""
    from babel import Locale

    parts = {each[0]: each for each in form.split(" ")} if re.fullmatch(_PARTS, form) else {}
    if "d" not in parts or len(parts) < 2:
        return form
    patterns = Locale.parse(known).datetime_skeletons
    short = "".join(each for each in ("y", "MMM", "E", "d") if each[0] in parts)
    found = patterns.get(short.replace("MMM", parts.get("M", ""))) or patterns.get(short)
    if found is None:
        return form
    return re.sub(r"E+|MMM+|LLL+", lambda each: _as_long(each[0], parts), found.pattern)


def _as_long(part: str, parts: dict[str, str]) -> str:
    asked = parts.get("M" if part[0] in "ML" else part[0], part)
    return part[0] * len(asked)


@cache
def _known(where: str | None) -> str:
    from babel import Locale, UnknownLocaleError

    for name in (where, own_locale(), "en_GB"):
        try:
            return str(Locale.parse((name or "").replace("-", "_")))
        except (ValueError, UnknownLocaleError):
            continue
    return "en"
