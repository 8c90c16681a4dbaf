"""What a mail's HTML costs the window, reckoned before Qt lays it out; nested tables made flat.

Qt lays out a table in a table twice, in a third four times, and so on: the weight is about the number
of elements, doubled for each such level, and the length of the words. A word of 160,000 letters takes
Qt a second: where nobody reads a word, places are put in where it may break, which copying leaves out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAVIEST = 4_000  # what one conversation may weigh: it is laid out in less than a tenth of a second
LARGEST = 160_000
TABLES_DEEP = 2
WIDEST = 764  # the column's; a picture that says it is wider is scaled
LETTERS = 40  # as costly as an element, at worst
BREAK = "\u200b"  # no width: a word may go on in the next line there
WORD_MOST = 400
_CELLS_WIDE = 30
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>')
_NUMBER = re.compile(r' (width|height|colspan|rowspan)="(\d+)%?"')
_SOURCE = re.compile(r' src="(cid:|far:\d{1,3}(?="))')
_ALT = re.compile(r' alt="([^"]*)"')
_BREAKS = " \t\r\n" + BREAK  # what Qt breaks a line at; not the blank that says it must not
_LONG = re.compile(rf"(?<![^{_BREAKS}])[^{_BREAKS}]{{{WORD_MOST + 1},}}")
_LETTER = re.compile(r"&[#\w]{1,31};|.", re.DOTALL)
_INLINE = frozenset(
    "a abbr b big cite code em font i s small span strike strong sub sup tt u".split()
)
_TABLE = frozenset("table tbody thead tfoot tr td th caption colgroup col".split())
_ROWS = frozenset("table tr caption".split())


@dataclass(frozen=True, slots=True)
class Prepared:
    """HTML as it is handed to Qt, and its weight in elements."""

    html: str
    weight: int


def prepared(markup: str, loaded: frozenset[str] = frozenset()) -> Prepared | None:
    """Sanitised HTML made light; None when it is too large to be looked at. Of the far pictures those
    that are `loaded` have their place."""
    if len(markup) > LARGEST:
        return None
    making = _Making(loaded)
    parts, at = list[str](), 0
    for found in _TAG.finditer(markup):
        parts += making.words(markup[at : found.start()]), making.tag(found)
        at = found.end()
    parts.append(making.words(markup[at:]))
    return Prepared("".join(parts), making.weight + len(markup) // LETTERS)


def broken(words: str) -> str:
    """Plain text with places where its endless words may break."""
    return _LONG.sub(_opened, words)


def weight_of(words: str) -> int:
    """What plain text weighs."""
    return len(words) // LETTERS + words.count("\n")


def fitting(words: str, weight: int) -> str:
    """As much of plain text as may be laid out for this weight."""
    if weight_of(words) <= weight:
        return words
    lines = words[: weight * LETTERS // 2].split("\n", weight // 2)
    return "\n".join(lines[: weight // 2])


class _Making:
    def __init__(self, loaded: frozenset[str] = frozenset()) -> None:
        self.weight = self._deep = self._run = 0
        self._loaded = loaded

    def words(self, words: str) -> str:
        """What stands between two elements; a word may have begun before the first."""
        if not words:
            return ""
        end = len(words) - 1 - max(map(words.rfind, _BREAKS))
        whole = end == len(words)
        self._run = self._run + end if whole else end
        if self._run <= WORD_MOST:
            return _LONG.sub(_opened, words)
        before, self._run = BREAK if whole else "", min(end, WORD_MOST)
        return before + _LONG.sub(_opened, words)

    def tag(self, found: re.Match[str]) -> str:
        """An element's begin or end as it is shown."""
        end, name, more = found.groups()
        if name not in _INLINE:
            self._run = 0
        if name == "table" and not end:
            self._deep += 1
        self.weight += 2 if self._deep >= TABLES_DEEP else 1
        flat = self._deep > TABLES_DEEP and name in _TABLE
        if name == "table" and end:
            self._deep = max(0, self._deep - 1)
        if flat:
            return f"<{end}div>" if name in _ROWS else (" " if end else "")
        if name == "img":
            return _picture(found[0], more, self._loaded)
        return f"<{end}{name}{_NUMBER.sub(_modest, more)}>"


def _opened(found: re.Match[str]) -> str:
    letters = _LETTER.findall(found[0])
    pieces = range(0, len(letters), WORD_MOST)
    return BREAK.join("".join(letters[at : at + WORD_MOST]) for at in pieces)


def _picture(whole: str, more: str, loaded: frozenset[str]) -> str:
    """A picture of the mail itself, or one that was loaded; of any other only the words that stand
    for it."""
    source = _SOURCE.search(more)
    if source and (source[1].startswith("cid:") or source[1] in loaded):
        numbers = [int(each[2]) for each in _NUMBER.finditer(more)]
        return whole if max(numbers, default=0) <= WIDEST else f"<img{_NUMBER.sub('', more)}>"
    words = _ALT.search(more)
    return f" {words[1].replace('<', '&lt;')} " if words and words[1].strip() else ""


def _modest(found: re.Match[str]) -> str:
    spans = found[1] in {"colspan", "rowspan"}
    return "" if spans and int(found[2]) > _CELLS_WIDE else found[0]
