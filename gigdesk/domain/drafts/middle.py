"""The middle of an answer as a model wrote it: its greeting and closing taken off, they are ours."""

from __future__ import annotations

import re

from gigdesk.domain.drafts.filling import Filled
from gigdesk.domain.drafts.letter import visible

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|day)|hallo|guten (?:tag|morgen)|sehr geehrte\w?|"
    r"liebe\w?|bonjour|cher|chère|salut|hola|estimad[oa]|buenos días|buenas|buongiorno|ciao|salve|"
    r"gentile|olá|car[oa]|prezad[oa]|bom dia|beste|goedendag|geachte|dag|dzień dobry|cześć|witam|"
    r"szanown\w+)\b[^.?]{0,60}[,!:]?\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm|with|many)?\s*(?:regards|wishes)|best|sincerely|cheers|thanks|"
    r"(?:mit |viele |liebe |beste |herzliche |freundliche)?\s*(?:freundlichen )?grü(?:ße|ßen|sse)n?|"
    r"gruß|cordialement|bien à vous|salutations|saludos(?: cordiales)?|atentamente|un saludo|"
    r"(?:cordiali |distinti )?saluti|(?:com os melhores )?cumprimentos|abraço|"
    r"(?:met )?(?:vriendelijke|hartelijke)? ?groet(?:en|jes)?|(?:z )?pozdrowieniami|pozdrawiam|"
    r"(?:serdecznie )?pozdrawiam|z poważaniem)\s*[,.!]?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:hi|hello|hey|dear|good|hallo|guten|sehr|liebe\w?|bonjour|cher|chère|salut|hola|estimad[oa]|"
    r"buenos|buenas|buongiorno|ciao|salve|gentile|olá|car[oa]|prezad[oa]|bom|beste|goedendag|"
    r"geachte|dag|dzień|cześć|witam|szanown\w+)[,!:]?",
    re.IGNORECASE,
)
_LINE_MOST = 70
_ENDING_LINES = 5


class Middle:
    """Takes text in pieces; the first line waits until it is known to be no greeting."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False

    def feed(self, piece: str) -> str:
        """What of it can be shown."""
        shown = visible(piece)
        if self._begun:
            return shown
        self._held = (self._held + shown).lstrip()
        line, ended, after = self._held.partition("\n")
        if not ended and len(line) <= _LINE_MOST and _may_greet(line):
            return ""
        if _GREETING.fullmatch(line.strip()):
            self._held = after.lstrip()
            return ""
        self._begun, said, self._held = True, self._held, ""
        return said

    def rest(self) -> str:
        """What still waits when all is written."""
        held, self._held = self._held, ""
        return "" if _GREETING.fullmatch(held.strip()) else held


def _may_greet(line: str) -> bool:
    """Whether a line that is not whole yet could become a greeting."""
    word, more, _ = line.partition(" ")
    return not more or _FIRST.fullmatch(word) is not None


def without_closing(body: Filled) -> Filled:
    """Without the closing and the name a model set below."""
    lines = body.text.rstrip().split("\n")
    for at in range(max(1, len(lines) - _ENDING_LINES), len(lines)):
        if _CLOSING.fullmatch(lines[at].strip()):
            text = "\n".join(lines[:at])
            return Filled(text, body.facts).stripped()
    return body.stripped()
