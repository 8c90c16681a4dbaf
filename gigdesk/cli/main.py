"""The command line: finds the command's module, opens the desk, prints its answer.

Exit 0 done; 1 trouble (one sentence and what to do on standard error); 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from gigdesk import __version__
from gigdesk.cli.answer import Answer, Commands, asked_twice, instant, is_terminal
from gigdesk.cli.passphrase import passphrase_from_file
from gigdesk.domain.errors import Trouble
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.cli.answer import Entrance
    from gigdesk.domain.ports import KeyQuestion

# Makes the way in from --home and --now.
Enter = Callable[[Path | None, datetime | None], "Entrance"]

# Command -> the module under gigdesk.cli that adds it.
MODULES = {
    "sample": "sample",
    "settings": "settings",
    "today": "today",
    "mail": "mail",
    "account": "accounts",
    "client": "clients",
    "invoice": "invoices",
    "calendar": "calendar",
    "leads": "leads",
    "profile": "profile",
    "approve": "proposals",
    "decline": "proposals",
    "outbox": "proposals",
    "recovery-key": "keys",
    "passphrase": "keys",
    "model": "model",
    "routines": "routines",
    "run": "routines",
    "network": "routines",
    "backup": "safety",
    "restore": "safety",
    "doctor": "safety",
}


class Usage(Exception):
    """The command line was written wrong; exit 2."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without ending the process by itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        raise Usage(f"{self.prog}: {message}")


def run(arguments: Sequence[str], enter: Enter) -> int:
    """Do one command; its exit code."""
    as_json = "--json" in arguments
    try:
        parsed = _parser(arguments).parse_args(arguments)
    except Usage as wrong:
        _say(str(wrong), t("See {command}.", command="gigdesk --help"))
        return 2
    if not hasattr(parsed, "run"):
        _say(t("This command needs a word more."), t("See gigdesk --help."))
        return 2
    try:
        answer = _answer(parsed, enter)
    except KeyboardInterrupt:
        _say(t("Stopped."), t("What was done until now is kept."))
        return 1
    except Exception as error:  # noqa: BLE001 - a bug of ours is said in the same form
        return _failed(error, as_json=as_json)
    try:
        _tell(answer, as_json=as_json)
    except BrokenPipeError:
        # Whoever read has enough; nothing more is to be written, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _failed(error: Exception, *, as_json: bool) -> int:
    title, advice = t("Something broke here"), t("The details stand below.")
    if isinstance(error, Trouble):
        title, advice = error.title, error.advice
    if as_json:
        _print({"error": {"title": title, "advice": advice}})
    _say(title, advice)
    if not isinstance(error, Trouble):
        traceback.print_exception(error)
    return 1


def _tell(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        _print(answer.data)
    elif answer.words:
        print(answer.words)
    sys.stdout.flush()
    if answer.aside:
        print(answer.aside, file=sys.stderr)


def _answer(parsed: argparse.Namespace, enter: Enter) -> Answer:
    home = Path(parsed.home).expanduser() if getattr(parsed, "home", None) else None
    entrance = enter(home, getattr(parsed, "now", None))
    if getattr(parsed, "closed", False):
        closed: Answer = parsed.run(entrance, parsed)
        return closed
    office = entrance.open()
    try:
        answer: Answer = parsed.run(office, parsed)
        return answer
    finally:
        office.close()


def _parser(arguments: Sequence[str]) -> Parser:
    parser = Parser(prog="gigdesk", description=t("The back office of a freelancer."))
    parser.add_argument("--version", action="version", version=__version__)
    everywhere = _everywhere()
    for action in everywhere._actions:
        parser._add_action(action)
    commands: Commands = parser.add_subparsers(metavar=t("COMMAND"), parser_class=_Everywhere)
    # A value of an option, such as a folder, may be named as a command is.
    _, rest = _everywhere().parse_known_args(arguments)
    wanted = next((word for word in rest if not word.startswith("-")), "")
    modules = {MODULES[wanted]} if wanted in MODULES else dict.fromkeys(MODULES.values())
    for module in modules:
        import_module(f"gigdesk.cli.{module}").add(commands)
    return parser


class _Everywhere(Parser):
    """A command's parser, which knows the options that stand everywhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parents=[_everywhere()], **options)


def _everywhere() -> Parser:
    shared = Parser(add_help=False)
    absent = argparse.SUPPRESS
    shared.add_argument("--home", metavar="DIR", default=absent, help=t("the desk's folder"))
    shared.add_argument(
        "--now", metavar="INSTANT", type=instant, default=absent, help=t("the clock, ISO 8601")
    )
    shared.add_argument("--json", action="store_true", default=absent, help=t("answer in JSON"))
    return shared


def ask_key(question: KeyQuestion) -> str | None:
    """A passphrase or recovery key from the file named by the environment, or the terminal. Without
    a terminal nobody is asked."""
    if os.environ.get("GIGDESK_PASSPHRASE_FILE") and question.kind != "recovery key":
        return passphrase_from_file(question)
    if not is_terminal():
        return None
    if question.kind == "new passphrase":
        return asked_twice(question.words)
    return getpass.getpass(f"{question.words}: ", sys.stderr) or None


def _print(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _say(title: str, advice: str) -> None:
    print(f"{title}{'' if title.endswith('.') else '.'} {advice}".rstrip(), file=sys.stderr)
