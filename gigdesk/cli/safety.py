"""`gigdesk backup`, `restore` and `doctor`: keeping the desk, and looking after it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gigdesk.cli.answer import Answer, Commands, command
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.cli.answer import Entrance
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    backing = command(commands, "backup", t("Keep the whole desk in one file"), _backup)
    backing.add_argument("file")
    restoring = command(commands, "restore", t("Put a backup in place of the desk"), _restore)
    restoring.add_argument("file")
    restoring.add_argument("--recovery-key-file", help=t("a file with the recovery key"))
    restoring.add_argument(
        "--keeps-running",
        action="store_true",
        help=t("the old desk stays in use: start a new number series"),
    )
    restoring.set_defaults(closed=True)
    looking = command(commands, "doctor", t("Look whether everything is well"), _doctor)
    looking.set_defaults(closed=True)


def _backup(office: Office, args: argparse.Namespace) -> Answer:
    kept = office.backup.to_file(Path(args.file).expanduser().absolute())
    return Answer(
        {"file": str(kept.file), "bytes": kept.bytes},
        t("Kept in {file}, {n} bytes.", file=kept.file, n=kept.bytes),
    )


def _restore(entrance: Entrance, args: argparse.Namespace) -> Answer:
    key_file = Path(args.recovery_key_file).expanduser() if args.recovery_key_file else None
    done = entrance.restore(
        Path(args.file).expanduser(), key_file, keeps_running=args.keeps_running
    )
    words = [t("The desk is back.")]
    if done.aside:
        words.append(t("The old one lies in {folder}.", folder=done.aside))
    data = {
        "file": str(done.file),
        "bytes": done.bytes,
        "aside": str(done.aside) if done.aside else None,
    }
    return Answer(data, " ".join(words))


def _doctor(entrance: Entrance, _args: argparse.Namespace) -> Answer:
    checks = entrance.examine()
    data = {
        "ok": all(check.ok for check in checks),
        "checks": [
            {"name": c.name, "ok": c.ok, "words": c.words, "advice": c.advice or None}
            for c in checks
        ],
    }
    lines = [f"{'✓' if c.ok else '✗'} {c.words}{f'. {c.advice}' * bool(c.advice)}" for c in checks]
    return Answer(data, "\n".join(lines))
