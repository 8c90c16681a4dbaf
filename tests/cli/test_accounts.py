"""`gigdesk account`, as a script drives it: the fields of the contract, offline, no secret shown."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from gigdesk.app import open_office, run_command
from gigdesk.domain.accounts import AccountState
from tests import dovecot
from tests.certificates import self_made
from tests.cli.script import Script
from tests.conftest import PASSPHRASE

CONTRACT = {"name", "address", "imap", "smtp", "login", "auth", "secret_file", "state"}
ACCOUNT: dict[str, Any] = {
    "name": "Studio", "address": "anna@studio.example",
    "imap": {"host": "imap.studio.example", "port": 993, "tls": True},
    "smtp": {"host": "smtp.studio.example", "port": 587, "tls": "starttls"},
    "login": "anna", "auth": "password", "secret_file": "password.txt",
}  # fmt: skip


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    (tmp_path / "password.txt").write_text("horse-and-staple\n")
    return Script(tmp_path / "desk", capsys)


def file(tmp_path: Path, **changed: Any) -> str:
    path = tmp_path / "account.json"
    path.write_text(json.dumps({**ACCOUNT, **changed}))
    return str(path)


def test_an_account_comes_is_listed_and_goes_without_a_connection(
    script: Script, tmp_path: Path
) -> None:
    made = script("account", "add", file(tmp_path))
    assert set(made) >= CONTRACT
    assert made["imap"] == {
        "host": "imap.studio.example", "port": 993, "tls": "implicit", "certificate": None,
    }  # fmt: skip
    assert (made["state"], made["secret_file"]) == ("new", None)
    assert script("account", "list") == [made]
    assert script("network") == []
    assert script("account", "remove", "studio")["name"] == "Studio"
    assert script("account", "list") == []
    script("account", "remove", "studio", ends=1)
    assert "There is no account" in script.error


def test_no_secret_is_ever_said(script: Script, tmp_path: Path) -> None:
    said = json.dumps([script("account", "add", file(tmp_path)), script("account", "list")])
    assert "horse" not in said
    left = b"".join(path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file())
    assert b"horse-and-staple" not in left


def test_a_login_made_elsewhere(script: Script, tmp_path: Path) -> None:
    grant = {
        "client_id": "id", "token_url": "https://login.example/token", "refresh_token": "the-token",
    }  # fmt: skip
    (tmp_path / "login.json").write_text(json.dumps(grant))
    made = script("account", "add", file(tmp_path, auth="oauth2", secret_file="login.json"))
    assert made["auth"] == "oauth2"
    assert "the-token" not in json.dumps(script("account", "list"))
    (tmp_path / "login.json").write_text("{}")
    script("account", "add", file(tmp_path, name="b", auth="oauth2", secret_file="login.json"), ends=1)  # fmt: skip
    assert "client_id" in script.error


def test_a_certificate_the_person_trusts(script: Script, tmp_path: Path) -> None:
    pem = self_made(tmp_path, "imap.studio.example")
    pem.write_text(pem.read_text()[pem.read_text().index("-----BEGIN CERT") :])
    door = {**ACCOUNT["imap"], "ca_file": pem.name}
    made = script("account", "add", file(tmp_path, imap=door))
    assert made["imap"]["certificate"] == pem.read_text()
    script("account", "add", file(tmp_path, name="b", imap={**door, "ca_file": "no.pem"}), ends=1)
    script("account", "add", file(tmp_path, name="b", imap={**door, "ca_file": "password.txt"}), ends=1)  # fmt: skip
    assert "no PEM file" in script.error


@pytest.mark.parametrize(
    "changed",
    [
        {"imap": {"host": "h.example", "tls": False}},
        {"secret_file": None},
        {"secret_file": "nowhere.txt"},
        {"secret_file": "."},
        {"secret_file": 5},
        {"secret_file": os.devnull},
        {"auth": "oauth2"},
        {"address": "anna"},
    ],
)
def test_what_does_not_fit_leaves_no_account(
    script: Script, tmp_path: Path, changed: dict[str, Any]
) -> None:
    script("account", "add", file(tmp_path, **changed), ends=1)
    assert "othing was" in script.error or "changed" in script.error
    assert script("account", "list") == []


def test_a_name_is_taken_once(script: Script, tmp_path: Path) -> None:
    script("account", "add", file(tmp_path))
    script("account", "add", file(tmp_path), ends=1)
    assert "already" in script.error
    assert len(script("account", "list")) == 1


def test_one_is_left_alone_and_used_again(script: Script, tmp_path: Path) -> None:
    script("account", "add", file(tmp_path))
    assert script("account", "off", "Studio")["state"] == "off"
    assert script("account", "list")[0]["state"] == "off"
    assert script("account", "on", "Studio")["state"] == "new"


def test_a_file_that_is_no_account(script: Script, tmp_path: Path) -> None:
    path = tmp_path / "account.json"
    for text in ("[]", "null", "{", "5"):
        path.write_text(text)
        script("account", "add", str(path), ends=1)


def test_the_doctor_looks_at_every_account(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    (tmp_path / "password.txt").write_text("horse-and-staple\n")
    monkeypatch.setenv("GIGDESK_PASSPHRASE_FILE", str(secret))
    monkeypatch.setenv("GIGDESK_HOME", str(tmp_path / "desk"))
    run_command(["account", "add", file(tmp_path)])
    run_command(["account", "add", file(tmp_path, name="Second")])
    office = open_office(tmp_path / "desk", lambda _question: PASSPHRASE)
    office.accounts.mark(office.accounts.by_name("Second"), AccountState.REFUSED, "No password")
    office.close()
    capsys.readouterr()
    assert run_command(["doctor", "--json"]) in {0, 1}
    checks = {each["name"]: each for each in json.loads(capsys.readouterr().out)["checks"]}
    assert checks["account Studio"]["ok"]
    assert checks["account Studio"]["words"] == "anna@studio.example: Not tried yet"
    second = checks["account Second"]
    assert not second["ok"]
    assert "No password" in second["words"]
    assert "Log in again" in second["advice"]


@pytest.mark.slow
def test_an_account_is_tried_under_the_gates_watch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    monkeypatch.setenv("GIGDESK_PASSPHRASE_FILE", str(secret))
    monkeypatch.setenv("GIGDESK_HOME", str(tmp_path / "desk"))

    def run(*words: str, ends: int = 0) -> Any:
        assert run_command([*words, "--json"]) == ends
        return json.loads(capsys.readouterr().out)

    with dovecot.running() as imap:
        (tmp_path / "right.txt").write_text("test")
        (tmp_path / "wrong.txt").write_text("no")
        (tmp_path / "server.pem").write_text(imap.certificate)
        door = {"host": "127.0.0.1", "port": imap.imaps, "ca_file": "server.pem"}
        run("account", "add", file(tmp_path, imap=door, smtp=None, secret_file="right.txt"))
        run(
            "account",
            "add",
            file(tmp_path, name="W", imap=door, smtp=None, secret_file="wrong.txt"),
        )
        assert run("network") == []
        assert run("account", "check", "Studio")["state"] == "ok"
        assert "cannot sign in" in run("account", "check", "W", ends=1)["error"]["title"]
        assert [each["state"] for each in run("account", "list")] == ["ok", "refused"]
        ledger = run("network")
    assert len(ledger) == 2
    assert all(
        each["why"] == "Try the login for fetching" and each["sent"] > 300 for each in ledger
    )
