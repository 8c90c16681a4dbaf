"""HTML from outside made harmless: capped before it is read, then only what is on the list is kept.

Nothing that is kept reaches the network: pictures only by cid, no style sheets, no forms, no SVG.
Links stay, http(s), mailto and tel alone; one that names another place than it goes to is marked.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3

LARGEST = 1_000_000
DEEPEST = 100
TABLES_DEEP = 8
SPANS = {"colspan": 24, "rowspan": 6}
_NOT_NESTING = frozenset(
    "p li dt dd tr td th tbody thead tfoot colgroup option optgroup br hr img input meta link col"
    " area base embed source track wbr param !doctype o:p".split()
)
TAGS = frozenset(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup"
    " dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i"
    " img ins kbd li main mark nav ol p pre q s samp section small span strike strong sub summary"
    " sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "table": {"align", "border", "cellpadding", "cellspacing"},
    "tr": {"align", "valign"},
    "ol": {"start", "type"},
    "*": {"dir", "lang"},
}
_WITH_CONTENT = frozenset(
    "script style title head svg math template noscript iframe object embed applet audio video"
    " select textarea canvas xmp noembed noframes plaintext frameset".split()
)
_ELEMENT = re.compile(r"<(/?)([a-zA-Z!][^\s/>]*)(?:[^>\"']|\"[^\"]{0,20000}\"|'[^']{0,20000}')*>?")
_HIDDEN = re.compile(
    r"<(div|span|p|td|font)\b[^>]{0,2000}\bstyle\s*=\s*[\"'][^\"'>]{0,1000}"
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*[;\"'])",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
_NUMBER = re.compile(r"\d{1,4}%?")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.{0,300}?)</a>', re.DOTALL)
_PLACE = re.compile(r"^(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?:[/:?#]\S*)?$", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w{1,40}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|mc_eid|mc_cid|mkt_tok"
    r"|_hsenc|_hsmi|vero_id|oly_enc_id|oly_anon_id|wickedid|s_cid|ml_subscriber(?:_hash)?)(?:=|$)",
    re.IGNORECASE,
)
_TWO_PART = frozenset("co com net org gov ac edu gob or ne go".split())


@dataclass(slots=True)
class Cleaned:
    """What is left of the HTML, and what was taken away."""

    html: str = ""
    remote: int = 0
    cut: bool = False
    other_places: tuple[str, ...] = ()


def sanitised(markup: str) -> Cleaned:
    """Keep what is harmless. Takes linear time whatever comes in."""
    done = Cleaned()
    if len(markup) > LARGEST:
        markup, done.cut = markup[:LARGEST], True
    markup = _without_hidden(markup)
    markup, flattened = _flattened(markup)
    done.cut = done.cut or flattened

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in {"href", "src"}:
            return _address(tag, name, value, done)
        if name in SPANS:
            # Qt makes a cell for each: fifty of 9999 by 9999 hold the window for minutes.
            return (
                value if _NUMBER.fullmatch(value) and int(value.strip("%")) <= SPANS[name] else None
            )
        if name in {"width", "height", "border", "cellpadding", "cellspacing", "start"}:
            return value if _NUMBER.fullmatch(value) and len(value) < 5 else None
        return value[:500]

    out = nh3.clean(
        markup,
        tags=set(TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel=None,
        strip_comments=True,
    )
    if len(out) > 2 * LARGEST or _flattened(out)[1]:
        return Cleaned("", done.remote, cut=True)
    done.html = _marked(out, done)
    return done


def _address(tag: str, name: str, value: str, done: Cleaned) -> str | None:
    value = _CONTROL.sub("", value)[:4000]
    scheme = value.partition(":")[0].lower()
    if tag == "img" and name == "src":
        if scheme == "cid":
            return value
        if scheme in {"http", "https"} or value.startswith("//"):
            done.remote += 1
        return None
    if scheme not in {"http", "https", "mailto", "tel"} or ":" not in value:
        return None
    return untracked(value) if scheme in {"http", "https"} else value


def untracked(link: str) -> str:
    """The link without the parameters that only tell who clicked it."""
    before, mark, fragment = link.partition("#")
    place, asking, query = before.partition("?")
    kept = [each for each in query.split("&") if not _TRACKING.match(each)]
    return f"{place}{asking if kept else ''}{'&'.join(kept)}{mark}{fragment}"


def _without_hidden(markup: str) -> str:
    """Without the elements their sender did not want to be seen; at most 50 of them."""
    if "none" not in markup and "hidden" not in markup and "font-size" not in markup:
        return markup
    pieces: list[str] = []
    at = 0
    for _ in range(50):
        found = _HIDDEN.search(markup, at)
        if found is None:
            break
        end = _end_of(markup, found[1].lower(), found.end())
        pieces.append(markup[at : found.start()])
        at = end
    pieces.append(markup[at:])
    return "".join(pieces)


def _end_of(markup: str, tag: str, start: int) -> int:
    depth = 1
    for each in re.compile(rf"<(/?){tag}\b[^>]*>", re.I).finditer(markup, start, start + 50_000):
        depth += -1 if each[1] else 1
        if depth == 0:
            return each.end()
    return markup.find(">", start) + 1 or len(markup)


class _Nest:
    """The elements open at one place, and which of them are kept."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []
        self.deep = self.tables = 0

    def enter(self, name: str) -> bool:
        """Open one; whether it is kept."""
        keep = self.deep < DEEPEST and not (name == "table" and self.tables >= TABLES_DEEP)
        if len(self.open) < 20_000:
            self.open.append((name, keep))
            self.deep += keep
            self.tables += keep and name == "table"
        return keep

    def leave(self, name: str) -> bool:
        """Close the nearest of that name, with what is open in it; whether its end is kept."""
        for back in range(1, min(60, len(self.open)) + 1):
            if self.open[-back][0] == name:
                gone = self.open[-back:]
                del self.open[-back:]
                self.deep -= sum(keep for _, keep in gone)
                self.tables -= sum(keep and each == "table" for each, keep in gone)
                return gone[0][1]
        return True


def _flattened(markup: str) -> tuple[str, bool]:
    """Without elements deeper than may be: what nests costs its readers more than its length."""
    if markup.count("<") <= DEEPEST and markup.lower().count("<table") <= TABLES_DEEP:
        return markup, False
    pieces: list[str] = []
    nest, at = _Nest(), 0
    for found in _ELEMENT.finditer(markup):
        name = found[2].lower()
        if name in _NOT_NESTING or name[0] == "!" or found[0].endswith("/>"):
            continue
        if not (nest.leave(name) if found[1] else nest.enter(name)):
            pieces.append(markup[at : found.start()])
            at = found.end()
    if not pieces:
        return markup, False
    pieces.append(markup[at:])
    return "".join(pieces), True


def _marked(markup: str, done: Cleaned) -> str:
    """Links whose words name one place while they go to another get that place written beside."""
    if "<a href" not in markup:
        return markup
    others: list[str] = []

    def mark(found: re.Match[str]) -> str:
        words = html.unescape(re.sub(r"<[^>]*>", "", found[2])).strip()
        said = _PLACE.match(words)
        goes = host_of(html.unescape(found[1]))
        if said is None or not goes or _owner(said[1]) == _owner(goes):
            return found[0]
        others.append(f"{said[1]} → {goes}"[:120])
        return f"{found[0]} [{html.escape(goes)}]"

    marked = _LINK.sub(mark, markup)
    done.other_places = tuple(dict.fromkeys(others))[:5]
    return marked


def host_of(link: str) -> str:
    """The host a link goes to, in lower case; empty when it names none."""
    try:
        return (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""


def _owner(host: str) -> str:
    parts = host.lower().strip(".").split(".")
    wide = 3 if len(parts) > 2 and parts[-2] in _TWO_PART else 2
    return ".".join(parts[-wide:])
