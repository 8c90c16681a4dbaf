"""Plain text out of sanitised HTML, and the first words of a mail."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(
    r"<(?:br|/p|/div|/h[1-6]|/tr|/table|/blockquote|/ul|/ol|/dl|/pre|hr)\b[^>]*>", re.I
)
_ITEM = re.compile(r"<li\b[^>]*>", re.I)
_CELL = re.compile(r"</t[dh]>", re.I)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u200b\u200c\u200d\ufeff\u00ad\u034f]+")
_LINES = re.compile(r"\n{3,}")
_QUOTED = re.compile(r"^\s*(?:>|\||On .{5,80}wrote:|Am .{5,80}schrieb|Le .{5,80}a écrit)", re.I)
_RULE = re.compile(r"^[\s\-_=*#~+.]{3,}$")


def text_of(markup: str) -> str:
    """The words of sanitised HTML, block by block. Linear in its length."""
    flat = _SPACE.sub(" ", markup.replace("\n", " ").replace("<pre>", "\n"))
    flat = _ITEM.sub("\n- ", flat)
    flat = _CELL.sub(" ", flat)
    flat = html.unescape(_TAG.sub("", _BREAK.sub("\n", flat)))
    lines = (_SPACE.sub(" ", line).strip() for line in flat.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def snippet_of(text: str, length: int = 160) -> str:
    """The first words somebody wrote, without quotes and rules."""
    kept: list[str] = []
    room = length
    for line in text[:4000].split("\n"):
        if not line.strip() or _QUOTED.match(line) or _RULE.match(line):
            if line.startswith("-- ") or line == "--":
                break
            continue
        words = " ".join(line.split())
        kept.append(words)
        room -= len(words) + 1
        if room <= 0:
            break
    return " ".join(kept)[:length].rstrip()
