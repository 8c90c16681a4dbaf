"""Leads as rows: their keys, their order, their places in a list of any length."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from gigdesk.domain.errors import NotFound
from gigdesk.domain.leads.records import Flag, Offer, Posting, Shelf, Unusable, Wanted
from gigdesk.store.leads import Judgement, LeadStore

if TYPE_CHECKING:
    from gigdesk.store.desk_db import DeskDb

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
OFFER = Offer(Decimal("0.055"), None, "word", "EUR", "0.055 €/word", assumed=True)
POSTING = Posting(
    "Feed", "Ärger im Büro", "Text", "7", "https://x.example/7", "Acme", "pay", ("A", "B"), ("t",),
    NOW - timedelta(days=1), (OFFER,), "csv", '{"title": "x"}',
)  # fmt: skip


def judged(row: int, score: int | None, never: str = "", mark: str = "m") -> Judgement:
    return Judgement(row, score, never, ("A",), (Flag("trial", "q", "look"),), mark, None)


@pytest.fixture
def store(db: DeskDb) -> LeadStore:
    return LeadStore(db)


def test_a_lead_comes_back_as_it_went_in(store: LeadStore) -> None:
    row = store.add(POSTING, NOW)
    lead = store.get(row)
    assert (lead.title, lead.skills, lead.tags, lead.posted) == (
        POSTING.title, ("A", "B"), ("t",), POSTING.posted,
    )  # fmt: skip
    assert lead.offers == (OFFER,)
    assert (lead.score, lead.state, lead.flags) == (None, "new", ())
    assert store.raws(0, 9) == [(row, "csv", "Feed", '{"title": "x"}')]
    with pytest.raises(NotFound):
        store.get(row + 1)


def test_it_is_known_by_id_then_address_then_title(store: LeadStore) -> None:
    row = store.add(POSTING, NOW)
    assert store.known(POSTING) == (row, True)
    assert store.known(replace(POSTING, url="")) == (row, True)
    assert store.known(replace(POSTING, source_id="")) == (row, True)
    assert store.known(replace(POSTING, source_id="", url="")) == (row, False)
    assert store.known(Posting("Feed", "Something else")) is None


def test_a_row_renewed_says_whether_anything_differs(store: LeadStore) -> None:
    row = store.add(POSTING, NOW)
    store.keep([judged(row, 70)])
    assert not store.renew(row, POSTING, NOW)
    assert store.renew(row, replace(POSTING, text="New"), NOW)
    assert store.get(row).text == "New"
    assert store.is_stale("m", NOW)


def test_order_places_and_counts(store: LeadStore) -> None:
    rows = [store.add(Posting("F", f"Job {n}", source_id=str(n)), NOW) for n in range(40)]
    store.keep([judged(row, None if n % 10 == 0 else n) for n, row in enumerate(rows)])
    store.keep([judged(rows[5], 99, "word")])
    store.mark(store.get(rows[6]), "applied", NOW)
    store.mark(store.get(rows[7]), "dismissed", NOW)
    shown = Wanted(Shelf.NEW, hidden=False)
    page = store.page(shown, 0, 100)
    scores = [-1 if each.score is None else each.score for each in page]
    assert scores == sorted(scores, reverse=True)
    assert [store.place(each.id, shown) for each in page] == list(range(len(page)))
    assert store.place(rows[5], shown) == -1
    counts = store.counts(30)
    assert (counts.all, counts.worth, counts.below) == (40, 9, 28)
    assert (counts.asked, counts.away, counts.never) == (1, 1, 1)
    assert store.number(Wanted(hidden=True)) == 2
    assert store.number(Wanted(low=30, hidden=False)) == 9
    assert store.page(Wanted(find="job 3 f"), 0, 3)[0].id == rows[39]


def test_words_are_found_whatever_their_case(store: LeadStore) -> None:
    row = store.add(POSTING, NOW)
    assert [each.id for each in store.page(Wanted(find="ÄRGER acme"))] == [row]
    assert store.page(Wanted(find="100%")) == []


def test_stale_is_what_was_judged_otherwise_or_aged(store: LeadStore) -> None:
    one, other = (store.add(Posting("F", t, source_id=t), NOW) for t in ("a", "b"))
    assert {each.id for each in store.stale("m", NOW, 9)} == {one, other}
    store.keep([judged(one, 1), replace(judged(other, 1), again=NOW + timedelta(hours=1))])
    assert store.stale("m", NOW, 9) == []
    assert [each.id for each in store.stale("m", NOW + timedelta(hours=2), 9)] == [other]
    assert store.is_stale("n", NOW)


def test_what_is_no_lead_is_kept_once_and_can_be_put_away(store: LeadStore) -> None:
    for _ in range(2):
        store.put_rejected(Unusable(3, "no title", "{}", "File", "x"), NOW)
    (kept,) = store.rejected()
    assert (kept.row, kept.reason, kept.raw) == (3, "no title", "{}")
    store.put_rejected_away(kept.id, away=True)
    assert store.rejected() == []
    assert store.counts(0).unreadable == 0
    store.put_rejected_away(kept.id, away=False)
    assert len(store.rejected()) == 1


def test_a_touched_lead_is_not_removed(store: LeadStore) -> None:
    row = store.add(POSTING, NOW)
    store.mark(store.get(row), "interested", NOW)
    assert not store.remove(row, 1)
    assert store.get(row).state == "interested"


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT id FROM leads WHERE shelf = 'new' AND hidden = 0"
            " ORDER BY score DESC, seen_at DESC, id DESC LIMIT 60 OFFSET 50000",
            "leads_listed",
        ),
        (
            "SELECT id FROM leads WHERE shelf = 'new' AND hidden = 0 AND instr(words, 'x') > 0"
            " ORDER BY score DESC, seen_at DESC, id DESC LIMIT 60",
            "leads_found",
        ),
    ],
)
def test_lists_and_filters_are_read_by_an_index_alone(
    db: DeskDb, store: LeadStore, query: str, index: str
) -> None:
    store.add(POSTING, NOW)
    plan = db.read().conn.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    said = " ".join(str(row[-1]) for row in plan)
    assert f"COVERING INDEX {index}" in said
    assert "TEMP B-TREE" not in said
