"""Mails of one folder brought in: recognised where the desk has them already, fetched where not."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from gigdesk.domain.errors import Trouble
from gigdesk.domain.inbox.mails import Note, RawMail
from gigdesk.domain.topics import Changed, Topic
from gigdesk.store.inbox.places import NewPlace

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.inbox.folders import Marks, ServerMail
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.ports import MailBox
    from gigdesk.domain.prompts import Stop
    from gigdesk.services.sync.post import Post
    from gigdesk.store.inbox.folders import Folder
    from gigdesk.store.inbox.keeping import Kept

# So many at once: between them another account, or an import, gets the reading child.
_CHUNK = 2000
_HEADS = 500
# Fewer than this are fetched at once rather than looked at first.
_FEW = 20
# A server that lists a mail and does not give it, so often: it stands in the list as unreadable.
_GIVEN_UP = 3


class Fetching:
    """Brings the new mails of one opened folder in."""

    def __init__(
        self, post: Post, account: Account, box: MailBox, folder: Folder, stop: Stop
    ) -> None:
        self._post, self._account, self._box = post, account, box
        self._folder, self._stop = folder, stop
        self._known: Known | None = None
        self.new = 0
        self.changed = 0
        self.missed: set[int] = set()

    def run(self, uids: Sequence[int], *, known_here: bool) -> Iterator[int]:
        """Bring them in, the newest first; gives how many more are done each time. `known_here`: the
        desk may have many of them already."""
        rest = sorted(uids, reverse=True)
        if known_here or len(rest) > _FEW:
            rest = yield from self._recognise(rest, sure=known_here)
        for at in range(0, len(rest), _CHUNK):
            if self._stop.is_set():
                self.missed.update(rest[at:])
                return
            yield from self._fetch(rest[at : at + _CHUNK])

    def _recognise(self, uids: list[int], *, sure: bool) -> Generator[int, None, list[int]]:
        """Find those that the desk has; the others are the return value. Where nothing is found at
        first, it is not tried on."""
        rest: list[int] = []
        vain = 0
        for at in range(0, len(uids), _HEADS):
            part = uids[at : at + _HEADS]
            if vain >= 2 and not sure:
                return [*rest, *uids[at:]]
            heads = self._box.heads(part)
            found = self._post.places.recognised(heads)
            vain = 0 if found else vain + 1
            places = [NewPlace(uid, message, heads[uid].marks) for uid, message in found.items()]
            if places:
                self._post.write(partial(self._add, places))
            rest += [uid for uid in part if uid not in found]
            yield len(found)
        return rest

    def _fetch(self, uids: list[int]) -> Iterator[int]:
        held: dict[int, list[ServerMail]] = {}
        odd: list[ServerMail] = []
        came: set[int] = set()
        broke: list[Trouble] = []

        def coming() -> Iterator[list[RawMail]]:
            try:
                for batch in self._box.mails(uids):
                    came.update(each.uid for each in batch)
                    odd.extend(each for each in batch if not each.whole)
                    good = [each for each in batch if each.whole]
                    if good:
                        yield self._raws(good, held)
                    if self._stop.is_set():
                        return
            except Trouble as error:
                # What came until then is kept first: a bad line must get on a little each time.
                broke.append(error)

        for kept in self._post.inbox.bring_in(coming(), partial(self._place, held)):
            yield len(kept)
        if broke:
            raise broke[0]
        yield from self._odd(odd)
        self._not_given([uid for uid in uids if uid not in came])

    def _odd(self, mails: list[ServerMail]) -> Iterator[int]:
        """A mail whose size is not the promised one is asked for again, alone: the line may have lied.
        Got the same twice, it is what the server has, whatever it says of its size."""
        for first in mails:
            again = next((each for batch in self._box.mails([first.uid]) for each in batch), None)
            if again is None or (not again.whole and again.raw != first.raw):
                self.missed.add(first.uid)
                continue
            held: dict[int, list[ServerMail]] = {}
            batch = [self._raws([again], held)]
            for kept in self._post.inbox.bring_in(batch, partial(self._place, held)):
                yield len(kept)

    def _not_given(self, uids: list[int]) -> None:
        """What the server lists and does not give is asked for in the next round again; in the end
        there is a row that says so."""
        self.missed.update(uids)
        if not uids or self._stop.is_set():
            return
        here = self._box.marks(uids)
        tries = self._post.write(partial(self._refused, list(here)))
        for uid in (uid for uid in uids if uid not in here):
            self.missed.discard(uid)  # it is simply gone
        for uid in (uid for uid, count in tries.items() if count >= _GIVEN_UP):
            raw = RawMail(b"", self._source(uid), trouble=Note("withheld"))
            also = partial(self._place_one, uid, here[uid])
            for _kept in self._post.inbox.bring_in([[raw]], also):
                self.missed.discard(uid)

    def _refused(self, uids: list[int]) -> dict[int, int]:
        return self._post.folders.refused(self._folder.id, uids)

    def _raws(self, mails: list[ServerMail], held: dict[int, list[ServerMail]]) -> list[RawMail]:
        raws = [self._raw(each) for each in mails]
        held[id(raws)] = mails
        return raws

    def _raw(self, mail: ServerMail) -> RawMail:
        large = Note("too large", f"{mail.bytes // 1_000_000} MB") if mail.large else None
        return RawMail(
            mail.raw,
            self._source(mail.uid),
            unread=not mail.marks.seen,
            flagged=mail.marks.flagged,
            at=mail.at,
            trouble=large,
        )

    def _source(self, uid: int) -> str:
        host = self._account.imap.host if self._account.imap else ""
        login, name = quote(self._account.login, ""), quote(self._folder.name)
        return f"imap://{login}@{host}/{name};UIDVALIDITY={self._folder.uidvalidity}/;UID={uid}"

    def _place(
        self, held: dict[int, list[ServerMail]], raws: list[RawMail], kept: list[Kept]
    ) -> None:
        """In the transaction that keeps them: where they lie."""
        mails = held.pop(id(raws))
        self._count(
            [NewPlace(mail.uid, each.id, mail.marks, each.fresh)
             for mail, each in zip(mails, kept, strict=True)]
        )  # fmt: skip

    def _place_one(self, uid: int, marks: Marks, _raws: list[RawMail], kept: list[Kept]) -> None:
        self._count([NewPlace(uid, kept[0].id, marks, kept[0].fresh)])

    def _count(self, places: list[NewPlace]) -> None:
        post = self._post
        if self._known is None:
            self._known = post.known()
        self.changed += post.places.add(self._folder, places, self._known, post.now())
        self.new += sum(each.fresh for each in places)

    def _add(self, places: list[NewPlace]) -> Changed[None]:
        self._count(places)
        return Changed(None, Topic.INBOX)
