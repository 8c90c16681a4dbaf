"""Telling the person: notices in the centre, and which of them the desktop shows now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigdesk.domain.notices import Notice, NoticeId, is_quiet
from gigdesk.domain.topics import Changed, Topic

if TYPE_CHECKING:
    from gigdesk.domain.ports import Now
    from gigdesk.domain.records import Ref
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.notices import NoticeStore

KEPT_ON_SCREEN = 50


class NoticeService:
    """What the assistant told, and what it should still say aloud."""

    def __init__(self, store: NoticeStore, settings: SettingsService, now: Now) -> None:
        self._store, self._settings, self._now = store, settings, now

    def tell(self, key: str, title: str, words: str, record: Ref | None = None) -> bool:
        """Tell it once per occasion. Whether it is new."""
        return self._store.add(Notice(NoticeId(0), self._now(), key, title, words, record))

    def latest(self) -> list[Notice]:
        """The newest notices."""
        return self._store.latest(KEPT_ON_SCREEN)

    def unseen(self) -> int:
        """How many the person has not looked at."""
        return self._store.unseen()

    def saw(self, notices: Sequence[Notice]) -> Changed[None]:
        """The person looked at these."""
        self._store.mark([notice.id for notice in notices], "seen")
        return Changed(None, Topic.NOTICES)

    def to_show(self) -> Changed[tuple[Notice, ...]]:
        """What the desktop shall show now; each comes once. In quiet hours, or when the person
        switched notifications off, nothing: it is in the centre."""
        fresh = self._store.unshown()
        if not fresh:
            return Changed((), Topic.NONE)
        self._store.mark([notice.id for notice in fresh], "shown")
        return Changed(tuple(fresh) if self._may_speak() else (), Topic.NONE)

    def _may_speak(self) -> bool:
        settings = self._settings
        clock = self._now().astimezone(settings.zone()).time()
        quiet = is_quiet(clock, settings.clock("quiet_from"), settings.clock("quiet_to"))
        return settings.on("notifications") and not quiet
