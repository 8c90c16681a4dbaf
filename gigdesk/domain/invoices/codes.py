"""The codes an invoice may use: units, VAT categories, currencies, and what each asks for."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from gigdesk.domain.places import resources

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
    "E48": "service",
    "NPT": "part",
    "ZP": "page",
    "IE": "person",
    "TNE": "tonne",
    "4C": "word",
}
# What the window offers first.
COMMON_UNITS = ("HUR", "DAY", "C62", "LS", "MON", "KMT", "ZP")

# ISO 4217: the currencies that are paid in; and ISO 3166-1: the countries.
CURRENCIES = frozenset(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD"
    " CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD"
    " GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD"
    " KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO"
    " NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE"
    " SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND"
    " VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
)
COUNTRIES = frozenset(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT"
    " BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG"
    " EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN"
    " HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI"
    " LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC"
    " NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA"
    " SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR"
    " TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split()
)

# Categories of EN 16931 that can be issued now, and whether they carry a rate.
CATEGORIES = {"S": True, "Z": False, "E": False, "AE": False, "O": False}
LATER = {"K", "G", "L", "M", "B"}
# The standard rate of a country's VAT, which a new line has until the person says otherwise.
STANDARD_RATES = {
    "AT": "20", "BE": "21", "BG": "20", "CH": "8.1", "CY": "19", "CZ": "21", "DE": "19", "DK": "25",
    "EE": "24", "ES": "21", "FI": "25.5", "FR": "20", "GB": "20", "GR": "24", "HR": "25", "HU": "27",
    "IE": "23", "IT": "22", "LT": "21", "LU": "17", "LV": "21", "MT": "18", "NL": "21", "PL": "23",
    "PT": "23", "RO": "21", "SE": "25", "SI": "22", "SK": "23",
}  # fmt: skip

# Categories that must say why no VAT is charged, with the code that says it by itself.
EXEMPTIONS = {"E": "", "AE": "VATEX-EU-AE", "O": "VATEX-EU-O"}

# The reasons for charging no VAT that have a code, after VATEX-EU- and VATEX-FR-.
_EU_REASONS = (
    "132 132-1A 132-1B 132-1C 132-1D 132-1E 132-1F 132-1G 132-1H 132-1I 132-1J 132-1K 132-1L"
    " 132-1M 132-1N 132-1O 132-1P 132-1Q 135-1 143 143-1A 143-1B 143-1C 143-1D 143-1E 143-1F"
    " 143-1FA 143-1G 143-1H 143-1I 143-1J 143-1K 143-1L 144 146-1E 148 148-A 148-B 148-C 148-D"
    " 148-E 148-F 148-G 151 151-1A 151-1AA 151-1B 151-1C 151-1D 151-1E 153 159 309 79-C AE D F"
    " G I IC J O"
)
_FR_REASONS = (
    "298SEXDECIESA AE CGI261-1 CGI261-2 CGI261-3 CGI261-4 CGI261-5 CGI261-7 CGI261-8 CGI261A"
    " CGI261B CGI261C-1 CGI261C-2 CGI261C-3 CGI261D-1 CGI261D-1BIS CGI261D-2 CGI261D-3"
    " CGI261D-4 CGI261E-1 CGI261E-2 CGI275 CGI277A CGI295 CNWVAT FRANCHISE"
)
REASONS = frozenset(
    [f"VATEX-EU-{each}" for each in _EU_REASONS.split()]
    + [f"VATEX-FR-{each}" for each in _FR_REASONS.split()]
)

# What the law of a country has small businesses print.
SMALL_BUSINESS = {
    "DE": "Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.",
    "AT": "Umsatzsteuerfrei aufgrund der Kleinunternehmerregelung gemäß § 6 Abs. 1 Z 27 UStG.",
    "FR": "TVA non applicable, art. 293 B du CGI.",
}

MAX_DECIMALS = 6
MAX_AMOUNT = Decimal(10) ** 12


@cache
def unit_codes() -> frozenset[str]:
    """Every unit an e-invoice may name (UN/ECE Recommendations 20 and 21)."""
    return frozenset((resources() / "invoice" / "units.txt").read_text("ascii").split())
