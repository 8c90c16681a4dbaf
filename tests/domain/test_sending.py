"""When a mail may leave, whatever the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gigdesk.domain.accounts import Account, AccountId, Endpoint
from gigdesk.domain.proposals import OutboxId, OutboxItem, OutboxState
from gigdesk.domain.sending import (
    busy_wait,
    is_late,
    keeps_sent,
    later_times,
    may_leave,
    next_look,
    set_back,
    unreachable_wait,
    waits_until,
)

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ITEM = OutboxItem(OutboxId(1), "mail", "a@x.example", "s", "b", "<1@x>", OutboxState.WAITING, NOW)


def test_it_leaves_when_it_is_due_and_nobody_has_to_be_asked() -> None:
    assert may_leave(ITEM, NOW)
    assert not may_leave(ITEM, NOW - timedelta(seconds=1))
    assert not may_leave(replace(ITEM, hold="late"), NOW)
    assert not may_leave(replace(ITEM, state=OutboxState.UNCERTAIN), NOW)
    later = replace(ITEM, next_try=NOW + timedelta(minutes=5))
    assert not may_leave(later, NOW)
    assert waits_until(later) == NOW + timedelta(minutes=5)


def test_a_chosen_hour_is_late_sooner_than_a_mail_without_a_network() -> None:
    assert not is_late(ITEM, NOW + timedelta(hours=23))
    assert is_late(ITEM, NOW + timedelta(hours=25))
    timed = replace(ITEM, timed=True)
    assert not is_late(timed, NOW + timedelta(minutes=59))
    assert is_late(timed, NOW + timedelta(minutes=61))


def test_after_the_clock_was_set_back_the_rules_hold_from_now_on() -> None:
    back = NOW - timedelta(days=400)
    assert set_back(ITEM, NOW) == {}
    assert set_back(ITEM, back) == {"due": back + timedelta(seconds=10)}
    assert set_back(replace(ITEM, timed=True), back) == {}, "an hour that was chosen stays"
    tried = replace(ITEM, due=back, next_try=NOW)
    assert set_back(tried, back) == {"next_try": back + timedelta(hours=1)}


def test_patience_grows_and_stops_growing() -> None:
    for wait in (busy_wait, unreachable_wait):
        waits = [wait(tries) for tries in range(60)]
        assert waits == sorted(waits)
        assert waits[0] == waits[1] > timedelta(0)
        assert waits[-1] <= timedelta(hours=1)
    assert [next_look(looks) is not None for looks in range(4)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        ("2026-11-23T09:00+01:00", ["10:00", "14:00", "18:00", "08:30 Tue", "08:30 Mon"]),
        ("2026-11-28T20:00+01:00", ["21:00", "08:30 Sun", "08:30 Mon"]),
        ("2026-11-29T13:00+01:00", ["14:00", "18:00", "08:30 Mon"]),
        # The night in which the clocks go forward.
        ("2026-03-28T23:30+01:00", ["00:30", "08:30 Sun", "08:30 Mon"]),
    ],
)
def test_later_is_a_few_plain_instants(at: str, offered: list[str]) -> None:
    now = datetime.fromisoformat(at)
    times = later_times(now, BERLIN, time(8, 30))
    assert all(instant > now for _, instant in times)
    said = []
    for _, instant in times:
        here = instant.astimezone(BERLIN)
        soon = here.date() == now.astimezone(BERLIN).date() or here - now < timedelta(hours=2)
        said.append(f"{here:%H:%M}" if soon else f"{here:%H:%M %a}")
    assert said == offered


def test_who_keeps_what_they_send() -> None:
    account = Account(AccountId(1), "a", "a@x.example", None, None, "a")
    assert keeps_sent(account) is None
    assert keeps_sent(replace(account, smtp=Endpoint("SMTP.gmail.com", 465))) is True
    assert keeps_sent(replace(account, smtp=Endpoint("smtp.x.example", 465))) is None
