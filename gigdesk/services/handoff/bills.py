"""Bills that came by mail: what they say and where it stands, proposed as expenses, kept on one's word."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from gigdesk.domain.errors import Refused, Unreadable
from gigdesk.domain.expenses.records import (
    AMOUNTS,
    DAYS,
    FIELDS,
    BillStanding,
    Expense,
    ReadBill,
    Said,
    number_key,
    supplier_key,
)
from gigdesk.domain.inbox.wording.accounts import accounts_in, masked
from gigdesk.domain.invoices.codes import CURRENCIES
from gigdesk.domain.money import parse_decimal
from gigdesk.domain.proposals import Proposal, ProposalId, ProposalState
from gigdesk.domain.records import Ref
from gigdesk.domain.texts import one_line
from gigdesk.domain.topics import Changed, Topic
from gigdesk.domain.words import money_text, n, t
from gigdesk.services.handoff.room import Read, files_of

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Attachment, Mail
    from gigdesk.domain.ports import BillFiles
    from gigdesk.services.handoff.room import HandoffRoom
    from gigdesk.store.expenses import ExpenseStore

KIND = "expense"
_TYPES = frozenset({"application/pdf", "application/xml", "text/xml"})
_ENDINGS = (".pdf", ".xml")
_WORD_MOST = 200


class BillService:
    """What the person can do with bills they get."""

    topics = Topic.INVOICES | Topic.INBOX

    def __init__(self, room: HandoffRoom, store: ExpenseStore, files: BillFiles) -> None:
        self._room, self._store, self._files = room, store, files
        self._kept = Read[ReadBill | None]()
        room.proposals.does(KIND, self)
        room.proposals.reads(KIND, _no_words)

    # --- looking --------------------------------------------------------------------------------
    def all(self) -> list[Expense]:
        """Every bill that is kept, newest first."""
        return self._store.all()

    def get(self, expense_id: int) -> Expense:
        """One. Raises NotFound."""
        return self._store.get(expense_id)

    @staticmethod
    def concerns(mail: Mail) -> bool:
        """Whether it is worth a look in the child. What one sent oneself is no bill one got."""
        return not mail.mine and bool(files_of(mail, _TYPES, _ENDINGS))

    def of(self, mail: Mail) -> list[BillStanding]:
        """The bills of a mail, those as XML first; a page that shows one of them is not named
        again. Long work: they are read in children."""
        found: list[BillStanding] = []
        for file in sorted(files_of(mail, _TYPES, _ENDINGS), key=_xml_first):
            with suppress(Unreadable):  # it can still be saved and looked at
                read = self._kept.get(mail.id, file.number, partial(self._read, mail, file))
                if read is not None and not _shown_already(read, found):
                    found.append(self._standing(read, file))
        return found

    def _read(self, mail: Mail, file: Attachment) -> ReadBill | None:
        data = self._room.inbox.attachment(mail.id, file.number)
        today = mail.at.astimezone(self._room.settings.zone()).date()
        read = self._files.read(file.name, data, today)
        if read is None or read.structured:
            return read if read and read.get("number") else None
        # A page with no word of a bill on it is some other page.
        if not read.get("gross") and not (read.get("number") and read.get("iban")):
            return None
        sender = one_line(mail.sender.shown)[:_WORD_MOST]
        said = Said(sender, t("Sender of the mail: {sender}", sender=one_line(mail.sender.full)))
        return replace(read, fields={"supplier": said, **read.fields}) if sender else read

    def _standing(self, read: ReadBill, file: Attachment) -> BillStanding:
        supplier, number, iban = read.get("supplier"), read.get("number"), read.get("iban")
        double = self._store.by_number(supplier, number) if supplier and number else None
        earlier, other = self._accounts(supplier, read.get("vat_id"), iban)
        key = _key(supplier, number)
        known = self._room.proposals.of_key(key) if supplier and number else None
        waiting = known if known and known.state is ProposalState.WAITING else None
        return BillStanding(read, file.number, file.name, double, other, earlier, waiting)

    def _accounts(self, supplier: str, vat_id: str, iban: str) -> tuple[int, str]:
        """How many bills of this supplier are here, and the account they had, if it was another."""
        earlier = self._store.of_supplier(supplier, vat_id) if supplier or vat_id else []
        known = [each.iban for each in earlier if each.iban]
        changed = bool(iban and known and iban not in known)
        return len(earlier), known[0] if changed else ""

    # --- proposing ------------------------------------------------------------------------------
    def propose(
        self, mail_id: int, bill: BillStanding, typed: Mapping[str, str] | None = None
    ) -> Changed[Proposal]:
        """Prepare keeping it as an expense; `typed` are the person's own words for fields. Raises
        Refused for what is missing or wrong, and for a bill that is kept already."""
        mail = self._room.inbox.mail(mail_id)
        fields = {**bill.read.fields, **{name: Said(one_line(value)[:_WORD_MOST], t("You wrote it."))
                  for name, value in (typed or {}).items()
                  if one_line(value) != bill.read.get(name)}}  # fmt: skip
        expense = _expense(fields, bill.read.credit)
        double = self._store.by_number(expense.supplier, expense.number)
        if double is not None:
            raise _kept_already(double, self._room)
        data = self._room.inbox.attachment(mail_id, bill.number)
        expense = replace(
            expense, mail=mail_id, file_name=bill.name, file_blob=self._room.blobs.put(data)
        )
        _, other = self._accounts(expense.supplier, expense.vat_id, expense.iban)
        total = money_text(expense.gross, expense.currency)
        proposal = Proposal(
            id=ProposalId(0),
            kind=KIND,
            key=_key(expense.supplier, expense.number),
            title=t("Keep the bill of {supplier}", supplier=expense.supplier),
            about=t("{number}, {total}", number=expense.number, total=total),
            why=" ".join(filter(None, (_why(bill.read, mail), other_account(expense.iban, other)))),
            draft=_lines(fields),
            created=self._room.now(),
            records=(Ref("mail", mail.id, mail.subject),),
            payload={
                "sends": "",
                "mail": mail_id,
                "bill": _json(expense),
                "files": [{"name": bill.name, "blob": expense.file_blob}],
            },
        )
        return self._room.write(partial(self._room.proposals.propose, proposal))

    # --- the person's word ----------------------------------------------------------------------
    def approved(self, proposal: Proposal) -> dict[str, Any]:
        """Keep it. Raises Refused when the same bill is here by now."""
        expense = _from_json(proposal.payload["bill"])
        double = self._store.by_number(expense.supplier, expense.number)
        if double is not None:
            raise _kept_already(double, self._room)
        kept = self._store.add(expense, self._room.now())
        if expense.mail is not None:
            self._room.links.put(expense.mail, KIND, kept.id)
        return {"made": kept.id}

    def taken_back(self, proposal: Proposal) -> None:
        """Out again."""
        made = proposal.payload.get("made")
        if isinstance(made, int):
            self._store.remove(made)
            self._room.links.cut(int(proposal.payload["mail"]), KIND, made)

    def discard(self, expense_id: int) -> Changed[None]:
        """Take a kept one out."""
        gone = self._store.get(expense_id)
        with self._room.db.change(self.topics):
            self._store.remove(expense_id)
            if gone.mail is not None:
                self._room.links.cut(gone.mail, KIND, expense_id)
        words = t("Taken out: {number} of {supplier}", number=gone.number, supplier=gone.supplier)
        return Changed(None, self.topics, words, partial(self._again, gone))

    def _again(self, gone: Expense) -> Changed[Expense]:
        with self._room.db.change(self.topics):
            if self._store.by_number(gone.supplier, gone.number) is not None:
                raise _kept_already(gone, self._room)
            kept = self._store.add(gone, gone.kept_at or self._room.now())
            if gone.mail is not None:
                self._room.links.put(gone.mail, KIND, kept.id)
        return Changed(kept, self.topics)

    def file(self, expense_id: int) -> tuple[str, bytes]:
        """The file a bill came in, and its name."""
        expense = self._store.get(expense_id)
        return expense.file_name, self._room.blobs.get(expense.file_blob)


def other_account(iban: str, before: str) -> str:
    """The warning when a supplier names another account than before; empty when not."""
    if not before:
        return ""
    return t("It names another account than their bills before: {new} instead of {old}. Ask them,"
             " by a way you know, before you pay.", new=masked(iban), old=masked(before))  # fmt: skip


def _no_words(_proposal: Proposal, _words: str) -> Proposal:
    """A bill's words are those of its fields: they are corrected where they stand."""
    raise Refused(
        t("These words are the bill's own"), t("Correct it under its mail, then keep it.")
    )


def _xml_first(file: Attachment) -> tuple[bool, int]:
    return not file.name.lower().endswith(".xml"), file.number


def _shown_already(read: ReadBill, found: list[BillStanding]) -> bool:
    """Whether this is the same bill once more: its page beside its XML."""
    same = any(each.read.get("number") == read.get("number") for each in found)
    return same or (not read.structured and any(each.read.structured for each in found))


def _expense(fields: Mapping[str, Said], credit: bool) -> Expense:
    def said(name: str) -> str:
        return fields[name].value if name in fields else ""

    for name in ("supplier", "number", "gross"):
        if not said(name):
            raise Refused(t("A bill needs its {field}", field=FIELDS[name]().lower()),
                          t("Write it in, then keep the bill."))  # fmt: skip
    currency = said("currency").upper()
    if currency not in CURRENCIES:
        raise Refused(t("“{code}” is no currency", code=currency), t("Three letters such as EUR."))
    iban = next(iter(accounts_in(said("iban"))), "")
    if said("iban") and not iban:
        raise Refused(
            t("“{iban}” is no IBAN", iban=said("iban")), t("Correct it, or leave it out.")
        )
    amounts = {name: _amount(said(name), name) for name in AMOUNTS}
    days = {name: _day(said(name), name) for name in DAYS}
    gross = amounts["gross"]
    assert gross is not None
    return Expense(
        said("supplier")[:_WORD_MOST], said("number")[:60], currency, gross, amounts["net"],
        amounts["tax"], days["issued"], days["due"], iban, said("vat_id")[:30], credit,
        {name: each.words[:300] for name, each in fields.items() if each.value},
    )  # fmt: skip


def _amount(value: str, name: str) -> Decimal | None:
    return parse_decimal(value, FIELDS[name]()) if value else None


def _day(value: str, name: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(t("{what} “{value}” is no day", what=FIELDS[name](), value=value[:40]),
                      t("Write it like 2026-11-30."))  from None  # fmt: skip


def _kept_already(double: Expense, room: HandoffRoom) -> Refused:
    day = double.kept_at.astimezone(room.settings.zone()).date() if double.kept_at else ""
    return Refused(
        t("{number} of {supplier} is kept already", number=double.number,
          supplier=double.supplier),
        t("Since {day}. Nothing was kept twice.", day=day),
    )  # fmt: skip


def _key(supplier: str, number: str) -> str:
    said = f"{supplier_key(supplier)}\n{number_key(number)}"
    return f"{KIND}:{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _why(read: ReadBill, mail: Mail) -> str:
    who = mail.sender.shown
    if read.structured:
        return t("{who} sent it. Read from the data inside ({form}).", who=who, form=read.form)
    count = len(read.fields)
    return n("{who} sent it. {n} field is quoted from its pages.",
             "{who} sent it. {n} fields are quoted from its pages.", count, who=who)  # fmt: skip


def _lines(fields: Mapping[str, Said]) -> str:
    return "\n".join(
        f"{say()}: {fields[name].value}  ← {fields[name].words}"
        for name, say in FIELDS.items()
        if name in fields and fields[name].value
    )


def _json(expense: Expense) -> dict[str, Any]:
    return {
        **{name: getattr(expense, name) for name in (
            "supplier", "number", "currency", "iban", "vat_id", "credit", "file_name",
            "file_blob", "mail")},
        **{name: _plain(getattr(expense, name)) for name in (*AMOUNTS, *DAYS)},
        "sources": dict(expense.sources),
    }  # fmt: skip


def _from_json(data: Mapping[str, Any]) -> Expense:
    amounts = {name: Decimal(data[name]) if data[name] else None for name in AMOUNTS}
    days = {name: date.fromisoformat(data[name]) if data[name] else None for name in DAYS}
    rest = {name: value for name, value in data.items() if name not in {*AMOUNTS, *DAYS}}
    return Expense(**rest, **amounts, **days)  # type: ignore[arg-type]


def _plain(value: Decimal | date | None) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()
