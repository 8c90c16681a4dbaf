"""A mail's words as they are weighed: which tables they are in, what was quoted, what looks like a time
or an amount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from gigdesk.domain.inbox.sorting.words import WORDS

_LOOKED_AT = 6000  # letters of the body
_WORD = re.compile(r"[\w%]+(?:[-'][\w%]+)*")
_QUOTE_BEGINS = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|urspr\w+ nachricht|message d'origine|mensaje original|"
    r"messaggio originale|weitergeleitete nachricht|forwarded message)"
    r"|on .{6,80} wrote:|am .{6,80} schrieb.{0,60}:|le .{4,80} a écrit\s*:|el .{6,80} escribió:"
    r"|il .{6,80} ha scritto:)",
    re.I | re.M,
)
_TIME = re.compile(
    r"\b(?:[01]?\d|2[0-4])(?:[:.][0-5]\d(?!\d|\.\d| ?(?:eur|€))|\s?h\s?(?:[0-5]\d)?\b"
    r"|\s?(?:am|pm|p\.m\.|a\.m\.|uhr)\b)"
    r"|\b(?:at|um|ab|à|vers|las|alle|ore|kl|om|o)\s(?:[01]?\d|2[0-4])\b(?!\s?(?:%|€|eur))"
    r"|\bhalb \w+|\bhalf past|\be mezza\b|\by media\b"
    r"|\b(?:between|after|before|nach|dopo le|apres|despues de las) (?:two|three|four|ten|\d{1,2})\b",
    re.I,
)
_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b|\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b"
    r"|\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środ\w|czwartek|piątek)\b"
    r"|\b(?:tomorrow|morgen|demain|mañana|domani)\b|შაბათ|ორშაბათ|კვირა",
    re.I,
)
_AMOUNT = re.compile(
    r"(?:[€£$]|\b(?:eur|gbp|usd|chf|pln|sek|nok))\s?\d[\d.,' ]*|\d[\d.,]*\s?(?:[€£$]|(?:eur|euro|euros|gbp|usd|chf|zł|kr)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a mail says, as it is weighed. `said` is kind -> weight in the sender's own words, `first`
    the words that weighed; `own` and `whole` are plain."""

    own: str
    subject: str
    words: frozenset[str]
    said: Mapping[str, float]
    titled: Mapping[str, float]
    first: Mapping[str, tuple[str, ...]]
    times: int = 0
    days: int = 0
    amounts: int = 0
    asks: bool = False
    length: int = 0
    counted: tuple[str, ...] = field(default=())


def read(subject: str, text: str) -> Read:
    """Weigh the words of a subject and of what the sender wrote under it."""
    own = own_words(text)[:_LOOKED_AT]
    body, title = folded(own), folded(subject)
    words = frozenset(_WORD.findall(body))
    titled, in_title = _weigh(title)
    said, in_body = _weigh(body)
    kinds = {*said, *titled}
    return Read(
        own=body,
        subject=title,
        words=words | frozenset(_WORD.findall(title)),
        said=said,
        titled=titled,
        first={kind: (*in_title.get(kind, ()), *in_body.get(kind, ())) for kind in kinds},
        times=_count(_TIME, own) + _count(_TIME, subject),
        days=_count(_DAY, own) + _count(_DAY, subject),
        amounts=_count(_AMOUNT, own) + _count(_AMOUNT, subject),
        asks="?" in own,
        length=len(own),
        counted=tuple(sorted(words)[:400]),
    )


def own_words(text: str) -> str:
    """What the sender wrote: without quoted lines and what stands under a heading of a quote."""
    found = _QUOTE_BEGINS.search(text)
    if found and found.start() > 0 and text[: found.start()].strip():
        text = text[: found.start()]
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    return "\n".join(lines)


def folded(text: str) -> str:
    """Small letters without accents."""
    text = text.lower().replace("ß", "ss").replace("ł", "l").replace("’", "'")
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if not unicodedata.combining(each))


def _count(pattern: re.Pattern[str], text: str) -> int:
    return min(9, sum(1 for _ in pattern.finditer(text)))


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    weight: float
    words: tuple[str, ...]
    open: bool  # any ending


@cache
def _table() -> tuple[dict[str, list[_Entry]], dict[str, list[_Entry]], tuple[int, ...]]:
    """The entries by their first word, and by the beginning of it; and how long beginnings are."""
    exact: dict[str, list[_Entry]] = {}
    begun: dict[str, list[_Entry]] = {}
    for entry in _entries():
        alone = entry.open and len(entry.words) == 1
        first = entry.words[0]
        (begun if alone or first.endswith("*") else exact).setdefault(first.rstrip("*"), []).append(
            entry
        )
    return exact, begun, tuple(sorted({len(each) for each in begun}))


def _entries() -> Iterator[_Entry]:
    for kind, weights in WORDS.items():
        for weight, lines in weights.items():
            phrases = {each for line in lines.splitlines() for each in line.split("|")}
            for phrase in sorted(" ".join(each.split()) for each in phrases):
                words = tuple(_pieces(folded(phrase.rstrip("*"))))
                if words:
                    yield _Entry(kind, weight, words, phrase.endswith("*"))


def _pieces(text: str) -> list[str]:
    return re.findall(r"[\w%*]+", text)


def _weigh(text: str) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    """kind -> what its words weigh together, and which they are; each counts once."""
    words = _pieces(text)
    found: dict[tuple[str, tuple[str, ...]], float] = {}
    for at, word in enumerate(words):
        for entry in _candidates(word):
            if _fits(entry, words, at):
                found[entry.kind, entry.words] = entry.weight
    weights: dict[str, float] = {}
    named: dict[str, tuple[str, ...]] = {}
    for (kind, phrase), weight in found.items():
        weights[kind] = weights.get(kind, 0.0) + weight
        named[kind] = (*named.get(kind, ()), " ".join(phrase))
    return weights, named


@lru_cache(maxsize=20_000)
def _candidates(word: str) -> tuple[_Entry, ...]:
    """The entries that may begin with this word."""
    exact, begun, sizes = _table()
    beginnings = (word[:size] for size in sizes if size <= len(word))
    return (*exact.get(word, ()), *(entry for each in beginnings for entry in begun.get(each, ())))


def _fits(entry: _Entry, words: list[str], at: int) -> bool:
    wanted = entry.words
    last = len(wanted) - 1
    if at + last >= len(words):
        return False
    for step, piece in enumerate(wanted):
        word = words[at + step]
        if piece.endswith("*") or (entry.open and step == last):
            if not word.startswith(piece.rstrip("*")):
                return False
        elif word != piece:
            return False
    return True
