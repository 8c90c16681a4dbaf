"""The language of mail search: words, "phrases", -word, from: to: subject: has: before: after:.

Whatever is typed gives a query that can be run: what cannot be an operator is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Put into every mail's `marks` when it is kept, so that a search may be made of exclusions alone.
EVERY = "xxeverymail"
HAS_ATTACHMENT = "xxhasattachment"
UNREAD = "xxunread"

_COLUMNS = {"from": "sender", "to": "recipients", "cc": "recipients", "subject": "subject"}
_PIECE = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S+))')
_WORDS = re.compile(r"\w", re.UNICODE)
# Scripts written without blanks between words: Thai, kana, ideographs, Hangul.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class MailQuery:
    """What to look for: an expression of the word index, and the days between which. `growing` is the
    last word while it is still being typed, in the column `column` or in any."""

    match: str = ""
    since: date | None = None
    until: date | None = None
    label: str = ""
    growing: str = ""
    column: str = ""

    def grown(self, words: Sequence[str]) -> str:
        """The expression with the growing word as one of these whole ones."""
        beginning = _in_column(self.column, f'"{self.growing}"*')
        whole = _in_column(self.column, f"({' OR '.join(map(_quoted, words))})")
        return whole.join(self.match.rsplit(beginning, 1))

    @property
    def empty(self) -> bool:
        """Nothing was asked."""
        return not (self.match or self.since or self.until or self.label)


def spaced(text: str) -> str:
    """The text with each letter of such scripts standing alone, so that any run of them is found as
    a phrase; other text is as it was."""
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


def parse_query(typed: str, *, typing: bool = False) -> MailQuery:
    """Read what was typed. While `typing`, the last word may still be growing: it is a beginning."""
    wanted: list[str] = []
    unwanted: list[str] = []
    days: dict[str, date] = {}
    label = ""
    typed = typed.replace("\x00", " ")[:1000]
    typing = typing and bool(typed) and typed[-1].isalnum()
    growing, column = "", ""
    pieces = list(_PIECE.finditer(typed))
    for at, piece in enumerate(pieces):
        minus, operator, phrase, word = piece.groups()
        value = phrase if phrase is not None else word
        operator = (operator or "").lower()
        if operator in {"before", "after"} and (day := _day(value)):
            days[operator] = day
            continue
        if operator == "label" and not minus:
            label = value.lower()
            continue
        # What is not wanted is left out when it is whole: a beginning would leave out too much.
        last = typing and at == len(pieces) - 1 and phrase is None and not minus
        if last and (letters := _letters(operator, value)):
            value, growing, column = letters, letters, _COLUMNS.get(operator, "")
        term = _term(operator, value, beginning=last)
        if term:
            (unwanted if minus else wanted).append(term)
    match = _expression(wanted, unwanted)
    return MailQuery(match, days.get("after"), days.get("before"), label, growing, column)


def _expression(wanted: list[str], unwanted: list[str]) -> str:
    if not wanted and not unwanted:
        return ""
    found = " AND ".join(wanted) or f"marks : {EVERY}"
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def _term(operator: str, value: str, *, beginning: bool) -> str:
    if operator == "has" and value.lower().rstrip("s") in {"attachment", "file"}:
        return f"marks : {HAS_ATTACHMENT}"
    column = _COLUMNS.get(operator)
    if operator and column is None:
        value = f"{operator} {value}"
    starred = value.endswith("*")
    if not _WORDS.search(value):
        return ""
    quoted = _quoted(spaced(value).replace('"', " ").rstrip("*"))
    return _in_column(column, quoted + ("*" if starred or beginning else ""))


def _quoted(words: str) -> str:
    return f'"{words}"'


def _in_column(column: str | None, term: str) -> str:
    return f"{column} : {term}" if column else f"- marks : {term}"


def _letters(operator: str, value: str) -> str:
    """The value as the word index writes it, where it is one word whose letters are certain."""
    if operator and operator not in _COLUMNS:
        return ""
    parts = unicodedata.normalize("NFD", value)
    plain = "".join(each for each in parts if not unicodedata.combining(each)).lower()
    return plain if plain.isascii() and plain.isalnum() else ""


def _day(text: str) -> date | None:
    """A civil day: 2026-11-23, 2026-11 or 2026 (their first day)."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


def next_day(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1) if day < date.max else day
