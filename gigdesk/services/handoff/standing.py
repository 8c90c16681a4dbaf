"""An invitation beside what the desk knows: whether it is new, what it meets in the calendar, what is
odd about it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.calendar.answering import floats
from gigdesk.domain.calendar.events import Attendee, Event, FileNotes, Occurrence, State, Turn
from gigdesk.domain.calendar.invitations import (
    Invitation,
    Method,
    Standing,
    invitation_of,
    same,
)
from gigdesk.domain.errors import Refused, Trouble
from gigdesk.domain.proposals import Proposal, ProposalState
from gigdesk.domain.words import t
from gigdesk.services.calendar.diary import AHEAD, BEHIND
from gigdesk.services.handoff.room import Read, files_of

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Attachment, Mail
    from gigdesk.domain.ports import CalendarFiles
    from gigdesk.services.handoff.room import HandoffRoom
    from gigdesk.store.calendar import CalendarStore

KIND = "invitation"
AGAIN_MOST = 50
_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_EVENTS_MOST = 5
_TURNS_MOST = 20


def calendars_of(mail: Mail) -> list[Attachment]:
    """The files of a mail that may be calendars."""
    return files_of(mail, _TYPES, (".ics",))


class Look:
    """Looks at the invitations of a mail."""

    def __init__(self, room: HandoffRoom, store: CalendarStore, files: CalendarFiles) -> None:
        self._room, self._store, self._files = room, store, files
        self._kept = Read[list[Invitation]]()

    def of(self, mail: Mail) -> list[Standing]:
        """What a mail asks, as it stands now. Long work: it is read in the calendar's child."""
        found: dict[tuple[str, str, str], Invitation] = {}
        for file in calendars_of(mail):
            with suppress(Trouble):  # it can still be saved; a broken part is no invitation
                for each in self._kept.get(mail.id, file.number, partial(self._read, mail, file)):
                    found.setdefault((each.method, each.event.uid, each.revision.key), each)
        return [self._standing(mail, each) for each in list(found.values())[:_EVENTS_MOST]]

    def _read(self, mail: Mail, file: Attachment) -> list[Invitation]:
        method, found, name = "", list[Invitation](), file.name
        data = self._room.inbox.attachment(mail.id, file.number)
        now = self._room.now()
        for piece in self._files.read_part(name, data, now - BEHIND, now + AHEAD):
            if isinstance(piece, FileNotes):
                method = piece.method
            elif (each := invitation_of(method, piece)) is not None:
                found.append(each)
        return found

    def _standing(self, mail: Mail, invitation: Invitation) -> Standing:
        known = self._store.find(invitation.event.uid)
        here = known[0] if known else None
        me = self._me(mail, invitation)
        key = _key(invitation)
        latest = self._latest(key)
        return Standing(
            invitation,
            me,
            self._verdict(invitation, known),
            self._answered(latest, here, me),
            here,
            tuple(self._conflicts(invitation)),
            tuple(_warnings(mail, invitation, here, me, self._room.accounts.mine())),
            latest if latest and latest.state is ProposalState.WAITING else None,
            key,
        )

    def _me(self, mail: Mail, invitation: Invitation) -> Attendee:
        mine = {each.casefold() for each in self._room.accounts.mine()}
        name = self._room.profile.get().name
        asked = [each.email for each in invitation.people if each.email.casefold() in mine]
        got = [each.email for each in (*mail.to, *mail.cc) if each.email.casefold() in mine]
        own = [self._room.profile.get().email]
        return Attendee(next(iter([*asked, *got, *own]), ""), name)

    @staticmethod
    def _verdict(invitation: Invitation, known: tuple[Event, Any] | None) -> str:
        if known is None:
            return "new" if invitation.method in {Method.REQUEST, Method.PUBLISH} else "unknown"
        revision = invitation.revision
        theirs = next((each for each in known[1] if each.key == revision.key), None)
        if theirs is None:
            return "new"
        if invitation.method is Method.CANCEL:
            cancelled_here = known[0].status == "cancelled" and not revision.key
            older = (revision.sequence, revision.stamp) < (theirs.sequence, theirs.stamp)
            return "same" if cancelled_here else "older" if older else "new"
        if invitation.method not in {Method.REQUEST, Method.PUBLISH}:
            return "new"
        if revision.newer_than(theirs) is False:
            return "older"
        return "same" if revision.digest == theirs.digest else "new"

    @staticmethod
    def _answered(latest: Proposal | None, here: Event | None, me: Attendee) -> str:
        if latest is not None and latest.state is ProposalState.APPROVED:
            return str(latest.payload.get("answer", ""))
        asked = here.attendees if here is not None else ()
        said = next((each.answer for each in asked if same(each.email, me.email)), "")
        return said.upper() if said and said != "needs-action" else ""

    def _conflicts(self, invitation: Invitation) -> list[Occurrence]:
        read, zone, now = invitation.read, self._room.settings.zone(), self._room.now()
        if read.fault or invitation.method in {Method.CANCEL, Method.REPLY}:
            return []
        spans = [_occurrence(read.event, each).span(zone) for each in read.turns]
        spans = [each for each in spans if each[1] > now][:_TURNS_MOST]
        if not spans:
            return []
        days = [at.astimezone(zone).date() for span in spans for at in span]
        try:
            beside = self._room.calendar.between(min(days), max(days))
        except Refused:  # in no year one looks at
            return []
        return [
            each
            for each in beside
            if each.uid != read.event.uid
            and not each.cancelled
            and any(_overlap(each.span(zone), span) for span in spans)
        ]

    def free_key(self, key: str) -> str:
        """The key of the next proposal of this occasion."""
        for at in range(AGAIN_MOST):
            found = self._room.proposals.of_key(f"{key}:{at}")
            if found is None or found.state is not ProposalState.APPROVED:
                return f"{key}:{at}"
        raise Refused(t("This was answered too often"), t("Write to the organizer instead."))

    def _latest(self, key: str) -> Proposal | None:
        """The newest proposal of this occasion: an answer may be changed after it was given."""
        last = None
        for at in range(AGAIN_MOST):
            found = self._room.proposals.of_key(f"{key}:{at}")
            if found is None:
                return last
            last = found
        return last


def _key(invitation: Invitation) -> str:
    """The occasion: this event, this turn, this version of it. Names from outside are hashed."""
    revision = invitation.revision
    said = f"{invitation.event.uid}\n{revision.key}\n{revision.sequence}\n{revision.stamp}"
    who = ",".join(each.email for each in invitation.people) if invitation.method in {
        Method.REPLY, Method.COUNTER} else ""  # fmt: skip
    digest = hashlib.sha256(f"{invitation.method}\n{said}\n{who}".encode()).hexdigest()[:24]
    return f"{KIND}:{digest}"


def _occurrence(event: Event, turn: Turn) -> Occurrence:
    return Occurrence(0, event.uid, event.title, turn.start, turn.end, turn.all_day, turn.zone, "")


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    # What begins when the other ends disturbs nobody; what takes no time does in between.
    moment = timedelta(seconds=1)
    return one[0] < max(other[1], other[0] + moment) and other[0] < max(one[1], one[0] + moment)


def _warnings(
    mail: Mail, invitation: Invitation, here: Event | None, me: Attendee, mine: frozenset[str]
) -> list[str]:
    organizer, event = invitation.organizer, invitation.event
    found = []
    if invitation.method in {Method.REQUEST, Method.CANCEL}:
        found += _about_organizer(mail, organizer, here)
    if invitation.method in {Method.REPLY, Method.COUNTER}:
        others = [each for each in invitation.people if not same(each.email, mail.sender.email)]
        found += [t("It answers for {who}, but came from {sender}.", who=each.email,
                    sender=mail.sender.email) for each in others[:1]]  # fmt: skip
    asked = {each.email.casefold() for each in invitation.people}
    if invitation.method is Method.REQUEST and me.email.casefold() not in asked | {""}:
        found.append(t("You are not on its list of people."))
    if event.state is State.NEEDS_ZONE:
        found.append(t("Nobody knows the zone “{name}”: the calendar will ask for it.",
                       name=event.zone))  # fmt: skip
    if not invitation.read.fault and floats(event):
        found.append(floats(event))
    if invitation.method is Method.REQUEST and organizer.email.casefold() in mine:
        found.append(t("It names you as the organizer."))
    return found


def _about_organizer(mail: Mail, organizer: Attendee, here: Event | None) -> list[str]:
    if not organizer.email:
        return [t("It names no organizer: there is nobody to answer to.")]
    found = []
    if not same(organizer.email, mail.sender.email):
        found.append(t("It came from {sender}, but {organizer} is named as its organizer and"
                       " would get the answer.", sender=mail.sender.email or t("nobody"),
                       organizer=organizer.email))  # fmt: skip
    if here is not None and here.organizer and not same(here.organizer, organizer.email):
        found.append(t("In your calendar {organizer} is its organizer.", organizer=here.organizer))
    return found
