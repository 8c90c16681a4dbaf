"""`gigdesk account`: the mail accounts. Secrets are read from files, and never shown."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigdesk.cli.answer import Answer, Commands, command, read_json, table
from gigdesk.domain.account_json import account_json, read_account, read_grant
from gigdesk.domain.accounts import Auth, Proof
from gigdesk.domain.errors import NotFound, Refused, Unreadable
from gigdesk.domain.words import t

if TYPE_CHECKING:
    from gigdesk.services.office import Office

LONGEST = 64 * 1024


def add(commands: Commands) -> None:
    """Add the commands."""
    own = command(commands, "account", t("Mail accounts")).add_subparsers()
    adding = command(own, "add", t("An account from a JSON file; nothing is connected"), _add)
    adding.add_argument("file", type=Path)
    command(own, "list", t("Every account and how it stands"), _list)
    removing = command(own, "remove", t("Let go of an account and its secrets"), _remove)
    removing.add_argument("name")
    removing.add_argument(
        "--with-mails", action="store_true", help=t("its mails leave the lists too; they stay else")
    )
    for word, words in (("off", t("Leave an account alone")), ("on", t("Use it again"))):
        switching = command(own, word, words, _switch)
        switching.add_argument("name")
        switching.set_defaults(word=word)
    checking = command(own, "check", t("Try whether an account can log in"), _check)
    checking.add_argument("name")


def _add(office: Office, args: argparse.Namespace) -> Answer:
    data, beside = read_json(args.file), args.file.expanduser().parent
    account = read_account(_with_certificates(data, beside))
    proof = _proof(data.get("secret_file"), account.auth, beside)
    done = office.accounts.add(account, proof)
    return Answer(account_json(done.value), done.words)


def _list(office: Office, _args: argparse.Namespace) -> Answer:
    found = office.accounts.all()
    rows = [(each.name, each.address, each.standing()) for each in found]
    return Answer([account_json(each) for each in found], table(rows, t("No accounts yet.")))


def _remove(office: Office, args: argparse.Namespace) -> Answer:
    account = office.accounts.by_name(args.name)
    done = office.sync.let_go(account.id, with_mails=args.with_mails)
    return Answer(account_json(done.value), done.words)


def _switch(office: Office, args: argparse.Namespace) -> Answer:
    account = office.accounts.by_name(args.name)
    done = office.accounts.switch(account.id, on=args.word == "on")
    return Answer(account_json(done.value), done.words)


def _check(office: Office, args: argparse.Namespace) -> Answer:
    done = office.setting_up.check(office.accounts.by_name(args.name).id)
    return Answer(account_json(done.value), done.words)


def _with_certificates(data: Any, beside: Path) -> Any:
    """The same with the certificates that its files hold."""
    if not isinstance(data, Mapping):
        return data
    doors = {
        kind: {
            **{name: value for name, value in data[kind].items() if name != "ca_file"},
            "certificate": _read(data[kind]["ca_file"], beside),
        }
        for kind in ("imap", "smtp")
        if isinstance(data.get(kind), Mapping) and data[kind].get("ca_file")
    }
    return {**data, **doors}


def _proof(named: Any, auth: Auth, beside: Path) -> Proof:
    if not named:
        raise Refused(
            t("What proves the login is missing"),
            t("Nothing was changed. “secret_file” names the file that holds the password."),
        )
    if auth is Auth.OAUTH2:
        _read(named, beside)
        return read_grant(read_json(_place(named, beside)))
    password = _read(named, beside).rstrip("\r\n")
    if not password or "\0" in password or "\n" in password:
        raise Refused(
            t("{path} holds no password", path=named),
            t("Nothing was changed. It has to be one line."),
        )
    return password


def _read(named: Any, beside: Path) -> str:
    path = _place(named, beside)
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
        if len(content) > LONGEST:
            raise ValueError
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFound(t("There is no {path}", path=path), t("Nothing was changed.")) from None
    except (OSError, ValueError) as error:
        raise Unreadable(
            t("{path} cannot be read", path=path), t("Nothing was changed.")
        ) from error


def _place(named: Any, beside: Path) -> Path:
    """A file as it is named, from here or from beside the account's own file."""
    if not isinstance(named, str):
        raise Refused(t("A file is named by its path"), t("Nothing was changed."))
    path = Path(named).expanduser()
    if path.is_absolute() or path.exists():
        return path
    return beside / path
