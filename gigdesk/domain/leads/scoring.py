"""The score of a lead: whole points that add up, each with its reason; what is unknown is neutral.

Every lead starts in the middle and gains or loses from there; the limits of the parts are chosen so
that the sum never leaves 0 to 100. Who the client is or where they are is no part of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from gigdesk.domain.leads.needs import (
    language_name,
    named_zone,
    overlap,
    wanted_languages,
    written_in,
)
from gigdesk.domain.leads.rates import Fit, compare
from gigdesk.domain.leads.records import Lead
from gigdesk.domain.leads.skills import Asked, asked_skills, says
from gigdesk.domain.profile import Profile, Skill
from gigdesk.domain.words import n, number_text, t

VERSION = 4
START = 40
# Most points a part can give and take; with START the sum stays within 0 and 100.
GAIN = {"skills": 32, "pay": 16, "hours": 5, "fresh": 4, "languages": 3}
LOSS = {"skills": 18, "pay": 10, "hours": 3, "fresh": 2, "languages": 7}
PARTS = tuple(GAIN)
# Age in days -> points; older than all is the last.
_AGES = ((1, 4), (3, 3), (7, 1), (14, 0), (30, -1))


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing gave or took. `off`: the person switched it off, so it counts nothing;
    `would`: what it would count."""

    name: str
    points: int
    title: str
    words: str
    off: bool = False
    would: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What would change the score: a condition in words and the score it would bring."""

    name: str
    words: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """The judgement: the parts add up to `value`; None when too little is known, `why_not` says
    what. `never`: the word of the never-list that was met."""

    value: int | None
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()
    why_not: str = ""
    never: str = ""
    asked: tuple[Asked, ...] = ()
    pay: Fit | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """What a lead is measured with: the person, what they switched off, and the clock."""

    profile: Profile
    now: datetime
    off: frozenset[str] = field(default_factory=frozenset)

    @property
    def mark(self) -> str:
        """Differs when a score reckoned before may differ now, the clock aside."""
        mine = self.profile
        kept = (
            VERSION, mine.skills, mine.rates, mine.languages, mine.never, mine.hours, mine.zone,
            sorted(self.off),
        )  # fmt: skip
        return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]


def judge(lead: Lead, scale: Scale) -> Score:
    """The lead measured; the same input gives the same score."""
    profile = scale.profile
    asked = asked_skills(lead.skills, lead.tags, lead.whole, profile.skills)
    fit = compare(lead.offers, profile)
    never = next((word for word in profile.never if says(lead.whole, word)), "")
    why_not = _too_little(profile, asked, fit)
    if why_not:
        return Score(None, (), (), why_not, never, asked, fit)
    parts, missing = [Part("start", START, t("Where every lead starts"), t("the middle"))], []
    for found in (
        _skills(asked, profile),
        _pay(fit),
        _hours(lead, scale),
        _fresh(lead, scale.now),
        _languages(lead, profile),
    ):
        if isinstance(found, str):
            missing.append(found)
        else:
            parts.append(_switched(found, scale.off))
    if never:
        taken = -sum(part.points for part in parts)
        parts.append(Part("never", taken, t("On your never-list"), t("“{word}”", word=never)))
    total = sum(part.points for part in parts)
    return Score(total, tuple(parts), tuple(missing), "", never, asked, fit)


def explain(lead: Lead, scale: Scale) -> Score:
    """The same with what would change it, each reckoned anew."""
    score = judge(lead, scale)
    changes = (each for each in _changes(lead, scale, score) if each.score != score.value)
    return replace(score, changes=tuple(changes))


def judge_again(lead: Lead, now: datetime) -> datetime | None:
    """When its age changes the score by itself; None when it never will."""
    if lead.posted is None or lead.posted > now + timedelta(days=1):
        return None
    for days, _points in _AGES:
        turn = lead.posted + timedelta(days=days)
        if turn >= now:
            return turn + timedelta(seconds=1)
    return None


def _too_little(profile: Profile, asked: tuple[Asked, ...], fit: Fit) -> str:
    if not profile.skills and not profile.rates:
        return t("Your profile names no skills and no rates yet.")
    if (profile.skills and asked) or fit.points is not None:
        return ""
    if fit.value is None and not asked:
        return t("The ad names neither a skill nor a pay.")
    return t("Nothing the ad names can be compared with your profile: {why}", why=fit.missing)


def _switched(part: Part, off: frozenset[str]) -> Part:
    if part.name not in off:
        return replace(part, would=part.points)
    return replace(part, points=0, off=True, would=part.points)


def _skills(asked: tuple[Asked, ...], profile: Profile) -> Part | str:
    if not profile.skills:
        return t("Skills: your profile names none yet.")
    if not asked:
        return t("Skills: the ad names none.")
    have = [each for each in asked if each.yours]
    lack = [each for each in asked if not each.yours]
    share = (2 * len(have) - len(asked)) / (len(asked) + 1)  # one unknown of even odds beside them
    points = round(share * (GAIN if share > 0 else LOSS)["skills"])
    words = t("{n} of {all}", n=len(have), all=len(asked))
    if have:
        words += ": " + ", ".join(str(each) for each in have[:4])
    if lack:
        words += t("; not {names}", names=", ".join(str(each) for each in lack[:3]))
    return Part("skills", points, t("Skills you have"), words)


def _pay(fit: Fit) -> Part | str:
    if fit.points is None:
        return fit.missing
    title = t("Pay above your floor") if fit.points > 0 else t("Pay against your rate")
    return Part("pay", fit.points, t("Pay below your floor") if fit.below else title, fit.words)


def _hours(lead: Lead, scale: Scale) -> Part | str:
    zone, quote = named_zone(lead.text)
    if not zone:
        return t("Hours: the ad names no time zone.")
    if not scale.profile.zone:
        return t("Hours: your profile names no time zone.")
    own = ZoneInfo(scale.profile.zone)
    shared = overlap(zone, own, scale.profile.hours, scale.now)
    points = 5 if shared >= 6 else 3 if shared >= 4 else 1 if shared >= 2 else -3
    hours = number_text(Decimal(f"{shared:.1f}").normalize() if shared else Decimal(0))
    words = t("{n} h together, they say “{quote}”", n=hours, quote=quote)
    return Part("hours", points, t("Working hours overlap"), words)


def _fresh(lead: Lead, now: datetime) -> Part | str:
    if lead.posted is None:
        return t("Freshness: no date of posting.")
    age = now - lead.posted
    if age < -timedelta(days=1):
        return t("Freshness: the date of posting lies in the future.")
    points = next((p for days, p in _AGES if age <= timedelta(days=days)), -LOSS["fresh"])
    hours = max(0, int(age / timedelta(hours=1)))
    words = (
        n("posted {n} hour ago", "posted {n} hours ago", hours)
        if hours < 48
        else n("posted {n} day ago", "posted {n} days ago", age.days)
    )
    return Part("fresh", points, t("How fresh it is"), words)


def _languages(lead: Lead, profile: Profile) -> Part | str:
    wanted, written = wanted_languages(lead.whole), written_in(lead.text)
    mine = {code.split("-")[0].lower() for code in profile.languages}
    lacking = [quote for code, quote in wanted if code not in mine]
    if not mine:
        asked = wanted or written not in {"", "en"}
        none, unnamed = t("Languages: your profile names none."), t("Languages: the ad names none.")
        return none if asked else unnamed
    if lacking or (written and written not in mine):
        words = t("they say “{quote}”", quote=lacking[0]) if lacking else _in(written)
        return Part("languages", -LOSS["languages"], t("A language you do not name"), words)
    if wanted or written not in {"", "en"}:
        words = t("they say “{quote}”", quote=wanted[0][1]) if wanted else _in(written)
        return Part("languages", GAIN["languages"], t("A language you speak"), words)
    return t("Languages: the ad names none.")


def _in(code: str) -> str:
    return t("the ad is in {language}", language=language_name(code))


def _changes(lead: Lead, scale: Scale, score: Score) -> Iterator[Change]:
    """Other worlds, judged: each missing skill, the floor, a pay at your target."""
    if score.never:
        less = tuple(word for word in scale.profile.never if word != score.never)
        words = t("If “{word}” were not on your never-list", word=score.never)
        yield _change("never", words, lead, scale, replace(scale.profile, never=less))
    for each in [each for each in score.asked if not each.yours][:3]:
        more = (*scale.profile.skills, Skill(each.name))
        words = t("If you had {skill}", skill=each.name)
        yield _change(each.name, words, lead, scale, replace(scale.profile, skills=more))
    fit = score.pay
    if fit is not None and fit.below and fit.rate is not None and fit.value is not None:
        lower = replace(fit.rate, floor=fit.value)
        rates = tuple(lower if rate == fit.rate else rate for rate in scale.profile.rates)
        words = t("If your floor were {pay}", pay=fit.said)
        yield _change("floor", words, lead, scale, replace(scale.profile, rates=rates))
    if fit is not None and fit.points is None and scale.profile.rates:
        from gigdesk.domain.leads.rates import at_target, offer_words

        offer = at_target(scale.profile.rates[0])
        paid = judge(replace(lead, offers=(offer,)), scale)
        yield Change("pay", t("If it paid {pay}", pay=offer_words(offer)), paid.value)


def _change(name: str, words: str, lead: Lead, scale: Scale, profile: Profile) -> Change:
    return Change(name, words, judge(lead, replace(scale, profile=profile)).value)
