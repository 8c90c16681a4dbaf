"""Things that are built when they are first used: a start pays only for what it needs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class _Late:
    """Stands for what `make` builds; the first use of it builds it, once."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make: Callable[[], Any] = make
        self._made: Any = None
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._there(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in {"_make", "_made", "_lock"}:
            object.__setattr__(self, name, value)
        else:
            setattr(self._there(), name, value)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._there()(*given, **named)

    def _there(self) -> Any:
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = self._make()
        return self._made


def late(make: Callable[[], T]) -> T:
    """An object like the one `make` gives, built at its first use. `make` imports what it needs."""
    return cast(T, _Late(make))
