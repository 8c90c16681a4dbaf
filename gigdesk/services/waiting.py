"""Conversations that wait: sleep until a time; be reminded when nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.languages import language_of
from gigdesk.domain.errors import NotFound, Refused
from gigdesk.domain.inbox.labels import asks
from gigdesk.domain.inbox.nudges import nudge
from gigdesk.domain.inbox.subjects import reply_subject
from gigdesk.domain.inbox.waiting import Choice, Wait, WaitKind, follow_up_at, sleep_choices
from gigdesk.domain.proposals import Proposal, ProposalId
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import date_text, n, t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail, MailLine
    from gigdesk.domain.ports import Now
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.notices import NoticeService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.proposals import ProposalService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.inbox.waits import WaitStore

KIND, DAYS = "follow-up", "follow_up_days"
_SEEN = "follow-up seen"
_AT_ONCE = 500
# What a first sync brings in of old is not asked about again.
_FRESH = timedelta(days=2)
_TOPICS = Topic.INBOX | Topic.PROPOSALS | Topic.NOTICES


@dataclass(frozen=True)
class WaitingRoom:
    """What waiting works with."""

    db: DeskDb
    waits: WaitStore
    inbox: InboxService
    proposals: ProposalService
    notices: NoticeService
    profile: ProfileService
    settings: SettingsService


class WaitingService:
    """What the person can do with a conversation that is not for now."""

    def __init__(self, room: WaitingRoom, now: Now) -> None:
        self._room, self._waits, self._now = room, room.waits, now

    def choices(self) -> list[Choice]:
        """When a conversation may come back."""
        settings = self._room.settings
        return sleep_choices(self._now(), settings.zone(), settings.clock("morning"))

    def sleep(self, thread_id: int, until: datetime) -> Changed[Wait]:
        """Out of the list until then; newer mail wakes it sooner. Raises Refused for the past."""
        if until <= self._now():
            raise Refused(t("That time has passed"), t("Choose one that comes."))
        before = self._one(thread_id, WaitKind.SLEEP)
        if before is None and self._room.inbox.is_put_away(thread_id):
            raise Refused(t("It is put away"), t("Only what stands in the list can sleep."))
        wait = Wait(self._waits.newest(thread_id), thread_id, WaitKind.SLEEP, until)
        self._waits.begin(wait)
        here = until.astimezone(self._room.settings.zone())
        words = t("Sleeps until {day}, {time}", day=date_text(here.date()), time=f"{here:%H:%M}")
        return Changed(wait, Topic.INBOX, words, partial(self._as_before, wait, before))

    def wake(self, thread_id: int) -> Changed[None]:
        """Back into the list, now."""
        before = self._one(thread_id, WaitKind.SLEEP)
        self._waits.end(thread_id, WaitKind.SLEEP)
        undo = partial(self._again, before) if before else None
        return Changed(None, Topic.INBOX, t("Awake again"), undo)

    def follow(self, thread_id: int, days: int) -> Changed[Wait]:
        """Be reminded when nobody has answered after so many working days. Raises Refused where the
        last word is not one's own."""
        mail = self._room.inbox.mail(self._waits.newest(thread_id))
        if not mail.mine:
            raise Refused(
                t("The last word here is theirs"),
                t("It is for you to answer. Let it sleep instead."),
            )
        settings, works = self._room.settings, self._room.profile.get().hours.days
        until = follow_up_at(
            max(mail.at, self._now()), days, settings.zone(), settings.clock("morning"), works
        )
        wait = Wait(mail.id, thread_id, WaitKind.FOLLOW, until, days)
        before = self._one(thread_id, WaitKind.FOLLOW)
        self._waits.begin(wait)
        words = t("You are reminded on {day} if nobody answers", day=date_text(until.date()))
        return Changed(wait, Topic.INBOX, words, partial(self._as_before, wait, before))

    def forget(self, thread_id: int) -> Changed[None]:
        """Nobody is to be reminded of this conversation."""
        before = self._one(thread_id, WaitKind.FOLLOW)
        self._waits.end(thread_id, WaitKind.FOLLOW)
        undo = partial(self._again, before) if before else None
        return Changed(None, Topic.INBOX, t("No reminder"), undo)

    def of(self, thread_id: int) -> list[Wait]:
        """How this conversation waits."""
        return self._waits.of(thread_id)

    def asleep(self) -> list[tuple[Wait, MailLine]]:
        """Each sleeping conversation with its newest mail, the soonest to wake first."""
        waits = {each.mail: each for each in self._waits.asleep()}
        return [(waits[line.id], line) for line in self._room.inbox.lines_of(list(waits))]

    def due(self) -> Changed[int]:
        """Wake what has slept, remind of what nobody answered. Called every half minute, at the start
        and after a sleep: however late, each is done once."""
        with self._room.db.change(Topic.NONE):
            self._watch_own()
            ended = self._waits.over()
            for wait in ended:
                self._waits.end(wait.thread, wait.kind)
            now = self._now()
            done = [wait for wait in self._waits.due(now) if self._came(wait)]
        changed = bool(ended or done)
        return Changed(len(done), _TOPICS if changed else Topic.NONE)

    def _watch_own(self) -> None:
        """Questions of one's own are watched by themselves where the person set so: those that came
        since it was switched on, not what lay there before."""
        settings = self._room.settings
        days, seen = int(settings.number(DAYS)), settings.state(_SEEN)
        newest = self._waits.newest_own()
        if not days or not seen:
            wanted = str(newest) if days else ""
            if (seen or "") != wanted:
                settings.remember(_SEEN, wanted)
            return
        if newest <= int(seen):
            return
        for mail_id, thread_id in self._waits.own_after(int(seen), _AT_ONCE):
            mail = self._room.inbox.mail(mail_id)
            fresh = self._now() - mail.at <= _FRESH
            if fresh and asks(mail.text) and not self._one(thread_id, WaitKind.FOLLOW):
                self.follow(thread_id, days)
        settings.remember(_SEEN, str(newest))

    def _came(self, wait: Wait) -> bool:
        """One that has waited long enough."""
        try:
            mail = self._room.inbox.mail(wait.mail)
        except NotFound:
            self._waits.end(wait.thread, wait.kind)
            return False
        self._waits.end(wait.thread, wait.kind, needs_you=True)
        subject = mail.subject or t("no subject")
        key = f"{wait.kind}:{wait.mail}:{wait.until.isoformat()}"
        if wait.kind is WaitKind.SLEEP:
            title, words = t("Awake again: {subject}", subject=subject), mail.sender.shown
        else:
            self._room.proposals.propose(self._question(mail, wait))
            title = t("No answer: {subject}", subject=subject)
            words = n("For {n} working day", "For {n} working days", wait.days)
        self._room.notices.tell(key, title, words, Ref("mail", mail.id, subject))
        return True

    def _question(self, mail: Mail, wait: Wait) -> Proposal:
        """The friendly question, as a proposal."""
        me = self._room.profile.get()
        language = language_of(mail.text, me.language)
        sent = mail.at.astimezone(self._room.settings.zone()).date()
        first = mail.to[0] if mail.to else None
        who = first.shown if first else ""
        name = first.name if first and len(mail.to) == 1 else ""
        day = date_text(sent, language)
        return Proposal(
            id=ProposalId(0),
            kind=KIND,
            key=f"{KIND}:{mail.id}",
            title=t("Ask {name} again", name=who),
            about=t("To {address}", address=", ".join(each.email for each in mail.to)),
            why=n(
                "Nobody answered “{subject}” in {n} working day",
                "Nobody answered “{subject}” in {n} working days",
                wait.days,
                subject=mail.subject,
            ),
            draft=nudge(language, name, day, me.name),
            created=self._now(),
            records=(Ref("mail", mail.id, mail.subject),),
            payload={
                "to": ", ".join(each.full for each in mail.to),
                "cc": ", ".join(each.full for each in mail.cc),
                "subject": reply_subject(mail.subject),
                "from": mail.sender.email,
                "in_reply_to": mail.message_id,
                "references": [*mail.references, mail.message_id][-20:],
                "mail": mail.id,
                "language": language,
            },
        )

    def _one(self, thread_id: int, kind: WaitKind) -> Wait | None:
        return next((each for each in self._waits.of(thread_id) if each.kind is kind), None)

    def _as_before(self, wait: Wait, before: Wait | None) -> Changed[None]:
        self._waits.end(wait.thread, wait.kind)
        if before is not None:
            self._waits.begin(before)
        return Changed(None, Topic.INBOX)

    def _again(self, before: Wait) -> Changed[None]:
        self._waits.begin(before)
        return Changed(None, Topic.INBOX)
