"""One raw mail to a ParsedMail, whatever the mail is: capped, tolerant, in linear time."""

from __future__ import annotations

import hashlib
import re
from email import message_from_bytes
from email.message import Message

from gigdesk.domain.inbox.leaving import exits_of
from gigdesk.domain.inbox.links import host_of
from gigdesk.domain.inbox.mails import Address, Note, ParsedMail
from gigdesk.domain.inbox.wording.reading import read
from gigdesk.worker.mail_reader.addresses import addresses
from gigdesk.worker.mail_reader.bodies import Bodies, read_bodies
from gigdesk.worker.mail_reader.headers import Headers, date_of, message_ids
from gigdesk.worker.mail_reader.letters import decoded, header_text
from gigdesk.worker.mail_reader.plain import snippet_of
from gigdesk.worker.mail_reader.signs import signs_of

LARGEST = 64 * 1024 * 1024
HEADER_LARGEST = 64 * 1024
MOST_PARTS = 1000
_TEXT_LARGEST = 1_000_000
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\";\r\n]{1,200})", re.I)
_END = re.compile(rb"\r?\n\r?\n|\r\r")
_FIELD = re.compile(rb"^[!-9;-~]+[ \t]*:", re.M)
_WHOLE_FIELD = re.compile(r"[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BULK = re.compile(r"^\s*(?:bulk|list|junk)\b", re.I)
_SERIOUS = frozenset(
    "from to cc bcc subject date received return-path message-id mime-version content-type x-mailer"
    " delivered-to reply-to sender in-reply-to references delivery-date x-uid status".split()
)


def parsed(raw: bytes) -> ParsedMail:
    """Read one mail. What cannot be read comes back as broken, with its reason."""
    try:
        return _parsed(raw)
    except RecursionError:
        return broken(raw, Note("too deep"))
    except MemoryError:
        return broken(raw, Note("memory"))
    except Exception as error:  # noqa: BLE001 - whatever a mail does, it becomes a row
        return broken(raw, Note("failed", type(error).__name__))


def broken(raw: bytes, reason: Note) -> ParsedMail:
    """The row of a mail that cannot be read: its reason, and what its header still tells."""
    key = hashlib.blake2b(raw, digest_size=16).digest()
    head = raw[:8192]
    end = _END.search(head)
    try:
        headers = Headers(message_from_bytes(head[: end.start()] if end else head))
        sender = addresses(headers.raw("from")[:2000])[0][:1]
        return ParsedMail(
            key=key,
            sender=sender[0] if sender else Address(),
            subject=headers.text("subject", 300),
            date=date_of(headers.raw("date")),
            received=headers.received(),
            text=decoded(head)[0],
            broken=reason,
        )
    except Exception:  # noqa: BLE001 - then nothing of it can be told
        return ParsedMail(key=key, text=decoded(head)[0], broken=reason)


def message_of(raw: bytes) -> tuple[Message, list[Note]]:
    """The mail as a tree of parts, cut to the caps first."""
    notes: list[Note] = []
    raw = raw.lstrip(b"\r\n")
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    raw = _short_header(raw, notes)
    raw = _few_parts(raw, notes)
    return _tree(raw), notes


def _tree(raw: bytes) -> Message:
    """The tree of parts. The body of a mail that has none is taken as it stands: the parser, which
    looks for parts line by line, would give the same, but in twice the time of all the rest."""
    end = _END.search(raw)
    message = _head(raw[: end.start()]) if end and end[0] != b"\r\r" else None
    if end is None or message is None:
        return message_from_bytes(raw)
    if message.get_content_maintype() in {"multipart", "message"}:
        return message_from_bytes(raw)
    message.set_payload(raw[end.end() :].decode("ascii", "surrogateescape"))
    return message


def _head(raw: bytes) -> Message | None:
    """The header of a mail as the parser reads it, if it is nothing but whole fields."""
    head = raw.decode("ascii", "surrogateescape")
    message = Message()
    at = 0
    for found in _WHOLE_FIELD.finditer(head):
        if found.start() != at:
            return None
        message.set_raw(*message.policy.header_source_parse([found[0]]))
        at = found.end()
    return message if at == len(head) else None


def _parsed(raw: bytes) -> ParsedMail:
    if not raw.strip():
        return broken(raw, Note("empty"))
    if len(raw) > LARGEST:
        return broken(raw, Note("too large", f"{len(raw) // 1_000_000} MB"))
    message, notes = message_of(raw)
    headers = Headers(message)
    if not any(name in headers for name in _SERIOUS):
        return broken(raw, Note("not mail"))
    bodies = read_bodies(message, headers, notes)
    return _mail(raw, headers, bodies, notes)


def _mail(raw: bytes, headers: Headers, bodies: Bodies, notes: list[Note]) -> ParsedMail:
    sender = _sender(headers)
    to, many = addresses(headers.all("to"))
    cc, more = addresses(headers.all("cc"))
    if many or more:
        notes.append(Note("addresses"))
    reply_to = addresses(headers.raw("reply-to")[:20000], 50)[0]
    subject = headers.text("subject")
    date_raw = headers.text("date", 200)
    date = date_of(headers.raw("date"))
    if date is None and date_raw:
        notes.append(Note("date", date_raw[:60]))
    if len(bodies.text) > _TEXT_LARGEST:
        notes.append(Note("text"))
    auto = headers.raw("auto-submitted").strip().lower()
    listed = _list_name(headers)
    automatic = (auto != "" and not auto.startswith("no")) or "x-autoreply" in headers
    bulk = bool(listed) or "list-unsubscribe" in headers or _BULK.match(headers.raw("precedence"))
    _warn(sender, reply_to, subject, bool(bulk), notes)
    _warn_of_bodies(bodies, notes)
    ids = message_ids(headers.raw("message-id"))
    return ParsedMail(
        key=_key(raw, headers),
        message_id=ids[0] if ids else "",
        in_reply_to=message_ids(headers.raw("in-reply-to"))[:5],
        references=message_ids(headers.all("references")),
        sender=sender,
        to=to,
        cc=cc,
        reply_to=reply_to,
        subject=subject,
        date=date,
        date_raw=date_raw,
        received=headers.received(),
        text=bodies.text[:_TEXT_LARGEST],
        html=bodies.html,
        snippet=snippet_of(bodies.text),
        attachments=tuple(bodies.attachments),
        notes=tuple(dict.fromkeys(notes)),
        list_id=listed,
        unsubscribe="list-unsubscribe" in headers,
        bulk=bool(bulk),
        automatic=automatic,
        invitation=bodies.invitation,
        unread=_unread(headers),
        signs=signs_of(headers, sender.email),
        exits=exits_of(headers.all("list-unsubscribe"), headers.raw("list-unsubscribe-post")),
        far=bodies.far,
        trackers=bodies.trackers,
        said=read(subject, bodies.text),
    )


def _short_header(raw: bytes, notes: list[Note]) -> bytes:
    end = _END.search(raw)
    stop = end.start() if end else len(raw)
    if stop <= HEADER_LARGEST:
        return raw
    notes.append(Note("header"))
    cut = raw.rfind(b"\n", 0, HEADER_LARGEST)
    kept = raw[: cut if cut > 0 else HEADER_LARGEST]
    return kept + b"\r\n\r\n" + (raw[end.end() :] if end else b"")


def _few_parts(raw: bytes, notes: list[Note]) -> bytes:
    """Cut at the part that is one too many, before anything walks over them."""
    if raw.count(b"\n--") <= MOST_PARTS:
        return raw
    marks = {b"\n--" + each.strip() for each in _BOUNDARY.findall(raw[:2_000_000])[:5000]}
    marks = {each for each in marks if len(each) > 3}
    if not marks:
        return raw
    longest = sorted(marks, key=len, reverse=True)[:200]
    lines = re.compile(b"|".join(re.escape(each) for each in longest))
    for seen, found in enumerate(lines.finditer(raw)):
        if seen >= MOST_PARTS:
            notes.append(Note("parts"))
            return raw[: found.start()]
    return raw


def _sender(headers: Headers) -> Address:
    for name in ("from", "sender", "return-path"):
        found = addresses(headers.raw(name)[:20000], 5)[0]
        if found:
            return next((each for each in found if each.email), found[0])
    return Address()


def _list_name(headers: Headers) -> str:
    raw = headers.text("list-id", 300)
    if not raw:
        return ""
    name, _, rest = raw.partition("<")
    return (name.strip(" \"'") or rest.partition(">")[0]).strip()[:80] or raw[:80]


def _unread(headers: Headers) -> bool | None:
    if "x-mozilla-status" in headers:
        try:
            return not int(headers.raw("x-mozilla-status").strip()[:8], 16) & 1
        except ValueError:
            return None
    if "x-gmail-labels" in headers:
        return "unread" in headers.text("x-gmail-labels").lower()
    return "R" not in headers.raw("status")[:20] if "status" in headers else None


def _warn(sender: Address, reply_to: tuple[Address, ...], subject: str, bulk: bool, notes: list[Note]) -> None:  # fmt: skip
    named = re.search(r"[\w.+-]+@([\w-]+\.)+\w+", sender.name)
    if named and named[0].lower() != sender.email.lower():
        notes.append(Note("name", named[0][:120]))
    if reply_to and sender.email and not bulk:
        ours = _domain(sender.email)
        others = [each.email for each in reply_to if each.email and _domain(each.email) != ours]
        if others:
            notes.append(Note("reply", others[0][:120]))
    if _BIDI.search(sender.name) or _BIDI.search(subject):
        notes.append(Note("bidi"))


def _domain(email: str) -> str:
    host = host_of("mail://" + email.rpartition("@")[2])
    return ".".join(host.split(".")[-2:])


def _warn_of_bodies(bodies: Bodies, notes: list[Note]) -> None:
    if bodies.remote:
        notes.append(Note("remote", str(bodies.remote)))
    notes.extend(Note("link", place) for place in bodies.other_places)


def _key(raw: bytes, headers: Headers) -> bytes:
    """What two copies of one mail have in common: id, date, sender, subject and body, however their
    lines end and whatever was written above them on the way."""
    end = _END.search(raw)
    body = raw[end.end() :] if end else b""
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n")
    body = body.replace(b"\n>From ", b"\nFrom ").strip()
    if body.startswith(b">From "):
        body = body[1:]
    digest = hashlib.blake2b(body, digest_size=16)
    for name in ("message-id", "date", "from", "subject"):
        value = header_text(headers.raw(name))
        digest.update(b"\0" + value.encode("utf-8", "replace"))
    return digest.digest()
