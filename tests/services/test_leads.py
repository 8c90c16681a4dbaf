"""Leads at the desk: brought in once, judged, marked, taken back."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gigdesk.domain.errors import NotFound, Refused, Stale
from gigdesk.domain.leads.records import Posting, Shelf, Wanted
from gigdesk.domain.topics import Changed

if TYPE_CHECKING:
    from gigdesk.domain.leads.records import Lead, LeadImport
    from gigdesk.services.office import Office

PROFILE = {
    "zone": "Europe/Berlin", "languages": ["de", "en"], "never": ["gambling"],
    "skills": [{"name": "Python", "aliases": ["py"]}, {"name": "Django"}],
    "rates": [{"unit": "hour", "floor": "60", "target": "90", "currency": "EUR"}],
    "portfolio": [{"title": "Shop", "skills": ["py"]}],
}  # fmt: skip
TABLE = """title,text,url,pay,skills,client,posted
Booking API,Two months,https://x.example/1?utm_source=a,€70-90/hr,"Python, Django",Acme,2026-11-22
Casino,gambling with Python,https://x.example/2,€100/h,Python,,2026-11-22
Cheap,,https://x.example/3,€20/h,"Python, Django, Rust",Low Ltd,2026-11-01
Help asap,,https://x.example/4,,,,
,,,,,Nobody,
"""


def whole(work: Generator[Any, None, Changed[Any]]) -> Changed[Any]:
    while True:
        try:
            next(work)
        except StopIteration as end:
            changed: Changed[Any] = end.value
            return changed


@pytest.fixture
def desk(office: Office) -> Office:
    office.profile.update(PROFILE)
    return office


def brought(office: Office, tmp_path: Path, text: str = TABLE) -> Changed[LeadImport]:
    path = tmp_path / "jobs.csv"
    path.write_text(text, "utf-8")
    return whole(office.leads.import_file(path))


def titles(office: Office, wanted: Wanted | None = None) -> list[str]:
    return [each.title for each in office.leads.page(wanted or Wanted(hidden=False))]


def named(office: Office, title: str) -> Lead:
    return next(each for each in office.leads.page(Wanted()) if each.title == title)


def test_a_file_twice_brings_nothing_new(desk: Office, tmp_path: Path) -> None:
    first = brought(desk, tmp_path).value
    again = brought(desk, tmp_path).value
    assert (first.new, first.updated, first.reposts, len(first.rejected)) == (4, 0, 0, 1)
    assert (again.new, again.updated, again.reposts, len(again.rejected)) == (0, 4, 0, 1)
    assert len(desk.leads.rejected()) == 1
    assert desk.leads.rejected()[0].reason
    assert "Nobody" in desk.leads.rejected()[0].raw


def test_another_address_of_the_same_lead_is_a_repost(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    moved = TABLE.replace("https://x.example/1?utm_source=a", "https://elsewhere.example/9")
    result = brought(desk, tmp_path, moved).value
    assert (result.new, result.updated, result.reposts) == (0, 3, 1)
    lead = named(desk, "Booking API")
    assert (lead.reposts, lead.url) == (1, "https://x.example/1?utm_source=a")


def test_a_newer_text_renews_the_lead_and_keeps_its_mark(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    before = named(desk, "Booking API")
    desk.leads.mark(before.id, "applied")
    result = brought(desk, tmp_path, TABLE.replace("€70-90/hr", "€40/hr")).value
    after = desk.leads.get(before.id)
    assert (result.new, result.updated, result.unchanged) == (0, 4, 3)
    assert after.state == "applied"
    assert (after.score or 0) < (before.score or 0)


def test_the_list_is_best_first_and_hides_without_deleting(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    assert titles(desk) == ["Booking API", "Cheap", "Help asap"]
    assert len(titles(desk, Wanted())) == 4
    counts = desk.leads.counts()
    assert (counts.all, counts.worth, counts.below, counts.never) == (4, 1, 2, 1)
    assert named(desk, "Casino").hidden_by == "never: gambling"
    assert [flag.rule for flag in named(desk, "Cheap").flags] == ["below floor"]


def test_why_adds_up_and_agrees_with_the_list(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    for lead in desk.leads.page(Wanted()):
        _, score = desk.leads.why(lead.id)
        assert score.value == lead.score
        assert score.value is None or sum(part.points for part in score.parts) == score.value


def test_a_changed_profile_changes_scores(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    before = named(desk, "Cheap").score
    desk.profile.update({"skills": [*PROFILE["skills"], {"name": "Rust"}]})  # type: ignore[misc]
    assert desk.leads.is_stale()
    assert whole(desk.leads.rescore()).value == 4
    assert not desk.leads.is_stale()
    assert (named(desk, "Cheap").score or 0) > (before or 0)
    desk.profile.update({"never": []})
    whole(desk.leads.rescore())
    assert named(desk, "Casino").hidden_by == ""


def test_a_point_switched_off_counts_in_no_score_until_it_is_back(
    desk: Office, tmp_path: Path
) -> None:
    brought(desk, tmp_path)
    before = named(desk, "Booking API").score or 0
    off = desk.leads.switch_point("pay")
    whole(desk.leads.rescore())
    assert (named(desk, "Booking API").score or 0) < before
    assert desk.settings.get("leads_off") == "pay"
    assert off.undo is not None
    off.undo()
    whole(desk.leads.rescore())
    assert named(desk, "Booking API").score == before
    desk.leads.switch_point("pay")
    assert desk.leads.switch_point("pay").value is True
    with pytest.raises(Refused):
        desk.leads.switch_point("start")


def test_marks_put_leads_on_shelves_and_are_taken_back(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    lead = named(desk, "Booking API")
    done = desk.leads.mark(lead.id, "dismissed")
    assert done.value.shelf is Shelf.AWAY
    assert "Booking API" in done.words
    assert "Booking API" not in titles(desk)
    assert "Booking API" in titles(desk, Wanted(hidden=True))
    assert done.undo is not None
    done.undo()
    assert titles(desk)[0] == "Booking API"
    won = desk.leads.mark(lead.id, "won")
    desk.leads.mark(lead.id, "lost")
    assert won.undo is not None
    with pytest.raises(Stale):
        won.undo()
    assert [mark for mark, _ in desk.leads.marks(lead.id)] == ["dismissed", "new", "won", "lost"]
    with pytest.raises(Refused):
        desk.leads.mark(lead.id, "new")
    with pytest.raises(NotFound):
        desk.leads.mark(999, "won")


def test_interested_brings_back_what_a_filter_hid(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    desk.leads.mark(named(desk, "Casino").id, "interested")
    assert "Casino" in titles(desk)


def test_an_import_is_taken_back_but_for_what_was_marked(desk: Office, tmp_path: Path) -> None:
    done = brought(desk, tmp_path)
    desk.leads.mark(named(desk, "Cheap").id, "applied")
    assert done.undo is not None
    done.undo()
    assert titles(desk, Wanted()) == ["Cheap"]
    assert brought(desk, tmp_path).value.new == 3


def test_an_import_can_be_stopped(desk: Office, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("title\n" + "\n".join(f"Job {n}" for n in range(900)), "utf-8")
    seen: list[int] = []
    work = desk.leads.import_file(path, stop=lambda: len(seen) == 2)
    for result in work:
        seen += [result.new]
    assert seen == [200, 400]
    assert desk.leads.counts().all == 400


def test_half_signs_and_other_dirt_are_kept_and_shown(desk: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(
        r'[{"position": "Half \ud83d sign", "id": "1", "description": "x\u0000\udc00y"},'
        r' {"position": "\ud800", "id": "2"}]'
    )
    result = whole(desk.leads.import_file(path)).value
    assert (result.new, len(result.rejected)) == (1, 1)
    assert titles(desk) == ["Half sign"]
    assert whole(desk.leads.read_again()).value == 0


def test_kept_records_can_be_read_again(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    assert whole(desk.leads.read_again()).value == 0


def test_today_and_the_palette_know_the_best(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    day = desk.today.day()
    assert [(each.title, each.pay) for each in day.leads] == [("Booking API", "€70–90/h")]
    assert day.leads_new == 3
    desk.profile.update({"rates": []})  # stale now: judged while reading
    assert [each.score for each in desk.leads.best(3)] == []
    assert desk.leads.worth_count() == 0
    assert [each.title for each in desk.leads.find("acme book", 5)] == ["Booking API"]


def test_the_market_needs_eight_comparable_leads(desk: Office) -> None:
    def some(count: int) -> list[Posting]:
        return [_paid(n) for n in range(count)]

    desk.leads.take(some(8))
    lead, score = desk.leads.why(1)
    assert desk.leads.market(lead, score) == (None, 7)
    desk.leads.take([_paid(8)])
    market, count = desk.leads.market(lead, score)
    assert count == 8
    assert market is not None
    assert (market.unit, market.middle.currency) == ("hour", "EUR")
    assert str(market.middle.amount) == "64.50"
    assert market.low.amount < market.middle.amount < market.high.amount


def _paid(n: int) -> Posting:
    from gigdesk.domain.leads.pay import read_pay

    return Posting("Feed", f"Job {n}", skills=("Python",), source_id=str(n), shape="csv", raw="{}",
                   offers=read_pay(f"€{60 + n}/h").offers)  # fmt: skip


def test_pieces_to_show_are_ones_own(desk: Office, tmp_path: Path) -> None:
    brought(desk, tmp_path)
    _, score = desk.leads.why(named(desk, "Booking API").id)
    assert [each.piece.title for each in desk.leads.portfolio(score)] == ["Shop"]


@pytest.mark.shared_data
def test_outsiders_jobs_come_in_and_every_score_adds_up(
    desk: Office, shared: Path, tmp_path: Path
) -> None:
    source = shared / "leads/upwork_rss/upwork_rss_2024.csv.gz"
    path = tmp_path / "upwork.csv"
    with gzip.open(source, "rt", encoding="utf-8", newline="") as rows:
        table = list(csv.reader(rows))[:151]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    result = whole(desk.leads.import_file(path)).value
    assert result.new + result.updated + result.reposts + len(result.rejected) == len(table) - 1
    assert result.new > 100
    for feed in ("remoteok.json", "wwr.rss", "upwork_rss_2024-05-13_10items.xml"):
        whole(desk.leads.import_file(shared / "leads/feeds" / feed))
    for lead in desk.leads.page(Wanted(), 0, 1000):
        _, score = desk.leads.why(lead.id)
        assert score.value == lead.score
        assert score.value is None or sum(part.points for part in score.parts) == score.value
        assert json.dumps([flag.quote for flag in lead.flags])
