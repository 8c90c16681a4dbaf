"""winmail.dat: what Outlook wraps a mail and its files in when it takes everybody else for itself."""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gigdesk.worker.mail_reader.rtf import unpacked, words_of

LARGEST = 32_000_000
MOST = 200
_DEEPEST = 3
_MAGIC = b"\x78\x9f\x3e\x22"
_COSTLIEST = 400_000_000  # bytes the library copies: what is left of the file, for each thing in it
_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What lies in it: its words, its HTML, its files by name."""

    text: str = ""
    html: str = ""
    files: tuple[tuple[str, str, bytes], ...] = ()  # name, type, content


def is_wrapped(kind: str, name: str) -> bool:
    """Whether a part says that it is one."""
    return kind in _TYPES or name.lower() in {"winmail.dat", "win.dat"}


def unwrapped(data: bytes) -> Wrapped:
    """Open it. What is broken gives nothing; what lies in what lies in it is taken out as well."""
    if len(data) > LARGEST or not data.startswith(_MAGIC) or _things(data) * len(data) > _COSTLIEST:
        return Wrapped()
    from tnefparse import TNEF

    logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
    try:
        read = TNEF(data, do_checksum=False)
    except Exception:  # noqa: BLE001 - the file itself can still be saved
        return Wrapped()
    files = []
    for file in _files(read, 0):
        files.append(file)
        if len(files) >= MOST:
            break
    text, rich = _words(read.body), _words(read.htmlbody)
    return Wrapped(text or ("" if rich else _rich_words(read)), rich, tuple(files))


def _rich_words(read: Any) -> str:
    packed = read._rtfbody
    packed = packed[0] if isinstance(packed, list) and packed else packed
    return words_of(unpacked(bytes(packed))) if isinstance(packed, bytes | bytearray) else ""


def _things(data: bytes) -> int:
    """How many things are in it, by their own lengths."""
    at, count = 6, 0
    while at + 12 < len(data):
        at += int.from_bytes(data[at + 5 : at + 9], "little") + 11
        count += 1
    return count


def _files(read: Any, depth: int) -> Iterator[tuple[str, str, bytes]]:
    for each in read.attachments:
        inner = getattr(each, "embed", None)
        if inner is not None and depth < _DEEPEST:
            yield from _files(inner, depth + 1)
            continue
        name, content = _name(each), each.data
        if isinstance(content, bytes | bytearray) and content:
            yield name, mimetypes.guess_type(name)[0] or "application/octet-stream", bytes(content)


def _name(attachment: Any) -> str:
    try:
        name = attachment.long_filename() or attachment.name
    except Exception:  # noqa: BLE001 - a name in letters it does not know
        name = bytes(attachment._name).decode("latin-1")
    return _words(name).strip("\x00 ") or "attachment.bin"


def _words(found: Any) -> str:
    if isinstance(found, list):
        found = found[0] if found else ""
    if isinstance(found, bytes | bytearray):
        try:
            found = bytes(found).decode("utf-8")
        except UnicodeDecodeError:
            found = bytes(found).decode("cp1252", "replace")
    return str(found or "").replace("\x00", "").replace("\r\n", "\n")
