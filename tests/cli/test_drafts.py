"""`gigdesk mail draft`, as a script drives it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_leads import Script

MAIL = """From: Ada Okafor <ada@okafor.example>
To: nino@beridze.example
Subject: Icons
Date: Mon, 23 Nov 2026 08:00:00 +0000
Message-ID: <1@okafor.example>
Reply-To: elsewhere@okafor.example

Hi Nino, are 24 pixels enough for the icons?
"""


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    made = Script(tmp_path / "home", capsys)
    (tmp_path / "me.json").write_text(json.dumps({"name": "Nino", "email": "nino@beridze.example"}))
    (tmp_path / "mail.eml").write_text(MAIL, "utf-8")
    made("profile", "import", str(tmp_path / "me.json"))
    made("mail", "import", str(tmp_path / "mail.eml"))
    return made


def test_a_draft_is_answered_in_json_and_waits(script: Script) -> None:
    (mail,) = script("mail", "list")
    draft = script("mail", "draft", str(mail["id"]), "--tone", "short")
    assert draft["by"] == "template"
    assert draft["by_why"] == "No model: templates draft"
    assert draft["text"].startswith("Hello Ada,")
    assert (draft["blocked"], draft["findings"]) == (False, [])
    assert (draft["to"], draft["subject"]) == ("ada@okafor.example", "Re: Icons")
    assert "elsewhere@okafor.example" in draft["warnings"][0]
    (waiting,) = script("today")["proposals"]
    assert waiting["id"] == draft["proposal"]
    assert waiting["why"] == "because it asks a question"
    done = script("approve", str(draft["proposal"]))
    assert done["state"] == "approved"
    (item,) = script("outbox")
    assert (item["to"], item["state"]) == ("ada@okafor.example", "waiting")


def test_what_cannot_be_drafted_is_said(script: Script) -> None:
    (mail,) = script("mail", "list")
    assert "error" in script("mail", "draft", "999", ends=1)
    assert "error" in script("mail", "draft", str(mail["id"]), "--tone", "angry", ends=1)
