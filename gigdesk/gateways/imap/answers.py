"""What a FETCH answers, taken apart: imaplib's lines and literals to one dictionary a mail.

imapclient's own reader goes letter by letter; with a hundred thousand mails this one is what makes a
sync quick. Whatever it cannot read raises ValueError: half an answer is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from gigdesk.domain.inbox.folders import Marks

Value = bytes | int | None

_START = re.compile(rb"\d{1,10} \(")
_PLAIN = re.compile(
    rb"\d{1,10} \((?:UID (\d{1,10}) )?(?:MODSEQ \(\d{1,20}\) )?FLAGS \(([^()]*)\)"
    rb"(?: UID (\d{1,10}))?(?: MODSEQ \(\d{1,20}\))?(?: UID (\d{1,10}))?\)"
)
_ITEM = re.compile(
    rb" *([A-Za-z0-9.\-_]+(?:\[[^\]]*\])?(?:<\d+>)?) "
    rb"(?:\(([^()]*)\)|\"((?:[^\"\\]|\\.)*)\"|\0(\d+)\0|(\d{1,20})|(NIL))"
)
_LITERAL = re.compile(rb"~?\{\d+\}$")
_DATE = re.compile(rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS = b"jan feb mar apr may jun jul aug sep oct nov dec".split()
_RANGE = re.compile(rb"(\d{1,10})(?::(\d{1,10}))?")
_LONGEST_SET = 6000


def fetched(data: Iterable[Any]) -> Iterator[dict[bytes, Value]]:
    """Each mail's items by name in capitals; FLAGS as the bytes between the brackets. An answer
    without a UID is left out: nobody knows whose it is."""
    for text, literals in _records(data):
        found = _items(text, literals)
        if isinstance(found.get(b"UID"), int):
            yield found


def marks_of(data: Iterable[Any]) -> dict[int, Marks]:
    """Only the marks of each mail."""
    found: dict[int, Marks] = {}
    rest: list[Any] = []
    for each in data:
        plain = _PLAIN.fullmatch(each) if isinstance(each, bytes) else None
        uid = plain and (plain[1] or plain[3] or plain[4])
        if plain and uid:
            found[int(uid)] = marks(plain[2])
        else:
            rest.append(each)
    for item in fetched(rest):
        flags = item.get(b"FLAGS")
        if isinstance(flags, bytes):
            found[number(item[b"UID"])] = marks(flags)
    return found


def _records(data: Iterable[Any]) -> Iterator[tuple[bytes, list[bytes]]]:
    """The lines of one answer together; a literal leaves a mark with its number in its place."""
    text, literals, open_ = b"", list[bytes](), False
    for each in data:
        if each is None:
            continue
        if not open_:
            text, literals = b"", []
        line = each[0] if isinstance(each, tuple) else each
        open_ = isinstance(each, tuple)
        if open_:
            text += _LITERAL.sub(b"", line) + b"\0%d\0" % len(literals)
            literals.append(each[1])
        else:
            yield text + line, literals
    if open_:
        raise ValueError("half an answer")


def _items(text: bytes, literals: list[bytes]) -> dict[bytes, Value]:
    start = _START.match(text)
    if start is None or not text.endswith(b")"):
        raise ValueError("no answer to a FETCH")
    found: dict[bytes, Value] = {}
    at, end = start.end(), len(text) - 1
    while at < end:
        item = _ITEM.match(text, at, end)
        if item is None or item[1].upper() in found:
            # Said twice: a literal was shorter than promised, and took a piece of the next answer.
            raise ValueError("an item that cannot be read")
        found[item[1].upper()] = _value(item, literals)
        at = item.end()
    return found


def _value(item: re.Match[bytes], literals: list[bytes]) -> Value:
    listed, quoted, literal, digits, _nil = item.groups()[1:]
    if literal is not None:
        return literals[int(literal)]
    if digits is not None:
        return int(digits)
    if quoted is not None:
        return re.sub(rb"\\(.)", rb"\1", quoted)
    return None if listed is None else bytes(listed)


def number(value: Value) -> int:
    """A value that has to be a number."""
    if not isinstance(value, int):
        raise ValueError("no number")
    return value


def marks(flags: bytes) -> Marks:
    """Flags as marks."""
    names = set(flags.lower().split())
    return Marks(b"\\seen" in names, b"\\flagged" in names, b"\\deleted" in names)


def instant(value: Value) -> datetime | None:
    """An INTERNALDATE; None when it is none."""
    found = _DATE.fullmatch(value) if isinstance(value, bytes) else None
    if found is None:
        return None
    try:
        day, year, hour, minute, second = (int(found[at]) for at in (1, 3, 4, 5, 6))
        month = _MONTHS.index(found[2].lower()) + 1
        ahead = timedelta(hours=int(found[8]), minutes=int(found[9]))
        zone = timezone(-ahead if found[7] == b"-" else ahead)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def ranges(lines: Iterable[Any]) -> tuple[tuple[int, int], ...]:
    """The sets of VANISHED as ranges, not counted out."""
    found = []
    for line in lines:
        if not isinstance(line, bytes):
            raise ValueError("no set of UIDs")  # a literal stood where none belongs
        for low, high in _RANGE.findall(line.replace(b"(EARLIER)", b"")):
            ends = sorted((int(low), int(high or low)))
            found.append((ends[0], ends[1]))
    return tuple(found)


def sets(uids: Sequence[int], most: int) -> Iterator[tuple[list[int], str]]:
    """UIDs as sets for a command, so many in each and none too long for a server's line."""
    rest = sorted(set(uids))
    while rest:
        part = rest[:most]
        words = _set(part)
        while len(words) > _LONGEST_SET:
            part = part[: len(part) // 2]
            words = _set(part)
        yield part, words
        rest = rest[len(part) :]


def _set(uids: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for uid in uids:
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{low}:{high}" if low != high else str(low) for low, high in runs)
