"""The profile as JSON: the whole example back and forth, and what does not fit."""

from __future__ import annotations

import contextlib
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.errors import Refused
from gigdesk.domain.profile_json import LISTS, TEXTS, read_profile
from tests.bills import PROFILE

WHOLE: dict[str, Any] = {
    **PROFILE,
    "hours": {"days": ["mon", "tue", "thu"], "from": "10:00", "to": "16:30"},
    "languages": ["de", "en"],
    "never": ["gambling"],
    "skills": [{"name": "Python", "years": 8, "aliases": ["py"]}, "Design"],
    "rates": [{"unit": "hour", "floor": "60", "target": "90", "currency": "EUR"}],
    "portfolio": [{"title": "Booking site", "skills": ["Python"], "link": "https://a.example/b"}],
}


def test_the_whole_of_it_is_read() -> None:
    read = read_profile(WHOLE)
    assert read.bank is not None
    assert read.bank.iban == PROFILE["bank"]["iban"]
    assert (read.hours.days, read.hours.start, read.hours.end) == (
        ("mon", "tue", "thu"), time(10), time(16, 30),
    )  # fmt: skip
    assert [skill.name for skill in read.skills] == ["Python", "Design"]
    assert read.rates[0].target == Decimal(90)
    assert read.portfolio[0].skills == ("Python",)
    assert read.first_name == "Erika"


def test_an_empty_one_knows_nothing() -> None:
    read = read_profile({})
    assert (read.name, read.bank, read.skills, read.small_business) == ("", None, (), False)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"nmae": "x"},
        {"name": 5},
        {"name": "x" * 5000},
        {"zone": "Mars/Base"},
        {"country": "Germany"},
        {"currency": "euro"},
        {"email": "nobody"},
        {"small_business": "yes"},
        {"bank": {"holder": "E", "iban": "DE02120300000000202052"}},
        {"bank": {"holder": "E", "iban": "DE02120300000000202051", "blz": "1"}},
        {"bank": "DE02120300000000202051"},
        {"hours": {"from": "18:00", "to": "09:00"}},
        {"hours": {"from": "nine"}},
        {"hours": {"days": ["today"]}},
        {"skills": [{"name": "Python", "years": "8"}]},
        {"rates": [{"unit": "mile", "currency": "EUR"}]},
        {"rates": [{"unit": "hour", "floor": "a lot", "currency": "EUR"}]},
        {"address": "Ring 2"},
        {"languages": ["de", 5]},
    ],
    ids=str,
)
def test_what_does_not_fit_is_named(wrong: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_profile(wrong)
    assert refused.value.advice


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
FIELDS = [*TEXTS, *LISTS, "bank", "hours", "skills", "rates", "portfolio", "small_business"]


@given(st.sampled_from(FIELDS), anything)
def test_whatever_stands_in_a_field_it_is_read_or_refused(field: str, value: object) -> None:
    with contextlib.suppress(Refused):
        read_profile({field: value})


@given(
    st.sampled_from(["bank", "hours", "skills", "rates", "portfolio"]),
    st.sampled_from(["holder", "iban", "bic", "days", "from", "to", "name", "years", "aliases",
                     "unit", "floor", "target", "currency", "title", "skills", "link"]),
    anything,
)  # fmt: skip
def test_whatever_stands_inside_it_is_read_or_refused(
    field: str, inner: str, value: object
) -> None:
    for shape in ({inner: value}, [{inner: value}]):
        with contextlib.suppress(Refused):
            read_profile({field: shape})
