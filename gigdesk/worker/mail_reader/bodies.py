"""The parts of a mail: its words, its HTML, its files."""

from __future__ import annotations

import binascii
import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from gigdesk.domain.inbox.mails import Attachment, Note
from gigdesk.domain.inbox.names import hides_its_kind, safe_name
from gigdesk.worker.mail_reader.headers import Headers, content_type, disposition
from gigdesk.worker.mail_reader.letters import (
    base64_bytes,
    codec_of,
    decoded,
    header_text,
    uu_bytes,
)
from gigdesk.worker.mail_reader.markup import Cleaned, sanitised
from gigdesk.worker.mail_reader.plain import text_of
from gigdesk.worker.mail_reader.tnef import Wrapped, is_wrapped, unwrapped

DEEPEST = 50
MOST_PARTS = 1000
_META = re.compile(rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_ENDINGS = {
    "text/calendar": "ics", "message/rfc822": "eml", "text/html": "html", "text/plain": "txt",
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "application/pdf": "pdf",
    "application/pgp-signature": "asc", "application/pkcs7-signature": "p7s", "text/vcard": "vcf",
    "application/ms-tnef": "dat", "message/delivery-status": "txt", "text/x-vcard": "vcf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of the tree of parts."""

    message: Message
    headers: Headers
    type: str
    parameters: dict[str, str]
    name: str
    attached: bool


@dataclass(slots=True)
class Bodies:
    """What the parts of a mail hold together."""

    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    remote: int = 0
    other_places: tuple[str, ...] = ()
    invitation: bool = False
    far: tuple[str, ...] = ()
    trackers: int = 0


@dataclass(slots=True)
class _View:
    text: str = ""
    html: str = ""  # only where the mail itself gave HTML


class _Walk:
    """One walk over the tree, counting what it meets."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.parts = 0
        self.files: list[Part] = []
        self.cleaned: list[Cleaned] = []

    def note(self, code: str, detail: str = "") -> None:
        self.notes.append(Note(code, detail))

    def view(self, message: Message, depth: int, *, root: bool = False) -> list[_View]:
        """What this part shows, in its order; what it attaches goes to `files`."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            self.note("parts")
            return []
        headers = Headers(message)
        kind, settings = content_type(headers)
        if kind.startswith("multipart/") and message.is_multipart():
            return self._branch(message, kind, depth)
        part = _part(message, headers, kind, settings)
        return self._leaf(part, root=root)

    def _branch(self, message: Message, kind: str, depth: int) -> list[_View]:
        if depth >= DEEPEST:
            self.note("depth")
            return []
        branches = [self.view(each, depth + 1) for each in message.get_payload()
                    if isinstance(each, Message)]  # fmt: skip
        if kind != "multipart/alternative":
            return [view for branch in branches for view in branch]
        views = [view for branch in branches for view in branch]
        plain = next((v.text for v in views if v.text.strip() and not v.html), "")
        rich = next((v for v in reversed(views) if v.html), None)
        if rich is None:
            return views[:1]
        return [_View(plain or rich.text, rich.html)]

    def _leaf(self, part: Part, *, root: bool) -> list[_View]:
        if part.type.startswith("multipart/"):
            self.note("multipart")
            return [_View(self._words(part))]
        if part.type == "text/calendar" or part.attached or not part.type.startswith("text/"):
            self.files.append(part)
            if not (root and part.type.startswith("text/") and part.type != "text/calendar"):
                return []
        if part.type == "text/html":
            done = sanitised(self._words(part), sum(len(each.far) for each in self.cleaned))
            self.cleaned.append(done)
            if done.cut:
                self.note("html")
            return [_View(text_of(done.html), done.html)]
        return [_View(self._words(part))]

    def _words(self, part: Part) -> str:
        data, whole = payload(part)
        if not whole:
            self.note("encoding", part.type)
        charset = part.parameters.get("charset", "")
        if part.type == "text/html" and not codec_of(charset):
            meta = _META.search(data[:4000])
            charset = meta[1].decode("ascii", "replace") if meta else charset
        text, fits = decoded(data, charset)
        if charset and not codec_of(charset):
            self.note("charset", charset[:40])
        elif charset and not fits:
            self.note("encoding", part.type)
        return text.replace("\r\n", "\n")


def read_bodies(message: Message, headers: Headers, notes: list[Note]) -> Bodies:
    """Read all parts of a mail."""
    walk = _Walk(notes)
    views = walk.view(message, 0, root=True)
    done = Bodies(text="\n\n".join(v.text.strip("\n") for v in views if v.text.strip()))
    if any(view.html for view in views):
        done.html = "<hr>".join(
            v.html or _as_html(v.text) for v in views if v.html or v.text.strip()
        )
    done.remote = sum(each.remote for each in walk.cleaned)
    done.other_places = tuple(place for each in walk.cleaned for place in each.other_places)
    done.far = tuple(place for each in walk.cleaned for place in each.far)
    done.trackers = sum(each.trackers for each in walk.cleaned)
    for number, part in enumerate(walk.files, 1):
        done.attachments.append(_attachment(number, part, notes))
        method = part.parameters.get("method", "").upper()
        done.invitation |= part.type == "text/calendar" and method in {"REQUEST", "CANCEL", "COUNTER", "ADD", ""}  # fmt: skip
    _unwrap(done, walk, notes)
    if "content-class" in headers and "calendarmessage" in headers.raw("content-class"):
        done.invitation = True
    return done


def file_of(message: Message, number: int) -> tuple[str, str, bytes] | None:
    """Name, type and bytes of the attachment `read_bodies` gave this number."""
    walk = _Walk([])
    walk.view(message, 0, root=True)
    if number <= len(walk.files):
        part = walk.files[number - 1] if number > 0 else None
        return (part.name, part.type, payload(part)[0]) if part else None
    inner = [file for each in _wrapped(walk.files) for file in each.files]
    at = number - len(walk.files) - 1
    return inner[at] if at < len(inner) else None


def _wrapped(parts: list[Part]) -> Iterator[Wrapped]:
    for part in parts:
        if is_wrapped(part.type, part.name):
            yield unwrapped(payload(part)[0])


def _unwrap(done: Bodies, walk: _Walk, notes: list[Note]) -> None:
    """What lies in a winmail.dat stands among the files as well; its words count where the mail has
    none of its own."""
    for each in _wrapped(walk.files):
        for name, kind, data in each.files:
            done.attachments.append(_file(len(done.attachments) + 1, name, kind, data, notes))
        if done.text.strip() or done.html:
            continue
        done.text = each.text
        if each.html:
            cleaned = sanitised(each.html)
            done.html, done.far, done.trackers = cleaned.html, tuple(cleaned.far), cleaned.trackers
            done.remote += cleaned.remote
            done.text = done.text or text_of(cleaned.html)


def payload(part: Part) -> tuple[bytes, bool]:
    """A leaf's bytes, its transfer encoding undone as far as it can be, and whether it was whole."""
    message = part.message
    if message.is_multipart():
        inner = message.get_payload(0)
        return (inner.as_bytes() if isinstance(inner, Message) else b""), True
    # get_payload() puts � where bytes do not fit the charset that the mail names.
    raw = message._payload  # type: ignore[attr-defined]
    data = raw.encode("ascii", "surrogateescape") if isinstance(raw, str) and _plain(raw) else _bytes(raw)  # fmt: skip
    match part.headers.raw("content-transfer-encoding").strip().lower().strip("\"'"):
        case "base64":
            return base64_bytes(data)
        case "quoted-printable":
            return binascii.a2b_qp(data), True
        case "x-uuencode" | "uuencode" | "uue" | "x-uue":
            return uu_bytes(data), True
    return data, True


def _plain(raw: str) -> bool:
    return raw.isascii() or all(c < "\x80" or "\udc80" <= c <= "\udcff" for c in raw)


def _bytes(raw: object) -> bytes:
    return raw.encode("utf-8", "replace") if isinstance(raw, str) else b""


def _part(message: Message, headers: Headers, kind: str, settings: dict[str, str]) -> Part:
    placed, more = disposition(headers)
    name = more.get("filename") or settings.get("name", "")
    attached = placed == "attachment" or (bool(name) and kind != "text/html") or kind.startswith("message/")  # fmt: skip
    if placed == "inline" and kind == "text/plain" and not name:
        attached = False
    return Part(message, headers, kind, settings, name, attached)


def _attachment(number: int, part: Part, notes: list[Note]) -> Attachment:
    try:
        data, whole = payload(part)
    except Exception:  # noqa: BLE001 - a nested mail that cannot be written again
        data, whole = b"", False
    if not whole:
        notes.append(Note("encoding", part.type))
    cid = header_text(part.headers.raw("content-id")[:1000]).strip("<> ")[:300]
    name = part.name or _made_name(number, part)
    return _file(number, name, part.type, data, notes, cid)


def _file(
    number: int, said: str, kind: str, data: bytes, notes: list[Note], cid: str = ""
) -> Attachment:
    name = safe_name(said)
    if hides_its_kind(name):
        notes.append(Note("attachment", name))
    if any(c in said for c in "\u202e\u202d\u2066\u2067\u2068"):
        notes.append(Note("bidi"))
    return Attachment(
        number,
        name,
        kind,
        len(data),
        hashlib.sha256(data).hexdigest(),
        cid,
        inline=bool(cid) and kind.startswith("image/"),
    )


def _made_name(number: int, part: Part) -> str:
    ending = _ENDINGS.get(part.type) or re.sub(r"\W", "", part.type.partition("/")[2])[:8] or "bin"
    if part.type == "message/rfc822" and part.message.is_multipart():
        inner = part.message.get_payload(0)
        if isinstance(inner, Message):
            subject = Headers(inner).text("subject", 80)
            return f"{subject or number}.eml"
    stem = "invitation" if part.type == "text/calendar" else f"part-{number}"
    return f"{stem}.{ending}"


def _as_html(text: str) -> str:
    return "<p>" + html.escape(text.strip()).replace("\n", "<br>") + "</p>"
