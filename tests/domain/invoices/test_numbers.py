"""Invoice numbers: patterns, series, what makes none."""

from __future__ import annotations

from datetime import date

import pytest

from gigdesk.domain.errors import Refused
from gigdesk.domain.invoices.numbers import check_pattern, number_of, series_of

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{year}-{n:03}", "2026-007"),
        ("RE {yy}{month}/{n}", "RE 2611/7"),
        ("{n:5}", "00007"),
        ("B-{year}-{n:03}", "B-2026-007"),
    ],
)
def test_a_pattern_is_filled(pattern: str, number: str) -> None:
    check_pattern(pattern)
    assert number_of(pattern, DAY, 7) == number


def test_padding_is_no_part_of_a_series_and_never_cuts_a_number() -> None:
    assert series_of("{year}-{n:03}", DAY) == series_of("{year}-{n}", DAY)
    assert number_of("{year}-{n:03}", DAY, 12345) == "2026-12345"


def test_a_series_lasts_a_year_or_a_month_or_for_ever() -> None:
    later, next_year = date(2026, 12, 1), date(2027, 1, 1)
    assert series_of("{year}-{n}", DAY) == series_of("{year}-{n}", later)
    assert series_of("{year}-{n}", DAY) != series_of("{year}-{n}", next_year)
    assert series_of("{year}{month}-{n}", DAY) != series_of("{year}{month}-{n}", later)
    assert series_of("{n}", DAY) == series_of("{n}", next_year)


@pytest.mark.parametrize(
    "pattern",
    ["", "2026", "{year}", "{n}{n}", "{year}-{m}", "{n", "{{n}}", "{month}-{n}", "x" * 40 + "{n}"],
)
def test_what_makes_no_numbers_is_refused(pattern: str) -> None:
    with pytest.raises(Refused):
        check_pattern(pattern)
