"""Files of mails: saved where the person says, lent to other programs, and mails within mails read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.inbox.enclosed import COPY_HOURS, Enclosed, mail_within

if TYPE_CHECKING:
    from gigdesk.domain.inbox.folds import Fold
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import Cupboard, MailReader, Now


class AttachmentService:
    """What the person can do with what is enclosed in mails. `raw` gives a mail's own bytes."""

    def __init__(
        self, raw: Callable[[int], bytes], reader: MailReader, cupboard: Cupboard, now: Now
    ) -> None:
        self._raw, self._reader, self._cupboard, self._now = raw, reader, cupboard, now

    def content(self, place: Enclosed) -> bytes:
        """The bytes that lie there: the whole mail, or what is enclosed. Raises Unreadable."""
        data = self._raw(place.mail)
        for number in place.path:
            data = self._reader.part(data, number)
        return data

    def save(self, place: Enclosed, path: Path) -> Path:
        """Write it to a new file here, or beside it where one lies; where. Raises Trouble."""
        return self._cupboard.write(path, self.content(place))

    def save_all(self, files: Sequence[tuple[Enclosed, str]], folder: Path) -> list[Path]:
        """Write each under its name into a folder; over nothing that is there."""
        return [self.save(place, folder / name) for place, name in files]

    def lend(self, place: Enclosed, name: str) -> Path:
        """A copy for another program, that is cleared away within a day and when the desk is left."""
        return self._cupboard.lend(name, self.content(place))

    def mail_in(self, place: Enclosed) -> Mail:
        """A mail that is enclosed in another. Raises Unreadable."""
        return mail_within(self._reader.read_one(self.content(place)), place.mail)

    def folds(self, text: str) -> list[Fold]:
        """What of a plain text is quoted and signed."""
        return self._reader.folds(text)

    def tidy(self) -> int:
        """Clear away the copies that have had their day; how many."""
        return self._cupboard.clear(self._now() - timedelta(hours=COPY_HOURS))

    def clear(self) -> int:
        """Clear away all copies; how many."""
        return self._cupboard.clear()
