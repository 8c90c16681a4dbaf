"""Fills an empty desk with the sample, through the same doors as a person's own records."""

from __future__ import annotations

import json
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.mails import Section, Thread
from gigdesk.domain.leads.records import Wanted
from gigdesk.domain.words import t
from gigdesk.services.sample.billing import Bill, write_bills
from gigdesk.services.sample.diary import Diary, write_diary
from gigdesk.services.sample.leads import end_of, write_leads
from gigdesk.services.sample.letters import mbox
from gigdesk.services.sample.mark import SAMPLE
from gigdesk.services.sample.post import Post, write_post
from gigdesk.services.sample.story import dice, owner_zone, patrons, profile
from gigdesk.services.sample.waiting import propose_all

if TYPE_CHECKING:
    from gigdesk.services.office import Office

SETTINGS = {
    "zone": "Asia/Tbilisi",
    "second_zone": "Europe/Berlin",
    "third_zone": "America/New_York",
}
MORNINGS = 2
BACKUP = "daily-backup"
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of everything; the clients stay twelve."""

    messages: int = 400
    invoices: int = 90
    leads: int = 60
    events: int = 80

    def times(self, scale: int) -> Amounts:
        """So many times as much."""
        return Amounts(**{name: value * scale for name, value in asdict(self).items()})

    @property
    def all(self) -> int:
        """Everything together."""
        return self.messages + self.invoices + self.leads + self.events


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled desk holds."""

    clients: int
    messages: int
    invoices: int
    leads: int
    events: int


@dataclass(frozen=True, slots=True)
class Step:
    """How far the filling is."""

    words: str
    done: int
    total: int


def is_empty(office: Office) -> bool:
    """Whether nothing was brought in here yet."""
    there = (
        office.profile.data(),
        office.clients.all(),
        office.inbox.total(),
        office.invoices.count(),
        office.calendar.count(),
        office.leads.number(Wanted()),
        office.proposals.waiting(),
    )
    return not any(there)


def fill(office: Office, seed: int = 1, amounts: Amounts | None = None) -> Generator[Step, None, Filled]:  # fmt: skip
    """Make the year that ends now, step by step; the return value counts it.

    The same seed and the same now make the same desk. Raises Refused and changes nothing when the
    desk holds records.
    """
    if not is_empty(office):
        raise Refused(
            t("This desk holds records already"),
            t(
                "Nothing was changed. A sample is made in an empty folder: give another with --home."
            ),
        )
    now = office.now().replace(microsecond=0)
    amounts = amounts or Amounts()
    mark = {"seed": seed, "now": now.isoformat(), "done": False}
    office.settings.remember(SAMPLE, json.dumps(mark))
    try:
        office.watch.stand(now)
        filled = yield from _filled(office, seed, amounts, now)
    finally:
        office.watch.go()
    office.settings.remember(SAMPLE, json.dumps({**mark, "done": True}))
    return filled


def _filled(
    office: Office, seed: int, amounts: Amounts, now: datetime
) -> Generator[Step, None, Filled]:
    total, done = amounts.all, 0
    _owner(office)
    bills: list[Bill] = []
    for bill in write_bills(office, seed, amounts.invoices, now):
        bills.append(bill)
        yield Step(t("Writing invoices"), len(bills), total)
    done += amounts.invoices
    diary = write_diary(seed, amounts.events, now)
    _keep_diary(office, diary)
    done += amounts.events
    yield Step(t("Filling the calendar"), done, total)
    post = write_post(seed, amounts.messages, now, bills, diary.meetings, partial(_pdf, office))
    for part in _keep_post(office, post):
        yield Step(t("Bringing in mail"), done + int(part * amounts.messages), total)
    done += amounts.messages
    _tidy(office, post)
    _keep_leads(office, seed, amounts.leads, now)
    done += amounts.leads
    yield Step(t("Reading leads"), done, total)
    _mornings(office, now)
    propose_all(office, bills, now)
    yield Step(t("Writing what waits for you"), total, total)
    return Filled(
        clients=len(office.clients.all()),
        messages=office.inbox.total(),
        invoices=office.invoices.count(),
        leads=office.leads.number(Wanted()),
        events=office.calendar.count(),
    )


def _owner(office: Office) -> None:
    for key, value in SETTINGS.items():
        office.settings.set(key, value)
    office.first_steps.put_aside()
    office.profile.update(profile())
    for patron in patrons():
        office.clients.found_or_made(patron.fields)


def _keep_diary(office: Office, diary: Diary) -> None:
    for name, content in diary.files.items():
        with _file(office, f"{name}.ics", content) as path:
            for _ in office.calendar.import_file(path):
                pass


def _pdf(office: Office, bill: Bill) -> bytes:
    return office.invoices.pdf(bill.id).content


def _keep_post(office: Office, post: Post) -> Iterator[float]:
    with _file(office, "sample.mbox", mbox(post.letters)) as path:
        for progress in office.inbox.import_paths([path]):
            yield progress.part


def _keep_leads(office: Office, seed: int, amount: int, now: datetime) -> None:
    for file in write_leads(seed, amount, now):
        with _file(office, file.name, file.content) as path:
            for _ in office.leads.import_file(path, file.source):
                pass
    chance = dice(seed, "leads ended")
    for lead in office.leads.page(Wanted(), 0, amount):
        age = now - (lead.posted or now)
        if end := end_of(chance, age):
            office.watch.stand(now - age + timedelta(days=3))
            office.leads.mark(lead.id, end)
    office.watch.stand(now)


def _tidy(office: Office, post: Post) -> None:
    """What is done is put away; what waits for an answer stays on the table."""
    sections = (Section.NEEDS_YOU, Section.WAITING)
    found: list[Thread] = []
    while page := office.inbox.threads(sections, len(found), _PAGE):
        found += page
    for thread in found:
        if thread.subject not in post.open_subjects:
            office.inbox.put_away(thread.id)


def _mornings(office: Office, now: datetime) -> None:
    """The last mornings as the assistant lived them; what it told before today was seen. One backup
    is enough."""
    here = now.astimezone(owner_zone())
    clock = office.settings.clock("morning")
    days = [here.date() - timedelta(days=back) for back in range(MORNINGS, -1, -1)]
    mornings = [datetime.combine(day, clock, owner_zone()) for day in days]
    past = [morning for morning in mornings if morning < now]
    office.watch.stand(past[0] - timedelta(minutes=1))
    office.routines.tick()
    office.routines.pause(BACKUP, paused=True)
    for morning in past:
        told = office.notices.latest()
        office.watch.stand(morning + timedelta(seconds=20))
        if morning is past[-1]:
            office.routines.pause(BACKUP, paused=False)
        office.routines.tick()
        if told:
            office.notices.saw(told)
    office.watch.stand(now)
    office.notices.to_show()


@contextmanager
def _file(office: Office, name: str, content: bytes) -> Iterator[Path]:
    """A file to import from, in the desk's own folder: the same place gives the same desk."""
    folder = office.home / "sample"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    try:
        path.write_bytes(content)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)
