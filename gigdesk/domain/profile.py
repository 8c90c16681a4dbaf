"""The person whose desk it is: name, business, bank, hours, skills, rates, portfolio."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Literal

Unit = Literal["hour", "day", "week", "month", "year", "fixed", "word", "article", "piece"]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Bank:
    """Where clients pay to."""

    holder: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """The working week, in the zone of its owner. `start` and `end` are civil times."""

    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    start: time = time(9)
    end: time = time(17, 30)


@dataclass(frozen=True, slots=True)
class Skill:
    """Something the person can do, under all its names."""

    name: str
    years: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """What a unit of work must bring at least, and should bring."""

    unit: Unit
    floor: Decimal | None
    target: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class PortfolioPiece:
    """Work that can be shown."""

    title: str
    problem: str = ""
    work: str = ""
    result: str = ""
    skills: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the desk knows of its owner. Empty strings are what is not known yet."""

    name: str = ""
    trade: str = ""
    email: str = ""
    phone: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    country: str = ""
    zone: str = ""
    language: str = ""
    currency: str = ""
    vat_id: str = ""
    tax_number: str = ""
    small_business: bool = False
    bank: Bank | None = None
    hours: Hours = field(default_factory=Hours)
    languages: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    rates: tuple[Rate, ...] = ()
    portfolio: tuple[PortfolioPiece, ...] = ()

    @property
    def first_name(self) -> str:
        """How the person signs a mail."""
        return self.name.split(" ")[0]
