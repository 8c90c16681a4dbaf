"""`gigdesk mail save` and `gigdesk mail pictures`, as a script drives them."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.script import Script


@pytest.fixture
def script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    """A desk with one mail that has two files of one name."""
    made = Script(tmp_path / "home", capsys)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ada <a@x.example>", "me@me.example", "Files"
    mail.set_content("Here they are")
    for data in (b"1", b"2"):
        mail.add_attachment(data, maintype="text", subtype="csv", filename="../a.csv")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    made("mail", "import", str(tmp_path / "mail.eml"))
    return made


def test_files_are_saved_over_nothing(script: Script, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.csv").write_text("mine")
    saved = script("mail", "save", "1", "--to", str(folder))
    assert [Path(each).name for each in saved] == ["a (2).csv", "a (3).csv"]
    assert [Path(each).read_bytes() for each in saved] == [b"1", b"2"]
    assert (folder / "a.csv").read_text() == "mine"
    (one,) = script("mail", "save", "1", "2", "--to", str(folder))
    assert Path(one).read_bytes() == b"2"
    (whole,) = script("mail", "save", "1", "--original", "--to", str(folder))
    assert Path(whole).read_bytes() == (tmp_path / "mail.eml").read_bytes()


def test_a_file_that_is_not_there_is_told(script: Script, tmp_path: Path) -> None:
    script("mail", "save", "1", "7", "--to", str(tmp_path), ends=1)
    assert "no file 7" in script.error
    script("mail", "save", "1", "--to", str(tmp_path / "none"), ends=1)
    assert "cannot be written" in script.error


def test_whose_pictures_are_loaded_is_said_and_ended(script: Script) -> None:
    assert script("mail", "pictures") == []
    (allowed,) = script("mail", "pictures", "--always", "Ada@X.example")
    assert allowed["sender"] == "ada@x.example"
    assert script("mail", "pictures", "--never", "ada@x.example") == []
