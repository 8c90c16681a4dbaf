"""The passphrase in a file, for scripts and for machines where nobody types."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.ports import KeyQuestion


def passphrase_from_file(question: KeyQuestion) -> str | None:
    """The passphrase in the file that `GIGDESK_PASSPHRASE_FILE` names, offered once; None when
    none is named or something else is asked."""
    named = os.environ.get("GIGDESK_PASSPHRASE_FILE")
    if not named or question.kind == "recovery key" or question.attempt > 1:
        return None
    return _from_file(Path(named))


def _from_file(path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise Trouble(
            t("The passphrase's file cannot be read"),
            t("GIGDESK_PASSPHRASE_FILE must name a readable file of text."),
        ) from None
