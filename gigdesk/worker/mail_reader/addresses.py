"""Addresses out of headers as they are: quoted, encoded, grouped, broken. Linear in their length."""

from __future__ import annotations

import re

from gigdesk.domain.inbox.mails import Address
from gigdesk.worker.mail_reader.letters import header_text

MOST = 2000
_SIMPLE = re.compile(r'^\s*(?:"([^"\\<>]*)"|([^"<>,;:()@\\]*))\s*<\s*([^\s<>",;]+)\s*>\s*$')
_BARE = re.compile(r"^[^\s<>\",;()]+@[^\s<>\",;()]+$")
_LOOKS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")


def addresses(raw: str, most: int = MOST) -> tuple[tuple[Address, ...], bool]:
    """The addresses of one header, and whether there were more than are read."""
    single = _SIMPLE.match(raw)
    if single:
        return (_address(single[1] if single[1] is not None else single[2], single[3]),), False
    bare = raw.strip()
    if _BARE.match(bare):
        return (_address("", bare),), False
    found: list[Address] = []
    for piece in _pieces(raw):
        if len(found) >= most:
            return tuple(found), True
        address = _one(piece)
        if address is not None:
            found.append(address)
    return tuple(found), False


def _pieces(raw: str) -> list[str]:  # noqa: C901 - one pass over letters, kept together
    """Cut at commas and semicolons that stand in no quotes, comment or angle."""
    pieces: list[str] = []
    start, quoted, depth, angle, skip = 0, False, 0, False, False
    for at, letter in enumerate(raw):
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif letter == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "()":
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif depth:
            continue
        elif letter in "<>":
            angle = letter == "<"
        elif letter in ",;" or (letter == ":" and not angle and "@" not in raw[start:at]):
            if letter != ":":
                pieces.append(raw[start:at])
            start, angle = at + 1, False
    pieces.append(raw[start:])
    # An unclosed quote swallows all after it: then the plain reading finds more.
    return raw[:20000].split(",") if quoted and len(pieces) == 1 else pieces


def _one(piece: str) -> Address | None:
    piece = piece.strip()
    if not piece:
        return None
    single = _SIMPLE.match(piece)
    if single:
        return _address(single[1] if single[1] is not None else single[2], single[3])
    before, angle, after = piece.rpartition("<")
    if angle:
        return _address(before, after.partition(">")[0])
    comment = re.search(r"\(([^()]*)\)\s*$", piece)
    plain = re.sub(r"\([^()]*\)", " ", piece)
    found = _LOOKS.search(plain)
    if found:
        return _address(comment[1] if comment else "", found[0])
    name = header_text(piece).strip("\"' ")
    return Address(name[:300], "") if name else None


def _address(name: str, email: str) -> Address:
    email = header_text(email).replace(" ", "").strip("\"'<>")[:320]
    if "@" not in email and "@" in name and not email:
        email, name = name.strip(), ""
    name = name.strip()
    if name.startswith('"') or "\\" in name:
        name = re.sub(r"\\(.)", r"\1", name.strip('"'))
    shown = header_text(name).strip("\"' ")[:300]
    return Address("" if shown.lower() == email.lower() else shown, email)
