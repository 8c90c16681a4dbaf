"""Blanks a model left open: slots that are none, and `[your name]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gigdesk.domain.proposals import Finding
from gigdesk.domain.words import t

_BLANK = re.compile(r"\{+[^{}\n]{1,40}\}+|\[[^\[\]\n\d]{2,40}\]|_{4,}|\bX{3,}\b")


def blanks_in(text: str) -> Iterator[Finding]:
    """Every place that somebody must fill in or take out."""
    for found in _BLANK.finditer(text):
        yield Finding("blank", found[0], found.start(), found.end(), t("a blank to fill in"))
