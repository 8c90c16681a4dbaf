"""Leads out of mails: an alert's postings, or the mail itself; once, with a way back and a link."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gigdesk.domain.errors import Refused, Unreadable
from gigdesk.domain.leads.alerts import is_alert, records_of, source_of
from gigdesk.domain.leads.shapes import posting_of
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail
    from gigdesk.domain.leads.records import LeadImport, Posting
    from gigdesk.services.handoff.room import HandoffRoom

KIND = "lead"
_TOPICS = Topic.LEADS | Topic.INBOX


class AlertService:
    """What the person can do with a mail that offers work."""

    def __init__(self, room: HandoffRoom) -> None:
        self._room = room

    @staticmethod
    def is_alert(mail: Mail) -> bool:
        """Whether it names postings by links."""
        return is_alert(mail)

    def postings(self, mail: Mail) -> list[Posting]:
        """What would become leads."""
        found = []
        for record in records_of(mail):
            try:
                found.append(posting_of("csv", record, source_of(mail)))
            except Unreadable:
                continue  # a link with no words at all
        return found

    def take(self, mail_id: int) -> Changed[LeadImport]:
        """Make leads of a mail. Raises Refused when that was done before, or there is nothing."""
        room = self._room
        mail = room.inbox.mail(mail_id)
        if any(kind == KIND for kind, _ in room.links.of_mail(mail_id)):
            raise Refused(t("Leads were made of this mail already"), t("Nothing was made twice."))
        postings = self.postings(mail) if mail.broken is None else []
        if not postings:
            raise Refused(t("There are no words in it to make a lead of"), t("Nothing was made."))
        return room.write(partial(self._kept, mail_id, postings))

    def _kept(self, mail_id: int, postings: list[Posting]) -> Changed[LeadImport]:
        room = self._room
        with room.db.change(_TOPICS):
            done = room.leads.take(postings)
            ids = room.leads.ids_of(postings)
            for each in ids:
                room.links.put(mail_id, KIND, each)
        result = done.value
        words = n("{n} lead made", "{n} leads made", result.new)
        here = result.updated + result.reposts
        if here:
            words += ", " + n("{n} was here already", "{n} were here already", here)
        opens = Ref("lead", ids[0]) if len(ids) == 1 else None
        return Changed(result, _TOPICS, words, partial(self._undo, mail_id, ids, done), opens)

    def _undo(self, mail_id: int, ids: list[int], done: Changed[LeadImport]) -> Changed[None]:
        with self._room.db.change(_TOPICS):
            words = done.undo().words if done.undo is not None else ""
            for each in ids:
                self._room.links.cut(mail_id, KIND, each)
        return Changed(None, _TOPICS, words)
