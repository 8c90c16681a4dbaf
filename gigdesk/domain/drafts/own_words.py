"""How one of the person's own mails was written: its forms and counts, without what it was about."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, replace

from gigdesk.domain.drafts.forms import closing_in, formality_of, greeting_in, opening_of
from gigdesk.domain.drafts.languages import language_of
from gigdesk.domain.drafts.letter import parted, visible
from gigdesk.domain.drafts.replying import first_name

# Nothing at all stands in this place, as against: not known.
NOTHING = "-"
READ_MOST = 8_000
WORDS_MOST = 1_000
_PARSED_MOST = 3_000  # its patterns take the square of the length
_ENDING_LINES = 14
_LAST_WORDS = 7
_PARSED = ("en", "de", "es", "fr", "it", "nl", "pl")  # whose quotes the parser knows
_PHONE = re.compile(
    r"(?:sent from|get outlook for|(?:von )?mein\w* .{0,30}gesendet|gesendet (?:von|mit)|"
    r"envoyé d|enviado d|inviato da|verzonden v|wysłane z)\b.{0,60}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"(?im)^(?:-+ ?(?:forwarded|weitergeleitete)|begin forwarded message)")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Signs:
    """What one own mail shows. `called` is how it greets its reader, whose first name is `first`."""

    language: str = ""
    greeting: str = ""
    bound: bool = False
    called: str = ""
    first: str = ""
    opening: str = ""
    closing: str = ""
    signing: str = ""
    formality: str = ""
    words: int = 0
    sentences: int = 0
    exclamations: int = 0
    emoji: int = 0

    def as_json(self) -> str:
        """For the store."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, words: str) -> Signs:
        """And back."""
        return cls(**json.loads(words))


@dataclass(frozen=True, slots=True)
class Own:
    """An own mail to be read: whom it went to, what its writer is called, and the language the
    reader is known to speak."""

    text: str
    reader: str = ""
    names: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The pieces of an own mail; `body` stands between greeting and closing."""

    signs: Signs
    body: str = ""


def signs_of(own: Own) -> Signs | None:
    """What this mail shows; None when nothing in it is one's own."""
    read = read_own(own)
    return read.signs if read else None


def read_own(own: Own) -> Letterhead | None:
    """The mail in its pieces, quotes and signature gone; None when nothing in it is one's own."""
    text = own_words(own.text)
    lines = text.split("\n")
    if not text:
        return None
    first, last = first_name(own.reader), own.reader.rpartition(" ")[2]
    greeting = greeting_in(lines[0], first, last)
    rest = lines if greeting is None else [greeting.rest, *lines[1:]]
    closing, signing, inner = _ended(rest, own.names)
    body = "\n".join(inner).strip()
    words = len(_WORD.findall(body))
    if not words or words > WORDS_MOST:
        return None
    language = language_of(text, own.hint)
    signs = Signs(
        language=language,
        first=first,
        opening=opening_of(next(iter(sentences_of(body)), "")),
        closing=closing,
        signing=signing,
        formality=formality_of(f" {body}", language),
        words=words,
        sentences=len(sentences_of(body)),
        exclamations=body.count("!"),
        emoji=emoji_in(text),
    )
    if greeting is None:
        return Letterhead(replace(signs, greeting=NOTHING), body)
    known = replace(
        signs, greeting=greeting.form, bound=greeting.bound, called=greeting.called
    )  # fmt: skip
    return Letterhead(known, body)


def own_words(text: str) -> str:
    """Without quotes, without the signature below `--`, without what a telephone adds."""
    from mailparser_reply import EmailReplyParser

    seen = parted(visible(text[:READ_MOST])).own
    if forwarded := _FORWARDED.search(seen):
        seen = seen[: forwarded.start()]
    kept: list[str] = []
    for line in seen.split("\n"):
        if line.strip() in {"--", "—", "___"} or _PHONE.fullmatch(line.strip()):
            break
        kept.append(line)
    plain = "\n".join(kept).strip()
    if not plain or len(plain) > _PARSED_MOST:
        return plain
    replies = EmailReplyParser(languages=list(_PARSED)).read(plain).replies
    return (replies[0].content or "").strip() if replies else plain


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line's end ends one too."""
    found = (each.strip() for each in _SENTENCE.findall(text))
    return [each for each in found if _WORD.search(each)]


def emoji_in(text: str) -> int:
    """How many small pictures there are, and how many made of signs."""
    signs = len(re.findall(r"(?<!\w)[:;]-?[)(DP](?!\w)", text))
    return signs + sum(unicodedata.category(letter) == "So" for letter in text)


def _ended(lines: list[str], names: tuple[str, ...]) -> tuple[str, str, list[str]]:
    """The closing, how it is signed, and the lines before them. A short line right above the name
    closes a letter as well, in words that are no form: then the closing is not known."""
    for at in range(max(1, len(lines) - _ENDING_LINES), len(lines)):
        if (whole := _joined_ending(lines[at], names)) or closing_in(lines[at]):
            below = next(filter(None, map(str.strip, lines[at + 1 :])), "")
            signing = "" if whole else signing_of(below, names)
            return whole or closing_in(lines[at]), signing or NOTHING, lines[:at]
    signing = signing_of(lines[-1], names) if len(lines) > 1 else ""
    if not signing:
        return NOTHING, NOTHING, lines
    above = lines[-2].strip()
    if len(lines) > 3 and above and not lines[-3].strip() and len(above.split()) <= _LAST_WORDS:
        return "", signing, lines[:-2]
    return NOTHING, signing, lines[:-1]


def _joined_ending(line: str, names: tuple[str, ...]) -> str:
    """`Best, Nino`: the closing and the place of the name in one line."""
    before, comma, after = line.strip().rpartition(",")
    closing, signing = closing_in(before), signing_of(after, names) if comma else ""
    return f"{closing}, {signing}" if closing and signing else ""


def signing_of(line: str, names: tuple[str, ...]) -> str:
    """How one's own name is written there: `{my_first}`, `{my_name}`, `{my_initials}`, or a short form
    of it; empty when the line is no name of one's own."""
    said = line.strip().strip("–-,/ ")
    for name in filter(None, names):
        first = name.split(" ")[0]
        initials = "".join(part[0] for part in name.split())
        forms = {
            name: "{my_name}", first: "{my_first}", initials: "{my_initials}",
            f"{first[0]}.": f"{first[0]}.", first[0]: first[0],
        }  # fmt: skip
        for form, slot in forms.items():
            if said.casefold() == form.casefold():
                return slot
        if (
            re.fullmatch(r"[^\W\d_]{2,12}", said)
            and said[0] == first[0]
            and len(said) <= len(first)
        ):
            return said
    return ""
