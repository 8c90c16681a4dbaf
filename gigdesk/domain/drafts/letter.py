"""A mail as it is read for an answer: only what a reader sees, its own words apart from quotes."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail

_BREAK = re.compile(r"<(?:br|/p|/div|/h[1-6]|/tr|/table|/ul|/ol|/pre|hr|li)\b[^>]*>", re.I)
_QUOTE_OPEN = re.compile(r"<blockquote\b[^>]*>", re.I)
_QUOTE_CLOSE = re.compile(r"</blockquote\s*>", re.I)
_TAG = re.compile(r"<[^>]*>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_KEPT = {"\n", "\t"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Marks that are letters to Unicode but show nothing.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_INTRODUCED = re.compile(
    r"^\s*(?:>|\||-{2,}\s*(?:original|ursprüngliche|message d'origine|mensaje original|"
    r"messaggio originale|mensagem original|oorspronkelijk|wiadomość oryginalna)|"
    r"(?:on|am|le|el|il|em|op|w dniu)\b.{5,100}(?:wrote|schrieb|a écrit|escribió|ha scritto|"
    r"escreveu|schreef|napisał\w*)\s*:?\s*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """The sender's own words, and what they quote below."""

    own: str
    quoted: str = ""


def letter_of(mail: Mail) -> Letter:
    """What a reader of this mail sees; sanitised HTML is what is shown, so it is what is read."""
    return parted(visible(_words(mail.html) if mail.html else mail.text))


def parted(seen: str) -> Letter:
    """Plain text, its own words apart from what it quotes."""
    own: list[str] = []
    quoted: list[str] = []
    for line in seen.splitlines():
        (quoted if quoted or _INTRODUCED.match(line) else own).append(line)
    if not any(line.strip() for line in own):
        # Answered below the quote: what is not quoted there is their own.
        own = [line for line in quoted if not _INTRODUCED.match(line)]
        quoted = [line for line in quoted if _INTRODUCED.match(line)]
    return Letter(_tidy(own), _tidy(quoted))


def visible(text: str) -> str:
    """Without comments, and without characters that show nothing or turn the direction of text."""
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(letter for letter in text if _shows(letter))


def _shows(letter: str) -> bool:
    if letter in _KEPT or letter.isascii():
        return letter in _KEPT or " " <= letter <= "~"
    if letter in _FILLERS or any(ord(letter) in each for each in _SELECTORS):
        return False
    return unicodedata.category(letter) not in _UNSEEN


def _words(markup: str) -> str:
    flat = _COMMENT.sub("", markup).replace("\n", " ")
    flat = _QUOTE_CLOSE.sub("\n", _QUOTE_OPEN.sub("\n> ", flat))
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", flat)))


def _tidy(lines: list[str]) -> str:
    kept = "\n".join(" ".join(line.split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", kept).strip()
