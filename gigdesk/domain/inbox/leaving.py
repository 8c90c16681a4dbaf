"""Leaving a list: the ways its mails offer (RFC 2369, RFC 8058), and which of them may be taken.

Nothing is asked of a server but by the person's click, over https, once, and no redirect is followed.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs, unquote, urlsplit

ONE_CLICK = "List-Unsubscribe=One-Click"
_URL_LONGEST = 2000


class Way(StrEnum):
    """How one leaves."""

    CLICK = "click"  # RFC 8058: one POST, nothing to fill in
    MAIL = "mail"  # a mail to the list's program
    LINK = "link"  # a page one must look at oneself
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Exits:
    """What a mail offers: an https address, a mailto address, and whether one click is enough."""

    url: str = ""
    mailto: str = ""
    one_click: bool = False

    @property
    def way(self) -> Way:
        """The easiest one that may be taken."""
        if self.url and self.one_click and may_be_asked(self.url):
            return Way.CLICK
        if self.mailto:
            return Way.MAIL
        return Way.LINK if self.url else Way.NONE


@dataclass(frozen=True, slots=True)
class Letters:
    """A sender of newsletters: how many there are, how many were read, and whether one has left."""

    sender: str
    name: str
    mails: int
    unread: int
    last: datetime
    newest: int
    exits: Exits = Exits()
    left: datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """How leaving one list went. `page` is what the person must look at, when only that is left."""

    sender: str
    name: str
    done: bool
    words: str
    page: str = ""


def exits_of(offered: str, post: str) -> Exits:
    """Read List-Unsubscribe and List-Unsubscribe-Post."""
    url = mailto = ""
    for piece in offered[:8000].split(","):
        inner = piece.strip().strip("<>").strip()
        if inner.lower().startswith("https://") and not url and len(inner) <= _URL_LONGEST:
            url = inner
        elif inner.lower().startswith("mailto:") and not mailto and len(inner) <= _URL_LONGEST:
            mailto = inner
    wanted = ONE_CLICK.lower()
    return Exits(url, mailto, bool(url) and post.strip().lower() == wanted)


def may_be_asked(url: str) -> bool:
    """Whether a program may ask this address by itself: https, a host of the open network, no name
    and password in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username or port not in {None, 443}:
        return False
    return is_public(host) if _is_number(host) else "." in host and not _local_name(host)


def is_public(address: str) -> bool:
    """Whether an IP address is of the open network."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False


def mail_to(mailto: str) -> tuple[str, str, str]:
    """Address, subject and body of a mailto address."""
    rest = mailto[len("mailto:") :]
    address, _, query = rest.partition("?")
    fields = {name.lower(): values[0] for name, values in parse_qs(query).items()}
    return unquote(address).strip(), fields.get("subject", ""), fields.get("body", "")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _local_name(host: str) -> bool:
    return host.rstrip(".").rpartition(".")[2].lower() in {
        "local",
        "localhost",
        "internal",
        "lan",
        "home",
    }
