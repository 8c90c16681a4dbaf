"""Invitations in mails (RFC 5546): what one asks, and the answers to it, as others read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from gigdesk.domain.calendar.events import Attendee, Event, Moment, Occurrence, ReadEvent, Revision
from gigdesk.domain.calendar.lines import Line, block, escaped, parse_line, quoted
from gigdesk.domain.proposals import Proposal
from gigdesk.domain.words import t

PEOPLE_MOST = 200
LINE_MOST, TEXT_MOST = 20_000, 300_000


class Method(StrEnum):
    """What a calendar in a mail wants."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"
    COUNTER = "COUNTER"
    PUBLISH = "PUBLISH"


class Choice(StrEnum):
    """What the person says to it; the value is the PARTSTAT it is said by."""

    ACCEPT = "ACCEPTED"
    MAYBE = "TENTATIVE"
    DECLINE = "DECLINED"

    @property
    def words(self) -> str:
        """It as it stands on a button."""
        return _CHOICES[self]()


_CHOICES: dict[Choice, Callable[[], str]] = {
    Choice.ACCEPT: lambda: t("Accept"),
    Choice.MAYBE: lambda: t("Maybe"),
    Choice.DECLINE: lambda: t("Decline"),
}
# PARTSTAT -> it after a name.
ANSWERS: dict[str, Callable[[str], str]] = {
    "accepted": lambda who: t("{who} comes", who=who),
    "declined": lambda who: t("{who} does not come", who=who),
    "tentative": lambda who: t("{who} may come", who=who),
    "delegated": lambda who: t("{who} sends somebody else", who=who),
}


@dataclass(frozen=True, slots=True)
class Invitation:
    """One calendar entry of a mail. `read` may be faulty: a cancellation needs no times."""

    method: Method
    read: ReadEvent
    revision: Revision
    organizer: Attendee
    people: tuple[Attendee, ...] = ()

    @property
    def event(self) -> Event:
        """The event it is about, as it came."""
        return self.read.event

    @property
    def single(self) -> bool:
        """Whether it is about one turn of a series only."""
        return bool(self.revision.key)


@dataclass(frozen=True, slots=True)
class Standing:
    """An invitation as it is shown: beside it what the desk knows. `verdict` is new, same, older or
    unknown; `answered` is what was said to it before."""

    invitation: Invitation
    me: Attendee
    verdict: str = "new"
    answered: str = ""
    here: Event | None = None
    conflicts: tuple[Occurrence, ...] = ()
    warnings: tuple[str, ...] = ()
    waiting: Proposal | None = None
    key: str = field(default="", repr=False)

    @property
    def answerable(self) -> bool:
        """Whether the organizer is asked for an answer, and can be given one."""
        asked = self.invitation.method is Method.REQUEST and self.verdict != "older"
        organizer = self.invitation.organizer.email
        other = bool(organizer) and not same(organizer, self.me.email)
        return asked and other and not self.invitation.read.fault


def invitation_of(method: str, read: ReadEvent) -> Invitation | None:
    """What a part of a mail says; None when it says nothing that concerns a person."""
    said = Method.__members__.get(method or "PUBLISH")
    read = replace(read, event=replace(read.event, text=_slim(read.event.text)))
    lines = main_lines(read.event.text)
    if said is None or not lines or len(read.event.text) > TEXT_MOST:
        return None
    people = [each for each in map(_person, _all(lines, "ATTENDEE")) if each.email]
    organizer = next(map(_person, _all(lines, "ORGANIZER")), Attendee(""))
    return Invitation(said, read, _revision(read, lines), organizer, tuple(people[:PEOPLE_MOST]))


def main_lines(text: str) -> list[str]:
    """The component that counts: the series itself, else the first."""
    parts = block(text.split("\n"), "VEVENT")
    whole = (part for part in parts if not _all(part, "RECURRENCE-ID"))
    return next(whole, parts[0] if parts else [])


# --- what is answered -----------------------------------------------------------------------------
def reply_to(invitation: Invitation, me: Attendee, choice: Choice, now: datetime) -> Event:
    """The answer to an invitation: its name, who answers, and how; nothing else leaves."""
    lines = main_lines(invitation.event.text)
    kept = [
        line for name in ("UID", "RECURRENCE-ID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
                          "ORGANIZER")
        for line in map(str, _all(lines, name)[:1])
    ]  # fmt: skip
    return _said(invitation, [*kept, str(_attendee(me, choice.value))], now)


def counter_to(
    invitation: Invitation, me: Attendee, start: datetime, end: datetime, now: datetime
) -> Event:
    """Another time put forward (RFC 5546, 3.2.7), in UTC: the same event but for when."""
    gone = {"DTSTART", "DTEND", "DURATION", "DTSTAMP", "ATTENDEE", "STATUS"}
    kept = [
        line for line in own_lines(main_lines(invitation.event.text)) if _name(line) not in gone
    ]
    times = [f"{name}:{_stamp(at)}" for name, at in (("DTSTART", start), ("DTEND", end))]
    return _said(invitation, [*kept, *times, str(_attendee(me, Choice.MAYBE.value))], now)


def answered(read: ReadEvent, me: Attendee, choice: Choice) -> ReadEvent:
    """The event as it stands in the calendar once it was answered: what is tentative looks so."""
    event = read.event
    text = with_answer(event.text, me, choice.value)
    status = event.status
    if choice is Choice.MAYBE:
        text, status = with_status(text, "TENTATIVE"), "tentative"
    people = [each for each in event.attendees if not same(each.email, me.email)]
    people.append(replace(me, answer=choice.value.lower()))
    return replace(read, event=replace(event, text=text, status=status, attendees=tuple(people)))


def cancelled(read: ReadEvent) -> ReadEvent:
    """The event as it stands once it was called off: visible, crossed out."""
    event = replace(read.event, text=with_status(read.event.text, "CANCELLED"), status="cancelled")
    return replace(read, event=event)


def with_status(text: str, status: str) -> str:
    """The text of an event with this STATUS in each of its parts."""
    return _rewritten(text, {"STATUS"}, [f"STATUS:{status}"])


def with_answer(text: str, person: Attendee, answer: str) -> str:
    """The text of an event with this person's answer in each of its parts."""
    done = []
    for part in block(text.split("\n"), "VEVENT"):
        found = False
        lines = []
        for line in part:
            parsed = parse_line(line) if _name(line) == "ATTENDEE" else None
            if parsed is not None and same(_person(parsed).email, person.email):
                line = str(parsed.with_parameter("PARTSTAT", answer).with_parameter("RSVP", None))
                found = True
            lines.append(line)
        if not found:
            lines.insert(len(lines) - 1, str(_attendee(person, answer)))
        done += lines
    return "\n".join(done)


def same(one: str, other: str) -> bool:
    """Whether both are one address."""
    return one.strip().casefold() == other.strip().casefold()


def own_lines(lines: list[str]) -> list[str]:
    """The lines of a component itself, without its BEGIN and END and without what is nested."""
    kept, depth = [], 0
    for line in lines:
        head = line[:6].upper()
        depth -= head.startswith("END:")
        if depth == 1 and not head.startswith(("BEGIN:", "END:")):
            kept.append(line)
        depth += head == "BEGIN:"
    return kept


def moments_of(read: ReadEvent) -> tuple[Moment, Moment] | None:
    """From when to when, the first time it takes place."""
    event = read.event
    return (event.start, event.end) if event.start and event.end and not read.fault else None


# --- inside ---------------------------------------------------------------------------------------
def _slim(text: str) -> str:
    """Without whole files that are written into a line: they stay in the mail."""
    return "\n".join(line for line in text.split("\n") if len(line) <= LINE_MOST)


def _said(invitation: Invitation, lines: list[str], now: datetime) -> Event:
    whole = ["BEGIN:VEVENT", f"DTSTAMP:{_stamp(now)}", *lines, "END:VEVENT"]
    return Event(invitation.event.uid, text="\n".join(whole), zones=invitation.event.zones)


def _rewritten(text: str, names: set[str], more: list[str]) -> str:
    done = []
    for part in block(text.split("\n"), "VEVENT"):
        gone = {line for line in own_lines(part) if _name(line) in names}
        kept = [line for line in part if line not in gone]
        done += [*kept[:-1], *more, kept[-1]]
    return "\n".join(done)


def _all(lines: list[str], name: str) -> list[Line]:
    found = (parse_line(line) for line in own_lines(lines) if _name(line) == name)
    return [each for each in found if each is not None]


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()


def _person(line: Line) -> Attendee:
    email = line.value.strip()
    email = email[7:] if email[:7].lower() == "mailto:" else email
    if "@" not in email:
        email = line.parameter("EMAIL")
    answer = line.parameter("PARTSTAT").lower()
    return Attendee(email.strip()[:320], line.parameter("CN").strip()[:200], answer)


def _attendee(person: Attendee, answer: str) -> Line:
    named = (("CN", quoted(person.name)),) if person.name else ()
    return Line("ATTENDEE", (("PARTSTAT", answer), *named), f"mailto:{person.email}")


def _revision(read: ReadEvent, lines: list[str]) -> Revision:
    if read.revisions:
        return next((each for each in read.revisions if not each.key), read.revisions[0])
    said = {name: line.value.strip() for name in ("SEQUENCE", "DTSTAMP", "RECURRENCE-ID")
            for line in _all(lines, name)[:1]}  # fmt: skip
    sequence = said.get("SEQUENCE", "")
    stamp = said.get("DTSTAMP", "").rstrip("Zz")[:15]
    number = int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0
    return Revision(said.get("RECURRENCE-ID", "")[:60], number, stamp, "")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def comment(words: str) -> str:
    """A COMMENT line."""
    return f"COMMENT:{escaped(words)}"
