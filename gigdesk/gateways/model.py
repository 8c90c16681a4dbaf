"""The model as the app sees it: a child process that loads one file and writes one answer a time.

The child may crash, hang or be killed: this side never does more than say so. Nothing is loaded
again by itself after a crash.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
import multiprocessing
import threading
import time
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Locked, NotFound, Trouble, Unreadable
from gigdesk.domain.models import Crashed
from gigdesk.domain.prompts import Finished, Header, ModelFile, ModelState, Progress
from gigdesk.domain.words import t
from gigdesk.worker.model import child, wire
from gigdesk.worker.model.gguf import Damaged, read_header

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from gigdesk.domain.prompts import Power, Prompt, Step, Stop
    from gigdesk.worker.model.wire import Pipe

log = logging.getLogger(__name__)

IDLE_SECONDS = 600.0
KILL_SECONDS = 2.0
WAIT_SECONDS = 120.0
CONTEXT_MOST = 8192
CONTEXT_LEAST = 512
# What must stay free beside a loaded model, and what llama.cpp takes for its own.
MEMORY_KEPT = 512 << 20
MEMORY_OWN = 400 << 20
_LOOK = 0.05


class LocalModel:
    """The one model process of this app. Safe to call from any thread; answers come one by one."""

    def __init__(self, folder: Path, idle_seconds: float = IDLE_SECONDS) -> None:
        self._folder, self._idle = folder, idle_seconds
        self._turn = threading.Lock()
        self._jobs = itertools.count(1)
        self._process: BaseProcess | None = None
        self._pipe: Pipe | None = None
        self._loaded: ModelFile | None = None
        self._context = 0
        self._power: Power = "resting"

    def inspect(self, path: Path) -> Header:
        """What a file says of itself. Raises NotFound, or Unreadable with the reason."""
        with _readable(path):
            try:
                return read_header(path)
            except Damaged as error:
                raise Unreadable(
                    t("{name} is no model GigDesk can use: {why}", name=path.name, why=error),
                    t("Nothing was changed. Choose another file."),
                ) from None

    def fingerprint(self, path: Path, stop: Stop) -> ModelFile:
        """The file as it is now, with its hash. Raises NotFound or Unreadable."""
        hashing = self.hashing(path, stop)
        while True:
            try:
                next(hashing)
            except StopIteration as end:
                file: ModelFile = end.value
                return file

    def hashing(self, path: Path, stop: Stop) -> Generator[float, None, ModelFile]:
        """How much of the file is hashed, 0 to 1; the return value is the file as it is now. Raises
        NotFound or Unreadable."""
        with _readable(path), path.open("rb") as file:
            stat, digest = path.stat(), hashlib.sha256()
            while block := file.read(4 << 20):
                digest.update(block)
                yield min(1.0, file.tell() / max(stat.st_size, 1))
                if stop.is_set():
                    raise Trouble(t("Stopped"), t("Nothing was changed."))
        return ModelFile(str(path), stat.st_size, stat.st_mtime_ns, digest.hexdigest())

    def unchanged(self, file: ModelFile, path: Path) -> bool:
        """Whether size and time of the file are as they were; then it need not be hashed again."""
        with _readable(path):
            stat = path.stat()
        return (stat.st_size, stat.st_mtime_ns) == (file.bytes, file.modified)

    def state(self) -> ModelState:
        """What the process does just now."""
        if self._process is not None and not self._process.is_alive():
            return ModelState("resting")
        return ModelState(self._power, context=self._context)

    def stream(
        self, file: ModelFile, path: Path, prompt: Prompt, stop: Stop
    ) -> Generator[Step, None, None]:
        """Load the file if need be, then write. Closing the iterator stops the model.

        Raises Trouble when it does not fit, Crashed when the process died, Locked when another
        GigDesk keeps the model busy.
        """
        with self._my_turn(stop) as mine:
            if not mine:
                yield Finished("stopped")
                return
            job = next(self._jobs)
            try:
                if self._loaded != file or not self._awake():
                    yield Progress("loading")
                    if not self._load(file, path, stop):
                        yield Finished("stopped")
                        return
                self._power = "working"
                yield from self._write(job, prompt, stop)
            finally:
                self._power = "ready" if self._alive() else "resting"

    def rest(self) -> None:
        """End the process; its memory goes back at once. Ends an answer that is being written."""
        self._end()

    def _write(self, job: int, prompt: Prompt, stop: Stop) -> Iterator[Step]:
        self._order({"do": "say", "job": job, "prompt": wire.prompt_out(prompt)})
        ended = False
        try:
            yield Progress("reading")
            while not ended:
                message = self._hear(stop)
                if message is None:
                    break
                step = wire.step_in(message)
                ended = isinstance(step, Finished)
                if step is not None:
                    yield step
        except Trouble:
            ended = True
            raise
        finally:
            if not ended:
                self._stop(job)
        if not ended:
            yield Finished("stopped")

    def _stop(self, job: int) -> None:
        """Ask the child to stop; end it when it does not within two seconds."""
        with contextlib.suppress(Trouble):
            self._order({"do": "stop", "job": job})
            until = time.monotonic() + KILL_SECONDS
            while self._alive() and time.monotonic() < until:
                message = self._hear(None, _LOOK)
                if message and (
                    message.get("is") == "trouble" or isinstance(wire.step_in(message), Finished)
                ):
                    return
        self._end()

    def _load(self, file: ModelFile, path: Path, stop: Stop) -> bool:
        """False when it was stopped."""
        self._end()
        context = self._fitting_context(self.inspect(path), file)
        self._power = "loading"
        self._start()
        self._order({"do": "load", "path": str(path), "context": context, "threads": _threads()})
        message = self._hear(stop)
        if message is None:
            self._end()
            return False
        try:
            wire.step_in(message)
        except Trouble:
            self._end()
            raise
        self._loaded, self._context = file, int(message.get("context", context))
        return True

    def _fitting_context(self, header: Header, file: ModelFile) -> int:
        """As long a memory as the machine has room for. Raises Trouble when there is none."""
        import psutil

        free = psutil.virtual_memory().available - file.bytes - MEMORY_OWN - MEMORY_KEPT
        context = min(header.context, CONTEXT_MOST)
        while context > CONTEXT_LEAST and header.memory(context) > free:
            context //= 2
        if header.memory(context) > free:
            raise Trouble(
                t("There is too little memory for this model"),
                t(
                    "It needs about {need} GB, {free} GB are free. Close other programs or choose a"
                    " smaller model; until then templates draft.",
                    need=_gigabytes(file.bytes + MEMORY_OWN + header.memory(context)),
                    free=_gigabytes(psutil.virtual_memory().available),
                ),
            )
        return context

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._process = spawn.Process(
            target=child.run,
            args=(theirs, str(self._folder / "model.log"), self._idle),
            name="gigdesk-model",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._pipe = ours

    def _order(self, order: dict[str, Any]) -> None:
        if self._pipe is None:
            raise self._crashed()
        try:
            wire.send(self._pipe, order)
        except (OSError, ValueError):
            raise self._crashed() from None

    def _hear(self, stop: Stop | None, seconds: float | None = None) -> dict[str, Any] | None:
        """The next message; None when stopped or after so many seconds."""
        pipe = self._pipe
        if pipe is None:
            raise self._crashed()
        until = time.monotonic() + seconds if seconds is not None else None
        try:
            while not pipe.poll(_LOOK):
                if stop is not None and stop.is_set():
                    return None
                if until is not None and time.monotonic() >= until:
                    return None
            if stop is not None and stop.is_set():
                return None
            return wire.receive(pipe)
        except (EOFError, OSError, ValueError):
            raise self._crashed() from None

    def _crashed(self) -> Trouble:
        process = self._process
        if process is None:
            return Trouble(t("The model was put to rest"), t("What it wrote so far is kept."))
        process.join(1)
        code = process.exitcode
        self._end()
        log.info("the model's process ended with %s", code)
        return Crashed(t("The model stopped working"), _why(code))

    def _alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def _awake(self) -> bool:
        """Alive, and not just about to rest: between jobs it says nothing but that."""
        if not self._alive() or self._pipe is None:
            return False
        try:
            self._order({"do": "wake"})
            while message := self._hear(None, KILL_SECONDS):
                if message.get("is") == "awake":
                    return True
        except Trouble:
            return False
        return False

    def _end(self) -> None:
        process, pipe = self._process, self._pipe
        self._process, self._pipe, self._loaded = None, None, None
        self._power = "resting"
        if process is not None:
            process.kill()
            process.join(5)
        if pipe is not None:
            pipe.close()

    @contextlib.contextmanager
    def _my_turn(self, stop: Stop) -> Iterator[bool]:
        """One answer at a time, in this app and among all that use this desk; False when stopped
        while waiting."""
        import portalocker

        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / "model.lock").open("a+b") as file, contextlib.ExitStack() as held:

            def alone() -> bool:
                try:
                    portalocker.lock(file, portalocker.LOCK_EX | portalocker.LOCK_NB)
                except portalocker.exceptions.LockException:
                    return False
                return True

            if not _wait(lambda: self._turn.acquire(timeout=_LOOK), stop):
                yield False
                return
            held.callback(self._turn.release)
            if not _wait(alone, stop):
                yield False
                return
            yield True


def _wait(ready: Callable[[], bool], stop: Stop) -> bool:
    until = time.monotonic() + WAIT_SECONDS
    while not ready():
        if stop.is_set():
            return False
        if time.monotonic() > until:
            raise Locked(
                t("The model is busy"), t("Another draft is being written. Try again in a moment.")
            )
        time.sleep(_LOOK)
    return True


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise NotFound(
            t("There is no file {path}", path=path), t("Choose a .gguf file on this machine.")
        ) from None
    except OSError as error:
        raise Unreadable(
            t("{path} cannot be read", path=path), t("The system says: {why}.", why=error.strerror)
        ) from None


def _threads() -> int:
    """All but one of the processor's cores, so that the desk stays quick."""
    import psutil

    usable = (
        len(psutil.Process().cpu_affinity() or [0])
        if hasattr(psutil.Process, "cpu_affinity")
        else 0
    )
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return max(1, min(cores, usable or cores) - 1)


def _why(code: int | None) -> str:
    kept = t("The desk is unharmed.")
    if code in {-4, 0xC000001D, -1073741795}:
        return kept + " " + t("This processor cannot run this build of llama.cpp.")
    if code == -9:
        return kept + " " + t("The system ended it, most likely for want of memory.")
    return kept + " " + t("Templates draft until it is asked again.")


def _gigabytes(count: int) -> str:
    return f"{count / (1 << 30):.1f}"
