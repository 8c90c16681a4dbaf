"""Filling slots: `{due}` becomes the words of a record, and where they stand is remembered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gigdesk.domain.proposals import Fact
from gigdesk.domain.records import Ref

_SLOT = re.compile(r"\{+\s*([a-z][a-z0-9_]{0,30})\s*\}+")
# Longer than any slot: an open brace this far back begins none.
_SLOT_MOST = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of a record under a name; `meaning` tells the model what they are."""

    name: str
    text: str
    meaning: str = ""
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A text and where in it the words of records stand."""

    text: str = ""
    facts: tuple[Fact, ...] = ()

    def __add__(self, other: Filled) -> Filled:
        by = len(self.text)
        moved = (Fact(each.start + by, each.end + by, each.ref) for each in other.facts)
        return Filled(self.text + other.text, (*self.facts, *moved))

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The records its words come from, each once."""
        return tuple(dict.fromkeys(each.ref for each in self.facts if each.ref is not None))

    def stripped(self) -> Filled:
        """Without space at its end."""
        text = self.text.rstrip()
        return Filled(text, tuple(each for each in self.facts if each.end <= len(text)))


def plain(text: str) -> Filled:
    """A text without facts."""
    return Filled(text)


def fill(text: str, slots: Mapping[str, Slot]) -> Filled:
    """The text with every slot it knows filled; others stay as they are."""
    pieces: list[str] = []
    facts: list[Fact] = []
    at = length = 0
    for found in _SLOT.finditer(text):
        slot = slots.get(found[1])
        if slot is None:
            continue
        before = text[at : found.start()]
        pieces += [before, slot.text]
        length += len(before)
        facts.append(Fact(length, length + len(slot.text), slot.ref))
        length += len(slot.text)
        at = found.end()
    return Filled("".join([*pieces, text[at:]]), tuple(facts))


def slots_in(text: str) -> list[str]:
    """The names of all slots of a text."""
    return _SLOT.findall(text)


class Stream:
    """Fills a text that comes in pieces; holds back what may become a slot."""

    def __init__(self, slots: Mapping[str, Slot]) -> None:
        self._slots = slots
        self._held = ""
        self.done = Filled()

    def feed(self, piece: str) -> Filled:
        """Some more; all that is sure by now."""
        self._held += piece
        open_at = self._held.rfind("{")
        waiting = open_at >= 0 and not _closed(self._held[open_at:])
        while waiting and open_at > 0 and self._held[open_at - 1] == "{":
            open_at -= 1
        cut = open_at if waiting else len(self._held)
        sure, self._held = self._held[:cut], self._held[cut:]
        self.done += fill(sure, self._slots)
        return self.done

    def rest(self) -> Filled:
        """The end: what was held back was no slot."""
        self.done += fill(self._held, self._slots)
        self._held = ""
        return self.done


def _closed(tail: str) -> bool:
    """Whether the slot that begins here is whole, or none. A `}` at the very end may get a twin."""
    if len(tail) > _SLOT_MOST or "\n" in tail:
        return True
    return "}" in tail and not tail.endswith("}")
