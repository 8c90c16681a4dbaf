"""What of a mail is folded to a line: quotes of what was written before, and signatures.

A fold is a place in the words, never a loss: what is folded and what is not are the whole together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gigdesk.domain.words import n, t

MOST = 400  # folds of one mail
LARGEST = 60_000  # letters that are looked through for the ways programs quote
_QUOTED_LINES = 3
_SIGNED_LINES = 15
_SIGNED_LETTERS = 1200
_RULE = re.compile(r"^[ \t]*[_=-]{10,}[ \t]*$")


# The first line of the block that Outlook puts above what was answered to, and others of it.
_FROM = re.compile(
    r"^[ *>]*(?:From|Von|De|Da|Van|Od|Från|Fra)\*?[ \xa0]?:\*?[ \xa0]", re.MULTILINE | re.I
)
_OTHERS = re.compile(
    r"^[ *>]*(?:(?P<when>Sent|Gesendet|Date|Datum|Envoyé|Enviado|Fecha|Inviato|Data|Enviada|Verzonden"
    r"|Wysłano|Sendt|Skickat)|(?P<what>Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Temat"
    r"|Emne|Ämne))[^:\n]{0,12}:",
    re.MULTILINE | re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"-{3,}[ ]*(?:forwarded|weitergeleitet|message transféré|mensaje reenviado|messaggio inoltrato"
    r"|mensagem encaminhada|doorgestuurd|wiadomość przekazana|przekazana)|^begin forwarded message",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCK = 8  # lines
_TRIES = 40


class Kind(StrEnum):
    """What is folded."""

    QUOTE = "quote"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Fold:
    """A piece of a text, from one letter to another, and how many lines it has."""

    start: int
    end: int
    kind: Kind
    lines: int

    @property
    def words(self) -> str:
        """The line it is folded to."""
        if self.kind is Kind.SIGNATURE:
            return t("Signature")
        return n("{n} quoted line", "{n} quoted lines", self.lines)


def plain_folds(text: str) -> list[Fold]:
    """What stands behind > marks, and what stands under the mark of a signature. Linear."""
    found: list[Fold] = []
    if ">" not in text and "--" not in text:
        return found
    run = at = 0
    start = -1
    for line in text.split("\n"):
        end = at + len(line) + 1
        if line.lstrip().startswith(">"):
            start, run = (at if start < 0 else start), run + 1
        else:
            if run >= _QUOTED_LINES:
                found.append(Fold(start, at, Kind.QUOTE, run))
            start, run = -1, 0
            if line.rstrip("\r") in {"-- ", "--"} and _is_signature(text[at:]):
                found.append(Fold(at, len(text), Kind.SIGNATURE, text.count("\n", at) + 1))
                return found[:MOST]
        at = end
    if run >= _QUOTED_LINES:
        found.append(Fold(start, len(text), Kind.QUOTE, run))
    return found[:MOST]


def passes_on(words: str) -> bool:
    """Whether these words say that what follows is passed on, to be read."""
    return bool(_FORWARDED.search(words))


def headed(text: str) -> int | None:
    """Where the first block of From, Sent and Subject begins that is put above an older mail; None
    where there is none, or the mail is passed on."""
    for tried, found in enumerate(_FROM.finditer(text)):
        if tried >= _TRIES:
            return None
        below = "\n".join(text[found.start() : found.start() + 2000].split("\n", _BLOCK)[:_BLOCK])
        kinds = {each.lastgroup for each in _OTHERS.finditer(below)}
        if kinds == {"when", "what"}:
            return (
                None
                if passes_on(text[max(0, found.start() - 400) : found.start()])
                else found.start()
            )
    return None


def folds_between(text: str, begin: int | None, signed: Iterable[tuple[int, int]]) -> list[Fold]:
    """The folds of a text in which the answer ends at the letter `begin`, where a program put what
    was answered to, and which has signatures at these places."""
    found = plain_folds(text)
    if begin is not None:
        found = joined([*found, *_history(text, begin)])
    taken = [Fold(start, end, Kind.SIGNATURE, _lines(text, start, end))
             for start, end in signed if _is_signature(text[start:end])]  # fmt: skip
    found = joined([*found, *taken])
    return found if _words_left(text, found) else plain_folds(text)


def joined(folds: Iterable[Fold]) -> list[Fold]:
    """In order, without one in another; where two meet they are one of the first one's kind."""
    found: list[Fold] = []
    for each in sorted(folds, key=lambda fold: (fold.start, -fold.end)):
        if found and each.start < found[-1].end:
            last = found.pop()
            more = each.lines if each.end > last.end else 0
            each = Fold(last.start, max(last.end, each.end), last.kind, last.lines + more)
        found.append(each)
    return found[:MOST]


def _history(text: str, begin: int) -> list[Fold]:
    """From the line that introduces it to its end: what is behind marks, else all that follows."""
    above = text[:begin].rstrip()
    line = above[above.rfind("\n") + 1 :]
    begin = len(above) - len(line) if _RULE.match(line) else begin
    rest = text[begin:]
    if not any(line.lstrip().startswith(">") for line in rest.split("\n")[:60]):
        return [Fold(begin, len(text), Kind.QUOTE, _lines(text, begin, len(text)))]
    end, seen = begin, False
    for line in rest.split("\n"):
        quoted = line.lstrip().startswith(">")
        if seen and not quoted and line.strip():
            break
        seen = seen or quoted
        end += len(line) + 1
    return [Fold(begin, min(end, len(text)), Kind.QUOTE, _lines(text, begin, end))]


def _is_signature(words: str) -> bool:
    return len(words) <= _SIGNED_LETTERS and words.count("\n") < _SIGNED_LINES


def _lines(text: str, start: int, end: int) -> int:
    return sum(bool(line.strip()) for line in text[start:end].split("\n"))


def _words_left(text: str, folds: Sequence[Fold]) -> bool:
    """Whether somebody still reads something: a mail that only passes on is not folded away."""
    at, left = 0, ""
    for each in folds:
        left += text[at : each.start]
        at = each.end
    left += text[at:]
    return any(line.strip() and not _RULE.match(line) for line in left.split("\n"))
