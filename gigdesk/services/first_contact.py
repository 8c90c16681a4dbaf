"""First contact: the automatic answer to whoever writes for the first time. Off until switched on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gigdesk.domain.drafts.languages import language_of
from gigdesk.domain.inbox.autoreply import FRESH, Verdict, answer_id, verdict
from gigdesk.domain.inbox.first_answer import first_answer
from gigdesk.domain.proposals import TAKE_BACK_SECONDS, OutboxId, OutboxItem, OutboxState
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.store.inbox.answers import KIND

if TYPE_CHECKING:
    from collections.abc import Callable

    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.ports import Now
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.profile import ProfileService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.inbox.answers import AnswerStore
    from gigdesk.store.proposals import OutboxStore

SWITCH, CAP, WORDS = "autoreply", "autoreply_cap", "autoreply_words"
_SEEN = "autoreply seen"
_AT_ONCE = 500


@dataclass(frozen=True)
class ContactRoom:
    """What first contact works with."""

    db: DeskDb
    answers: AnswerStore
    outbox: OutboxStore
    inbox: InboxService
    known: Callable[[], Known]
    profile: ProfileService
    settings: SettingsService


class FirstContact:
    """Judges mails, and answers those that came while it is switched on."""

    def __init__(self, room: ContactRoom, now: Now) -> None:
        self._room, self._now = room, now

    @property
    def on(self) -> bool:
        """Whether the person switched it on."""
        return self._room.settings.on(SWITCH)

    def would(self, mail_id: int) -> Verdict:
        """Whether this mail would get an automatic answer, and why; sends nothing. Raises NotFound."""
        return self._judged(self._room.inbox.mail(mail_id))

    def answer(self) -> Changed[int]:
        """Answer what came since the last look, in one transaction with the mark of how far it looked.
        The first look after switching on answers nothing: what lay there before stays as it is."""
        room = self._room
        if not self.on:
            if room.settings.state(_SEEN):
                room.settings.remember(_SEEN, "")
            return Changed(0, Topic.NONE)
        seen = room.settings.state(_SEEN)
        if not seen:
            room.settings.remember(_SEEN, str(room.answers.newest()))
            return Changed(0, Topic.NONE)
        came = room.answers.came_after(int(seen), _AT_ONCE)
        if not came:
            return Changed(0, Topic.NONE)
        with room.db.change(Topic.OUTBOX):
            written = sum(self._answered(room.inbox.mail(each)) for each in came)
            room.settings.remember(_SEEN, str(came[-1]))
        words = n("{n} first answer written", "{n} first answers written", written)
        return Changed(written, Topic.OUTBOX if written else Topic.NONE, words if written else "")

    def words_for(self, mail: Mail) -> str:
        """What the answer to this mail says."""
        room = self._room
        language = language_of(mail.text, room.profile.get().language)
        return first_answer(
            language,
            room.settings.clock("morning"),
            str(room.settings.zone()),
            room.profile.get().name,
            room.settings.get(WORDS),
        )

    def _judged(self, mail: Mail) -> Verdict:
        room, now = self._room, self._now()
        past = room.answers.past(mail.id, mail.sender.email, now)
        return verdict(mail, room.known(), past, now, int(room.settings.number(CAP)))

    def _answered(self, mail: Mail) -> bool:
        room, now = self._room, self._now()
        if now - mail.at > FRESH or not self._judged(mail).would_answer:
            return False
        known = room.known()
        mine = next(each for each in (*mail.to, *mail.cc) if known.is_mine(each))
        name = answer_id(mail, mine.email.rpartition("@")[2])
        if room.answers.answered(name):
            return False
        item = OutboxItem(
            id=OutboxId(0),
            kind=KIND,
            # RFC 3834: to the sender itself, never to Reply-To alone, and to nobody else.
            to=mail.sender.email,
            subject=f"Auto: {mail.subject}".strip(),
            body=self.words_for(mail),
            message_id=name,
            state=OutboxState.WAITING,
            due=now + timedelta(seconds=TAKE_BACK_SECONDS),
            words=t("First answer, written by itself"),
            payload={
                "from": mine.email,
                "in_reply_to": mail.message_id,
                "references": [*mail.references, mail.message_id][-20:],
                "mail": mail.id,
                "automatic": True,
            },
        )
        room.outbox.add(item, now)
        return True
