"""Words of pay: currencies, units, and what is no pay although it looks like it."""

from __future__ import annotations

import re

# Sign or word -> currency; longest first when matched. Those in `ASSUMED` are shared by several.
CURRENCIES = {
    "US$": "USD", "USD": "USD", "A$": "AUD", "AU$": "AUD", "AUD": "AUD", "C$": "CAD",
    "CA$": "CAD", "CAD": "CAD", "NZ$": "NZD", "NZD": "NZD", "HK$": "HKD", "HKD": "HKD",
    "S$": "SGD", "SGD": "SGD", "NT$": "TWD", "TWD": "TWD", "MX$": "MXN", "MXN": "MXN",
    "R$": "BRL", "BRL": "BRL", "$": "USD", "€": "EUR", "EUR": "EUR", "EUROS": "EUR",
    "EURO": "EUR", "£": "GBP", "GBP": "GBP", "POUNDS": "GBP", "CHF": "CHF", "₹": "INR",
    "INR": "INR", "RS.": "INR", "RS": "INR", "RUPEES": "INR", "ZŁ": "PLN", "PLN": "PLN",
    "KČ": "CZK", "CZK": "CZK", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "JPY": "JPY",
    "CNY": "CNY", "RMB": "CNY", "₽": "RUB", "RUB": "RUB", "₴": "UAH", "UAH": "UAH",
    "₺": "TRY", "TRY": "TRY", "₱": "PHP", "₦": "NGN", "NGN": "NGN", "₪": "ILS", "ILS": "ILS",
    "₩": "KRW", "KRW": "KRW", "ZAR": "ZAR", "AED": "AED", "HUF": "HUF", "RON": "RON",
    "DOLLARS": "USD",
}  # fmt: skip
ASSUMED = {"$", "DOLLARS", "RS", "RS."}

# Unit -> words after "/", "per", "a", "pro", "par", "por", "je".
UNITS = {
    "hour": "hours? hrs? hr h std stunde heure heures hora horas घंटा",
    "day": "days? d tag jour jours día dia",
    "week": "weeks? wks? wk woche semaine semana",
    "month": "months? mos? mo monat mois mes mês 月 महीना",
    "year": "years? yrs? yr jahr an année año ano annum",
    "word": "words? wort mot palabra palavra",
    "article": "articles? artikel posts? blog",
    "piece": "pieces? items? logos? images? pages? videos? illustrations? stück",
}
# Unit -> words that say it alone, right after the amount.
ADVERBS = {
    "hour": r"hourly|ph\b|p/h|an hour|stündlich",
    "day": r"daily|a day|p/d|pd\b",
    "week": r"weekly|a week",
    "month": r"monthly|a month|月薪|p\.?m\.(?=\W|$)|pcm\b",
    "year": r"yearly|annually|annual\b|a year|per ann?um|p\.?a\.(?=\W|$)|年薪|lpa\b",
    "fixed": r"fixed|flat|lump sum|pauschal|in total|one[- ]off",
}
# Unit -> words right before the amount.
BEFORE = {
    "hour": r"hourly(?: rate| pay)?|per hour|stundensatz|stundenlohn|taux horaire|tarifa por hora",
    "day": r"daily(?: rate)?|day rate|tagessatz|tjm|per day",
    "week": r"weekly(?: rate| budget)?",
    "month": r"monthly(?: salary| pay| budget| retainer)?|monatlich|月薪",
    "year": r"annual(?: salary)?|yearly|per year|jahresgehalt",
    "fixed": r"fixed[- ]price|fixed(?: budget| fee)?|project budget|budget|festpreis|forfait",
}
# Words before an amount that say it is about pay.
ABOUT_PAY = re.compile(
    r"(?:pay|pays|paid|paying|rate|rates|salary|budget|earn|wage|fee|compensation|gehalt|honorar|"
    r"budget|salaire|salario|remuneration|offer(?:ing)?)\W{1,3}(?:\w+\W{1,3}){0,4}$",
    re.IGNORECASE,
)
# Words around an amount that say it is something else.
NOT_AFTER = re.compile(
    r"\s*\+?\s*(?:in\s+)?(?:ARR|MRR|revenue|funding|raised|in sales|turnover|valuation|employees|"
    r"people|users|customers|clients|followers|subscribers|members|downloads|countries|%|percent|"
    r"/\s*7\b|bonus|sign[- ]?on|stipend|allowance|gift|voucher|credit|deposit|fine|penalty|"
    r"(?:registration|training|application|sign-?up|starter|processing|security) (?:fee|deposit|kit)"
    r"|million|billion|bn\b)",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    r"(?:raised|raising|funding of|funded with|valued at|valuation of|revenue of|revenues? of|"
    r"series [A-E] of|ARR of|MRR of|turnover of|worth|save|saved|managing|manage|ad spend of|"
    r"bonus of|bonus|stipend of|deposit of|fee of|pay (?:us )?a(?: refundable)?)\W{1,3}(?:over |about )?$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s*-?\s*(?:hours?|hrs?|h|std|stunden|days?|tage|weeks?|wochen|months?|monate|years?|yrs?|"
    r"min(?:utes)?|mins?)\b",
    re.IGNORECASE,
)
NEGOTIABLE = re.compile(
    r"\b(?:DOE|negotiable|competitive|to be (?:discussed|agreed|determined)|TBD|"
    r"depends on experience|nach vereinbarung|VB)\b",
    re.IGNORECASE,
)
UP_TO = re.compile(r"\b(?:up to|max\.?|maximum(?: of)?|bis zu|bis|jusqu'à|hasta|até)\W{0,2}$", re.I)
FROM_ON = re.compile(
    r"\b(?:from|starting (?:at|from)|starts at|min\.?|minimum(?: of)?|at least|ab|à partir de|desde)"
    r"\W{0,2}$",
    re.I,
)
