"""`gigdesk model`: the local models, which one is in use, and how fast it is here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.models import ModelEntry
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "model", t("The local model that drafts")).add_subparsers()
    command(own, "list", t("Every model, and which one is in use"), _list)
    adding = command(own, "add", t("Add a GGUF file of this machine"), _add)
    adding.add_argument("file")
    using = command(own, "use", t("Draft with this model"), _use)
    using.add_argument("name")
    removing = command(own, "remove", t("Forget a model; its file stays"), _remove)
    removing.add_argument("name")
    measuring = command(own, "speed", t("How fast the model is on this machine"), _speed)
    measuring.add_argument("name", nargs="?")


def _list(office: Office, _args: argparse.Namespace) -> Answer:
    entries = office.model.all()
    rows = [(e.name, e.state, f"{e.bytes / 1e9:.2f} GB", e.reason) for e in entries]
    empty = t("No model: templates draft. Add one: gigdesk model add FILE.")
    return Answer([_json(entry) for entry in entries], table(rows, empty))


def _add(office: Office, args: argparse.Namespace) -> Answer:
    done = office.model.add(Path(args.file))
    return Answer(_json(done.value), done.words)


def _use(office: Office, args: argparse.Namespace) -> Answer:
    done = office.model.use(args.name)
    return Answer(_json(done.value), done.words)


def _remove(office: Office, args: argparse.Namespace) -> Answer:
    done = office.model.remove(args.name)
    return Answer(_json(done.value), done.words)


def _speed(office: Office, args: argparse.Namespace) -> Answer:
    found = office.model.speed(args.name)
    words = t(
        "Reads {read} and writes {write} tokens a second; loads in {load} s.",
        read=found.prompt_tps,
        write=found.generate_tps,
        load=found.load_s,
    )
    data = {
        "prompt_tps": found.prompt_tps,
        "generate_tps": found.generate_tps,
        "load_s": found.load_s,
    }
    return Answer(data, words)


def _json(entry: ModelEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "file": entry.path,
        "bytes": entry.bytes,
        "sha256": entry.sha256,
        "state": entry.state,
        "reason": entry.reason or None,
    }
