"""The fact guard: amounts, dates, accounts, addresses and links of a draft that nobody recorded.

What stands in a record of this client, in the person's own profile or in the mail that is answered is
known; everything else of these five kinds is marked. Spelling does not count, the value does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gigdesk.domain.drafts.addresses import (
    compact,
    ibans_in,
    link_value,
    links_in,
    mails_in,
)
from gigdesk.domain.drafts.amounts import Seen, amounts_in
from gigdesk.domain.drafts.days import days_in
from gigdesk.domain.drafts.folding import Folded, fold
from gigdesk.domain.proposals import Finding
from gigdesk.domain.words import t

KINDS = ("link", "email", "iban", "date", "money")


@dataclass(frozen=True, slots=True)
class Records:
    """All values a draft may repeat. `texts` are read for values too: the mail, names, addresses."""

    today: date
    amounts: frozenset[tuple[Decimal, str]] = frozenset()
    dates: frozenset[date] = frozenset()
    ibans: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()  # accounts that stand in a mail which is not to be trusted
    texts: tuple[str, ...] = ()


def findings(draft: str, records: Records) -> tuple[Finding, ...]:
    """Every value that is known nowhere, in the order of the draft."""
    known = _known(records)
    folded = fold(draft)
    found = [
        _finding(kind, seen, folded)
        for kind, seen in values_in(folded, records.today)
        if seen.value is None or (kind, seen.value) not in known
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def values_in(folded: Folded, today: date) -> Iterator[tuple[str, Seen]]:
    """All values of the five kinds; what was taken for one is not looked at for the next."""
    readers: dict[str, Callable[[str], Iterable[Seen]]] = {
        "link": links_in,
        "email": mails_in,
        "iban": ibans_in,
        "date": lambda text: days_in(text, today),
        "money": amounts_in,
    }
    text = folded.text
    for kind in KINDS:
        for seen in list(readers[kind](text)):
            yield kind, seen
            text = text[: seen.start] + "\x00" * (seen.end - seen.start) + text[seen.end :]


def _known(records: Records) -> set[tuple[str, object]]:
    known: set[tuple[str, object]] = {
        *(("money", value) for value in records.amounts),
        *(("date", value) for value in records.dates),
        *(("iban", compact(value)) for value in records.ibans),
        *(("email", value.casefold()) for value in records.emails),
        *(("link", link_value(value)) for value in records.links),
    }
    for text in records.texts:
        # Quoted lines that were wrapped are read without their marks.
        for words in {text, re.sub(r"(?m)^(?:>[ ]?)+", "", text)}:
            known |= {(kind, seen.value) for kind, seen in values_in(fold(words), records.today)}
    return known - {("iban", compact(value)) for value in records.barred}


def _finding(kind: str, seen: Seen, folded: Folded) -> Finding:
    start, end = folded.span(seen.start, seen.end)
    return Finding(kind, folded.original[start:end], start, end, _WHY[kind]())


_WHY: dict[str, Callable[[], str]] = {
    "money": lambda: t("this amount is in no record of this client and not in the mail"),
    "date": lambda: t("this date is in no record of this client and not in the mail"),
    "iban": lambda: t("this account is neither yours nor in a mail that can be trusted"),
    "email": lambda: t("this address is in no record of this client and not in the mail"),
    "link": lambda: t("this link is in no record of this client and not in the mail"),
}
