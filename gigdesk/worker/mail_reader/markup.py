"""HTML from outside made harmless: capped before it is read, then only what is on the list is kept.

Nothing that is kept reaches the network: pictures only by cid, no style sheets, no forms, no SVG. Of a
picture that lies elsewhere only its number is left, `far:3`; its address is kept apart from the HTML.
Links stay, http(s), mailto and tel alone; one that names another place than it goes to is marked. Of
classes and ids only what they say about quotes and signatures is left.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import nh3

from gigdesk.domain.inbox.far import MOST, SMALLEST, address_of, only_counts
from gigdesk.domain.inbox.links import host_of, place_named, plain_link
from gigdesk.domain.inbox.sorting.lookalikes import owner_of

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
    "img": {"src", "alt", "width", "height", "style"},
    "div": {"id"},
    "blockquote": {"type"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "table": {"align", "border", "cellpadding", "cellspacing"},
    "tr": {"align", "valign"},
    "ol": {"start", "type"},
    "*": {"dir", "lang", "class"},
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
# What mail programs call the elements they put a quote, a signature or all that was before into.
_SAYS = (
    (re.compile(r"(?:^|[\s_-])(?:gmail_quote|yahoo_quoted|protonmail_quote|moz-forward|zmail_extra"
                r"|tutanota_quote|hey_quote|mail_quote|ac_quote|WordSection_quoted|airmail_ext"
                r"|front-blockquote|freshdesk_quote|zm_quote|outlook-quote|3D?gmail_quote)", re.I), "quote"),
    (re.compile(r"gmail_signature$|moz-signature|protonmail_signature_block|^signature$|mail_signature"
                r"|^x?_?signature_?\w*$|hs_signature|zmail_signature", re.I), "signature"),
    (re.compile(r"^(?:x_)*(?:divRplyFwdMsg|appendonsend|reply-intro)$|mail-editor-reference-message"
                r"|OLK_SRC_BODY_SECTION", re.I), "tail"),
)  # fmt: skip
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:max-)?(?:width|height)\s*:\s*[0-2]px"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$))",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<img\b((?:[^>\"]|\"[^\"]*\")*)>")
_FAR = re.compile(r' src="far:([^"]*)"')
_STYLE = re.compile(r' style="unseen"')
_SIZE = re.compile(r' (?:width|height)="(\d+)"')


@dataclass(slots=True)
class Cleaned:
    """What is left of the HTML, and what was taken away. `far` are the addresses of pictures that may
    be asked for, `trackers` counts those that only tell who reads."""

    html: str = ""
    remote: int = 0
    cut: bool = False
    other_places: tuple[str, ...] = ()
    far: list[str] = field(default_factory=list)
    trackers: int = 0


def sanitised(markup: str, first: int = 0) -> Cleaned:
    """Keep what is harmless. Takes linear time whatever comes in. Far pictures are numbered from
    `first` on."""
    done = Cleaned()
    if len(markup) > LARGEST:
        markup, done.cut = markup[:LARGEST], True
    markup = _without_hidden(markup)
    markup, flattened = _flattened(markup)
    done.cut = done.cut or flattened

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in {"href", "src"}:
            return _address(tag, name, value, done)
        if name in _SAID:
            return _SAID[name](value)
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
        return Cleaned(remote=done.remote, cut=True)
    done.html = _marked(_numbered(out, first, done), done)
    return done


def _address(tag: str, name: str, value: str, done: Cleaned) -> str | None:
    value = _CONTROL.sub("", value)[:4000]
    scheme = value.partition(":")[0].lower()
    if tag == "img" and name == "src":
        if scheme == "cid":
            return value
        if scheme in {"http", "https"} or value.startswith("//"):
            done.remote += 1
            return f"far:{value}"
        return None
    if scheme not in {"http", "https", "mailto", "tel"} or ":" not in value:
        return None
    return plain_link(value) if scheme in {"http", "https"} else value


def _said(value: str) -> str | None:
    """What a class or an id says of its element: that it quotes, signs, or begins all that was."""
    names = value[:300].split()
    return next((says for each, says in _SAYS if any(map(each.search, names))), None)


def _type_said(value: str) -> str | None:
    return value if value in {"cite", "1", "a", "A", "i", "I", "disc", "circle", "square"} else None


_SAID: dict[str, Callable[[str], str | None]] = {
    "class": _said,
    "id": _said,
    "type": _type_said,
    "style": lambda value: "unseen" if _UNSEEN.search(value[:2000]) else None,
}


def _numbered(markup: str, first: int, done: Cleaned) -> str:
    """Numbers for the addresses of far pictures; those that only tell who reads are left out."""
    if "<img" not in markup:
        return markup
    places: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        said = found[1]
        far = _FAR.search(said)
        plain = _STYLE.sub("", said)
        if far is None:
            return f"<img{plain}>"
        source = html.unescape(far[1])
        small = any(int(size) <= SMALLEST for size in _SIZE.findall(said))
        if small or _STYLE.search(said) or only_counts(source):
            done.trackers += 1
            return ""
        place = address_of(source)
        if place and (place in places or len(places) < MOST):
            at = places.setdefault(place, first + len(places))
            named = f' src="far:{at}"'
            return f"<img{_FAR.sub(named, plain)}>"
        return f"<img{_FAR.sub('', plain)}>"

    marked = _PICTURE.sub(number, markup)
    done.far = list(places)
    return marked


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
        said = place_named(words)
        goes = host_of(html.unescape(found[1]))
        if not said or not goes or owner_of(said) == owner_of(goes):
            return found[0]
        others.append(f"{said} → {goes}"[:120])
        return f"{found[0]} [{html.escape(goes)}]"

    marked = _LINK.sub(mark, markup)
    done.other_places = tuple(dict.fromkeys(others))[:5]
    return marked
