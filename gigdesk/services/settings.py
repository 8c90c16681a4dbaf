"""Settings: reading, checking and changing the person's choices."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.errors import NotFound
from gigdesk.domain.settings import BY_KEY, SETTINGS, Setting, checked
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.store.settings import SettingsStore


class SettingsService:
    """The person's choices, each with its default."""

    def __init__(self, store: SettingsStore) -> None:
        self._store = store

    def all(self) -> list[tuple[Setting, str]]:
        """Every setting with its value."""
        known = self._store.all()
        return [(setting, known.get(setting.key, setting.default)) for setting in SETTINGS]

    def get(self, key: str) -> str:
        """The value of a setting, its default when it was never set."""
        setting = self._known(key)
        return self._store.get(key) or setting.default

    def number(self, key: str) -> float:
        """The value of a number."""
        return float(self.get(key))

    def on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self.get(key) == "on"

    def clock(self, key: str) -> time:
        """The value of a time of day."""
        return time.fromisoformat(self.get(key))

    def zone(self) -> ZoneInfo:
        """The person's time zone: as set, else as the system says."""
        name = self.get("zone")
        if name:
            return ZoneInfo(name)
        from tzlocal import get_localzone_name

        return ZoneInfo(get_localzone_name() or "UTC")

    def set(self, key: str, value: str) -> Changed[str]:
        """Change a setting. Raises Refused when the value does not fit."""
        setting = self._known(key)
        before = self._store.get(key)
        kept = checked(setting, value)
        self._store.put(key, kept)
        return Changed(
            kept,
            Topic.SETTINGS,
            t("{words}: {value}", words=t(setting.words), value=kept),
            partial(self._back, key, before),
        )

    def state(self, key: str) -> str | None:
        """What the window remembered under this name."""
        return self._store.state(key)

    def remember(self, key: str, value: str) -> None:
        """Let the window remember something."""
        self._store.remember(key, value)

    def _back(self, key: str, before: str | None) -> Changed[str]:
        self._store.put(key, before)
        return Changed(before or self._known(key).default, Topic.SETTINGS)

    @staticmethod
    def _known(key: str) -> Setting:
        if key not in BY_KEY:
            raise NotFound(
                t("There is no setting “{key}”", key=key), t("See the list: gigdesk settings get.")
            )
        return BY_KEY[key]
