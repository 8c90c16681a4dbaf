"""What corrections taught: whom the person moved where, and which words those mails had.

A small naive Bayes over words, kept as counts. It starts from nothing, advises beside the rules, and
says from how many mails it knows. It never speaks for or against a warning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ENOUGH = 8  # corrections before words say anything; senders do from the first
_OF_EACH = 2  # labels that were chosen at least so often take part
_WORDS_SAY = 2.5
_SENDER_SAYS = (0.0, 2.0, 3.5, 4.5)
_NAMED = 3  # words


@dataclass(frozen=True, slots=True)
class Advice:
    """What the lessons say of a mail: label -> points, and of the best one from how many mails it is
    known and by which words."""

    points: Mapping[str, float] = field(default_factory=dict)
    sender: tuple[str, int] = ("", 0)
    words: tuple[str, int, tuple[str, ...]] = ("", 0, ())


@dataclass(frozen=True, slots=True)
class Lessons:
    """Counts: mails by label; word -> label -> mails; sender -> label -> mails."""

    mails: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    senders: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many corrections there are."""
        return sum(self.mails.values())

    def advice(self, sender: str, words: Iterable[str]) -> Advice:
        """What they say of a mail from this sender, with these words."""
        if not self.mails:
            return Advice()
        points: dict[str, float] = {}
        who = self._of_sender(sender.lower())
        if who[0]:
            points[who[0]] = _SENDER_SAYS[min(who[1], len(_SENDER_SAYS) - 1)]
        label, surplus, named = self._of_words(words)
        if label:
            points[label] = points.get(label, 0.0) + surplus
        return Advice(points, who, (label, self.mails.get(label, 0), named))

    def _of_sender(self, sender: str) -> tuple[str, int]:
        """Where most of this sender's mails were moved, and how many more than elsewhere."""
        moved = self.senders.get(sender, {})
        if not moved:
            return "", 0
        best = max(moved, key=lambda label: (moved[label], label))
        clear = 2 * moved[best] - sum(moved.values())
        return (best, moved[best]) if clear > 0 else ("", 0)

    def _of_words(self, words: Iterable[str]) -> tuple[str, float, tuple[str, ...]]:
        """The label whose mails had such words, how clearly, and the words that say it."""
        taught = {label: n for label, n in self.mails.items()
                  if n >= _OF_EACH and label != "suspicious"}  # fmt: skip
        if self.count < ENOUGH or len(taught) < 2:
            return "", 0.0, ()
        shared = [word for word in words if word in self.words]
        scores = {
            label: math.log(n / self.count) + sum(self._weight(word, label, n) for word in shared)
            for label, n in taught.items()
        }
        ranked = sorted(scores, key=lambda label: -scores[label])
        best, second = ranked[0], ranked[1]
        ahead = scores[best] - scores[second]
        telling = sorted(
            shared,
            key=lambda word: (
                self._weight(word, second, taught[second]) - self._weight(word, best, taught[best])
            ),
        )[:_NAMED]
        named = tuple(word for word in telling if self.words[word].get(best, 0) > 1)
        if ahead < 1 or not named:
            return "", 0.0, ()
        return best, min(_WORDS_SAY, ahead / 2), named

    def _weight(self, word: str, label: str, mails: int) -> float:
        """How likely this word is in a mail of that label."""
        return math.log((self.words[word].get(label, 0) + 0.3) / (mails + 0.6))


def countable(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a mail that are counted: no numbers, nothing of one or two letters."""
    return tuple(sorted({each for each in words if len(each) > 2 and each.isalpha()})[:300])
