"""The person's own data: read, and replaced field by field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.profile import Profile
from gigdesk.domain.profile_json import read_profile
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.store.profile import ProfileStore


class ProfileService:
    """Who the person is, for documents, scores and drafts."""

    def __init__(self, store: ProfileStore) -> None:
        self._store = store

    def get(self) -> Profile:
        """The profile; empty at first."""
        return read_profile(self._store.get(), kept=True)

    def data(self) -> dict[str, Any]:
        """The same as JSON."""
        return self._store.get()

    def update(self, data: Mapping[str, Any]) -> Changed[Profile]:
        """Replace the fields this names, keep the others. Raises Refused and changes nothing when
        a field does not fit."""
        read_profile(data)
        before = self._store.get()
        merged = {**before, **data}
        profile = read_profile(merged)
        self._store.put(merged)
        return Changed(profile, Topic.PROFILE, t("Profile kept"), partial(self._back, before))

    def _back(self, before: dict[str, Any]) -> Changed[Profile]:
        self._store.put(before)
        return Changed(self.get(), Topic.PROFILE)
