"""Web links, mail addresses and account numbers in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gigdesk.domain.drafts.amounts import Seen

_STOP = r"[^\s<>\"“”„«»()\[\]{}|]"
_LINK = re.compile(
    rf"h(?:tt|xx)ps?://{_STOP}+|(?<![\w@.-])www\.{_STOP}+"
    rf"|(?<![\w@./:-])(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,8}}[^\W\d_]{{2,24}}/{_STOP}*",
    re.IGNORECASE,
)
_ENDING = ".,;:!?'’*_~…`"
_MAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
    "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26,
}  # fmt: skip
_HEAD = re.compile(r"(?<![^\W_])[A-Za-z]{2}[ -]?[0-9]{2}(?![0-9]{0,3}\.[0-9])[A-Za-z0-9]*")
_NEXT = re.compile(r"(?:[ -]|[ ]?\n[ ]?(?:>[ ]?)?)([A-Za-z0-9]+)(?![^\W_])")
_LEAST, _MOST = 15, 34


def links_in(text: str) -> Iterator[Seen]:
    """Every web link; its value is host and path."""
    for found in _LINK.finditer(text):
        words = found[0].rstrip(_ENDING)
        if words:
            yield Seen(found.start(), found.start() + len(words), link_value(words))


def link_value(words: str) -> str:
    """Host and path as they are compared."""
    rest = re.sub(r"(?i)^h(?:tt|xx)ps?://", "", words)
    host, slash, path = rest.partition("/")
    return (host.lower() + slash + path).rstrip("/")


def mails_in(text: str) -> Iterator[Seen]:
    """Every mail address; its value is itself in lower case."""
    for found in _MAIL.finditer(text):
        words = found[0].lstrip("'.-")
        start = found.end() - len(words)
        yield Seen(start, start + len(words.rstrip(".'-")), words.rstrip(".'-").casefold())


def ibans_in(text: str) -> Iterator[Seen]:
    """Everything that is written as an account number, right or not."""
    end = -1
    for head in _HEAD.finditer(text):
        if head.start() < end:
            continue
        stop = _reach(text, head)
        value = compact(text[head.start() : stop])
        digits = sum(each.isdigit() for each in value)
        if _LEAST <= len(value) <= _MOST and digits >= 8:
            end = stop
            yield Seen(head.start(), stop, value)


def compact(words: str) -> str:
    """Letters and digits alone."""
    return "".join(each for each in words.upper() if each.isalnum())


def _reach(text: str, head: re.Match[str]) -> int:
    wanted = _LENGTHS.get(head[0][:2].upper(), _MOST)
    stop = head.end()
    length = len(compact(head[0]))
    while length < wanted and (more := _NEXT.match(text, stop)):
        word = more[1]
        letters = word.isalpha()
        if len(word) > 14 or (letters and not (word.isupper() and len(word) <= 4 and length <= 8)):
            break
        stop, length = more.end(), length + len(word)
    return stop
