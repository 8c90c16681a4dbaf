"""What a mail wants, told by rules: a meeting, an invoice, a quote, an answer, nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from gigdesk.domain.inbox.labels import asks
from gigdesk.domain.words import t

_READ_MOST = 6000
_NUMBER = re.compile(r"[^\W_][\w./-]*\d")


class Kind(StrEnum):
    """The kinds of mails that are answered differently."""

    INVOICE = "invoice"
    MEETING = "meeting"
    QUOTE = "quote"
    QUESTION = "question"
    THANKS = "thanks"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a mail wants. `numbers` are the invoices it names; `pays` is set when it asks where to
    pay to."""

    kind: Kind
    numbers: tuple[str, ...] = ()
    pays: bool = False


_MEETING = re.compile(
    r"\b(?:meet(?:ing)?s?|call|kick-?off|zoom|video ?call|catch up|free slots?|calendar|schedule|"
    r"treffen|termin\w*|telefonieren|videocall|besprechung|gespräch|kennenlernen|"
    r"réunion|rendez-vous|appel|visio\w*|créneau\w*|disponib\w+|"
    r"reunión|reunirnos|llamada|cita|videollamada|"
    r"riunione|chiamata|incontr\w+|appuntamento|sentirci|"
    r"reunião|chamada|encontro|reunir|"
    r"vergadering|afspraak|bellen|gesprek|overleg|"
    r"spotkani\w+|rozmow\w+|zadzwoni\w+|telekonferencj\w+)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(
    r"\b(?:quotes?|quotation|estimate|proposal|how much would|your rates?|budget|"
    r"angebot\w*|kostenvoranschlag|stundensatz|was würde .{0,30}kosten|"
    r"devis|tarifs?|combien coûte\w*|presupuesto|cotización|tarifas?|cuánto costar\w*|"
    r"preventivo|tariff\w+|quanto costere\w*|orçamento|quanto custar\w*|"
    r"offerte|uurtarief|prijsopgave|wycen\w+|ofert\w+|stawk\w+)\b",
    re.IGNORECASE,
)
_INVOICE = re.compile(
    r"\b(?:invoices?|invoiced|payments?|paid|vat id|billing|"
    r"rechnung\w*|zahlung\w*|überweis\w+|ust-?id\w*|"
    r"factures?|paiement|virement|factura\w*|pagos?|transferencia|"
    r"fattur\w+|pagament\w+|bonifico|faturas?|pagamento|"
    r"factu(?:ur|ren)|betal\w+|faktur\w+|płatnoś\w+|przelew\w*|zapłac\w+)\b",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:iban|bank (?:details|account)|account number|bankverbindung|kontonummer|konto|"
    r"coordonnées bancaires|rib|cuenta bancaria|coordinate bancarie|dados bancários|"
    r"rekeningnummer|numer konta|numer rachunku)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thank you|thanks|many thanks|danke|vielen dank|herzlichen dank|merci|gracias|grazie|"
    r"obrigad[oa]|bedankt|dank je|dank u|dziękuj\w+)\b",
    re.IGNORECASE,
)
_SHORT = 400


def wish_of(subject: str, own: str, numbers: Collection[str], *, invited: bool = False) -> Wish:
    """What this mail wants. `numbers` are this client's invoices; `invited` when an invitation is
    inside."""
    text = f"{subject}\n{own[:_READ_MOST]}"
    named = _named(text, numbers)
    pays = _PAYS.search(text) is not None
    tests: tuple[tuple[Kind, bool], ...] = (
        (Kind.INVOICE, bool(named) or pays),
        (Kind.MEETING, invited or _MEETING.search(text) is not None),
        (Kind.QUOTE, _QUOTE.search(text) is not None),
        (Kind.INVOICE, _INVOICE.search(text) is not None),
        (Kind.QUESTION, asks(own)),
        (Kind.THANKS, len(own) < _SHORT and _THANKS.search(own) is not None),
    )
    return Wish(next((kind for kind, fits in tests if fits), Kind.OTHER), named, pays)


def _named(text: str, numbers: Collection[str]) -> tuple[str, ...]:
    known = {number.casefold(): number for number in numbers}
    found = (known.get(token.casefold()) for token in _NUMBER.findall(text))
    return tuple(dict.fromkeys(number for number in found if number))


def wish_words(wish: Wish) -> str:
    """Why it is answered as it is: `because it names 2026-038`."""
    if wish.numbers:
        return t("because it names {numbers}", numbers=", ".join(wish.numbers[:3]))
    return {
        Kind.INVOICE: t("because it is about an invoice or a payment"),
        Kind.MEETING: t("because it asks for a meeting"),
        Kind.QUOTE: t("because it asks what something would cost"),
        Kind.QUESTION: t("because it asks a question"),
        Kind.THANKS: t("because it says thank you"),
        Kind.OTHER: t("because you asked for an answer"),
    }[wish.kind]
