"""Clients out of files: CSV in any common dialect, and vCards."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from gigdesk.domain.errors import NotFound, Unreadable
from gigdesk.domain.words import t

_MOST_BYTES = 20_000_000
# Column headings people use, in the languages of the templates.
_COLUMNS = {
    "name": "name company client kunde firma nom société cliente nombre empresa".split(),
    "email": "email e-mail mail courriel correo".split(),
    "country": "country land pays país pais".split(),
    "language": "language sprache langue idioma".split(),
    "zone": "zone timezone zeitzone".split(),
    "currency": "currency währung devise moneda".split(),
    "terms_days": "terms_days terms zahlungsziel délai plazo".split(),
    "vat_id": "vat_id vat ust-id ustid tva nif".split(),
    "postcode": "postcode zip plz cp".split(),
    "city": "city ort ville ciudad".split(),
    "street": "street address straße strasse adresse rue dirección direccion calle".split(),
}


def read_clients(path: Path) -> list[dict[str, str]]:
    """The rows of a file of clients, by our own field names; blank ones left out.

    Raises NotFound, or Unreadable for what is neither CSV nor vCard.
    """
    try:
        data = path.read_bytes()[: _MOST_BYTES + 1]
    except FileNotFoundError:
        raise NotFound(t("There is no {path}", path=path), t("Nothing was changed.")) from None
    except OSError as error:
        raise Unreadable(t("{path} cannot be read", path=path), str(error.strerror)) from error
    if len(data) > _MOST_BYTES:
        raise Unreadable(t("{path} is too large", path=path.name), t("Split it and try again."))
    text = _decoded(data)
    if "BEGIN:VCARD" in text[:2000].upper():
        return _vcards(text)
    return _csv(text)


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _csv(text: str) -> list[dict[str, str]]:
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        table = [row for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable(t("This is no table"), str(error)) from error
    names = [_field(heading) for heading in table[0]] if table else []
    if "name" not in names and "email" not in names:
        raise Unreadable(
            t("No column is called name or email"),
            t("Nothing was imported. The first line must name the columns."),
        )
    return [
        {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        for row in table[1:]
    ]


def _field(heading: str) -> str:
    wanted = heading.strip().strip('"').casefold().replace(" ", "_")
    return next((name for name, known in _COLUMNS.items() if wanted in known), "")


def _vcards(text: str) -> list[dict[str, str]]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    found: list[dict[str, str]] = []
    for line in unfolded.splitlines():
        head, _, value = line.partition(":")
        name = head.split(";")[0].rpartition(".")[2].upper()
        if name == "BEGIN":
            found.append({})
        elif found:
            found[-1].update(_property(name, value.strip(), found[-1]))
    return found


def _property(name: str, value: str, known: dict[str, str]) -> dict[str, str]:
    plain = re.sub(r"\\([,;\\n])", lambda m: " " if m[1] == "n" else m[1], value)
    if name == "ORG":
        return {"name": plain.split(";")[0]}
    if name == "FN" and not known.get("name"):
        return {"name": plain}
    if name == "EMAIL" and not known.get("email"):
        return {"email": plain}
    if name == "TZ":
        return {"zone": plain}
    if name == "ADR":
        parts = (value.split(";") + [""] * 7)[:7]
        return {"street": parts[2], "city": parts[3], "postcode": parts[5]}
    return {}
