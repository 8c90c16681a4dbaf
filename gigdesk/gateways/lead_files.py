"""Files of leads, read by a child process that may be killed: a hostile one costs itself only.

A record that takes too long or crashes the child comes back as unreadable, with its original; the others
are read by the next child. A file that takes too long as a whole says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gigdesk.domain.errors import Trouble, Unreadable
from gigdesk.domain.leads.records import Posting, Unusable
from gigdesk.domain.words import t
from gigdesk.gateways.children import START_SECONDS, TOO_LONG, Child, Died
from gigdesk.worker.lead_reader.child import READY, TOGETHER, ReadLeads, serve

# An honest file of 64 MB takes a few seconds; a record takes milliseconds.
FILE_SECONDS = 20.0
RECORD_SECONDS = 5.0
STOPPED_MOST = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a child may take, for the file as a whole and for each record."""

    file: float = FILE_SECONDS
    record: float = RECORD_SECONDS


class LeadFile:
    """One file in the hands of its child, until the `with` is left."""

    def __init__(self, request: ReadLeads, limits: Limits, target: Callable[..., None]) -> None:
        self._request, self._limits, self._target = request, limits, target
        self._child, self.total = self._begun(request)

    def __enter__(self) -> LeadFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self._child.kill()

    def leads(self) -> Iterator[Posting | Unusable]:
        """Each record in order: a posting, or why it is none."""
        request, reached, stopped = self._request, -1, 0
        while True:
            try:
                while (piece := self._child.next(self._limits.record)) is not None:
                    for number, found in piece:
                        reached = number
                        yield found
                return
            except Died as death:
                self._child.kill()
                known = reached + 1 < request.alone
                stopped += known
                if stopped > STOPPED_MOST or reached + 1 >= self.total:
                    raise self._too_much() from None
                request = _after(request, reached + 1, _why(death) if known else "")
            self._child, _ = self._begun(request)

    def _begun(self, request: ReadLeads) -> tuple[Child, int]:
        child = Child(self._target, request, name="gigdesk-leads")
        try:
            return child, self._head(child, request.path.name)
        except BaseException:
            child.kill()
            raise

    def _head(self, child: Child, name: str) -> int:
        try:
            if child.next(START_SECONDS) != READY:
                raise AssertionError("the child begins with READY")
        except Died:
            title = t("The reader of leads does not start")
            raise Unreadable(title, t("Nothing was changed. Try again.")) from None
        try:
            head: Any = child.next(self._limits.file)
        except Died as death:
            title = (
                t("{name} takes too long to read", name=name)
                if death.code == TOO_LONG
                else t("{name} stops whoever reads it", name=name)
            )
            advice = t("Nothing was imported. Split it, or get it anew from where it came.")
            raise Unreadable(title, advice) from None
        if isinstance(head, Trouble):
            raise head
        return int(head)

    def _too_much(self) -> Trouble:
        return Trouble(
            t("{name} stops whoever reads it", name=self._request.path.name),
            t("What was read so far is kept."),
        )


class LeadFiles:
    """Opens files of leads."""

    def __init__(self, limits: Limits = Limits(), target: Callable[..., None] = serve) -> None:
        self._limits, self._target = limits, target

    def open(self, path: Path, source: str) -> LeadFile:
        """Look at a file. Raises NotFound, or Unreadable for the file as a whole."""
        return LeadFile(ReadLeads(path, source), self._limits, self._target)


def _after(request: ReadLeads, stopper: int, why: str) -> ReadLeads:
    """What the next child is asked: without the record that stopped this one, or, while it is not
    known which it was, one by one."""
    skipped = stopper if why else -1
    return replace(request, start=stopper, alone=stopper + TOGETHER + 1, skipped=skipped, why=why)


def _why(death: Died) -> str:
    if death.code == TOO_LONG:
        return t("It takes too long to read.")
    return t("It stops whoever reads it.")
