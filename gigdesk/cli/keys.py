"""`gigdesk recovery-key`: the key that opens the desk when the other one is lost, shown once."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.cli.answer import Answer, Commands, command
from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    showing = command(
        commands, "recovery-key", t("Write the recovery key to a file, once"), _recovery_key
    )
    showing.add_argument("-o", dest="file", required=True, help=t("the file; it must not exist"))
    showing.add_argument("--new", action="store_true", help=t("make a new one; the old one ends"))


def _recovery_key(office: Office, args: argparse.Namespace) -> Answer:
    path = Path(args.file).expanduser()
    key = None if args.new else office.keys.recovery_to_show()
    if key is None and not args.new:
        raise Trouble(
            t("The recovery key was shown already"),
            t("If it is lost, make a new one: gigdesk recovery-key --new -o FILE."),
        )
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise Trouble(t("The file cannot be made"), t("It must not exist yet.")) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write((key or office.keys.renew_recovery()) + "\n")
    office.keys.recovery_shown()
    return Answer(
        {"file": str(path), "bytes": path.stat().st_size},
        t("Written to {path}. Print it and keep it apart from this machine.", path=path),
    )
