"""A mail's plain text as it is read: blanks and lines kept, links to ask about, no endless words."""

from __future__ import annotations

import html
import re

from gigdesk.ui.tabs.inbox.weighing import broken

_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]']")


def prose(words: str) -> str:
    """Plain text as HTML: web addresses are links."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(words):
        parts.append(_kept(words[at : found.start()]))
        parts.append(f'<a href="{html.escape(found[0])}">{html.escape(broken(found[0]))}</a>')
        at = found.end()
    parts.append(_kept(words[at:]))
    return "".join(parts)


def _kept(words: str) -> str:
    plain = html.escape(broken(words)).replace("  ", "\u00a0 ").replace("\t", "\u00a0\u00a0 ")
    return plain.replace("\n", "<br>")
