"""Bytes to text for mail as it really is: wrong, unknown and missing character sets, encoded words."""

from __future__ import annotations

import binascii
import codecs
import re
from functools import lru_cache

_REPLACED = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "ks_c_5601": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8",
    "x-utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "unicode": "utf-16", "cp-850": "cp850",
    "big5-hkscs": "big5hkscs", "x-big5": "big5", "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext", "koi8-ru": "koi8-u", "x-euc-jp": "euc_jp", "8859-1": "cp1252",
}  # fmt: skip
# Python codecs that are no character set of a mail, or cost more than they may.
_REFUSED = frozenset(
    "idna punycode unicode_escape raw_unicode_escape undefined mbcs oem palmos".split()
)
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@lru_cache(maxsize=256)
def codec_of(charset: str) -> str:
    """Python's name of a mail's character set; empty when there is none."""
    wanted = charset.strip().strip("\"'").split("*")[0].lower()
    wanted = _REPLACED.get(wanted, wanted)
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError):
        return ""
    text = getattr(found, "_is_text_encoding", True) and found.name not in _REFUSED
    return found.name if text else ""


def decoded(data: bytes, charset: str = "") -> tuple[str, bool]:
    """The text, and whether the named character set was known and fitted."""
    codec = codec_of(charset) if charset else ""
    if codec:
        try:
            # Most that say they are Western hold UTF-8 when they hold valid UTF-8 at all.
            if codec == "cp1252" and not data.isascii():
                return _western(data), True
            return clean(data.decode(codec)), True
        except (UnicodeError, ValueError):
            if codec != "utf-8":
                return clean(data.decode(codec, "replace")), False
    return _western(data), not charset and data.isascii()


def _western(data: bytes) -> str:
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        try:
            return clean(data.decode("cp1252"))
        except UnicodeDecodeError:
            return clean(data.decode("latin-1"))


def clean(text: str) -> str:
    """Without what no store takes and no eye sees: lone surrogates, NUL and other controls."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _CONTROL.sub("", _SURROGATE.sub("\ufffd", text))


def header_text(raw: str) -> str:
    """One header's value as text: raw eight-bit letters and encoded words (RFC 2047) decoded."""
    if not raw.isascii():
        raw = _western(raw.encode("utf-8", "surrogateescape"))
    if "=?" in raw:
        raw = _words(raw)
    return " ".join(clean(raw).split())


def _words(text: str) -> str:
    text = _BETWEEN.sub(r"\1", text)
    out: list[str] = []
    held: list[bytes] = []
    charset, at = "", 0
    for found in _WORD.finditer(text):
        if found.start() != at:
            out.append(_joined(held, charset))
            out.append(text[at : found.start()])
            held = []
        if held and found[1].lower() != charset:
            out.append(_joined(held, charset))
            held = []
        charset, at = found[1].lower(), found.end()
        held.append(_word_bytes(found[2], found[3]))
    out.extend((_joined(held, charset), text[at:]))
    return "".join(out)


def _joined(held: list[bytes], charset: str) -> str:
    return decoded(b"".join(held), charset)[0] if held else ""


def _word_bytes(how: str, payload: str) -> bytes:
    data = payload.encode("ascii", "replace")
    if how in "qQ":
        return binascii.a2b_qp(data, header=True)
    return base64_bytes(data)[0]


def base64_bytes(data: bytes) -> tuple[bytes, bool]:
    """What the base64 holds, as far as it can be read, and whether it was whole."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data.split(b"=")[0] if b"=" in data[-4:] else data)
    whole = len(kept) % 4 != 1
    if not whole:
        kept = kept[:-1]
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)), whole
    except binascii.Error:
        return b"", False


def uu_bytes(data: bytes) -> bytes:
    """What a uuencoded body holds, as far as it can be read."""
    out: list[bytes] = []
    lines = iter(data.splitlines())
    for line in lines:
        if line.startswith(b"begin "):
            break
    for line in lines:
        if not line or line in {b"end", b"`"}:
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            wide = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out.append(binascii.a2b_uu(line[:wide]))
            except binascii.Error:
                break
    return b"".join(out)
