"""`gigdesk recovery-key` and `passphrase`: the keys that open the desk beside the keyring."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.cli.answer import Answer, Commands, asked_twice, command
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
    choosing = command(
        commands, "passphrase", t("Let a new passphrase open the desk; the old one ends"), _choose
    )
    choosing.add_argument(
        "--new-file", type=Path, help=t("a file with the new one; without it the terminal asks")
    )


def _choose(office: Office, args: argparse.Namespace) -> Answer:
    office.keys.set_passphrase(_new_passphrase(args.new_file))
    words = t("The new passphrase opens the desk from now on.")
    return Answer({"openers": list(office.keys.openers())}, words)


def _new_passphrase(file: Path | None) -> str:
    if file is None:
        said = asked_twice(t("The new passphrase"))
        if said is None:
            raise Trouble(
                t("No passphrase was given"), t("Nothing was changed. Name a file: --new-file.")
            )
        return said
    try:
        return file.expanduser().read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            t("The passphrase's file cannot be read"), t("Nothing was changed.")
        ) from error


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
