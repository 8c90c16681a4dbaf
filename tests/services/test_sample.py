"""The sample desk: the same seed makes the same desk, its numbers add up, nobody in it is real."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gigdesk.app import office_on, open_office
from gigdesk.domain.inbox.mails import Section
from gigdesk.domain.leads.records import Wanted
from gigdesk.services.sample.filling import Amounts, Step, fill
from gigdesk.services.sample.mark import is_sample, is_whole
from gigdesk.services.sample.place import NoKeyring, SamplePlace
from gigdesk.services.sample.story import patrons
from tests.conftest import NOW, PASSPHRASE

if TYPE_CHECKING:
    from gigdesk.services.office import Office

pytestmark = pytest.mark.slow
FEW = Amounts(messages=60, invoices=20, leads=12, events=24)


def filled(home: Path, seed: int = 1, amounts: Amounts = FEW) -> Office:
    office = open_office(home, ask=lambda _question: PASSPHRASE, now=lambda: NOW)
    for _ in fill(office, seed, amounts):
        pass
    return office


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A whole sample desk, made once."""
    office = filled(tmp_path_factory.mktemp("sample") / "desk", amounts=Amounts())
    yield office
    office.close()


def told(office: Office) -> str:
    """Everything the desk says, as one text without what differs by place and moment."""
    day = NOW.date()
    parts: list[Any] = [
        office.profile.data(),
        office.clients.all(),
        [(sheet.invoice, sheet.paper, sheet.payments) for sheet in sheets(office)],
        [(mail, office.inbox.raw(mail.id)) for mail in office.inbox.lines(limit=5000)],
        office.calendar.between(day - timedelta(days=365), day + timedelta(days=60)),
        [
            (lead.id, lead.title, lead.state, lead.score)
            for lead in office.leads.page(Wanted(), 0, 500)
        ],
        office.proposals.waiting(),
        [
            (thread.subject, thread.put_away)
            for thread in office.inbox.threads(tuple(Section), 0, 900)
        ],
    ]
    return "\n".join(repr(part) for part in parts)


def sheets(office: Office) -> list[Any]:
    return [office.invoices.show(each.id) for each in office.invoices.page()]


# --- the same again ---------------------------------------------------------------------------------
def test_the_same_seed_makes_the_same_desk(tmp_path: Path) -> None:
    desks = []
    for name in ("one", "two"):
        office = filled(tmp_path / name, seed=7)
        desks.append(hashlib.sha256(told(office).encode()).hexdigest())
        office.close()
    assert desks[0] == desks[1]


def test_another_seed_makes_another_desk(tmp_path: Path) -> None:
    one, two = filled(tmp_path / "one", seed=1), filled(tmp_path / "two", seed=2)
    numbers = [[each.gross for each in office.invoices.page()] for office in (one, two)]
    assert numbers[0] != numbers[1]
    assert {c.name for c in one.clients.all()} == {c.name for c in two.clients.all()}
    one.close()
    two.close()


# --- what is in it ----------------------------------------------------------------------------------
def test_the_counts_are_as_promised(sample: Office) -> None:
    assert is_sample(sample)
    assert is_whole(sample)
    assert len(sample.clients.all()) == 12
    assert sample.inbox.total() == 400
    assert sample.invoices.count() == 90
    assert sample.leads.number(Wanted()) == 60
    assert sample.leads.counts().unreadable == 0
    assert sample.calendar.count() == 80


def test_eight_countries_and_four_languages(sample: Office) -> None:
    clients = sample.clients.all()
    assert len({each.country for each in clients}) == 8
    assert {each.language for each in clients} == {"en", "de", "fr", "es"}
    assert len({each.zone for each in clients}) >= 8


def test_numbers_have_no_gap_and_no_double(sample: Office) -> None:
    issued = sorted(each for each in sample.invoices.numbers())
    assert len(issued) == len(set(issued)) == 88
    for year in {number[:4] for number in issued}:
        counted = [int(number[5:]) for number in issued if number.startswith(year)]
        assert counted == list(range(1, len(counted) + 1)), year


def test_invoices_are_of_the_year_and_really_printed(sample: Office) -> None:
    issued = [each for each in sample.invoices.page() if each.number]
    for each in issued:
        assert each.issue_date is not None
        assert NOW.date() - timedelta(days=370) <= each.issue_date <= NOW.date()
        assert each.issued_at is not None
        assert each.issued_at.date() == each.issue_date
    for each in (issued[0], issued[-1]):
        pdf, xml = sample.invoices.pdf(each.id), sample.invoices.xml(each.id, "factur-x")
        assert pdf.content.startswith(b"%PDF-")
        assert (pdf.findings, xml.findings) == ((), ())
    standing = {str(each.status(NOW.date())) for each in sample.invoices.page()}
    assert standing >= {"paid", "overdue", "issued", "draft"}


def test_each_client_pays_in_their_own_way(sample: Office) -> None:
    late: dict[str, list[int]] = {}
    for sheet in sheets(sample):
        invoice = sheet.invoice
        if invoice.settled_on and invoice.due_date:
            days = (invoice.settled_on - invoice.due_date).days
            late.setdefault(invoice.client, []).append(days)
    assert all(days < 0 for days in late["Rahm & Ziegler Architekten"])
    assert all(3 <= days <= 7 for days in late["Falkenau Verlag"])
    assert all(days > 30 for days in late["Maison Orphée"])
    assert all(-2 <= days <= 0 for days in late["Latarnia Studio"])
    assert max(late["Peregrine & Moss"]) - min(late["Peregrine & Moss"]) > 5
    halves = [s.payments for s in sheets(sample) if s.invoice.client == "Copper Finch Labs"]
    assert any(len(payments) == 2 for payments in halves)


def test_the_days_of_the_habits_are_in_the_past(sample: Office) -> None:
    for sheet in sheets(sample):
        assert all(sheet.paper.issue_date <= pay.paid_on <= NOW.date() for pay in sheet.payments)


# --- mail -------------------------------------------------------------------------------------------
def test_every_mail_is_read_and_judged_with_a_reason(sample: Office) -> None:
    lines = sample.inbox.lines(limit=1000)
    assert not [line for line in lines if line.broken]
    strangers = {line.sender.email for line in lines if not line.label.code}
    labelled = [line for line in lines if line.label.code]
    assert all(line.label.reasons for line in labelled)
    assert len(labelled) >= 380
    known = {patron.email for patron in patrons()}
    assert not strangers & known, "a client's mail has a label"
    assert {line.label.code for line in labelled} == {
        "client", "invoice", "meeting", "newsletter", "lead", "other",
    }  # fmt: skip


def test_mails_stand_in_threads_and_name_real_invoices(sample: Office) -> None:
    threads = sample.inbox.threads(tuple(Section), 0, 1000)
    assert max(thread.count for thread in threads) >= 4
    numbers = set(sample.invoices.numbers())
    named = {
        found
        for line in sample.inbox.lines(limit=1000)
        for found in re.findall(r"\b20\d\d-\d{3}\b", line.subject)
    }
    assert len(named) > 40
    assert named <= numbers


def test_something_waits_for_an_answer_and_the_rest_is_put_away(sample: Office) -> None:
    counts = sample.inbox.counts()
    assert 3 <= counts.needs_you <= 8
    assert 2 <= counts.waiting <= 8


def test_no_address_outside_the_domains_for_examples(sample: Office) -> None:
    hosts: set[str] = set()
    for line in sample.inbox.lines(limit=1000):
        raw = sample.inbox.raw(line.id).decode()
        hosts |= set(re.findall(r"[\w.+-]+@([\w.-]+\w)", raw))
        hosts |= set(re.findall(r"https?://([\w.-]+)", raw))
    for lead in sample.leads.page(Wanted(), 0, 100):
        hosts |= set(re.findall(r"https?://([\w.-]+)", lead.url + lead.text))
    strange = {host for host in hosts if not host.endswith(".example")}
    assert strange == set()


def test_the_letters_have_no_hole_left(sample: Office) -> None:
    for line in sample.inbox.lines(limit=1000):
        mail = sample.inbox.mail(line.id)
        assert not re.search(r"\{\w+\}", mail.subject + mail.text), mail.subject


# --- the day ----------------------------------------------------------------------------------------
def test_today_tells_a_story(sample: Office) -> None:
    day = sample.today.day()
    assert len(day.proposals) == 4
    assert all(each.why and each.records and not each.blocked for each in day.proposals)
    reminder = day.proposals[0]
    facts = [reminder.draft[fact.start : fact.end] for fact in reminder.facts]
    assert any(fact in sample.invoices.numbers() for fact in facts)
    assert {each.kind for each in day.agenda} == {"meeting", "focus"}
    assert any("Berlin" in each.theirs for each in day.agenda)
    assert day.owed
    assert day.late
    assert day.leads
    assert day.log
    assert not day.steps


def test_an_offered_slot_is_free(sample: Office) -> None:
    answer = next(each for each in sample.proposals.waiting() if "slots" in each.title)
    offered = re.findall(r"- \w+ (\d+ \w+), (\d\d:\d\d)", answer.draft)
    assert len(offered) == 3


def test_series_keep_their_exceptions(sample: Office) -> None:
    first, last = NOW.date() - timedelta(days=300), NOW.date()
    weekly = [
        each
        for each in sample.calendar.between(first, last)
        if each.title == "Falkenau Verlag, weekly"
    ]
    weekdays = [each.span(sample.zone())[0].weekday() for each in weekly]
    assert weekdays.count(0) > 20
    assert weekdays.count(1) == 1, "one was moved to a Tuesday"


def test_the_desk_says_that_it_is_a_sample(sample: Office) -> None:
    state = json.loads(sample.settings.state("sample") or "{}")
    assert state == {"seed": 1, "now": NOW.isoformat(), "done": True}


# --- its place --------------------------------------------------------------------------------------
def test_a_place_of_its_own_is_made_kept_and_thrown_away(tmp_path: Path) -> None:
    place = SamplePlace(tmp_path / "desk")
    steps = list(opened(place))
    assert [type(each) for each in steps[:1]] == [Step]
    assert place.folder == tmp_path / "desk-sample"
    assert (place.folder / "sample.key").stat().st_mode & 0o077 == 0
    assert list(opened(place)) == [], "a whole one is opened as it is"
    place.throw_away()
    assert not place.folder.exists()
    assert not (tmp_path / "desk").exists(), "one's own desk is not touched"


def opened(place: SamplePlace) -> Iterator[Step]:
    from gigdesk.app import door_of

    def opening() -> Office:
        return office_on(door_of(place.folder, place.key, NoKeyring()).open(), lambda: NOW)

    office = yield from place.open(opening)
    assert is_whole(office)
    office.close()


def test_a_half_made_sample_is_made_anew(tmp_path: Path) -> None:
    from gigdesk.app import door_of

    place = SamplePlace(tmp_path / "desk")
    half = office_on(door_of(place.folder, place.key, NoKeyring()).open(), lambda: NOW)
    filling = fill(half)
    next(filling)
    filling.close()
    half.close()
    assert list(opened(place))


def test_a_year_from_any_day_holds(tmp_path: Path) -> None:
    """On a Saturday in a leap year, at the turn of a year: the story still has its days."""
    from datetime import UTC, datetime

    for name, moment in {
        "leap": datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
        "saturday": datetime(2027, 1, 2, 5, 0, tzinfo=UTC),
    }.items():
        office = open_office(tmp_path / name, lambda _question: PASSPHRASE, lambda at=moment: at)
        for _ in fill(office, 1, FEW):
            pass
        assert office.inbox.total() == 60
        assert office.calendar.count() == 24
        assert len(office.proposals.waiting()) >= 3
        latest = max(line.at for line in office.inbox.lines(limit=100))
        assert latest <= moment
        assert date(2025, 1, 1) < office.invoices.today()
        office.close()
