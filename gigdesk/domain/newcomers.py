"""Somebody new in a mail: what can be told of them, each guess with its reason. Nothing here is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gigdesk.domain.calendar.places import city_of
from gigdesk.domain.civil import known_zones
from gigdesk.domain.clients import Client
from gigdesk.domain.drafts.languages import NAMES, language_of
from gigdesk.domain.inbox.labels import is_no_reply, public_domain
from gigdesk.domain.inbox.sorting.lookalikes import core_of
from gigdesk.domain.inbox.writing import one_line
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.inbox.mails import Mail

# The fields of a client that may be guessed, in the order of the form.
FIELDS: dict[str, Callable[[], str]] = {
    "name": lambda: t("Client"),
    "contact": lambda: t("Person"),
    "email": lambda: t("Mail"),
    "phone": lambda: t("Phone"),
    "country": lambda: t("Country"),
    "zone": lambda: t("Zone"),
    "language": lambda: t("Language"),
}
_SIGNATURE_LINES, _LINE_MOST, _TEXT_MOST = 14, 160, 40_000
_WROTE = re.compile(
    r"^\s*(?:on .{5,100}wrote:|am .{5,100}schrieb|le .{5,100}a écrit|el .{5,100}escribió"
    r"|il .{5,100}ha scritto|em .{5,100}escreveu|op .{5,100}schreef|-{2,} ?(?:original|ursprüngl))",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:GmbH(?: & Co\.? KG)?|UG|AG|e\.?K\.?|OHG|GbR|Ltd\.?|Limited|LLC|LLP|Inc\.?|Corp\.?|SARL|SAS"
    r"|S\.A\.S?\.?|S\.?r\.?l\.?|S\.p\.A\.|B\.V\.|BV|N\.V\.|S\.L\.U?\.?|Lda\.?|Sp\. z o\.o\.|Oy|AB|ApS"
    r"|A/S|Pty)(?![\w])"
)
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ()/.\-\u00a0]{0,3}\d){7,14}(?!\d)")
# Calling code -> country, where it is one country's.
_CALLING = {
    "7": "", "20": "EG", "27": "ZA", "30": "GR", "31": "NL", "32": "BE", "33": "FR", "34": "ES",
    "36": "HU", "39": "IT", "40": "RO", "41": "CH", "43": "AT", "44": "GB", "45": "DK", "46": "SE",
    "47": "NO", "48": "PL", "49": "DE", "51": "PE", "52": "MX", "54": "AR", "55": "BR", "56": "CL",
    "57": "CO", "60": "MY", "61": "AU", "62": "ID", "63": "PH", "64": "NZ", "65": "SG", "66": "TH",
    "81": "JP", "82": "KR", "84": "VN", "86": "CN", "90": "TR", "91": "IN", "92": "PK", "94": "LK",
    "212": "MA", "234": "NG", "254": "KE", "351": "PT", "352": "LU", "353": "IE", "354": "IS",
    "355": "AL", "356": "MT", "357": "CY", "358": "FI", "359": "BG", "370": "LT", "371": "LV",
    "372": "EE", "373": "MD", "374": "AM", "375": "BY", "377": "MC", "380": "UA", "381": "RS",
    "382": "ME", "385": "HR", "386": "SI", "387": "BA", "389": "MK", "420": "CZ", "421": "SK",
    "423": "LI", "852": "HK", "886": "TW", "880": "BD", "961": "LB", "962": "JO", "966": "SA",
    "971": "AE", "972": "IL", "994": "AZ", "995": "GE", "998": "UZ",
}  # fmt: skip
# Endings of a country that anybody uses.
_ANYBODYS = frozenset("io co ai me tv fm gg cc to ly sh so vc ws nu st ac la im is in".split())
_ENDINGS = {"uk": "GB"}
# The zones most people of a country, and of an hour, live in; the first one that fits is taken.
_CROWDED = (
    "Europe/London Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Lisbon"
    " Europe/Amsterdam Europe/Warsaw Europe/Kyiv Europe/Moscow Europe/Istanbul America/New_York"
    " America/Chicago America/Denver America/Los_Angeles America/Anchorage Pacific/Honolulu"
    " America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax"
    " America/Sao_Paulo America/Manaus America/Argentina/Buenos_Aires America/Mexico_City"
    " America/Santiago America/Bogota America/Lima Australia/Sydney Australia/Brisbane"
    " Australia/Adelaide Australia/Perth Pacific/Auckland Asia/Jakarta Asia/Shanghai"
    " Asia/Kuala_Lumpur Asia/Almaty"
).split()
_HOME = {"de": "DE", "fr": "FR", "es": "ES", "it": "IT", "pt": "PT", "nl": "NL", "pl": "PL"}
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that may be so, and why."""

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A sender beside what the desk knows: `known` is the client of this very address, `similar`
    are those who may be the same."""

    guesses: tuple[Guess, ...] = ()
    known: Client | None = None
    similar: tuple[Client, ...] = ()
    open: tuple[Guess, ...] = ()  # guesses about the known client that nobody has confirmed

    def value(self, field: str) -> str:
        """What is guessed for a field; empty when nothing is."""
        return next((each.value for each in self.guesses if each.field == field), "")


def is_person(mail: Mail) -> bool:
    """Whether somebody may have written it who could be a client."""
    local = re.sub(r"[^a-z]", "", mail.sender.email.lower().rpartition("@")[0])
    return not (
        mail.bulk or is_no_reply(mail.sender) or "noreply" in local or "donotreply" in local
    )


def guesses_of(mail: Mail) -> tuple[Guess, ...]:
    """Everything a mail lets one guess of its sender; nothing where there is no sign."""
    email = mail.sender.email
    host = email.rpartition("@")[2].lower()
    signature = _signature(mail.text)
    found: list[Guess] = []
    person = one_line(mail.sender.name)[:120]
    company = _company(signature, host)
    if company is not None:
        found.append(company)
    if person and "@" not in person:
        field = "contact" if company is not None else "name"
        found.append(Guess(field, person, t("The mail gives this name.")))
    elif company is None:
        found.append(Guess("name", email, t("The mail gives no name.")))
    found.append(Guess("email", email, t("It came from this address.")))
    phone = next((each for line in signature for each in _PHONE.findall(line)), "")
    if phone:
        found.append(Guess("phone", " ".join(phone.split()), t("It stands in the signature.")))
    language = language_of(_own_words(mail.text)) if len(mail.text.split()) > 4 else ""
    country = _country(phone, host)
    if country is not None:
        found.append(country)
    zone = _zone(mail, country, language)
    if zone is not None:
        found.append(zone)
    if language:
        name = NAMES[language]()
        found.append(Guess("language", language, t("The mail is written in {name}.", name=name)))
    return tuple(found)


def similar_to(guesses: Mapping[str, str], clients: list[Client]) -> tuple[Client, ...]:
    """Clients who may be the same: by their name, or by the domain of their mail."""
    email = guesses.get("email", "").lower()
    host = email.rpartition("@")[2]
    names = {guesses.get(field, "").casefold() for field in ("name", "contact")} - {""}
    return tuple(
        each
        for each in clients
        if each.name.casefold() in names
        or (each.contact and each.contact.casefold() in names)
        or (host and not public_domain(host) and each.email.lower().rpartition("@")[2] == host)
    )[:5]


# --- where it stands ------------------------------------------------------------------------------
def _own_words(text: str) -> str:
    lines = []
    for line in text[:_TEXT_MOST].split("\n"):
        if _WROTE.match(line[:_LINE_MOST]):
            break
        if not line.lstrip().startswith((">", "|")):
            lines.append(line)
    return "\n".join(lines)


def _signature(text: str) -> list[str]:
    lines = [" ".join(line.split())[:_LINE_MOST] for line in _own_words(text).split("\n")]
    marks = [at for at, line in enumerate(lines) if line == "--"]
    kept = [line for line in (lines[marks[-1] + 1 :] if marks else lines) if line]
    return kept[:_SIGNATURE_LINES] if marks else kept[-_SIGNATURE_LINES:]


def _company(signature: list[str], host: str) -> Guess | None:
    for line in signature:
        found = _FORM.search(line)
        if found is not None and len(line) < 80:
            name = re.split(r"\s*[|·•,]\s+|\s[–-]\s", line[: found.end()])[-1].strip()
            if name and name != found[0]:
                return Guess("name", name, t("It stands in the signature: {line}", line=line))
    word = core_of(host)
    if word and host and not public_domain(host):
        name = word.replace("-", " ").title()
        return Guess("name", name, t("The address ends in {host}.", host=host))
    return None


def _country(phone: str, host: str) -> Guess | None:
    digits = re.sub(r"\D", "", phone)
    digits = digits[2:] if phone.startswith("00") else digits
    for length in (3, 2):
        code = _CALLING.get(digits[:length], "")
        if code:
            return Guess("country", code,
                         t("The phone number begins with +{code}.", code=digits[:length]))  # fmt: skip
    ending = host.rpartition(".")[2]
    code = _ENDINGS.get(ending, ending.upper())
    if ending not in _ANYBODYS and code in _zones():
        return Guess("country", code, t("The address ends in .{ending}.", ending=ending))
    return None


def _zone(mail: Mail, country: Guess | None, language: str) -> Guess | None:
    at = mail.date
    offset = at.utcoffset() if at is not None else None
    code, said = (country.value, country.reason) if country else ("", "")
    if not code and offset and language in _HOME:
        code = _HOME[language]
        said = t("The mail is written in {name}.", name=NAMES[language]())
    zones = _zones().get(code, [])
    # Many programs write the time of Greenwich, wherever they are: that says nothing.
    fitting = [each for each in zones if at and offset and _offset(each, at) == offset]
    if fitting:
        clock = t("Its clock was {offset}.", offset=_offset_words(offset))
        return Guess("zone", _crowded(fitting), f"{said} {clock}".strip())
    offsets = {_offset(each, at or mail.at) for each in zones}
    if country is None or len(offsets) != 1 or offset:
        return None
    return Guess("zone", _crowded(zones), said)


def _crowded(zones: list[str]) -> str:
    return next((each for each in _CROWDED if each in zones), sorted(zones)[0])


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _offset_words(offset: timedelta | None) -> str:
    minutes = round((offset or timedelta()) / timedelta(minutes=1))
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    rest = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{sign}{minutes // 60}{rest}"


@cache
def _zones() -> dict[str, list[str]]:
    from babel.core import get_global

    found: dict[str, list[str]] = {}
    for zone, code in get_global("zone_territories").items():
        if zone in known_zones() and "/" in zone:
            found.setdefault(code, []).append(zone)
    return found


def zone_words(zone: str) -> str:
    """A zone as people call it."""
    return city_of(zone)
