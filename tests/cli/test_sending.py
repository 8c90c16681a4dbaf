"""`gigdesk outbox`, as a script drives it against a server that takes mail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.certificates import Authority
from tests.cli.script import Script
from tests.cli.test_drafts import MAIL
from tests.smtp_servers import LOGIN, PASSWORD, Post, Temper, serving_mail

pytestmark = pytest.mark.slow

ITEM = {"id", "kind", "to", "subject", "state", "due", "words"}


@pytest.fixture
def temper() -> Temper:
    return Temper()


@pytest.fixture
def post(tmp_path: Path, temper: Temper, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with serving_mail(authority, temper) as there:
        yield there


@pytest.fixture
def script(tmp_path: Path, post: Post, capsys: pytest.CaptureFixture[str]) -> Script:
    made = Script(tmp_path / "home", capsys)
    account = {
        "name": "Studio", "address": LOGIN, "login": LOGIN, "auth": "password", "imap": None,
        "smtp": {"host": "127.0.0.1", "port": post.port, "tls": "starttls"},
        "secret_file": str(tmp_path / "secret"),
    }  # fmt: skip
    (tmp_path / "secret").write_text(PASSWORD, "utf-8")
    (tmp_path / "account.json").write_text(json.dumps(account), "utf-8")
    (tmp_path / "mail.eml").write_text(MAIL, "utf-8")
    made("account", "add", str(tmp_path / "account.json"))
    made("mail", "import", str(tmp_path / "mail.eml"))
    return made


def approved(script: Script, *more: str) -> int:
    (mail,) = script("mail", "list")
    draft = script("mail", "draft", str(mail["id"]))
    return int(script("approve", str(draft["proposal"]), *more)["outbox"])


def test_what_is_due_is_sent_once(script: Script, post: Post) -> None:
    item = approved(script)
    (waiting,) = script("outbox", "--send")
    assert set(waiting) >= ITEM
    assert (waiting["id"], waiting["state"], post.taken) == (item, "waiting", [])
    (sent,) = script("outbox", "--at-once", str(item), "--send")
    assert sent["state"] == "sent"
    script("outbox", "--send")
    assert len(post.taken) == 1
    assert {each["why"] for each in script("network")} == {"Send a mail"}
    assert len(script("mail", "list")) == 2


def test_an_hour_can_be_chosen_and_the_mail_taken_back(script: Script, post: Post) -> None:
    item = approved(script, "--at", "2026-11-24T09:00:00+01:00")
    (waiting,) = script("outbox", "--send")
    assert waiting["due"] == "2026-11-24T08:00:00+00:00"
    assert script("outbox", "--take-back", str(item)) == []
    assert len(script("today")["proposals"]) == 1
    assert "error" in script("outbox", "--take-back", str(item), ends=1)
    assert post.taken == []


@pytest.mark.parametrize("temper", [Temper(hangs_up=["dot"])])
def test_what_nobody_knows_waits_for_a_word(script: Script, post: Post) -> None:
    item = approved(script)
    (doubtful,) = script("outbox", "--at-once", str(item), "--send")
    assert doubtful["state"] == "uncertain"
    assert "error" in script("outbox", "--at-once", str(item), ends=1)
    (sent,) = script("outbox", "--was-sent", str(item))
    assert sent["state"] == "sent"
    assert len(post.taken) == 1
