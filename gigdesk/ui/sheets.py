"""What the window's sheets say: notices, connections, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gigdesk.domain.words import date_text, t
from gigdesk.ui.kit.rows import Section
from gigdesk.ui.kit.words import key_words
from gigdesk.ui.sheet import SheetLine

if TYPE_CHECKING:
    from datetime import datetime

    from gigdesk.domain.notices import Notice
    from gigdesk.services.office import Office
    from gigdesk.ui.kit.page import Command

_MARKS = {
    "mail": "mail",
    "invoice": "receipt-text",
    "payment": "banknote",
    "lead": "compass",
    "event": "calendar-days",
    "proposal": "check",
}


def notices(office: Office) -> tuple[list[Notice], list[SheetLine]]:
    """What the assistant told, newest first."""
    found = office.notices.latest()
    lines = [
        SheetLine(
            each.title,
            each.words,
            _when(office, each.at),
            _MARKS.get(each.record.kind, "info") if each.record else "info",
            not each.seen,
            each.record,
        )
        for each in found
    ]
    return found, lines


def connections(office: Office) -> list[SheetLine]:
    """Every connection this desk made, newest first."""
    return [
        SheetLine(
            each.host,
            t(
                "{why} · {state} · {sent} bytes out, {received} in",
                why=each.why,
                state=t(each.state),
                sent=each.sent,
                received=each.received,
            ),
            _when(office, each.at),
            "globe" if each.state != "blocked" else "shield-check",
        )
        for each in office.ledger.latest()
    ]


def keys(here: str, own: Sequence[Command], general: Sequence[Command]) -> list[object]:
    """The keys of this screen, then those that work everywhere."""
    lines: list[object] = []
    for title, commands in ((here, own), (t("Everywhere"), general)):
        keyed = [each for each in commands if each.key]
        if keyed:
            lines.append(Section(title))
            lines += [SheetLine(each.title, figure=key_words(each.key)) for each in keyed]
    return lines


def _when(office: Office, at: datetime) -> str:
    zone = office.zone()
    here, today = at.astimezone(zone), office.now().astimezone(zone).date()
    clock = f"{here:%H:%M}"
    if here.date() == today:
        return clock
    return f"{date_text(here.date(), form='d MMM')} {clock}"
