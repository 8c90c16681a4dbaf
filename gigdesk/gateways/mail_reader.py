"""The parent of the mail-reading child: keeps it fed, and when a mail stops it, kills and replaces it.

One mail that takes too long, crashes or fills the child costs itself only: it comes back broken, the
others of its batch are read by the next child.
"""

from __future__ import annotations

import collections
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.inbox.folds import Fold, plain_folds
from gigdesk.domain.inbox.mails import Note, ParsedMail
from gigdesk.domain.words import t
from gigdesk.gateways.children import CRASHED, START_SECONDS, TOO_LONG, Child, Died
from gigdesk.worker.mail_reader import child

MAIL_SECONDS = 5.0
FOLD_SECONDS = 2.0
_TURN_SECONDS = 0.3  # how long the child may be at something else before another one is started
_AHEAD = 2


class _Child(Child):
    """One child process and the thread that empties its pipe."""

    def __init__(self, target: Any) -> None:
        super().__init__(target, name="gigdesk-mail", duplex=True)
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._receive, name="mail-answers", daemon=True)
        self._thread.start()
        self.answer(START_SECONDS)

    def send(self, job: Any) -> None:
        try:
            self.pipe.send(job)
        except (BrokenPipeError, ConnectionResetError):
            return  # the next answer says so

    def answer(self, seconds: float) -> Any:
        try:
            found = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise Died(TOO_LONG) from None
        if isinstance(found, Died):
            raise found
        return found

    def kill(self) -> None:
        super().kill()
        self._thread.join(5)

    def end(self) -> None:
        self.send(None)
        self.process.join(2)
        self.kill()

    def _receive(self) -> None:
        try:
            while True:
                self._answers.put(self.pipe.recv())
        except (EOFError, OSError):
            self._answers.put(Died(CRASHED))


class MailReadingChild:
    """Reads mails in a child process, which is started at the first need and kept."""

    def __init__(self, seconds: float = MAIL_SECONDS, target: Any = child.serve) -> None:
        self._seconds = seconds
        self._target = target
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def read(self, batches: Iterable[Sequence[bytes]]) -> Iterator[list[ParsedMail]]:
        """Each batch read, in order. While the caller works on one, the child reads the next."""
        with self._lock:
            sent: collections.deque[Sequence[bytes]] = collections.deque()
            coming = iter(batches)
            try:
                self._fill(sent, coming)
                while sent:
                    batch = sent[0]
                    done = self._finish(sent, batch)
                    sent.popleft()
                    self._fill(sent, coming)
                    yield done
            finally:
                if sent:
                    self._drop()

    def read_one(self, raw: bytes) -> ParsedMail:
        """One mail; while others are read, by a child of its own."""
        if not self._lock.locked():
            return next(iter(self.read([[raw]])))[0]
        other = MailReadingChild(self._seconds, self._target)
        try:
            return other.read_one(raw)
        finally:
            other.close()

    def part(self, raw: bytes, number: int) -> bytes:
        """The bytes of one attachment. Raises Unreadable when the mail does not give it."""
        found = self._asked(("part", raw, number), self._seconds * 4)
        if found is None:
            raise Unreadable(
                t("This attachment cannot be taken out"), t("The whole mail can be saved instead.")
            )
        return bytes(found[2])

    def folds(self, text: str) -> list[Fold]:
        """What of a plain text is quoted and signed; what took too long to tell, or would have to
        wait for an import, is told simply."""
        found = self._asked(("folds", text), FOLD_SECONDS, alone=False)
        return plain_folds(text) if found is None else list(found)

    def _asked(self, job: Any, seconds: float, *, alone: bool = True) -> Any:
        """The child's answer; None when it died over it. While it is busy another child is asked that
        is there for this `alone`, or none."""
        if self._lock.acquire(timeout=_TURN_SECONDS):
            try:
                running = self._running()
                running.send(job)
                return running.answer(seconds)
            except Died:
                self._drop()
                return None
            finally:
                self._lock.release()
        if not alone:
            return None
        # An import keeps the child busy for minutes: nobody waits for that to see a picture.
        other = MailReadingChild(self._seconds, self._target)
        try:
            return other._asked(job, seconds)
        finally:
            other.close()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _fill(self, sent: collections.deque[Sequence[bytes]], coming: Iterator[Sequence[bytes]]) -> None:  # fmt: skip
        while len(sent) < _AHEAD:
            batch = next(coming, None)
            if batch is None:
                return
            sent.append(batch)
            if batch:
                self._running().send(("read", list(batch), True))

    def _finish(self, sent: collections.deque[Sequence[bytes]], batch: Sequence[bytes]) -> list[ParsedMail]:  # fmt: skip
        done: list[ParsedMail] = []
        together = True
        while len(done) < len(batch):
            try:
                done += self._running().answer(self._seconds)
            except Died as death:
                self._drop()
                # Which mail it was is only known when they are answered one by one.
                if not together:
                    done.append(_broken(batch[len(done)], death.code))
                together = not together
                self._send_again(sent, len(done), together=together)
        return done

    def _send_again(self, sent: collections.deque[Sequence[bytes]], done: int, *, together: bool) -> None:  # fmt: skip
        for at, batch in enumerate(sent):
            rest = list(batch if at else batch[done:])
            if rest:
                self._running().send(("read", rest, together or at > 0))

    def _running(self) -> _Child:
        if self._child is None:
            try:
                self._child = _Child(self._target)
            except Died:
                raise Unreadable(
                    t("The mail reader does not start"), t("Nothing was changed. Try again.")
                ) from None
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None


def _broken(raw: bytes, code: str) -> ParsedMail:
    """The row of a mail that stopped the child. Nothing of it is read here, where it could hurt."""
    import hashlib

    key = hashlib.blake2b(raw, digest_size=16).digest()
    head = raw[:8192].decode("utf-8", "replace").replace("\x00", "")
    return ParsedMail(key=key, text=head, broken=Note(code))
