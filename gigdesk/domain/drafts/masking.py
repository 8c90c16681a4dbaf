"""A text without its facts: amounts, dates, addresses, links, numbers and names become places.

A place in brackets is what the check of blanks finds, should a model ever copy one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from gigdesk.domain.drafts.folding import fold
from gigdesk.domain.drafts.guard import values_in
from gigdesk.domain.drafts.languages import is_small
from gigdesk.domain.drafts.own_words import sentences_of

EXAMPLE_MOST = 400
_DIGITS = re.compile(r"\w*\d(?:[\w.,:/-]*\w)?")
_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w'’-]*"
# German writes every noun so: there only two in a row, or one behind a title, are taken for a name.
_PAIR = re.compile(rf"(?<=[\w,;] ){_CAPITAL}(?: {_CAPITAL})+")
_TITLED = re.compile(rf"\b(?:Herrn?|Frau|Dr\.|Prof\.) {_CAPITAL}")
_ALONE = re.compile(rf"(?<=[\w,;] ){_CAPITAL}")
_LOUD = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]{2,}\b|\b\w+[a-zà-öø-ÿ][A-ZÀ-ÖØ-Þ]\w*")
_WORD = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(r"(?<![\w\[])[^\W\d_a-zà-öø-ÿ][^\W\d_]*")
_KEPT = frozenset({"I", "I'm", "I'll", "I've", "I'd", "I’m", "I’ll", "I’ve", "I’d"})


def masked(text: str, language: str, names: Iterable[str], today: date) -> str:
    """The text with every fact and every name in it made a place: `[date]`, `[name]`, `[number]`."""
    folded = fold(text)
    pieces, at = [], 0
    for kind, start, end in sorted(_places(folded.text, text, today), key=lambda each: each[1]):
        if start >= at:
            pieces += [folded.text[at:start], f"[{kind}]"]
            at = end
    plain = "".join([*pieces, folded.text[at:]])
    plain = _DIGITS.sub("[number]", plain)
    known = parts_of(names)
    plain = _NAMED.sub(lambda found: "[name]" if found[0].casefold() in known else found[0], plain)
    patterns = (_TITLED, _PAIR, _LOUD) if language == "de" else (_TITLED, _PAIR, _LOUD, _ALONE)
    for pattern in patterns:
        plain = pattern.sub(lambda found: found[0] if found[0] in _KEPT else "[name]", plain)
    return re.sub(r"(\[name\][ ]?){2,}", "[name] ", plain).strip()


def parts_of(names: Iterable[str]) -> frozenset[str]:
    """The words of these names, but for those that are small words of a language as well."""
    parts = (part.casefold() for name in names for part in _WORD.findall(name))
    return frozenset(part for part in parts if len(part) > 1 and not is_small(part))


def example_of(body: str, language: str, names: Iterable[str], today: date) -> str:
    """The beginning of a letter's middle as an example of how somebody writes, whole sentences only."""
    said = ""
    for sentence in sentences_of(masked(body, language, names, today)):
        if len(said) + len(sentence) >= EXAMPLE_MOST:
            break
        said = f"{said} {sentence}".strip()
    return said


def _places(folded: str, text: str, today: date) -> Iterator[tuple[str, int, int]]:
    words = {"money": "amount", "iban": "account", "email": "address"}
    for kind, seen in values_in(fold(text), today):
        yield words.get(kind, kind), seen.start, min(seen.end, len(folded))
