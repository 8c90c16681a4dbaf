"""What a command answers: one JSON document, and the same as lines for people."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gigdesk.domain.errors import NotFound, Trouble, Unreadable
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.doctor import Check
    from gigdesk.services.office import Office
    from gigdesk.services.restore import Restored

Commands = Any  # argparse keeps the type of its subparsers to itself


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is printed under --json, `words` without it; `aside` always, on standard error."""

    data: Any
    words: str = ""
    aside: str = ""


class Entrance(Protocol):
    """The way in for a command: opens the desk, or does what a closed desk needs."""

    def open(self) -> Office:
        """The office of this command's desk."""

    def restore(self, backup: Path, key_file: Path | None, *, keeps_running: bool) -> Restored:
        """Put a backup in place of the desk."""

    def examine(self) -> list[Check]:
        """Look whether all is well."""


Run = Callable[[Any, argparse.Namespace], Answer]  # gets the Office, or when closed the Entrance


def command(commands: Commands, name: str, words: str, run: Run | None = None) -> Any:
    """Add one command with its line of help; `run` does it."""
    parser = commands.add_parser(name, help=words, description=words)
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def instant(words: str) -> datetime:
    """An instant as an argument: ISO 8601 with its offset."""
    moment = datetime.fromisoformat(words)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(t("an instant needs an offset, such as +01:00"))
    return moment


def table(rows: Sequence[tuple[str, ...]], empty: str) -> str:
    """Rows as aligned columns for a terminal."""
    if not rows:
        return empty
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def read_json(path: Path) -> Any:
    """A JSON file that a command was given. Raises NotFound or Unreadable."""
    try:
        return json.loads(path.expanduser().read_text("utf-8-sig"))
    except FileNotFoundError:
        raise NotFound(t("There is no {path}", path=path), t("Nothing was changed.")) from None
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(
            t("{path} is no JSON file", path=path), t("Nothing was changed. {why}", why=error)
        ) from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file that a command was asked for, whole or not at all."""
    partial = Path(f"{path}.part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise Trouble(
            t("{path} cannot be written", path=path), t("Choose another place.")
        ) from error


def is_terminal() -> bool:
    """Whether somebody sits at this command and can answer."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


def asked_twice(words: str) -> str | None:
    """A new passphrase from the terminal, typed twice; None when nobody is there to ask."""
    if not is_terminal():
        return None
    said = getpass.getpass(f"{words}: ", sys.stderr)
    if said != getpass.getpass(t("Once more: "), sys.stderr):
        raise Trouble(t("The two were not the same"), t("Nothing was changed. Start again."))
    return said or None
