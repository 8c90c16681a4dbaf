"""Translating a text piece by piece, its facts kept out of the model's hands and compared afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.amounts import Seen, figure
from gigdesk.domain.drafts.filling import Slot
from gigdesk.domain.drafts.folding import fold
from gigdesk.domain.drafts.guard import values_in
from gigdesk.domain.drafts.languages import LANGUAGES
from gigdesk.domain.drafts.letter import visible
from gigdesk.domain.prompts import Part, Prompt
from gigdesk.domain.proposals import Fact, Finding
from gigdesk.domain.words import date_text, money_text, t

if TYPE_CHECKING:
    from gigdesk.domain.records import Ref

PIECE = 600
SMALLEST = 60  # a piece that is halved further makes no sense
_TOKENS_LEAST, _SENTENCE = 48, re.compile(r"(?<=[.!?…:;])\s+|\n+")
_NUMBER = re.compile(r"(?<![\d])\d+(?:[.,:'’/-]?\d+)*")
_LONG_NUMBER = re.compile(r"[^\W_]*\d[\w./-]*\d[\w./-]*\d\w*")
_PREFIXES = "abcefghjkmnpqrstuvwxyz"
UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text, and the space that stands behind it."""

    text: str
    after: str = ""

    @property
    def says(self) -> bool:
        """Whether there is a word in it to translate."""
        bare = re.sub(r"\{[a-z]\d+\}", "", self.text)
        return any(len(word) < 60 and word[:1].isalpha() for word in re.findall(r"\w+", bare))


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text whose facts are slots, each with what will stand there in the other language."""

    text: str
    slots: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language beside its original. `whole` is false when it was stopped; `left` says
    what of it was not translated on purpose."""

    original: str
    text: str
    source: str
    target: str
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    whole: bool = True
    left: str = ""


def pieces_of(text: str, most: int = PIECE) -> list[Piece]:
    """The text in pieces that a model takes at once: joined again they are the text, to the letter."""
    found: list[Piece] = []
    for paragraph in _split(text, re.compile(r"\n\s*\n|\n")):
        if len(paragraph.text) <= most:
            found.append(paragraph)
            continue
        inner = [part for each in _split(paragraph.text, _SENTENCE) for part in _cut(each, most)]
        found += [*inner[:-1], Piece(inner[-1].text, inner[-1].after + paragraph.after)]
    return _joined(found, most)


def halves(piece: Piece) -> list[Piece]:
    """The same in two, or nothing where it is too small for that."""
    if len(piece.text) <= SMALLEST:
        return []
    parts = pieces_of(piece.text, len(piece.text) // 2 + 1)
    return [*parts[:-1], Piece(parts[-1].text, parts[-1].after + piece.after)]


def hidden(text: str, facts: Sequence[Fact], where: str, today: date) -> Hidden:
    """The text with slots in place of facts, amounts, dates, links, addresses, accounts and long
    numbers; what is written otherwise in the other language is written so (`where` is its locale)."""
    prefix = next((each for each in _PREFIXES if f"{{{each}" not in text), "")
    if not prefix:
        return Hidden(text, {})
    pieces: list[str] = []
    slots: dict[str, Slot] = {}
    at = 0
    for start, end, said, ref in _spans(text, facts, where, today):
        if start < at or "\n\n" in text[start:end]:
            continue
        name = f"{prefix}{len(slots) + 1}"
        slots[name] = Slot(name, said, ref=ref)
        pieces += [text[at:start], f"{{{name}}}"]
        at = end
    return Hidden("".join([*pieces, text[at:]]), slots)


def prompt_of(
    rules: str, piece: Piece, slots: Mapping[str, Slot], target: str, mark: str
) -> Prompt:  # fmt: skip
    """What the model is asked for one piece: our rules first, the piece last and as data."""
    used = [slots[name] for name in re.findall(r"\{([a-z]\d+)\}", piece.text) if name in slots]
    parts = [
        Part(rules.strip() + "\n", trusted=True, role="system"),
        Part(f"Language: {LANGUAGES[target]}.\n", trusted=True),
        *_slot_parts(used),
        Part(f"\nThe letter, between the marks {mark}:\n{mark}\n", trusted=True),
        Part(visible(piece.text)),
        Part(f"\n{mark}\n", trusted=True),
    ]
    return Prompt(tuple(parts), max(_TOKENS_LEAST, len(piece.text)), temperature=0.0)


def differences(original: str, translated: str, today: date) -> tuple[Finding, ...]:
    """Every amount, date, number, link, address and account that only one of the two texts has."""
    before, after = _values(original, today), _values(translated, today)
    known_before = {(kind, value) for kind, value, _, _ in before}
    known_after = {(kind, value) for kind, value, _, _ in after}
    added = [
        Finding(kind, translated[start:end], start, end, t("the original does not say this"))
        for kind, value, start, end in after
        if (kind, value) not in known_before
    ]
    end_of = len(translated)
    lost: dict[tuple[str, object], Finding] = {}
    for kind, value, start, end in before:
        if (kind, value) not in known_after and (kind, value) not in lost:
            why = t("the original says this, the translation does not")
            lost[kind, value] = Finding(kind, original[start:end], end_of, end_of, why)
    return (*added, *lost.values())


def left_as_it_was(start: int, words: str) -> Finding:
    """Marks a piece the model could not translate."""
    why = t("the model came to no end here: these are the original words")
    return Finding(UNTRANSLATED, words, start, start + len(words), why)


# --- values -------------------------------------------------------------------------------------
def _values(text: str, today: date) -> list[tuple[str, object, int, int]]:
    """Kind, value and place of everything that must be the same in both."""
    folded = fold(text)
    found = []
    rest = folded.text
    for kind, seen in values_in(folded, today):
        value = seen.value if seen.value is not None else folded.text[seen.start : seen.end]
        found.append((kind, value, *folded.span(seen.start, seen.end)))
        rest = rest[: seen.start] + " " * (seen.end - seen.start) + rest[seen.end :]
    found += [
        ("number", _number(each[0]), *folded.span(each.start(), each.end()))
        for each in _NUMBER.finditer(rest)
    ]
    return sorted(found, key=lambda each: each[2])


def _number(written: str) -> object:
    plain = written.replace(":", ".").replace("/", "-")
    if "-" in plain:
        return plain
    value = figure(plain)
    return written if value is None else value.normalize()


def _spans(
    text: str, facts: Sequence[Fact], where: str, today: date
) -> Iterator[tuple[int, int, str, Ref | None]]:
    """What is put away, in order: records' words first, then values, then long numbers."""
    folded = fold(text)
    seen = list(values_in(folded, today))
    found: list[tuple[int, int, str, Ref | None]] = []
    refs = [(fact.start, fact.end, fact.ref) for fact in facts]
    for kind, each in seen:
        start, end = folded.span(each.start, each.end)
        ref = next((ref for at, to, ref in refs if at < end and start < to), None)
        inside = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
        written = text[start:end]
        said = written if inside else _said(kind, each, written, where, today)
        found.append((start, end, said, ref))
    taken = [(start, end) for start, end, _, _ in found]
    plain = [(at, to, text[at:to], ref) for at, to, ref in refs if not _meets(at, to, taken)]
    taken += [(start, end) for start, end, _, _ in plain]
    numbers = [
        (each.start(), each.end(), each[0], None)
        for each in _LONG_NUMBER.finditer(text)
        if not _meets(each.start(), each.end(), taken)
    ]
    yield from sorted([*found, *plain, *numbers], key=lambda each: each[0])


def _meets(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(at < end and start < to for at, to in taken)


def _said(kind: str, seen: Seen, written: str, where: str, today: date) -> str:
    """How a value is written in the other language; where it would be read as another one, and where
    it can be read in two ways, it stays as it is."""
    said, value = written, seen.value
    if kind == "date" and isinstance(value, date):
        parts = len(re.findall(r"\d+", written))
        year = parts > 2 or re.search(r"\d{4}|['’]\d{2}$", written) is not None
        said = date_text(value, where, "long" if year else "d MMMM")
    if kind == "money" and isinstance(value, tuple):
        amount, currency = value
        said = money_text(amount, currency, where)
    again = [(found, each.value) for found, each in values_in(fold(said), today)]
    return said if again == [(kind, value)] else written


# --- pieces -------------------------------------------------------------------------------------
def _slot_parts(slots: Sequence[Slot]) -> list[Part]:
    found: list[Part] = []
    for slot in dict.fromkeys(slots):
        found.append(Part(f"{{{slot.name}}} stands for: ", trusted=True))
        found.append(Part(visible(slot.text).replace("\n", " ")[:120]))
        found.append(Part("\n", trusted=True))
    return found


def _split(text: str, gap: re.Pattern[str]) -> list[Piece]:
    found, at = [], 0
    for each in gap.finditer(text):
        found.append(Piece(text[at : each.start()], each[0]))
        at = each.end()
    return [*found, Piece(text[at:])]


def _cut(piece: Piece, most: int) -> list[Piece]:
    """A sentence that is too long, cut between words; a word that is too long, where it must be."""
    found: list[Piece] = []
    rest = piece.text
    while len(rest) > most:
        space = rest.rfind(" ", 1, most)
        open_ = rest.rfind("{", 0, most)
        if space <= 0:
            space = open_ if open_ > 0 and "}" not in rest[open_:most] else most
        after = " " if rest[space] == " " else ""
        found.append(Piece(rest[:space], after))
        rest = rest[space + len(after) :]
    return [*found, Piece(rest, piece.after)]


def _joined(pieces: Sequence[Piece], most: int) -> list[Piece]:
    """Short neighbours go together: the model sees more of what belongs together."""
    found: list[Piece] = []
    for each in pieces:
        last = found[-1] if found else None
        if last is not None and len(last.text) + len(last.after) + len(each.text) <= most:
            found[-1] = Piece(last.text + last.after + each.text, each.after)
        else:
            found.append(each)
    return found
