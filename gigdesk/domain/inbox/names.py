"""File names that came from outside, made safe to save under."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_BAD = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_LONGEST = 120

RISKY = frozenset(
    "exe com bat cmd scr pif cpl msi msp jar js jse vbs vbe wsf wsh ps1 hta lnk url reg dll sh app"
    " desktop iso img vhd appimage command".split()
)
_INNOCENT = frozenset("pdf doc docx xls xlsx ppt pptx odt ods txt jpg jpeg png gif zip csv".split())


def safe_name(name: str, otherwise: str = "attachment") -> str:
    """The name alone, without folders, controls, turned text or what Windows reserves."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(
        c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    plain = _BAD.sub("_", " ".join(plain.split())).strip(" .")
    if len(plain) > _LONGEST:
        stem, dot, ending = plain.rpartition(".")
        keep = f".{ending}" if dot and len(ending) <= 12 else ""
        plain = (stem if keep else plain)[: _LONGEST - len(keep)].rstrip(" .") + keep
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    return plain or otherwise


def hides_its_kind(name: str) -> bool:
    """`invoice.pdf.exe` and the like: a program dressed as a document."""
    parts = name.lower().rsplit(".", 2)
    return len(parts) == 3 and parts[2] in RISKY and parts[1].strip() in _INNOCENT


def numbered(name: str, number: int) -> str:
    """`report (2).pdf`: the next name to try when one is taken."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"
