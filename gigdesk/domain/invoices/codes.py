"""The codes an invoice may use: units, VAT categories, currencies, and what each asks for."""

from __future__ import annotations

from decimal import Decimal

# UN/ECE Recommendation 20 and 21 codes that documents of people who work alone use, with the
# word by which the table of document words names them.
UNITS = {
    "HUR": "hour",
    "MIN": "minute",
    "DAY": "day",
    "WEE": "week",
    "MON": "month",
    "ANN": "year",
    "C62": "piece",
    "H87": "piece",
    "EA": "piece",
    "XPP": "piece",
    "LS": "lump",
    "P1": "percent",
    "KMT": "km",
    "MTR": "m",
    "MTK": "sqm",
    "KGM": "kg",
    "LTR": "litre",
    "PR": "pair",
    "SET": "set",
    "D64": "block",
    "E48": "service",
    "NPT": "part",
    "ZP": "page",
    "IE": "person",
    "TN": "tonne",
    "4C": "word",
}
# What the window offers first.
COMMON_UNITS = ("HUR", "DAY", "C62", "LS", "MON", "KMT", "ZP")

# Categories of EN 16931 that can be issued now, and whether they carry a rate.
CATEGORIES = {"S": True, "Z": False, "E": False, "AE": False, "O": False}
LATER = {"K", "G", "L", "M", "B"}
# Categories that must say why no VAT is charged, with the code that says it by itself.
EXEMPTIONS = {"E": "", "AE": "VATEX-EU-AE", "O": "VATEX-EU-O"}

# What the law of a country has small businesses print.
SMALL_BUSINESS = {
    "DE": "Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.",
    "AT": "Umsatzsteuerfrei aufgrund der Kleinunternehmerregelung gemäß § 6 Abs. 1 Z 27 UStG.",
    "FR": "TVA non applicable, art. 293 B du CGI.",
}

MAX_DECIMALS = 6
MAX_AMOUNT = Decimal(10) ** 12
