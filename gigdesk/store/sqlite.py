"""sqlite-utils, without numpy and pandas.

It imports both where they are installed, only to know their types. Nothing of ours hands it any,
and numpy alone would take a fifth of the app's start.
"""

from __future__ import annotations

import sys
from types import ModuleType

_NOT_NEEDED = ("numpy", "pandas")
_absent = [name for name in _NOT_NEEDED if name not in sys.modules]
_modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
for _name in _absent:
    _modules[_name] = None
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _absent:
        del _modules[_name]

__all__ = ["Database", "Migrations"]
