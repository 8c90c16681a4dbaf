"""Takes what a model thinks aloud out of what it says."""

from __future__ import annotations

OPEN, CLOSE = "<think>", "</think>"
MARKS = (OPEN, CLOSE)


class Thoughts:
    """Feeds text through without the stretches between the marks of thinking."""

    def __init__(self, thinking: bool = False) -> None:
        self._thinking = thinking
        self._held = ""

    def feed(self, text: str) -> str:
        """What of this, and of what was held back, is said aloud."""
        self._held += text
        said = ""
        while True:
            mark = CLOSE if self._thinking else OPEN
            before, found, after = self._held.partition(mark)
            if not found:
                break
            said += "" if self._thinking else before
            self._held, self._thinking = after, not self._thinking
        kept = _begun(self._held, CLOSE if self._thinking else OPEN)
        aloud, self._held = self._held[: len(self._held) - kept], self._held[-kept:] if kept else ""
        return said + ("" if self._thinking else aloud)

    def rest(self) -> str:
        """What was held back in case it became a mark."""
        held, self._held = self._held, ""
        return "" if self._thinking else held


def _begun(text: str, mark: str) -> int:
    """How many of the last letters could be the beginning of the mark."""
    return next((n for n in range(min(len(mark) - 1, len(text)), 0, -1)
                 if mark.startswith(text[-n:])), 0)  # fmt: skip
