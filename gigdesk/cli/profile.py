"""`gigdesk profile`: the person's own data."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.cli.answer import Answer, Commands, command, read_json
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "profile", t("Your own data")).add_subparsers()
    importing = command(own, "import", t("Replace the fields a JSON file names"), _import)
    importing.add_argument("file", type=Path)
    command(own, "show", t("What is known"), _show)


def _import(office: Office, args: argparse.Namespace) -> Answer:
    done = office.profile.update(read_json(args.file))
    return Answer(office.profile.data(), done.words)


def _show(office: Office, _args: argparse.Namespace) -> Answer:
    data = office.profile.data()
    return Answer(data, "\n".join(f"{name}: {value}" for name, value in data.items()))
