"""`gigdesk routines`, `run` and `network`: what happens by itself, and what left the machine."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.routines import Task
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    command(commands, "routines", t("What happens by itself, and when next"), _routines)
    running = command(commands, "run", t("Run a routine now"), _run)
    running.add_argument("name")
    command(commands, "network", t("Every connection this desk made"), _network)


def _routines(office: Office, _args: argparse.Namespace) -> Answer:
    tasks = [task for _, task in office.routines.all()]
    rows = [(task.name, _when(task.due), _when(task.last_run), task.outcome) for task in tasks]
    return Answer([_task(task) for task in tasks], table(rows, t("No routines.")))


def _run(office: Office, args: argparse.Namespace) -> Answer:
    done = office.routines.run(args.name).value
    task = next(task for _, task in office.routines.all() if task.name == args.name)
    return Answer([_task(task)], done.outcome)


def _network(office: Office, _args: argparse.Namespace) -> Answer:
    entries = office.ledger.latest()
    data = [
        {
            "at": entry.at.isoformat(),
            "host": entry.host,
            "port": entry.port,
            "asker": entry.asker,
            "why": entry.why,
            "state": entry.state,
            "sent": entry.sent,
            "received": entry.received,
        }
        for entry in entries
    ]
    rows = [(e.at.isoformat(), f"{e.host}:{e.port}", e.why, str(e.sent)) for e in entries]
    return Answer(data, table(rows, t("No connection was ever made.")))


def _task(task: Task) -> dict[str, Any]:
    return {
        "name": task.name,
        "next": _when(task.due) or None,
        "last": _when(task.last_run) or None,
        "outcome": task.outcome or None,
        "paused": task.paused,
    }


def _when(moment: Any) -> str:
    return moment.isoformat() if moment else ""
