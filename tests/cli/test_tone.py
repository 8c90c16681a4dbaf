"""`gigdesk mail manner` and `gigdesk mail translate`, as a script drives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.script import Script
from tests.models import tiny


def letter(at: int, sender: str, to: str, text: str) -> str:
    return (
        f"From x Mon Nov 23 00:00:00 2026\nFrom: {sender}\nTo: {to}\nSubject: Letter {at}\n"
        f"Date: Mon, {at + 1} Nov 2026 08:00:00 +0000\nMessage-ID: <{at}@x.example>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n\n"
    )


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    """A desk with four own mails to Ada, and one of hers."""
    made = Script(tmp_path / "home", capsys)
    me, ada = "Nino Beridze <nino@b.example>", "Ada Byron <ada@x.example>"
    (tmp_path / "me.json").write_text(
        json.dumps({"name": "Nino Beridze", "email": "nino@b.example", "language": "en"})
    )
    own = "Hey Ada,\n\nthe icons are ready and I will send them.\n\nCheers\nNino"
    mails = [letter(at, me, ada, own) for at in range(4)]
    mails.append(letter(9, ada, me, "Hallo Nino, wir zahlen dir 900 € am 7. Dezember 2026."))
    (tmp_path / "all.mbox").write_text("".join(mails), "utf-8")
    made("profile", "import", str(tmp_path / "me.json"))
    made("mail", "import", str(tmp_path / "all.mbox"))
    return made


def test_how_one_writes_is_told_and_said_better(script: Script) -> None:
    manner = script("mail", "manner", "ada@x.example")
    assert manner["mails"] == 4
    greeting = manner["traits"]["greeting"]
    assert (greeting["value"], greeting["count"], greeting["of"]) == ("Hey {first},", 4, 4)
    assert len(greeting["mails"]) == 3
    said = script("mail", "manner", "ada@x.example", "--say", "greeting", "Dear {first},")
    assert said["traits"]["greeting"]["chosen"]
    back = script("mail", "manner", "ada@x.example", "--learn", "greeting")
    assert back["traits"]["greeting"]["value"] == "Hey {first},"
    assert script("mail", "manner")["mails"] == 4
    script("mail", "manner", "ada@x.example", "--say", "hair", "red", ends=1)


def test_a_mail_is_translated_by_the_model_or_not_at_all(script: Script, tmp_path: Path) -> None:
    mail = next(each for each in script("mail", "list") if "ada@x.example" in str(each["from"]))
    assert "error" in script("mail", "translate", str(mail["id"]), ends=1)
    path = tmp_path / "recites.gguf"
    tiny.recite(path, "Hello Nino, we pay you {a1} on {a2}.")
    script("model", "add", str(path))
    script("model", "use", "recites")
    done = script("mail", "translate", str(mail["id"]))
    assert done["text"] == "Hello Nino, we pay you €900.00 on 7 December 2026."
    assert (done["from"], done["to"], done["findings"]) == ("de", "en", [])
    assert done["original"].startswith("Hallo Nino")
