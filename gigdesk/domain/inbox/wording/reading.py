"""A mail's words as they are weighed: which tables they are in, what was quoted, what looks like a time
or an amount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gigdesk.domain.inbox.wording.accounts import accounts_in
from gigdesk.domain.inbox.wording.words import WORDS

_LOOKED_AT = 1400  # letters of the body
_QUOTE_BEGINS = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|urspr\w+ nachricht|message d'origine|mensaje original|"
    r"messaggio originale|weitergeleitete nachricht|forwarded message)"
    r"|on .{6,80} wrote:|am .{6,80} schrieb.{0,60}:|le .{4,80} a écrit\s*:|el .{6,80} escribió:"
    r"|il .{6,80} ha scritto:)",
    re.I | re.M,
)
# What makes a number an hour: 14:30, 14h, 2 pm, 14 Uhr. It is looked for from the number on, since a
# pattern that begins with a digit skips all the rest at once.
_CLOCK = re.compile(r"\d{1,2}(?:[:.][0-5]\d(?![\d.])|\s?h\s?(?:[0-5]\d)?\b|\s?(?:am|pm|uhr)\b)")
_NUMBER = re.compile(r"\d+")
# Hours in words.
_SPOKEN = re.compile(
    r"\b(?:at|after|before|around|until)"
    r" (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\bum (?:eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf)\b"
    r"|\b(?:une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze) heures?\b"
    r"|\ba las? (?:una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)\b"
    r"|\balle (?:due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici)\b"
)
# Before a number that is an hour.
_AT = frozenset("at um ab a vers las alle ore kl om o nach after before between dopo apres".split())
_HALVES = frozenset("halb half mezza media noon midday mittag midi mediodia mezzogiorno".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday tomorrow tonight"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag montags dienstags morgen ubermorgen"
    " lundi mardi mercredi jeudi vendredi samedi dimanche demain"
    " lunes martes miercoles jueves viernes sabado domingo manana"
    " lunedi martedi mercoledi giovedi venerdi sabato domenica domani domattina dopodomani"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " poniedzialek wtorek sroda srode czwartek piatek jutro amanha segunda terca quarta quinta sexta"
    " mandag tirsdag onsdag torsdag fredag lordag sondag imorgon"
    " შაბათს ორშაბათს სამშაბათს ოთხშაბათს ხუთშაბათს პარასკევს კვირას ხვალ".split()
)
_MONEY = frozenset("eur euro euros gbp usd chf pln zl sek nok dkk kr".split())
_SIGNS = re.compile(r"[€£$]\s?\d|\d\s?[€£$]")
_LATIN = {
    code: folded_letter
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if (folded_letter := unicodedata.normalize("NFKD", chr(code))[0].lower()) != chr(code)
}
_PLAIN = str.maketrans(
    {**_LATIN, **dict.fromkeys(range(0x300, 0x370)), ord("ß"): "ss", ord("ł"): "l", ord("Ł"): "l",
     ord("ø"): "o", ord("Ø"): "o", ord("æ"): "ae", ord("œ"): "oe", ord("ı"): "i", ord("đ"): "d",
     ord("’"): "'", ord("\u00a0"): " "}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What a mail says, as it is weighed. `said` is kind -> weight in the sender's own words, `first`
    the words that weighed; `own` is folded; `accounts` are those of what is quoted, too."""

    own: str
    said: Mapping[str, float]
    titled: Mapping[str, float]
    first: Mapping[str, tuple[str, ...]]
    times: bool = False
    days: bool = False
    amounts: bool = False
    asks: bool = False
    length: int = 0
    accounts: tuple[str, ...] = ()


def read(subject: str, text: str) -> Read:
    """Weigh the words of a subject and of what the sender wrote under it."""
    own = own_words(text[: 4 * _LOOKED_AT])[:_LOOKED_AT]
    body, title = folded(own), folded(subject[:500])
    words, heading = _pieces(body), _pieces(title)
    titled, in_title = _weigh(heading, title, subject)
    said, in_body = _weigh(words, body, own)
    every = frozenset((*words, *heading))
    return Read(
        own=body,
        said=said,
        titled=titled,
        first={
            kind: (*in_title.get(kind, ()), *in_body.get(kind, ())) for kind in {*said, *titled}
        },
        times=_times(every, f"{title}\n{body}"),
        days=not _DAYS.isdisjoint(every),
        amounts=not _MONEY.isdisjoint(every) or _SIGNS.search(f"{title} {body}") is not None,
        asks="?" in own,
        length=len(own),
        accounts=accounts_in(f"{subject}\n{text}"),
    )


def longest(phrases: Sequence[str]) -> list[str]:
    """These phrases without those that are part of another, as they came."""
    whole = sorted(dict.fromkeys(phrases), key=len, reverse=True)
    kept: list[str] = []
    for each in whole:
        if not any(each in other for other in kept):
            kept.append(each)
    return [each for each in dict.fromkeys(phrases) if each in kept]


def words_of(subject: str, text: str) -> frozenset[str]:
    """All the words of a subject and of what the sender wrote under it."""
    own = own_words(text[: 4 * _LOOKED_AT])[:_LOOKED_AT]
    return frozenset(_pieces(folded(f"{subject[:500]}\n{own}")))


def _times(words: frozenset[str], text: str) -> bool:
    """Whether it names an hour."""
    if not _HALVES.isdisjoint(words) or _SPOKEN.search(text):
        return True
    return any(
        int(found[0]) <= 24 and (_CLOCK.match(text, found.start()) or _after_at(text, found))
        for found in _NUMBER.finditer(text)
        if found.end() - found.start() <= 2
        and not text[found.start() - 1 : found.start()].isalnum()
    )


def _after_at(text: str, found: re.Match[str]) -> bool:
    """`at 5`, `um 11`, `a las 17`."""
    before = text[max(0, found.start() - 10) : found.start()].split()
    after = text[found.end() : found.end() + 1]
    return (
        bool(before) and before[-1] in _AT and not after.isalnum() and after not in {"%", ".", ","}
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
    return text.lower() if text.isascii() else text.translate(_PLAIN).lower()


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


# Kinds whose phrases take their words from other kinds.
_SAYS = frozenset({"private", "invoice", "meeting", "lead", "met", "newsletter", "notification"})
_NAMED = 6  # words of a kind that are kept for its reasons
_PIECE = re.compile(r"[\w%*]+")


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


def _weigh(
    words: Sequence[str], text: str, written: str
) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    """kind -> what its words weigh together, and which they are, as `written`; each counts once."""
    found: dict[tuple[str, tuple[str, ...]], _Hit] = {}
    longer: list[_Hit] = []
    last = len(words) - 1
    for at, word in enumerate(words):
        start = _starting(word)
        if start is None:
            continue
        for entry in start.sure:
            found[entry.kind, entry.words] = _Hit(entry, at, word)
        after = words[at + 1] if at < last else ""
        for entry in (*start.then.get(after, ()), *start.loose):
            if _fits(entry, words, at):
                hit = _Hit(entry, at, " ".join(words[at : at + len(entry.words)]))
                found[entry.kind, entry.words] = hit
                longer.append(hit)
    return _summed([each for each in found.values() if not _inside(each, longer)], text, written)


@dataclass(frozen=True, slots=True)
class _Hit:
    """An entry where it was found."""

    entry: _Entry
    at: int
    phrase: str


def _inside(hit: _Hit, longer: Sequence[_Hit]) -> bool:
    """Whether a word is only part of a phrase that says something else: `im Auftrag` is no order."""
    if len(hit.entry.words) > 1:
        return False
    return any(
        each.at <= hit.at < each.at + len(each.entry.words)
        and each.entry.kind in _SAYS
        and each.entry.kind != hit.entry.kind
        for each in longer
    )


def _summed(
    hits: Sequence[_Hit], text: str, written: str
) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    weights: dict[str, float] = {}
    named: dict[str, tuple[str, ...]] = {}
    for hit in hits:
        kind = hit.entry.kind
        weights[kind] = weights.get(kind, 0.0) + hit.entry.weight
        if len(named.get(kind, ())) < _NAMED:
            named[kind] = (*named.get(kind, ()), _as_written(hit.phrase, text, written))
    return weights, named


def _as_written(phrase: str, text: str, written: str) -> str:
    """The words with their accents and capitals, where they stand at the same place."""
    at = text.find(phrase) if len(text) == len(written) else -1
    return written[at : at + len(phrase)] if at >= 0 else phrase


@dataclass(frozen=True, slots=True)
class _Start:
    """What begins with a word: entries that are this word alone, those with a certain word after it,
    and those whose second word may end in many ways."""

    sure: tuple[_Entry, ...]
    then: Mapping[str, tuple[_Entry, ...]]
    loose: tuple[_Entry, ...]


@lru_cache(maxsize=50_000)
def _starting(word: str) -> _Start | None:
    exact, begun, sizes = _table()
    beginnings = (word[:size] for size in sizes if size <= len(word))
    every = [*exact.get(word, ()), *(each for start in beginnings for each in begun.get(start, ()))]
    if not every:
        return None
    longer = [each for each in every if len(each.words) > 1]
    loose = [each for each in longer
             if each.words[1].endswith("*") or (each.open and len(each.words) == 2)]  # fmt: skip
    then: dict[str, tuple[_Entry, ...]] = {}
    for each in longer:
        if each not in loose:
            then[each.words[1]] = (*then.get(each.words[1], ()), each)
    return _Start(tuple(each for each in every if len(each.words) == 1), then, tuple(loose))


def _fits(entry: _Entry, words: Sequence[str], at: int) -> bool:
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
