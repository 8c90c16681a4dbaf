"""One folder compared: what is new, changed or gone on the server since it was last read.

By QRESYNC in one command, by CONDSTORE in two, else by comparing all UIDs and flags; and whenever the
number of mails does not add up, by comparing all, whatever the server can. What is missing from an
answer is asked for once more before it counts as gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.folders import Marks, Role, Since, Standing
from gigdesk.domain.topics import Changed, Topic
from gigdesk.services.sync.fetching import Fetching

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.ports import MailBox
    from gigdesk.domain.prompts import Stop
    from gigdesk.services.sync.post import Post
    from gigdesk.store.inbox.folders import Folder


@dataclass
class _Found:
    """What differs."""

    new: dict[int, Marks] = field(default_factory=dict)
    changed: dict[int, Marks] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    whole: bool = True


class Reading:
    """Reads one folder up to where it is now."""

    def __init__(
        self, post: Post, account: Account, box: MailBox, folder: Folder, stop: Stop
    ) -> None:
        self._post, self._account, self._box = post, account, box
        self._folder, self._stop = folder, stop
        self.new = 0
        self.changed = 0
        self.total = 0

    def run(self) -> Iterator[int]:
        """Bring the desk up to the server; gives how many more mails are done each time."""
        known = self._post.places.marks(self._folder.id)
        standing = self._open(known)
        anew = standing.uidvalidity != self._folder.uidvalidity
        if anew:
            before = bool(self._folder.uidvalidity)
            self._folder = self._post.write(partial(self._begin_anew, standing.uidvalidity))
            known = {}
        found = self._compared(standing, known)
        self.changed += self._post.write(partial(self._apply, found)).value
        unwanted = [uid for uid, marks in found.new.items() if marks.deleted]
        if unwanted:
            self._post.write(partial(self._skip, unwanted))
        wanted = sorted(found.new.keys() - set(unwanted))
        self.total = len(wanted)
        fetching = Fetching(self._post, self._account, self._box, self._folder, self._stop)
        try:
            yield from fetching.run(wanted, known_here=self._may_know(anew=anew and before))
        finally:
            self.new, self.changed = self.new + fetching.new, self.changed + fetching.changed
        whole = found.whole and not fetching.missed
        self._post.write(partial(self._finish, standing, whole=whole))

    def _may_know(self, *, anew: bool) -> bool:
        """Whether the desk may have many of the new mails already: they were moved, or all of them
        are there once more."""
        role = self._folder.role
        return anew or role is Role.ALL or (self._folder.whole and role is not Role.INBOX)

    def _open(self, known: dict[int, Marks]) -> Standing:
        folder = self._folder
        if not folder.whole:
            return self._box.select(folder.name)
        since = Since(folder.uidvalidity, folder.modseq, max(known, default=0))
        return self._box.select(folder.name, since)

    def _compared(self, standing: Standing, known: dict[int, Marks]) -> _Found:
        quick = self._quick(standing, known) if self._folder.whole else None
        if quick is not None and len(known) - len(quick.gone) + len(quick.new) == standing.exists:
            return quick
        return self._in_full(standing, known)

    def _quick(self, standing: Standing, known: dict[int, Marks]) -> _Found | None:
        """By what the server counts; None when it does not."""
        folder = self._folder
        if not (standing.modseq and folder.modseq):
            return None
        if standing.quick:
            changes = dict(standing.changed)
            gone = self._confirmed(standing.gone(known))
        else:
            moved = standing.modseq > folder.modseq
            changes = self._box.all_marks(since=folder.modseq) if moved else {}
            gone = []
        last = max(known, default=0)
        new = {uid: marks for uid, marks in changes.items() if uid not in known}
        if standing.uidnext == 0 or standing.uidnext > last + 1:
            new |= self._box.all_marks(after=last)
        changed = {uid: marks for uid, marks in changes.items()
                   if uid in known and known[uid] != marks}  # fmt: skip
        return _Found(new, changed, gone)

    def _in_full(self, standing: Standing, known: dict[int, Marks]) -> _Found:
        """By all UIDs and marks. A list that is shorter than the server says is no reason to believe
        that something is gone: it is read again in the next round."""
        there = self._box.all_marks() if standing.exists or known else {}
        new = {uid: marks for uid, marks in there.items() if uid not in known}
        changed = {uid: marks for uid, marks in there.items()
                   if uid in known and known[uid] != marks}  # fmt: skip
        if len(there) < standing.exists:
            return _Found(new, changed, [], whole=False)
        return _Found(new, changed, self._confirmed(sorted(known.keys() - there.keys())))

    def _confirmed(self, gone: list[int]) -> list[int]:
        """Those that are missing when they are asked for by name as well."""
        here = self._box.marks(gone) if gone else {}
        return [uid for uid in gone if uid not in here]

    # --- what is written ------------------------------------------------------------------------
    def _begin_anew(self, uidvalidity: int) -> Folder:
        self._post.folders.anew(self._folder.id, uidvalidity)
        rows = self._post.folders.of(self._folder.account)
        return next(row for row in rows if row.id == self._folder.id)

    def _apply(self, found: _Found) -> Changed[int]:
        if not found.changed and not found.gone:
            return Changed(0, Topic.NONE)
        self._post.places.removed(self._folder, found.gone)
        return Changed(self._post.places.marked(self._folder, found.changed), Topic.INBOX)

    def _skip(self, uids: list[int]) -> None:
        self._post.places.add_deleted(self._folder.id, uids)

    def _finish(self, standing: Standing, *, whole: bool) -> None:
        self._post.folders.read_to(self._folder, standing, whole=whole)
