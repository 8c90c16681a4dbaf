"""What the person changed here, told to the server in its order.

Each change is written down as arrived only after the server said so. When the line breaks in between,
the next round finds the change done (marks and moves may be told twice without harm) or looks whether a
copy was made before it makes another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.folders import FolderId, Mark, Role
from gigdesk.domain.topics import Changed, Topic

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.ports import MailBox
    from gigdesk.services.sync.post import Post
    from gigdesk.store.inbox.folders import Folder
    from gigdesk.store.inbox.queue import Waiting

# A server that refuses one change so often keeps its own way; the others are not held up.
_GIVEN_UP = 5


class Replaying:
    """Tells one server what waits for it."""

    def __init__(
        self, post: Post, account: Account, box: MailBox, folders: Sequence[Folder]
    ) -> None:
        self._post, self._account, self._box = post, account, box
        self._folders = {folder.id: folder for folder in folders}
        self._open: FolderId | None = None
        self.created = False

    def run(self) -> int:
        """Tell all of it; how many changes arrived."""
        arrived = 0
        changes = self._post.queue.waiting(self._account.id)
        for _, run in groupby(changes, lambda each: (each.verb, each.value, each.folder)):
            together = list(run)
            try:
                arrived += self._tell(together)
            except Refused:
                self._refuse(together)
        return arrived

    def _tell(self, changes: list[Waiting]) -> int:
        if changes[0].verb == "move":
            return self._move(changes)
        return self._mark(changes)

    def _mark(self, changes: list[Waiting]) -> int:
        mark, on = Mark(changes[0].verb), changes[0].value == "1"
        by_folder: dict[FolderId, dict[int, int]] = {}
        for each in changes:
            for folder, uid in self._post.places.anywhere(each.message, self._account.id):
                by_folder.setdefault(folder, {})[uid] = each.message
        moved = {message for uids in by_folder.values() for message in uids.values()}
        for folder, uids in by_folder.items():
            if not self._opened(folder):
                return 0  # its UIDs mean something else by now: after it was read anew
            self._box.mark(list(uids), mark, on=on)
            moved -= {uids[uid] for uid in self._box.marks(list(uids))}
        # What is not there any more may have been moved by another program: it is told where it is
        # found.
        return self._arrived([each for each in changes if each.message not in moved])

    def _move(self, changes: list[Waiting]) -> int:
        source = self._source(changes)
        if source is None:
            self._post.write(partial(self._drop, changes))
            return 0
        target = self._target(Role(changes[0].value))
        if not self._opened(source):
            return 0
        places = self._post.places.of(source, [each.message for each in changes])
        lost = [each for each in changes if each.message not in places]
        self._post.write(partial(self._drop, lost))
        rest = [each for each in changes if each.message in places]
        uids = [uid for each in rest for uid in places[each.message]]
        if not uids:
            return 0
        if "MOVE" in self._box.capabilities:
            self._box.move(uids, target)
        else:
            self._copy(rest, places, source, target)
        return self._arrived(rest)

    def _source(self, changes: list[Waiting]) -> FolderId | None:
        """Where they lie: as written down, or for what is to come back, where they were put."""
        if changes[0].folder is not None:
            return changes[0].folder
        for role in (Role.ARCHIVE, Role.ALL, Role.JUNK, Role.PLAIN):
            for folder in (each for each in self._folders.values() if each.role is role):
                if self._post.places.of(folder.id, [each.message for each in changes]):
                    return folder.id
        return None

    def _target(self, role: Role) -> str:
        """The folder of this role; an archive is made where there is none."""
        roles = (Role.ARCHIVE, Role.ALL) if role is Role.ARCHIVE else (role,)
        for wanted in roles:
            for folder in self._folders.values():
                if folder.role is wanted:
                    return folder.name
        name = self._new_archive()
        self._box.create(name)
        self.created = True
        return name

    def _new_archive(self) -> str:
        """Where the server puts everything below INBOX, below INBOX."""
        others = [each for each in self._folders.values() if each.role is not Role.INBOX]
        separator = next((each.separator for each in others if each.separator), "")
        prefix = f"INBOX{separator}"
        below = bool(others) and bool(separator) and all(o.name.startswith(prefix) for o in others)
        return f"{prefix}Archive" if below else "Archive"

    def _copy(self, changes: list[Waiting], places: dict[int, list[int]], source: FolderId, target: str) -> None:  # fmt: skip
        """In two steps, where the server has no other: and never a second copy of one."""
        before = self._box.state(target)
        copied = (
            self._copied(changes, target) if any(each.copied_after for each in changes) else set()
        )
        self._post.write(partial(self._begin_copy, changes, max(1, before.uidnext)))
        self._open = None
        self._opened(source)
        left = [
            uid for each in changes if each.message not in copied for uid in places[each.message]
        ]
        if left:
            self._box.copy(left, target)
        self._box.remove([uid for each in changes for uid in places[each.message]])

    def _copied(self, changes: Iterable[Waiting], target: str) -> set[int]:
        """Which of them an earlier attempt has copied already."""
        first = min(each.copied_after for each in changes if each.copied_after)
        self._open = None
        self._box.select(target)
        heads = self._box.heads(list(self._box.all_marks(after=first - 1)))
        recognised = set(self._post.places.recognised(heads).values())
        return {
            each.message for each in changes if each.copied_after and each.message in recognised
        }

    def _opened(self, folder_id: FolderId) -> bool:
        """Open it; False when its UIDs are not those that were written down."""
        folder = self._folders.get(folder_id)
        if folder is None:
            return False
        if self._open != folder_id:
            if self._box.select(folder.name).uidvalidity != folder.uidvalidity:
                return False
            self._open = folder_id
        return True

    def _refuse(self, changes: list[Waiting]) -> None:
        self._open = None
        hopeless = [each for each in changes if each.tries + 1 >= _GIVEN_UP]
        self._post.write(partial(self._tried, changes))
        self._post.write(partial(self._drop, hopeless))

    def _arrived(self, changes: list[Waiting]) -> int:
        self._post.write(partial(self._done, changes))
        return len(changes)

    # --- what is written ------------------------------------------------------------------------
    def _done(self, changes: list[Waiting]) -> Changed[None]:
        self._post.queue.done(changes, self._post.now().isoformat())
        return Changed(None, Topic.NONE)

    def _drop(self, changes: list[Waiting]) -> None:
        if changes:
            self._post.queue.dropped(changes)

    def _tried(self, changes: list[Waiting]) -> None:
        self._post.queue.tried(changes)

    def _begin_copy(self, changes: list[Waiting], first_uid: int) -> None:
        self._post.queue.copying(changes, first_uid)
