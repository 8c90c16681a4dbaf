"""`gigdesk today`: the day in the terminal."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command
from gigdesk.cli.proposals import proposal_json
from gigdesk.domain.money import amount_json
from gigdesk.domain.words import date_text, money_text, t

if TYPE_CHECKING:
    from gigdesk.domain.today import AgendaEntry, Day
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the command."""
    command(commands, "today", t("What waits, the agenda, the money, the best leads"), _today)


def _today(office: Office, _args: argparse.Namespace) -> Answer:
    day = office.today.day()
    return Answer(_json(day), _words(day))


def _json(day: Day) -> dict[str, Any]:
    return {
        "date": day.day.isoformat(),
        "zone": day.zone,
        "proposals": [proposal_json(proposal) for proposal in day.proposals],
        "agenda": [_entry(entry) for entry in day.agenda],
        "money": {
            "owed": [
                {"amount": amount_json(owed.total, owed.currency), "currency": owed.currency}
                for owed in day.owed
            ],
            "overdue": [
                {
                    "number": late.ref.label,
                    "client": late.client,
                    **late.open.as_json(),
                    "due_date": late.due.isoformat(),
                    "days": late.days,
                }
                for late in day.late
            ],
        },
        "leads": [
            {
                "id": lead.ref.id,
                "title": lead.title,
                "score": lead.score,
                "pay": lead.pay or None,
                "source": lead.source,
            }
            for lead in day.leads
        ],
    }


def _entry(entry: AgendaEntry) -> dict[str, Any]:
    return {
        "uid": entry.uid,
        "title": entry.title,
        "start": _moment(entry.start, entry),
        "end": _moment(entry.end, entry),
        "all_day": entry.all_day,
        "zone": entry.zone,
        "calendar": entry.calendar,
        "theirs": entry.theirs or None,
    }


def _moment(at: datetime, entry: AgendaEntry) -> str:
    return at.date().isoformat() if entry.all_day else at.isoformat()


def _words(day: Day) -> str:
    parts = [date_text(day.day, form="full")]
    parts += _section(
        t("To approve"), [f"{p.id:>4}  {p.title}. {_sentence(p.why)}" for p in day.proposals]
    )
    parts += _section(t("Agenda"), [_line(entry) for entry in day.agenda])
    parts += _section(
        t("Owed to you"), [f"      {money_text(owed.total, owed.currency)}" for owed in day.owed]
    )
    parts += _section(
        t("Late"),
        [
            f"      {late.ref.label}  {late.client}  "
            f"{money_text(late.open.amount, late.open.currency)}  " + t("{n} days", n=late.days)
            for late in day.late
        ],
    )
    parts += _section(
        t("Best leads"), [f"{lead.score:>4}  {lead.title}  {lead.pay}" for lead in day.leads]
    )
    return "\n".join(parts)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _line(entry: AgendaEntry) -> str:
    when = t("all day") if entry.all_day else f"{entry.start:%H:%M}–{entry.end:%H:%M}"
    return f"      {when}  {entry.title}  {entry.theirs}".rstrip()
