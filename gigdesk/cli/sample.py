"""`gigdesk sample`: fills an empty desk with a made-up business."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from gigdesk.cli.answer import Answer, Commands, command
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the command."""
    filling = command(
        commands, "sample", t("Fill an empty desk with a year of a made-up business"), _sample
    )
    filling.add_argument("--seed", type=int, default=1, metavar="N", help=t("another made-up year"))
    filling.add_argument(
        "--scale", type=_scale, default=1, metavar="K", help=t("so many times as many records")
    )


def _scale(words: str) -> int:
    if not words.isdecimal() or not 1 <= int(words) <= 1000:
        raise argparse.ArgumentTypeError(t("a whole number from 1 to 1000"))
    return int(words)


def _sample(office: Office, args: argparse.Namespace) -> Answer:
    from gigdesk.services.sample.filling import Amounts, fill

    filling = fill(office, args.seed, Amounts().times(args.scale))
    while True:
        try:
            next(filling)
        except StopIteration as end:
            filled = end.value
            break
    words = t(
        "{clients} clients, {messages} mails, {invoices} invoices, {leads} leads and {events}"
        " events. All of them are made up.",
        **asdict(filled),
    )
    return Answer(asdict(filled), words)
