"""Pay out of text: what is plainly said, what is denied, what stays unsaid."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.leads.pay import read_pay

PLAIN = [
    ("$50-70/hr", "50", "70", "hour", "USD"),
    ("€400/day", "400", "400", "day", "EUR"),
    ("Tagessatz 650-750€", "650", "750", "day", "EUR"),
    ("£350-£425 per day outside IR35", "350", "425", "day", "GBP"),
    ("5k fixed", "5000", "5000", "fixed", ""),
    ("100-120k/yr", "100000", "120000", "year", ""),
    ("₹6-8 LPA", "600000", "800000", "year", "INR"),
    ("Rs. 25,000/month", "25000", "25000", "month", "INR"),
    ("R$ 8.000/mês", "8000", "8000", "month", "BRL"),
    ("1 500 €", "1500", "1500", "", "EUR"),
    ("US$ 0.05/word", "0.05", "0.05", "word", "USD"),
    ("$15 / 30 min", "15", "15", "minutes:30", "USD"),
    ("$500/week, 10 hrs/week", "500", "500", "week", "USD"),
    ("$20/hr capped at 20h/wk", "20", "20", "hour", "USD"),
    ("NT$ 60,000 - 80,000 (月薪)", "60000", "80000", "month", "TWD"),
    ("8k-15k/月", "8000", "15000", "month", "CNY"),
    ("40000 - 60000 Kč", "40000", "60000", "", "CZK"),
    ("$1,500", "1500", "1500", "", "USD"),
    ("$3K-5K", "3000", "5000", "", "USD"),
    ("1.500 €", "1500", "1500", "", "EUR"),
    ("1'500 CHF", "1500", "1500", "", "CHF"),
    ("INR 1,50,000", "150000", "150000", "", "INR"),
    ("€75k–110k", "75000", "110000", "", "EUR"),
    ("$150 - 210K USD + equity", "150000", "210000", "", "USD"),
    ("30-40 hrs/week at $25", "25", "25", "", "USD"),
    ("Budget: $1,500", "1500", "1500", "fixed", "USD"),
    ("USD 135,000 - USD 165,000 per year", "135000", "165000", "year", "USD"),
    ("between $40 and $60 per hour", "40", "60", "hour", "USD"),
    ("€1.200,50 per month", "1200.50", "1200.50", "month", "EUR"),
    ("400 EUR pro Tag", "400", "400", "day", "EUR"),
    ("0,08 € pro Wort", "0.08", "0.08", "word", "EUR"),
    ("₹ 5 lakh per annum", "500000", "500000", "year", "INR"),
    ("In 2024 500 € a week", "500", "500", "week", "EUR"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit", "currency"), PLAIN)
def test_plain_pay_is_read(text: str, low: str, high: str, unit: str, currency: str) -> None:
    (offer,) = read_pay(text).offers
    assert (offer.low, offer.high) == (Decimal(low), Decimal(high))
    assert (offer.unit, offer.currency) == (unit, currency)
    assert offer.span in text


@pytest.mark.parametrize(
    "text",
    [
        "$123.456", "$1,5", "budget 100", "2.5k", "£1.500", "$5-$10M ARR", "We raised $5M",
        "Founded 2019, 50-100 employees", "24/7 support", "Call +49 30 1234567", "84%",
        "competitive salary, DOE", "3 days per week", "5 posts per week", "pay a $50 deposit",
        "$500 sign-on bonus", "Hourly: $0.00 - $0.00", "30-40 hours per week", "since 1999",
        "2023-2024 roadmap, 50k users", "30- 45 K Full time",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_not_said(text: str) -> None:
    reading = read_pay(text)
    assert reading.offers == ()
    assert reading.abstained
    assert reading.why


def test_one_bound_stays_one_bound() -> None:
    (upto,) = read_pay("up to $80/hr").offers
    (least,) = read_pay("from £13 an hour").offers
    (more,) = read_pay("$50+/hr").offers
    assert (upto.low, upto.high) == (None, Decimal(80))
    assert (least.low, least.high) == (Decimal(13), None)
    assert (more.low, more.high) == (Decimal(50), None)


def test_two_offers_are_two() -> None:
    year, hour = read_pay("$80k-$100k or $45-$60/hr").offers
    assert (year.low, year.high, year.unit) == (Decimal(80000), Decimal(100000), "")
    assert (hour.low, hour.high, hour.unit) == (Decimal(45), Decimal(60), "hour")


def test_a_shared_sign_is_marked_as_assumed() -> None:
    assert read_pay("$50/hr").offers[0].assumed
    assert not read_pay("US$ 50/hr").offers[0].assumed


def test_a_field_for_pay_needs_no_currency_but_a_unit() -> None:
    assert read_pay("60/h", about_pay=True).offers[0].unit == "hour"
    assert read_pay("60", about_pay=True).abstained
    assert read_pay("60/h").abstained


@pytest.mark.shared_data
def test_the_strings_of_feeds(shared: Path) -> None:
    cases = json.loads((shared / "leads/salary_text/feed_strings.json").read_text("utf-8"))
    units = {"month?": "", None: ""}
    for case in cases:
        reading = read_pay(case["text"])
        if case["lo"] is None or case["text"] == "$123.456":
            assert reading.abstained, case
            continue
        (offer,) = reading.offers
        expected = (case["lo"], case["hi"], units.get(case["period"], case["period"]), case["cur"])
        assert (offer.low, offer.high, offer.unit, offer.currency) == expected, case


@given(st.text(max_size=300))
def test_any_text_is_read_without_falling(text: str) -> None:
    for offer in read_pay(text).offers:
        assert offer.low or offer.high
        assert offer.low is None or offer.high is None or offer.low <= offer.high


@given(
    st.integers(1, 900), st.integers(0, 90), st.sampled_from(["$", "€", "£", "CHF "]),
    st.sampled_from([("/hr", "hour"), (" per day", "day"), (" a week", "week"), ("/word", "word")]),
)  # fmt: skip
def test_a_range_comes_back_as_written(
    low: int, more: int, sign: str, unit: tuple[str, str]
) -> None:
    (offer,) = read_pay(f"We pay {sign}{low}-{low + more}{unit[0]}, remote").offers
    assert (offer.low, offer.high, offer.unit) == (low, low + more, unit[1])
