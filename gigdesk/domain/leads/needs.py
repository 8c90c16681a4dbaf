"""What an ad asks besides skills: the languages it wants, the hours it keeps, the effort."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from gigdesk.domain.profile import Hours
from gigdesk.domain.words import t

# Code -> names of the language in English and in itself.
LANGUAGES = {
    "en": "english", "de": "german deutsch", "fr": "french français", "es": "spanish español",
    "pt": "portuguese português", "it": "italian italiano", "nl": "dutch nederlands",
    "da": "danish dansk", "sv": "swedish svenska", "no": "norwegian norsk", "fi": "finnish suomi",
    "pl": "polish polski", "cs": "czech čeština", "sk": "slovak", "hu": "hungarian magyar",
    "ro": "romanian română", "bg": "bulgarian", "el": "greek", "tr": "turkish türkçe",
    "ru": "russian русский", "uk": "ukrainian українська", "ka": "georgian", "ar": "arabic",
    "he": "hebrew", "hi": "hindi", "zh": "chinese mandarin", "ja": "japanese", "ko": "korean",
    "vi": "vietnamese", "th": "thai", "id": "indonesian", "lt": "lithuanian", "lv": "latvian",
    "et": "estonian", "hr": "croatian", "sr": "serbian", "sl": "slovenian", "ca": "catalan",
}  # fmt: skip
# Zones as ads write them -> the zone whose clock is meant.
ZONES = {
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "GMT": "Etc/UTC", "UTC": "Etc/UTC",
    "WET": "Europe/Lisbon", "EET": "Europe/Helsinki", "MSK": "Europe/Moscow",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York",
    "EASTERN": "America/New_York", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles", "PACIFIC": "America/Los_Angeles", "CT": "America/Chicago",
    "CENTRAL": "America/Chicago", "MT": "America/Denver", "MOUNTAIN": "America/Denver",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "JST": "Asia/Tokyo",
    "LONDON": "Europe/London", "BERLIN": "Europe/Berlin", "PARIS": "Europe/Paris",
    "LISBON": "Europe/Lisbon", "NEW YORK": "America/New_York", "TORONTO": "America/Toronto",
    "SAN FRANCISCO": "America/Los_Angeles", "SYDNEY": "Australia/Sydney", "TOKYO": "Asia/Tokyo",
    "SGT": "Asia/Singapore", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
_CLEAR = "CET|CEST|EST|EDT|PST|PDT|AEST|AEDT|JST|SGT|NZST|NZDT|EET|MSK"
# Short and shared names count only beside a word of hours.
_BESIDE = (
    "WET|GMT|UTC|ET|PT|CT|MT|Eastern|Pacific|Central|Mountain|London|Berlin|Paris|Lisbon|New York|"
    "Toronto|San Francisco|Sydney|Tokyo"
)
_HOURS = r"(?:hours?|mornings?|afternoons?|time(?:\s?zones?)?|business hours|working hours|timezone|overlap)"
_START, _END = 9, 17
_WORD = re.compile(r"[^\W\d_]+")


def wanted_languages(text: str) -> tuple[tuple[str, str], ...]:
    """The languages an ad asks for by name, each with the words that say so."""
    found: dict[str, str] = {}
    words = set(_WORD.findall(text.casefold()))
    if words.isdisjoint(_codes()) and not any(word.endswith("kenntnisse") for word in words):
        return ()
    for each in _asking().finditer(text):
        name = next(part for part in each.groups() if part)
        found.setdefault(_codes()[name.casefold()], " ".join(each[0].split()))
    return tuple(found.items())


@cache
def _codes() -> dict[str, str]:
    return {name: code for code, names in LANGUAGES.items() for name in names.split()}


@cache
def _asking() -> re.Pattern[str]:
    name = "|".join(sorted(_codes(), key=len, reverse=True))
    return re.compile(
        rf"\b({name})[- ](?:speaking|speaker|speakers|required|fluency|language skills|"
        rf"is (?:required|a must)|native)\b"
        rf"|\b(?:fluent|fluency|proficient|native|business|professional|excellent|strong|good)"
        rf"(?: \w+)? (?:in |level )?({name})\b"
        rf"|\b(?:speak|speaks|write in|written in) ({name})\b"
        rf"|\b({name})(?:kenntnisse| erforderlich)\b",
        re.IGNORECASE,
    )


# Small words that tell a language by how often they stand; shared ones are left out.
_SMALL = {
    "en": "the and of for with we you our is are your this that".split(),
    "de": "und der die das nicht mit für wir eine ist auf den von".split(),
    "fr": "le les des une pour vous nous avec est dans et".split(),
    "es": "el los y una con por las del nuestro buscamos experiencia".split(),
    "pt": "os uma com não você do da em ao nosso buscamos".split(),
    "it": "il di che per della gli è siamo nostro cerchiamo".split(),
    "nl": "het een van voor met niet wij zijn ons".split(),
}
_CLEARLY = 5


def written_in(text: str) -> str:
    """The language an ad is written in, when its small words tell it clearly."""
    words = Counter(_WORD.findall(text.casefold()))
    found = sorted((sum(words[each] for each in small), code) for code, small in _SMALL.items())
    (second, _), (most, code) = found[-2:]
    return code if most >= _CLEARLY and most >= 2 * second else ""


def language_name(code: str) -> str:
    """What a language is called."""
    return t(LANGUAGES[code].split()[0].capitalize())


def named_zone(text: str) -> tuple[str, str]:
    """The zone whose hours an ad keeps (a name, or an offset such as `+5.5`) and the words that say
    it; empty when none or several are named."""
    found: dict[str, str] = {}
    for each in _zone_words().finditer(text):
        offset = each["offset"]
        if offset:
            hours = float(int(offset[:3] if offset[0] in "+-" else offset))
            found.setdefault(f"{hours + (0.5 if each['half'] else 0):+g}", each[0])
        else:
            word = next(each[name] for name in ("clear", "before", "area") if each[name])
            found.setdefault(ZONES.get(word.upper(), word), each[0])
    if len(found) == 1:
        zone, words = found.popitem()
        return zone, " ".join(words.split())
    return "", ""


@cache
def _zone_words() -> re.Pattern[str]:
    area = r"(?:Europe|America|Asia|Africa|Australia|Pacific)/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?"
    return re.compile(
        rf"\b(?:UTC|GMT)\s?(?P<offset>[+-]\d{{1,2}})(?P<half>:30)?\b"
        rf"|\b(?P<clear>{_CLEAR})\b"
        rf"|\b(?P<before>{_BESIDE})\s+(?:\w+\s+)?{_HOURS}\b"
        rf"|\b(?P<area>{area})\b"
    )


def overlap(zone: str, own: ZoneInfo, hours: Hours, now: datetime) -> float:
    """How many hours of their nine to five fall into the person's own working day."""
    mine = now.astimezone(own).utcoffset() or timedelta()
    theirs = _offset(zone, now)
    ahead = (mine - theirs) / timedelta(hours=1)
    start = hours.start.hour + hours.start.minute / 60
    end = hours.end.hour + hours.end.minute / 60
    shifts = (ahead - 24, ahead, ahead + 24)
    return max(max(0.0, min(end, _END + by) - max(start, _START + by)) for by in shifts)


def _offset(zone: str, now: datetime) -> timedelta:
    if zone[0] in "+-":
        return timedelta(hours=float(zone))
    try:
        return now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    except (ValueError, OSError, LookupError):
        return timedelta()


_EFFORT = re.compile(
    r"\b(\d{1,2}\s?(?:-|–|to)\s?\d{1,2}|\d{1,2})\s?\+?\s?"
    r"(?:(weeks?|months?|Wochen|Monate)\b|(?:h|hrs?|hours?|Std)\s?(?:/|per|a|pro)\s?(week|wk|Woche)\b)",
    re.IGNORECASE,
)


def effort(text: str) -> str:
    """How long or how much, as the ad says it: `3-4 weeks`, `20 hours per week`."""
    found = _EFFORT.search(text)
    return " ".join(found[0].split()) if found else ""
