"""Mail: bringing it in, finding it, reading it, putting it away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.folders import Role
from gigdesk.domain.inbox.labels import label_code
from gigdesk.domain.inbox.mails import (
    Counts,
    ImportProgress,
    ImportReport,
    Mail,
    MailLine,
    Note,
    ParsedMail,
    RawMail,
    Section,
    Thread,
    Unread,
    reason_words,
)
from gigdesk.domain.inbox.search import parse_query
from gigdesk.domain.inbox.sorting.judging import label_of
from gigdesk.domain.prompts import Never, Stop
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.store.inbox.keeping import Kept, NewMail

if TYPE_CHECKING:
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.ports import MailFolder, MailReader, Now, Write
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.inbox.keeping import Here, MailKeeping
    from gigdesk.store.inbox.shelf import MailShelf

BATCH_MAILS = 100  # in one transaction: a person's click waits for one of them at most
BATCH_BYTES = 2_000_000
SHOWN_IN_THREAD = 60
MOST_WORDS = 60  # that what is being typed may become


@dataclass(frozen=True)
class MailRoom:
    """What the inbox works with."""

    keeping: MailKeeping
    shelf: MailShelf
    blobs: Blobs
    reader: MailReader
    files: Callable[[Sequence[Path]], MailFolder]
    known: Callable[[], Known]
    look_again: Callable[[], object]  # at the labels, now that more is here


class InboxService:
    """What the person can do with mail."""

    def __init__(self, room: MailRoom, settings: SettingsService, now: Now, write: Write) -> None:
        self._room, self._shelf = room, room.shelf
        self._settings, self._now, self._write = settings, now, write

    def import_paths(
        self, paths: Sequence[Path], stop: Stop | None = None
    ) -> Generator[ImportProgress, None, ImportReport]:
        """Bring in what these files and folders hold, batch by batch. The generator's return value
        is the ImportReport. Mails that are here already are counted, not kept again."""
        flag = stop or Never()
        source = self._room.files(paths)
        progress = ImportProgress(total=source.total())
        unreadable: list[Unread] = []
        known = self._room.known()
        for came in self._arriving(_batches(source.mails(), flag)):
            progress = self._keep(came, known, progress, unreadable)
            yield progress
        self._room.look_again()
        return ImportReport(
            progress.imported,
            progress.duplicates,
            tuple(unreadable),
            source.skipped,
            stopped=flag.is_set(),
        )

    def bring_in(
        self,
        batches: Iterable[list[RawMail]],
        also: Callable[[list[RawMail], list[Kept]], object],
    ) -> Iterator[list[Kept]]:
        """Bring in mails from elsewhere, each batch in one transaction with what `also` does with
        its rows. While one is being kept the next is read, and the one after it may be fetched."""
        known = self._room.known()
        for came in self._arriving(batches):
            yield self._kept(came, known, partial(also, came.mails))
        self._room.look_again()

    def counts(self, label: str = "", account: int = 0) -> Counts:
        """How many conversations stand where: all, or those of one label or one account."""
        return self._shelf.counts(label, account)

    def label_counts(self) -> dict[str, int]:
        """How many conversations of each label there are."""
        return self._shelf.label_counts()

    def total(self) -> int:
        """How many mails there are."""
        return self._shelf.total()

    def threads(
        self,
        sections: Sequence[Section],
        offset: int,
        limit: int,
        label: str = "",
        account: int = 0,
    ) -> list[Thread]:
        """Conversations of these sections one after the other, the newest of each first; those of
        one label or one account if it is named."""
        counts = self._shelf.counts(label, account)
        found: list[Thread] = []
        for section in sections:
            if offset < counts.of(section) and len(found) < limit:
                found += self._shelf.threads(section, offset, limit - len(found), label, account)
            offset = max(0, offset - counts.of(section))
        return found

    def place(
        self, sections: Sequence[Section], thread_id: int, label: str = "", account: int = 0
    ) -> int | None:
        """Where `threads` gives this conversation; None when it does not."""
        found = self._shelf.place(thread_id, label, account)
        if found is None or found[0] not in sections:
            return None
        counts = self._shelf.counts(label, account)
        before = sections[: sections.index(found[0])]
        return found[1] + sum(counts.of(section) for section in before)

    def thread(self, thread_id: int) -> tuple[Thread, list[Mail]]:
        """A conversation with its newest mails, oldest first."""
        known = self._room.known()
        mails = self._shelf.mails(thread_id, SHOWN_IN_THREAD)
        named = [replace(mail, client=known.client(mail.sender)) for mail in mails]
        return self._shelf.thread(thread_id), named

    def threads_of(self, mail_ids: Iterable[int]) -> set[int]:
        """The conversations these mails belong to."""
        return self._shelf.threads_of(mail_ids)

    def mail(self, mail_id: int) -> Mail:
        """One mail. Raises NotFound."""
        mail = self._shelf.mail(mail_id)
        return replace(mail, client=self._room.known().client(mail.sender))

    def lines(self, label: str = "", limit: int = 100) -> list[MailLine]:
        """The newest mails, of one label if it is named."""
        return self._shelf.lines(label_code(label), limit)

    def lines_of(self, mail_ids: Sequence[int]) -> list[MailLine]:
        """These mails as rows, in the order they are named; what is not there is left out."""
        return self._shelf.lines_of(mail_ids)

    def is_put_away(self, thread_id: int) -> bool:
        """Whether this conversation is out of the list. Raises NotFound."""
        return self._shelf.thread(thread_id).put_away

    def search(self, typed: str, limit: int = 100, *, typing: bool = False) -> list[MailLine]:
        """The newest mails that fit what was typed; nothing when nothing was asked."""
        query = parse_query(typed, typing=typing)
        if query.empty:
            return []
        since = self._second(query.since) if query.since else None
        until = self._second(query.until) if query.until else None

        def found(match: str) -> list[MailLine]:
            return self._shelf.search(match, label_code(query.label), since, until, limit)

        if query.growing:
            words, all_of_them = self._shelf.words(query.growing, query.column, MOST_WORDS)
            lines = found(query.grown(words)) if words else []
            # With too many words that begin so, the commonest do as long as they give enough.
            if all_of_them or len(lines) == limit:
                return lines
        return found(query.match)

    def raw(self, mail_id: int) -> bytes:
        """The mail's original bytes."""
        blob, at, size = self._shelf.raw_place(mail_id)
        return self._room.blobs.get(blob)[at : at + size] if blob else b""

    def attachment(self, mail_id: int, number: int) -> bytes:
        """The bytes of one attachment, taken out in the reading child."""
        return self._room.reader.part(self.raw(mail_id), number)

    def mark_read(self, thread_id: int) -> Changed[None]:
        """The person has seen this conversation."""
        changed = self._shelf.mark_read(thread_id, unread=False)
        topics = Topic.INBOX if changed else Topic.NONE
        return Changed(None, topics, "", partial(self._unread_again, thread_id, changed))

    def mark_unread(self, thread_id: int) -> Changed[None]:
        """Leave it for later, marked."""
        changed = self._shelf.mark_read(thread_id, unread=True)
        return Changed(
            None, Topic.INBOX, t("Marked unread"), partial(self._read_again, thread_id, changed)
        )

    def flag(self, mail_id: int, *, on: bool = True) -> Changed[None]:
        """Mark one mail as important, or no longer."""
        changed = self._shelf.flag(mail_id, on=on)
        words = t("Flagged") if on else t("Not flagged any more")
        return Changed(
            None,
            Topic.INBOX if changed else Topic.NONE,
            words if changed else "",
            partial(self.flag, mail_id, on=not on) if changed else None,
        )

    def put_away(self, thread_id: int) -> Changed[Thread]:
        """Out of the list; a newer mail brings it back."""
        thread = self._shelf.put_away(self._shelf.thread(thread_id), away=True)
        return Changed(
            thread,
            Topic.INBOX,
            t("Put away: {subject}", subject=thread.subject or t("no subject")),
            partial(self._put_back, thread),
        )

    def throw_to_junk(self, thread_id: int) -> Changed[Thread]:
        """Out of the list, and into the server's folder for junk."""
        thread = self._shelf.put_away(self._shelf.thread(thread_id), away=True, to=Role.JUNK)
        return Changed(
            thread,
            Topic.INBOX,
            t("Junk: {subject}", subject=thread.subject or t("no subject")),
            partial(self._put_back, thread, Role.JUNK),
        )

    def _put_back(self, thread: Thread, out_of: Role = Role.ARCHIVE) -> Changed[Thread]:
        return Changed(self._shelf.put_away(thread, away=False, to=out_of), Topic.INBOX)

    def _unread_again(self, thread_id: int, mails: list[int]) -> Changed[None]:
        self._shelf.mark_mails(mails, thread_id, unread=True)
        return Changed(None, Topic.INBOX)

    def _read_again(self, thread_id: int, mails: list[int]) -> Changed[None]:
        self._shelf.mark_mails(mails, thread_id, unread=False)
        return Changed(None, Topic.INBOX)

    def _second(self, day: date) -> int:
        return int(datetime.combine(day, time.min, self._settings.zone()).timestamp())

    def _arriving(self, batches: Iterable[list[RawMail]]) -> Iterator[_Arrived]:
        """Each batch read, but for what is here already."""
        pending: list[_Arrived] = []

        def coming() -> Iterator[list[bytes]]:
            for mails in batches:
                digests = [_digest(mail) for mail in mails]
                here = self._room.keeping.known_digests(digests)
                pending.append(_Arrived(mails, digests, here))
                yield [mails[at].raw for at in pending[-1].fresh]

        for parsed in self._room.reader.read(coming()):
            came = pending.pop(0)
            came.read = [
                _read(came.mails[at], mail) for at, mail in zip(came.fresh, parsed, strict=True)
            ]
            yield came

    def _keep(
        self, came: _Arrived, known: Known, progress: ImportProgress, unreadable: list[Unread]
    ) -> ImportProgress:
        kept = self._kept(came, known)
        for raw, row, broken in zip(came.mails, kept, came.broken(), strict=True):
            if broken is not None:
                unreadable.append(Unread(raw.source, reason_words(broken), row.id))
        imported = sum(each.fresh for each in kept)
        return replace(
            progress,
            imported=progress.imported + imported,
            duplicates=progress.duplicates + len(kept) - imported,
            unreadable=len(unreadable),
            done=progress.done + sum(len(raw.raw) for raw in came.mails),
        )

    def _kept(
        self,
        came: _Arrived,
        known: Known,
        also: Callable[[list[Kept]], object] | None = None,
    ) -> list[Kept]:
        """Keep a batch, and in the same transaction what is `also` to be done with all its rows."""
        rows = [Kept(came.here[digest].id, fresh=False) if digest in came.here else None
                for digest in came.digests]  # fmt: skip
        new = self._packed(came, known)
        now = self._now()

        def whole(done: list[Kept]) -> None:
            fresh = iter(done)
            rows[:] = [row or next(fresh) for row in rows]
            if also is not None:
                also([row for row in rows if row])

        def keep() -> Changed[list[Kept]]:
            return Changed(self._room.keeping.keep(new, known, now, whole), Topic.INBOX)

        if new or also is not None:
            self._write(keep)
            self._room.keeping.rest()
        return [row for row in rows if row]

    def _packed(self, came: _Arrived, known: Known) -> list[NewMail]:
        """A batch's bytes are one blob: a file of its own for every mail costs more than the mail.
        Each is judged here, where nobody waits for it."""
        raws = [came.mails[at] for at in came.fresh]
        blob = self._room.blobs.put(b"".join(raw.raw for raw in raws)) if raws else ""
        found, place = [], 0
        for at, raw, mail in zip(came.fresh, raws, came.read, strict=True):
            found.append(
                NewMail(
                    mail, label_of(mail, known), came.digests[at], blob, place, len(raw.raw), raw.source, raw.unread,
                    raw.flagged, raw.at,
                )
            )  # fmt: skip
            place += len(raw.raw)
        return found


@dataclass
class _Arrived:
    """A batch on its way in: what of it is here already, and of the others what reading gave."""

    mails: list[RawMail]
    digests: list[bytes]
    here: dict[bytes, Here]
    read: list[ParsedMail] = field(default_factory=list)

    @property
    def fresh(self) -> list[int]:
        """The places of those that are not here."""
        return [at for at, digest in enumerate(self.digests) if digest not in self.here]

    def broken(self) -> list[Note | None]:
        """Of each why it cannot be read, if so."""
        found = {at: mail.broken for at, mail in zip(self.fresh, self.read, strict=True)}
        return [found[at] if at in found else self.here[digest].broken
                for at, digest in enumerate(self.digests)]  # fmt: skip


def report_words(report: ImportReport) -> str:
    """The result in a line."""
    parts = [n("{n} mail imported", "{n} mails imported", report.imported)]
    if report.duplicates:
        parts.append(n("{n} was here already", "{n} were here already", report.duplicates))
    if report.unreadable:
        count = len(report.unreadable)
        parts.append(n("{n} could not be read", "{n} could not be read", count))
    if report.stopped:
        parts.append(t("stopped; what came until then is kept"))
    return ", ".join(parts)


def _batches(mails: Iterator[RawMail], stop: Stop) -> Iterator[list[RawMail]]:
    batch: list[RawMail] = []
    size = 0
    for mail in mails:
        if stop.is_set():
            break
        batch.append(mail)
        size += len(mail.raw)
        if len(batch) >= BATCH_MAILS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch and not stop.is_set():
        yield batch


def _read(raw: RawMail, mail: ParsedMail) -> ParsedMail:
    """The mail with what its file already said: that it could not be read, or that it is torn."""
    if raw.trouble is not None:
        return replace(mail, key=_digest(raw), broken=raw.trouble)
    return replace(mail, notes=(*mail.notes, Note("torn"))) if raw.torn else mail


def _digest(raw: RawMail) -> bytes:
    seed = raw.raw or raw.source.encode("utf-8", "surrogateescape")
    return hashlib.blake2b(seed, digest_size=16).digest()
