"""Offers against the person's rates: same unit and currency, or hour, day and week of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gigdesk.domain.leads.records import Offer
from gigdesk.domain.money import minor_digits
from gigdesk.domain.profile import Hours, Profile, Rate
from gigdesk.domain.words import money_text, number_text, t

GAIN, LOSS = 16, 10
_UNIT_WORDS = {
    "hour": "/h", "day": "/day", "week": "/week", "month": "/month", "year": "/year",
    "word": "/word", "article": "/article", "piece": "/piece",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """How an offer stands against a rate; `points` is None when they cannot be compared, and
    `missing` says why. `value` is the offer as it was compared, in the rate's unit."""

    points: int | None = None
    words: str = ""
    missing: str = ""
    said: str = ""
    below: bool = False
    value: Decimal | None = None
    rate: Rate | None = None
    offer: Offer | None = None


def compare(offers: tuple[Offer, ...], profile: Profile) -> Fit:
    """The best comparable offer; several offers of one ad are ways to be paid."""
    if not offers:
        return Fit(missing=t("Pay: the ad names none."))
    fits = [
        _fit(offer, rate, value)
        for offer in offers
        for rate in profile.rates
        if (value := _value(offer, rate, profile.hours)) is not None
    ]
    if fits:
        return max(fits, key=lambda fit: fit.points or 0)
    said = offer_words(offers[0])
    if not profile.rates:
        missing = t("Pay: {pay}, but your profile names no rate.", pay=said)
    else:
        missing = t("Pay: {pay} cannot be compared with your rates.", pay=said)
    return Fit(missing=missing, said=said, value=offers[0].low or offers[0].high)


def _value(offer: Offer, rate: Rate, hours: Hours) -> Decimal | None:
    """The middle of the offer in the rate's unit; None when they are of different kinds."""
    if offer.currency != rate.currency or not offer.unit:
        return None
    factor = _factor(offer.unit, rate.unit, hours)
    ends = [end for end in (offer.low, offer.high) if end is not None]
    if factor is None or not ends or (rate.floor is None and rate.target is None):
        return None
    return sum(ends, Decimal(0)) / len(ends) * factor


def _factor(given: str, wanted: str, hours: Hours) -> Decimal | None:
    if given == wanted:
        return Decimal(1)
    minutes = (hours.end.hour - hours.start.hour) * 60 + hours.end.minute - hours.start.minute
    if minutes <= 0 or not hours.days:
        return None
    day = Decimal(minutes)
    length = {"hour": Decimal(60), "day": day, "week": day * len(hours.days)}
    if given.startswith("minutes:"):
        length[given] = Decimal(int(given.split(":")[1]) or 60)
    if given not in length or wanted not in length:
        return None
    return length[wanted] / length[given]


def _fit(offer: Offer, rate: Rate, value: Decimal) -> Fit:
    floor = rate.floor if rate.floor is not None else rate.target
    target = rate.target if rate.target is not None else (floor or Decimal(0)) * Decimal("1.5")
    assert floor is not None
    below = rate.floor is not None and value < rate.floor
    points = _points(value, floor, max(target, floor), hard=rate.floor is not None)
    if offer.low is None:
        points = min(points, 4)  # "up to" promises only its ceiling
    said = offer_words(offer)
    against = t("floor {pay}", pay=_amount(floor, rate.currency))
    if rate.floor is None or value >= target:
        against = t("your target {pay}", pay=_amount(target, rate.currency))
    words = f"{said}, {against}"
    if offer.unit != rate.unit:
        counted = _amount(value, rate.currency)
        words = t("{pay}, about {counted} in your hours", pay=words, counted=counted)
    return Fit(points, words, "", said, below, value, rate, offer)


def _points(value: Decimal, floor: Decimal, target: Decimal, *, hard: bool) -> int:
    if value >= target:
        return GAIN
    if value >= floor:
        part = (value - floor) / (target - floor)
        return 4 + int((12 * part).to_integral_value())
    if not hard:
        return 0
    short = (floor - value) / floor * 2
    return -max(1, int((LOSS * min(Decimal(1), short)).to_integral_value()))


def at_target(rate: Rate) -> Offer:
    """An offer that pays what the person wants."""
    wanted = rate.target if rate.target is not None else rate.floor
    return Offer(wanted, wanted, rate.unit, rate.currency, "")


def offer_words(offer: Offer) -> str:
    """`€70–90/h`, `up to $80/day`, `€6,000 fixed`."""
    low, high = offer.low, offer.high
    if low is None and high is not None:
        amount = t("up to {pay}", pay=_amount(high, offer.currency))
    elif high is None and low is not None:
        amount = t("from {pay}", pay=_amount(low, offer.currency))
    elif low is not None and high is not None and low != high:
        amount = f"{_amount(low, offer.currency)}–{_bare(high, offer.currency)}"
    else:
        amount = _amount(low or Decimal(0), offer.currency)
    return amount + unit_words(offer.unit)


def unit_words(unit: str) -> str:
    """`/h`, ` fixed`, ` per 30 minutes`; nothing when the unit is not known."""
    if unit.startswith("minutes:"):
        return t(" per {n} minutes", n=unit.split(":")[1])
    return t(" fixed") if unit == "fixed" else t(_UNIT_WORDS[unit]) if unit in _UNIT_WORDS else ""


def _amount(amount: Decimal, currency: str) -> str:
    plain = _short(amount)
    if not currency or -int(plain.normalize().as_tuple().exponent) > minor_digits(currency):
        return f"{number_text(plain)} {currency}".rstrip()
    return round_money(plain, currency)


def round_money(amount: Decimal, currency: str) -> str:
    """Money without decimals where they are nothing."""
    said = money_text(amount, currency)
    if amount != amount.to_integral_value() or not minor_digits(currency):
        return said
    return re.sub(r"[.,]00?0?(?!.*[.,]\d)(?!\d)", "", said)


def _bare(amount: Decimal, currency: str) -> str:
    """The upper end without its sign where the sign stands in front."""
    said = _amount(amount, currency)
    return said.lstrip("".join(sign for sign in said[:5] if not sign.isdigit())) or said


def _short(amount: Decimal) -> Decimal:
    rounded = amount.quantize(Decimal("0.01"))
    return rounded if abs(rounded - amount) < Decimal("0.001") else amount
