"""Rows of mail to records of the domain and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from gigdesk.domain.inbox.leaving import Exits
from gigdesk.domain.inbox.mails import (
    Address,
    Attachment,
    Label,
    Mail,
    MailId,
    MailLine,
    Note,
    ParsedMail,
    Section,
    Thread,
    ThreadId,
)

STAMP_BITS = 20
_LATEST = 253402300799  # the year 9999

LINE = (
    "m.id, m.thread, m.sender_name, m.sender, m.recipients, m.subject, m.date, m.stamp, m.snippet,"
    " m.label, m.reasons, m.unread, m.attachments, m.broken"
)


def seconds_of(at: datetime) -> int:
    """The second of an instant, within what a stamp can hold."""
    return min(max(int(at.timestamp()), 0), _LATEST)


def instant_of(stamp: int) -> datetime:
    """When a stamp is."""
    return datetime.fromtimestamp(stamp >> STAMP_BITS, UTC)


json_of: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False).encode


def note_of(words: str | None) -> Note | None:
    """A single note, as the store holds it."""
    return Note(*json.loads(words)) if words else None


def addresses_json(found: Iterable[Address]) -> str:
    """Addresses as the store holds them."""
    return json_of([[each.name, each.email] for each in found])


def addresses_of(words: str) -> tuple[Address, ...]:
    """And back."""
    return tuple(Address(name, email) for name, email in json.loads(words))


def notes_json(notes: Iterable[Note]) -> str:
    """Notes or reasons as the store holds them."""
    return json_of([[each.code, each.detail] for each in notes])


def notes_of(words: str) -> tuple[Note, ...]:
    """And back."""
    return tuple(Note(code, detail) for code, detail in json.loads(words)) if words != "[]" else ()


def details_json(mail: ParsedMail) -> str:
    """What of a mail is only read when it is opened."""
    return json_of(
        {
            "cc": [[each.name, each.email] for each in mail.cc],
            "reply_to": [[each.name, each.email] for each in mail.reply_to],
            "references": mail.references or mail.in_reply_to,
            "notes": [[each.code, each.detail] for each in mail.notes],
            "list": mail.list_id,
            "signs": [[each.code, each.detail] for each in mail.signs],
            "exits": [mail.exits.url, mail.exits.mailto, mail.exits.one_click],
            **({"far": mail.far, "trackers": mail.trackers} if mail.far or mail.trackers else {}),
        }
    )


def packed(html: str) -> bytes | None:
    """HTML as the store holds it."""
    return zlib.compress(html.encode(), 1) if html else None


def unpacked(data: bytes | None) -> str:
    """And back."""
    return zlib.decompress(data).decode() if data else ""


def line_of(row: tuple[Any, ...]) -> MailLine:
    """A row of LINE."""
    return MailLine(
        id=MailId(row[0]),
        thread=ThreadId(row[1]),
        sender=Address(row[2], row[3]),
        to=addresses_of(row[4]),
        subject=row[5],
        date=datetime.fromisoformat(row[6]) if row[6] else None,
        at=instant_of(row[7]),
        snippet=row[8],
        label=Label(row[9], notes_of(row[10])),
        unread=bool(row[11]),
        attachments=row[12],
        broken=row[13] is not None,
    )


def thread_of(row: Mapping[str, Any]) -> Thread:
    """A row of threads."""
    return Thread(
        id=ThreadId(row["id"]),
        subject=row["subject"],
        people=row["people"],
        snippet=row["snippet"],
        at=instant_of(row["last"]),
        count=row["count"],
        unread=row["unread"],
        attachments=bool(row["attachments"]),
        label=Label(row["label"], notes_of(row["reasons"])),
        section=Section(row["section"]),
        mine_last=bool(row["mine_last"]),
        broken=bool(row["broken"]),
        put_away=bool(row["put_away"]),
        own=bool(row["own"]),
        version=row["version"],
    )


def mail_of(row: Mapping[str, Any], attachments: tuple[Attachment, ...]) -> Mail:
    """A row of messages joined with its body."""
    details = json.loads(row["details"])
    return Mail(
        id=MailId(row["id"]),
        thread=ThreadId(row["thread"]),
        message_id=row["message_id"],
        sender=Address(row["sender_name"], row["sender"]),
        to=addresses_of(row["recipients"]),
        cc=tuple(Address(*each) for each in details["cc"]),
        reply_to=tuple(Address(*each) for each in details["reply_to"]),
        subject=row["subject"],
        date=datetime.fromisoformat(row["date"]) if row["date"] else None,
        at=instant_of(row["stamp"]),
        text=row["text"],
        html=unpacked(row["html"]),
        snippet=row["snippet"],
        attachments=attachments,
        notes=tuple(Note(*each) for each in details["notes"]),
        label=Label(row["label"], notes_of(row["reasons"])),
        unread=bool(row["unread"]),
        flagged=bool(row["flagged"]),
        mine=bool(row["mine"]),
        bulk=bool(row["bulk"]),
        source=row["source"],
        references=tuple(details["references"]),
        broken=note_of(row["broken"]),
        version=row["version"],
        signs=tuple(Note(*each) for each in details.get("signs", ())),
        exits=Exits(*details.get("exits", ())),
        far=tuple(details.get("far", ())),
        trackers=details.get("trackers", 0),
    )
