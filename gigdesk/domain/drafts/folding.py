"""A text as it is compared: without what does not show, other digits and spaces made plain."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_UNSEEN = {"Cf", "Cc", "Mn", "Me"}
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`, and for each of its letters where it stands in the original."""

    text: str
    places: tuple[int, ...]
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the text came from."""
        return self.places[start], self.places[end - 1] + 1


def fold(original: str) -> Folded:
    """The text to look for values in."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(original):
        if letters and unicodedata.category(letter) == "Mn":
            whole = unicodedata.normalize("NFC", letters[-1] + letter)
            if len(whole) == 1:
                letters[-1] = whole
                continue
        for plain in _plain(letter):
            letters.append(plain)
            places.append(at)
    return Folded("".join(letters), tuple(places), original)


def _plain(letter: str) -> str:
    if letter.isascii():
        return _ascii(letter)
    kind = unicodedata.category(letter)
    if letter in _FILLERS:
        return ""
    if kind in _UNSEEN:
        return letter if kind == "Mn" and not _selector(letter) else ""
    if kind in {"Zs", "Zl", "Zp"}:
        return " "
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    wide = "\uff00" <= letter <= "\uffef" or "\U0001d400" <= letter <= "\U0001d7ff"
    return unicodedata.normalize("NFKC", letter)[:1] if wide else _DASHES.get(letter, letter)


def _ascii(letter: str) -> str:
    if letter == "\n" or letter >= " ":
        return letter
    return " " if letter in "\t\r\v\f" else ""


def _selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or ord(letter) >= 0xE0100 or letter == "\u034f"
