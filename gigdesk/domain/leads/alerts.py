"""Leads in mails: an alert names one posting per link, any other mail is one lead by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gigdesk.domain.leads.cleaning import clean_line
from gigdesk.domain.leads.identity import canonical, web_address
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail

POSTINGS_MOST = 60
_MARKUP_MOST, _LINES_MOST, _BLOCK_MOST = 600_000, 6000, 60

# Whose links are postings, by host; elsewhere the path has to say it.
_SOURCES = {
    "upwork.com": ("Upwork", re.compile(r"/jobs?/.*~[0-9a-z]{6}|/ab/proposals/job/~", re.I)),
    "linkedin.com": ("LinkedIn", re.compile(r"/jobs/view/", re.I)),
    "freelancer.com": ("Freelancer", re.compile(r"/projects/[^/]+", re.I)),
    "indeed.com": ("Indeed", re.compile(r"/(?:viewjob|rc/clk|pagead/clk)", re.I)),
}
_PATH = re.compile(
    r"/(?:jobs?|projects?|gigs?|positions?|vacanc(?:y|ies)|careers?|stellen?(?:angebote?)?|auftraege"
    r"|projekte?|offres?(?:-emploi)?|missions?|ofertas?|vagas?|lavoro|annunci|opdracht(?:en)?|oferty"
    r"|opportunit(?:y|ies)|remote-jobs|remote)/[^/?]{3,}",
    re.IGNORECASE,
)
# What stands on a button, not over a posting.
_BUTTON = re.compile(
    r"^\W*(?:view|see|apply|open|read|show|details?|more|learn|check|go to|save|jetzt|ansehen|anzeigen"
    r"|bewerben|zum|zur|alle|voir|postuler|consulter|ver|aplicar|solicitar|vedi|candidati|bekijk"
    r"|solliciteer|zobacz|aplikuj|similar|all|new|browse|search)\b",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"unsubscribe|abmelden|abbestellen|se désabonner|darse de baja|notification.settings|manage "
    r"(?:your )?(?:alerts?|preferences)|you(?:'re| are)? receiv|privacy policy|datenschutz",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"forwarded message|^(?:from|to|date|subject|hi|hello|dear|hallo|bonjour|hola|ciao|guten)\b"
    r"|^[\W_]+$|new jobs?\b.*\b(?:for you|alert)|jobs posted in the last",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"'()\[\]]{4,2000}", re.IGNORECASE)
_BREAKS = {"p", "div", "li", "tr", "table", "ul", "ol", "br", "hr", "blockquote", "td"}
_HEADS = {"h1", "h2", "h3", "h4"}


@dataclass(slots=True)
class _Line:
    """One line of a mail with its links."""

    words: str = ""
    heading: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)


def records_of(mail: Mail) -> list[dict[str, Any]]:
    """The postings of a mail as records of a table, in its order; a mail without any is one."""
    lines = _lines_of_markup(mail.html) if mail.html else []
    if not _any_posting(lines):
        lines = _lines_of_text(mail.text)
    found = list(_postings(lines, mail))
    return found or [_whole(mail)]


def source_of(mail: Mail) -> str:
    """Where its postings come from: a board known by its address, else whoever sent it."""
    host = mail.sender.email.rpartition("@")[2].lower()
    known = (name for domain, (name, _) in _SOURCES.items() if _under(host, domain))
    return next(known, clean_line(mail.sender.shown, 80) or t("Mail"))


def is_alert(mail: Mail) -> bool:
    """Whether it names postings by links."""
    lines = _lines_of_markup(mail.html) if mail.html else []
    return _any_posting(lines) or _any_posting(_lines_of_text(mail.text))


def _whole(mail: Mail) -> dict[str, Any]:
    subject = re.sub(r"^(?:(?:re|aw|fwd?|wg|tr|rv)\s*:\s*)+", "", mail.subject, flags=re.IGNORECASE)
    return {
        "title": subject or mail.text.strip().split("\n")[0][:120],
        "text": mail.text,
        "client": mail.sender.shown,
        "id": mail.message_id,
        "source": t("Mail"),
        "posted": mail.at.isoformat(),
    }


def _postings(lines: list[_Line], mail: Mail) -> Iterator[dict[str, Any]]:
    source, seen = source_of(mail), set[str]()
    places = [at for at, line in enumerate(lines) if any(_is_posting(h) for _, h in line.links)]
    for number, at in enumerate(places):
        for words, href in lines[at].links:
            key = canonical(href)
            if not _is_posting(href) or key in seen or len(seen) >= POSTINGS_MOST:
                continue
            seen.add(key)
            before = places[number - 1] + 1 if number else 0
            after = places[number + 1] if number + 1 < len(places) else len(lines)
            title, block = _read(lines, at, words, (before, after))
            if title:
                yield {"title": title, "text": "\n".join(block), "url": href, "source": source,
                       "posted": mail.at.isoformat()}  # fmt: skip


def _read(lines: list[_Line], at: int, words: str, span: tuple[int, int]) -> tuple[str, list[str]]:
    """The title over a link, and the words that belong to it: a link that is a title stands above
    its words, a button below them."""
    if _is_title(words):
        return words, _block(lines[at + 1 : span[1]])
    above = lines[max(span[0], at - _BLOCK_MOST) : at]
    heads = [at for at, line in enumerate(above) if line.heading and line.words]
    plain = [at for at, line in enumerate(above) if not _NO_TITLE.search(line.words or "-")]
    chosen = heads[-1:] or plain[:1]
    if not chosen:
        return "", []
    return above[chosen[0]].words, _block(above[chosen[0] + 1 :])


def _block(lines: list[_Line]) -> list[str]:
    kept: list[str] = []
    for line in lines[:_BLOCK_MOST]:
        if _FOOT.search(line.words):
            break
        buttons = line.links and all(_BUTTON.match(words) for words, _ in line.links)
        if line.words and not buttons:
            kept.append(line.words)
    return kept


def _is_title(words: str) -> bool:
    return len(words) >= 6 and not _BUTTON.match(words) and not _URL.match(words)


def _any_posting(lines: list[_Line]) -> bool:
    return any(_is_posting(href) for line in lines for _, href in line.links)


def _is_posting(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    for domain, (_, path) in _SOURCES.items():
        if _under(host, domain):
            return bool(path.search(parts.path))
    return bool(_PATH.search(parts.path))


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _lines_of_text(text: str) -> list[_Line]:
    lines = []
    for raw in text.split("\n")[:_LINES_MOST]:
        found = _URL.findall(raw[:4000])
        words = " ".join(_URL.sub(" ", raw[:4000]).split()).strip(" :-–|>")
        links = [(words, url.rstrip(".,;")) for url in found if web_address(url)]
        lines.append(_Line(words, links=links))
    return lines


def _lines_of_markup(markup: str) -> list[_Line]:
    reader = _Markup()
    reader.feed(markup[:_MARKUP_MOST])
    reader.close()
    return reader.lines[:_LINES_MOST]


class _Markup(HTMLParser):
    """Sanitised HTML as lines with their links."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [_Line()]
        self._href, self._link = "", ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line, a link begins."""
        if tag in _BREAKS | _HEADS:
            self._break()
            self.lines[-1].heading = tag in _HEADS
        elif tag in {"style", "script"}:
            self._silent += 1
        elif tag == "a":
            self._end_link()
            self._href = web_address(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """A block or a link ends."""
        if tag == "a":
            self._end_link()
        elif tag in {"style", "script"}:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS | _HEADS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._silent:
            return
        line = self.lines[-1]
        line.words = " ".join(f"{line.words} {data}".split())[:4000]
        if self._href:
            self._link = " ".join(f"{self._link} {data}".split())[:400]

    def _break(self) -> None:
        if self._href:  # a link around blocks is one link, its first words are its title
            return
        if self.lines[-1].words or self.lines[-1].links:
            self.lines.append(_Line())
        self.lines[-1].heading = False

    def _end_link(self) -> None:
        if self._href:
            self.lines[-1].links.append((self._link, self._href))
        self._href, self._link = "", ""
