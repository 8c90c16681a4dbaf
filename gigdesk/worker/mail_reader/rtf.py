"""Rich text as Outlook packs it into a winmail.dat: unpacked, and its words alone."""

from __future__ import annotations

import re

LARGEST = 1_000_000
# What every packed text is taken to begin with (MS-OXRTFCP).
_BEGIN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_PACKED, _PLAIN = b"LZFu", b"MELA"
_RING = 4096
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.I,
)
_SILENT = frozenset(
    "fonttbl colortbl stylesheet info pict themedata generator listtable rsidtbl".split()
)
_BREAKS = {"par": "\n", "line": "\n", "tab": "\t", "sect": "\n", "row": "\n", "cell": " "}


def unpacked(data: bytes) -> bytes:
    """The rich text itself; nothing where it is broken or too large."""
    size, magic = int.from_bytes(data[4:8], "little"), data[8:12]
    if magic == _PLAIN:
        return data[16 : 16 + size][:LARGEST]
    if magic != _PACKED or size > LARGEST:
        return b""
    out, at = bytearray(_BEGIN), 16
    most = len(_BEGIN) + size
    while at < len(data) and len(out) < most:
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data) or len(out) >= most:
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            pair = int.from_bytes(data[at : at + 2], "big")
            at += 2
            if not _copied(out, pair >> 4, (pair & 15) + 2):
                return bytes(out[len(_BEGIN) :])
    return bytes(out[len(_BEGIN) : most])


def words_of(rich: bytes) -> str:
    """The words of rich text, paragraph by paragraph; of HTML wrapped in it the words as well."""
    return _Reading().words(rich[:LARGEST].decode("latin-1"))


def _copied(out: bytearray, place: int, count: int) -> bool:
    """Repeat what stands at a place of the ring; False at the end's mark."""
    here = len(out) % _RING
    if place == here:
        return False
    start = len(out) - (here - place) % _RING
    if start < 0:
        return False
    for step in range(count):
        out.append(out[start + step])
    return True


class _Reading:
    """One reading, token by token. Silent groups say nothing."""

    def __init__(self) -> None:
        self._deep = self._silent = self._skip = 0
        self._hidden = False
        self._wide = 1  # letters that stand in for one \\u
        self._out: list[str] = []

    def words(self, text: str) -> str:
        """What is said."""
        for found in _TOKEN.finditer(text):
            word, number, code, sign, brace, plain = found.groups()
            if brace:
                self._group(brace)
            elif word:
                self._word(word.lower(), number)
            elif code:
                self._say(bytes([int(code, 16)]).decode("cp1252", "replace"))
            elif sign:
                self._sign(sign)
            elif plain:
                self._say(plain)
        return re.sub(r"\n{3,}", "\n\n", "".join(self._out)).strip()

    def _group(self, brace: str) -> None:
        self._deep += 1 if brace == "{" else -1
        if self._silent and self._deep < self._silent:
            self._silent = 0

    def _word(self, word: str, number: str | None) -> None:
        if word == "htmlrtf":
            self._hidden = number != "0"
        elif word in _SILENT:
            self._silent = self._silent or self._deep
        elif word == "uc":
            self._wide = min(int(number or 1), 8)
        elif word == "u" and number:
            self._say(_letter(int(number)))
            self._skip = self._wide
        elif word in _BREAKS:
            self._say(_BREAKS[word])

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._silent = self._silent or self._deep
        elif sign in "\\{}":
            self._say(sign)
        elif sign == "~":
            self._say(" ")

    def _say(self, words: str) -> None:
        if self._skip:
            cut = min(self._skip, len(words))
            words, self._skip = words[cut:], self._skip - cut
        if not self._silent and not self._hidden:
            self._out.append(words)


def _letter(number: int) -> str:
    code = number % 65536
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
