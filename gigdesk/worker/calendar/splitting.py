"""Splits a calendar file into its VEVENTs, each with the zones of its own VCALENDAR.

One broken event must not take the others along, so nothing is parsed here but BEGIN and END.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace

from gigdesk.domain.calendar.lines import Line, parse_line, plain
from gigdesk.domain.words import t

LINE_BYTES_MOST = 1 << 20
EVENT_LINES_MOST = 20_000
_KEPT = {"VEVENT", "VTIMEZONE"}
_OTHERS = {"VTODO", "VJOURNAL", "VFREEBUSY"}


@dataclass(slots=True)
class Piece:
    """One VEVENT as it stands in the file."""

    lines: list[str]
    zones: dict[str, list[str]]
    fault: str = ""
    uid: str = ""
    key: str = ""  # its RECURRENCE-ID, empty for the series itself
    named_here: bool = False  # it came without a UID


@dataclass(slots=True)
class Pieces:
    """What a file is made of."""

    groups: list[list[Piece]] = field(default_factory=list)
    name: str = ""
    total: int = 0
    others: Counter[str] = field(default_factory=Counter)
    calendars: int = 0
    method: str = ""  # what a mail's calendar wants: REQUEST, CANCEL …


@dataclass(slots=True)
class _Scan:
    pieces: list[Piece] = field(default_factory=list)
    zones: dict[str, list[str]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    kind: str = ""
    name: str = ""
    calendars: int = 0
    method: str = ""
    others: Counter[str] = field(default_factory=Counter)

    def take(self, line: str) -> None:
        """The next content line."""
        mark = line.strip().upper() if len(line) < 40 else ""
        if self.kind:
            self._inside(line, mark)
        elif mark.startswith("BEGIN:"):
            self._begin(line, mark[6:].strip())
        elif not self.name and line[:12].upper() == "X-WR-CALNAME":
            found = parse_line(line)
            self.name = plain(found.value).strip()[:200] if found else ""
        elif not self.method and line[:6].upper() == "METHOD":
            found = parse_line(line)
            self.method = found.value.strip().upper()[:40] if found else ""

    def finish(self) -> None:
        """The end of the file: what is still open was cut off."""
        self._cut()

    def _begin(self, line: str, name: str) -> None:
        if name == "VCALENDAR":
            self.calendars += 1
            self.zones = {}
        elif name in _KEPT:
            self.kind, self.open = name, [line]
        elif name in _OTHERS:
            self.others[name] += 1

    def _inside(self, line: str, mark: str) -> None:
        if mark in {f"BEGIN:{self.kind}", "END:VCALENDAR", "BEGIN:VCALENDAR"}:
            self._cut()
            self.take(line)
            return
        self.open.append(line)
        if mark == f"END:{self.kind}":
            self._close()

    def _close(self) -> None:
        if self.kind == "VEVENT":
            self.pieces.append(Piece(self.open, self.zones, fault=_oversize(self.open)))
        else:
            for line in self.open:
                found = parse_line(line)
                if found and found.name == "TZID":
                    self.zones[found.value.strip()] = self.open
                    break
        self.kind, self.open = "", []

    def _cut(self) -> None:
        if self.kind == "VEVENT":
            self.pieces.append(Piece(self.open, self.zones, t("It stops in the middle.")))
        self.kind, self.open = "", []


def split(lines: list[str]) -> Pieces:
    """The events of a file, gathered by UID in the order they come."""
    scan = _Scan()
    for line in lines:
        scan.take(line)
    scan.finish()
    groups: dict[str, list[Piece]] = {}
    for piece in scan.pieces:
        _name(piece)
        groups.setdefault(piece.uid, []).append(piece)
    return Pieces(
        list(groups.values()), scan.name, len(scan.pieces), scan.others, scan.calendars, scan.method
    )


def completed(piece: Piece) -> Piece:
    """A turn that a mail calls off may come without its start, which is its name."""
    own = [parsed for line in piece.lines if (parsed := parse_line(line))]
    turn = next((each for each in own if each.name == "RECURRENCE-ID"), None)
    if turn is None or any(each.name == "DTSTART" for each in own):
        return piece
    start = str(Line("DTSTART", turn.parameters, turn.value))
    return replace(piece, lines=[piece.lines[0], start, *piece.lines[1:]])


def digest(lines: list[str]) -> str:
    """What an event says, as a fingerprint: without the time it was exported at."""
    said = [line for line in lines if line[:7].upper() != "DTSTAMP"]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def _name(piece: Piece) -> None:
    """Find UID and RECURRENCE-ID at the event's own level; one without UID gets one of its text."""
    depth = 0
    for line in piece.lines:
        head = line[:16].upper()
        if head.startswith("BEGIN:"):
            depth += 1
        elif head.startswith("END:"):
            depth -= 1
        elif depth == 1 and head.startswith(("UID", "RECURRENCE-ID")):
            _take_name(piece, line)
    if not piece.uid:
        # Other programs refuse an event without one: it is written into its text.
        piece.uid = f"{digest(piece.lines)}@no-uid"
        piece.named_here = True


def _take_name(piece: Piece, line: str) -> None:
    found = parse_line(line)
    if found is None:
        return
    if found.name == "UID" and not piece.uid:
        piece.uid = plain(found.value).strip()[:500]
    elif found.name == "RECURRENCE-ID" and not piece.key:
        piece.key = found.value.strip()[:60] or "?"


def _oversize(lines: list[str]) -> str:
    if len(lines) > EVENT_LINES_MOST:
        return t("It has more than {n} lines.", n=EVENT_LINES_MOST)
    if any(len(line) > LINE_BYTES_MOST for line in lines):
        return t("A line of it is longer than a megabyte.")
    return ""
