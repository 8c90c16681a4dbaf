"""The profile as JSON, read field by field with kind words for what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from gigdesk.domain.civil import known_zones
from gigdesk.domain.errors import Refused
from gigdesk.domain.money import parse_decimal
from gigdesk.domain.profile import DAYS, Bank, Hours, PortfolioPiece, Profile, Rate, Skill
from gigdesk.domain.words import t

UNITS = ("hour", "day", "week", "month", "year", "fixed", "word", "article", "piece")
TEXTS = (
    "name", "trade", "email", "phone", "postcode", "city", "country", "zone", "language",
    "currency", "vat_id", "tax_number",
)  # fmt: skip
LISTS = ("address", "languages", "never")


class Unfit(Refused):
    """A field of the profile that does not fit, by its name in the JSON."""

    def __init__(self, title: str, advice: str = "", field: str = "") -> None:
        super().__init__(title, advice)
        self.field = field


def read_profile(data: Mapping[str, Any], *, kept: bool = False) -> Profile:
    """The profile this JSON says; raises Refused and names the field that does not fit. What was
    kept on the desk was checked when it came: checking it at every reading would cost a start 80 ms.
    """
    if not isinstance(data, Mapping):
        raise _wrong(t("The profile"), t("one JSON object"))
    strange = sorted(set(data) - set(TEXTS) - set(LISTS) - set(_SPECIAL) - {"small_business"})
    if strange:
        raise Refused(
            t("A profile has no field “{field}”", field=strange[0]),
            t("Nothing was changed. Check the spelling."),
        )
    fields: dict[str, Any] = {name: _text(data[name], name) for name in TEXTS if name in data}
    fields |= {name: _texts(data[name], name) for name in LISTS if name in data}
    fields |= {name: read(data[name]) for name, read in _SPECIAL.items() if name in data}
    if "small_business" in data:
        if not isinstance(data["small_business"], bool):
            raise _wrong("small_business", "true, false")
        fields["small_business"] = data["small_business"]
    profile = Profile(**fields)
    if not kept:
        _check(profile)
    return profile


def _check(profile: Profile) -> None:
    if profile.zone and profile.zone not in known_zones():
        raise _wrong("zone", "Europe/Berlin")
    for name, value, size in (
        ("country", profile.country, 2),
        ("currency", profile.currency, 3),
    ):
        if value and not (len(value) == size and value.isascii() and value.isupper()):
            raise _wrong(name, {"country": "DE", "currency": "EUR"}[name])
    if profile.email and ("@" not in profile.email or any(ch.isspace() for ch in profile.email)):
        raise _wrong("email", "name@example.com")
    if profile.bank is not None:
        from stdnum import iban

        if not iban.is_valid(profile.bank.iban):
            title = t("The IBAN {iban} is mistyped", iban=profile.bank.iban)
            raise Unfit(title, t("Nothing was changed."), "bank.iban")


def _bank(data: Any) -> Bank | None:
    if data is None:
        return None
    _object(data, "bank", {"holder", "iban", "bic"})
    return Bank(
        _text(data.get("holder", ""), "bank.holder"),
        _text(data.get("iban", ""), "bank.iban"),
        _text(data.get("bic") or "", "bank.bic"),
    )


def _hours(data: Any) -> Hours:
    _object(data, "hours", {"days", "from", "to"})
    days = _texts(data.get("days", list(DAYS[:5])), "hours.days")
    if set(days) - set(DAYS):
        raise _wrong("hours.days", ", ".join(DAYS))
    start, end = _clock(data.get("from", "09:00")), _clock(data.get("to", "17:30"))
    if end <= start:
        raise _wrong("hours", "09:00 … 17:30")
    return Hours(days, start, end)


def _clock(words: Any) -> time:
    try:
        return time.fromisoformat(str(words))
    except ValueError:
        raise _wrong("hours", "09:00") from None


def _skills(data: Any) -> tuple[Skill, ...]:
    return tuple(_skill(each) for each in _list(data, "skills"))


def _skill(data: Any) -> Skill:
    if isinstance(data, str):
        return Skill(data)
    _object(data, "skills", {"name", "years", "aliases"})
    years = data.get("years")
    if years is not None and not (isinstance(years, int) and 0 <= years <= 80):
        raise _wrong("skills.years", "8")
    return Skill(
        _text(data.get("name", ""), "skills.name"),
        years,
        _texts(data.get("aliases", []), "skills.aliases"),
    )


def _rates(data: Any) -> tuple[Rate, ...]:
    return tuple(_rate(each) for each in _list(data, "rates"))


def _rate(data: Any) -> Rate:
    _object(data, "rates", {"unit", "floor", "target", "currency"})
    unit = data.get("unit", "hour")
    if unit not in UNITS:
        raise _wrong("rates.unit", ", ".join(UNITS))

    def amount(name: str) -> Decimal | None:
        value = data.get(name)
        try:
            return None if value is None else parse_decimal(value, f"rates.{name}")
        except Refused as none:
            raise Unfit(none.title, none.advice, f"rates.{name}") from None

    return Rate(unit, amount("floor"), amount("target"), _text(data.get("currency"), "currency"))


def _portfolio(data: Any) -> tuple[PortfolioPiece, ...]:
    names = {"title", "problem", "work", "result", "skills", "link"}
    found = []
    for each in _list(data, "portfolio"):
        _object(each, "portfolio", names)
        texts = {
            name: _text(each.get(name) or "", f"portfolio.{name}") for name in names - {"skills"}
        }
        found.append(
            PortfolioPiece(**texts, skills=_texts(each.get("skills", []), "portfolio.skills"))
        )
    return tuple(found)


_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "bank": _bank,
    "hours": _hours,
    "skills": _skills,
    "rates": _rates,
    "portfolio": _portfolio,
}


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str) or len(value) > 4000:
        raise _wrong(field, t("a text"))
    return value.strip()


def _texts(value: Any, field: str) -> tuple[str, ...]:
    return tuple(_text(each, field) for each in _list(value, field))


def _list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > 500:
        raise _wrong(field, t("a list"))
    return value


def _object(value: Any, field: str, names: set[str]) -> None:
    if not isinstance(value, Mapping) or set(value) - names:
        raise _wrong(field, ", ".join(sorted(names)))


def _wrong(field: str, fits: str) -> Unfit:
    return Unfit(
        t("“{field}” of the profile does not fit", field=field),
        t("It takes: {fits}. Nothing was changed.", fits=fits),
        field,
    )
