"""The outbox as a person handles it: what is due leaves; take back, now, later, again, it was sent."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Refused, Stale, Trouble
from gigdesk.domain.proposals import TAKE_BACK_SECONDS, Filing, OutboxItem, OutboxState
from gigdesk.domain.sending import FOR_ACCOUNT, LATE_HOLD, may_leave, set_back, waits_until
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.services.sending.filing import Cabinet
from gigdesk.services.sending.leaving import Leaving
from gigdesk.store.leases import held, process_holder

if TYPE_CHECKING:
    from gigdesk.services.sending.room import SendingRoom

_LEASE = "outbox"
_TAKE_BACK = timedelta(seconds=TAKE_BACK_SECONDS)
_LEFT_SHOWN = 100
_OPEN = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.UNCERTAIN, OutboxState.FAILED)


class _Busy(Exception):
    """Another GigDesk sends just now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The outbox in a line. `leaves` is when the next one goes that can still be taken back, `item`
    which; `asks` says that something waits for the person's word."""

    words: str = ""
    item: int = 0
    leaves: datetime | None = None
    asks: bool = False

    def line(self, now: datetime) -> str:
        """As it is shown: the seconds left, when it can still be taken back."""
        if self.leaves is None:
            return self.words
        left = max(0, round((self.leaves - now).total_seconds()))
        return t("Leaves in {n} s · Undo", n=left)


class SendingService:
    """Lets what is due leave, and tells how it went."""

    def __init__(
        self,
        room: SendingRoom,
        take_back: Callable[[OutboxItem], Changed[Any]],
        resting: Callable[[], str],
    ) -> None:
        self._room, self._take_back, self._resting = room, take_back, resting
        self._outbox = room.outbox
        self._leaving, self._cabinet = Leaving(room), Cabinet(room)

    # --- sending --------------------------------------------------------------------------------
    def send_due(self) -> Changed[int]:
        """Send what is due, file what was sent, look for what is uncertain; how many left. Nothing
        while another GigDesk does it, or on a desk whose people are made up."""
        if self._resting():
            return Changed(0, Topic.NONE)
        self._set_right()
        if not self._work():
            return Changed(0, Topic.NONE)
        before = self._outbox.count(OutboxState.SENT)
        try:
            with held(self._room.leases, _LEASE, process_holder(), _Busy()) as renew:
                for step in (self._recover, self._look, self._release, self._send, self._file):
                    step(renew)
        except _Busy:
            return Changed(0, Topic.NONE)
        return Changed(self._outbox.count(OutboxState.SENT) - before, Topic.NONE)

    def next_due(self) -> datetime | None:
        """When there will be something to do; None when nothing waits."""
        if self._resting():
            return None
        now = self._room.now()
        waiting = [
            waits_until(each)
            for each in self._outbox.of_state(OutboxState.WAITING)
            if not each.hold
        ]
        others = [
            each.next_try or now
            for each in (*self._outbox.of_state(OutboxState.UNCERTAIN), *self._outbox.to_file())
            if each.next_try is not None or each.filing is not Filing.NOT_LEFT
        ]
        return min([*waiting, *others], default=None)

    def _set_right(self) -> None:
        """After the clock was set back."""
        for item in self._outbox.of_state(OutboxState.WAITING, OutboxState.UNCERTAIN):
            changes = set_back(item, self._room.now())
            if changes:
                with contextlib.suppress(Stale):
                    self._room.changed(item, **changes)

    def _work(self) -> bool:
        now = self._room.now()
        due = self.next_due()
        if due is not None and due <= now:
            return True
        return bool(self._outbox.count(OutboxState.SENDING)) or any(self._to_release())

    def _recover(self, _renew: Callable[[], None]) -> None:
        for item in self._outbox.of_state(OutboxState.SENDING):
            self._leaving.recover(item)

    def _look(self, renew: Callable[[], None]) -> None:
        for item in self._outbox.of_state(OutboxState.UNCERTAIN):
            if item.next_try is not None and item.next_try <= self._room.now():
                renew()
                self._look_for(item)

    def _look_for(self, item: OutboxItem) -> None:
        room = self._room
        try:
            if self._cabinet.look_for(item):
                words = t("It had left: found in Sent on the server")
                room.write(partial(self._cabinet.was_sent, item, words))
                return
            said = t("Not in Sent on the server at {time}.", time=self._clock())
        except Trouble as trouble:  # all the more reason to ask
            said = t("Sent could not be looked into: {why}.", why=trouble.title)
        wait = self._cabinet.when_to_look_again(item)
        asked = item.asked
        advice = item.advice if wait is None and not asked else f"{_whole(item.advice)}\n{said}"
        item = room.changed(
            item,
            next_try=None if wait is None else room.now() + wait,
            asked=asked + 1,
            advice=advice,
        )
        if asked == 0:
            self._leaving.ask(item)

    def _clock(self) -> str:
        return f"{self._room.now().astimezone(self._room.settings.zone()):%H:%M}"

    def _to_release(self) -> Iterator[OutboxItem]:
        held_up = (
            each for each in self._outbox.of_state(OutboxState.WAITING) if each.hold == FOR_ACCOUNT
        )
        return (each for each in held_up if self._leaving.released(each))

    def _release(self, _renew: Callable[[], None]) -> None:
        for item in self._to_release():
            self._room.changed(item, hold="", next_try=None)

    def _send(self, renew: Callable[[], None]) -> None:
        for item in self._outbox.of_state(OutboxState.WAITING):
            if may_leave(item, self._room.now()):
                renew()
                self._leaving.attempt(self._outbox.get(item.id))

    def _file(self, renew: Callable[[], None]) -> None:
        for item in self._outbox.to_file():
            if item.next_try is None or item.next_try <= self._room.now():
                renew()
                self._cabinet.file(item)

    # --- looking --------------------------------------------------------------------------------
    def all(self) -> list[OutboxItem]:
        """Everything, newest first."""
        return self._outbox.all()

    def shown(self) -> list[OutboxItem]:
        """What is under way or asks, and what left last."""
        return [*self._outbox.of_state(*_OPEN), *self._outbox.left_last(_LEFT_SHOWN)]

    def get(self, item_id: int) -> OutboxItem:
        """One. Raises NotFound."""
        return self._outbox.get(item_id)

    def asking(self) -> list[OutboxItem]:
        """What waits for the person's word: did it leave, is it too late, what went wrong."""
        items = self._outbox.of_state(*_OPEN)
        return [each for each in items if each.state in _OPEN[2:] or each.hold == LATE_HOLD]

    def resting(self) -> str:
        """Why nothing leaves from this desk at all; empty when it does."""
        return self._resting()

    def standing(self) -> Standing:
        """The outbox in a line, for the foot of the window."""
        now = self._room.now()
        items = self._outbox.of_state(*_OPEN)
        asking = self.asking()
        able = bool(self._room.senders() or self._resting())
        unable = [
            each
            for each in items
            if each.hold == FOR_ACCOUNT or (not able and each.state is OutboxState.WAITING)
        ]
        waiting = [each for each in items if each.state is OutboxState.WAITING and not each.hold]
        soon = [each for each in waiting if self._leaves_soon(each, now)]
        if soon and able and not self._resting():
            last = soon[-1]
            return Standing("", last.id, waits_until(last), bool(asking))
        if asking:
            words = n("{n} mail asks for your word", "{n} mails ask for your word", len(asking))
            return Standing(words, asking[0].id, None, asks=True)
        if any(each.state is OutboxState.SENDING for each in items):
            return Standing(t("A mail leaves now"))
        if unable:
            words = n("{n} mail waits for an account", "{n} mails wait for an account", len(unable))
            return Standing(words, unable[0].id)
        if waiting:
            words = n("{n} mail waits to leave", "{n} mails wait to leave", len(waiting))
            return Standing(words, waiting[0].id)
        return Standing(t("Nothing waits to leave"))

    def leaving_soon(self) -> list[OutboxItem]:
        """What would leave within the ten seconds in which it can be taken back, or leaves now."""
        now = self._room.now()
        if self._resting() or not self._room.senders():
            return []
        return [
            each
            for each in self._outbox.of_state(OutboxState.WAITING, OutboxState.SENDING)
            if each.state is OutboxState.SENDING or self._leaves_soon(each, now)
        ]

    @staticmethod
    def _leaves_soon(item: OutboxItem, now: datetime) -> bool:
        fresh = item.tries == 0 and not item.hold and item.state is OutboxState.WAITING
        return fresh and waits_until(item) - now <= _TAKE_BACK

    # --- the person's word ----------------------------------------------------------------------
    def send_now(self, item_id: int) -> Changed[OutboxItem]:
        """Do not wait any longer."""
        item = self._in(item_id, OutboxState.WAITING)
        done = self._outbox.change(
            item, due=self._room.now(), timed=0, hold="", next_try=None, words="", advice=""
        )
        return Changed(done, Topic.OUTBOX, t("Leaves now"))

    def send_later(self, item_id: int, at: datetime) -> Changed[OutboxItem]:
        """Let it leave at this instant. Raises Refused when that is past."""
        if at <= self._room.now():
            raise Refused(t("That time is past"), t("Choose a later one, or send it now."))
        item = self._in(item_id, OutboxState.WAITING)
        done = self._outbox.change(
            item, due=at, timed=1, hold="", next_try=None, words="", advice=""
        )
        here = at.astimezone(self._room.settings.zone())
        words = t("Leaves at {time}", time=f"{here:%H:%M}")
        return Changed(done, Topic.OUTBOX, words, partial(self._due_again, item, done))

    def take_back(self, item_id: int) -> Changed[Any]:
        """Out of the outbox and back before the person: what waits, what failed, and what nobody
        knows of when they say that it shall not go. Raises Stale when it has left."""
        return self._take_back(self._outbox.get(item_id))

    def try_again(self, item_id: int) -> Changed[OutboxItem]:
        """One that failed goes once more."""
        return self._again(self._in(item_id, OutboxState.FAILED))

    def send_again(self, item_id: int) -> Changed[OutboxItem]:
        """The person says that an uncertain one did not arrive. It goes under the same id, by which
        most programs would show it once even if both arrived."""
        return self._again(self._in(item_id, OutboxState.UNCERTAIN))

    def it_was_sent(self, item_id: int) -> Changed[OutboxItem]:
        """The person says that an uncertain one did leave."""
        item = self._in(item_id, OutboxState.UNCERTAIN)
        return self._cabinet.was_sent(item, t("Sent, you say"))

    def look_again(self, item_id: int) -> Changed[OutboxItem]:
        """Look into Sent on the server once more, as soon as may be. Raises Refused where there is no
        such folder to look into."""
        item = self._in(item_id, OutboxState.UNCERTAIN)
        if not self._cabinet.can_look(item):
            raise Refused(
                t("There is no Sent on a server to look into"),
                t("Ask whoever should have got it, then say how it is."),
            )
        done = self._outbox.change(item, next_try=self._room.now(), asked=max(item.asked, 1))
        return Changed(done, Topic.OUTBOX, t("Looking in Sent"))

    def _again(self, item: OutboxItem) -> Changed[OutboxItem]:
        done = self._outbox.change(
            item,
            state=OutboxState.WAITING,
            due=self._room.now() + _TAKE_BACK,
            timed=0,
            tries=0,
            next_try=None,
            hold="",
            words="",
            advice="",
        )
        return Changed(done, Topic.OUTBOX, t("Leaves once more"))

    def _due_again(self, before: OutboxItem, now: OutboxItem) -> Changed[OutboxItem]:
        done = self._outbox.change(now, due=before.due, timed=int(before.timed), hold=before.hold)
        return Changed(done, Topic.OUTBOX)

    def _in(self, item_id: int, state: OutboxState) -> OutboxItem:
        item = self._outbox.get(item_id)
        if item.state is not state:
            raise Stale(
                {
                    OutboxState.SENT: t("It has left already"),
                    OutboxState.SENDING: t("It leaves just now"),
                    OutboxState.UNCERTAIN: t("Nobody knows whether it left"),
                }.get(item.state, t("It does not stand there any more")),
                t("Nothing was changed. Look into the outbox."),
            )
        return item


def _whole(advice: str) -> str:
    """Without what was said of an earlier look."""
    return advice.split("\n", maxsplit=1)[0]
