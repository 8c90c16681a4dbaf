"""One letter of the sample as the bytes a mail server would deliver (RFC 5322)."""

from __future__ import annotations

import hashlib
from base64 import encodebytes
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from time import asctime

Person = tuple[str, str]  # name, address

_PLAIN = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written, by whom, when; and what hangs on it."""

    sender: Person
    to: Person
    subject: str
    text: str
    at: datetime
    id: str = ""
    answers: tuple[str, ...] = ()
    read: bool = True
    html: str = ""
    calendar: str = ""
    file: tuple[str, bytes] | None = None
    headers: tuple[str, ...] = ()


def message_id(sender: Person, *seed: object) -> str:
    """An id that the same desk gets again."""
    digest = hashlib.blake2b(repr(seed).encode(), digest_size=10).hexdigest()
    return f"<{digest}@{sender[1].partition('@')[2]}>"


def written(letter: Letter) -> bytes:
    """The letter's bytes."""
    head = [
        f"From: {_address(letter.sender)}",
        f"To: {_address(letter.to)}",
        f"Subject: {_word(letter.subject)}",
        f"Date: {format_datetime(letter.at)}",
        f"Message-ID: {letter.id}",
        "MIME-Version: 1.0",
        *letter.headers,
    ]
    if letter.answers:
        head.append(f"In-Reply-To: {letter.answers[-1]}")
        head.append("References: " + "\n ".join(letter.answers))
    if letter.read:
        head.append("Status: RO")
    return ("\n".join(head) + "\n" + _body(letter)).encode("utf-8")


def mbox(letters: list[Letter]) -> bytes:
    """All of them in one file, lines that begin with `From ` quoted reversibly."""
    found = []
    for letter in letters:
        at = letter.at.astimezone(UTC)
        found.append(
            b"From %s %s\n" % (letter.sender[1].encode(), asctime(at.timetuple()).encode())
        )
        found.append(b"\n".join(_quoted(line) for line in written(letter).split(b"\n")))
        found.append(b"\n\n")
    return b"".join(found)


def little_pdf(words: str) -> bytes:
    """One page with one line, for what a mail carries."""
    safe = (
        words.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    )
    drawn = b"BT /F1 18 Tf 72 760 Td (%s) Tj ET" % safe
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out + b"xref\n0 6\n0000000000 65535 f \n" + table
        + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    )  # fmt: skip


def _body(letter: Letter) -> str:
    inner = _text(letter)
    if letter.file is None:
        return inner
    name, content = letter.file
    edge = _edge(letter, "mixed")
    attached = (
        f'Content-Type: {_type(name)}; name="{name}"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="{name}"\n\n{encodebytes(content).decode()}'
    )
    return _parts("mixed", edge, [inner, attached])


def _text(letter: Letter) -> str:
    plain = f"{_PLAIN}\n\n{letter.text}\n"
    edge = _edge(letter, "alternative")
    if letter.html:
        page = f"{_PLAIN.replace('plain', 'html')}\n\n{letter.html}\n"
        return _parts("alternative", edge, [plain, page])
    if letter.calendar:
        invitation = (
            "Content-Type: text/calendar; charset=utf-8; method=REQUEST\n"
            f"Content-Transfer-Encoding: 8bit\n\n{letter.calendar}"
        )
        return _parts("alternative", edge, [plain, invitation])
    return plain


def _parts(kind: str, edge: str, parts: list[str]) -> str:
    inner = "".join(f"--{edge}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{edge}"\n\n{inner}--{edge}--\n'


def _edge(letter: Letter, kind: str) -> str:
    return f"{kind}-{letter.id.strip('<>').partition('@')[0]}"


def _type(name: str) -> str:
    return "application/pdf" if name.endswith(".pdf") else "application/octet-stream"


def _address(person: Person) -> str:
    name, email = person
    shown = f'"{name}"' if name.isascii() else _word(name)
    return f"{shown} <{email}>"


def _word(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8").encode(linesep="\n")


def _quoted(line: bytes) -> bytes:
    return b">" + line if line.lstrip(b">").startswith(b"From ") else line
