"""Child processes that read what strangers wrote: each may take so long, and is killed after."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

# A slow machine under load takes this long to start a Python.
START_SECONDS = 60.0
TOO_LONG, CRASHED = "too long", "crashed"


class Died(Exception):
    """The child is gone or does not answer: `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Child:
    """One child process and our end of its pipe, which is its first argument."""

    pipe: Connection
    process: SpawnProcess

    def __init__(
        self, target: Callable[..., None], *args: Any, name: str, duplex: bool = False
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe(duplex)
        self.process = context.Process(target=target, args=(theirs, *args), name=name, daemon=True)
        self.process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def next(self, seconds: float) -> Any:
        """What it says next. Raises Died when that takes longer, or when it is gone."""
        try:
            if not self.pipe.poll(seconds):
                raise Died(TOO_LONG)
            return self.pipe.recv()
        except (EOFError, OSError):
            raise Died(CRASHED) from None

    def kill(self) -> None:
        """At once; nothing of it stays."""
        self.process.kill()
        self.process.join(5)
        with contextlib.suppress(OSError):
            self.pipe.close()
