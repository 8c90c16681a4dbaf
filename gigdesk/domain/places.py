"""Where the app's own files lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resources() -> Path:
    """The folder of icons, fonts, templates and prompts."""
    return _find("resources", "_resources")


@cache
def models() -> Path:
    """The folder of the catalogue of models."""
    return _find("models", "_models")


def _find(beside: str, inside: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / beside] if frozen else []
    places += [_PACKAGE / inside, _PACKAGE.parent / beside]
    return next((place for place in places if place.is_dir()), places[-1])
