"""Text made plain, addresses and titles known again, flags with their words, pieces to show."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.leads.cleaning import clean_line, clean_text, mended
from gigdesk.domain.leads.flags import flag_words, red_flags
from gigdesk.domain.leads.identity import canonical, fingerprint, keys_of, web_address
from gigdesk.domain.leads.needs import effort, named_zone, overlap, wanted_languages, written_in
from gigdesk.domain.leads.portfolio import pieces_to_show
from gigdesk.domain.leads.records import Posting
from gigdesk.domain.leads.shapes import heading, moment, posting_of
from gigdesk.domain.leads.skills import asked_skills
from gigdesk.domain.profile import Hours, PortfolioPiece, Skill
from gigdesk.domain.settings import BY_KEY

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_markup_entities_and_hidden_signs_go() -> None:
    raw = "&lt;h2&gt;A &amp;amp; B&lt;/h2&gt;<script>alert(1)</script><p>a<br>b\u202ec\u200b &nbsp;3 < 5"
    assert clean_text(raw) == "A & B\n\na\nbc 3 < 5"
    assert clean_line("  one\n two\t<b>three</b> ") == "one two three"


def test_mojibake_is_mended_and_honest_letters_stay() -> None:
    assert mended("MecÃ¡nico â€“ DiagnÃ³stico") == "Mecánico – Diagnóstico"
    assert mended("Größe, NÃO, café — Москва 月薪") == "Größe, NÃO, café — Москва 月薪"


@given(st.text(max_size=400))
def test_any_text_becomes_plain_text(raw: str) -> None:
    plain = clean_text(raw, 200)
    assert len(plain) <= 200
    assert "\x00" not in plain
    plain.encode("utf-8")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.x.example/job/1/?utm_source=a&b=2", "http://x.example/job/1?b=2#top"),
        ("https://x.example/j?a=1&b=2&gclid=9", "https://X.example/j?b=2&a=1"),
        ("https://x.example/a%7Eb", "https://x.example/a~b"),
    ],
)
def test_an_address_is_known_without_its_tracking(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert canonical(one) != canonical("https://x.example/other")


@pytest.mark.parametrize(
    "said", ["javascript:alert(1)", "file:///etc/passwd", "x", "http://", "https://a:b@x.example/"]
)
def test_only_web_addresses_are_opened(said: str) -> None:
    assert web_address(said) == ""


def test_the_same_title_of_the_same_client_is_the_same() -> None:
    one = Posting("A", "Logo  Design!", client="Acme", url="https://a.example/1")
    other = Posting("B", "logo design", client="ACME", url="https://b.example/2", text="longer")
    assert fingerprint(one) == fingerprint(other)
    nobody = [Posting("A", "Logo design", url=f"https://a.example/{at}") for at in (1, 2)]
    assert fingerprint(nobody[0]) != fingerprint(nobody[1])
    assert keys_of(Posting("Feed", "x", source_id="7")) == ("id:feed:7",)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Please send a free sample first.", "free work"),
        ("We start with a small paid test first", "trial"),
        ("Message me on Telegram @x", "pay outside"),
        ("You pay a refundable deposit of $50", "deposit"),
        ("Send a copy of your passport", "sensitive papers"),
        ("We kindly ask for no automated applications", "no machines"),
    ],
)
def test_a_flag_quotes_what_it_met(text: str, rule: str) -> None:
    (flag,) = red_flags(f"We build shops. {text.rstrip('.')}. Thank you.")
    assert flag.rule == rule
    assert flag.quote in text
    assert all(flag_words(flag))


@pytest.mark.parametrize(
    "text",
    [
        "There is no registration fee.", "We never ask for a deposit or training fee.",
        "Write free software with us.", "Payment by bank transfer within 14 days.",
        "A visual on one month free trial.", "We clean the security deposit report.",
        "You will test our app.", "Design a passport for pets.",
    ],
)  # fmt: skip
def test_honest_words_raise_no_flag(text: str) -> None:
    assert red_flags(text) == ()


def test_an_offer_under_the_floor_is_a_flag_with_its_words() -> None:
    (flag,) = red_flags("fine", "$5/hr")
    assert (flag.rule, flag.quote) == ("below floor", "$5/hr")


def test_languages_are_those_asked_for() -> None:
    assert wanted_languages("Danish Speaking Consultant, fluent in German") == (
        ("da", "Danish Speaking"), ("de", "fluent in German"),
    )  # fmt: skip
    assert wanted_languages("Gute Deutschkenntnisse") == (("de", "Deutschkenntnisse"),)
    assert wanted_languages("A Danish company with Spanish food") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wir suchen eine Person für die Gestaltung der Seite und das Menü, nicht auf Zeit.", "de"),
        ("We are looking for a designer with an eye for the small things in our app.", "en"),
        ("Nous cherchons une personne pour les écrans de notre app, avec vous dans le projet.", "fr"),
        ("Buscamos una persona con experiencia para los textos y las imágenes del sitio.", "es"),
        ("Figma, React, Node", ""), ("", ""), ("Design für the app", ""),
    ],
)  # fmt: skip
def test_the_language_of_an_ad_is_told_only_when_clear(text: str, code: str) -> None:
    assert written_in(text) == code


def test_a_zone_is_one_only_when_meant() -> None:
    assert named_zone("Overlap with CET please") == ("Europe/Berlin", "CET")
    assert named_zone("UTC+5:30") == ("+5.5", "UTC+5:30")
    assert named_zone("PT hours preferred")[0] == "America/Los_Angeles"
    assert named_zone("overlapping with London mornings") == ("Europe/London", "London mornings")
    assert named_zone("We seek a PT assistant")[0] == ""
    assert named_zone("A studio in London, Berlin Mitte")[0] == ""
    assert named_zone("CET or EST")[0] == ""
    assert named_zone("9 to 5 Europe/Lisbon")[0] == "Europe/Lisbon"


def test_hours_together_are_counted_on_ones_own_clock() -> None:
    from zoneinfo import ZoneInfo

    mine, berlin = Hours(start=time(9), end=time(17)), ZoneInfo("Europe/Berlin")
    assert overlap("Europe/Berlin", berlin, mine, NOW) == 8
    assert overlap("America/New_York", berlin, mine, NOW) == 2
    assert overlap("Asia/Tokyo", berlin, mine, NOW) == 0
    assert overlap("-12", ZoneInfo("Pacific/Auckland"), mine, NOW) == 7


def test_effort_as_the_ad_says_it() -> None:
    assert effort("about 3–4 weeks, remote") == "3–4 weeks"
    assert effort("20 h a week") == "20 h a week"
    assert effort("asap") == ""


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-22", "2026-11-22"), ("22.11.2026", "2026-11-22"), ("11/22/2026", "2026-11-22"),
        ("Fri, 11 Sep 2026 07:30:48 +0000", "2026-09-11"), ("1790265606", "2026-09-24"),
        ("2026-09-24T16:00:06+00:00", "2026-09-24"),
    ],
)  # fmt: skip
def test_dates_in_all_their_ways(said: str, day: str) -> None:
    found = moment(said)
    assert found is not None
    assert found.date().isoformat() == day


@pytest.mark.parametrize("said", ["03/04/2026", "soon", "", "99999999999999", "2026-13-45", None])
def test_a_date_that_is_unclear_is_unknown(said: str | None) -> None:
    assert moment(said) is None


def test_headings_in_several_languages() -> None:
    assert [heading(h) for h in ("Job Title", "Beschreibung", "Budget", "Kunde", "x")] == [
        "title", "text", "pay", "client", "",
    ]  # fmt: skip


def test_pieces_cover_what_is_asked_and_none_is_idle() -> None:
    own = (Skill("Figma"), Skill("Design systems", None, ("tokens",)))
    asked = asked_skills(["Figma", "Design systems", "HTML"], [], "", own)
    shop = PortfolioPiece("Shop", skills=("figma", "HTML"))
    kit = PortfolioPiece("Kit", skills=("tokens",))
    idle = PortfolioPiece("Song", skills=("Sound design",))
    shown = pieces_to_show(asked, (idle, kit, shop), own)
    assert [(each.piece.title, each.covers) for each in shown] == [
        ("Shop", ("Figma", "HTML")), ("Kit", ("Design systems",)),
    ]  # fmt: skip


def test_switched_off_points_are_a_setting_people_can_see() -> None:
    assert BY_KEY["leads_off"].section == "Leads"


def test_a_pay_and_its_currency_may_stand_in_two_columns() -> None:
    record = {"title": "Cover", "pay": "2400", "currency": "EUR"}
    (offer,) = posting_of("csv", record, "leads").offers
    assert (offer.low, offer.currency) == (Decimal(2400), "EUR")
    plain = posting_of("csv", {"title": "Cover", "pay": "€90/h", "currency": "USD"}, "leads")
    assert (plain.pay, plain.offers[0].currency) == ("€90/h", "EUR")
