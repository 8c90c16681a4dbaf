"""What the assistant does by itself, as a table. Nothing here sends: it tells and keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gigdesk.domain.civil import Rule, daily
from gigdesk.domain.words import money_text, n, t
from gigdesk.services.routines import Routine

if TYPE_CHECKING:
    from gigdesk.domain.today import LateInvoice
    from gigdesk.services.notices import NoticeService
    from gigdesk.services.settings import SettingsService


@dataclass(frozen=True)
class Desk:
    """What the routines read and do, as functions of other services."""

    waiting: Callable[[], int]
    late: Callable[[date], Sequence[LateInvoice]]
    new_leads: Callable[[], int]
    back_up: Callable[[date], str]
    tell: NoticeService
    settings: SettingsService


def routines_of(desk: Desk) -> tuple[Routine, ...]:
    """The routines of a desk."""
    assistant = _Assistant(desk)
    morning = assistant.morning
    return (
        Routine("morning-digest", t("Morning digest"), "sun-medium", morning, assistant.digest),
        Routine("overdue-check", t("Overdue check"), "receipt-text", morning, assistant.overdue),
        Routine("daily-backup", t("Daily backup"), "shield-check", morning, assistant.backup),
    )


class _Assistant:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def morning(self) -> Rule:
        return daily(self._desk.settings.clock("morning"))

    def digest(self, day: date) -> str:
        waiting, late = self._desk.waiting(), len(self._desk.late(day))
        leads = self._desk.new_leads()
        parts = [
            n("{n} to approve", "{n} to approve", waiting) if waiting else "",
            n("{n} lead worth a look", "{n} leads worth a look", leads) if leads else "",
            n("{n} invoice late", "{n} invoices late", late) if late else "",
        ]
        words = ", ".join(part for part in parts if part)
        if not words:
            return t("Nothing waits for you.")
        self._desk.tell.tell(f"digest:{day}", t("Good morning"), f"{words}.")
        return f"{words}."

    def overdue(self, day: date) -> str:
        late = self._desk.late(day)
        for each in late:
            self._desk.tell.tell(
                f"overdue:{each.ref.id}",
                t("{number} is late", number=each.ref.label),
                n(
                    "{client}, {amount}, {n} day late",
                    "{client}, {amount}, {n} days late",
                    each.days,
                    client=each.client,
                    amount=money_text(each.open.amount, each.open.currency),
                ),
                each.ref,
            )
        return n("{n} invoice is late", "{n} invoices are late", len(late))

    def backup(self, day: date) -> str:
        return self._desk.back_up(day)
