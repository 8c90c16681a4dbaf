"""Text from outside, without what no page, file or screen can show."""

from __future__ import annotations

import unicodedata

# Control characters, halves of surrogate pairs, places without a character.
_NEVER = {"Cc", "Cs", "Cn"}
# Marks that shape or order letters but show nothing by themselves.
_UNSEEN = {"Cf", "Zs", "Zl", "Zp"}


def shown(text: str) -> str:
    """The same text as it can be kept and shown; empty when nothing of it would be seen."""
    kept = "".join(
        letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in _NEVER
    ).strip()
    seen = any(
        letter not in "\n\t" and unicodedata.category(letter) not in _UNSEEN for letter in kept
    )
    return kept if seen else ""


def is_id(text: str) -> bool:
    """Whether this can be the id of a record."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def one_line(text: str) -> str:
    """The same on one line, its spaces single."""
    return shown(" ".join(text.split()))
