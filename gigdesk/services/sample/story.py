"""Who the sample's people are and what they write: resources/sample, read once."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from gigdesk.domain.places import resources

LANGUAGES = ("en", "de", "fr", "es")
# How dates and amounts are written in a client's letters.
LOCALES = {"en": "en_GB", "de": "de_DE", "fr": "fr_FR", "es": "es_ES"}
YEAR = timedelta(days=365)
# The day that letters of now speak of as a deadline.
LATER = timedelta(days=18)
WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Habit:
    """How a client pays: so many days from the due day, give or take; or by a rule of their own."""

    days: int
    spread: int
    month_end: bool = False
    halves: bool = False


@dataclass(frozen=True, slots=True)
class Patron:
    """A client of the sample, with what the desk does not know of them."""

    fields: dict[str, Any]
    contact: str
    share: int
    rate: int
    habit: Habit
    fresh: tuple[int, ...]
    projects: tuple[str, ...]

    @property
    def name(self) -> str:
        """The company."""
        return str(self.fields["name"])

    @property
    def first(self) -> str:
        """How they are called."""
        return self.contact.split(" ")[0]

    @property
    def email(self) -> str:
        """Where their contact reads."""
        return str(self.fields["email"])

    @property
    def language(self) -> str:
        """The language of their letters."""
        return str(self.fields["language"])

    @property
    def currency(self) -> str:
        """What they pay in."""
        return str(self.fields["currency"])

    @property
    def locale(self) -> str:
        """How they write dates and money."""
        return LOCALES[self.language]

    @property
    def zone(self) -> ZoneInfo:
        """Their clock."""
        return ZoneInfo(str(self.fields["zone"]))


_OWN = ("contact", "share", "rate", "pays", "fresh", "projects")


@cache
def profile() -> dict[str, Any]:
    """The owner of the desk, as a profile is imported."""
    return _read("profile.toml")


@cache
def patrons() -> tuple[Patron, ...]:
    """The twelve clients."""
    return tuple(_patron(each) for each in _read("clients.toml")["clients"])


@cache
def letters(language: str) -> dict[str, Any]:
    """What is written in a language: invoices, questions, threads."""
    return _read(f"mails/{language}.toml")


@cache
def read(name: str) -> dict[str, Any]:
    """Another file of the sample by its name without the ending."""
    return _read(f"{name}.toml")


def owner_zone() -> ZoneInfo:
    """The owner's clock."""
    return ZoneInfo(str(profile()["zone"]))


def dice(seed: int, part: str) -> random.Random:
    """Chance of its own for each part of the desk, so that one part does not move the others."""
    return random.Random(f"gigdesk sample {seed} {part}")


def spread_days(chance: random.Random, now: datetime, count: int, newest: int = 0) -> list[date]:
    """So many working days of the year that ends now, oldest first, none of the newest ones."""
    today = now.astimezone(owner_zone()).date()
    span = YEAR.days - newest
    days = [today - timedelta(days=newest + chance.randrange(span)) for _ in range(count)]
    return sorted(min(working(day), today) for day in days)


def working_day(now: datetime, number: int) -> date:
    """The owner's day so many working days from now; 0 is today or the Monday after a weekend."""
    day = now.astimezone(owner_zone()).date()
    while number or day.weekday() >= WEEKEND:
        number -= day.weekday() < WEEKEND
        day += timedelta(days=1)
    return day


def lately(chance: random.Random, now: datetime, count: int) -> list[date]:
    """So many days of the year that ends now, the more the nearer, oldest first."""
    today = now.astimezone(owner_zone()).date()
    return sorted(
        today - timedelta(days=int(YEAR.days * chance.random() ** 1.5)) for _ in range(count)
    )


def working(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - WEEKEND + 1))


def _patron(data: dict[str, Any]) -> Patron:
    return Patron(
        fields={name: value for name, value in data.items() if name not in _OWN},
        contact=data["contact"],
        share=data["share"],
        rate=data["rate"],
        habit=Habit(**data["pays"]),
        fresh=tuple(data["fresh"]),
        projects=tuple(data["projects"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources() / "sample" / name).read_text("utf-8"))
