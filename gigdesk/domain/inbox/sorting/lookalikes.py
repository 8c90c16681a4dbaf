"""Domains made to look like one that is known: swapped letters, an added word, another ending."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What is taken for another letter at a glance; each maps to one that stands for all of them.
_SAME = str.maketrans(
    {
        "0": "o", "1": "l", "i": "l", "|": "l", "3": "e", "5": "s", "$": "s", "8": "b", "9": "g",
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "l", "ѕ": "s",
        "ԁ": "d", "һ": "h", "к": "k", "м": "m", "т": "t", "н": "h", "в": "b", "ո": "n", "ս": "u",
        "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "l", "κ": "k", "τ": "t", "ε": "e", "υ": "u",
        "ı": "l", "ɡ": "g", "ß": "b", "ł": "l",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_TWO_PART = frozenset("co com org net gov ac edu gob gouv or ne".split())
_SHORT = 5  # letters: of less many domains are alike


def owner_of(host: str) -> str:
    """The part of a host that somebody owns: `mail.shop.example` belongs to `shop.example`."""
    parts = host.lower().strip(".").split(".")
    wide = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _TWO_PART else 2
    return ".".join(parts[-wide:])


def core_of(host: str) -> str:
    """The word of a domain: `brandl-verlag` of `mail.brandl-verlag.example`."""
    return shown(owner_of(host).partition(".")[0])


def shown(label: str) -> str:
    """A label as it is shown: punycode becomes its letters."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except (UnicodeError, ValueError):
        return label


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """A word as the eye takes it."""
    parts = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(each for each in parts if not unicodedata.combining(each)).translate(_SAME)
    for pair, one in _PAIRS:
        bare = bare.replace(pair, one)
    return bare


def looks_like(host: str, known: str) -> bool:
    """Whether a host was made to be taken for a known one. The known one itself is not."""
    if owner_of(host) == owner_of(known):
        return False
    if f"{known}." in f"{host}." or f"{known.replace('.', '-')}." in f"{host}.":
        return True
    core, known_core = core_of(host), core_of(known)
    return words_alike(core, known_core)


def words_alike(word: str, known: str) -> bool:
    """Whether a domain's word is to be taken for another, or holds it beside an added one."""
    if len(known) < _SHORT:
        return False
    joined, known_joined = word.replace("-", ""), known.replace("-", "")
    ours, theirs = skeleton(joined), skeleton(known_joined)
    if ours == theirs:
        return True
    if _added(word, known):
        return True
    far = 2 if len(theirs) >= 11 else 1
    return len(theirs) >= 6 and _distance(ours, theirs, far) <= far


def _added(word: str, known: str) -> bool:
    """`harbourpine-press` for `harbourpine`; `mybrandl-verlag` only where the known one is long."""
    parts, wanted = word.split("-"), known.split("-")
    size = len(wanted)
    run = any(
        [skeleton(each) for each in parts[at : at + size]] == [skeleton(each) for each in wanted]
        for at in range(len(parts) - size + 1)
    )
    if run:
        return len(parts) > size
    return len(known) >= 8 and (word.startswith(known) or word.endswith(known))


def mixed_scripts(label: str) -> bool:
    """Whether one label mixes alphabets: a Cyrillic a among Latin letters."""
    return any(
        len(_scripts(word)) > 1 for part in label.split(".") for word in shown(part).split("-")
    )


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(each, "").partition(" ")[0] for each in word if each.isalpha())
    return {each for each in names if each in {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}}


def _distance(one: str, other: str, most: int) -> int:
    """How many letters were put in, left out, changed or swapped; `most + 1` where it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        older, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            steps = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                steps = min(steps, older[to - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return row[-1]
