"""Zones of people: names, which differ, where two working days meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.calendar.places import behind, city_of, others, short_city, working_days

TBILISI, BERLIN = ZoneInfo("Asia/Tbilisi"), ZoneInfo("Europe/Berlin")
NEW_YORK, SYDNEY = ZoneInfo("America/New_York"), ZoneInfo("Australia/Sydney")
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_zones_are_called_as_people_call_them() -> None:
    assert city_of("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert city_of("UTC") == "UTC"
    assert short_city("America/New_York") == "N. York"
    assert short_city("Europe/Berlin") == "Berlin"
    assert short_city("Europe/Stockholm") == "Stockh…"


def test_others_are_those_whose_clocks_differ_the_most_frequent_first() -> None:
    named = ["Europe/Paris", "America/New_York", "Europe/Berlin", "Asia/Tbilisi",
             "America/New_York", "no zone"]  # fmt: skip
    assert [zone.key for zone in others(TBILISI, named, NOW)] == [
        "America/New_York",
        "Europe/Paris",
    ]


def test_hours_behind_follow_the_clock_change_of_either_side() -> None:
    assert behind(date(2026, 3, 7), BERLIN, NEW_YORK) == 6
    assert behind(date(2026, 3, 20), BERLIN, NEW_YORK) == 5  # New York has changed, Berlin not
    assert behind(DAY, TBILISI, ZoneInfo("Asia/Kolkata")) == -1.5


@pytest.mark.parametrize(
    ("other", "theirs", "both"),
    [
        (BERLIN, (12, 20), (12, 19)),
        (NEW_YORK, (18, 26), (18, 19)),
        (SYDNEY, (2, 10), None),
        (TBILISI, (9, 17), (10, 17)),
    ],
)
def test_two_working_days_meet_where_both_work(
    other: ZoneInfo, theirs: tuple[float, float], both: tuple[float, float] | None
) -> None:
    met = working_days(DAY, TBILISI, other, (time(10), time(19)))
    assert met.mine == (10, 19)
    assert met.theirs == theirs
    assert met.both == both


def test_they_meet_across_midnight() -> None:
    """Nine in Honolulu is the evening of Auckland's day before."""
    met = working_days(
        DAY, ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu"), (time(7), time(16))
    )
    assert met.both == (8, 16)
