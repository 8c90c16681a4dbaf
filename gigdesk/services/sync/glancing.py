"""Junk and trash looked over: their mails are not fetched, but which of the known ones lie there is
written down, so that what the person throws there by any program can be learned from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.topics import Changed, Topic
from gigdesk.store.inbox.places import NewPlace

if TYPE_CHECKING:
    from gigdesk.domain.inbox.folders import Head, Standing
    from gigdesk.domain.inbox.mails import MailId
    from gigdesk.domain.ports import MailBox
    from gigdesk.services.sync.post import Post
    from gigdesk.store.inbox.folders import Folder

# Of a folder that is new here only the latest are looked at.
_LATEST = 500


def glance(post: Post, box: MailBox, folder: Folder) -> None:
    """Look one such folder over."""
    known = post.places.marks(folder.id)
    now = box.state(folder.name)
    if (now.uidvalidity, now.uidnext) == (folder.uidvalidity, folder.uidnext) and not known:
        return
    opened = box.select(folder.name)
    if opened.uidvalidity != folder.uidvalidity:
        post.write(partial(post.folders.anew, folder.id, opened.uidvalidity))
        known = {}
    last = max(max(known, default=0), folder.uidnext - 1, opened.uidnext - 1 - _LATEST, 0)
    here = box.marks(sorted(known)) if known else {}
    heads = box.heads(sorted(box.all_marks(after=last))[-_LATEST:])
    found = post.places.recognised(heads)
    gone = sorted(known.keys() - here.keys())
    post.write(partial(_keep, post, folder, opened, gone, found, heads))


def _keep(
    post: Post,
    folder: Folder,
    opened: Standing,
    gone: list[int],
    found: dict[int, MailId],
    heads: dict[int, Head],
) -> Changed[None]:
    if gone:
        post.places.removed(folder, gone)
    places = [NewPlace(uid, message, heads[uid].marks) for uid, message in found.items()]
    if places:
        post.places.add(folder, places, post.known(), post.now())
    post.folders.read_to(folder, opened, whole=True)
    return Changed(None, Topic.INBOX if gone or places else Topic.NONE)
