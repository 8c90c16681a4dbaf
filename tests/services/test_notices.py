"""Telling: once per occasion, aloud at most once, never in quiet hours, always in the centre."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gigdesk.domain.records import Ref
from gigdesk.services.notices import NoticeService
from gigdesk.services.settings import SettingsService
from gigdesk.store.desk_db import DeskDb
from gigdesk.store.notices import NoticeStore
from gigdesk.store.settings import SettingsStore


class Hours:
    """A clock one can set."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Hours:
    return Hours()


@pytest.fixture
def settings(db: DeskDb) -> SettingsService:
    made = SettingsService(SettingsStore(db))
    made.set("zone", "Europe/Berlin")
    return made


@pytest.fixture
def notices(db: DeskDb, settings: SettingsService, clock: Hours) -> NoticeService:
    return NoticeService(NoticeStore(db), settings, clock)


INVOICE = Ref("invoice", 7, "2026-007")


def test_an_occasion_is_told_once(notices: NoticeService) -> None:
    assert notices.tell("overdue:7", "2026-007 is late", "Acme, 14 days", INVOICE)
    assert not notices.tell("overdue:7", "2026-007 is late", "Acme, 15 days", INVOICE)
    told = notices.latest()
    assert [(each.title, each.words, each.record) for each in told] == [
        ("2026-007 is late", "Acme, 14 days", INVOICE)
    ]


def test_each_is_shown_aloud_once(notices: NoticeService) -> None:
    notices.tell("a", "A", "first")
    assert [each.title for each in notices.to_show().value] == ["A"]
    assert notices.to_show().value == ()
    notices.tell("b", "B", "second")
    assert [each.title for each in notices.to_show().value] == ["B"]


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-11-23T19:59:00+01:00", False),
        ("2026-11-23T20:00:00+01:00", True),
        ("2026-11-24T03:00:00+01:00", True),
        ("2026-11-24T07:59:00+01:00", True),
        ("2026-11-24T08:00:00+01:00", False),
    ],
)
def test_quiet_hours_are_quiet_and_the_centre_has_it(
    notices: NoticeService, clock: Hours, moment: str, quiet: bool
) -> None:
    clock.at = datetime.fromisoformat(moment)
    notices.tell("a", "A", "words")
    assert bool(notices.to_show().value) is not quiet
    assert notices.unseen() == 1
    # What was quiet stays quiet: nobody is rung up in the morning for last night.
    clock.at = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
    assert notices.to_show().value == ()


def test_quiet_hours_follow_the_person(
    notices: NoticeService, settings: SettingsService, clock: Hours
) -> None:
    settings.set("zone", "Asia/Tbilisi")
    clock.at = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # 20:30 there
    notices.tell("a", "A", "words")
    assert notices.to_show().value == ()


def test_switched_off_they_are_in_the_centre_only(
    notices: NoticeService, settings: SettingsService
) -> None:
    settings.set("notifications", "off")
    notices.tell("a", "A", "words")
    assert notices.to_show().value == ()
    assert notices.unseen() == 1


def test_what_was_looked_at_is_not_counted(notices: NoticeService) -> None:
    for key in "abc":
        notices.tell(key, key, "words")
    notices.saw(notices.latest()[:2])
    assert notices.unseen() == 1
    assert len(notices.latest()) == 3
