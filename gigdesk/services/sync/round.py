"""One round over one account: what waits is told, every folder is read, what left is settled."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.folders import SYNCED, Role
from gigdesk.domain.inbox.syncing import SyncProgress, SyncReport
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.services.sync.glancing import glance
from gigdesk.services.sync.reading import Reading
from gigdesk.services.sync.replaying import Replaying

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigdesk.domain.accounts import Account
    from gigdesk.domain.inbox.folders import ServerFolder
    from gigdesk.domain.ports import MailBox
    from gigdesk.domain.prompts import Stop
    from gigdesk.services.sync.post import Post
    from gigdesk.store.inbox.folders import Folder

# The inbox first: it is what the person waits for. What holds copies of all comes last.
_ORDER = (Role.INBOX, Role.SENT, Role.PLAIN, Role.ARCHIVE, Role.ALL)


class Round:
    """Brings one account and the desk together, over one connection."""

    def __init__(
        self,
        post: Post,
        account: Account,
        box: MailBox,
        stop: Stop,
        renew: Callable[[], None],
    ) -> None:
        self._post, self._account, self._box = post, account, box
        self._stop, self._renew = stop, renew
        self.report = SyncReport(account.name)

    def run(self, *, thorough: bool = True) -> Generator[SyncProgress, None, SyncReport]:
        """All of it; the report is the return value. A round that is not `thorough` leaves folders
        alone that say of themselves that nothing changed."""
        yield SyncProgress(self._account.name)
        folders = self._listed()
        replaying = Replaying(self._post, self._account, self._box, folders)
        replaying.run()
        if replaying.created:
            folders = self._listed()
        synced = [each for each in folders if each.role in SYNCED]
        for folder in sorted(synced, key=lambda each: (_ORDER.index(each.role), each.name)):
            if self._stop.is_set():
                return self.report
            # The inbox is open while news are waited for: what it says of itself then is old.
            if thorough or folder.role is Role.INBOX or not self._unchanged(folder):
                yield from self._tried(folder)
        for folder in (each for each in folders if each.role in (Role.JUNK, Role.TRASH)):
            if not self._stop.is_set():
                with contextlib.suppress(Refused):
                    glance(self._post, self._box, folder)
        if not self._stop.is_set() and not self.report.error:
            gone = self._post.write(self._settle).value
            self.report = replace(self.report, removed=self.report.removed + gone)
        return self.report

    def _listed(self) -> list[Folder]:
        return self._post.write(partial(self._list, self._box.folders()))

    def _tried(self, folder: Folder) -> Generator[SyncProgress, None, None]:
        """A folder that the server lists and does not open holds up no other. What may have been moved
        into it is not gone yet."""
        try:
            yield from self._read(folder)
        except Refused as refused:
            if folder.role is Role.INBOX:
                raise
            if folder.uidvalidity:
                words = t("The folder {name} cannot be read. {why}", name=folder.name, why=refused)
                self.report = replace(self.report, error=words)

    def _read(self, folder: Folder) -> Generator[SyncProgress, None, None]:
        reading = Reading(self._post, self._account, self._box, folder, self._stop)
        done = 0
        try:
            for more in reading.run():
                done += more
                self._renew()
                if more:
                    yield SyncProgress(self._account.name, done, reading.total)
        finally:
            self.report = replace(
                self.report,
                new=self.report.new + reading.new,
                changed=self.report.changed + reading.changed,
            )
        self._renew()

    def _unchanged(self, folder: Folder) -> bool:
        """By what a folder says of itself without being opened. Marks count only where the server
        counts changes; elsewhere they are seen in the thorough rounds."""
        if not folder.whole:
            return False
        now = self._box.state(folder.name)
        same = (now.uidvalidity, now.uidnext, now.modseq) == (
            folder.uidvalidity, folder.uidnext, folder.modseq,
        )  # fmt: skip
        return same and now.exists == self._post.places.count(folder.id)

    # --- what is written ------------------------------------------------------------------------
    def _list(self, found: list[ServerFolder]) -> list[Folder]:
        return self._post.folders.listed(self._account.id, found)

    def _settle(self) -> Changed[int]:
        if not self._post.places.unsettled(self._account.id):
            return Changed(0, Topic.NONE)
        gone = self._post.places.settle(self._account.id, self._post.known(), self._post.now())
        return Changed(gone, Topic.INBOX)
