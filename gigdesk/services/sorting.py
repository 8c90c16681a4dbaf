"""Sorting: correcting labels and learning from it, lifting warnings, judging kept mails anew."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.labels import domains_of, label_words
from gigdesk.domain.inbox.mails import Label, Mail, Note
from gigdesk.domain.inbox.sorting.judging import CHOICES, label_of
from gigdesk.domain.inbox.wording.accounts import accounts_in, masked
from gigdesk.domain.prompts import Never, Stop
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.labels import Known
    from gigdesk.domain.ports import Now, Write
    from gigdesk.store.inbox.lessons import Lesson, LessonStore
    from gigdesk.store.inbox.shelf import MailShelf

_OF_SENDER = 40  # mails judged anew at once after a correction
_BATCH = 50  # in one transaction, when all are
BY_YOU = Note("by you")


def with_learned(known: Known, store: LessonStore, own_accounts: Iterable[str]) -> Known:
    """What the records say, and what was learned beside them."""
    learned = store.learned()
    domains = domains_of(known.clients)
    own = frozenset(domains_of(dict.fromkeys(known.mine, "")))
    return replace(
        known,
        domains=domains,
        people={**learned.people, **_named(known)},
        acquainted=learned.acquainted,
        accounts=learned.accounts,
        own_accounts=learned.own_accounts | frozenset(own_accounts),
        own_hosts=own,
        hosts=frozenset({*domains, *own}),
        trusted=learned.trusted,
        lessons=learned.lessons,
    )


def _named(known: Known) -> dict[str, str]:
    """The clients by their own names."""
    from gigdesk.domain.inbox.wording.reading import folded

    return {folded(name): name for name in set(known.clients.values()) if len(name.split()) > 1}


class SortingService:
    """What the person can do with labels."""

    def __init__(
        self,
        store: LessonStore,
        shelf: MailShelf,
        known: Callable[[], Known],
        now: Now,
        write: Write,
    ) -> None:
        self._store, self._shelf, self._known = store, shelf, known
        self._now, self._write = now, write
        self._looked = ""

    def correct(self, mail_id: int, code: str) -> Changed[Mail]:
        """Say what a mail is; the next ones like it are judged by that too. A warning is lowered like
        this and in no other way. Raises Refused for what is no label, or for a mail without one."""
        if code not in CHOICES:
            raise Refused(
                t("There is no label “{label}”", label=code),
                t("The labels are: {labels}.", labels=", ".join(CHOICES)),
            )
        mail = self._shelf.mail(mail_id)
        if mail.mine or mail.broken is not None:
            raise Refused(
                t("This mail has no label"), t("Your own mails and broken ones are not sorted.")
            )
        lesson = self._store.lesson(mail.id)
        label = Label(code, (BY_YOU,))
        self._store.correct(mail, label, self._known(), self._now())
        self._judge(self._store.of_sender(mail.sender.email, _OF_SENDER))
        return Changed(
            self._shelf.mail(mail_id),
            Topic.INBOX,
            t("Labelled {label}", label=label_words(label)),
            partial(self._as_before, mail, lesson),
        )

    def trust(self, mail_id: int, *, on: bool = True) -> Changed[Mail]:
        """Lift the warnings of this mail's sender, or let them stand again. What concerns bank
        details or files is not lifted with them."""
        mail = self._shelf.mail(mail_id)
        sender = mail.sender.email
        if not sender:
            raise Refused(t("This mail has no sender"))
        self._store.trust(sender, self._now(), on=on)
        self._judge(self._store.of_sender(sender, _OF_SENDER))
        words = (
            t("Warnings of {sender} are lifted", sender=sender)
            if on
            else t("Warnings of {sender} stand again", sender=sender)
        )
        undo = partial(self.trust, mail_id, on=not on)
        return Changed(self._shelf.mail(mail_id), Topic.INBOX, words, undo)

    def theirs(self, mail_id: int, *, on: bool = True) -> Changed[Mail]:
        """The person asked the client: the accounts this mail names are theirs, or are not."""
        mail = self._shelf.mail(mail_id)
        known = self._known()
        client = known.client(mail.sender)
        named = [each for each in accounts_in(mail.text) if each not in known.own_accounts]
        if not client or not named:
            raise Refused(t("This mail names no account of a client"))
        # From just before this mail: what came earlier is judged by what was usual then.
        self._store.own_account(client, named, mail.at - timedelta(seconds=1), on=on)
        self._judge([mail_id, *self._store.of_sender(mail.sender.email, _OF_SENDER)])
        words = t("{account} is an account of {client}", account=masked(named[0]), client=client)
        undo = partial(self.theirs, mail_id, on=not on)
        return Changed(self._shelf.mail(mail_id), Topic.INBOX, words if on else "", undo)

    def look_again(self) -> None:
        """Judge the mails of clients that name an account anew, now that older and newer ones are
        here: which account is the usual one was not known before."""
        version = self._store.version()
        if version == self._looked:
            return
        self._looked = version
        for batch in _batches(self._store.naming_accounts()):
            self._write(partial(self._judged, batch))

    def sort_again(self, stop: Stop | None = None) -> Generator[int, None, int]:
        """Judge every mail anew by what was learned since, the newest first, a few at a time. Gives how
        many labels have changed, again and again; the person's own labels stay."""
        flag, changed = stop or Never(), 0
        before = 1 << 62
        while not flag.is_set():
            batch = self._store.newest(before, _BATCH)
            if not batch:
                break
            before = batch[-1]
            changed += self._write(partial(self._judged, batch)).value
            yield changed
        return changed

    def _as_before(self, mail: Mail, lesson: Lesson | None) -> Changed[Any]:
        self._store.take_back(mail, lesson, mail.label, self._known(), self._now())
        self._judge(self._store.of_sender(mail.sender.email, _OF_SENDER))
        return Changed(None, Topic.INBOX)

    def _judged(self, mail_ids: Sequence[int]) -> Changed[int]:
        count = self._judge(mail_ids)
        return Changed(count, Topic.INBOX if count else Topic.NONE)

    def _judge(self, mail_ids: Sequence[int]) -> int:
        """Judge these anew, but for those the person labelled; how many have another label now."""
        known = self._known()
        found: dict[int, Label] = {}
        for mail_id, mail, before in self._store.again(mail_ids):
            label = label_of(mail, known)
            if label != before and self._store.lesson(mail_id) is None:
                found[mail_id] = label
        if found:
            self._store.relabel(found, known, self._now())
        return len(found)


def _batches(mail_ids: list[int]) -> Iterable[list[int]]:
    return (mail_ids[at : at + _BATCH] for at in range(0, len(mail_ids), _BATCH))
