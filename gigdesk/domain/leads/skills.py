"""Which skills a lead asks for, and which of them the person has: whole words, all names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from gigdesk.domain.leads.skill_names import CATALOGUE, EVERYDAY
from gigdesk.domain.profile import Skill

NAMED_MOST, MOST = 30, 12
_LONGEST = 4
# Letters and digits of one script, with the signs that belong to names such as C++, C# and .NET.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"\.?[^\W_{_CJK}]+(?:[.'][^\W_{_CJK}]+)*[+#]*")
_LIST_MARK = re.compile(r"[,;/|()•·\n:]\s*$")
_LIST_NEXT = re.compile(r"\s*[,;/|()•·\n]")
_BESIDE = re.compile(
    r"\s+(?:developer|engineer|programmer|programming|language|expert|specialist|designer|skills|"
    r"experience|framework|app|apps|backend|services)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill a lead asks for: its one name, the words that say it, and whether it is yours."""

    name: str
    quote: str
    yours: bool

    def __str__(self) -> str:
        same = plain(self.name) == plain(self.quote)
        return self.name if same else f"{self.name} (“{self.quote}”)"


@dataclass(frozen=True, slots=True)
class _Token:
    words: str
    start: int
    end: int


def plain(name: str) -> str:
    """A name as it is compared: its words in small letters."""
    return " ".join(token.words for token in _tokens(name))


def asked_skills(
    named: Iterable[str], tags: Iterable[str], text: str, own: tuple[Skill, ...]
) -> tuple[Asked, ...]:
    """The skills asked for: all that were named as such, then what tags and text say, until there
    are twelve."""
    known, mine = _known(own), _mine(own)
    found: dict[str, Asked] = {}

    def take(name: str, quote: str, most: int = NAMED_MOST) -> None:
        if name and plain(name) not in found and len(found) < most:
            found[plain(name)] = Asked(name, quote, plain(name) in mine)

    for each in named:
        take(known.get(plain(each), each), each)
    for each in tags:
        take(known.get(plain(each), ""), each)
    for name, quote in _in_text(text, own):
        take(name, quote, MOST)
    return tuple(found.values())


def has_skill(name: str, own: tuple[Skill, ...]) -> bool:
    """Whether the person has this skill, under any of its names."""
    return plain(_known(own).get(plain(name), name)) in _mine(own)


def shared_skills(wanted: Iterable[str], shown: Iterable[str], own: tuple[Skill, ...]) -> set[str]:
    """Those wanted that are among the shown ones, whatever name either uses."""
    known = _known(own)
    have = {plain(known.get(plain(each), each)) for each in shown}
    return {each for each in wanted if plain(known.get(plain(each), each)) in have}


def says(text: str, phrase: str) -> str:
    """The words of `text` that are this phrase as whole words; empty when it is not there."""
    wanted = [token.words for token in _tokens(phrase)]
    if not wanted or wanted[0] not in text.casefold():
        return ""
    tokens = list(_tokens(text))
    for at in range(len(tokens) - len(wanted) + 1):
        if [token.words for token in tokens[at : at + len(wanted)]] == wanted:
            return text[tokens[at].start : tokens[at + len(wanted) - 1].end]
    return ""


def _tokens(text: str) -> Iterator[_Token]:
    for found in _WORD.finditer(text):
        yield _Token(found[0].casefold(), found.start(), found.end())


def _in_text(text: str, own: tuple[Skill, ...]) -> Iterator[tuple[str, str]]:
    tokens, at = list(_tokens(text)), 0
    known, begins = _known(own), _begins(own)
    while at < len(tokens):
        longest = begins.get(tokens[at].words, 0)
        for size in range(min(longest, len(tokens) - at), 0, -1):
            run = tokens[at : at + size]
            words = " ".join(token.words for token in run)
            name = known.get(words)
            if name and _meant(words, name, text, run[0].start, run[-1].end):
                yield name, text[run[0].start : run[-1].end]
                at += size
                break
        else:
            at += 1


def _meant(words: str, name: str, text: str, start: int, end: int) -> bool:
    """Whether an everyday word stands here as a skill's name."""
    if words not in EVERYDAY:
        return True
    if words == plain(name) and text[start:end] != name:
        return False
    after = text[end : end + 24]
    listed = _LIST_MARK.search(text[max(0, start - 4) : start]) or start == 0
    return bool(_BESIDE.match(after) or (listed and (_LIST_NEXT.match(after) or not after.strip())))


@cache
def _catalogue() -> dict[str, str]:
    return {plain(name): names[0] for names in CATALOGUE for name in names}


@lru_cache(maxsize=8)
def _known(own: tuple[Skill, ...]) -> dict[str, str]:
    """Every name that is looked for, and the skill's one name."""
    known = dict(_catalogue())
    for skill in own:
        for name in (skill.name, *skill.aliases):
            if plain(name):
                known[plain(name)] = _catalogue().get(plain(skill.name), skill.name)
    return known


@lru_cache(maxsize=8)
def _begins(own: tuple[Skill, ...]) -> dict[str, int]:
    """The first word of every name, and of how many words the longest such name is."""
    longest: dict[str, int] = {}
    for name in _known(own):
        words = name.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), min(len(words), _LONGEST))
    return longest


@lru_cache(maxsize=8)
def _mine(own: tuple[Skill, ...]) -> frozenset[str]:
    known = _known(own)
    return frozenset(plain(known[plain(skill.name)]) for skill in own if plain(skill.name))
