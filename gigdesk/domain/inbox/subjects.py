"""Subjects without their reply marks, for joining replies that name no other mail."""

from __future__ import annotations

import re

# Reply and forward marks as mail programs write them, in the languages met most.
_MARK = re.compile(
    r"^\s*(?:\[[^\]]{1,40}\]\s*)?"
    r"(?:re|aw|antw|antwort|sv|vs|r|rif|ref|res|rv|fw|fwd|wg|tr|enc|i|doorst|odp|ynt|回复|答复|转发|返信)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]\s*",
    re.IGNORECASE,
)


def base_subject(subject: str) -> str:
    """The subject without marks, in one case, with single spaces."""
    rest = subject[:500]
    for _ in range(20):
        shorter = _MARK.sub("", rest, count=1)
        if shorter == rest:
            break
        rest = shorter
    return " ".join(rest.split()).casefold()


def is_reply(subject: str) -> bool:
    """Whether the subject carries a reply or forward mark."""
    return _MARK.match(subject[:500]) is not None


def reply_subject(subject: str) -> str:
    """The subject of an answer: one `Re:`, the rest as it was."""
    clean = " ".join(subject.split())[:400]
    return clean if re.match(r"(?i)re\s*:", clean) else f"Re: {clean}".rstrip()


def forward_subject(subject: str) -> str:
    """The subject of a mail passed on: one `Fwd:`, the rest as it was."""
    clean = " ".join(subject.split())[:400]
    return clean if re.match(r"(?i)fwd?\s*:", clean) else f"Fwd: {clean}".rstrip()
