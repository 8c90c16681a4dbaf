"""The one bridge between the UI thread and everything that takes time.

    ask    a read        the reading thread
    do     a change      the writing thread, before what long verbs want to write
    fetch  long work     the pool; an iterator's pieces land as they come
    keep   a connection  a thread of its own, until `close`

Answers always land on the UI thread. A `Changed` is announced once by `changed`, whoever made it:
us, or another process (seen by `data_version` and the topics' counters).
"""

from __future__ import annotations

import itertools
import logging
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from gigdesk.domain.errors import Trouble
from gigdesk.domain.topics import Changed, Topic

if TYPE_CHECKING:
    from gigdesk.services.office import Changes

T = TypeVar("T")
log = logging.getLogger(__name__)

PERSON, ROUTINE, LONG_WORK, LAST = range(4)
WATCH_MS = 700
# How long a thread that computes may keep the others waiting (Python's own measure is ten times that):
# the window needs many short turns, and its longest wait is half as long by this.
TURN_SECONDS = 0.0005
POOL_THREADS = 4


@dataclass(order=True)
class _Job:
    rank: int
    turn: int
    call: Callable[[], Any] = field(compare=False)
    future: Future[Any] = field(compare=False)


class Lane:
    """One thread that runs calls in the order of their rank, then of their coming."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._turn = itertools.count()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def here(self) -> bool:
        """Whether the caller is on this lane's thread."""
        return threading.current_thread() is self._thread

    def submit(self, call: Callable[[], T], rank: int = PERSON) -> Future[T]:
        """Run it in its turn."""
        future: Future[T] = Future()
        self._jobs.put(_Job(rank, next(self._turn), call, future))
        return future

    def close(self) -> None:
        """Finish what was submitted, then end."""
        self._jobs.put(_Job(LAST + 1, next(self._turn), _nothing, Future()))
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while True:
            job = self._jobs.get()
            if job.rank > LAST:
                return
            if job.future.set_running_or_notify_cancel():
                try:
                    job.future.set_result(job.call())
                except BaseException as error:  # noqa: BLE001 - it belongs to the caller
                    job.future.set_exception(error)


@dataclass(frozen=True)
class _Landing:
    then: Callable[[Any], Any] | None
    failed: Callable[[Exception], Any] | None
    answer: Any = None
    error: BaseException | None = None


def gone(call: Callable[..., Any]) -> bool:
    """Whether whoever is to be told was taken down meanwhile: a window made anew, a closed sheet."""
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class Desk(QObject):
    """The bridge. Lives on the UI thread."""

    changed = Signal(Topic)  # once per finished change, ours or another process's
    failed = Signal(Exception)  # whatever no caller caught
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN_SECONDS)
        self._reading = Lane("desk-reading")
        self._writing = Lane("desk-writing")
        self._pool = ThreadPoolExecutor(POOL_THREADS, thread_name_prefix="desk-pool")
        self._kept: list[tuple[threading.Thread, Callable[[], None]]] = []
        self._closed = False
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._on_watch)
        self._changes: Changes | None = None
        self._seen_version = -1
        self._seen: dict[Topic, int] = {}
        self._watching = False
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        call: Callable[[], T],
        *,
        then: Callable[[T], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
    ) -> Future[T]:
        """Read something; the answer lands in `then`."""
        return self._follow(self._reading.submit(call), then, failed)

    def do(
        self,
        call: Callable[[], Changed[T]],
        *,
        then: Callable[[Changed[T]], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
    ) -> Future[Changed[T]]:
        """Change something: one short transaction. `then` gets the whole `Changed`."""
        return self._follow(self._writing.submit(call), then, failed)

    def fetch(
        self,
        call: Callable[[], Any],
        *,
        then: Callable[[Any], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        piece: Callable[[Any], Any] | None = None,
    ) -> Future[Any]:
        """Long work on the pool. If `call` gives an iterator, each of its pieces lands in `piece`
        and its return value in `then`. A desk that is left begins nothing more."""
        if self._closed:
            never: Future[Any] = Future()
            never.cancel()
            return never

        def work() -> Any:
            answer = call()
            if not isinstance(answer, Iterator):
                return answer
            while not self._closed:
                try:
                    each = next(answer)
                except StopIteration as stop:
                    return stop.value
                if piece is not None:
                    self._landed.emit(_Landing(piece, None, each))
            return None  # the desk is being left: what was done until now is kept

        return self._follow(self._pool.submit(work), then, failed)

    def write(self, call: Callable[[], T]) -> T:
        """The `Write` port of long verbs: runs on the writing thread behind the person's clicks.

        The answer goes back to the calling thread; what it changed is announced."""
        if self._writing.here:
            return call()
        answer = self._writing.submit(call, LONG_WORK).result()
        if isinstance(answer, Changed):
            self._landed.emit(_Landing(None, None, answer))
        return answer

    def post(self, call: Callable[[], Any]) -> Future[Any]:
        """Work of the clock: on the pool, its `Changed` announced, its failure logged."""
        return self._follow(self._pool.submit(call), None, None)

    def keep(self, call: Callable[[], None], *, stop: Callable[[], None]) -> None:
        """Run a long-lived connection on a thread of its own; `stop` must make it return."""
        thread = threading.Thread(target=call, name="desk-kept", daemon=True)
        self._kept.append((thread, stop))
        thread.start()

    def watch(self, changes: Changes) -> None:
        """Look for what other processes change, from now on."""
        self._changes = changes
        self._watch.start()

    def close(self) -> None:
        """Stop what is kept, finish what was begun."""
        self._closed = True
        self._watch.stop()
        for thread, stop in self._kept:
            stop()
            thread.join(timeout=5)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._reading.close()
        self._writing.close()

    def _follow(
        self,
        future: Future[Any],
        then: Callable[[Any], Any] | None,
        failed: Callable[[Exception], Any] | None,
    ) -> Future[Any]:
        def done(ended: Future[Any]) -> None:
            if ended.cancelled() or self._closed:
                return
            error = ended.exception()
            answer = None if error else ended.result()
            self._landed.emit(_Landing(then, failed, answer, error))

        future.add_done_callback(done)
        return future

    @Slot(object)
    def _land(self, landing: _Landing) -> None:
        if self._closed:
            return
        error = landing.error
        if error is not None:
            if not isinstance(error, Trouble):
                log.error("background call failed", exc_info=error)
            if isinstance(error, Exception):
                (landing.failed or self.failed.emit)(error)
            return
        if isinstance(landing.answer, Changed) and landing.answer.topics:
            self.changed.emit(landing.answer.topics)
        if landing.then is not None and not gone(landing.then):
            landing.then(landing.answer)

    @Slot()
    def _on_watch(self) -> None:
        if self._watching or self._changes is None:
            return
        self._watching = True
        self._follow(self._writing.submit(self._look, LAST), self._on_looked, self._on_look_failed)

    def _look(self) -> Topic:
        assert self._changes is not None
        version = self._changes.data_version()
        if version == self._seen_version:
            return Topic.NONE
        counters = self._changes.counters()
        first = self._seen_version == -1
        touched = Topic.NONE
        for topic, count in counters.items():
            if self._seen.get(topic, 0) != count:
                touched |= topic
        self._seen, self._seen_version = counters, version
        return Topic.NONE if first else touched

    def _on_looked(self, touched: Topic) -> None:
        self._watching = False
        if touched:
            self.changed.emit(touched)

    def _on_look_failed(self, _error: Exception) -> None:
        self._watching = False


def _nothing() -> None:
    return None
