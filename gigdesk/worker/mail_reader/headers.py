"""The header lines of a part: their parameters (RFC 2231), dates, message ids."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from gigdesk.worker.mail_reader.letters import decoded, header_text

_PARAMETER = re.compile(
    r';\s*([\w!#$%&+.^`{|}~*-]{1,80})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL
)
_ID = re.compile(r"<\s*([^<>\s][^<>]{0,990})>")
_BARE_ID = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?\s*(Z|[+-]\d\d:?\d\d)?")
MOST_IDS = 200
_WORD = 10


class Headers:
    """A part's header lines by name, as they stand, each name's first value first."""

    def __init__(self, part: Message) -> None:
        self._lines: dict[str, list[str]] = {}
        for name, value in part.raw_items():
            self._lines.setdefault(str(name).strip().lower(), []).append(str(value))

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def raw(self, name: str) -> str:
        """The first value, as it stands."""
        found = self._lines.get(name)
        return found[0] if found else ""

    def all(self, name: str) -> str:
        """All values as one list; some programs write To twice."""
        return ", ".join(self._lines.get(name, ()))

    def text(self, name: str, most: int = 1000) -> str:
        """The first value as text."""
        raw = self.raw(name)
        return header_text(raw[: most * 8])[:most] if raw else ""

    def received(self) -> datetime | None:
        """When the nearest server took it."""
        for line in self._lines.get("received", ())[:3]:
            day = date_of(line[:4000].rpartition(";")[2])
            if day:
                return day
        return None


def content_type(headers: Headers) -> tuple[str, dict[str, str]]:
    """The type in lower case (text/plain when it has none that can be read) and its parameters."""
    raw = headers.raw("content-type")
    if not raw:
        return "text/plain", {}
    raw = re.sub(r"\s*[\r\n]\s*", " ", raw[:20000])
    kind = re.split(r"[;\s]", raw.strip(), maxsplit=1)[0].lower()
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
        kind = "text/html" if "html" in kind else "text/plain"
    return kind, parameters(raw)


def disposition(headers: Headers) -> tuple[str, dict[str, str]]:
    """`attachment`, `inline` or nothing, and the parameters."""
    raw = re.sub(r"\s*[\r\n]\s*", " ", headers.raw("content-disposition")[:20000])
    return re.split(r"[;\s]", raw.strip(), maxsplit=1)[0].lower(), parameters(raw)


def parameters(raw: str) -> dict[str, str]:
    """The parameters of a header, continued and encoded ones (RFC 2231) put together."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(raw if ";" in raw else ""):
        name, value = found[1].lower(), found[2].strip()
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:].removesuffix('"'))
        stem, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, value)
            continue
        encoded = rest == "" or rest.endswith("*")
        number = rest.rstrip("*")
        place = int(number) if number.isdecimal() and len(number) < 5 else 0
        pieces.setdefault(stem, {})[place] = (value, encoded)
    out = {name: header_text(value) for name, value in plain.items()}
    out.update((stem, _whole(parts)) for stem, parts in pieces.items())
    return out


def _whole(parts: dict[int, tuple[str, bool]]) -> str:
    data, charset = b"", ""
    for place in sorted(parts):
        value, encoded = parts[place]
        if encoded and not data and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw = value.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(raw) if encoded else raw
    return decoded(data, charset)[0]


def message_ids(raw: str) -> tuple[str, ...]:
    """The ids in Message-ID, References or In-Reply-To, in their order, each once. A word such as
    the `<yes>` of a mistyped answer to a mailer's question joins nothing and is left out."""
    raw = raw[:64000]
    found = [re.sub(r"\s+", "", each) for each in _ID.findall(raw)] or _BARE_ID.findall(raw)
    texts = (header_text(each)[:1000] for each in found if each)
    ids = tuple(dict.fromkeys(each for each in texts if "@" in each or len(each) > _WORD))
    return ids if len(ids) <= MOST_IDS else (ids[0], *ids[1 - MOST_IDS :])


def date_of(raw: str) -> datetime | None:
    """The instant with its own offset; None when it cannot be read or cannot be."""
    raw = raw.strip()[:200]
    if not raw:
        return None
    try:
        return _date(raw)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return None


def _date(raw: str) -> datetime | None:
    iso = _ISO.match(raw)
    if iso:
        zone = (iso[7] or "Z").replace("Z", "+00:00")
        return datetime.fromisoformat(f"{iso[1]}-{iso[2]}-{iso[3]}T{iso[4]}:{iso[5]}:{iso[6] or '00'}{zone}")  # fmt: skip
    found = parsedate_tz(raw)
    if found is None or found[0] < 1970:
        return None
    offset = found[9] or 0
    zone = UTC if offset == 0 or abs(offset) >= 86400 else timezone(timedelta(seconds=offset))
    second = min(found[5], 59)
    return datetime(*found[:5], second, tzinfo=zone)
