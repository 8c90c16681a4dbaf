"""The content lines of an ICS file (RFC 5545, section 3.1): unfolded, taken apart, put together.

Text is kept line by line as it came, so that what we do not know survives a round trip.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

LINE_MOST = 75
_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9_.-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPED = re.compile(r"\\([\\;,nN:\"])")


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: a name, parameters in their order, a value still escaped."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    def parameter(self, name: str) -> str:
        """A parameter's value without its quotes; empty when it has none."""
        for key, value in self.parameters:
            if key.upper() == name:
                return value.strip('"')
        return ""

    def with_parameter(self, name: str, value: str | None) -> Line:
        """The line with this parameter set, or without it."""
        kept = tuple(pair for pair in self.parameters if pair[0].upper() != name)
        if value is None:
            return Line(self.name, kept, self.value)
        return Line(self.name, (*kept, (name, quoted(value))), self.value)

    def __str__(self) -> str:
        return (
            self.name
            + "".join(f";{key}={value}" for key, value in self.parameters)
            + ":"
            + self.value
        )


def parse_line(text: str) -> Line | None:
    """The line taken apart; None when it is no content line."""
    name = _NAME.match(text)
    if name is None:
        return None
    at, parameters = name.end(), []
    while found := _PARAMETER.match(text, at):
        parameters.append((found[1], found[2]))
        at = found.end()
    if text[at : at + 1] != ":":
        return None
    return Line(name[0].upper(), tuple(parameters), text[at + 1 :])


def unfolded(data: bytes) -> list[str]:
    """The file's content lines as text. Encodings are told apart line by line: UTF-8 where it
    fits, else Windows Western; a byte order mark names UTF-16."""
    data = _without_mark(data)
    # Folding may cut a character in two: put the bytes together before reading them.
    lines = _FOLD.sub(b"", data).splitlines()
    return [text for text in map(_decoded, lines) if text.strip()]


def folded(text: str) -> bytes:
    """One content line as bytes: cut every 75 octets, never inside a character, ended by CRLF."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= LINE_MOST:
        return raw + b"\r\n"
    pieces, start, room = [], 0, LINE_MOST
    while len(raw) - start > room:
        end = start + room
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        start, room = end, LINE_MOST - 1
    pieces.append(raw[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def written(lines: Iterable[str]) -> bytes:
    """A whole file of content lines."""
    return b"".join(map(folded, lines))


def escaped(text: str) -> str:
    """Text as a TEXT value."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    text = text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(char for char in text if char >= " " or char == "\t")


def plain(value: str) -> str:
    """A TEXT value as text."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def quoted(value: str) -> str:
    """A parameter's value, in quotes where it needs them; what cannot be written is left out."""
    clean = "".join(char for char in value if char >= " " and char != '"')
    return f'"{clean}"' if any(char in clean for char in ",;:") else clean


def block(lines: list[str], name: str) -> list[list[str]]:
    """The whole components of this name among lines, each from its BEGIN to its END."""
    found: list[list[str]] = []
    open_since = -1
    for number, line in enumerate(lines):
        mark = line.strip().upper()
        if mark == f"BEGIN:{name}":
            open_since = number
        elif mark == f"END:{name}" and open_since >= 0:
            found.append(lines[open_since : number + 1])
            open_since = -1
    return found


def _without_mark(data: bytes) -> bytes:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _as_utf8(data[len(mark) :], encoding)
    if data[:200].count(0) > len(data[:200]) // 4:
        return _as_utf8(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    return data


def _as_utf8(data: bytes, encoding: str) -> bytes:
    return data if encoding == "utf-8" else data.decode(encoding, "replace").encode("utf-8")


def _decoded(line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\0", "")
