"""Text from outside made plain: markup off, entities undone, mojibake mended, hidden signs out."""

from __future__ import annotations

import html
import re

TITLE_MOST, TEXT_MOST, WORD_MOST = 300, 20_000, 80
_RAW_MOST = 120_000

_BLOCK = re.compile(
    r"<(?:br|/?p|/?div|/?li|/?h[1-6]|/?tr|/?ul|/?ol)\b[^<>]{0,2000}>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
# Control signs, signs that turn the direction of writing, and joints nobody sees.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_STRANGE = re.compile(r"[^\x00-\x7f]{2,}")
_SPACE = re.compile(r"[^\S\n]+")
# What Windows put where Latin-1 has control signs.
_WINDOWS = {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}


def clean_text(raw: str, most: int = TEXT_MOST) -> str:
    """Plain text with its line breaks, no longer than `most`."""
    text = raw[:_RAW_MOST]
    for _ in range(3):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if _TAG.search(text):
        text = _without_markup(text)
    text = _HIDDEN.sub("", mended(text).replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:most].rstrip()


def clean_line(raw: object, most: int = TITLE_MOST) -> str:
    """The same on one line."""
    return " ".join(clean_text(str(raw or "")[: most * 20], most * 4).split())[:most].rstrip()


def _without_markup(text: str) -> str:
    import nh3

    broken = _BLOCK.sub("\n", text)
    bare = nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"})
    return html.unescape(bare)


def mended(text: str) -> str:
    """Text whose UTF-8 was once read as Windows-1252, put right; other text as it is."""
    return _STRANGE.sub(lambda found: _mended(found[0]), text)


def _mended(run: str) -> str:
    try:
        return bytes(_WINDOWS.get(sign, ord(sign)) for sign in run).decode("utf-8")
    except (ValueError, UnicodeDecodeError):
        return run
