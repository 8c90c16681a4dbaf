"""Days and money as a person's locale writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gigdesk.domain.words import date_text, money_text, own_locale

DAY = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("form", "german", "british", "american"),
    [
        ("EEEE d MMMM", "Mittwoch, 4. November", "Wednesday 4 November", "Wednesday, November 4"),
        ("EEE d MMM", "Mi., 4. Nov.", "Wed 4 Nov", "Wed, Nov 4"),
        ("d MMM", "4. Nov.", "4 Nov", "Nov 4"),
        ("d MMM y", "4. Nov. 2026", "4 Nov 2026", "Nov 4, 2026"),
        ("EEEE", "Mittwoch", "Wednesday", "Wednesday"),
        ("medium", "04.11.2026", "4 Nov 2026", "Nov 4, 2026"),
        ("yyyy-MM", "2026-11", "2026-11", "2026-11"),
    ],
)
def test_a_day_is_written_as_the_locale_does(
    form: str, german: str, british: str, american: str
) -> None:
    said = [date_text(DAY, where, form) for where in ("de_DE", "en_GB", "en_US")]
    assert said == [german, british, american]


def test_money_stands_where_the_locale_puts_it() -> None:
    assert money_text(Decimal("1250"), "EUR", "de_DE") == "1.250,00\N{NO-BREAK SPACE}€"
    assert money_text(Decimal("1250"), "EUR", "en_GB") == "€1,250.00"


@pytest.mark.parametrize(
    ("said", "heard"),
    [("de_DE.UTF-8", "de_DE"), ("C.UTF-8", "en_GB"), ("POSIX", "en_GB"), ("fr_FR", "fr_FR")],
)
def test_c_is_no_country(said: str, heard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_TIME", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", said)
    own_locale.cache_clear()
    try:
        assert own_locale() == heard
    finally:
        monkeypatch.undo()
        own_locale.cache_clear()
