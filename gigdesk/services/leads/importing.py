"""Takes leads into the desk: what is new, what was here, what is the same elsewhere, what is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Unreadable
from gigdesk.domain.leads.records import LeadImport, Posting, Unusable
from gigdesk.domain.leads.shapes import posting_of
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.services.leads.judging import BATCH, Judge, judgement, lead_of

if TYPE_CHECKING:
    from gigdesk.domain.ports import LeadFiles, Now, Write
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.leads import Judgement, LeadStore

Judged = tuple[Posting, "Judgement"] | Unusable


class Importer:
    """Brings the leads of files and those of the desk together."""

    def __init__(
        self, db: DeskDb, store: LeadStore, files: LeadFiles, judge: Judge, now: Now, write: Write
    ) -> None:
        self._db, self._store, self._files = db, store, files
        self._judge, self._now, self._write = judge, now, write

    def run(
        self, path: Path, source: str, stop: Callable[[], bool]
    ) -> Generator[LeadImport, None, Changed[LeadImport]]:
        """The import, batch by batch; the same growing result after each. Reading and judging are
        done outside of transactions."""
        made = list[int]()
        with self._files.open(path, source) as file:
            result = LeadImport(total=file.total)
            coming = self._judged(file.leads())
            while not stop() and (batch := list(islice(coming, BATCH))):
                self._write(partial(self._save, result, made, batch))
                yield result
        touched = bool(result.updated - result.unchanged or result.reposts)
        undo = partial(self._undo, tuple(made)) if made and not touched else None
        topics = Topic.LEADS if result.done else Topic.NONE
        return Changed(result, topics, words_of(result), undo)

    def take(self, postings: Iterable[Posting]) -> Changed[LeadImport]:
        """The same at once, for postings that come from elsewhere."""
        result, made = LeadImport(), list[int]()
        self._save(result, made, list(self._judged(postings)))
        return Changed(result, Topic.LEADS, words_of(result), partial(self._undo, tuple(made)))

    def read_again(self) -> Generator[int, None, Changed[int]]:
        """Read every kept record anew with the reader of today; how many came out otherwise."""
        after, differ = 0, 0
        while rows := self._store.raws(after, BATCH):
            read = [(row, _again(shape, source, raw)) for row, shape, source, raw in rows]
            after = rows[-1][0]
            differ += self._write(partial(self._renew, read)).value
            yield differ
        words = n("{n} lead read otherwise", "{n} leads read otherwise", differ)
        return Changed(differ, Topic.LEADS if differ else Topic.NONE, words)

    def _judged(self, coming: Iterable[Posting | Unusable]) -> Iterator[Judged]:
        scale = self._judge.scale()
        for each in coming:
            if isinstance(each, Unusable):
                yield each
            else:
                yield each, judgement(lead_of(each, scale.now), scale)

    def _save(self, result: LeadImport, made: list[int], batch: list[Judged]) -> Changed[None]:
        with self._db.change(Topic.LEADS):
            for each in batch:
                if isinstance(each, Unusable):
                    self._store.put_rejected(each, self._now())
                    result.rejected.append(replace(each, raw=""))
                else:
                    self._take(result, made, *each)
        result.done += len(batch)
        return Changed(None, Topic.NONE)

    def _take(
        self, result: LeadImport, made: list[int], posting: Posting, judged: Judgement
    ) -> None:
        known = self._store.known(posting)
        if known is None:
            row = self._store.add(posting, self._now())
            made.append(row)
            result.new += 1
        elif known[1]:
            row = known[0]
            result.updated += 1
            if not self._store.renew(row, posting, self._now()):
                result.unchanged += 1
                return
        else:
            result.reposts += 1
            self._store.count_repost(known[0])
            return
        self._store.keep([replace(judged, lead=row)])

    def _renew(self, read: list[tuple[int, Posting | None]]) -> Changed[int]:
        with self._db.change(Topic.LEADS):
            differ = sum(
                self._store.renew(row, posting, self._now())
                for row, posting in read
                if posting is not None
            )
        return Changed(differ, Topic.NONE)

    def _undo(self, made: tuple[int, ...]) -> Changed[None]:
        with self._db.change(Topic.LEADS):
            gone = sum(self._store.remove(row, 1) for row in made)
        words = n("{n} lead taken out again", "{n} leads taken out again", gone)
        return Changed(None, Topic.LEADS, words)


def _again(shape: str, source: str, raw: str) -> Posting | None:
    try:
        return posting_of(shape, json.loads(raw), source)
    except (Unreadable, ValueError, KeyError):
        return None


def words_of(result: LeadImport) -> str:
    """The result in a line, such as `12 new leads, 3 here already, 1 could not be read`."""
    here, bad = result.updated, len(result.rejected)
    said = [
        (result.new, n("{n} new lead", "{n} new leads", result.new)),
        (here, n("{n} here already", "{n} here already", here)),
        (
            result.reposts,
            n("{n} posted again elsewhere", "{n} posted again elsewhere", result.reposts),
        ),
        (bad, n("{n} could not be read", "{n} could not be read", bad)),
    ]
    return ", ".join(words for count, words in said if count) or t("No leads in the file")
