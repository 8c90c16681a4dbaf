"""What a command answers: one JSON document, and the same as lines for people."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from gigdesk.services.doctor import Check
    from gigdesk.services.office import Office
    from gigdesk.services.restore import Restored

Commands = Any  # argparse keeps the type of its subparsers to itself


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is printed under --json, `words` without it."""

    data: Any
    words: str = ""


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


def table(rows: Sequence[tuple[str, ...]], empty: str) -> str:
    """Rows as aligned columns for a terminal."""
    if not rows:
        return empty
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
