"""The rules of sending: when a mail may leave, when it asks first, when it is tried again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.proposals import TAKE_BACK_SECONDS, OutboxState
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from gigdesk.domain.accounts import Account
    from gigdesk.domain.proposals import OutboxItem

# A mail whose hour the person chose asks when that hour is past by more than this; one that was to
# leave at once, and found no network, after a day.
LATE_TIMED = timedelta(hours=1)
LATE = timedelta(days=1)
# How long to wait after each attempt; the last one again and again.
_BUSY = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60))
_UNREACHABLE = tuple(timedelta(seconds=s) for s in (30, 60, 120, 300))
# Why a mail waits although it is due: for an account that can sign in, for the person's word.
FOR_ACCOUNT, LATE_HOLD = "account", "late"
# Looking for an uncertain mail on its server: soon, and twice more, as servers may file it late.
_LOOKS = tuple(timedelta(minutes=m) for m in (2, 10))
_TAKE_BACK = timedelta(seconds=TAKE_BACK_SECONDS)
_LONGEST_WAIT = timedelta(hours=1)


def waits_until(item: OutboxItem) -> datetime:
    """The instant from which it may leave."""
    return item.due if item.next_try is None else max(item.due, item.next_try)


def set_back(item: OutboxItem, now: datetime) -> dict[str, datetime]:
    """What to change when the clock was set back: nobody waits longer than the rules say. An hour
    that the person chose stays."""
    changes = {}
    if not item.timed and item.due > now + _TAKE_BACK:
        changes["due"] = now + _TAKE_BACK
    if item.next_try is not None and item.next_try > now + _LONGEST_WAIT:
        changes["next_try"] = now + _LONGEST_WAIT
    return changes


def may_leave(item: OutboxItem, now: datetime) -> bool:
    """Whether it may leave now."""
    free = item.state is OutboxState.WAITING and not item.hold
    return free and waits_until(item) <= now


def is_late(item: OutboxItem, now: datetime) -> bool:
    """Whether it is so late that the person is asked first: after a long sleep, say."""
    return now - item.due > (LATE_TIMED if item.timed else LATE)


def busy_wait(tries: int) -> timedelta:
    """How long to wait when a server said: later."""
    return _BUSY[min(max(tries, 1), len(_BUSY)) - 1]


def unreachable_wait(tries: int) -> timedelta:
    """How long to wait when nobody answered."""
    return _UNREACHABLE[min(max(tries, 1), len(_UNREACHABLE)) - 1]


def next_look(looks: int) -> timedelta | None:
    """When to look for an uncertain mail again; None when it is the person's word now."""
    return _LOOKS[looks - 1] if 0 < looks <= len(_LOOKS) else None


def later_times(now: datetime, zone: ZoneInfo, morning: time) -> list[tuple[str, datetime]]:
    """When a mail may be sent later, in words and as instants: what people choose most."""
    here = now.astimezone(zone)
    today = here.date()

    def at(days: int, clock: time) -> datetime:
        return datetime.combine(today + timedelta(days=days), clock, zone)

    found = [(t("In an hour"), now + timedelta(hours=1))]
    if here.time() < time(12):
        found.append((t("This afternoon, 14:00"), at(0, time(14))))
    if here.time() < time(17):
        found.append((t("This evening, 18:00"), at(0, time(18))))
    found.append((t("Tomorrow, {time}", time=f"{morning:%H:%M}"), at(1, morning)))
    monday = 7 - today.weekday()
    if monday > 1:
        found.append((t("Monday, {time}", time=f"{morning:%H:%M}"), at(monday, morning)))
    return found


# Servers that put what they send into Sent by themselves.
_KEEPERS = ("smtp.gmail.com", "smtp.office365.com", "smtp-mail.outlook.com")


def keeps_sent(account: Account) -> bool | None:
    """Whether this account's server keeps what it sends; None when nobody knows."""
    host = account.smtp.host.lower() if account.smtp is not None else ""
    return True if host in _KEEPERS else None
