"""The leads' verbs and queries."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.leads.market import LEAST, market_of
from gigdesk.domain.leads.portfolio import Shown, pieces_to_show
from gigdesk.domain.leads.rates import offer_words
from gigdesk.domain.leads.records import (
    MARKS,
    Lead,
    LeadCounts,
    LeadImport,
    Market,
    Posting,
    Shelf,
    Unusable,
    Wanted,
)
from gigdesk.domain.leads.scoring import GAIN, PARTS, Score, explain, judge
from gigdesk.domain.records import Ref
from gigdesk.domain.today import BestLead
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.services.leads.importing import Importer
from gigdesk.services.leads.judging import OFF, Judge

if TYPE_CHECKING:
    from gigdesk.domain.ports import LeadFiles, Now, Write
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.leads import LeadStore

# As long as so few are stale, Today judges them while it reads.
_AT_ONCE = 400
_YEAR = timedelta(days=365)


class LeadService:
    """What a freelancer does with leads."""

    def __init__(
        self,
        db: DeskDb,
        store: LeadStore,
        files: LeadFiles,
        profile: ProfileService,
        settings: SettingsService,
        now: Now,
        write: Write,
    ) -> None:
        self._store, self._profile, self._settings, self._now = store, profile, settings, now
        self._judge = Judge(store, profile, settings, now, write)
        self._importer = Importer(db, store, files, self._judge, now, write)

    # --- bringing in ----------------------------------------------------------------------------
    def import_file(
        self, path: Path, source: str = "", stop: Callable[[], bool] = lambda: False
    ) -> Generator[LeadImport, None, Changed[LeadImport]]:
        """Leads from a table, Remote OK's JSON or an RSS feed. Raises NotFound or Unreadable."""
        return self._importer.run(path, source, stop)

    def take(self, postings: Iterable[Posting]) -> Changed[LeadImport]:
        """Leads that were made or read elsewhere."""
        return self._importer.take(postings)

    def ids_of(self, postings: Iterable[Posting]) -> list[int]:
        """Which leads these are here, each once."""
        known = (self._store.known(each) for each in postings)
        return list(dict.fromkeys(found[0] for found in known if found is not None))

    def read_again(self) -> Generator[int, None, Changed[int]]:
        """Read every kept record anew, as after a better version of the readers."""
        return self._importer.read_again()

    # --- looking --------------------------------------------------------------------------------
    def mark_score(self) -> int:
        """The score from which a lead is worth a look."""
        return round(self._settings.number("lead_mark"))

    def counts(self) -> LeadCounts:
        """How many leads lie where."""
        return self._store.counts(self.mark_score())

    def number(self, wanted: Wanted) -> int:
        """How many leads these are."""
        return self._store.number(wanted)

    def page(self, wanted: Wanted, offset: int = 0, count: int = 200) -> list[Lead]:
        """Leads, best first."""
        return self._store.page(wanted, offset, count)

    def place(self, lead_id: int, wanted: Wanted) -> int:
        """Where a lead stands among these; -1 when it is none of them."""
        return self._store.place(lead_id, wanted)

    def rejected(self, offset: int = 0, count: int = 200) -> list[Unusable]:
        """Records that are no leads, with their reason."""
        return self._store.rejected(offset, count)

    def get(self, lead_id: int) -> Lead:
        """One lead. Raises NotFound."""
        return self._store.get(lead_id)

    def marks(self, lead_id: int) -> list[tuple[str, str]]:
        """What a lead was marked and on which day, oldest first."""
        zone = self._settings.zone()
        marks = self._store.marks(lead_id)
        return [(mark, at.astimezone(zone).date().isoformat()) for mark, at in marks]

    # --- judging --------------------------------------------------------------------------------
    def why(self, lead_id: int) -> tuple[Lead, Score]:
        """A lead and its score, point by point, reckoned now."""
        lead = self._store.get(lead_id)
        return lead, explain(lead, self._judge.scale())

    def is_stale(self) -> bool:
        """Whether kept scores wait to be reckoned anew."""
        return self._judge.is_stale()

    def rescore(self) -> Generator[int, None, Changed[int]]:
        """Reckon stale scores anew, batch by batch."""
        return self._judge.rescore()

    def switch_point(self, name: str) -> Changed[bool]:
        """Let a point count no longer, or again, in every score; whether it counts now."""
        if name not in PARTS:
            raise Refused(
                t("“{name}” cannot be switched off", name=name),
                t("These can: {names}.", names=", ".join(PARTS)),
            )
        off = self._judge.off() ^ {name}
        kept = self._settings.set(OFF, ", ".join(each for each in GAIN if each in off))
        counts = name not in off
        said = t(_POINTS[name])
        words = t("{points} count again", points=said)
        if not counts:
            words = t("{points} no longer count, in any lead", points=said)
        return Changed(counts, Topic.SETTINGS | Topic.LEADS, words, kept.undo)

    def market(self, lead: Lead, score: Score) -> tuple[Market | None, int]:
        """What others get in comparable leads of this desk; too few answer None and how many."""
        fit = score.pay
        offer = fit.offer if fit is not None else None
        offer = offer or next((each for each in lead.offers if each.unit and each.currency), None)
        if offer is None:
            return None, 0
        wanted = {each.name for each in score.asked}
        found = [
            (middle, at)
            for middle, asked, at in self._store.comparable(
                offer.unit, offer.currency, self._now() - _YEAR, lead.id
            )
            if not wanted or wanted & set(asked)
        ]
        if len(found) < LEAST:
            return None, len(found)
        return market_of(found, offer.unit, offer.currency), len(found)

    def portfolio(self, score: Score) -> tuple[Shown, ...]:
        """Pieces of the person's own work that cover most of what is asked."""
        profile = self._profile.get()
        return pieces_to_show(score.asked, profile.portfolio, profile.skills)

    # --- marking --------------------------------------------------------------------------------
    def mark(self, lead_id: int, mark: str) -> Changed[Lead]:
        """Where the person stands with a lead now."""
        if mark not in MARKS:
            raise Refused(
                t("“{mark}” is no mark of a lead", mark=mark),
                t("It takes: {marks}.", marks=", ".join(MARKS)),
            )
        before = self._store.get(lead_id)
        lead = self._store.mark(before, mark, self._now())
        words = t(_MARKED[mark], title=lead.title)
        return Changed(lead, Topic.LEADS, words, partial(self._back, before.state, lead))

    def put_rejected_away(self, row: int) -> Changed[None]:
        """A record that is no lead goes out of the list; its original stays."""
        self._store.put_rejected_away(row, away=True)
        return Changed(None, Topic.LEADS, t("Put away"), partial(self._bring_back, row))

    def _back(self, before: str, lead: Lead) -> Changed[Lead]:
        return Changed(self._store.mark(lead, before, self._now()), Topic.LEADS)

    def _bring_back(self, row: int) -> Changed[None]:
        self._store.put_rejected_away(row, away=False)
        return Changed(None, Topic.LEADS)

    # --- for other tabs -------------------------------------------------------------------------
    def best(self, count: int) -> Sequence[BestLead]:
        """The new leads at or above the mark, best first, judged as of now."""
        mark = self.mark_score()
        if not self._judge.is_stale():
            kept = self._store.page(Wanted(Shelf.NEW, low=mark, hidden=False), 0, count)
            return [_best(lead, lead.score or 0) for lead in kept]
        scale = self._judge.scale()
        near = self._store.page(Wanted(Shelf.NEW), 0, _AT_ONCE)
        scored = [
            (score.value, lead)
            for lead in near
            if (score := judge(lead, scale)).value is not None and not score.never
        ]
        ordered = sorted(scored, key=lambda each: (-(each[0] or 0), -each[1].id))
        return [_best(lead, value or 0) for value, lead in ordered if (value or 0) >= mark][:count]

    def new_count(self) -> int:
        """How many new leads are shown."""
        return self.counts().new

    def worth_count(self) -> int:
        """How many of them are worth a look."""
        return len(self.best(_AT_ONCE)) if self.is_stale() else self.counts().worth

    def find(self, typed: str, count: int) -> list[Lead]:
        """Leads whose title, client, source or skills hold every typed word."""
        return self._store.page(Wanted(find=typed), 0, count)


_POINTS = {
    "skills": "Skills",
    "pay": "Offers of pay",
    "hours": "Working hours",
    "fresh": "Dates of posting",
    "languages": "Languages",
}
_MARKED = {
    "interested": "Kept in view: {title}",
    "dismissed": "Not for you: {title}",
    "drafted": "Being written: {title}",
    "applied": "Asked: {title}",
    "interview": "They want to talk: {title}",
    "won": "Won: {title}",
    "lost": "Lost: {title}",
    "ghosted": "No answer: {title}",
}


def _best(lead: Lead, score: int) -> BestLead:
    pay = offer_words(lead.offers[0]) if lead.offers else ""
    return BestLead(Ref("lead", lead.id, lead.title), lead.title, score, pay, lead.source)
