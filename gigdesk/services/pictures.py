"""Pictures of mails that lie elsewhere: loaded once, or always for a sender, by the person's word only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.far import Allowed, FarPicture
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import FarPictures, Now
    from gigdesk.store.inbox.far_senders import FarSenderStore


class PictureService:
    """What the person can do about far pictures. `resting` says why nothing leaves, where so."""

    def __init__(
        self, store: FarSenderStore, servers: FarPictures, resting: Callable[[], str], now: Now
    ) -> None:
        self._store, self._servers, self._resting, self._now = store, servers, resting, now

    def allowed(self) -> list[Allowed]:
        """The senders whose pictures are always loaded."""
        return self._store.all()

    def load_by_itself(self, mail: Mail) -> bool:
        """Whether this mail's pictures are loaded without a click: its sender is one of those, and
        nothing says that it is somebody else who wrote it."""
        doubted = mail.label.code == "suspicious" or any(
            sign.code in {"failed", "spam"} for sign in mail.signs
        )
        return bool(mail.sender.email) and not doubted and self._store.has(mail.sender.email)

    def always(self, sender: str) -> Changed[None]:
        """From now on load the pictures of this sender."""
        if not self._store.add(sender, self._now()):
            return Changed(None, Topic.NONE)
        return Changed(
            None,
            Topic.INBOX,
            t("Pictures of {sender} are loaded from now on", sender=sender),
            partial(self.no_more, sender),
        )

    def no_more(self, sender: str) -> Changed[None]:
        """Load nothing of this sender by itself any more."""
        if not self._store.remove(sender):
            return Changed(None, Topic.NONE)
        return Changed(
            None,
            Topic.INBOX,
            t("Pictures of {sender} are not loaded any more", sender=sender),
            partial(self.always, sender),
        )

    def load(self, mail: Mail) -> Iterator[FarPicture]:
        """Ask the servers for a mail's pictures, each as it comes. Raises Refused on a desk whose
        people are made up."""
        resting = self._resting()
        if resting:
            raise Refused(resting, t("Nothing was asked for."))
        why = t("You wanted to see the pictures of a mail from {sender}", sender=mail.sender.shown)
        return self._servers.load(mail.far, why)
