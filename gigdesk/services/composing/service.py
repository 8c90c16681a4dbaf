"""Writing a mail oneself, from its first word to the outbox. What is typed is kept as it is typed."""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.domain.drafts.languages import language_of
from gigdesk.domain.errors import NotFound, Refused, Unreadable
from gigdesk.domain.inbox.answering import Beginning, Kind, body_of, forward_of, reply_to
from gigdesk.domain.inbox.names import safe_name
from gigdesk.domain.inbox.unsent import FILES_LARGEST, KeptFile, Template, Unsent, UnsentId
from gigdesk.domain.inbox.writing import ascii_domain, one_line, read_addresses
from gigdesk.domain.proposals import TAKE_BACK_SECONDS, OutboxId, OutboxItem, OutboxState
from gigdesk.domain.records import Ref
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import n, t
from gigdesk.services.composing.templates import open_fields

if TYPE_CHECKING:
    from gigdesk.domain.accounts import Account
    from gigdesk.domain.inbox.mails import Address, Mail
    from gigdesk.domain.ports import Now
    from gigdesk.services.accounts import AccountService
    from gigdesk.services.composing.people import Acquaintances
    from gigdesk.services.composing.templates import Filling
    from gigdesk.services.inbox import InboxService
    from gigdesk.services.settings import SettingsService
    from gigdesk.store.blobs import Blobs
    from gigdesk.store.desk_db import DeskDb
    from gigdesk.store.inbox.unsent import UnsentStore
    from gigdesk.store.proposals import OutboxStore

TOPICS = Topic.OUTBOX
_TAKE_BACK = timedelta(seconds=TAKE_BACK_SECONDS)


class ComposingService:
    """New mails, answers and forwards in the person's own words."""

    def __init__(
        self,
        db: DeskDb,
        stores: tuple[UnsentStore, OutboxStore],
        blobs: Blobs,
        near: tuple[InboxService, AccountService, SettingsService],
        people: Acquaintances,
        filling: Filling,
        now: Now,
    ) -> None:
        self._db, self._blobs, self._now = db, blobs, now
        self._store, self._outbox = stores
        self._inbox, self._accounts, self._settings = near
        self._people, self._filling = people, filling

    # --- beginning ------------------------------------------------------------------------------
    def new(self, to: str = "") -> Unsent:
        """A new mail."""
        account = next(iter(self._accounts.all()), None)
        body = body_of(Beginning("new"), self._signature_of(account))
        return Unsent(UnsentId(0), "new", account=account.id if account else None, to=to, body=body)

    def answer(self, mail_id: int, *, everyone: bool = False) -> tuple[Unsent, tuple[str, ...]]:
        """An answer to this mail, and what to know first. One that was begun is gone on with."""
        mail = self._inbox.mail(mail_id)
        kind: Kind = "reply all" if everyone else "reply"
        begun = reply_to(
            mail,
            self._accounts.mine(),
            self._language(mail),
            self._settings.zone(),
            everyone=everyone,
        )
        return self._waiting(mail_id, kind) or self._begun(mail, begun), begun.warnings

    def forward(self, mail_id: int) -> Unsent:
        """This mail for somebody else, its files with it. To be called where time may pass: its
        files are taken out of it."""
        mail = self._inbox.mail(mail_id)
        waiting = self._waiting(mail_id, "forward")
        if waiting is not None:
            return waiting
        made = self._begun(mail, forward_of(mail, self._language(mail), self._settings.zone()))
        files = [
            self._kept(each.name, each.type, self._inbox.attachment(mail_id, each.number))
            for each in mail.attachments
            if not each.inline
        ]
        return replace(made, files=tuple(files))

    def _waiting(self, mail_id: int, kind: Kind) -> Unsent | None:
        return next((each for each in self._store.about(mail_id) if each.kind == kind), None)

    def _begun(self, mail: Mail, begun: Beginning) -> Unsent:
        account = self._came_to(mail)
        return Unsent(
            UnsentId(0),
            begun.kind,
            mail=mail.id,
            account=account.id if account else None,
            to=typed(begun.to),
            cc=typed(begun.cc),
            subject=begun.subject,
            body=body_of(begun, self._signature_of(account)),
            in_reply_to=begun.in_reply_to,
            chain=begun.references,
        )

    def _came_to(self, mail: Mail) -> Account | None:
        addresses = {each.email.lower() for each in (*mail.to, *mail.cc, mail.sender)}
        accounts = self._accounts.all()
        fitting = (each for each in accounts if each.address.lower() in addresses)
        return next(fitting, accounts[0] if accounts else None)

    def _language(self, mail: Mail) -> str:
        return language_of(mail.text, self._filling.language_for(mail.sender.email))

    # --- writing --------------------------------------------------------------------------------
    def all(self) -> list[Unsent]:
        """Everything begun, the last touched first."""
        return self._store.all()

    def get(self, unsent_id: int) -> Unsent:
        """One. Raises NotFound."""
        return self._store.get(unsent_id)

    def about(self, mail_ids: Iterable[int]) -> Unsent | None:
        """What was begun about one of these mails, if anything."""
        found = [each for mail_id in mail_ids for each in self._store.about(mail_id)]
        return found[0] if found else None

    def keep(self, mail: Unsent) -> Changed[Unsent]:
        """Keep it as it is typed. Raises Stale when it was changed elsewhere."""
        return Changed(self._store.keep(mail, self._now()), Topic.NONE)

    def throw_away(self, unsent_id: int) -> Changed[Unsent]:
        """Do not write it any more. Undo brings it back."""
        mail = self._store.get(unsent_id)
        self._store.remove(unsent_id)
        back = replace(mail, id=UnsentId(0))
        words = t("Thrown away: {title}", title=mail.title)
        return Changed(mail, TOPICS, words, partial(self._again, back))

    def _again(self, mail: Unsent) -> Changed[Unsent]:
        return _goes_on(self._store.keep(mail, self._now()))

    def meant(self, begun: str) -> list[Address]:
        """Whom the beginning of a name or an address may mean, the likeliest first."""
        return self._people.meant(begun)

    # --- files ----------------------------------------------------------------------------------
    def attach(self, mail: Unsent, paths: Sequence[Path]) -> Unsent:
        """Files from the disk go along from now on. Raises Refused when it gets too large for most
        servers, Unreadable when one cannot be read; nothing is added then."""
        sizes = [_size(path) for path in paths]
        if mail.bytes + sum(sizes) > FILES_LARGEST:
            raise Refused(
                t("That is more than most servers take"),
                t(
                    "Files of {most} MB together at most. Nothing was added: send a link, or less.",
                    most=FILES_LARGEST // 1_000_000,
                ),
            )
        files = [
            self._kept(path.name, mimetypes.guess_type(path.name)[0] or "", _read(path))
            for path in paths
        ]
        return replace(mail, files=(*mail.files, *files))

    def file(self, kept: KeptFile) -> bytes:
        """The bytes of one that goes along."""
        return self._blobs.get(kept.blob)

    def _kept(self, name: str, kind: str, content: bytes) -> KeptFile:
        blob = self._blobs.put(content)
        return KeptFile(safe_name(name), kind or "application/octet-stream", len(content), blob)

    # --- templates and signatures ---------------------------------------------------------------
    def templates(self, to: str = "") -> list[Template]:
        """The person's own, then those that come with GigDesk, filled in for this recipient."""
        email, shown = _first(to)
        shipped = self._filling.shipped(self._filling.language_for(email), shown)
        return [
            self._filling.filled(each, email, shown)
            for each in (*self._store.templates(), *shipped)
        ]

    def keep_template(self, name: str, subject: str, body: str) -> Changed[Template]:
        """Keep these words under a name, in place of what was kept under it."""
        name = one_line(name)[:80]
        if not name or not body.strip():
            raise Refused(t("A template needs a name and words"), t("Nothing was kept."))
        made = Template(name, one_line(subject), body.strip("\n"), own=True)
        self._store.keep_template(made)
        return Changed(made, TOPICS, t("Template kept: {name}", name=name))

    def remove_template(self, name: str) -> Changed[Template]:
        """Let go of one of the person's own. Undo brings it back."""
        own = (each for each in self._store.templates() if each.name.lower() == name.lower())
        kept = next(own, None)
        if kept is None:
            raise NotFound(t("There is no template “{name}” of yours", name=name))
        self._store.remove_template(name)
        words = t("Template removed: {name}", name=kept.name)
        back = partial(self.keep_template, kept.name, kept.subject, kept.body)
        return Changed(kept, TOPICS, words, back)

    def signature(self, account_id: int) -> str:
        """What stands under the mails of this account."""
        try:
            return self._signature_of(self._accounts.get(account_id))
        except NotFound:
            return ""

    def sign(self, account_id: int, text: str) -> Changed[str]:
        """Set it; empty for none."""
        before = self._store.signature(account_id)
        self._store.keep_signature(account_id, text.strip("\n"))

        def back() -> Changed[str]:
            self._store.keep_signature(account_id, before)
            return Changed(before or "", TOPICS)

        return Changed(text, TOPICS, t("Signature kept"), back)

    def _signature_of(self, account: Account | None) -> str:
        if account is None:
            return ""
        kept = self._store.signature(account.id)
        if kept is not None:
            return kept
        profile = self._filling.profile.get()
        trade = profile.trade if profile.trade != profile.name else ""
        return "\n".join(filter(None, (profile.name, trade)))

    # --- leaving --------------------------------------------------------------------------------
    def send(self, mail: Unsent, at: datetime | None = None) -> Changed[OutboxItem]:
        """Into the outbox, in ten seconds or `at` the chosen instant; gone from what is being written
        in the same transaction. Raises Refused with what is missing. Undo takes it back."""
        self._checked(mail)
        now = self._now()
        earliest = now + _TAKE_BACK
        item = OutboxItem(
            id=OutboxId(0),
            kind="mail",
            to=mail.to.strip(),
            subject=one_line(mail.subject),
            body=mail.body,
            message_id=f"<{uuid.uuid4()}@{self._host(mail)}>",
            state=OutboxState.WAITING,
            due=max(earliest, at) if at else earliest,
            timed=at is not None and at > earliest,
            account=mail.account,
            payload=_payload(mail),
        )
        with self._db.change(TOPICS):
            if mail.id:
                self._store.get(mail.id)  # another window may have sent it
                self._store.remove(mail.id)
            kept = self._outbox.add(item, now)
        return Changed(kept, TOPICS, self._words(kept), partial(self.take_back, kept.id))

    def take_back(self, item_id: int) -> Changed[Unsent]:
        """Out of the outbox, to be written on. Raises Stale when it has left."""
        with self._db.change(TOPICS):
            item = self._outbox.get(item_id)
            self._outbox.take_back(item)
            mail = self._store.keep(_unsent(item), self._now())
        return _goes_on(mail, t("Taken back: {title}", title=mail.title))

    def _checked(self, mail: Unsent) -> None:
        people = [each for field in (mail.to, mail.cc, mail.bcc) for each in read_addresses(field)]
        if not people:
            raise Refused(t("This mail has nobody to go to"), t("Say to whom, then send it."))
        blanks = open_fields(f"{mail.subject}\n{mail.body}")
        if blanks:
            raise Refused(
                t("{blanks} is not filled in", blanks=", ".join(dict.fromkeys(blanks))),
                t("Nothing left. Write what belongs there, or take it out."),
            )

    def _words(self, item: OutboxItem) -> str:
        people = [
            each
            for field in (item.to, item.payload["cc"], item.payload["bcc"])
            for each in read_addresses(field)
        ]
        if item.timed:
            at = item.due.astimezone(self._settings.zone())
            return t("Leaves {day} at {time}", day=f"{at:%d.%m.}", time=f"{at:%H:%M}")
        if len(people) == 1:
            return t("Sent to {name}", name=people[0].shown)
        return n("Sent to {n} person", "Sent to {n} people", len(people))

    def _host(self, mail: Unsent) -> str:
        try:
            account = self._accounts.get(mail.account) if mail.account else None
        except NotFound:
            account = None
        return ascii_domain(account.address.rpartition("@")[2]) if account else "gigdesk.invalid"


def _goes_on(mail: Unsent, words: str = "") -> Changed[Unsent]:
    """It is written on where it was left."""
    return Changed(mail, TOPICS, words, opens=Ref("unsent", mail.id, mail.title))


def typed(people: Iterable[Address]) -> str:
    """Addresses as a field of them holds them."""
    return ", ".join(each.full for each in people)


def _payload(mail: Unsent) -> dict[str, Any]:
    return {
        "cc": mail.cc.strip(),
        "bcc": mail.bcc.strip(),
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.chain),
        "files": [each.as_json() for each in mail.files],
        "mail": mail.mail,
        "written": mail.kind,
    }


def _unsent(item: OutboxItem) -> Unsent:
    payload = item.payload
    return Unsent(
        UnsentId(0),
        payload.get("written", "new"),
        mail=payload.get("mail"),
        account=item.account,
        to=item.to,
        cc=payload.get("cc", ""),
        bcc=payload.get("bcc", ""),
        subject=item.subject,
        body=item.body,
        in_reply_to=payload.get("in_reply_to", ""),
        chain=tuple(payload.get("references", ())),
        files=tuple(KeptFile(**each) for each in payload.get("files", ())),
    )


def _first(to: str) -> tuple[str, str]:
    try:
        people = read_addresses(to)
    except Refused:
        return "", ""
    return (people[0].email, people[0].name) if people else ("", "")


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise Unreadable(t("{name} is no file", name=path.name), t("Nothing was added."))
        return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        t("{name} cannot be read", name=path.name),
        t("Nothing was added. {why}.", why=error.strerror or type(error).__name__),
    )
