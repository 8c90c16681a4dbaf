"""Mails fetched ahead on a thread of their own, while whoever takes them works on those before."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_AHEAD = 3


class _End:
    """Nothing more comes."""


class _Ahead(Generic[T]):
    """The thread that fetches, and the queue between."""

    def __init__(self, coming: Callable[[], Iterator[T]]) -> None:
        self._coming = coming
        self._queue: queue.Queue[T | BaseException | _End] = queue.Queue(_AHEAD)
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._work, name="mail-ahead", daemon=True)
        self._thread.start()

    def take(self) -> T | BaseException | _End:
        return self._queue.get()

    def leave(self) -> None:
        self._left.set()
        self._thread.join(timeout=60)

    def _work(self) -> None:
        try:
            for piece in self._coming():
                self._put(piece)
                if self._left.is_set():
                    return
            self._put(_End())
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever takes the pieces
            self._put(error)

    def _put(self, piece: T | BaseException | _End) -> None:
        while not self._left.is_set():
            with contextlib.suppress(queue.Full):
                self._queue.put(piece, timeout=0.2)
                return


def ahead(
    coming: Callable[[], Iterator[T]], hang_up: Callable[[], None]
) -> Generator[T, None, None]:
    """What `coming` gives, a few pieces ahead. Left early, `hang_up` makes the thread end."""
    running = _Ahead(coming)
    try:
        while not isinstance(piece := running.take(), _End):
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    except BaseException:
        hang_up()
        raise
    finally:
        running.leave()
