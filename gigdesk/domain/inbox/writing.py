"""A mail that leaves, as the bytes a server takes: headers nobody can inject into, bodies any server
can carry.

The header block is written here, line by line. The standard library's folding encodes long ids and
the commas between addresses (CVE-2025-1795), which breaks threads or addresses somebody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from gigdesk.domain.errors import Refused
from gigdesk.domain.inbox.mails import Address
from gigdesk.domain.inbox.names import safe_name
from gigdesk.domain.words import t

REFERENCES_MOST = 40
RECIPIENTS_MOST = 100
_SUBJECT_LONGEST = 400
_NAME_LONGEST = 120
_LINE = 76
# Bodies are written so that every server can carry them, whatever it says it can.
_SEVEN_BITS = SMTP.clone(cte_type="7bit")
_BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]{1,64}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,400}>")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,100}")
_JOINERS = "\u200c\u200d"  # they shape words and pictures, and turn nothing around


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail. `method` is a calendar file's: REPLY, REQUEST …"""

    name: str
    type: str
    content: bytes = field(repr=False)
    method: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything a mail that leaves is made of. `automatic` marks an automatic answer."""

    message_id: str
    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    date: datetime
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    automatic: bool = False


def written(mail: Outgoing) -> bytes:
    """The mail as everybody who gets it sees it: without the hidden recipients. Raises Refused when
    an address cannot be one."""
    lines = [
        ("Date", format_datetime(mail.date)),
        ("From", _addresses([mail.sender])),
        ("To", _addresses(mail.to) or ("" if mail.cc else "undisclosed-recipients:;")),
        ("Cc", _addresses(mail.cc)),
        ("Subject", _words(one_line(mail.subject)[:_SUBJECT_LONGEST], "Subject")),
        ("Message-ID", _ids([mail.message_id])),
        ("In-Reply-To", _ids([mail.in_reply_to])),
        ("References", _ids(mail.references[-REFERENCES_MOST:])),
        ("Auto-Submitted", "auto-replied" if mail.automatic else ""),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in lines if value)
    # Only an address may hold more than ASCII, and only where the server offers it.
    return head.encode("utf-8") + _body(mail)


def sent_copy(raw: bytes, bcc: Sequence[Address]) -> bytes:
    """The same for the sender's own folder, where the hidden recipients stand."""
    return f"Bcc: {_addresses(bcc)}\r\n".encode() + raw if bcc else raw


def recipients(mail: Outgoing) -> tuple[str, ...]:
    """Whom the server is told, each once, as it is told them. Raises Refused when there is nobody,
    or an address cannot be one."""
    found: dict[str, str] = {}
    for each in (*mail.to, *mail.cc, *mail.bcc):
        address = mailbox(each.email)
        found.setdefault(address.casefold(), address)
    if not found:
        raise Refused(t("This mail has nobody to go to"), t("Say to whom, then send it."))
    if len(found) > RECIPIENTS_MOST:
        raise Refused(
            t("It names more than {n} people", n=RECIPIENTS_MOST),
            t("Nothing left. Send it in parts, or by a list."),
        )
    return tuple(found.values())


def mailbox(email: str) -> str:
    """An address as servers are told it, its domain in ASCII. Raises Refused."""
    local, at, domain = email.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or _hidden(local) or _dotted_wrong(local):
        raise _no_address(email)
    return f"{local}@{ascii_domain(domain)}"


def ascii_domain(domain: str) -> str:
    """A domain as the name service knows it (UTS 46, not transitional). Raises Refused."""
    labels = [_label(each) for each in unicodedata.normalize("NFKC", domain).lower().split(".")]
    whole = ".".join(labels)
    if len(labels) < 2 and whole != "localhost":
        raise _no_address(domain)
    if not all(_LABEL.fullmatch(each) for each in labels) or len(whole) > 253:
        raise _no_address(domain)
    return whole


def beyond_ascii(mail: Outgoing) -> bool:
    """Whether it needs a server that takes addresses beyond ASCII (SMTPUTF8)."""
    return not all(
        mailbox(each.email).isascii() for each in (mail.sender, *mail.to, *mail.cc, *mail.bcc)
    )


def read_addresses(typed: str) -> tuple[Address, ...]:
    """What a person typed into a field of addresses: `Ada <a@x.example>, b@y.example`. Raises
    Refused with the piece that is no address."""
    found: dict[str, Address] = {}
    for piece in _pieces(typed):
        name, angle, rest = piece.rpartition("<")
        email = rest.partition(">")[0].strip() if angle else piece
        mailbox(email)
        address = Address(one_line(name.strip().strip('"')), email)
        found.setdefault(email.casefold(), address)
    return tuple(found.values())


def valid_id(message_id: str) -> str:
    """A message id with its brackets, as headers hold it; empty when it cannot stand in one."""
    own = message_id if message_id.startswith("<") else f"<{message_id}>"
    return own if _MESSAGE_ID.fullmatch(own) else ""


def one_line(text: str) -> str:
    """Without anything that could end a header, hide in it or turn it around."""
    kept = (
        " " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each
        for each in text
        if each in _JOINERS or unicodedata.category(each) not in {"Cf", "Cs", "Cn"}
    )  # fmt: skip
    return " ".join("".join(kept).split())


def plain_text(text: str) -> str:
    """A body without what is no text; its lines end in one way."""
    lines = _BREAKS.sub("\n", text).split("\n")
    kept = ("".join(c for c in line if _is_text(c)).rstrip(" ") for line in lines)
    # A signature's mark is two dashes and a blank.
    whole = "\n".join("-- " if line == "--" else line for line in kept)
    return whole.strip("\n") + "\n"


def _is_text(letter: str) -> bool:
    return letter == "\t" or unicodedata.category(letter) not in {"Cc", "Cs"}


def _body(mail: Outgoing) -> bytes:
    message = EmailMessage(policy=_SEVEN_BITS)
    message.set_content(plain_text(mail.text), charset="utf-8")
    for each in mail.enclosures:
        main, _, sub = _type_of(each).partition("/")
        message.add_attachment(
            each.content,
            maintype=main,
            subtype=sub,
            filename=safe_name(each.name),
            params={"method": each.method, "charset": "utf-8"}
            if each.method in {"REPLY", "REQUEST", "COUNTER"}
            else {},
        )
    return message.as_bytes()


def _type_of(each: Enclosure) -> str:
    said = each.type.strip().lower()
    # A mail within a mail may not be written in base64, as everything is here.
    known = _TYPE.fullmatch(said) and not said.startswith(("message/", "multipart/"))
    return said if known else "application/octet-stream"


def _addresses(people: Iterable[Address]) -> str:
    return ",\r\n ".join(_address(each) for each in people)


def _address(person: Address) -> str:
    email, name = mailbox(person.email), one_line(person.name)[:_NAME_LONGEST].strip()
    if not name:
        return email
    if not name.isascii() or "=?" in name:
        shown = _encoded(name, "Reply-To")
    elif _ATOMS.fullmatch(name):
        shown = name
    else:
        shown = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    fits = len(shown) + len(email) < _LINE - 12 and "\r\n" not in shown
    return f"{shown} <{email}>" if fits else f"{shown}\r\n <{email}>"


def _words(text: str, header: str) -> str:
    if not text.isascii() or "=?" in text or any(len(word) > 900 for word in text.split(" ")):
        return _encoded(text, header)
    lines, width = [""], len(header) + 2
    for word in text.split(" "):
        if lines[-1] and width + len(word) + 1 > _LINE:
            lines.append(word)
            width = len(word) + 1
        else:
            lines[-1] += f" {word}" if lines[-1] else word
            width += len(word) + 1
    return "\r\n ".join(lines)


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", _LINE, header).encode(linesep="\r\n")


def _ids(ids: Iterable[str]) -> str:
    known = dict.fromkeys(filter(None, (valid_id(each) for each in ids)))
    return "\r\n ".join(known)


def _label(label: str) -> str:
    if label.isascii():
        return label
    if not all(unicodedata.category(each)[0] in "LMN" or each in f"-{_JOINERS}" for each in label):
        raise _no_address(label)
    return "xn--" + label.encode("punycode").decode("ascii")


def _dotted_wrong(local: str) -> bool:
    return local.startswith(".") or local.endswith(".") or ".." in local


def _hidden(text: str) -> bool:
    return any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"} for each in text)


def _pieces(typed: str) -> list[str]:
    """Cut at commas, semicolons and line ends that stand in no quotes and no brackets."""
    pieces, quoted, angled = [""], False, False
    for letter in typed:
        if letter == '"':
            quoted = not quoted
        elif letter in "<>":
            angled = letter == "<"
        if letter in ",;\n" and not quoted and not angled:
            pieces.append("")
        else:
            pieces[-1] += letter
    return [each.strip() for each in pieces if each.strip()]


def _no_address(words: str) -> Refused:
    return Refused(
        t("“{words}” is no mail address", words=one_line(words)[:80]),
        t("Nothing left. Correct it, then send."),
    )
