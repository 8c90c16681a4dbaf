"""Links in mails: where one goes, what of it only tells who clicked, whether its words say another place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from gigdesk.domain.inbox.sorting.lookalikes import owner_of

_TRACKING = re.compile(
    r"(?:utm_\w{1,40}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id"
    r"|mc_eid|mc_cid|mkt_tok|_hsenc|_hsmi|__hs\w{1,10}|hsctatracking|vero_id|vero_conv|oly_enc_id"
    r"|oly_anon_id|wickedid|s_cid|ml_subscriber(?:_hash)?|_kx|_ke|ck_subscriber_id|bsft_\w{1,20}"
    r"|rb_clickid|trk_\w{1,20}|mtm_\w{1,20}|pk_(?:campaign|kwd|source|medium|content)|matomo_\w{1,20}"
    r"|piwik_\w{1,20}|elqtrack\w{0,10}|sc_(?:uid|eh|llid|lid|src)|cm_mmc|_openstat|action_object_map"
    r"|srsltid|ss_email_id|epik|guccounter|gs_lcrp|_branch_match_id|nr_email_referer)(?:=|$)",
    re.IGNORECASE,
)
# Doors that name where they lead: the host (and those below it), how its path begins, the parameter.
_DOORS: tuple[tuple[str, str, str], ...] = (
    ("google.com", "/url", "q"),
    ("google.com", "/url", "url"),
    ("google.de", "/url", "q"),
    ("google.co.uk", "/url", "q"),
    ("l.facebook.com", "/l.php", "u"),
    ("lm.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("l.threads.net", "/", "u"),
    ("youtube.com", "/redirect", "q"),
    ("linkedin.com", "/redir/redirect", "url"),
    ("linkedin.com", "/safety/go", "url"),
    ("safelinks.protection.outlook.com", "/", "url"),
    ("statics.teams.cdn.office.net", "/evergreen-assets/safelinks", "url"),
    ("out.reddit.com", "/", "url"),
    ("slack-redir.net", "/link", "url"),
    ("steamcommunity.com", "/linkfilter", "url"),
    ("steamcommunity.com", "/linkfilter", "u"),
    ("duckduckgo.com", "/l/", "uddg"),
    ("vk.com", "/away.php", "to"),
    ("medium.com", "/r/", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("disq.us", "/url", "url"),
    ("gate.sc", "/", "url"),
    ("deref-gmx.net", "/", "redirectUrl"),
    ("deref-gmx.com", "/", "redirectUrl"),
    ("deref-web.de", "/", "redirectUrl"),
    ("deref-mail.com", "/", "redirectUrl"),
)  # fmt: skip
_NAMED = ("href.li", "anonym.to", "hidereferrer.com")  # the target is the whole query
_DOORS_DEEP = 4
_PLACE = re.compile(r"^(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?:[/:?#]\S*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link goes, for somebody who is about to follow it. `host` is the one that is asked;
    `looks` is how a host with foreign letters would look, where it does."""

    link: str
    host: str
    looks: str = ""
    said: str = ""  # the host its words name, when that is another's

    @property
    def shown(self) -> str:
        """The host, as what it is."""
        return f"{self.host} ({self.looks})" if self.looks else self.host


def target_of(link: str, words: str = "") -> Target:
    """Where this link goes, behind doors and without what only tells who clicked."""
    goes = plain_link(link)
    host = host_of(goes)
    ascii_host, looks = _both(host)
    said = place_named(words)
    other = bool(said and host) and owner_of(_both(said)[0]) != owner_of(ascii_host)
    return Target(goes, ascii_host, looks, said if other else "")


def plain_link(link: str) -> str:
    """A web address behind the doors that name it, without what only tells who clicked."""
    for _ in range(_DOORS_DEEP):
        inner = _behind(link)
        if not inner:
            break
        link = inner
    return untracked(link)


def untracked(link: str) -> str:
    """The link without the parameters that only tell who clicked it."""
    before, mark, fragment = link.partition("#")
    place, asking, query = before.partition("?")
    kept = [each for each in query.split("&") if not _TRACKING.match(each)]
    return f"{place}{asking if kept else ''}{'&'.join(kept)}{mark}{fragment}"


def host_of(link: str) -> str:
    """The host a link goes to, in lower case; empty when it names none."""
    try:
        return (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""


def place_named(words: str) -> str:
    """The host that words are, if they are nothing but a web address."""
    found = _PLACE.match(words.strip())
    return found[1].lower() if found else ""


def _both(host: str) -> tuple[str, str]:
    """A host in the letters that are asked for, and in those of its language where they differ."""
    if not host.isascii():
        try:
            return host.encode("idna").decode("ascii"), host
        except UnicodeError:
            return host, ""
    if "xn--" not in host:
        return host, ""
    try:
        looks = host.encode("ascii").decode("idna")
    except UnicodeError:
        looks = ""
    return host, looks if looks != host else ""


def _behind(link: str) -> str:
    """Where a door leads, if the link says so; empty for anything else."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if host in _NAMED:
        return _web(unquote(parts.query))
    if host.endswith("urldefense.com") and parts.path.startswith("/v3/__"):
        return _web(link.partition("/v3/__")[2].partition("__;")[0])
    if host == "urldefense.proofpoint.com" and parts.path.startswith("/v2/url"):
        said = parse_qs(parts.query).get("u", [""])[0]
        return _web(unquote(said.replace("-", "%").replace("_", "/")))
    for name, path, parameter in _DOORS:
        if (host == name or host.endswith(f".{name}")) and parts.path.startswith(path):
            inner = _web(parse_qs(parts.query).get(parameter, [""])[0])
            if inner:
                return inner
    return ""


def _web(link: str) -> str:
    plain = "".join(c for c in link if c > " ")[:4000]
    return plain if plain.lower().startswith(("https://", "http://")) and host_of(plain) else ""
