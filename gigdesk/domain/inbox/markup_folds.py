"""Quotes and signatures in sanitised HTML: the elements mail programs put them in, found in one pass.

The sanitiser has said of an element by its class that it quotes or signs; beside that stand quotes in
block quotes that a line introduces, and the block of From, Sent, To and Subject that Outlook puts above.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gigdesk.domain.inbox.folds import Fold, Kind, joined

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*)>")
_MARK = re.compile(r" (?:class|id)=\"(quote|signature|tail)\"")
_BLOCKS = frozenset(
    "p div td table blockquote li h1 h2 h3 h4 h5 h6 pre center section article".split()
)
_VOID = frozenset("br hr img wbr col".split())
_LINES = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/pre)\b[^>]*>")
_WORDS = re.compile(r"<[^>]*>")
_TORN = re.compile(r"<[^>]*\Z")
_FROM = re.compile(
    r">(?:\s|&nbsp;)*\*?(?:From|Von|De|Da|Van|Od|Från|Fra)(?:\s|&nbsp;)?(?:</?[a-z]+>){0,2}:",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"^\W*(?:From|Von|De|Da|Van|Od)\s?:.{1,400}?(?:Sent|Gesendet|Datum|Date|Envoyé|Enviado|Fecha|Inviato"
    r"|Data|Enviada|Verzonden|Wysłano|Sendt|Skickat)(?:\s+(?:on|am|el|em|le))?\s?:.{1,800}?"
    r"(?:Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Temat)\s?:",
    re.IGNORECASE | re.DOTALL,
)
_WROTE = re.compile(
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|napisał\w*|pisze)[^\n]{0,120}:\s*$",
    re.IGNORECASE,
)
_SCHRIEB = re.compile(r"\b(?:schrieb|schreef|skrev)\b[^\n]{1,160}:\s*$", re.IGNORECASE)
_FORWARDED = re.compile(
    r"(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado"
    r"|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|przekazana)",
    re.IGNORECASE,
)
_LOOKED_AT = 2500
_ABOVE = 1200
_TRIES = 60


@dataclass(slots=True)
class _Element:
    name: str
    start: int
    mark: str


def markup_folds(markup: str) -> list[Fold]:
    """The folds of sanitised HTML, each from the begin of an element to the end of one."""
    if not _may_have(markup):
        return []
    found = [each for each in _elements(markup) if not _passes_on(markup, each)]
    found += _headed(markup)
    folds = joined(found)
    return folds if _left(markup, folds) else []


def folded(markup: str, folds: Sequence[Fold], opened: frozenset[int]) -> str:
    """The HTML with its folds as links `gigdesk:fold/N`, but for those that are opened."""
    parts, at = list[str](), 0
    for number, fold in enumerate(folds):
        parts.append(markup[at : fold.start])
        at = fold.start
        if number not in opened:
            parts += [f"<p>{fold_link(fold, number)}</p>", _ends(markup[fold.start : fold.end])]
            at = fold.end
    parts.append(markup[at:])
    return "".join(parts)


def fold_link(fold: Fold, number: int) -> str:
    """The line a fold is folded to."""
    return f'<a class="fold" href="gigdesk:fold/{number}">› {html.escape(fold.words)}</a>'


def _may_have(markup: str) -> bool:
    return "<blockquote" in markup or bool(_MARK.search(markup)) or bool(_FROM.search(markup))


def _elements(markup: str) -> Iterator[Fold]:
    """The outermost elements that are marked, and the block quotes a line introduces."""
    within: list[_Element] = []
    opened = tried = 0  # how many of those that are open quote or sign; block quotes looked at
    for tag in _TAG.finditer(markup):
        end, name, more = tag.groups()
        if name in _VOID:
            continue
        if not end:
            tried += name == "blockquote"
            mark = "" if opened or tried > _TRIES else _mark(markup, tag, name, more)
            within.append(_Element(name, tag.start(), mark))
            opened += bool(mark)
            continue
        back = next(
            (at for at in range(1, min(40, len(within)) + 1) if within[-at].name == name), 0
        )
        if not back:
            continue
        for each in within[-back:]:
            if each.mark:
                opened -= 1
                yield _fold(markup, each, tag.end())
        del within[-back:]


def _mark(markup: str, tag: re.Match[str], name: str, more: str) -> str:
    said = _MARK.search(more)
    if said:
        return said[1]
    if name == "blockquote" and ' type="cite"' in more:
        return "quote"
    if name == "blockquote" and _introduced(markup[max(0, tag.start() - _ABOVE) : tag.start()]):
        return "quote"
    return ""


def _introduced(above: str) -> bool:
    words = _text(above).rstrip()[-300:]
    return bool(_WROTE.search(words) or _SCHRIEB.search(words))


def _fold(markup: str, element: _Element, end: int) -> Fold:
    kind = Kind.SIGNATURE if element.mark == "signature" else Kind.QUOTE
    end = len(markup) if element.mark == "tail" else end
    return Fold(element.start, end, kind, _lines(markup[element.start : end]))


def _passes_on(markup: str, fold: Fold) -> bool:
    """A mail that is passed on is read, not folded."""
    around = markup[max(0, fold.start - 300) : fold.start + 900]
    return fold.kind is Kind.QUOTE and bool(_FORWARDED.search(_text(around)))


def _headed(markup: str) -> Iterator[Fold]:
    """From the first block of From, Sent and Subject to the end of the mail."""
    for found in islice(_FROM.finditer(markup), _TRIES):
        below = _text(markup[found.start() + 1 : found.start() + _LOOKED_AT])
        if _HEADED.match(below):
            start = _begin(markup, found.start() + 1)
            if not _FORWARDED.search(_text(markup[max(0, start - 400) : start])):
                end = len(markup)
                yield Fold(start, end, Kind.QUOTE, _lines(markup[start:end]))
            return


def _begin(markup: str, at: int) -> int:
    """Back over the elements that begin where the words at this place do, and a rule above them."""
    start = at
    while True:
        before = markup.rfind("<", 0, start)
        if before < 0 or markup[before:start].rpartition(">")[2].replace("&nbsp;", "").strip():
            return start
        tag = _TAG.match(markup, before)
        if tag is None or tag[1] or tag[2] == "br":
            return start
        start = before
        if tag[2] == "hr":
            return start


def _ends(markup: str) -> str:
    """The ends of elements that begin before this piece."""
    depth, ends = 0, list[str]()
    for tag in _TAG.finditer(markup):
        if tag[2] in _VOID:
            continue
        if not tag[1]:
            depth += 1
        elif depth:
            depth -= 1
        else:
            ends.append(tag[0])
    return "".join(ends)


def _left(markup: str, folds: Sequence[Fold]) -> bool:
    at, left = 0, ""
    for each in folds:
        left += markup[at : each.start]
        at = each.end
    left += markup[at:]
    return bool(_text(left).strip()) or "<img" in left


def _lines(markup: str) -> int:
    words = _WORDS.sub("", _LINES.sub("\n", markup.replace("\n", " ")))
    return max(1, sum(bool(line.replace("&nbsp;", "").strip()) for line in words.split("\n")))


def _text(markup: str) -> str:
    """The words of a piece of HTML; a tag that is cut at its begin or end is none of them."""
    if ">" in markup.partition("<")[0]:
        markup = markup[markup.find(">") + 1 :]
    whole = _TORN.sub("", markup.replace("\n", " "))
    words = html.unescape(_WORDS.sub("", _LINES.sub("\n", whole)))
    return words.replace("\u00a0", " ")
