"""`gigdesk settings`: read and change the person's choices."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, table
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.domain.settings import Setting
    from gigdesk.services.office import Office


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "settings", t("Read and change settings")).add_subparsers()
    getting = command(own, "get", t("One setting, or all"), _get)
    getting.add_argument("key", nargs="?")
    setting = command(own, "set", t("Change a setting"), _set)
    setting.add_argument("key")
    setting.add_argument("value")


def _get(office: Office, args: argparse.Namespace) -> Answer:
    known = office.settings.all()
    if args.key:
        office.settings.get(args.key)  # says so when there is none
        known = [(setting, value) for setting, value in known if setting.key == args.key]
    rows = [(setting.key, value, t(setting.words)) for setting, value in known]
    return Answer([_json(setting, value) for setting, value in known], table(rows, ""))


def _set(office: Office, args: argparse.Namespace) -> Answer:
    done = office.settings.set(args.key, args.value)
    found = [pair for pair in office.settings.all() if pair[0].key == args.key]
    return Answer([_json(*pair) for pair in found], done.words)


def _json(setting: Setting, value: str) -> dict[str, Any]:
    return {
        "key": setting.key,
        "value": value,
        "default": setting.default,
        "words": t(setting.words),
    }
