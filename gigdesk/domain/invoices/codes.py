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
