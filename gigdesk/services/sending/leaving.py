"""One attempt to let one mail leave: built, claimed, handed over, and written down how it ended.

The row says `sending`, with its Message-ID and its bytes kept, before the connection opens, and that
it may have left before the final dot goes out; both on the disk. So whatever dies leaves a row that
tells.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.accounts import AccountState
from gigdesk.domain.errors import (
    Distrusted,
    Doubtful,
    NotFound,
    NotTaken,
    Refused,
    SignInRefused,
    Stale,
    Trouble,
    TryLater,
)
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.writing import (
    Enclosure,
    Outgoing,
    ascii_domain,
    beyond_ascii,
    mailbox,
    one_line,
    read_addresses,
    recipients,
    valid_id,
    written,
)
from gigdesk.domain.ports import Parcel
from gigdesk.domain.proposals import Filing, OutboxItem, OutboxState
from gigdesk.domain.records import Ref
from gigdesk.domain.sending import FOR_ACCOUNT, LATE_HOLD, busy_wait, is_late, unreachable_wait
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account, Secret
    from gigdesk.services.sending.room import SendingRoom

# Until a certificate or a login is put right, asking often helps nobody.
_SELDOM = timedelta(minutes=30)
_NOWHERE = "gigdesk.invalid"


@dataclass(frozen=True)
class _Ready:
    """A mail built for one account."""

    item: OutboxItem
    account: Account
    secret: Secret
    parcel: Parcel


class Leaving:
    """Lets mails leave, one at a time."""

    def __init__(self, room: SendingRoom) -> None:
        self._room = room

    def attempt(self, item: OutboxItem) -> None:
        """Try it. However that ends stands in its row."""
        if is_late(item, self._room.now()):
            self._ask_late(item)
            return
        ready = self._ready(item)
        if ready is None:
            return
        try:
            begun = self._begin(ready)
        except Stale:
            return  # taken back, or another GigDesk has it
        self._hand_over(begun, ready)

    def account_of(self, item: OutboxItem) -> Account | None:
        """Which account sends it: the chosen one, the one the answered mail came to, the one with
        the sender's address, else the default."""
        senders = self._room.senders()
        chosen = item.account or item.payload.get("account")
        wanted = [each for each in senders if each.id == chosen]
        addresses = [*self._answered_at(item), str(item.payload.get("from", "")).lower()]
        wanted += [
            each for address in addresses for each in senders if each.address.lower() == address
        ]
        return next(iter([*wanted, *senders]), None)

    def outgoing(self, item: OutboxItem, account: Account) -> Outgoing:
        """The mail as this account sends it. Raises Refused when it cannot be one."""
        payload, room = item.payload, self._room
        replied = valid_id(one_line(str(payload.get("in_reply_to", ""))))
        chain = [valid_id(str(each)) for each in payload.get("references", ())]
        return Outgoing(
            message_id=item.message_id,
            sender=Address(room.profile.get().name, account.address),
            to=read_addresses(item.to),
            cc=read_addresses(str(payload.get("cc", ""))),
            bcc=read_addresses(str(payload.get("bcc", ""))),
            subject=item.subject,
            text=item.body,
            date=room.now().astimezone(room.settings.zone()),
            in_reply_to=replied,
            references=tuple(filter(None, chain)) or ((replied,) if replied else ()),
            enclosures=tuple(self._enclosure(each) for each in payload.get("files", ())),
            automatic=bool(payload.get("automatic")),
        )

    # --- before ---------------------------------------------------------------------------------
    def _ready(self, item: OutboxItem) -> _Ready | None:
        room = self._room
        account = self.account_of(item)
        if account is None:
            room.noted(item, hold=FOR_ACCOUNT, words=t("Waits for an account to send from"),
                       advice=t("Set up an account: Settings, Mail."))  # fmt: skip
            return None
        try:
            secret = room.accounts.secret(account)
        except SignInRefused as trouble:
            room.noted(item, hold=FOR_ACCOUNT, words=trouble.title, advice=trouble.advice)
            return None
        except Trouble as trouble:
            self._wait(item, trouble, unreachable_wait(item.tries + 1))
            return None
        try:
            mail = self.outgoing(_named(item, account), account)
            parcel = Parcel(
                mailbox(account.address),
                recipients(mail),
                written(mail),
                beyond_ascii(mail),
                mail.automatic,
            )
        except (Refused, NotFound) as trouble:
            self._failed(room.changed(item, state=OutboxState.FAILED), trouble)
            return None
        return _Ready(item, account, secret, parcel)

    def _begin(self, ready: _Ready) -> OutboxItem:
        """Claim it, its bytes and its id kept. Raises Stale when it is not there to be claimed."""
        room, item = self._room, ready.item
        begin = partial(
            room.outbox.begin,
            item,
            account=ready.account.id,
            message_id=_named(item, ready.account).message_id,
            raw_blob=room.blobs.put(ready.parcel.raw),
            holder=uuid.uuid4().hex,
            tries=item.tries + 1,
            next_try=room.now(),  # until its last step
            words=t("Leaves now, by {name}", name=ready.account.name),
            advice="",
        )
        return room.write(lambda: Changed(begin(), Topic.OUTBOX)).value

    def _hand_over(self, item: OutboxItem, ready: _Ready) -> None:
        try:
            last = partial(self._last_step, item)
            said = self._room.carrier.send(ready.account, ready.secret, ready.parcel, last)
        except Doubtful as trouble:
            self.doubt(item, trouble.advice)
        except Trouble as trouble:
            self._nobody_got(item, ready.account, trouble)
        except BaseException:
            self.doubt(item, t("Something broke here while it was sent."))
            raise
        else:
            self._sent(item, ready.account, said)

    def _last_step(self, item: OutboxItem) -> None:
        room = self._room

        def last() -> Changed[None]:
            room.outbox.last_step(item)
            return Changed(None, Topic.NONE)

        room.write(last)

    def recover(self, item: OutboxItem) -> None:
        """One that says `sending` while nobody sends: whoever sent it died over it. Before its last
        step nothing can have left, and nothing can leave any more."""
        why = t("GigDesk ended while it was leaving.")
        if item.next_try is None:
            self.doubt(item, why)
            return
        with contextlib.suppress(Stale):
            self._room.changed(item, state=OutboxState.WAITING, holder="", words=why, advice="")

    # --- after ----------------------------------------------------------------------------------
    def doubt(self, item: OutboxItem, why: str) -> None:
        """Nobody knows whether it left: it never goes again by itself, and the person is asked."""
        self._ended(
            item,
            state=OutboxState.UNCERTAIN,
            words=t("Nobody knows whether it left"),
            advice=" ".join(
                (why, t("Look into Sent, or ask. Then say: it was sent, or send it again."))
            ),
            next_try=self._room.now(),
            asked=0,
        )

    def _sent(self, item: OutboxItem, account: Account, said: str) -> None:
        if account.state is not AccountState.OK:
            self._room.accounts.mark(account, AccountState.OK)
        self._ended(
            item,
            state=OutboxState.SENT,
            words=t("Sent by {name}", name=account.name),
            advice=said,
            left_at=self._room.now(),
            filing=Filing.LOCAL,
            next_try=None,
        )

    def _failed(self, item: OutboxItem | None, trouble: Trouble) -> None:
        if item is None:
            return
        self._room.changed(item, words=trouble.title, advice=trouble.advice)
        self._tell(item, t("“{subject}” did not leave", subject=_shown(item)), trouble)

    def _nobody_got(self, item: OutboxItem, account: Account, trouble: Trouble) -> None:
        """It stands where it stood, or it failed: in no case has anybody got it."""
        if isinstance(trouble, NotTaken | Refused):
            self._failed(self._ended(item, state=OutboxState.FAILED), trouble)
            return
        hold, wait = "", unreachable_wait(item.tries)
        if isinstance(trouble, SignInRefused):
            self._room.accounts.mark(account, AccountState.REFUSED, trouble.title)
            hold = FOR_ACCOUNT
        elif isinstance(trouble, Distrusted):
            wait = _SELDOM
        elif isinstance(trouble, TryLater):
            wait = busy_wait(item.tries)
        self._ended(
            item,
            state=OutboxState.WAITING,
            words=trouble.title,
            advice=trouble.advice,
            hold=hold,
            next_try=self._room.now() + wait,
        )

    def _wait(self, item: OutboxItem, trouble: Trouble, wait: timedelta) -> None:
        self._room.changed(
            item,
            tries=item.tries + 1,
            words=trouble.title,
            advice=trouble.advice,
            next_try=self._room.now() + wait,
        )

    def _ended(self, item: OutboxItem, **fields: Any) -> OutboxItem | None:
        room = self._room
        return room.write(lambda: Changed(room.outbox.ended(item, **fields), Topic.OUTBOX)).value

    def _ask_late(self, item: OutboxItem) -> None:
        due = item.due.astimezone(self._room.settings.zone())
        words = t("Was to leave at {time}. Send it now?", time=_clock(due))
        why = f"{item.words}. {item.advice}".strip() if item.words else ""
        item = self._room.changed(item, hold=LATE_HOLD, words=words, advice=why)
        trouble = Trouble(words, t("It waits for your word."))
        self._tell(item, t("“{subject}” is late", subject=_shown(item)), trouble)

    def _tell(self, item: OutboxItem, title: str, trouble: Trouble) -> None:
        room = self._room
        ref = Ref("outbox", item.id, item.subject)
        words = f"{trouble.title}. {trouble.advice}".strip()
        key = f"outbox:{item.id}:{item.version}"

        def tell() -> Changed[bool]:
            return Changed(room.notices.tell(key, title, words, ref), Topic.NOTICES)

        room.write(tell)

    def released(self, item: OutboxItem) -> bool:
        """Whether what it waited for is there: an account, or a new login."""
        account = self.account_of(item)
        return account is not None and account.state is not AccountState.REFUSED

    def ask(self, item: OutboxItem) -> None:
        """Ask the person whether it was sent."""
        trouble = Trouble(item.words, item.advice)
        self._tell(item, t("Was “{subject}” sent?", subject=_shown(item)), trouble)

    # --- what it is made of ---------------------------------------------------------------------
    def _answered_at(self, item: OutboxItem) -> list[str]:
        """To which addresses the answered mail came."""
        mail_id = item.payload.get("mail")
        if not isinstance(mail_id, int):
            return []
        try:
            mail = self._room.inbox.mail(mail_id)
        except NotFound:
            return []
        return [each.email.lower() for each in (*mail.to, *mail.cc)]

    def _enclosure(self, file: Mapping[str, Any]) -> Enclosure:
        return Enclosure(
            str(file["name"]),
            str(file.get("type", "")),
            self._room.blobs.get(str(file["blob"])),
            str(file.get("method", "")),
        )


def _named(item: OutboxItem, account: Account) -> OutboxItem:
    """With an id of the sender's own domain; one that ever went out is never changed."""
    from dataclasses import replace

    if not item.message_id.endswith(f"@{_NOWHERE}>") or item.raw_blob:
        return item
    own = item.message_id.replace(_NOWHERE, ascii_domain(account.address.rpartition("@")[2]))
    return replace(item, message_id=own)


def _shown(item: OutboxItem) -> str:
    return one_line(item.subject)[:80] or t("no subject")


def _clock(at: datetime) -> str:
    from gigdesk.domain.words import date_text

    return f"{date_text(at.date(), form='EEE d MMM')} {at:%H:%M}"
