"""Bank accounts as mails name them: finding them, checking them, showing them without the middle."""

from __future__ import annotations

import re

# How long an IBAN of each country is.
LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28,
    "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23,
    "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26,
    "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24,
    "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24,
    "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip

# Letters that do not show, which would hide an account from whoever looks for it.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BETWEEN = " \t\u00a0\u2007\u202f.·-"
_IBAN = re.compile(rf"[A-Za-z]{{2}}[{_BETWEEN}]?\d{{2}}(?:[{_BETWEEN}]{{0,2}}[A-Za-z0-9]){{11,34}}")
_CHECK = re.compile(r"\d\d")  # a pattern that begins with a digit skips all the rest at once
_LOOKED_AT = 200_000  # letters
_MOST = 20


def accounts_in(text: str) -> tuple[str, ...]:
    """The IBANs a text names, each once, written together; those with a wrong check number are none."""
    found: dict[str, None] = {}
    text = text[:_LOOKED_AT]
    if not text.isascii():
        text = text.translate(_UNSEEN)
    for check in _CHECK.finditer(text):
        match = _written_at(text, check.start())
        iban = _whole(match[0]) if match else ""
        if iban:
            found[iban] = None
            if len(found) >= _MOST:
                break
    return tuple(found)


def _written_at(text: str, digits: int) -> re.Match[str] | None:
    """What may be an IBAN with its check number here."""
    country = digits - (3 if text[digits - 1 : digits] in _BETWEEN else 2)
    if country < 0 or text[country : country + 2].upper() not in LENGTHS:
        return None
    return None if text[country - 1 : country].isalnum() else _IBAN.match(text, country)


def plain(iban: str) -> str:
    """An IBAN as it is compared."""
    return re.sub(r"[^A-Za-z0-9]", "", iban).upper()


def masked(iban: str) -> str:
    """Enough of it to compare with what one knows: `GB09 … 6304`."""
    return f"{iban[:4]} … {iban[-4:]}"


def _whole(written: str) -> str:
    """The IBAN that stands at the beginning; what follows may be other words."""
    letters = plain(written)
    length = LENGTHS.get(letters[:2], 0)
    iban = letters[:length]
    return iban if length and len(iban) == length and _checks(iban) else ""


def _checks(iban: str) -> bool:
    digits = "".join(str(int(each, 36)) for each in iban[4:] + iban[:4])
    return int(digits) % 97 == 1
