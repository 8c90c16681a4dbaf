"""Mails in files: mbox, Maildir, single mails and folders of them, one after the other.

Nothing is loaded whole that is larger than one mail may be. Links are not followed out of the folder
that was named; what is no mail at all is counted and left alone.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_tz
from pathlib import Path
from typing import IO

from gigdesk.domain.errors import NotFound
from gigdesk.domain.inbox.mails import Note, RawMail
from gigdesk.domain.words import t

LARGEST = 64 * 1024 * 1024
_SNIFF = 4096
_AT_ONCE = 1 << 20
_LINE = 1 << 20
_FROM = re.compile(rb"From \S.*\d{1,2}:\d\d|From [^\s:]+(?: |\t|$)|From ?$|From - ")
_SURELY = re.compile(rb"From \S.*\d{1,2}:\d\d")
_FIELD = re.compile(rb"^([!-9;-~]{1,60})[ \t]*:", re.M)
_KNOWN = frozenset(
    b"from to cc subject date received return-path message-id mime-version content-type"
    b" delivered-to reply-to sender in-reply-to references x-mailer list-id content-transfer-encoding"
    b" envelope-to x-original-to dkim-signature received-spf authentication-results".split()
)
_MAIL_ENDINGS = frozenset({".eml", ".emlx", ".mbox", ".mbx", ".mai", ".rfc822"})
_NO_MAIL = frozenset(
    ".json .js .mjs .html .htm .md .py .png .jpg .jpeg .gif .pdf .zip .gz .db .sqlite .msf .dat .xml"
    " .css .svg .webp .exr .bmp .tiff .xbm .ras .sgi .pbm .pgm .ppm .ics .vcf .csv".split()
)
_MAILDIR = ("cur", "new")
_INFO = re.compile(r"[:;!-]2,([A-Za-z]*)$")


class MailFiles:
    """What the named paths hold, in a stable order."""

    def __init__(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if not path.exists():
                raise NotFound(t("There is no {path}", path=path), t("Nothing was imported."))
        self._paths = paths
        self.skipped = 0

    def total(self) -> int:
        """The bytes of all files, for the progress."""
        return sum(_size(path) for path, _ in self._files())

    def mails(self) -> Iterator[RawMail]:
        """All mails. What cannot be opened comes as a RawMail with its trouble."""
        self.skipped = 0
        for path, named in self._files():
            try:
                yield from self._of_file(path, named=named)
            except OSError as error:
                why = error.strerror or type(error).__name__
                yield RawMail(b"", path, trouble=Note("file", why))

    def _files(self) -> Iterator[tuple[str, bool]]:
        for path in self._paths:
            if path.is_dir():
                yield from ((each, False) for each in _walk(str(path)))
            else:
                yield str(path), True

    def _of_file(self, path: str, *, named: bool) -> Iterator[RawMail]:
        status = os.stat(path)  # noqa: PTH116 - a Path costs as much as reading a mail
        kind = ""
        if _may_hold_mail(path, status, named=named):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                head = file.read(min(max(_SNIFF, status.st_size + 1), _AT_ONCE))
                kind = _kind(path, head[:_SNIFF], named=named)
                if kind == "mail":
                    rest = _rest(file, len(head)) if len(head) <= status.st_size else b""
                    yield _single(path, status, (head + rest)[:LARGEST])
        if kind == "mbox":
            with open(path, "rb") as box:  # noqa: PTH123
                yield from _mbox(box, path)
        elif not kind:
            self.skipped += 1


def _walk(folder: str) -> Iterator[str]:
    """All plain files beneath, sorted, Maildir's `tmp` left out, links not followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder  # opening it as a file says why it cannot be read
        return
    maildir = {e.name for e in entries} >= {"cur", "new"}
    for entry in entries:
        if entry.is_symlink():
            target = Path(entry.path).resolve()
            if target.is_relative_to(Path(folder).resolve()) and target.is_file():
                yield entry.path
        elif entry.is_dir(follow_symlinks=False):
            if not (maildir and entry.name == "tmp"):
                yield from _walk(entry.path)
        elif entry.is_file(follow_symlinks=False):
            yield entry.path


def _may_hold_mail(path: str, status: os.stat_result, *, named: bool) -> bool:
    """Whether it is worth opening; a pipe or a device would never end."""
    name = os.path.basename(path)  # noqa: PTH119
    if not named and (_ending(name) in _NO_MAIL or name.startswith(".")):
        return False
    return stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122


def _folder_of(path: str) -> str:
    return os.path.basename(os.path.dirname(path))  # noqa: PTH119, PTH120


def _kind(path: str, head: bytes, *, named: bool) -> str:
    """`mbox`, `mail`, or nothing when it is no mail at all."""
    ending = _ending(path)
    if ending in {".eml", ".emlx"}:
        return "mail"
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if _FROM.match(body.split(b"\n", 1)[0].rstrip(b"\r")):
        return "mbox"
    if named or ending in _MAIL_ENDINGS or (_folder_of(path) in _MAILDIR and head):
        return "mail"
    return "mail" if _looks_like_mail(body) else ""


def _looks_like_mail(head: bytes) -> bool:
    end = re.search(rb"\r?\n\r?\n", head)
    block = head[: end.start()] if end else head
    if b"\0" in block or not _FIELD.match(block):
        return False
    names = {found.lower() for found in _FIELD.findall(block)}
    return len(names & _KNOWN) >= 2


def _rest(file: IO[bytes], size: int) -> bytes:
    """What follows the first so many bytes; no more than one mail may be."""
    pieces = []
    while size < LARGEST and (piece := file.read(_AT_ONCE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _single(path: str, status: os.stat_result, raw: bytes) -> RawMail:
    unread, flagged = _flags(path)
    at = datetime.fromtimestamp(status.st_mtime, UTC)
    if path.lower().endswith(".emlx"):
        length, _, rest = raw.partition(b"\n")
        raw = rest[: int(length)] if length.strip().isdigit() else raw
    size = status.st_size
    trouble = Note("too large", f"{size // 1_000_000} MB") if size > LARGEST else None
    return RawMail(raw, path, unread, flagged, at, trouble=trouble)


def _flags(path: str) -> tuple[bool | None, bool]:
    """What Maildir says of a mail by its folder and name."""
    if _folder_of(path) not in _MAILDIR:
        return None, False
    info = _INFO.search(path)
    flags = info[1] if info else ""
    return "S" not in flags, "F" in flags


def _mbox(file: IO[bytes], source: str) -> Iterator[RawMail]:
    """The mails of one mbox, whichever way it quotes `From `, also when it is torn."""
    collected: list[bytes] = []
    size, number, at, blank = 0, 0, None, True
    quoted = False
    line = file.readline(_LINE)
    read = file.readline
    while True:
        following = read(_LINE) if line else b""
        starts = blank and line[:5] == b"From " and _separates(line, following)
        if not line or starts:
            if collected and any(each.strip() for each in collected):
                yield _of_mbox(collected, f"{source}#{number}", at, size, quoted=quoted)
            if not line:
                return
            collected, size, quoted, number = [], 0, False, number + 1
            at = _from_date(line)
            blank, line = False, following
            continue
        blank = line.isspace()
        size += len(line)
        quoted = quoted or (line[:1] == b">" and line.startswith((b">From ", b">>From ")))
        if size <= LARGEST:
            collected.append(line)
        line = following


def _separates(line: bytes, following: bytes) -> bool:
    """Whether a mail ends before this line. Without a time in it, it may be a sentence of a mail
    that nobody quoted: then only a header below makes it the beginning of another."""
    if not line.startswith(b"From "):
        return False
    line = line.rstrip(b"\r\n")
    if _SURELY.match(line):
        return True
    return _FROM.match(line) is not None and _FIELD.match(following) is not None


def _of_mbox(lines: list[bytes], source: str, at: datetime | None, size: int, *, quoted: bool) -> RawMail:  # fmt: skip
    if quoted:
        # The reversible way (mboxrd); where it was written the other way, one > too few is lost.
        lines = [each[1:] if re.match(rb">+From ", each) else each for each in lines]
    if lines and not lines[-1].strip():
        lines = lines[:-1]
    trouble = Note("too large", f"{size // 1_000_000} MB") if size > LARGEST else None
    return RawMail(b"".join(lines), source, None, False, at, trouble=trouble)


def _from_date(line: bytes) -> datetime | None:
    found = re.search(rb"(\w{3}\s+\w{3}\s+\d{1,2}\s+\d\d:\d\d(?::\d\d)?\s+.*)$", line.strip()[:200])
    if not found:
        return None
    try:
        when = parsedate_tz(found[1].decode("ascii", "replace"))
        return datetime(*when[:6], tzinfo=UTC) if when and when[0] > 1970 else None
    except (ValueError, TypeError, IndexError):
        return None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except OSError:
        return 0
