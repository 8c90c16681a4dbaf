"""The sample's calendar as ICS files: series with exceptions, meetings, focus, days off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.lines import escaped, written
from gigdesk.services.sample.story import (
    Patron,
    dice,
    owner_zone,
    patrons,
    profile,
    read,
    spread_days,
    working_day,
)

if TYPE_CHECKING:
    from random import Random

    from gigdesk.services.sample.letters import Person

WORK, PRIVATE = "Work", "Private"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event, not a series; with a client when `patron` is set."""

    uid: str
    title: str
    start: datetime
    minutes: int
    patron: Patron
    place: str = ""

    def invitation(self, to: Person, at: datetime) -> str:
        """The invitation as its organiser sends it."""
        organiser = f'ORGANIZER;CN="{self.patron.contact}":mailto:{self.patron.email}'
        guest = f'ATTENDEE;CN="{to[0]}";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{to[1]}'
        lines = _event(self.uid, self.title, at, _times(self.start, self.minutes), self.place)
        body = [*lines[:-1], organiser, guest, lines[-1]]
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//GigDesk//sample//EN", "METHOD:REQUEST"]
        return written([*head, *body, "END:VCALENDAR"]).decode().replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Diary:
    """The files to bring in by calendar, and the meetings that clients invited to."""

    files: dict[str, bytes]
    meetings: tuple[Meeting, ...]


def write_diary(seed: int, amount: int, now: datetime) -> Diary:
    """Exactly so many events, a series being one."""
    plan, chance = read("events"), dice(seed, "events")
    events: list[tuple[str, list[str]]] = []
    events += [_series(seed, each, now) for each in plan["series"]]
    events += [_near(seed, each, now) for each in plan["near"]]
    events += [_whole(seed, each, now) for each in plan["whole"]]
    meetings: list[Meeting] = []
    left = max(0, amount - len(events))
    days = _shuffled(spread_days(chance, now, left, 3), chance)
    for number, day in enumerate(days):
        drawn = _drawn(plan["meetings"], seed, number, day, chance)
        events.append((drawn[0], drawn[1]))
        if drawn[2] is not None:
            meetings.append(drawn[2])
    files = {
        name: _file(name, [lines for where, lines in events[:amount] if where == name])
        for name in (WORK, PRIVATE)
    }
    return Diary(files, tuple(meetings))


def near_meeting(seed: int, now: datetime, title: str, patron: Patron) -> Meeting:
    """A meeting of the days around now, by its title."""
    each = next(one for one in read("events")["near"] if one["title"] == title)
    start = _near_start(each, now)
    return Meeting(_uid(seed, title), title, start, each["minutes"], patron, each.get("place", ""))


def _drawn(
    plan: dict[str, Any], seed: int, number: int, day: date, chance: Random
) -> tuple[str, list[str], Meeting | None]:
    kind = chance.choices(("meeting", "focus", "private"), (34, 16, 10))[0]
    patron = chance.choices(patrons(), [each.share for each in patrons()])[0]
    uid = _uid(seed, kind, number)
    stamp = datetime.combine(day, time(), UTC) - timedelta(days=14)
    words = {"client": patron.name, "project": chance.choice(patron.projects)}
    if kind == "meeting":
        start = _at(day, f"{9 + chance.randrange(8):02}:{chance.choice(('00', '30'))}", patron.zone)
        title = chance.choice(plan["titles"]).format(**words)
        place = chance.choice(plan["places"])
        meeting = Meeting(uid, title, start, chance.choice((30, 45, 60)), patron, place)
        times = _times(start, meeting.minutes)
        status = "CANCELLED" if chance.random() < 0.06 else "CONFIRMED"
        return WORK, _event(uid, title, stamp, times, place, f"STATUS:{status}"), meeting
    if kind == "focus":
        title = chance.choice(plan["focus"]).format(**words)
        start = _at(day, chance.choice(("10:00", "14:30", "15:00")), owner_zone())
        return WORK, _event(uid, title, stamp, _times(start, 120), "", "TRANSP:OPAQUE"), None
    title = chance.choice(plan["private"])
    start = _at(day, chance.choice(("13:00", "18:30", "20:00")), owner_zone())
    return PRIVATE, _event(uid, title, stamp, _times(start, 90), "", "CLASS:PRIVATE"), None


def _series(seed: int, each: dict[str, Any], now: datetime) -> tuple[str, list[str]]:
    zone = _zone_of(each)
    start = _at(_first_day(each, now), each["at"], zone)
    stamp = start - timedelta(days=7)
    uid = _uid(seed, each["title"])
    step = timedelta(weeks=2 if "INTERVAL=2" in each["rule"] else 1)
    skipped = [
        f"EXDATE;TZID={zone.key}:{_civil(start + n * step)}" for n in each.get("skipped", ())
    ]
    times = _times(start, each["minutes"])
    lines = _event(
        uid, each["title"], stamp, times, each.get("place", ""), f"RRULE:{each['rule']}", *skipped
    )
    for number, clock in each.get("moved", {}).items():
        before = start + int(number) * step
        moved = _at(before.date() + timedelta(days=1), clock, zone)
        lines += _event(
            uid, each["title"], stamp, _times(moved, each["minutes"]), each.get("place", ""),
            f"RECURRENCE-ID;TZID={zone.key}:{_civil(before)}", "SEQUENCE:1",
        )  # fmt: skip
    return each.get("calendar", WORK), lines


def _near(seed: int, each: dict[str, Any], now: datetime) -> tuple[str, list[str]]:
    start = _near_start(each, now)
    status = f"STATUS:{each.get('status', 'CONFIRMED')}"
    lines = _event(
        _uid(seed, each["title"]), each["title"], now - timedelta(days=9),
        _times(start, each["minutes"]), each.get("place", ""), status,
    )  # fmt: skip
    return each.get("calendar", WORK), lines


def _near_start(each: dict[str, Any], now: datetime) -> datetime:
    return _at(working_day(now, each["day"]), each["at"], _zone_of(each))


def _whole(seed: int, each: dict[str, Any], now: datetime) -> tuple[str, list[str]]:
    """Days off and away, in the year around now: the ones already past too."""
    today = now.astimezone(owner_zone()).date()
    first = date(today.year, each["month"], each["day"])
    if first > today + timedelta(days=60):
        first = first.replace(year=today.year - 1)
    past = first + timedelta(days=each["days"])
    times = [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{past:%Y%m%d}"]
    stamp = datetime.combine(first, time(), UTC) - timedelta(days=40)
    lines = _event(_uid(seed, each["title"]), each["title"], stamp, times, "", "TRANSP:TRANSPARENT")
    return each.get("calendar", WORK), lines


def _event(
    uid: str, title: str, stamp: datetime, times: Sequence[str], place: str, *more: str
) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
    lines += [*times, f"SUMMARY:{escaped(title)}"]
    if place:
        lines.append(f"LOCATION:{escaped(place)}")
    return [*lines, *more, "END:VEVENT"]


def _file(name: str, events: list[list[str]]) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//GigDesk//sample//EN"]
    body = [line for lines in events for line in lines]
    return written([*head, f"X-WR-CALNAME:{name}", *body, "END:VCALENDAR"])


def _first_day(each: dict[str, Any], now: datetime) -> date:
    """The first day a series falls on, about `back` weeks before now."""
    first = _monday(now) - timedelta(weeks=each["back"]) + timedelta(days=each["weekday"])
    if "MONTHLY" not in each["rule"]:
        return first
    month = first.replace(day=1)
    if "BYDAY=-1" in each["rule"]:
        last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - each["weekday"]) % 7)
    return month + timedelta(days=(each["weekday"] - month.weekday()) % 7)


def _times(start: datetime, minutes: int) -> list[str]:
    key = getattr(start.tzinfo, "key", "UTC")
    end = start + timedelta(minutes=minutes)
    return [f"DTSTART;TZID={key}:{_civil(start)}", f"DTEND;TZID={key}:{_civil(end)}"]


def _civil(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S}"


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone)


def _zone_of(each: dict[str, Any]) -> ZoneInfo:
    named = each.get("client")
    return next((one.zone for one in patrons() if one.name == named), owner_zone())


def _monday(now: datetime) -> date:
    today = now.astimezone(owner_zone()).date()
    return today - timedelta(days=today.weekday())


def _uid(seed: int, *parts: object) -> str:
    from hashlib import blake2b

    digest = blake2b(repr((seed, *parts)).encode(), digest_size=10).hexdigest()
    return f"{digest}@{str(profile()['email']).partition('@')[2]}"


def _shuffled(days: list[date], chance: Random) -> list[date]:
    chance.shuffle(days)
    return days
