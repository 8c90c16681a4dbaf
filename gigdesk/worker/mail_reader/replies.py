"""What of a plain mail is its answer: the ways mail programs of many languages quote and sign.

The library behind it is a set of searches that a hostile text can keep busy for long: it is only asked
here, in the child, about texts of modest length.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from gigdesk.domain.inbox.folds import LARGEST, Fold, folds_between, headed, passes_on, plain_folds

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
_LONG_RULE = re.compile(r"[_-]{32,}")
_DELIMITED = re.compile(r"^\s*(?:--|__)\s*$")
_KEPT_LINES = 2  # the greeting at the end, and the name under it


def folds_of(text: str) -> list[Fold]:
    """What of a plain text is quoted and signed. Raises nothing; takes its time on a hostile text."""
    if len(text) > LARGEST:
        return plain_folds(text)
    # The library takes long rules out and every line's blanks off: told of shorter ones it gives as
    # many lines as there are, and a line is found again by its number.
    seen = "\n".join(_LONG_RULE.sub("-" * 31, line.strip()) for line in text.split("\n"))
    try:
        read = _read(seen)
    except Exception:  # noqa: BLE001 - what it does not understand is shown as it came
        return plain_folds(text)
    if read.text.count("\n") != text.count("\n") or not read.replies:
        return plain_folds(text)
    starts = _starts(text)
    begin = _begin(read)
    answer = read.text if begin is None else read.text[:begin]
    signed = _signed(read, answer, starts)
    places = [headed(text), None if begin is None else starts[_line(read.text, begin)]]
    first = min((each for each in places if each is not None), default=None)
    return folds_between(text, first, signed)


def _read(text: str) -> Any:
    found = _message()(text=text, languages=list(LANGUAGES), keep_hyphen_lists=True)
    return found.read()


@cache
def _message() -> Any:
    from mailparser_reply.parser import EmailMessage

    return EmailMessage


def _begin(read: Any) -> int | None:
    """Where in the library's text the first thing that was answered to begins."""
    if len(read.replies) < 2:
        # What begins with a quote has an empty answer, which is left out.
        headers = read.replies[0].headers
        return read.text.find(headers) if headers and _answered_below(read.text, headers) else None
    own, older = read.replies[0], read.replies[1]
    if not older.headers or passes_on(own.content[-400:] + older.headers[:400]):
        return None
    start = max(0, read.text.find(own.content)) + len(own.content)
    found = int(read.text.find(older.headers, start))
    return found if found >= 0 else None


def _answered_below(text: str, headers: str) -> bool:
    return text.lstrip().startswith(headers) and "\n>" in text


def _signed(read: Any, answer: str, starts: list[int]) -> list[tuple[int, int]]:
    signature = read.replies[0].signatures
    at = answer.rfind(signature) if signature else -1
    if at < 0:
        return []
    lines = signature.split("\n")
    skip = 0 if _DELIMITED.match(lines[0]) or _by_program(lines) else _after(lines)
    if skip >= len(lines):
        return []
    first = _line(read.text, at) + skip
    last = _line(read.text, at) + len(lines)
    return [(starts[first], starts[min(last, len(starts) - 1)])]


def _by_program(lines: list[str]) -> bool:
    """`Sent from my …`: a line or two that nobody wrote."""
    return len([line for line in lines if line]) <= 2 and bool(
        re.match(r"(?:sent from|get outlook|von mein|gesendet|envoy|enviado|inviato|verzonden"
                 r"|verstuurd|wysłane|outlook)", lines[0], re.IGNORECASE)
    )  # fmt: skip


def _after(lines: list[str]) -> int:
    """Behind the greeting and the name; past the end where nothing more is signed."""
    seen = 0
    for at, line in enumerate(lines):
        seen += bool(line)
        if seen > _KEPT_LINES:
            return at if len([each for each in lines[at:] if each]) >= 2 else len(lines)
    return len(lines)


def _starts(text: str) -> list[int]:
    """Where each line begins, and the end."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    starts[-1] = len(text)
    return starts


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)
