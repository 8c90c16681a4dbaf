"""The model's own process: loads one model and answers one prompt at a time until the pipe closes.

It may crash or be killed at any moment; it keeps nothing. It ends by itself when nobody asked for a
while, which gives all its memory back, and at once when the app is gone.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import threading
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t
from gigdesk.worker.model import wire

if TYPE_CHECKING:
    from gigdesk.worker.model.engine import Engine
    from gigdesk.worker.model.wire import Pipe

LOG_MOST = 1 << 20


def run(pipe: Pipe, log: str, idle_seconds: float) -> None:
    """The life of the process."""
    _quiet(log)
    _polite()
    Child(pipe, idle_seconds).live()


class Child:
    """Hears orders on one thread and carries them out on the main one."""

    def __init__(self, pipe: Pipe, idle_seconds: float) -> None:
        self._pipe, self._idle = pipe, idle_seconds
        self._orders: queue.Queue[dict[str, Any]] = queue.Queue()
        self._stopped = 0
        self._engine: Engine | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def live(self) -> None:
        """Carry out orders until there are none for a while."""
        while True:
            try:
                order = self._orders.get(timeout=self._idle)
            except queue.Empty:
                wire.send(self._pipe, {"is": "rest"})
                os._exit(0)
            try:
                self._obey(order)
            except Trouble as trouble:
                self._tell(trouble)
            except BrokenPipeError:
                os._exit(0)
            except Exception as error:  # noqa: BLE001 - whatever it is, this process is done
                _note(error)
                os._exit(1)

    def _obey(self, order: dict[str, Any]) -> None:
        if order["do"] == "wake":
            wire.send(self._pipe, {"is": "awake"})
            return
        if order["do"] == "load":
            self._load(order)
            return
        assert self._engine is not None
        job = int(order["job"])
        for step in self._engine.write(
            wire.prompt_in(order["prompt"]), lambda: self._stopped >= job
        ):
            wire.send(self._pipe, {**wire.step_out(step), "job": job})

    def _load(self, order: dict[str, Any]) -> None:
        # Imported here, so that a processor that cannot run it dies in this process alone.
        from gigdesk.worker.model.engine import Engine

        try:
            self._engine = Engine(order["path"], order["context"], order["threads"])
        except Exception as error:
            _note(error)
            raise Trouble(
                t("This model cannot be loaded"),
                t("llama.cpp refused the file. Choose another model."),
            ) from error
        wire.send(self._pipe, {"is": "ready", "context": self._engine.context})

    def _tell(self, trouble: Trouble) -> None:
        with contextlib.suppress(OSError):
            wire.send(
                self._pipe, {"is": "trouble", "title": trouble.title, "advice": trouble.advice}
            )

    def _listen(self) -> None:
        while True:
            try:
                order = wire.receive(self._pipe)
            except (EOFError, OSError):
                os._exit(0)
            if order["do"] == "stop":
                self._stopped = int(order["job"])
            else:
                self._orders.put(order)


def _note(error: Exception) -> None:
    """Where it failed, into the log; never the words of the error, which may hold a mail."""
    import sys
    import traceback

    lines = [f"{type(error).__name__} in the model's process\n"]
    sys.stderr.writelines(lines + traceback.format_tb(error.__traceback__))
    sys.stderr.flush()


def _quiet(log: str) -> None:
    """Whatever llama.cpp prints goes to the log file, never to a console."""
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
    with contextlib.suppress(OSError):
        if os.stat(log).st_size > LOG_MOST:  # noqa: PTH116 - nothing of pathlib is loaded yet
            flags |= os.O_TRUNC
    file = os.open(log, flags, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)


def _polite() -> None:
    """Below everything the person does, and with no core file that could hold their mail."""
    import psutil

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, psutil.Error, AttributeError):
        psutil.Process().nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10))
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
