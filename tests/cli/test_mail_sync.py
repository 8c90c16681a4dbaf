"""`gigdesk mail sync` as a script drives it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.script import Script
from tests.dovecot import HOST, PASSWORD, Dovecot, free_port, running

MAIL = b"From: a@x.example\r\nSubject: Hello there\r\nMessage-ID: <1@x.example>\r\n\r\nteal\r\n"

pytestmark = pytest.mark.slow


def add(script: Script, folder: Path, name: str, port: int, server: Dovecot) -> None:
    (folder / "secret").write_text(PASSWORD)
    door = {"host": HOST, "port": port, "tls": "implicit", "certificate": server.certificate}
    data = {
        "name": name, "address": f"{name}@desk.example", "login": name, "auth": "password",
        "imap": door, "smtp": door, "secret_file": str(folder / "secret"),
    }  # fmt: skip
    (folder / "account.json").write_text(json.dumps(data))
    script("account", "add", str(folder / "account.json"))


def test_sync_says_what_each_account_brought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = Script(tmp_path / "home", capsys)
    assert script("mail", "sync", ends=1)["error"]["title"] == "There is no account to fetch from"
    with running() as server:
        with server.elsewhere("anna") as other:
            other.put(MAIL)
        add(script, tmp_path, "anna", server.imaps, server)
        add(script, tmp_path, "bert", free_port(), server)
        done = script("mail", "sync")["accounts"]
        assert done[0] == {"name": "anna", "new": 1, "changed": 0, "removed": 0, "error": None}
        assert done[1]["name"] == "bert"
        assert "does not answer" in done[1]["error"]
        assert "does not answer" in script.error
        assert [each["subject"] for each in script("mail", "search", "teal")] == ["Hello there"]
        assert script("mail", "sync", "anna")["accounts"][0]["new"] == 0
        assert script("mail", "sync", "nobody", ends=1)["error"]["title"]
        states = {each["name"]: each["state"] for each in script("account", "list")}
        assert states == {"anna": "ok", "bert": "unreachable"}
        ledger = script("network")
        assert {each["host"] for each in ledger} == {HOST}
        assert all(each["received"] > 0 for each in ledger if each["port"] == server.imaps)
