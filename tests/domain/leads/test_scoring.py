"""The score: parts add up, the same gives the same, strangers' names never count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigdesk.domain.leads.pay import read_pay
from gigdesk.domain.leads.records import Lead, Offer
from gigdesk.domain.leads.scoring import (
    GAIN,
    LOSS,
    PARTS,
    START,
    Scale,
    Score,
    explain,
    judge,
    judge_again,
)
from gigdesk.domain.profile import Hours, Profile, Rate, Skill

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
ME = Profile(
    name="Erika",
    zone="Europe/Berlin",
    languages=("de", "en"),
    never=("gambling",),
    hours=Hours(start=time(9), end=time(17)),
    skills=(Skill("Python", 8, ("py",)), Skill("Django"), Skill("PostgreSQL")),
    rates=(Rate("hour", Decimal(60), Decimal(90), "EUR"),),
)


def lead(text: str = "", title: str = "A job", **fields: object) -> Lead:
    made = Lead(
        1, "Feed", title, text, "", "", "", (), (), NOW - timedelta(hours=3), NOW,
        read_pay(text).offers, (), "new", None, "", 0, 1,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def points(score: Score) -> dict[str, int]:
    return {part.name: part.points for part in score.parts}


def test_no_limit_lets_the_sum_leave_0_to_100() -> None:
    assert START - sum(LOSS.values()) >= 0
    assert START + sum(GAIN.values()) <= 100


def test_a_good_lead_says_what_counted() -> None:
    text = "Python and Django for 70-80 €/h, CET hours, fluent German. PostgreSQL too."
    score = judge(lead(text), Scale(ME, NOW))
    assert score.value == 40 + 24 + 10 + 5 + 4 + 3
    assert points(score) == {
        "start": 40, "skills": 24, "pay": 10, "hours": 5, "fresh": 4, "languages": 3,
    }  # fmt: skip
    assert score.missing == ()
    said = {part.name: part.words for part in score.parts}
    assert "3 of 3" in said["skills"]
    assert "€70–80/h" in said["pay"]
    assert "€60" in said["pay"]
    assert "CET" in said["hours"]
    assert "fluent German" in said["languages"]


def test_what_is_unknown_is_neutral_and_named() -> None:
    score = judge(lead("Python", posted=None), Scale(ME, NOW))
    assert points(score) == {"start": 40, "skills": 16}
    assert [each.split(":")[0] for each in score.missing] == [
        "Pay", "Hours", "Freshness", "Languages",
    ]  # fmt: skip


def test_too_little_known_gives_no_score_and_says_why() -> None:
    nothing = judge(lead("Help asap"), Scale(ME, NOW))
    stranger = judge(lead("Python"), Scale(Profile(), NOW))
    assert nothing.value is None
    assert nothing.parts == ()
    assert "neither a skill nor a pay" in nothing.why_not
    assert stranger.value is None
    assert "Your profile" in stranger.why_not


def test_skills_are_whole_words_under_all_their_names() -> None:
    mine = replace(ME, skills=(Skill("Java"), Skill("Go")))
    script = judge(lead("JavaScript only"), Scale(mine, NOW))
    verb = judge(lead("Java. Go to our site"), Scale(mine, NOW))
    listed = judge(lead("Java, Go, Kubernetes"), Scale(mine, NOW))
    alias = judge(lead("We need a py expert and k8s"), Scale(ME, NOW))
    assert [(each.name, each.yours) for each in script.asked] == [("JavaScript", False)]
    assert [each.name for each in verb.asked] == ["Java"]
    assert [each.name for each in listed.asked] == ["Java", "Go", "Kubernetes"]
    assert [(each.name, each.yours) for each in alias.asked] == [
        ("Python", True), ("Kubernetes", False),
    ]  # fmt: skip


def test_pay_below_the_floor_takes_and_another_currency_is_not_compared() -> None:
    low = judge(lead("Python for 30 €/h"), Scale(ME, NOW))
    dollars = judge(lead("Python for US$ 30/h"), Scale(ME, NOW))
    day = judge(lead("Python for 720 € a day"), Scale(ME, NOW))
    ceiling = judge(lead("Python for up to 200 €/h"), Scale(ME, NOW))
    assert points(low)["pay"] == -10
    assert low.pay is not None
    assert low.pay.below
    assert "pay" not in points(dollars)
    assert any("US$30/h" in each for each in dollars.missing)
    assert points(day)["pay"] == 16
    assert points(ceiling)["pay"] == 4


def test_the_never_list_takes_everything_and_quotes() -> None:
    score = judge(lead("Python for online gambling, 90 €/h"), Scale(ME, NOW))
    assert score.value == 0
    assert score.never == "gambling"
    assert "gambling" in score.parts[-1].words
    assert sum(part.points for part in score.parts) == 0
    assert judge(lead("Python, gamblingfree"), Scale(ME, NOW)).never == ""


def test_a_language_you_lack_takes_and_one_nobody_asks_for_does_not() -> None:
    danish = judge(lead("Danish speaking Python expert"), Scale(ME, NOW))
    assert points(danish)["languages"] == -7
    assert "languages" not in points(judge(lead("Python for a Danish company"), Scale(ME, NOW)))


def test_the_language_of_the_ad_itself_counts() -> None:
    german = "Wir suchen eine Person für die Arbeit an Python und das Testen, nicht auf Zeit."
    mine = judge(lead(german), Scale(ME, NOW))
    foreign = judge(lead(german), Scale(replace(ME, languages=("en",)), NOW))
    assert points(mine)["languages"] == 3
    assert points(foreign)["languages"] == -7
    assert foreign.parts[-1].words == "the ad is in German"


def test_a_point_switched_off_counts_nothing_and_says_what_it_would() -> None:
    before = judge(lead("Python for 90 €/h"), Scale(ME, NOW))
    after = judge(lead("Python for 90 €/h"), Scale(ME, NOW, frozenset({"pay"})))
    off = next(part for part in after.parts if part.name == "pay")
    assert (off.points, off.off, off.would) == (0, True, 16)
    assert after.value == (before.value or 0) - 16


def test_removing_a_named_skill_lowers_by_what_is_shown() -> None:
    job = lead("Python, Django, Kubernetes for 70 €/h")
    shown = explain(job, Scale(ME, NOW))
    change = next(each for each in shown.changes if each.name == "Kubernetes")
    more = replace(ME, skills=(*ME.skills, Skill("k8s", None, ("Kubernetes",))))
    assert judge(job, Scale(more, NOW)).value == change.score
    assert (change.score or 0) > (shown.value or 0)


def test_what_would_change_names_floor_and_unknown_pay() -> None:
    low = explain(lead("Python for 30 €/h"), Scale(ME, NOW))
    unpaid = explain(lead("Python"), Scale(ME, NOW))
    floor = next(each for each in low.changes if each.name == "floor")
    pay = next(each for each in unpaid.changes if each.name == "pay")
    lowered = replace(ME, rates=(replace(ME.rates[0], floor=Decimal(30)),))
    assert judge(lead("Python for 30 €/h"), Scale(lowered, NOW)).value == floor.score
    assert pay.score == (unpaid.value or 0) + 16


@pytest.mark.parametrize("client", ["", "Acme GmbH", "Priya Sharma", "Mr John Smith", "Nguyễn Thị"])
@pytest.mark.parametrize("place", ["Germany", "India", "United States", "Nigeria"])
@pytest.mark.parametrize("pronoun", ["he", "she", "they"])
def test_who_and_where_the_client_is_never_counts(client: str, place: str, pronoun: str) -> None:
    text = "Python and Django, 70 €/h, in {place}. Ask our manager, {pronoun} knows."
    one = judge(lead(text.format(place="France", pronoun="we")), Scale(ME, NOW))
    other = judge(lead(text.format(place=place, pronoun=pronoun), client=client), Scale(ME, NOW))
    assert other.value == one.value
    assert points(other) == points(one)


def test_words_of_no_matter_and_another_order_change_nothing() -> None:
    named = ("Python", "Django", "Figma", "SEO", *(f"Skill {n}" for n in range(20)))
    text = "Work on our shop for 70 €/h."
    one = judge(lead(text, skills=named), Scale(ME, NOW))
    other = judge(lead(f"{text} Our office has plants.", skills=named[::-1]), Scale(ME, NOW))
    assert one.value == other.value
    assert points(one) == points(other)


def test_a_skill_under_another_name_is_quoted() -> None:
    score = judge(lead("A py expert, k8s too"), Scale(ME, NOW))
    assert score.parts[1].words == "1 of 2: Python (“py”); not Kubernetes (“k8s”)"


def test_age_changes_the_score_exactly_when_it_is_said_to() -> None:
    job = lead("Python", posted=NOW - timedelta(hours=20))
    turn = judge_again(job, NOW)
    assert turn is not None
    before = judge(job, Scale(ME, turn - timedelta(seconds=2))).value
    assert before == judge(job, Scale(ME, NOW)).value
    assert judge(job, Scale(ME, turn)).value == (before or 0) - 1
    assert judge_again(lead("", posted=None), NOW) is None
    assert judge_again(lead("", posted=NOW - timedelta(days=400)), NOW) is None


WORDS = st.sampled_from([
    "Python", "Django", "React", "gambling", "Danish speaking", "fluent German", "CET", "UTC-8",
    "$30/hr", "€95/hr", "€20/h", "up to 70 €/h", "k8s", "Figma", "Go,", "urgent", "free test",
    "US hours", "PST", "Rust developer", "5k fixed", "Excel", "dbt", "1999", "remote",
])  # fmt: skip
OFFERS = st.builds(
    Offer,
    st.none() | st.decimals(1, 500, places=2),
    st.none() | st.decimals(1, 500, places=2),
    st.sampled_from(["hour", "day", "week", "fixed", "", "minutes:30"]),
    st.sampled_from(["EUR", "USD", ""]),
    st.just("x"),
)
PROFILES = st.builds(
    Profile,
    zone=st.sampled_from(["", "Europe/Berlin", "Asia/Tbilisi"]),
    languages=st.sampled_from([(), ("de",), ("en", "da")]),
    never=st.sampled_from([(), ("gambling",), ("React", "")]),
    skills=st.lists(
        st.sampled_from([Skill("Python"), Skill("Go"), Skill("Figma", 2, ("fig",)), Skill("ö")]),
        max_size=4,
    ).map(tuple),
    rates=st.lists(
        st.builds(
            Rate, st.sampled_from(["hour", "day", "fixed"]), st.none() | st.just(Decimal(60)),
            st.none() | st.just(Decimal(90)), st.just("EUR"),
        ),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


@given(
    st.lists(WORDS, max_size=14), st.lists(OFFERS, max_size=3), PROFILES,
    st.none() | st.integers(-40, 400), st.frozensets(st.sampled_from(PARTS)),
)  # fmt: skip
def test_the_parts_add_up_and_the_same_gives_the_same(
    words: list[str], offers: list[Offer], me: Profile, days: int | None, off: frozenset[str]
) -> None:
    posted = None if days is None else NOW - timedelta(days=days)
    job = lead(" ".join(words), posted=posted, offers=tuple(offers))
    scale = Scale(me, NOW, off)
    score = explain(job, scale)
    assert score == explain(job, scale)
    if score.value is None:
        assert score.parts == ()
        assert score.why_not
    else:
        assert sum(part.points for part in score.parts) == score.value
        assert 0 <= score.value <= 100
        assert all(isinstance(part.points, int) and part.words for part in score.parts)
