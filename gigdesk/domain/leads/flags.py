"""Red flags: a small table of rules, each with the words it met, never hiding anything by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gigdesk.domain.leads.records import Flag, Severity
from gigdesk.domain.words import t

_QUOTE_MOST = 140


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of flag: its short name on a row, what it looks for, what to do about it."""

    name: str
    severity: Severity
    words: str
    advice: str
    pattern: str


RULES = (
    Rule(
        "free work", "careful", "Free work",
        "Ask for pay for every piece that could be used.",
        r"\b(?:free|unpaid)\s+(?:test|sample|mock-?up|work|task|draft|trial (?:task|work|project|day|week))s?\b"
        r"|\bunpaid (?:\w+ )?(?:trial|internship|work|test)\b"
        r"|\bwork(?:ing)? for free\b|\bfor exposure\b|\bno (?:pay|budget) (?:at first|yet|for now)\b"
        r"|\b(?:design|logo) contest\b|\bkostenlose[rn]? (?:Probe|Test)\w*|\bunbezahlte[rn]? \w+",
    ),
    Rule(
        "trial", "look", "Trial",
        "Ask what the trial pays and who keeps the work.",
        r"\b(?:small |short |paid )*(?:trial|test)\s+(?:task|project|period|assignment|job|first)\b"
        r"|\bpaid (?:test|trial)\b|\bProbeauftrag\b",
    ),
    Rule(
        "pay outside", "careful", "Pay outside",
        "Pay and talk where both sides are protected until you know them.",
        r"\b(?:outside|off)(?: of)? (?:the )?(?:platform|upwork|fiverr|freelancer)\b"
        r"|\b(?:contact|message|text|write|reach|add) (?:me|us) (?:on|via|at|through) "
        r"(?:telegram|whatsapp|signal|skype|wechat)\b|\btelegram\s?[:@]"
        r"|\b(?:paid|pay|payment) (?:in|by|via|with) (?:crypto|bitcoin|btc|usdt|gift cards?|"
        r"cashier'?s? che(?:ck|que)|western union)\b",
    ),
    Rule(
        "deposit", "careful", "Deposit or fee",
        "Work never costs a deposit. Do not pay.",
        r"\b(?:refundable|registration|training|application|processing|starter) (?:deposit|fee|kit)s?\b"
        r"|\b(?:pay|send|transfer) (?:us |me )?(?:an? |the )?(?:\S+ ){0,2}(?:deposit|fee)\b"
        r"|\bpurchase (?:your own )?(?:equipment|software|license) from\b"
        r"|\bVorauskasse\b",
    ),
    Rule(
        "sensitive papers", "careful", "Asks for papers",
        "No client needs these before a contract. Do not send them.",
        r"\b(?:copy|scan|photo|picture|front and back) of (?:your |the |an? )?(?:passport|id(?: card)?|"
        r"driver'?s? licen[cs]e|bank card|credit card)\b|\bsocial security number\b|\bSSN\b"
        r"|\b(?:online )?bank(?:ing)? (?:login|password|credentials)\b"
        r"|\b(?:share|rent|lend) your (?:upwork |freelancer |linkedin )?account\b|\bAusweiskopie\b",
    ),
    Rule(
        "no machines", "look", "No automation",
        "They ask for words of a person: write this one yourself.",
        r"\bno (?:automated|AI|bot|AI-generated|chatgpt)(?:[- ]generated)? "
        r"(?:applications?|proposals?|responses?|bids?)\b|\bwritten by (?:a )?humans? only\b",
    ),
)  # fmt: skip

_COMPILED = tuple((rule, re.compile(rule.pattern, re.IGNORECASE)) for rule in RULES)
_BY_NAME = {rule.name: rule for rule in RULES}
BELOW = "below floor"


def red_flags(text: str, below: str = "") -> tuple[Flag, ...]:
    """The flags a text raises, each once. `below`: the offer that stays under the person's floor."""
    found = [
        Flag(rule.name, _sentence(text, met.start(), met.end()), rule.severity)
        for rule, pattern in _COMPILED
        if (met := pattern.search(text)) and not _denied(text, met.start(), rule.name)
    ]
    if any(flag.rule == "free work" for flag in found):
        found = [flag for flag in found if flag.rule != "trial"]
    return (*found, Flag(BELOW, below, "look")) if below else tuple(found)


def flag_words(flag: Flag) -> tuple[str, str]:
    """How a flag is called on a row, and what to do about it."""
    if flag.rule == BELOW:
        return t("Under floor"), t("They offer less than you work for. Name your rate, or pass.")
    rule = _BY_NAME.get(flag.rule)
    return (t(rule.words), t(rule.advice)) if rule else (flag.rule, "")


def worst(flags: Iterable[Flag]) -> Flag | None:
    """The one a row shows."""
    return next(iter(sorted(flags, key=lambda flag: flag.severity != "careful")), None)


def _denied(text: str, start: int, rule: str) -> bool:
    """Whether the words before take it back: *no registration fee*, *never asks for a deposit*."""
    if rule == "no machines":
        return False
    before = text[max(0, start - 60) : start].casefold()
    return bool(
        re.search(r"\b(?:no|not|never|without|don't|do not|kein|keine|nicht)\b[^.!?]*$", before)
    )


def _sentence(text: str, start: int, end: int) -> str:
    """The words met, with the rest of their sentence as far as it is short."""
    left = max((text.rfind(sign, 0, start) + 1 for sign in ".!?\n"), default=0)
    rights = [at for sign in ".!?\n" if (at := text.find(sign, end)) >= 0]
    right = min(rights, default=len(text))
    whole = " ".join(text[left:right].split())
    return whole if len(whole) <= _QUOTE_MOST else " ".join(text[start:end].split())
