"""Clients out of files: CSV in any common dialect, and vCards of every version."""

from __future__ import annotations

import csv
import io
import quopri
import re
from functools import cache
from pathlib import Path

from gigdesk.domain.errors import NotFound, Unreadable
from gigdesk.domain.invoices.codes import COUNTRIES
from gigdesk.domain.words import t

_MOST_BYTES = 20_000_000
# Column headings people use, in the languages of the templates.
_COLUMNS = {
    "name": "name company company_name organization organisation client kunde firma nom société"
    " cliente nombre empresa",
    "email": "email e-mail e_mail email_address mail courriel correo",
    "country": "country country_code land pays país pais",
    "language": "language sprache langue idioma lang",
    "zone": "zone timezone time_zone zeitzone",
    "currency": "currency währung waehrung devise moneda",
    "terms_days": "terms_days terms payment_terms zahlungsziel délai plazo",
    "vat_id": "vat_id vat vat_number ust-id ust-idnr. ustid tva nif",
    "postcode": "postcode postal_code zip zip_code plz cp code_postal",
    "city": "city town ort stadt ville ciudad",
    "street": "street address street_address straße strasse adresse rue dirección direccion calle",
    "buyer_reference": "buyer_reference reference leitweg-id leitweg_id referenz",
}
_NAMED_IN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
# Where a name of a country means another code than the tables say first.
_OTHER_NAMES = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "brd": "DE"}

Row = tuple[int, dict[str, str]]


def read_clients(path: Path) -> list[Row]:
    """The clients of a file with their place in it (line of the table, number of the card), by our
    own field names; blank rows left out.

    Raises NotFound, or Unreadable for what is neither CSV nor vCard.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotFound(t("There is no {path}", path=path), t("Nothing was changed.")) from None
    except OSError as error:
        raise Unreadable(t("{path} cannot be read", path=path), str(error.strerror)) from error
    if len(data) > _MOST_BYTES:
        raise Unreadable(t("{path} is too large", path=path.name), t("Split it and try again."))
    text = _decoded(data)
    rows = _vcards(text) if "BEGIN:VCARD" in text[:2000].upper() else _csv(text)
    return [(at, _coded(fields)) for at, fields in rows]


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


# --- tables ---------------------------------------------------------------------------------------
def _csv(text: str) -> list[Row]:
    delimiter = ""
    # Spreadsheets may say their delimiter in a line of its own.
    said = re.match(r"\s*sep=(.)\r?\n", text)
    if said:
        delimiter, text = said[1], text[: said.start()] + "\n" + text[said.end() :]
    first = text.lstrip().split("\n", 1)[0]
    delimiter = delimiter or max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    table: list[tuple[int, list[str]]] = []
    try:
        before = 0
        for row in reader:
            if any(cell.strip() for cell in row):
                table.append((before + 1, row))
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable(t("This is no table"), str(error)) from error
    names = [_field(heading) for heading in table[0][1]] if table else []
    if "name" not in names and "email" not in names:
        raise Unreadable(
            t("No column is called name or email"),
            t("Nothing was imported. The first line must name the columns."),
        )
    return [(at, _named(names, row)) for at, row in table[1:]]


def _named(names: list[str], row: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if name and cell.strip() and not found.get(name):
            found[name] = cell.strip()
    return found


def _field(heading: str) -> str:
    wanted = re.sub(r"\s+", "_", heading.strip().strip('"').strip().casefold())
    return next((name for name, known in _COLUMNS.items() if wanted in known.split()), "")


# --- cards ----------------------------------------------------------------------------------------
def _vcards(text: str) -> list[Row]:
    found: list[Row] = []
    for line in _unfolded(text):
        name, parameters, value = _parts(line)
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            found.append((len(found) + 1, {}))
        elif found:
            fields = found[-1][1]
            for field, words in _property(name, _plain(value, parameters)).items():
                # A company's name goes before a person's, else what comes first.
                if words and (not fields.get(field) or name == "ORG"):
                    fields[field] = words
    for _, fields in found:
        fields.setdefault("name", fields.pop("person", ""))
        fields.pop("person", None)
    return found


def _unfolded(text: str) -> list[str]:
    """Whole lines: folded ones joined, quoted-printable ones at their soft breaks too."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        soft = bool(lines) and lines[-1].endswith("=") and _is_quoted(lines[-1])
        if soft:
            lines[-1] = lines[-1][:-1] + line.lstrip(" \t")
        elif line[:1] in {" ", "\t"} and lines:
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line.split(":", 1)[0].upper()


def _parts(line: str) -> tuple[str, str, str]:
    """Name, parameters, value; a colon inside a quoted parameter ends nothing."""
    head = re.match(r'(?:[^":]|"[^"]*")*', line)
    cut = head.end() if head else len(line)
    name, _, parameters = line[:cut].partition(";")
    return name.rpartition(".")[2].strip().upper(), parameters.upper(), line[cut + 1 :]


def _plain(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters:
        return value
    charset = re.search(r"CHARSET=([\w-]+)", parameters)
    try:
        return quopri.decodestring(value.encode()).decode(charset[1] if charset else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return quopri.decodestring(value.encode()).decode("cp1252", "replace")


def _property(name: str, value: str) -> dict[str, str]:
    pieces = [_unescaped(piece) for piece in re.split(r"(?<!\\);", value)]
    whole = ";".join(pieces).strip()
    simple = {"EMAIL": "email", "TZ": "zone", "LANG": "language", "FN": "person"}
    if name in simple:
        return {simple[name]: whole.removeprefix("mailto:")}
    if name == "ORG":
        return {"name": pieces[0]}
    if name == "N":
        given_first = [*pieces[1:2], *pieces[:1]]
        return {"person": " ".join(piece for piece in given_first if piece)}
    if name == "ADR":
        _, _, street, city, _, postcode, country = (pieces + [""] * 7)[:7]
        return {"street": street, "city": city, "postcode": postcode, "country": country}
    return {}


def _unescaped(piece: str) -> str:
    return re.sub(r"\\([,;:\\nN])", lambda m: " " if m[1] in "nN" else m[1], piece).strip()


# --- codes ----------------------------------------------------------------------------------------
def _coded(fields: dict[str, str]) -> dict[str, str]:
    """Countries and languages by their codes where they stand by name, days to pay as a number."""
    coded = dict(fields)
    country = fields.get("country", "")
    if country and country.upper() not in COUNTRIES:
        coded["country"] = _countries().get(country.casefold().strip(". "), country)
    language = fields.get("language", "")
    if len(language) > 3:
        coded["language"] = _languages().get(language.casefold(), language)
    days = re.findall(r"\d+", fields.get("terms_days", ""))
    if len(days) == 1:
        coded["terms_days"] = days[0]
    return coded


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    names = {
        str(name).casefold(): code
        for language in reversed(_NAMED_IN)
        for code, name in Locale(language).territories.items()
        if code in COUNTRIES
    }
    return {**names, **_OTHER_NAMES}


@cache
def _languages() -> dict[str, str]:
    from babel import Locale

    return {
        str(name).casefold(): code
        for language in reversed(_NAMED_IN)
        for code, name in Locale(language).languages.items()
        if len(code) == 2
    }
