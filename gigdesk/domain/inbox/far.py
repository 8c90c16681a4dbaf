"""Pictures that lie elsewhere: which of them may be asked for, and how it is said that they were not.

Whoever loads one tells its sender that, when and where the mail was read. So nothing loads by itself;
what is there for nothing but that never does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from gigdesk.domain.inbox.leaving import may_be_asked
from gigdesk.domain.inbox.links import host_of, untracked
from gigdesk.domain.words import n, t

MOST = 60  # pictures of one mail
SMALLEST = 2  # points; what is no larger shows nothing
LARGEST = 5_000_000  # bytes of one
LARGEST_ALL = 20_000_000
SECONDS_EACH = 10.0
SECONDS_ALL = 30.0
REDIRECTS = 3
_LONGEST = 2000
# Paths of the programs that count who opens a mail.
_COUNTING = re.compile(
    r"/(?:wf/open|track/open|trk/open|e/o/|o/p\d|open\.(?:aspx|php|gif|html?)|mpss/o/|oo/|tr/op/"
    r"|(?:e?mail)?[_-]?open(?:ed)?(?:/|\.gif|\.png|$)|pixel(?:\.gif|\.png|/|$)|beacon|spacer\.gif"
    r"|blank\.gif|clear\.gif|1x1\.(?:gif|png)|o\.gif|q/[\w~-]{20,}|imp(?:ression)?\?|__ptq\.gif"
    r"|gtrack|readreceipt|ss/o/|ci/o|mto/o|cgi-bin/track|lt\.php\?.*l=open)",
    re.IGNORECASE,
)
_COUNTERS = (
    "google-analytics.com", "doubleclick.net", "mailtrack.io", "sidekickopen.com", "yesware.com",
    "getnotify.com", "bananatag.com", "streak.com", "mixmax.com", "superhuman.com", "hubspotemail.net",
    "list-manage.com", "facebook.com", "bat.bing.com", "demdex.net", "omtrdc.net", "litmus.com",
    "emltrk.com", "returnpath.net", "opens.responder.co.il", "pixel.app.returnpath.net",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowed:
    """A sender whose pictures are always loaded, and since when."""

    sender: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FarPicture:
    """One picture that came: its number among the mail's far ones, and its bytes."""

    number: int
    data: bytes


def address_of(source: str) -> str:
    """Where a picture would be asked for: always over https, without what only tells who looks;
    empty where it may not be."""
    if source.startswith("//"):
        source = f"https:{source}"
    elif source.lower().startswith("http://"):
        source = f"https{source[4:]}"
    if len(source) > _LONGEST or not may_be_asked(source):
        return ""
    return untracked(source).partition("#")[0]


def only_counts(source: str) -> bool:
    """Whether this address is known to be there for nothing but to tell who opened the mail."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return True
    host = (parts.hostname or "").lower()
    known = any(host == each or host.endswith(f".{each}") for each in _COUNTERS)
    asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return known or bool(_COUNTING.search(asked))


def far_words(far: Sequence[str], hidden: int) -> str:
    """What was not loaded, as a line."""
    hosts = list(dict.fromkeys(host_of(each) for each in far))
    count = len(far)
    match hosts:
        case []:
            said = ""
        case [one]:
            said = n(
                "{n} picture of {host} is not loaded", "{n} pictures of {host} are not loaded",
                count, host=one,
            )  # fmt: skip
        case [one, other]:
            said = t("{n} pictures of {one} and {other} are not loaded",
                     n=count, one=one, other=other)  # fmt: skip
        case [one, *rest]:
            said = n(
                "{pictures} pictures of {host} and {n} more place are not loaded",
                "{pictures} pictures of {host} and {n} more places are not loaded",
                len(rest), host=one, pictures=count,
            )  # fmt: skip
    told = n(
        "{n} tracker is never loaded",
        "{n} trackers are never loaded",
        hidden,
    )
    return ". ".join(each for each in (said, told if hidden else "") if each)
