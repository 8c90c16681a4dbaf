"""Invitations that came by mail: what they ask, beside what the calendar knows, and one's answer.

Nothing is done by itself: each answer is a proposal. Approving it puts the answer into the outbox and
the event into the calendar in one transaction; taking it back takes both back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.calendar.answering import (
    between_words,
    body_of,
    noted_words,
    subject_of,
    their_zone,
    title_of,
    when_words,
    why_words,
)
from gigdesk.domain.calendar.events import Event, NewEvent, ReadEvent, Revision
from gigdesk.domain.calendar.invitations import (
    Choice,
    Method,
    Standing,
    answered,
    cancelled,
    counter_to,
    moments_of,
    reply_to,
    same,
    with_answer,
)
from gigdesk.domain.calendar.kept import kept_event, kept_json
from gigdesk.domain.calendar.writing import moved_event
from gigdesk.domain.civil import WEEKDAYS
from gigdesk.domain.errors import Refused, Stale
from gigdesk.domain.inbox.answering import chain_of
from gigdesk.domain.inbox.writing import mailbox
from gigdesk.domain.proposals import Proposal, ProposalId
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t
from gigdesk.services.calendar.diary import AHEAD, BEHIND, OWN
from gigdesk.services.calendar.importing import merged
from gigdesk.services.handoff.standing import KIND, Look, calendars_of
from gigdesk.store.calendar import UNREACHED, as_read

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import CalendarFiles
    from gigdesk.services.handoff.room import HandoffRoom
    from gigdesk.store.calendar import CalendarStore

_HOUR, _QUARTER, _LOOK_DAYS = timedelta(hours=1), timedelta(minutes=15), 14
_WAKING = (8, 21)  # hours in which nobody is woken


class InvitationService:
    """What the person can do with an invitation."""

    topics = Topic.CALENDAR

    def __init__(self, room: HandoffRoom, store: CalendarStore, files: CalendarFiles) -> None:
        self._room, self._store, self._files = room, store, files
        self._look = Look(room, store, files)
        room.proposals.does(KIND, self)
        room.proposals.reads(KIND, _reworded)

    @staticmethod
    def concerns(mail: Mail) -> bool:
        """Whether it is worth a look in the child. What one sent oneself asks one nothing."""
        return not mail.mine and bool(calendars_of(mail))

    def of(self, mail: Mail) -> list[Standing]:
        """What a mail asks, as it stands now. Long work: it is read in the calendar's child."""
        return self._look.of(mail)

    # --- answering ------------------------------------------------------------------------------
    def answer(self, mail_id: int, standing: Standing, choice: Choice) -> Changed[Proposal]:
        """Prepare an answer to the organizer, and what becomes of the event."""
        self._must_be_answerable(standing)
        invitation, me = standing.invitation, standing.me
        payload: dict[str, Any] = {"answer": choice.value}
        if choice is not Choice.DECLINE:
            payload["event"] = kept_json(
                self._wanted(standing, answered(invitation.read, me, choice))
            )
        elif standing.here is not None and not invitation.single:
            payload["gone"] = invitation.event.uid
        elif standing.here is not None:
            payload["event"] = kept_json(self._wanted(standing, cancelled(invitation.read)))
        part = reply_to(invitation, me, choice, self._room.now())
        return self._propose(mail_id, standing, choice.value, part, payload, "REPLY")

    def free_near(self, standing: Standing) -> tuple[datetime, datetime]:
        """A time of the same length when nothing stands in one's calendar, inside one's own working
        hours and while they are awake: the first one from the day of the event on."""
        room, times = self._room, moments_of(standing.invitation.read)
        zone, now = room.settings.zone(), room.now()
        asked = [each.here(zone) for each in times] if times else [now, now + _HOUR]
        length = min(max(asked[1] - asked[0], _QUARTER), timedelta(hours=8))
        hours = room.profile.get().hours
        theirs = their_zone(standing.invitation.event, zone) or zone
        first = max(asked[0], now.astimezone(zone)).date()
        busy = [
            each.span(zone)
            for each in room.calendar.between(first, first + timedelta(days=_LOOK_DAYS))
            if not each.cancelled and not each.all_day
        ]
        for day in (first + timedelta(days=at) for at in range(_LOOK_DAYS)):
            start = datetime.combine(day, hours.start, zone)
            while WEEKDAYS[day.weekday()] in hours.days and start + length <= datetime.combine(
                day, hours.end, zone
            ):
                span = start, start + length
                taken = any(each[0] < span[1] and span[0] < each[1] for each in busy)
                waking = all(_WAKING[0] <= at.astimezone(theirs).hour < _WAKING[1] for at in span)
                if start > now + _HOUR and not taken and waking and start != asked[0]:
                    return span
                start += _QUARTER * 2
        return asked[0], asked[0] + length

    def counter(
        self, mail_id: int, standing: Standing, start: datetime, end: datetime
    ) -> Changed[Proposal]:
        """Prepare the proposal of another time. Raises Refused for a series."""
        self._must_be_answerable(standing)
        if standing.invitation.event.series:
            raise Refused(
                t("This repeats: another time cannot be put forward for all of it"),
                t("Write to the organizer instead."),
            )
        if end <= start:
            raise Refused(t("It would end before it begins"), t("Choose another time."))
        part = counter_to(standing.invitation, standing.me, start, end, self._room.now())
        payload = {"answer": "COUNTER", "times": [start.isoformat(), end.isoformat()]}
        return self._propose(mail_id, standing, "COUNTER", part, payload, "COUNTER")

    def note(self, mail_id: int, standing: Standing) -> Changed[Proposal]:
        """Prepare what a cancellation, an answer or another time would change in one's own
        calendar."""
        invitation, here = standing.invitation, standing.here
        if here is None or standing.verdict == "older":
            raise Refused(t("This is not in your calendar"), t("Nothing was changed."))
        if invitation.method is Method.COUNTER:
            return self._take_time(mail_id, standing, here)
        if invitation.method is Method.CANCEL:
            wanted, title = self._without(standing, here), t("Call off: {title}", title=here.title)
        else:
            wanted, title = self._with_their_answer(standing, here), noted_words(invitation)
        payload = {"sends": "", "event": kept_json(wanted), "answer": invitation.method.value}
        start, end = here.start, here.end
        when = when_words(start, end, self._room.settings.zone(), all_day=here.all_day) if start and end else ""  # fmt: skip
        return self._offered(mail_id, standing, title, f"{here.title}\n{when}".strip(), payload)

    def add(self, standing: Standing) -> Changed[int]:
        """Take an event that asks nothing into the calendar."""
        read, before = standing.invitation.read, self._before(standing.here)
        if read.fault or standing.verdict in {"older", "same"}:
            raise Refused(t("There is nothing new in it"), t("Nothing was changed."))
        with self._room.db.change(Topic.CALENDAR):
            row = self._put(self._wanted(standing, read))
        left = read.event.fingerprint.hex() if before is None else ""
        was = None if before is None else kept_json(before)
        undo = partial(self._unadded, read.event.uid, left, was)
        words = t("Added: {title}", title=read.event.title)
        return Changed(row, Topic.CALENDAR, words, undo)

    def _unadded(self, uid: str, left: str, was: dict[str, Any] | None) -> Changed[None]:
        self._back(uid, left, was)
        return Changed(None, Topic.CALENDAR)

    def _must_be_answerable(self, standing: Standing) -> None:
        if not standing.answerable:
            raise Refused(t("This cannot be answered"), t("Nothing was prepared."))
        if same(standing.me.email, standing.invitation.organizer.email):
            raise Refused(t("You are the organizer yourself"), t("Nothing was prepared."))

    def _wanted(self, standing: Standing, read: ReadEvent) -> ReadEvent:
        """What is to stand in the calendar: the event whole, or the known series with this turn."""
        before = self._before(standing.here)
        if before is None:
            return replace(read, event=replace(read.event, calendar=OWN))
        calendar = before.event.calendar
        if not standing.invitation.single:
            return replace(read, event=replace(read.event, calendar=calendar))
        verdicts = {each.key: "newer" for each in read.revisions}
        both = merged(before, read, verdicts)
        return replace(both, event=replace(both.event, series=True, calendar=calendar))

    def _without(self, standing: Standing, here: Event) -> ReadEvent:
        invitation = standing.invitation
        if invitation.single:
            if invitation.read.fault:
                raise Refused(t("It does not say which turn is called off"),
                              t("Nothing was changed. Look into the calendar."))  # fmt: skip
            return self._wanted(standing, cancelled(invitation.read))
        before = self._before(here)
        assert before is not None
        newest = invitation.revision
        revisions = tuple(
            replace(each, sequence=newest.sequence, stamp=newest.stamp or each.stamp)
            if not each.key
            else each
            for each in before.revisions
        )
        return replace(cancelled(before), revisions=revisions)

    def _with_their_answer(self, standing: Standing, here: Event) -> ReadEvent:
        before = self._before(here)
        assert before is not None
        people = {each.email.casefold(): each for each in here.attendees}
        text = here.text
        for each in standing.invitation.people:
            if each.email.casefold() not in people:
                raise Refused(t("{who} was not asked to it", who=each.name or each.email),
                              t("Nothing was changed."))  # fmt: skip
            text = with_answer(text, each, each.answer.upper() or "NEEDS-ACTION")
            people[each.email.casefold()] = replace(
                people[each.email.casefold()], answer=each.answer
            )
        event = replace(before.event, text=text, attendees=tuple(people.values()))
        return replace(before, event=event)

    def _take_time(self, mail_id: int, standing: Standing, here: Event) -> Changed[Proposal]:
        """Move one's own event to the time that was put forward, and tell everybody asked."""
        invitation, times = standing.invitation, moments_of(standing.invitation.read)
        if here.series or invitation.single or times is None or here.all_day:
            raise Refused(t("This repeats, or has no hour: it cannot be moved from here"),
                          t("Change it in the calendar."))  # fmt: skip
        zone = self._room.settings.zone()
        start, end = (each.here(zone).replace(tzinfo=None) for each in times)
        new = NewEvent(here.title, start, end, zone.key, False, here.location, here.description)
        revision = self._store.revisions(here.id)[0]
        moved = moved_event(here, revision, new, self._room.now())
        people = [each for each in here.attendees if not same(each.email, standing.me.email)]
        payload = {
            "answer": "MOVED",
            "event": kept_json(moved),
            "people": [e.email for e in people],
        }
        return self._propose(mail_id, standing, "COUNTER", moved.event, payload, "REQUEST")

    def _propose(
        self,
        mail_id: int,
        standing: Standing,
        said: str,
        part: Event,
        payload: dict[str, Any],
        method: str,
    ) -> Changed[Proposal]:
        """An answer that leaves as a mail, its calendar part beside it."""
        mail = self._room.inbox.mail(mail_id)
        invitation, language = standing.invitation, self._room.language(mail)
        name = self._room.profile.get().name
        title = invitation.event.title or mail.subject
        replied, chain = chain_of(mail)
        # An address that is two would send it to somebody the card does not name.
        to = [mailbox(each) for each in payload.pop("people", None) or [invitation.organizer.email]]
        data = self._files.written([part], method)
        blob = self._room.blobs.put(data)
        file = {"name": "invite.ics", "type": "text/calendar", "blob": blob, "method": method,
                "bytes": len(data)}  # fmt: skip
        payload |= {
            "to": ", ".join(to),
            "subject": subject_of(said, title, language),
            "from": standing.me.email,
            "in_reply_to": replied,
            "references": list(chain),
            "mail": mail_id,
            "language": language,
            "files": [file],
            "warnings": list(standing.warnings),
        }
        when = self._when(standing, payload.get("times"), language)
        draft = body_of(said, title, when, name, language)
        return self._offered(mail_id, standing, title_of(said, method, title), draft, payload)

    def _when(self, standing: Standing, times: list[str] | None, language: str) -> str:
        event, zone = standing.invitation.event, self._room.settings.zone()
        if times:
            start, end = map(datetime.fromisoformat, times)
            return between_words(start, end, zone, language)
        if event.start is None or event.end is None:
            return ""
        return when_words(event.start, event.end, zone, language, all_day=event.all_day)

    def _offered(
        self, mail_id: int, standing: Standing, title: str, draft: str, payload: dict[str, Any]
    ) -> Changed[Proposal]:
        room, invitation = self._room, standing.invitation
        mail = room.inbox.mail(mail_id)
        about = t("To {address}", address=payload["to"]) if payload.get("to") else mail.sender.shown
        why = " ".join((why_words(invitation, mail.sender.shown), *standing.warnings))
        records = [Ref("mail", mail.id, mail.subject)]
        if standing.here is not None:
            records.append(Ref("event", standing.here.id, standing.here.title))
        payload["uid"] = invitation.event.uid
        proposal = Proposal(
            ProposalId(0), KIND, self._look.free_key(standing.key), title, about, why, draft, room.now(),
            records=tuple(records), payload=payload,
        )  # fmt: skip
        return room.write(partial(room.proposals.propose, proposal))

    # --- the person's word ----------------------------------------------------------------------
    def approved(self, proposal: Proposal) -> dict[str, Any]:
        """The event into the calendar, or out of it; what stood there before. Raises Stale when a newer
        version of it came in since."""
        payload, uid = proposal.payload, str(proposal.payload.get("uid", ""))
        if "event" not in payload and "gone" not in payload:
            return {}
        known = self._store.find(uid)
        before = self._before(known[0] if known else None)
        if "event" in payload:
            wanted = kept_event(payload["event"])
            if known is not None and _overtaken(wanted.revisions, known[1]):
                raise Stale(t("A newer version of it is in your calendar already"),
                            t("Nothing left. Answer the newer one; this one can be declined."))  # fmt: skip
            self._put(wanted)
            left = wanted.event.fingerprint.hex()
        else:
            left = ""
            if known is not None:
                self._store.remove(known[0].id, known[0].version)
        return {"was": kept_json(before) if before else None, "left": left}

    def taken_back(self, proposal: Proposal) -> None:
        """The calendar as it was, unless somebody changed it since: then it stays as it is."""
        payload = proposal.payload
        if "left" in payload:
            self._back(str(payload["uid"]), payload["left"], payload["was"])

    def _back(self, uid: str, left: str, was: dict[str, Any] | None) -> None:
        known = self._store.find(uid)
        if (known[0].fingerprint.hex() if known else "") != left:
            return
        if was is not None:
            self._put(kept_event(was))
        elif known is not None:
            self._store.remove(known[0].id, known[0].version)

    def _before(self, here: Event | None) -> ReadEvent | None:
        if here is None:
            return None
        turns = [] if here.series else self._store.turns(here.id)
        return as_read(here, turns, self._store.revisions(here.id), self._store.tzids(here.id))

    def _put(self, read: ReadEvent) -> int:
        now = self._room.now()
        reach = int((now - BEHIND).timestamp()), int((now + AHEAD).timestamp())
        return self._store.put(
            read.event.calendar or OWN, read, UNREACHED if read.event.series else reach
        )


def _overtaken(wanted: Iterable[Revision], known: Iterable[Revision]) -> bool:
    """Whether the calendar has any of these parts in a newer version."""
    here = {each.key: each for each in known}
    return any(each.key in here and each.newer_than(here[each.key]) is False for each in wanted)


def _reworded(proposal: Proposal, words: str) -> Proposal:
    """The person's own words go with the answer; where nothing leaves there are none to change."""
    if proposal.payload.get("sends") == "":
        raise Refused(t("No words leave for this"), t("Approve it, or decline it."))
    return replace(proposal, draft=words, facts=(), findings=())
