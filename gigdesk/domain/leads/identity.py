"""By what a lead is known again: its source's id, its address without tracking, its title."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from gigdesk.domain.leads.cleaning import clean_line
from gigdesk.domain.leads.records import Posting

_ADDRESS_MOST = 2000
_WORDS_ENOUGH = 80
_TRACKING = re.compile(
    r"^(?:utm_\w+|ga_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|ref|refid|referrer|referer|"
    r"source|src|trk|tracking\w*|campaign|cmp|campaignid|partner|affiliate\w*|_hs\w+|mkt_tok|"
    r"spm|yclid|vero_id|oly_\w+)$",
    re.IGNORECASE,
)


def web_address(said: str) -> str:
    """The http or https address, as it is opened; empty for anything else."""
    said = clean_line(said, _ADDRESS_MOST).replace(" ", "%20")
    if re.match(r"^(?:www\.)[^\s/]+\.[a-z]{2,}(?:/|$)", said, re.IGNORECASE):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or parts.username:
        return ""
    return said


def canonical(address: str) -> str:
    """The address as it is compared: no tracking, no fragment, one way of writing."""
    if not address:
        return ""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").lower()
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name)
    )
    path = quote(unquote(parts.path), safe="/~@:+,;=!$&'()*").rstrip("/")
    return f"{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def fingerprint(posting: Posting) -> str:
    """The same title of the same client; where none is named, the same title and words; where there
    are hardly any words, the same address and pay as well."""
    words = " ".join(posting.text.split())[:2000]
    said = [posting.title, posting.client or words]
    if not posting.client and len(words) < _WORDS_ENOUGH:
        said += [canonical(posting.url), posting.pay]
    key = "\n".join(" ".join(re.findall(r"\w+", part.casefold())) for part in said)
    return f"same:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def keys_of(posting: Posting) -> tuple[str, ...]:
    """The sure keys of a posting, surest first."""
    keys = []
    if posting.source_id:
        keys.append(f"id:{posting.source.casefold()}:{posting.source_id}")
    if posting.url:
        keys.append(f"url:{canonical(posting.url)}")
    return tuple(keys)
