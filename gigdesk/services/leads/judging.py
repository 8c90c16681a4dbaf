"""Keeps scores right: leads are judged anew when the person, the rules or the day changed."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.leads.flags import red_flags
from gigdesk.domain.leads.records import Lead, Posting
from gigdesk.domain.leads.scoring import PARTS, Scale, judge, judge_again
from gigdesk.domain.topics import Changed, Topic
from gigdesk.store.leads import Judgement

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.ports import Now, Write
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.leads import LeadStore

BATCH = 200
OFF = "leads_off"


class Judge:
    """Measures leads with what the person is and wants now."""

    def __init__(
        self,
        store: LeadStore,
        profile: ProfileService,
        settings: SettingsService,
        now: Now,
        write: Write,
    ) -> None:
        self._store, self._profile, self._settings = store, profile, settings
        self._now, self._write = now, write

    def scale(self) -> Scale:
        """What leads are measured with now."""
        return Scale(self._profile.get(), self._now(), self.off())

    def off(self) -> frozenset[str]:
        """The points the person switched off."""
        said = self._settings.get(OFF).replace(",", " ").split()
        return frozenset(said) & frozenset(PARTS)

    def is_stale(self) -> bool:
        """Whether a kept score may differ from what it would be now."""
        scale = self.scale()
        return self._store.is_stale(scale.mark, scale.now)

    def rescore(self) -> Generator[int, None, Changed[int]]:
        """Judge what is stale, batch by batch; how many so far."""
        scale, done = self.scale(), 0
        while batch := self._store.stale(scale.mark, scale.now, BATCH):
            judgements = [judgement(lead, scale) for lead in batch]
            self._write(partial(self._keep, judgements))
            done += len(judgements)
            yield done
        return Changed(done, Topic.LEADS if done else Topic.NONE)

    def _keep(self, judgements: list[Judgement]) -> Changed[None]:
        self._store.keep(judgements)
        return Changed(None, Topic.NONE)


def judgement(lead: Lead, scale: Scale) -> Judgement:
    """What is kept of the lead's score."""
    score = judge(lead, scale)
    fit = score.pay
    below = fit.offer.span if fit is not None and fit.below and fit.offer is not None else ""
    return Judgement(
        lead.id,
        score.value,
        score.never,
        tuple(each.name for each in score.asked),
        red_flags(lead.whole, below),
        scale.mark,
        judge_again(lead, scale.now),
    )


def lead_of(posting: Posting, now: datetime) -> Lead:
    """The lead a posting will be, to judge it before it has a row."""
    return Lead(
        0, posting.source, posting.title, posting.text, posting.url, posting.client, posting.pay,
        posting.skills, posting.tags, posting.posted, now, posting.offers, (), "new", None, "", 0, 1,
    )  # fmt: skip
